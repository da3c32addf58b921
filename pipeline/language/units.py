"""Measure words: finding them after a number, their classes, exact conversion."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pipeline.core.value import value
from pipeline.language.fold import fold
from pipeline.resources import load_toml
from pipeline.word_lists import by_first_letter

_COUNTED = "册台站艘头羽只辆架床户家株亩车船桌例校所院村店间"
# Characters that may follow a number without being a measure word.
_NO_MEASURE = "年月日号岁级类楼层室线版代强等前后内外中上下余多万亿千百十的了和及与或至到为是在有第路点时分期届"
# What a rate in a name's brackets is counted on: 死亡率（/10万）.
_OF_SO_MANY = re.compile(r"/\d+[十百千]?[万亿]?")
_CLASSES_FILE = "quantities/units.toml"


@value(frozen=True, slots=True)
class UnitMatch:
    """A unit at ``start``; ``unit_end`` ends the first unit, ``end`` any bracketed second."""

    start: int
    unit_end: int
    end: int


def _classes() -> dict[str, dict[str, Any]]:
    table = load_toml(_CLASSES_FILE)
    return {
        name: entry
        for name, entry in table.items()
        if name not in ("scale", "traps", "counted_after_traps", "arabic_traps")
    }


@lru_cache(maxsize=1)
def _class_of() -> dict[str, str]:
    return {
        fold(unit): name
        for name, entry in _classes().items()
        for unit in (*entry["units"], *entry.get("arabic", ()))
    }


def known_units() -> frozenset[str]:
    """Every unit of the lexicon, folded."""
    return frozenset(_class_of())


@lru_cache(maxsize=4096)
def unit_class(unit: str | None) -> str | None:
    """The class of a unit (event, person …); of the first part of a compound.

    ``元/人·月`` is money. None for no unit or one that is not in the lexicon.
    """
    if unit is None:
        return None
    folded = fold(unit)
    known = _class_of()
    if folded in known:
        return known[folded]
    head = re.split(r"[/·*每]", folded, maxsplit=1)[0]
    times = "event" if len(head) == 2 and head[1] == "次" else None
    return known.get(head, times)


@lru_cache(maxsize=1)
def _scales() -> dict[str, tuple[int, Decimal]]:
    table: dict[str, tuple[int, Decimal]] = {}
    for group, entry in enumerate(load_toml(_CLASSES_FILE)["scale"]):
        for unit, factor in entry["units"].items():
            above, _, below = factor.partition("/")
            table[unit] = (group, Decimal(above) / Decimal(below or 1))
    return table


@lru_cache(maxsize=4096)
def _scale_of(unit: str) -> tuple[int, Decimal] | None:
    return _scales().get(fold(unit))


def to_base(value: Decimal, unit: str | None) -> tuple[Decimal, str]:
    """A value in the base unit of its scale group, with a name of that group.

    Units without exact conversion come back unchanged under their own name.
    """
    scale = _scale_of(unit or "")
    if scale is None:
        return value, unit or ""
    group, factor = scale
    return value * factor, f"scale{group}"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Unit patterns after digits and after Chinese numerals, longest unit first."""
    common = [fold(u) for entry in _classes().values() for u in entry["units"]]
    arabic = [fold(u) for entry in _classes().values() for u in entry.get("arabic", ())]

    traps: dict[str, str] = load_toml(_CLASSES_FILE)["arabic_traps"]

    def one(unit: str) -> str:
        # A Latin unit must end there: 25kg, but not 25kgs.
        latin = unit[-1].isascii() and unit[-1].isalnum()
        ends = r"(?![A-Za-z0-9])" if latin else ""
        return (
            re.escape(unit) + ends + (f"(?![{traps[unit]}])" if unit in traps else "")
        )

    def pattern(units: list[str]) -> re.Pattern[str]:
        longest_first = sorted(set(units), key=len, reverse=True)
        words = by_first_letter({unit: one(unit) for unit in longest_first})
        per = (
            f"(?:[十百千]?万(?:人口?|户|元)|10{{0,2}}[百千]?万(?:人口?|公顷|户|公里|例|车公里)?"
            f"|千人|[百千万]小时|(?:s|h|d|a|min|L|mL)(?![A-Za-z0-9])|季度?|学期|年度|{words}|人|月|生"
            r"|[一-鿿]{1,2}(?=[，。；、)\n]|以|$))"  # 元/管: any noun that ends there
        )
        # 微克每立方米: written out, where nothing goes on.
        each = (
            "每(?:平方米|平米|立方米|升|吨|公斤|千克|斤|亩|公里|千瓦时|度|小时|秒)"
            r"(?![一-鿿\d])"
        )
        # 册次, 台件, 头份, 例次: a count of times or shares of a thing.
        joined = rf"(?:{words})(?:(?<=[{_COUNTED}])[次份件](?![要数额事品部]))?(?:[/·*]{per}|{each}){{0,3}}"
        # 40台(套), 86万头(只、羽): the same count in other words.
        others = rf"\((?:{words})(?:[、/](?:{words}))*\)"
        return re.compile(rf"({joined})({others})?")

    return pattern(common + arabic), pattern(common)


