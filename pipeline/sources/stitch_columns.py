"""Whether two pages hold parts of one table, by the edges of their columns."""

from __future__ import annotations

from itertools import pairwise

from pipeline.sources.grid import EDGE, cluster, nearest
from pipeline.sources.pdf_table import PageTable

LABEL_CELLS = 2
"""Cells at the start of a row that may be labels over several rows (levels 1, 2)."""

MIN_EDGES = 5
"""Edges that show which table a part without its first columns belongs to."""

SCALED = 0.06
"""Share by which one table is wider on one scan than on the next."""

SNAP = 3 * EDGE
"""Points within which the edges of one table on two scans are the same."""


def fit(table: PageTable, after: PageTable) -> None:
    """Bring a recognised table's edges onto those above: no two scans are alike."""
    if all(part.confidence is None for part in after.parts):
        return
    scale = (table.xs[-1] - table.xs[0]) / max(after.xs[-1] - after.xs[0], 1.0)
    if abs(scale - 1) > SCALED:
        return
    moved = [table.xs[0] + (x - after.xs[0]) * scale for x in after.xs]
    snapped = [
        known if abs((known := table.xs[nearest(table.xs, x)]) - x) <= SNAP else x
        for x in moved
    ]
    if all(left < right for left, right in pairwise(snapped)):
        after.xs = snapped


def same_columns(xs: list[float], others: list[float]) -> bool:
    """Same left and right edge, and at least half of the inner edges shared."""
    if abs(xs[-1] - others[-1]) > EDGE:
        return False
    if abs(xs[0] - others[0]) > EDGE:
        return _lost_first(xs, others)
    fewer, more = sorted((xs[1:-1], others[1:-1]), key=len)
    shared = sum(any(abs(x - y) <= EDGE for y in more) for x in fewer)
    return 2 * shared >= len(fewer)


def _lost_first(xs: list[float], others: list[float]) -> bool:
    """All edges but those of the first columns, which are one empty cell over pages.

    A browser draws no line round the part of a merged cell that goes on.
    """
    first = nearest(xs, others[0])
    rest = xs[first:]
    return (
        0 < first <= LABEL_CELLS
        and len(rest) == len(others) >= MIN_EDGES
        and all(abs(x - y) <= EDGE for x, y in zip(rest, others, strict=True))
    )


def unify(table: PageTable, after: PageTable) -> None:
    """Bring both on the union of their column edges."""
    xs = cluster([*table.xs, *after.xs])
    for part_of in (table, after):
        columns = [nearest(xs, x) for x in part_of.xs]
        for part in part_of.parts:
            end = columns[part.column + part.column_span]
            part.column = columns[part.column]
            part.column_span = max(1, end - part.column)
        part_of.xs = xs
