"""Tables without rulings: where rulings would stand, by the alignment of texts.

lines → regions → blocks (cells wrapped over lines) → rows → columns → the
rulings that a ruled table would have had; ``grid`` makes cells of those.
Level rulings that are printed part rows as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.sources.lines import Line
from pipeline.sources.pdf_page import Ruling
from pipeline.sources.unruled_blocks import blocks_of
from pipeline.sources.unruled_fields import Block

FEWEST_ROWS = 3
"""Rows of at least FEWEST_CELLS cells that make a table …"""

FEWEST_CELLS = 3

APART = 6.0
"""Sizes between two lines from which on they are not in one table."""

SAME_ROW = 0.5
"""Share of the size that the first lines of cells in one row may differ."""

REACH = 0.35
"""Share of the size by which a cell that belongs to two rows crosses their border."""

MARGIN = 2.0
"""Points between a text and the ruling beside it."""


@dataclass(slots=True)
class Row:
    """Cells that begin in a row, and those from above that reach into it."""

    top: float
    bottom: float
    blocks: list[Block] = field(default_factory=list)
    held: list[Block] = field(default_factory=list)

    def all(self) -> list[Block]:
        """Every block in the row, from left to right."""
        return sorted([*self.blocks, *self.held], key=lambda b: b.x0)


def missing_rulings(lines: Sequence[Line], printed: Sequence[Ruling]) -> list[Ruling]:
    """The rulings that tables among the lines lack; none for running text."""
    found: list[Ruling] = []
    for region in _regions([line for line in lines if line.turn == 0]):
        found += _region_rulings(region, printed)
    return found


def _regions(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines from one with several fields to another one."""
    run: list[Line] = []
    for line in lines:
        if run and line.base - run[-1].base > APART * max(line.size, run[-1].size):
            yield from _trimmed(run)
            run = []
        run.append(line)
    yield from _trimmed(run)


def _trimmed(run: list[Line]) -> Iterator[list[Line]]:
    several = [i for i, line in enumerate(run) if len(line.fields) > 1]
    if len(several) < FEWEST_ROWS:
        return
    end = several[-1] + 1
    # The last cells may be wrapped further than their neighbours.
    while end < len(run) and run[end].base - run[end - 1].base <= 1.7 * run[end].size:
        end += 1
    yield run[several[0] : end]


def _region_rulings(lines: list[Line], printed: Sequence[Ruling]) -> list[Ruling]:
    left = min(line.box.x0 for line in lines)
    right = max(line.box.x1 for line in lines)
    top, bottom = lines[0].box.y0, max(line.box.y1 for line in lines)
    level = [
        r for r in printed
        if r.horizontal and top <= r.at <= bottom and r.start < right and r.end > left
    ]  # fmt: skip
    blocks = blocks_of(lines, level)
    rows = _rows(blocks)
    ys = _boundaries(rows)
    _hold(rows, ys)
    if sum(len(row.all()) >= FEWEST_CELLS for row in rows) < FEWEST_ROWS:
        return []
    left, right = left - MARGIN, right + MARGIN
    found = [Ruling(True, ys[0], left, right), Ruling(True, ys[-1], left, right)]
    found += [Ruling(False, x, ys[0], ys[-1]) for x in (left, right)]
    for group in _groups(rows):
        stops = _stops([rows[i] for i in group])
        edges = [left, *stops, right]
        for i in group:
            found += [
                Ruling(False, x, ys[i], ys[i + 1])
                for x in stops
                if not any(b.x0 < x < b.x1 for b in rows[i].all())
            ]
            if i:
                found += _level(ys[i], edges, rows[i])
    return found


def _level(y: float, edges: list[float], row: Row) -> Iterator[Ruling]:
    """The ruling above a row, left out under cells that reach over it."""
    for start, end in pairwise(edges):
        if not any(b.x0 < end - 1 and b.x1 > start + 1 for b in row.held):
            yield Ruling(True, y, start, end)


