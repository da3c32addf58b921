"""Dates and times of a worksheet under a format code."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

# A code in pieces: quoted, escaped, padding (_x), filling (*x), bracketed, other.
PIECE = re.compile(r'"([^"]*)"?|\\(.)|_(.)|\*(.)|\[([^\]]*)\]|(.)', re.DOTALL)
_DATE_PART = re.compile(
    r"(?P<half>AM/PM|A/P|上午/下午)|(?P<part>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?|[aA]{3,4})"
)
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
LAST_DAY = 2_957_000
"""The last serial number that is a date from either epoch (in the year 9995)."""
_WEEKDAYS = "一二三四五六日"


def unquoted(section: str) -> str:
    """The section without literals and brackets, but with elapsed time."""
    kept = []
    for match in PIECE.finditer(section):
        if match.group(6):
            kept.append(match.group(6))
        elif match.group(5) and re.fullmatch(r"[hHmMsS]+", match.group(5)):
            kept.append(match.group(5))
    return "".join(kept)


def is_date(plain: str) -> bool:
    """Whether a code without literals formats dates or times."""
    return not re.search(r"[0#?](?![.0]*$)", plain.replace(".0", "")) and bool(
        re.search(
            r"[ymdhs]|aaa",
            re.sub(r"general", "", plain, flags=re.IGNORECASE),
            re.IGNORECASE,
        )
    )


def date(value: Decimal, section: str, *, since_1904: bool) -> str:
    """A serial number (0 to LAST_DAY) as a date, time or both."""
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
    for match in [*PIECE.finditer(section), None]:
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
