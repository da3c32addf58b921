"""The cells at both sides of an upright band: what a copy makes of a fold.

The band may hide the border between two cells. Where no ruling shows, the texts say
whether there is one: those of one cell run on beyond the band, line by line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from pipeline.sources.scan.blots import (
    FEWEST,
    FRINGE_SHARE,
    LEAST_SHARE,
    REACH_SHARE,
    is_held,
)
from pipeline.sources.scan.chains import Chain, chains_of
from pipeline.sources.scan.engine import Picture, Quads
from pipeline.sources.scan.stretches import em_of
from pipeline.sources.scan.strokes import BLOT, Mask, Stroke, blots
from pipeline.sources.scan.within import hulls

SLACK = 0.25
"""Share of a row's height that an upright at its side may lack at both ends."""

TOUCHING = 0.7
"""Times the usual height of a text up to which it is away from a band that it runs
into."""

FEWEST_COLUMNS = 2
"""Columns that must end in a band over one cell: a single one may be a streak."""

SEVERAL = 3
"""Lines from which on the first one shows that it is alone, and not a short text."""

Box = tuple[NDArray[np.float64], NDArray[np.float64]]
"""The corners of an upright box: left and top, right and bottom."""


def cell_borders(
    hidden: Sequence[Stroke], rulings: list[Stroke], texts: Quads, grey: Picture
) -> list[Stroke]:
    """What bands hide of the borders of cells.

    Level lines that end at an upright band, closed, and the upright that it hides;
    the border of a row in a level band at which columns end. ``hidden`` are the
    pieces of the rulings that bands hide.
    """
    black = blots(grey)
    if not black.any() or not len(texts):
        return []
    chains = chains_of(rulings, longer=max(grey.shape))
    level = [c for c in chains if c.level]
    uprights = [c for c in chains if not c.level]
    closing = list(_closing(level, uprights, black))
    found = [*closing, *_row_borders(uprights, level, black)]
    rows = [*(s for s in hidden if s.level), *closing]
    if len(rows) < FEWEST:
        return found
    return [*found, *_parting(rows, uprights, hulls(texts), black)]


def _row_borders(
    uprights: Sequence[Chain], level: Sequence[Chain], black: Mask
) -> Iterator[Stroke]:
    """Borders in a level band at which columns end that do not go on beyond it.

    Each reaches over the one cell on the band's other side.
    """
    fringe = FRINGE_SHARE * max(black.shape)
    ends: dict[tuple[float, float, int], list[tuple[Chain, float, float]]] = {}
    for chain in uprights:
        if chain.length < LEAST_SHARE * max(black.shape):
            continue
        for end, way in ((chain.end, 1), (chain.start, -1)):
            x = chain.at(end)
            edge = _far_edge(black.T, x, end, way * fringe)
            near = _far_edge(black.T, x, edge, -way * fringe) if edge else None
            if edge is None or near is None or is_held(chain, end, level, black.T):
                continue
            y = (edge + near) / 2
            through = [
                c.at(y)
                for c in uprights
                if c is not chain
                and c.start < min(edge, near)
                and c.end > max(edge, near)
            ]
            left = max((w for w in through if w < x), default=None)
            right = min((w for w in through if w > x), default=None)
            if left is not None and right is not None:
                ends.setdefault((left, right, way), []).append((chain, end, y))
    for (left, right, _), group in ends.items():
        if len(group) < FEWEST_COLUMNS:
            continue
        y = median(y for _, _, y in group)
        yield Stroke(True, left, y, right, y, group[0][0].thickness)
        for chain, end, _ in group:
            low, high = sorted((end, y))
            x = chain.at(end)
            yield Stroke(False, x, low, x, high, chain.thickness)


def _closing(
    chains: Sequence[Chain], uprights: Sequence[Chain], black: Mask
) -> Iterator[Stroke]:
    """From level lines that end at a band to the upright among its specks.

    Lines end at lines: where none goes on beyond the band, its border does not show.
    """
    fringe = FRINGE_SHARE * max(black.shape)
    reach = REACH_SHARE * max(black.shape)
    for chain in chains:
        for end, way in ((chain.end, 1), (chain.start, -1)):
            y = chain.at(end)
            edge = _far_edge(black, y, end, way * fringe)
            if edge is None or chain.length < LEAST_SHARE * max(black.shape):
                continue
            near = [
                x
                for c in uprights
                if c.start - reach <= y <= c.end + reach
                and reach < way * ((x := c.at(y)) - end)
                and way * (x - edge) <= fringe
            ]
            if not near:
                continue
            x = min(near, key=lambda x: abs(x - end))
            low, high = sorted((end, x))
            yield Stroke(True, low, y, high, y, chain.thickness)


