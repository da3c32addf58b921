"""Dumps that print each row of a table as a list, of Python or JSON, as tab rows."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence

FEWEST = 3
"""Lists, one a line, that make a table."""

LONGEST = 20_000
"""Characters of one list; more is no row."""


def listed_rows(lines: Sequence[str]) -> list[str]:
    """The lines with lists as tab rows, a break inside a cell as ``<br>``; or []."""
    done: list[str] = []
    found = 0
    for line in lines:
        rows = _rows_of(line)
        found += len(rows)
        done += map("\t".join, rows) if rows else [line]
    return done if found >= FEWEST else []


def _rows_of(line: str) -> list[list[str]]:
    """The rows that a line prints: one, or those of a list of lists."""
    text = line.strip().rstrip(",")
    if not (text.startswith("[") and text.endswith("]") and len(text) <= LONGEST):
        return []
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        rows = value if value and all(isinstance(v, list) for v in value) else [value]
        if all(map(_is_row, rows)):
            return [list(map(_cell, row)) for row in rows]
    return []


def _is_row(row: object) -> bool:
    cells = (str, int, float, type(None))
    return (
        isinstance(row, list) and bool(row) and all(isinstance(c, cells) for c in row)
    )


def _cell(value: object) -> str:
    return (
        "" if value is None else "<br>".join(str(value).split("\n")).replace("\t", " ")
    )
