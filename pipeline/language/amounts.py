"""A number with its unit: one value or a range, special spellings resolved."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.core.value import value
from pipeline.language.han import parse_han
from pipeline.language.numeral import (
    NUMERAL_START,
    Numeral,
    read_numeral,
    shared_scale,
)
from pipeline.language.units import UnitMatch, read_unit, unit_class

_RANGE_SEP = re.compile(r"(?:\(含\))? ?(?:-{1,2}|至|到) ?")
_BEFORE_RANGE = frozenset("( -至到")
_LOOSE = re.compile(
    r" ?(余|多|来)(?! ?(?:功能|媒体|式联|元(?:化|共|文|统|发|并|调|复|投|主)|种形|层次|部门|渠道|方|样))"
)
_BEFORE_LOOSE = frozenset(" 余多来")
_HOUR_MINUTE = re.compile(r"(\d{1,2})(?:分钟|分|秒)")
_CENTS = re.compile(
    r"([1-9一二三四五六七八九壹贰叁肆伍陆柒捌玖])[角毛](?:([1-9一二三四五六七八九])分)?"
)
# 两天半; but 3天半脱产 is not known to occur.
_HALF = re.compile(r"半(?![年月天日径数价程])")
_TENTHS = re.compile(r"[零一二三四五六七八九半]")


@value(frozen=True, slots=True)
class Amount:
    """A number and its unit, ending at ``end`` of the text.

    ``high`` is the upper end of a range; ``unit`` is None where none is
    printed; ``loose`` marks 余 and 多.
    """

    value: Decimal
    high: Decimal | None
    unit: str | None
    end: int
    loose: bool


def read_amount(text: str, folded: str, numeral: Numeral) -> Amount:
    """The amount that begins with ``numeral``; ``folded`` is the folded text."""
    if numeral.unit is not None:  # 百分之五
        return Amount(
            numeral.value if numeral.unit else _rounded(numeral.value),
            numeral.high,
            numeral.unit or None,
            numeral.end,
            numeral.loose,
        )
    end, loose, unit_match = _read_measure(
        folded, numeral.end, numeral.loose, han=numeral.written == "han"
    )
    spread = _read_range(folded, numeral, end, unit_match)
    if spread is not None:
        high, end, value, shared = spread
        return _with_unit(text, folded, Amount(value, high, None, end, False), shared)
    amount = Amount(numeral.value, numeral.high, None, end, loose)
    return _with_unit(text, folded, amount, unit_match)


def _rounded(fraction: Decimal) -> Decimal:
    """三分之二 → 0.6667 (guideline section 2)."""
    return fraction.quantize(Decimal("0.0001")).normalize()


def _with_unit(
    text: str, folded: str, amount: Amount, unit_match: UnitMatch | None
) -> Amount:
    if unit_match is None:
        return amount
    unit = text[unit_match.start : unit_match.unit_end]
    value, high, unit, end = _special_units(
        folded, amount.value, amount.high, unit, unit_match.end
    )
    return Amount(value, high, _plain_unit(unit), end, amount.loose)


def _read_measure(
    folded: str, end: int, loose: bool, *, han: bool
) -> tuple[int, bool, UnitMatch | None]:
    """余/多 and the unit after a number; spaces inside stay inside."""
    position = end
    word = None
    if folded[end : end + 1] in _BEFORE_LOOSE:
        word = _LOOSE.match(folded, position)
    if word:
        position = word.end()
    for skip in range(3):
        if skip and folded[position + skip - 1 : position + skip] != " ":
            break
        unit = read_unit(folded, position + skip, han=han)
        if unit:
            return unit.end, loose or bool(word), unit
    return end, loose, None


def _read_range(
    folded: str, low: Numeral, end: int, first: UnitMatch | None
) -> tuple[Decimal, int, Decimal, UnitMatch | None] | None:
    """A-B with one unit or with the unit at both ends: high, end, low, unit.

    ``first`` is the unit after the lower number, ending at ``end``.
    """
    high = _upper_end(folded, end if first else low.end)
    if high is None:
        return None
    unit: UnitMatch | None = None
    if not high.unit:
        _, _, unit = _read_measure(folded, high.end, False, han=high.written == "han")
    if first and not _same_unit(folded, first, unit, high):
        return None
    value = low.value
    if not first:
        factor = shared_scale(folded, low, high)
        value = value * factor if value * factor < high.value else value
    if value >= high.value:
        return None
    if unit is None and high.unit is None:
        # 2-3 alone: a range only if nothing numeric goes on after it.
        if re.match(r"[-\d.]", folded[high.end : high.end + 1]):
            return None
        return high.value, high.end, value, None
    if unit is None:
        return None
    return high.value, unit.end, value, unit


def _upper_end(folded: str, middle: int) -> Numeral | None:
    """The single number behind a separator of ranges at ``middle``."""
    if folded[middle : middle + 1] not in _BEFORE_RANGE:
        return None
    separator = _RANGE_SEP.match(folded, middle)
    if not separator or separator.end() >= len(folded):
        return None
    if not NUMERAL_START.match(folded, separator.end()):
        return None
    high = read_numeral(folded, separator.end())
    return None if high is None or high.high is not None else high


def _same_unit(
    folded: str, first: UnitMatch, unit: UnitMatch | None, high: Numeral
) -> bool:
    """Whether both ends are in one unit, as printed; the upper may bring its own."""
    if unit is None:
        return bool(high.unit)
    return folded[first.start : first.unit_end] == folded[unit.start : unit.unit_end]


def _special_units(
    folded: str, value: Decimal, high: Decimal | None, unit: str, end: int
) -> tuple[Decimal, Decimal | None, str, int]:
    """九成 → 90 %, 九成五 → 95 %, 1小时20分 → 1.33 小时."""
    if unit == "成":
        value *= 10
        tail = _TENTHS.match(folded, end)
        if tail and high is None:
            value += 5 if tail[0] == "半" else "零一二三四五六七八九".index(tail[0])
            end = tail.end()
        return value, None if high is None else high * 10, "%", end
    if high is not None:
        return value, high, unit, end
    cents = _CENTS.match(folded, end) if unit in ("元", "圆", "块") else None
    if cents:
        tenths, hundredths = (_digit(d) for d in cents.groups())
        return value + tenths / 10 + hundredths / 100, high, unit, cents.end()
    half = _HALF.match(folded, end) if folded[end : end + 1] == "半" else None
    if half and unit_class(unit) in ("time", "mass", "length"):
        return value + Decimal("0.5"), high, unit, half.end()
    if unit in ("小时", "个小时", "分", "分钟"):
        tail = _HOUR_MINUTE.match(folded, end)
        if tail:
            value = (value + Decimal(tail[1]) / 60).quantize(Decimal("0.01"))
            end = tail.end()
    return value, high, unit, end


def _digit(char: str | None) -> Decimal:
    if char is None:
        return Decimal(0)
    return Decimal(char) if char.isascii() else parse_han(char) or Decimal(0)


def _plain_unit(unit: str) -> str:
    """％ and ﹪ are %, %0 is ‰ misread, 千分比 is ‰, 个百分点 is 百分点, * and ・ are ·; else as printed."""
    if unit in ("%0", "%o", "％0", "％o", "千分比", "千分之"):
        return "‰"
    if unit in ("％", "﹪", "百分比"):
        return "%"
    if unit in ("个百分点", "個百分點"):
        return "百分点"
    return unit.replace("*", "·").replace("・", "·")