def _far_edge(black: Mask, y: float, end: float, reach: float) -> float | None:
    """Where the band that begins within reach of an end ends."""
    row = black[min(max(round(y), 0), black.shape[0] - 1)]
    line = row[round(end) :] if reach > 0 else row[round(end) :: -1]
    inked = np.flatnonzero(line[: round(abs(reach)) + 1])
    if not len(inked):
        return None
    first = int(inked[0])
    paper = np.flatnonzero(line[first:] == 0)
    width = int(paper[0]) if len(paper) else len(line) - first
    return end + math.copysign(first + width, reach)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that a band crosses, between the walls left and right of it.

    ``apart`` is None where one side of it has no text.
    """

    top: float
    bottom: float
    start: float
    end: float
    walls: tuple[float, float]
    apart: bool | None
    lines: int


def _parting(
    hidden: Sequence[Stroke], uprights: Sequence[Chain], boxes: Quads, black: Mask
) -> Iterator[Stroke]:
    """The upright that a band hides, in the rows whose texts keep apart."""
    rows = list(_rows(hidden, uprights, boxes, black))
    parted = [
        row
        for i, row in enumerate(rows)
        if row.apart
        or (row.apart is None and _next(rows[:i][::-1]) and _next(rows[i + 1 :]))
        or (row.lines == 1 and _is_alike(row, rows[max(0, i - 1) : i + 2]))
    ]
    if not parted:
        return
    usual = median((row.start + row.end) / 2 for row in parted)
    for row in parted:
        at = min(max(usual, row.start), row.end)
        yield Stroke(False, at, row.top, at, row.bottom, hidden[0].thickness)


def _is_alike(row: _Row, near: Sequence[_Row]) -> bool:
    """Whether the rows beside a row of one line have the same walls and are parted.

    There the texts of two cells are so long that they reach the band.
    """
    others = [other for other in near if other is not row]
    return bool(others) and all(
        other.apart
        and all(
            abs(a - b) <= (row.end - row.start)
            for a, b in zip(row.walls, other.walls, strict=True)
        )
        for other in others
    )


def _next(rows: Sequence[_Row]) -> bool:
    """Whether the first row that shows anything is parted."""
    return next((row.apart for row in rows if row.apart is not None), False)


def _rows(
    hidden: Sequence[Stroke], uprights: Sequence[Chain], boxes: Quads, black: Mask
) -> Iterator[_Row]:
    em = em_of(boxes)
    fringe = FRINGE_SHARE * max(black.shape)
    reach = REACH_SHARE * max(black.shape)
    for top, bottom in pairwise(sorted(hidden, key=lambda s: s.at)):
        middle = (top.at + bottom.at) / 2
        inside = np.flatnonzero(black[round(middle), round(top.start) : round(top.end)])
        if len(inside) < BLOT:
            continue
        start, end = (float(round(top.start) + inside[i]) for i in (0, -1))
        centre = (start + end) / 2
        # Of the specks beside the band no stroke is as high as a row.
        slack = SLACK * (bottom.at - top.at)
        walls = [
            c.at(middle)
            for c in uprights
            if c.start <= top.at + slack and c.end >= bottom.at - slack
        ]
        if any(start - reach <= w <= end + fringe for w in walls):
            continue  # it shows among the specks
        left = max((w for w in walls if w < centre), default=None)
        right = min((w for w in walls if w > centre), default=None)
        if left is None or right is None:
            continue  # a table without uprights has none here either
        texts = [
            (low, high)
            for low, high in boxes
            if top.at < (low[1] + high[1]) / 2 < bottom.at
            and left < (low[0] + high[0]) / 2 < right
        ]
        before = sorted((t for t in texts if t[0][0] < start), key=lambda t: t[0][1])
        after = [t for t in texts if t[1][0] > end]
        apart = _apart(before, after, start, end, TOUCHING * em)
        lines = max(len(before), len(after))
        yield _Row(top.at, bottom.at, start, end, (left, right), apart, lines)


def _apart(
    before: Sequence[Box], after: Sequence[Box], start: float, end: float, reach: float
) -> bool | None:
    """Whether no text runs on beyond a band: its lines would reach it on both sides."""
    if not before or not after:
        return None
    if max(high[0] for _, high in before) < start - reach:
        return True
    if min(low[0] for low, _ in after) > end + reach:
        return True
    # Lines that end at the band with none beyond it are full lines of another cell:
    # the first of several, or two in succession.
    alone = [
        high[0] >= start - reach and not any(_is_beside((low, high), t) for t in after)
        for low, high in before
    ]
    first = len(alone) >= SEVERAL and alone[0]
    return first or any(a and b for a, b in pairwise(alone))


def _is_beside(one: Box, other: Box) -> bool:
    """Whether two texts stand in one line."""
    shared = min(one[1][1], other[1][1]) - max(one[0][1], other[0][1])
    return bool(shared > (one[1][1] - one[0][1]) / 2)
