"""Rows of cells with spans, as HTML writes them, on a grid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.core.document import Cell, Table
from pipeline.errors import DocumentError
from pipeline.sources.limits import MAX_CELLS, MAX_SPAN


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell in source order; ``row_span`` 0 means to the end of the table."""

    text: str
    row_span: int = 1
    column_span: int = 1


def fill(rows: Iterable[Iterable[Piece]]) -> Table | None:
    """A Table of the pieces; None without any. Spans are capped and clipped."""
    cells: list[Cell] = []
    open_until: list[int] = []  # per column: first row in which it is free again
    width = row_count = 0
    for r, row in enumerate(rows):
        column = 0
        for piece in row:
            while column < len(open_until) and open_until[column] > r:
                column += 1
            row_span = min(piece.row_span, MAX_SPAN) or MAX_CELLS
            column_span = max(1, min(piece.column_span, MAX_SPAN))
            width += column_span
            if width > MAX_CELLS:
                raise DocumentError("too_many_rows", limit=MAX_CELLS)
            column_span = _free(open_until, column, column_span, r)
            needed = column + column_span - len(open_until)
            open_until.extend([0] * max(0, needed))
            for c in range(column, column + column_span):
                open_until[c] = r + row_span
            cells.append(Cell(r, column, piece.text, row_span, column_span))
            column += column_span
        row_count = r + 1
    if not cells:
        return None
    clipped = (replace(c, row_span=min(c.row_span, row_count - c.row)) for c in cells)
    return Table(cells=tuple(clipped))


def _free(open_until: list[int], column: int, span: int, row: int) -> int:
    """The part of the span that no cell from above holds; overlaps are errors."""
    for c in range(column, min(column + span, len(open_until))):
        if open_until[c] > row:
            return c - column
    return span
