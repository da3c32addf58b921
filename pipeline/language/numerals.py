"""All numerals of a text, with or without a unit behind them.

The quantity grammar asks ``read_numeral`` at one place after another; this
reader stands on the same values for whoever wants the bare numbers.
"""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from functools import lru_cache

from pipeline.language.fold import fold
from pipeline.language.han import SCALES, parse_han
from pipeline.language.numeral import (
    FORMAL,
    HAN_NUMERAL,
    Numeral,
    is_negative,
    read_numeral,
    shared_scale,
)
from pipeline.resources import load_toml
from pipeline.word_lists import alternatives

_FIND_START = re.compile(rf"[\d{HAN_NUMERAL}半]|\.\d", re.ASCII)
_RUN = re.compile(rf"[\d.]+|[{HAN_NUMERAL}]+|.", re.ASCII | re.DOTALL)
_POINT = re.compile(r"\.(\d{1,9})(?![\d.])")
_SLASH = re.compile(r"(\d{1,4})/(\d{1,4})(?![\d/.A-Za-z])")
# 十几, 二十几万, 百余: a number and a bit more.
_FEW = re.compile(r"几([十百千]?[万亿])?|[余多](?![一-鿿])")
_SHARE = re.compile(
    r"(%|‰|个?百分点|成(?![立功员果为本长人熟效就绩分都品语章因群套交]))"
)
_MINUS_SIGN = re.compile(r"(?:^|[\s，、；：。(≥≤=<>])-$")
_TO = re.compile(r" ?(?:-{1,2}|至|到) ?")


def find_numerals(text: str) -> tuple[Numeral, ...]:
    """All numerals of ``text`` in reading order, with or without a unit.

    Years and codes count as well; ordinals (第三), words that only look like
    numbers (统一, 四川) and digits of names (B2B) do not. A sign belongs to the
    numeral, 三五百 and 十到十五 are one numeral with ``high``, and %, ‰, 成 and
    百分点 are read with it. Never raises on any text; the fractions are not
    rounded.
    """
    folded = fold(text)
    words = _word_ends(folded)
    found: list[Numeral] = []
    position = 0
    while match := _FIND_START.search(folded, position):
        start = match.start()
        if start in words:
            position = words[start]
            continue
        numeral = _read_whole(folded, start)
        if numeral is None:
            # Half of a numeral that cannot be read is none either.
            position = _RUN.match(folded, start).end()  # type: ignore[union-attr]
            continue
        found.append(numeral)
        position = numeral.end
    return tuple(found)


def _word_ends(folded: str) -> dict[int, int]:
    """For each place inside a word that tells no number, where the word ends."""
    words = _not_numerals().finditer(folded)
    return {i: word.end() for word in words for i in range(*word.span())}


@lru_cache(maxsize=1)
def _not_numerals() -> re.Pattern[str]:
    """Words with a numeral in them that tell no number, longest first."""
    groups = load_toml("quantities/numeral_words.toml").values()
    words = sorted((w for g in groups for w in g["words"]), key=len, reverse=True)
    patterns = [p for g in groups for p in g.get("patterns", ())]
    return re.compile("|".join([*patterns, *map(re.escape, words)]))


def _read_whole(folded: str, start: int) -> Numeral | None:
    """The numeral at ``start`` with its sign, its share sign, and its upper end."""
    low = _read_one(folded, start)
    if low is None:
        return None
    separator = _TO.match(folded, low.end)
    if separator and low.high is None and separator.end() < len(folded):
        high = _read_one(folded, separator.end())
        if high and high.high is None and low.unit in (None, high.unit):
            value = low.value * shared_scale(folded, low, high)
            value = value if value < high.value else low.value
            if value < high.value and folded[high.end : high.end + 1] != "-":
                return dataclasses.replace(
                    high, start=low.start, value=value, high=high.value
                )
    lead = folded[max(0, start - 2) : start]
    if not is_negative(folded, start) and not _MINUS_SIGN.search(lead):
        return low
    high_end = None if low.high is None else -low.high
    return dataclasses.replace(low, start=start - 1, value=-low.value, high=high_end)


def _read_one(folded: str, start: int) -> Numeral | None:
    numeral = _read_plain(folded, start)
    if numeral is None or numeral.unit is not None:
        return numeral
    few = None if numeral.high is not None else _FEW.match(folded, numeral.end)
    if few:
        value = numeral.value
        for word in few[1] or "":
            value *= SCALES[word]
        numeral = dataclasses.replace(numeral, value=value, end=few.end(), loose=True)
    share = _SHARE.match(folded, numeral.end)
    if not share:
        return numeral
    if share[1] != "成":
        unit = share[1].removeprefix("个")
        return dataclasses.replace(numeral, end=share.end(), unit=unit)
    high = None if numeral.high is None else numeral.high * 10
    return dataclasses.replace(
        numeral, end=share.end(), value=numeral.value * 10, high=high, unit="%"
    )


def _read_plain(folded: str, start: int) -> Numeral | None:
    char, before = folded[start], folded[start - 1 : start] if start else ""
    if before.isascii() and (before.isalnum() or before == "_"):
        return None  # PM10, B2B, and the rest of an overlong run of digits
    if char == ".":
        point = _POINT.match(folded, start)
        return Numeral(start, point.end(), Decimal(point[0])) if point else None
    if char == "半":
        half = _half_of().match(folded, start)
        return read_numeral(folded, start) if half and before != "一" else None
    slash = _SLASH.match(folded, start)
    if slash and before != "/" and 0 < int(slash[1]) < int(slash[2]):
        value = Decimal(slash[1]) / Decimal(slash[2])
        return Numeral(start, slash.end(), value, unit="")
    numeral = read_numeral(folded, start)
    if numeral is None:
        return _lone_formal(folded, start)
    following = folded[numeral.end : numeral.end + 1]
    if numeral.written == "arabic" and following.isascii() and following.isdigit():
        return None  # longer than any number
    printed = folded[numeral.start : numeral.end]
    round_word = printed[0] not in "十拾" and all(c in SCALES for c in printed)
    return None if round_word and not numeral.loose else numeral


def _lone_formal(folded: str, start: int) -> Numeral | None:
    """拾 is ten only where nothing stands beside it; 队伍 and 陆军 are words."""
    char = folded[start]
    beside = folded[max(0, start - 1) : start] + folded[start + 1 : start + 2]
    value = parse_han(char) if char in FORMAL and not beside.strip() else None
    if value is None:
        return None
    return Numeral(start, start + 1, value, written="han")


@lru_cache(maxsize=1)
def _half_of() -> re.Pattern[str]:
    return re.compile(f"半(?={alternatives('halves')})")