@lru_cache(maxsize=1)
def _first_characters() -> frozenset[str]:
    """What a unit can begin with; the text behind a bare number begins otherwise."""
    return frozenset(unit[0] for unit in _class_of())


# 检测252样次, 检查48矿次: times of anything; 回访500班以上.
_UNKNOWN = re.compile(
    rf"(?![{_NO_MEASURE}])[一-鿿](?:(?<![档名首本其再多屡渐依两])次)?(?=[，。；、()\n]|及?以[上下内]|左右|上下|不等|$)"
)
# 20/10万: a rate per a round number of people.
_PER_NUMBER = re.compile(
    r"/(?:\d{1,3})?[十百千]?[万亿]?(?:人口?|千人|万人)?(?=[^\d]|$)"
)


def read_unit(text: str, position: int, *, han: bool) -> UnitMatch | None:
    """The unit that starts at ``position`` (folded text), spaces not skipped.

    After digits an unknown measure word is taken too when it stands alone
    before a stop or a bound (修复古籍600叶。, 来电2000通以上).
    """
    match = None
    if text[position : position + 1] in _first_characters():
        wide, narrow = _patterns()
        match = (narrow if han else wide).match(text, position)
    if match and not (han and _is_trap(match[1], text, match.end(1))):
        return UnitMatch(position, match.end(1), match.end())
    if text.startswith("/", position):
        per = _PER_NUMBER.match(text, position)
        if per and per.end() > position + 1:
            return UnitMatch(position, per.end(), per.end())
    unknown = None if han else _UNKNOWN.match(text, position)
    if unknown:
        return UnitMatch(position, unknown.end(), unknown.end())
    return None


def _is_trap(unit: str, text: str, end: int) -> bool:
    """Whether a measure word is only the head of a longer word (一部分)."""
    following: str = load_toml(_CLASSES_FILE)["traps"].get(unit, "")
    if not following or text[end : end + 1] not in set(following):
        return False
    things: list[str] = load_toml(_CLASSES_FILE)["counted_after_traps"].get(unit, [])
    return not text.startswith(tuple(things), end)


def bracketed_unit(name: str) -> str | None:
    """The unit that an indicator's name carries in brackets: 床位（张） → 张.

    Also ≥**% and the like, where only the sign is of use.
    """
    wide, _ = _patterns()
    folded = fold(name)
    for match in re.finditer(r"\(([^()]{1,12})\)", folded):
        inner = match[1].strip("≥≤<>=*X ")
        if inner in ("百分比", "%"):
            return "%"
        if _OF_SO_MANY.fullmatch(inner):
            return inner
        scale = inner[1:] if inner[:1] in ("万", "亿") else inner
        unit = wide.fullmatch(scale)
        if unit:
            start = match.start(1) + match[1].index(inner)
            return name[start : start + len(inner)]
    return None
