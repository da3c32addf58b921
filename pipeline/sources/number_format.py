"""Numbers of a worksheet as the spreadsheet shows them.

Covers what forms use: digits, thousands, percent, literals, sections, dates.
Fractions and anything unknown are shown as General.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from pipeline.sources.date_format import LAST_DAY, PIECE, date, is_date, unquoted

GENERAL_WIDTH = 11
"""Characters that General shows of a number (33.33333333)."""

LARGEST = 10**15
"""From here on a double is shown as it is stored; no form counts so high."""

MOST_PLACES = 15

BUILTIN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Formats that a workbook names by number only, as a Chinese Excel shows them
(ECMA-376 part 1, 18.8.30, lists zh-cn for 27 to 58)."""

_NUMERIC = re.compile(r"[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d{1,15}(?:\.\d{1,15})?)")


def display(raw: str, code: str, *, since_1904: bool = False) -> str:
    """The shown text of a number as stored (``0.95``) under a format code."""
    try:
        value = Decimal(raw.strip())
    except InvalidOperation:
        return raw
    if not value.is_finite():
        return raw
    # A stored double has 15 good digits: 89.974000000000004 is 89.974.
    value = Decimal(format(float(value), ".15g"))
    if not value.is_finite() or abs(value) >= LARGEST:
        return raw
    section, magnitude = _choose(code, value)
    plain = unquoted(section)
    if not section or section.strip().lower() in ("general", "@", "g/通用格式"):
        return general(value)
    if is_date(plain):
        in_range = 0 <= value <= LAST_DAY
        return (
            date(value, section, since_1904=since_1904) if in_range else general(value)
        )
    if "general" in plain.lower():
        marked = re.sub("general", "\x00", section, flags=re.IGNORECASE)
        return _literal(marked).replace("\x00", general(magnitude))
    if "/" in plain:
        return general(value)
    return _number(magnitude, section)


def general(value: Decimal) -> str:
    """A number under General: no trailing zeros, at most 11 characters."""
    whole = len(str(abs(int(value))))
    places = max(0, GENERAL_WIDTH - whole - 1)
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = format(rounded, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _sections(code: str) -> list[str]:
    """The code cut at semicolons that are no literals."""
    sections = [""]
    for match in PIECE.finditer(code):
        if match.group(6) == ";":
            sections.append("")
        else:
            sections[-1] += match.group()
    return sections


def _choose(code: str, value: Decimal) -> tuple[str, Decimal]:
    """The section for the value and the value to show in it.

    The second section shows negative numbers without their sign, since it has
    its own (a minus, brackets or a colour).
    """
    sections = _sections(code)
    for section in sections[:2]:
        match = _CONDITION.search(" ".join(re.findall(r"\[([^\]]*)\]", section)))
        if match and _holds(value, match.group(1), Decimal(match.group(2))):
            return section, value
    if _CONDITION.search(" ".join(re.findall(r"\[([^\]]*)\]", code))):
        return sections[-1], value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _holds(value: Decimal, operator: str, bound: Decimal) -> bool:
    return {
        "<": value < bound,
        ">": value > bound,
        "<=": value <= bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[operator]


def _literal(section: str) -> str:
    """The section with literals in the clear; brackets give their currency sign."""
    shown = []
    for quoted, escaped, padding, filling, bracket, other in PIECE.findall(section):
        if padding:
            shown.append(" ")
        elif bracket.startswith("$"):
            shown.append(bracket[1:].partition("-")[0])
        elif not filling:
            shown.append(quoted or escaped or other)
    return "".join(shown).strip()


def _number(value: Decimal, section: str) -> str:
    plain = unquoted(section)
    match = _NUMERIC.search(plain)
    if match is None:
        return _literal(section)
    if re.search(r"[eE][+-]", plain):
        return _scientific(value, match.group())
    scaled = value * Decimal(100) ** min(plain.count("%"), 2)
    pattern = match.group()
    scaled /= Decimal(1000) ** (len(pattern) - len(pattern.rstrip(",")))
    digits = _digits(abs(scaled), pattern)
    sign = "-" if scaled < 0 and digits.strip("0.,") else ""
    return sign + _literal(_with_digits(section, digits))


def _with_digits(section: str, digits: str) -> str:
    """The section with its first digit run replaced; further placeholders vanish."""
    pieces: list[str] = []
    placed = False
    for match in PIECE.finditer(section):
        other = match.group(6)
        if other and other in "0#?.,":
            if not placed:
                pieces.append('"' + digits + '"')
                placed = True
        else:
            pieces.append(match.group())
    return "".join(pieces)


def _digits(value: Decimal, pattern: str) -> str:
    pattern = pattern.rstrip(",")
    whole, _, part = pattern.partition(".")
    part = part[: max(0, MOST_PLACES - len(str(int(value))))]
    text = format(value.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP), "f")
    integer, _, decimals = text.partition(".")
    while decimals and part[len(decimals) - 1] != "0" and decimals[-1] == "0":
        decimals = decimals[:-1]
    least = whole.replace(",", "").count("0")
    integer = integer.lstrip("0").rjust(least, "0")
    if "," in whole:
        integer = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", integer)
    return f"{integer}.{decimals}" if decimals else integer


def _scientific(value: Decimal, pattern: str) -> str:
    places = len(pattern.partition(".")[2])
    return re.sub(r"E([+-])(\d)$", r"E\g<1>0\2", f"{value:.{places}E}")
