"""Values of Chinese numerals: place value, digits in a row, decimals, pairs."""

from __future__ import annotations

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


# 亿亿亿…: nobody counts so far.
_LARGEST = 10**20


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
    last_scale = small = 0
    for index, char in enumerate(text):
        if char in DIGITS:
            if digit:  # two digits in a row are no place-value numeral
                return None
            digit = DIGITS[char]
        elif char in TWENTY:
            section += TWENTY[char]
        elif char in SMALL_SCALES:
            scale = SMALL_SCALES[char]
            if small and scale >= small:  # 十千米: the scales of a section descend
                return None
            small = scale
            if digit is None and scale != 10 and section == 0 and index > 0:
                return None
            # 一万零十二: the 零 only fills a gap, the 十 stands for itself.
            section += (digit or 1) * scale
            digit, last_scale = None, scale
        else:
            scale = BIG_SCALES[char]
            section += digit or 0
            # 万 alone is one 万; in 万万 the second multiplies the first.
            if section == 0 and total == 0:
                section = 1
            whole = scale > 10_000 or text[index - 1 : index] in BIG_SCALES
            total = (total + section) * scale if whole else total + section * scale
            section, digit, last_scale, small = 0, None, scale, 0
            if total > _LARGEST:
                return None
    tail = digit or 0
    # 一百五 is 150, 三万二 is 32,000; 一百零五 is 105.
    if digit and last_scale >= 100 and len(text) > 1 and text[-2] in SCALES:
        tail = digit * last_scale // 10
    return Decimal(total + section + tail)


def read_pair(text: str) -> tuple[Decimal, Decimal] | None:
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
