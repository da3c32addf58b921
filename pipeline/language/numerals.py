"""Numerals on characters: Arabic, Chinese, formal, mixed, fractions, percent.

``read_numeral`` reads the longest numeral that starts at a position of a
folded text. Values are exact Decimals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
    "两": 2,
    "俩": 2,
}
SMALL_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
BIG_SCALES = {"万": 10_000, "亿": 100_000_000}
SCALES = SMALL_SCALES | BIG_SCALES
TWENTY = {"廿": 20, "卅": 30}

NUMERAL_START = re.compile(
    r"[0-9零一二三四五六七八九十百千万亿两俩廿卅半壹贰叁肆伍陆柒捌玖拾佰仟]"
)
_HAN_NUMERAL = "".join(DIGITS) + "".join(SCALES) + "".join(TWENTY)
# Bounded everywhere: documents hold digit runs of any length.
_ARABIC = re.compile(
    r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,3}(?: \d{3}){1,4}(?!\d)|\d{1,15})(?:\.\d{1,8})?"
)
# 2 6个, 9 6 . 5 %: recognition puts a space between all digits of a number.
_SPACED = re.compile(
    r"\d(?: \d){1,6}(?: ?\. ?\d(?: \d){0,3})?(?!\d)|\d{1,4} \. \d{1,3}(?!\d)"
)
_HAN = re.compile(f"[{_HAN_NUMERAL}]{{1,16}}")
_SCALE_AFTER = re.compile(
    r" {0,2}(余|多|来)? ?((?:[十百千]?[万亿])+|[百千])(余|多|来)?"
)
# 2万5千, 3千6百: a further digit and a smaller scale.
_MIXED_TAIL = re.compile(r"(\d{1,4})(?:([十百千])|(?![\d.%,]))")

_FRACTION_HAN = re.compile(
    f"([{_HAN_NUMERAL}]{{1,6}}|\\d{{1,6}})分之([{_HAN_NUMERAL}]{{1,8}}|\\d{{1,6}})"
)
_PERCENT_HAN = re.compile(
    f"([百千])分之(?:([{_HAN_NUMERAL}]{{1,8}}(?:点[{_HAN_NUMERAL}]{{1,6}})?)|(\\d{{1,3}}(?:,\\d{{3}})+|\\d{{1,4}}(?:\\.\\d{{1,6}})?))"
)


@dataclass(frozen=True, slots=True)
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


def parse_han(text: str) -> Decimal | None:
    """The value of a Chinese numeral (三百零五, 两万四千, 二〇二三, 一百五).

    None when the characters do not form one.
    """
    if not text:
        return None
    if "点" in text:
        whole, _, fraction = text.partition("点")
        head = parse_han(whole)
        if head is None or not fraction or any(c not in DIGITS for c in fraction):
            return None
        return head + Decimal("0." + "".join(str(DIGITS[c]) for c in fraction))
    if all(c in DIGITS for c in text):
        if len(text) > 1 and any(c in "两俩" for c in text):
            return None
        return Decimal("".join(str(DIGITS[c]) for c in text))
    return _place_value(text)


def _place_value(text: str) -> Decimal | None:
    total = section = 0
    digit: int | None = None
    last_scale = 0
    for index, char in enumerate(text):
        if char in DIGITS:
            if digit:  # two digits in a row are no place-value numeral
                return None
            digit = DIGITS[char]
        elif char in TWENTY:
            section += TWENTY[char]
        elif char in SMALL_SCALES:
            scale = SMALL_SCALES[char]
            if digit is None and scale != 10 and section == 0 and index > 0:
                return None
            # 一万零十二: the 零 only fills a gap, the 十 stands for itself.
            section += (digit or 1) * scale
            digit, last_scale = None, scale
        else:
            scale = BIG_SCALES[char]
            section += digit or 0
            if section == 0 and total == 0:
                section = 1
            total = (
                (total + section) * scale if scale > 10_000 else total + section * scale
            )
            section, digit, last_scale = 0, None, scale
    tail = digit or 0
    # 一百五 is 150, 三万二 is 32,000; 一百零五 is 105.
    if digit and last_scale >= 100 and len(text) > 1 and text[-2] in SCALES:
        tail = digit * last_scale // 10
    return Decimal(total + section + tail)


def _han_range(text: str) -> tuple[Decimal, Decimal] | None:
    """三五 → 3, 5; 五六十 → 50, 60; 十五六 → 15, 16; 两三百 → 200, 300."""
    for i in range(len(text) - 1):
        low, high = text[i], text[i + 1]
        if low not in DIGITS or high not in DIGITS or low in "零" or high in "零俩两":
            continue
        step = DIGITS[high] - DIGITS[low]
        if step not in (1, 2) or (step == 2 and (low, high) != ("三", "五")):
            continue
        rest = text[i + 2 :]
        if i and text[i - 1] in DIGITS:
            continue
        if any(c not in SCALES for c in rest):
            continue
        a, b = parse_han(text[: i + 1] + rest), parse_han(text[:i] + high + rest)
        # 一百五六 would read its digits as tens; the plain sum is meant for 十五六 only.
        if a is not None and b is not None and a < b:
            return a, b
    return None


def read_numeral(text: str, start: int) -> Numeral | None:
    """The numeral that starts exactly at ``start`` of a folded text, or None."""
    char = text[start]
    if char.isascii() and char.isdigit():
        fraction = _read_fraction(text, start)
        return fraction or _read_arabic(text, start)
    if char in _HAN_NUMERAL:
        return (
            _read_percent(text, start)
            or _read_fraction(text, start)
            or _read_han(text, start)
        )
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
    unit = "%" if match[1] == "百" else "‰"
    return Numeral(start, match.end(), value, unit=unit, written="han")


def _read_fraction(text: str, start: int) -> Numeral | None:
    match = _FRACTION_HAN.match(text, start)
    if not match:
        return None
    below, above = (
        Decimal(part) if part.isdigit() else parse_han(part) for part in match.groups()
    )
    if not below or above is None:
        return None
    value = (above / below).quantize(Decimal("0.0001"))
    return Numeral(start, match.end(), value.normalize(), written="han", unit="")


def _read_arabic(text: str, start: int) -> Numeral | None:
    match = _SPACED.match(text, start) or _ARABIC.match(text, start)
    if not match:
        return None
    value = Decimal(match[0].replace(",", "").replace(" ", ""))
    end = match.end()
    scale = _SCALE_AFTER.match(text, end)
    if not scale or (scale[2] in ("百", "千") and _unit_takes(text, scale.start(2))):
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
        if not tail[2]:
            break
        smallest = SCALES[tail[2]]
    loose = bool(scale[1] or scale[3])
    return Numeral(start, end, value, loose=loose, scaled=True, written="mixed")


def _mixed_value(tail: re.Match[str], scale: int) -> Decimal | None:
    """2万5千 → 5000; 5万4千6百 → 4000, 600; 3万4000 → 4000; None where it does not fit."""
    digits = int(tail[1])
    if tail[2]:
        extra = digits * SCALES[tail[2]]
        return Decimal(extra) if extra < scale and digits < 10 else None
    if scale >= 10_000 and len(tail[1]) >= 3 and digits < scale:
        return Decimal(digits)
    return None


_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
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
    if len(word) == 1 and word in _FORMAL:  # 队伍集训, 陆军
        return None
    for unit in _SCALE_UNITS:  # 三千米 is 3 千米 only when nothing else fits
        if len(word) > 1 and text.startswith(unit, end - 1) and unit not in ("千米",):
            word, end = word[:-1], end - 1
            break
    spread = _han_range(word)
    if spread:
        return Numeral(start, end, spread[0], high=spread[1], written="han")
    decimal = re.compile(r"点([零一二三四五六七八九]{1,4})").match(text, end)
    value = parse_han(word + (decimal[0] if decimal else ""))
    if value is None:
        return None
    if decimal:
        end = decimal.end()
        scaled = re.compile(r"[十百千]?[万亿]").match(text, end)
        if scaled:
            for scale_word in scaled[0]:
                value *= SCALES[scale_word]
            end = scaled.end()
    loose = False
    # 两万余, 三十余万: 余 between numeral and scale, or before the measure word.
    scale = re.compile(r"(余|多|来)([万亿])").match(text, end)
    if scale:
        value, end, loose = value * SCALES[scale[2]], scale.end(), True
    return Numeral(start, end, value, loose=loose, written="han")