def _rows(blocks: list[Block]) -> list[Row]:
    """Rows by the cells' first lines, or by their middles where that fits better."""
    by_base = _clusters(blocks, [b.base for b in blocks])
    by_middle = _clusters(blocks, [b.middle for b in blocks])
    groups = min(by_base, by_middle, key=len)
    if groups is by_middle:
        groups = _without_spans(groups)
    rows: list[Row] = []
    for group in groups:
        rows.append(Row(min(b.y0 for b in group), max(b.y1 for b in group), group))
    return sorted(rows, key=lambda row: row.top)


def _hold(rows: list[Row], ys: list[float]) -> None:
    """Enter cells in every row below their own that they reach into."""
    for i, row in enumerate(rows):
        for block in row.blocks:
            for below in range(i + 1, len(rows)):
                if block.y1 <= ys[below] + REACH * block.size:
                    break
                rows[below].held.append(block)


def _clusters(blocks: list[Block], places: list[float]) -> list[list[Block]]:
    found: list[list[Block]] = []
    first = 0.0
    order = sorted(range(len(blocks)), key=lambda i: places[i])
    for i in order:
        if found and places[i] - first <= SAME_ROW * blocks[i].size:
            found[-1].append(blocks[i])
        else:
            found.append([blocks[i]])
            first = places[i]
    return found


def _without_spans(groups: list[list[Block]]) -> list[list[Block]]:
    """Labels in the middle of several rows go to the first row that they touch."""
    full = [g for g in groups if len(g) > 1]
    kept = list(full)
    for group in groups:
        if len(group) > 1:
            continue
        block = group[0]
        touched = [
            g for g in full
            if min(b.y0 for b in g) < block.y1 and max(b.y1 for b in g) > block.y0
        ]  # fmt: skip
        if touched:
            touched[0].append(block)
        else:
            kept.append(group)
    return kept


def _boundaries(rows: list[Row]) -> list[float]:
    """Where rows part: above the first text of each, and below the last."""
    ys = [rows[0].top - MARGIN]
    for upper, lower in pairwise(rows):
        own = [b.y1 for b in upper.blocks if b.y1 <= lower.top + MARGIN]
        end = max(own, default=lower.top - 2 * MARGIN)
        ys.append(max((end + lower.top) / 2, ys[-1] + MARGIN))
    return [*ys, max(row.bottom for row in rows) + MARGIN]


def _groups(rows: list[Row]) -> Iterator[list[int]]:
    """Runs of rows (by index) that one set of columns fits."""
    run: list[int] = []
    for i in range(len(rows)):
        trial = [rows[k] for k in (*run, i)]
        if run and not _fits(trial):
            yield run
            run = []
        run.append(i)
    yield run


def _fits(rows: list[Row]) -> bool:
    stops = _stops(rows)
    return not any(
        block.x0 + MARGIN < x < block.x1 - MARGIN
        for row in rows
        for block in row.all()
        for x in stops
    )


def _stops(rows: list[Row]) -> list[float]:
    """The fewest column edges of which every gap between two cells has one.

    Each stands as far to the right in its gaps as no cell of the rows is cut by it.
    """
    every = [row.all() for row in rows]
    gaps = [(a.x1, b.x0) for row in every for a, b in pairwise(row) if b.x0 > a.x1]
    stops: list[float] = []
    for start, end in sorted(gaps, key=lambda gap: gap[1]):
        if not stops or stops[-1] <= start:
            stops.append(end - min(MARGIN, (end - start) / 2))
    blocks = sorted((b.x0, b.x1) for row in every for b in row)
    return [_in_the_open(stop, gaps, blocks) for stop in stops]


def _in_the_open(
    stop: float, gaps: list[tuple[float, float]], blocks: list[tuple[float, float]]
) -> float:
    """A place for an edge in all the gaps that it is in, and in no cell."""
    inside = [gap for gap in gaps if gap[0] < stop < gap[1]]
    least, most = max(g[0] for g in inside), min(g[1] for g in inside)
    best, at = None, least
    for x0, x1 in [*(b for b in blocks if b[1] > least), (most, most)]:
        if x0 > at:
            end = min(x0, most)
            best = end - min(MARGIN, (end - at) / 2)
        at = max(at, x1)
        if at >= most:
            break
    return stop if best is None else best
