"""Numerals on characters: Arabic, Chinese, formal, mixed, fractions, percent.

``read_numeral`` reads the longest numeral that starts at a position of a
folded text. Values are exact Decimals.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.core.value import value
from pipeline.language.han import DIGITS, SCALES, TWENTY, parse_han, read_pair

NUMERAL_START = re.compile(
    r"[0-9零一二三四五六七八九十百千万亿两俩廿卅半壹贰叁肆伍陆柒捌玖拾佰仟]"
)
HAN_NUMERAL = "".join(DIGITS) + "".join(SCALES) + "".join(TWENTY)
# Bounded everywhere: documents hold digit runs of any length.
_ARABIC = re.compile(
    r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,3}(?: \d{3}){1,4}(?!\d)|\d{1,15})(?:\.\d{1,8})?"
)
# 2 6个, 9 6 . 5 %: recognition puts a space between all digits of a number.
_SPACED = re.compile(
    r"\d(?: \d){1,6}(?: ?\. ?\d(?: \d){0,3})?(?!\d)|\d{1,4} \. \d{1,3}(?!\d)"
)
_HAN = re.compile(f"[{HAN_NUMERAL}]{{1,40}}")
# 二点五, 伍拾壹点肆; 三点一刻 is a time of day.
_HAN_DECIMAL = re.compile(f"点([{''.join(DIGITS)}]{{1,10}})(?![十拾百千刻])")
_HAN_SCALED = re.compile(r"[十百千]?[万亿]")
# 一百八十有六, as of old: 有 adds what follows.
_HAN_AND_ONES = re.compile(
    f"(?<=[十百])[有又]([一二三四五六七八九])(?![{HAN_NUMERAL}])"
)
_HAN_LOOSE_SCALE = re.compile(r"(余|多|来)([万亿])")
# 投资两个亿; but 2个亿元村.
_COUNTED_SCALE = re.compile(r"个亿(?![级元])")
# 增长负3%; but 胜负, 自负.
_MINUS = re.compile(r"(?<![胜自肩担抱欺减增欠背辜])负$")
_SCALE_AFTER = re.compile(
    r" {0,2}(余|多|来)? ?((?:[十百千]?[万亿])+|[百千佰仟])(余|多|来)?"
)
# What a scale, or 个亿, may begin with; nothing at the end of a text does.
_BEFORE_SCALE = frozenset(" 余多来十百千万亿佰仟个")
# 2万5千, 3千6百, 1千零20: a further digit and a smaller scale.
_MIXED_TAIL = re.compile(r"(零?)(\d{1,4})(?:([十百千])|(?![\d.%,]))")
_BIG_SCALE = re.compile(r"[万亿]{1,2}")

_FRACTION_HAN = re.compile(
    f"(?:([{HAN_NUMERAL}]{{1,6}}|\\d{{1,6}})又)?"
    f"([{HAN_NUMERAL}]{{1,6}}|\\d{{1,6}})分之([{HAN_NUMERAL}]{{1,8}}|\\d{{1,6}})"
)
_PERCENT_HAN = re.compile(
    f"([百千佰仟])分之(?:([{HAN_NUMERAL}]{{1,8}}(?:点[{HAN_NUMERAL}]{{1,6}})?)|(\\d{{1,3}}(?:,\\d{{3}})+|\\d{{1,4}}(?:\\.\\d{{1,6}})?))"
)


@value(frozen=True, slots=True)
class Numeral:
    """A numeral read at ``start``; half-open. ``high`` only for 三五, 五六十.

    ``loose`` marks 余/多/来 inside or right after the numeral (100余万).
    ``unit`` is set when the spelling carries it (百分之五 → "%").
    ``written`` is "arabic", "han" or "mixed".
    """

    start: int
    end: int
    value: Decimal
    high: Decimal | None = None
    loose: bool = False
    unit: str | None = None
    written: str = "arabic"
    scaled: bool = False


def read_numeral(text: str, start: int) -> Numeral | None:
    """The numeral that starts exactly at ``start`` of a folded text, or None."""
    char = text[start]
    if "0" <= char <= "9":
        # Up to three parts of six digits stand before and after 又 and 分之.
        if text.find("分之", start, start + 16) >= 0:
            return _read_fraction(text, start) or _read_arabic(text, start)
        return _read_arabic(text, start)
    if char in HAN_NUMERAL:
        if text.find("分之", start, start + 16) >= 0:
            shared = _read_percent(text, start) or _read_fraction(text, start)
            return shared or _read_han(text, start)
        return _read_han(text, start)
    if char == "半":
        return Numeral(start, start + 1, Decimal("0.5"), written="han")
    return None


def _read_percent(text: str, start: int) -> Numeral | None:
    match = _PERCENT_HAN.match(text, start)
    if not match:
        return None
    value = parse_han(match[2]) if match[2] else Decimal(match[3].replace(",", ""))
    if value is None:
        return None
    unit = "%" if match[1] in "百佰" else "‰"
    return Numeral(start, match.end(), value, unit=unit, written="han")


_LARGEST_PART = 10**12


def _read_fraction(text: str, start: int) -> Numeral | None:
    match = _FRACTION_HAN.match(text, start)
    if not match:
        return None
    whole, below, above = (
        Decimal(part) if part.isdigit() else parse_han(part)
        for part in (match[1] or "0", match[2], match[3])
    )
    if whole is None or not below or above is None:
        return None
    if max(whole, above) > _LARGEST_PART:
        return None
    return Numeral(start, match.end(), whole + above / below, written="han", unit="")


def _read_arabic(text: str, start: int) -> Numeral | None:
    match = None
    if " " in text[start + 1 : start + 5]:
        match = _SPACED.match(text, start)
    match = match or _ARABIC.match(text, start)
    if not match:
        return None
    value = Decimal(match[0].replace(",", "").replace(" ", ""))
    end = match.end()
    if text[end : end + 1] not in _BEFORE_SCALE:
        return Numeral(start, end, value)
    scale = _SCALE_AFTER.match(text, end)
    if not scale or (scale[2] in ("百", "千") and _unit_takes(text, scale.start(2))):
        if _COUNTED_SCALE.match(text, end):
            return Numeral(start, end + 2, value * SCALES["亿"], scaled=True)
        return Numeral(start, end, value)
    for word in scale[2]:
        value *= SCALES[word]
    end = scale.end()
    smallest = SCALES[scale[2][-1]]
    while tail := _MIXED_TAIL.match(text, end):
        extra = _mixed_value(tail, smallest)
        if extra is None:
            break
        value, end = value + extra, tail.end()
        if not tail[3]:
            break
        smallest = SCALES[tail[3]]
    # 3千6百万: the scale at the end is that of the whole.
    whole = (
        _BIG_SCALE.match(text, end)
        if scale[2] in _SMALL and end > scale.end()
        else None
    )
    for word in whole[0] if whole else "":
        value, end = value * SCALES[word], end + 1
    loose = bool(scale[1] or scale[3])
    return Numeral(start, end, value, loose=loose, scaled=True, written="mixed")


_SMALL = ("百", "千", "佰", "仟")


def _mixed_value(tail: re.Match[str], scale: int) -> Decimal | None:
    """2万5千 → 5000; 5万4千6百 → 4000, 600; 3万4000 → 4000; None where it does not fit."""
    digits = int(tail[2])
    if tail[3]:
        extra = digits * SCALES[tail[3]]
        return Decimal(extra) if extra < scale and digits < 10 else None
    filled = bool(tail[1]) or (scale >= 10_000 and len(tail[2]) >= 3)
    return Decimal(digits) if filled and digits < scale else None


FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
# 叁项, 壹套; but 队伍集训, 大陆人口, 陆家沟, 收拾
_FORMAL_ALONE = re.compile(
    r"(?:[壹贰叁肆柒捌玖]|(?<![队退行入])伍|(?<![大登着水海内])陆)"
    r"(?=[个项件台套次场期份册本名座篇批辆元万]|[人户家处部](?![一-鿿]))"
)
# 千克, 千米, 千瓦: the scale word belongs to the unit.
_SCALE_UNITS = (
    "千克",
    "千米",
    "千瓦",
    "千伏",
    "千卡",
    "千帕",
    "百帕",
    "百分点",
    "百分比",
    "千分比",
    "千分之",
    "千字节",
)


def _unit_takes(text: str, position: int) -> bool:
    return text.startswith(_SCALE_UNITS, position)


def _read_han(text: str, start: int) -> Numeral | None:
    match = _HAN.match(text, start)
    if not match:
        return None
    word = match[0]
    end = match.end()
    if len(word) == 1 and word in FORMAL and not _FORMAL_ALONE.match(text, start):
        return None
    if len(word) > 1 and word[-1] == "两" and word != "一两":
        return _read_taels(word, text, start)
    if len(word) > 1 and _ends_in_unit(word, text, end):
        word, end = word[:-1], end - 1
    spread = read_pair(word)
    if spread:
        return Numeral(start, end, spread[0], high=spread[1], written="han")
    decimal = _HAN_DECIMAL.match(text, end)
    value = parse_han(word + (decimal[0] if decimal else ""))
    if value is None:
        return None
    if decimal:
        end = decimal.end()
        scaled = _HAN_SCALED.match(text, end)
        if scaled:
            for scale_word in scaled[0]:
                value *= SCALES[scale_word]
            end = scaled.end()
    ones = _HAN_AND_ONES.match(text, end)
    if ones:
        value, end = value + DIGITS[ones[1]], ones.end()
    loose = False
    # 两万余, 三十余万: 余 between numeral and scale, or before the measure word.
    scale = _HAN_LOOSE_SCALE.match(text, end)
    if scale:
        value, end, loose = value * SCALES[scale[2]], scale.end(), True
    if _COUNTED_SCALE.match(text, end):
        value, end = value * SCALES["亿"], end + 2
    return Numeral(start, end, value, loose=loose, written="han")


def _read_taels(word: str, text: str, start: int) -> Numeral | None:
    """二两, 三百两: the last character is the unit; but 三两个, 三两好友."""
    end = start + len(word)
    value = parse_han(word[:-1])
    few = _FEW_COUNTED if word[-2] in DIGITS else _TWO_COUNTED
    if value is None or few.match(text, end):
        return None
    return Numeral(start, end, value, unit="两", written="han")


def _ends_in_unit(word: str, text: str, end: int) -> bool:
    """Whether the last character of ``word`` heads a unit: 三百千瓦, 十千米."""
    if not _unit_takes(text, end - 1):
        return False
    # 三千米 is 3 千米 only when nothing else fits.
    return not text.startswith("千米", end - 1) or parse_han(word) is None


_FEW_COUNTED = re.compile(r"[一-鿿]")
_TWO_COUNTED = re.compile(r"[个次天年人名句家位场项]")


def is_negative(text: str, start: int) -> bool:
    """Whether 负 stands before the numeral at ``start``."""
    if text[start - 1 : start] != "负":
        return False
    return bool(_MINUS.search(text, max(0, start - 2), start))


def shared_scale(folded: str, low: Numeral, high: Numeral) -> Decimal:
    """The scale that the lower end leaves out: 3-5万, 七千到九千亿; else 1."""
    scales = [
        "".join(c for c in folded[n.start : n.end] if c in SCALES) for n in (low, high)
    ]
    if not scales[1].startswith(scales[0]):
        return Decimal(1)
    factor = Decimal(1)
    for word in scales[1][len(scales[0]) :]:
        factor *= SCALES[word]
    return factor
