"""Texts in which each cell is a paragraph, a blank line between any two of them.

Programs that save the text of web pages write a table so. A cell with nothing but
white space is an empty one.
"""

from __future__ import annotations

import re

from pipeline.sources.loose_pipes import EMPTY_CELL

FEWEST_EMPTY = 8
"""Empty cells of a table; ordinary texts have a few paragraphs of white space."""

SHORT = 12
"""Characters of most cells."""

MOSTLY = 0.5
"""Share of the paragraphs that are short, and of those that are one line."""

_BREAK = re.compile(r"(?:\r\n|\r|\n)")


def cells_of(text: str) -> list[str] | None:
    """The cells as lines (EMPTY_CELL for empty ones); None for any other text."""
    if "\t" in text:
        return None
    cells: list[list[str]] = [[]]
    for line in _BREAK.split(text):
        if line:
            cells[-1].append(line)
        else:
            cells.append([])
    cells = [cell for cell in cells if cell]
    texts = [[s for line in cell if (s := line.strip())] for cell in cells]
    empty = sum(not lines for lines in texts)
    solid = [lines for lines in texts if lines]
    short = sum(sum(map(len, lines)) <= SHORT for lines in solid)
    single = sum(len(lines) == 1 for lines in solid)
    if empty < FEWEST_EMPTY or min(short, single) < MOSTLY * len(solid):
        return None
    return [line for lines in texts for line in (lines or [EMPTY_CELL])]
