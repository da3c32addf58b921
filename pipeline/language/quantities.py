"""The quantity grammar: [comparator] number [余] unit [comparator], on characters.

The grammar runs on folded text of the same length, so every offset is a place
in the text as printed. Order of work: pass over what cannot be a quantity
(years, names, document numbers), read numbers with units and comparators,
settle changes (由A到B), then let the context rules throw out standing facts,
project money, restated targets and the like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.core.quantity import Comparator, Quantity, Role
from pipeline.language import exclusions
from pipeline.language.amounts import read_amount
from pipeline.language.candidates import candidate_at
from pipeline.language.comparators import bounds, meaning, read_prefix, read_suffix
from pipeline.language.fold import fold
from pipeline.language.han import SCALES
from pipeline.language.numeral import NUMERAL_START, Numeral, is_negative, read_numeral
from pipeline.language.per_unit import read_per
from pipeline.language.readings import NumberReading, settle_changes
from pipeline.language.standing_facts import without_standing_facts
from pipeline.language.subjects import find_subject
from pipeline.language.units import unit_class
from pipeline.word_lists import alternatives

# What bounds a number only where a standard stands between: 控制在概算2600万元.
_AIMS = "控制[在到]|达到?"
_EACH = r"(?:每[^，。；\d]{1,8})"
_RATE_CHANGE = re.compile(
    r"(?:率|指数|系数)[^，。；\d]{0,4}\d[\d.]{0,6}[^，。；\d]{0,5}(?:至|到)$"
)
_SCALED = re.compile(r"\d[万亿]")
_NOTHING_MORE = re.compile(r"\s*\Z")
# 百名以上, 千亩左右; but 万头以上猪场
_ENDS_THERE = re.compile(r"(?![一-鿿])")
_INSIDE = re.compile(r" ?内(?![容部涵外在设控科需陆河海湖港涝蒙墙饰镜环])")


def find_quantities(
    text: str, role: Role, *, cell: bool = False
) -> tuple[Quantity, ...]:
    """Every quantity of ``text`` in reading order (guideline sections 1 and 2).

    ``cell`` is for indicator cells, where a bare number counts as well.
    ``text[q.start:q.end] == q.quote`` for each. Never raises on any text.
    """
    folded = fold(text)
    if not NUMERAL_START.search(folded):
        return ()
    cell = cell or role is Role.INDICATOR
    readings = settle_changes(folded, _read_all(text, folded, role, cell=cell), role)
    if not readings:
        return ()
    rules = exclusions.context_rules(folded, role, cell=cell)
    kept: Sequence[NumberReading] = [
        r
        for i, r in enumerate(readings)
        if not rules
        or not exclusions.excluded_by(candidate_at(folded, readings, i), role, rules)
    ]
    if role is Role.GOAL and not cell:
        kept = without_standing_facts(text, folded, kept)
    return tuple([_quantity(text, folded, r) for r in kept])


def _read_all(text: str, folded: str, role: Role, *, cell: bool) -> list[NumberReading]:
    mask = exclusions.masked(folded, role)
    readings: list[NumberReading] = []
    position = 0
    while match := NUMERAL_START.search(folded, position):
        start = match.start()
        position = start + 1
        in_list = folded[start - 1 : start] == "." and mask[start - 1]  # 2.427人
        if mask[start] or (not in_list and _inside_number(folded, start)):
            continue
        numeral = read_numeral(folded, start)
        if numeral is None:
            continue
        if mask.find(1, numeral.start, numeral.end) >= 0:
            continue
        reading = _read_at(text, folded, numeral, role, cell=cell)
        if reading is None:
            if numeral.written == "arabic":
                position = numeral.end
            continue
        readings.append(reading)
        position = max(position, reading.end)
    return readings


def _inside_number(folded: str, start: int) -> bool:
    before = folded[start - 1 : start]
    if (
        before
        and (before == "." or "0" <= before <= "9")
        and "0" <= folded[start] <= "9"
    ):
        return (before.isdigit() and before.isascii()) or (
            before == "."
            and folded[start - 2 : start - 1].isdigit()
            and start >= 2
            and folded[start - 2].isascii()
            and _decimal_tail(folded, start)
        )
    return False


def _decimal_tail(folded: str, start: int) -> bool:
    """Whether the digits at ``start`` are a decimal tail rather than 1.2025年."""
    return not re.match(r"(?:19|20)\d{2}年", folded[start : start + 5])


def _read_at(
    text: str, folded: str, numeral: Numeral, role: Role, *, cell: bool
) -> NumberReading | None:
    amount = read_amount(text, folded, numeral)
    if folded[numeral.start] == "半" and unit_class(amount.unit) != "time":
        return None
    value, first = amount.value, numeral.start
    if amount.high is None and is_negative(folded, first):
        value, first = -value, first - 1
    prefix = read_prefix(folded, first, role)
    suffix = _suffix(folded, amount.end, amount.unit)
    start = prefix[0] if prefix else first
    end = suffix[0] if suffix else amount.end
    words = (prefix[1] if prefix else None, suffix[1] if suffix else None)
    if amount.unit is None and not _may_lack_unit(
        folded, numeral, start, end, words=words, cell=cell
    ):
        return None
    if _is_round_word(folded[numeral.start : numeral.end]) and not (
        amount.loose or prefix or (suffix and _ENDS_THERE.match(folded, end))
    ):
        return None
    comparator = meaning(*words, role, amount.loose)
    detached = None
    if not any(words) and amount.unit != "百分点":  # 不低于上年2个百分点 is no level
        detached = _detached(folded, start, role)
    if amount.high is not None:
        comparator = Comparator.RANGE
    elif detached is not None and comparator is Comparator.EQUAL:
        comparator = detached
    return NumberReading(
        start=start,
        end=end,
        value=value,
        high=amount.high,
        unit=amount.unit,
        comparator=comparator,
        bare=not any(words) and detached is None,
        han=numeral.written == "han",
        per=read_per(folded, start),
    )


def _is_round_word(printed: str) -> bool:
    """百, 千企, 百万 are round words; 十 and 十万 are numbers."""
    first = printed[0]
    return first in SCALES and first not in "十拾" and all(map(SCALES.get, printed))


def _suffix(folded: str, end: int, unit: str | None) -> tuple[int, str] | None:
    suffix = read_suffix(folded, end)
    if suffix:
        return suffix
    if not folded.startswith(("内", " 内"), end):
        return None
    inside = _INSIDE.match(folded, end)
    if inside and unit_class(unit) in ("time", "length"):
        return inside.end(), "以内"
    return None


def _may_lack_unit(
    folded: str,
    numeral: Numeral,
    start: int,
    end: int,
    *,
    words: tuple[str | None, str | None],
    cell: bool,
) -> bool:
    """Rates, indexes and fractions count without a unit; cut numerals never do."""
    if numeral.written == "han" and numeral.unit is None:
        # A cell may hold just 十二; in running text that is no quantity.
        at_end = cell and _NOTHING_MORE.match(folded, end) is not None
        return at_end and not folded[:start].strip()
    following = folded[end : end + 1]
    if following and (following.isalnum() and following.isascii()):
        return False
    if cell or numeral.unit == "":
        return True
    if counts_people(folded, start, end):
        return True
    at_end = _NOTHING_MORE.match(folded, end) is not None
    if at_end and end - numeral.start == 1:
        return numeral.value == 0  # 满意度达到9 is the head of 95%
    if at_end and not any(words):
        # A bare number at the very end may be cut off; 发生率为0 is whole.
        whole = numeral.value == 0 or "." in folded[start:end]
        return whole and bool(_rate_noun().search(folded[max(0, start - 24) : start]))
    before = folded[max(0, start - 24) : start]
    if numeral.value == 0 and _never_happened().search(before):
        return True
    if following and "一" <= following <= "鿿" and not any(words):
        return bool(_rate_noun().search(before)) and following in "的且并以和"
    if _rate_noun().search(before) or _RATE_CHANGE.search(before):
        return True
    return (
        words[0] is not None
        and numeral.written != "han"
        and words[0] not in ("近", "约", "超", "达")
    )


def counts_people(folded: str, start: int, end: int) -> bool:
    """接待游客500万, 30万符合条件的居民: so many of the people beside the number.

    ``start`` and ``end`` are those of the number with its comparator. Only with 万
    or 亿, which cannot be the head of a longer number.
    """
    if not _SCALED.search(folded, start, end):
        return False
    following = folded[end : end + 1]
    if following and "一" <= following <= "鿿":
        return _people_after().match(folded, end) is not None
    return _people_before().search(folded[max(0, start - 16) : start]) is not None


def _detached(folded: str, start: int, role: Role) -> Comparator | None:
    """至少完成1份, 不超过造价的5%: away from the number, the comparator governs it."""
    floor = max(0, start - 20)
    if not _bound().search(folded, floor, start):
        return None
    match = _detached_bound().search(folded, floor, start)
    of_standard = match is not None and (match["standard"] or match["aim"])
    if match is None or (of_standard and role is Role.OUTCOME):
        return None  # 低于概算2600万元: what was promised is told once more
    return meaning(match["word"] or match["aim"], None, role, False)


@lru_cache(maxsize=1)
def _bound() -> re.Pattern[str]:
    return re.compile(rf"{bounds()}|{_AIMS}")


def _quantity(text: str, folded: str, reading: NumberReading) -> Quantity:
    per = text[slice(*reading.per)] if reading.per else None
    return Quantity(
        quote=text[reading.start : reading.end],
        start=reading.start,
        end=reading.end,
        subject=find_subject(text, folded, reading.start, reading.end, per=reading.per),
        comparator=reading.comparator,
        value=reading.value,
        value_high=reading.high,
        unit=reading.unit,
        per=per,
        confidence=0.8 if reading.unit is None else 1.0,
    )


@lru_cache(maxsize=1)
def _rate_noun() -> re.Pattern[str]:
    """Rates and indexes may stand without a unit (guideline section 1)."""
    return re.compile(
        rf"(?:{alternatives('bare_rates')}|[^一-鿿]值|(?<![A-Za-z])[A-Z]{{2,6}})"
        r"(?:经[^，。；\d]{2,10}?(?:测算|核算|测定|评估|核定|监测|统计|核查))?[^，。；\d]{0,4}$"
    )


@lru_cache(maxsize=1)
def _never_happened() -> re.Pattern[str]:
    """责任事故为0 counts the accidents."""
    return re.compile(
        rf"(?:{alternatives('counted_to_none')})(?:起数|次数|人数|数量?)?(?:均?为|是|:|=)?$"
    )


@lru_cache(maxsize=1)
def _people_after() -> re.Pattern[str]:
    return re.compile(
        rf"(?:符合|参加|享受|生活|从事|具有)[^，。；、\d]{{0,8}}的(?:{alternatives('people_counted')})"
    )


@lru_cache(maxsize=1)
def _people_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{alternatives('people_counted')})(?:人数|人次|人流量?|数量?|规模)?(?:减少|增加|新增)?(?:共|约|近|超过?|达到?|为|突破)*$"
    )


@lru_cache(maxsize=1)
def _detached_bound() -> re.Pattern[str]:
    # 不超过概算2600万元, 达到国家标准90%: what the number is called stands before it.
    standards = alternatives("standards_named")
    standard = rf"[^，。；、：\d的]{{0,8}}?(?:{standards})[数值额量]?[的为]?{_EACH}?"
    return re.compile(
        rf"(?:(?P<word>{bounds()})(?:{_EACH}|(?P<standard>{standard})|"
        rf"[^，。；\d的]{{0,3}}(?:{alternatives('deeds_between')})[^，。；\d]{{0,2}}|"
        r"[^，。；、\d的]{0,10}(?:总[数量额]|人数|[价格额值数量资积费入款])的)"
        rf"|(?P<aim>{_AIMS}){standard})$"
    )
