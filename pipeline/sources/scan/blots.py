"""Rulings that run on beyond a black band: what a copy makes of a fold.

Copied often enough, the shadow of a fold is solid black, and no ruling shows in it.
Where it stands upright every row ends at its edge, so that the two sides look like two
tables. Where most lines of both sides meet through the band they are the same lines.
A level band is left alone: two tables one below the other are read on as one, while
rows whose border it hides would become one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from pipeline.sources.scan.chains import Chain, chains_of
from pipeline.sources.scan.engine import Picture, Quads
from pipeline.sources.scan.strokes import BLOT, Mask, Stroke, blots
from pipeline.sources.scan.within import hulls

BESIDE_SHARE = 0.004
"""Share of the longer side that two ends of one line may lie beside each other."""

FRINGE_SHARE = 0.045
"""Share of the longer side of specks at both sides of a band, in which lines end."""

WIDEST_SHARE = 0.12
"""Share of the longer side up to which a band is wide, with its fringe."""

FEWEST = 3
"""Lines that must run on beyond a band, so that it is not by chance."""

AGREEING = 0.5
"""Share of the lines that end at the side with fewer of them that must run on."""


TOUCHING = 0.7
"""Times the usual height of a text up to which it is away from a band that it runs
into."""


def over_blots(strokes: list[Stroke], texts: Quads, grey: Picture) -> list[Stroke]:
    """The strokes and the pieces of them that black bands hide."""
    black = blots(grey)
    if not black.any():
        return strokes
    chains = chains_of(strokes, longer=max(grey.shape))
    hidden = _hidden([c for c in chains if c.level], black)
    parting = _parting(hidden, [c for c in chains if not c.level], hulls(texts), black)
    return [*strokes, *hidden, *parting]


def _hidden(chains: Sequence[Chain], black: Mask) -> list[Stroke]:
    """The pieces of level chains in an upright band."""
    fringe = FRINGE_SHARE * max(black.shape)
    before = [c for c in chains if _is_met(black, c, c.end, fringe)]
    after = [c for c in chains if _is_met(black, c, c.start, -fringe)]
    found = list(_pairs(before, after, black, fringe))
    fewer = min(len(before), len(after))
    if len(found) < max(FEWEST, AGREEING * fewer):
        return []
    return [_between(first, second) for first, second in found]


def _is_met(black: Mask, chain: Chain, end: float, reach: float) -> bool:
    """Whether a band begins within reach of an end of a chain."""
    low, high = sorted((round(end), round(end + reach)))
    row = min(max(round(chain.at(end)), 0), black.shape[0] - 1)
    return bool(black[row, max(0, low) : max(0, high + 1)].any())


def _pairs(
    before: Sequence[Chain], after: Sequence[Chain], black: Mask, fringe: float
) -> Iterator[tuple[Chain, Chain]]:
    """Each chain that ends at a band with the one that goes on beyond it."""
    longer = max(black.shape)
    left = list(after)
    for first in sorted(before, key=lambda c: (c.at(c.end), c.end)):
        near = [
            (abs(first.at(first.end) - c.at(c.start)), i)
            for i, c in enumerate(left)
            if 0 < c.start - first.end <= WIDEST_SHARE * longer
            and _crosses(black, first, c, fringe)
        ]
        if near and min(near)[0] <= BESIDE_SHARE * longer:
            yield first, left.pop(min(near)[1])


def _crosses(black: Mask, first: Chain, second: Chain, fringe: float) -> bool:
    """Whether what lies between two ends is a band with its fringe, not paper."""
    count = max(2, round(second.start - first.end))
    columns = np.linspace(first.end, second.start, count)
    rows = np.linspace(first.at(first.end), second.at(second.start), count)
    black = black[
        np.clip(np.round(rows).astype(np.intp), 0, black.shape[0] - 1),
        np.clip(np.round(columns).astype(np.intp), 0, black.shape[1] - 1),
    ]
    inside = int(np.count_nonzero(black))
    return inside >= BLOT and count - inside <= fringe


def _between(first: Chain, second: Chain) -> Stroke:
    """The straight piece from the end of a chain to the start of another one."""
    start, end = first.end, second.start
    thickness = first.thickness
    return Stroke(True, start, first.at(start), end, second.at(end), thickness)


@dataclass(slots=True)
class _Row:
    """A row that a band crosses; ``apart`` None where one side of it has no text."""

    top: float
    bottom: float
    start: float
    end: float
    apart: bool | None


def _parting(
    hidden: Sequence[Stroke], uprights: Sequence[Chain], boxes: Quads, black: Mask
) -> Iterator[Stroke]:
    """The upright that a band hides, in the rows whose texts keep apart."""
    if not len(boxes):
        return
    rows = list(_rows(hidden, uprights, boxes, black))
    parted = [
        row
        for i, row in enumerate(rows)
        if row.apart
        or (row.apart is None and _next(rows[:i][::-1]) and _next(rows[i + 1 :]))
    ]
    if not parted:
        return
    usual = median((row.start + row.end) / 2 for row in parted)
    for row in parted:
        at = min(max(usual, row.start), row.end)
        yield Stroke(False, at, row.top, at, row.bottom, hidden[0].thickness)


def _next(rows: Sequence[_Row]) -> bool:
    """Whether the first row that shows anything is parted."""
    return next((row.apart for row in rows if row.apart is not None), False)


def _rows(
    hidden: Sequence[Stroke], uprights: Sequence[Chain], boxes: Quads, black: Mask
) -> Iterator[_Row]:
    em = float(median(float(h) for h in (boxes[:, 1] - boxes[:, 0]).min(axis=1)))
    for top, bottom in pairwise(sorted(hidden, key=lambda s: s.at)):
        middle = (top.at + bottom.at) / 2
        inside = np.flatnonzero(black[round(middle), round(top.start) : round(top.end)])
        if len(inside) < BLOT:
            continue
        start, end = (float(round(top.start) + inside[i]) for i in (0, -1))
        centre = (start + end) / 2
        walls = [c.at(middle) for c in uprights if c.start <= middle <= c.end]
        left = max((w for w in walls if w < centre), default=None)
        right = min((w for w in walls if w > centre), default=None)
        if left is None or right is None:
            continue  # a table without uprights has none here either
        texts = [
            (float(low[0]), float(high[0]))
            for low, high in boxes
            if top.at < (low[1] + high[1]) / 2 < bottom.at
            and left < (low[0] + high[0]) / 2 < right
        ]
        apart = _apart(texts, start, end, TOUCHING * em)
        yield _Row(top.at, bottom.at, start, end, apart)


def _apart(
    texts: Sequence[tuple[float, float]], start: float, end: float, reach: float
) -> bool | None:
    """Whether no text runs on beyond a band: its lines would reach it on both sides."""
    before = [x1 for x0, x1 in texts if x0 < start]
    after = [x0 for x0, x1 in texts if x1 > end]
    if not before or not after:
        return None
    return max(before) < start - reach or min(after) > end + reach
