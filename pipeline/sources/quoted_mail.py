"""A form in the body of a mail that was answered or sent on: "> " before every line.

Mail programs also break long lines at a fixed width, within words and cells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

_MARK = re.compile(r"(?:> ?)+")
FEWEST = 5
"""Quoted lines in a row; fewer are a passage that someone answers."""

WIDTHS = range(60, 83)
"""Columns at which mail programs break lines; a Chinese character takes two."""

SLACK = 2
"""Columns that a broken line may be short, where no character fits any more."""


def without_quoting(lines: Sequence[str]) -> list[str]:
    """The lines without marks of quotation, broken ones whole; all others as they are."""
    done: list[str] = []
    for quoted, group in groupby(lines, key=lambda line: line.startswith(">")):
        run = list(group)
        if quoted and len(run) >= FEWEST:
            run = _unbroken([_MARK.sub("", line, count=1) for line in run])
        done.extend(run)
    return done


def _unbroken(lines: list[str]) -> list[str]:
    """Lines that were broken at the width of the widest one, put together."""
    widths = list(map(_width, lines))
    if max(widths) not in WIDTHS:
        return lines
    full = max(widths) - SLACK
    whole: list[str] = []
    goes_on = False
    for line, width in zip(lines, widths, strict=True):
        if goes_on and line.strip():
            whole[-1] += line
        else:
            whole.append(line)
        goes_on = width >= full
    return whole


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
