"""Numbers of a worksheet as the spreadsheet shows them.

Covers what forms use: digits, thousands, percent, literals, sections, dates.
Fractions and anything unknown are shown as General.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

GENERAL_WIDTH = 11
"""Characters that General shows of a number (33.33333333)."""

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

# A code in pieces: quoted, escaped, padding (_x), filling (*x), bracketed, other.
_PIECE = re.compile(r'"([^"]*)"?|\\(.)|_(.)|\*(.)|\[([^\]]*)\]|(.)', re.DOTALL)
_NUMERIC = re.compile(r"[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+")
_DATE_PART = re.compile(
    r"(?P<half>AM/PM|A/P|上午/下午)|(?P<part>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?|[aA]{3,4})"
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[\d.]+)")
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_LAST_DAY = 2_958_465  # 9999-12-31
_WEEKDAYS = "一二三四五六日"


def display(raw: str, code: str, *, since_1904: bool = False) -> str:
    """The shown text of a number as stored (``0.95``) under a format code."""
    try:
        value = Decimal(raw.strip())
    except InvalidOperation:
        return raw
    if not value.is_finite():
        return raw
    # A stored double has 15 good digits: 89.974000000000004 is 89.974.
    value = Decimal(format(float(value), ".15g")) if value else Decimal(0)
    section, magnitude = _choose(code, value)
    plain = _unquoted(section)
    if not section or section.strip().lower() in ("general", "@", "g/通用格式"):
        return general(value)
    if "general" in plain.lower() or "/" in re.sub(r"AM/PM|A/P|上午/下午", "", plain):
        if _is_date(plain):
            return _date(value, section, since_1904=since_1904)
        literal = re.sub(r"general", lambda _: "\x00", section, flags=re.IGNORECASE)
        if "\x00" in literal:
            return _literal(literal).replace("\x00", general(magnitude))
        return general(value)
    if _is_date(plain):
        return _date(value, section, since_1904=since_1904)
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
    for match in _PIECE.finditer(code):
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


def _unquoted(section: str) -> str:
    """The section without literals and brackets, but with elapsed time."""
    kept = []
    for match in _PIECE.finditer(section):
        if match.group(6):
            kept.append(match.group(6))
        elif match.group(5) and re.fullmatch(r"[hHmMsS]+", match.group(5)):
            kept.append(match.group(5))
    return "".join(kept)


def _is_date(plain: str) -> bool:
    return not re.search(r"[0#?](?![.0]*$)", plain.replace(".0", "")) and bool(
        re.search(
            r"[ymdhs]|aaa",
            re.sub(r"general", "", plain, flags=re.IGNORECASE),
            re.IGNORECASE,
        )
    )


def _literal(section: str) -> str:
    """The section with literals in the clear; brackets give their currency sign."""
    shown = []
    for quoted, escaped, padding, filling, bracket, other in _PIECE.findall(section):
        if padding:
            shown.append(" ")
        elif bracket.startswith("$"):
            shown.append(bracket[1:].partition("-")[0])
        elif not filling:
            shown.append(quoted or escaped or other)
    return "".join(shown).strip()


def _number(value: Decimal, section: str) -> str:
    plain = _unquoted(section)
    match = _NUMERIC.search(plain)
    if match is None:
        return _literal(section)
    if re.search(r"[eE][+-]", plain):
        return _scientific(value, match.group())
    scaled = value * Decimal(100) ** plain.count("%")
    pattern = match.group()
    scaled /= Decimal(1000) ** (len(pattern) - len(pattern.rstrip(",")))
    digits = _digits(abs(scaled), pattern)
    sign = "-" if scaled < 0 and digits.strip("0.,") else ""
    return sign + _literal(_with_digits(section, digits))


def _with_digits(section: str, digits: str) -> str:
    """The section with its first digit run replaced; further placeholders vanish."""
    pieces: list[str] = []
    placed = False
    for match in _PIECE.finditer(section):
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


def _date(value: Decimal, section: str, *, since_1904: bool) -> str:
    if not 0 <= value <= _LAST_DAY:
        return general(value)
    days = int(value)
    # Whole seconds, rounded: 0.5 of a millisecond is noise of the double.
    seconds = int(((value - days) * 86400).quantize(Decimal(1), ROUND_HALF_UP))
    moment = _EPOCHS[since_1904] + timedelta(days=days, seconds=seconds)
    parts: list[str] = []
    codes = _date_codes(section)
    twelve = any(kind == "half" for kind, _ in codes)
    for index, (kind, text) in enumerate(codes):
        if kind == "literal":
            parts.append(text)
        elif kind == "half":
            zh = text == "上午/下午"
            halves = ("上午", "下午") if zh else ("AM", "PM")
            parts.append(halves[moment.hour >= 12])
        elif kind == "elapsed":
            parts.append(str(days * 24 + moment.hour))
        else:
            minute = text[0] in "mM" and _is_minute(codes, index)
            parts.append(_date_part(moment, text.lower(), minute=minute, twelve=twelve))
    return "".join(parts).strip()


def _date_codes(section: str) -> list[tuple[str, str]]:
    codes: list[tuple[str, str]] = []
    run = ""
    for match in [*_PIECE.finditer(section), None]:
        other = match.group(6) if match else None
        if other:
            run += other
            continue
        at = 0
        for part in _DATE_PART.finditer(run):
            codes.append(("literal", run[at : part.start()]))
            codes.append(("half" if part.group("half") else "part", part.group()))
            at = part.end()
        codes.append(("literal", run[at:]))
        run = ""
        if match is not None:
            quoted, escaped, _, _, bracket, _ = match.groups(default="")
            if re.fullmatch(r"[hH]+", bracket):
                codes.append(("elapsed", bracket))
            else:
                codes.append(("literal", quoted or escaped))
    return [(kind, text) for kind, text in codes if text]


def _is_minute(codes: list[tuple[str, str]], index: int) -> bool:
    """``m`` is a minute after an hour or before a second."""
    before = [t for k, t in codes[:index] if k in ("part", "elapsed")]
    after = [t for k, t in codes[index + 1 :] if k in ("part", "elapsed")]
    return bool(before and before[-1][0] in "hH") or bool(after and after[0][0] in "sS")


def _date_part(moment: datetime, code: str, *, minute: bool, twelve: bool) -> str:
    letter, size = code[0], len(code)
    if letter == "y":
        return f"{moment.year % 100:02d}" if size < 3 else f"{moment.year}"
    if letter == "a":
        return ("星期" if size == 4 else "") + _WEEKDAYS[moment.weekday()]
    if letter == "m" and not minute and size > 2:
        return moment.strftime("%b" if size == 3 else "%B")
    if letter == "d" and size > 2:
        return moment.strftime("%a" if size == 3 else "%A")
    hour = (moment.hour - 1) % 12 + 1 if twelve else moment.hour
    number = {
        "m": moment.minute if minute else moment.month,
        "d": moment.day,
        "h": hour,
        "s": moment.second,
    }[letter]
    return f"{number:02d}" if size > 1 else str(number)
