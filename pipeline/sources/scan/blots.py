"""Rulings that run on beyond a black band: what a copy makes of a fold.

Copied often enough, the shadow of a fold is solid black, and no ruling shows in it.
Every line across it ends at its edge, so that the two sides look like two tables.
Where most lines of both sides meet through the band they are the same lines. Beside it
lie specks so dense that they make strokes, of which only what stands out is a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.sources.scan.chains import Chain, chains_of, part_of
from pipeline.sources.scan.engine import Picture
from pipeline.sources.scan.line_ink import extent, flanks, is_solid
from pipeline.sources.scan.strokes import BLACK, BLOT, Mask, Stroke, blots

BESIDE_SHARE = 0.004
"""Share of the longer side that two ends of one line may lie beside each other."""

FRINGE_SHARE = 0.045
"""Share of the longer side of specks at both sides of a band, in which lines end."""

LEAST_SHARE = 0.02
"""Share of the longer side from which on a line is none of specks in a row."""

WIDEST_SHARE = 0.12
"""Share of the longer side up to which a band is wide, with its fringe."""

FEWEST, FEWEST_UPRIGHTS = 3, 2
"""Level lines and uprights that must run on beyond a band: two are not by chance."""

AGREEING = 0.5
"""Share of the lines that end at the side with fewer of them that must run on."""

ROW_SHARE = 0.011
"""Share of the longer side that a row is high at least."""

DEEPEST = 48
"""Grey level that a copied fold has at most; a desk that was photographed is paler."""

SPECKS = 0.0018
"""Share of the paper close to a copied fold that is specks."""

SPECK_AREA = 9
"""Pixels that a speck has at most."""

MOSTLY = 0.5
"""Share of a gap in a line that must be black for a band to lie over it."""

REACH_SHARE = 0.005
"""Share of the longer side within which a line ends at another one."""

SPECKLED = 0.25
"""Share of a stroke's length with ink on each side from which on it lies among specks."""


def _without_ends(stroke: Stroke, mask: Mask) -> Stroke:
    """A stroke without the specks that lie in a row with it."""
    chain = Chain((stroke,))
    part = part_of(chain, *extent(mask, chain))
    return stroke if part is None else part.strokes[0]


def without_blots(grey: Picture) -> Picture:
    """The picture with paper in place of black bands and the specks beside them.

    Text beside a band is not found otherwise.
    """
    import cv2

    beside = _speckled(grey)
    if beside is None:
        return grey
    cleaned = grey.copy()
    cleaned[cv2.dilate(blots(grey), np.ones((5, 5), np.uint8)) > 0] = 255
    cleaned[_specks(cleaned) & (beside > 0)] = 255
    return cleaned


def _speckled(grey: Picture) -> Mask | None:
    """What lies beside black bands with specks; None where there are none.

    A desk or the lid of a copier is dark as well, but grey or without specks.
    """
    black = blots(grey)
    if not black.any() or float(np.median(grey[black > 0])) > DEEPEST:
        return None
    close = (_around(black, ROW_SHARE) > 0) & (black == 0)
    if not close.any() or _specks(grey)[close].mean() < SPECKS:
        return None
    return _around(black, FRINGE_SHARE)


def _around(black: Mask, share: float) -> Mask:
    import cv2

    size = 2 * round(share * max(black.shape)) + 1
    return np.asarray(cv2.dilate(black, np.ones((size, size), np.uint8)), np.uint8)


def _specks(grey: Picture) -> NDArray[np.bool_]:
    """Where there is so little ink together that it is no part of a character."""
    import cv2

    dark = (grey < BLACK).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    small = stats[:, cv2.CC_STAT_AREA] <= SPECK_AREA
    small[0] = False
    return np.asarray(small[labels])


def without_specks(strokes: list[Stroke], grey: Picture, mask: Mask) -> list[Stroke]:
    """The strokes without those of specks beside a black band."""
    beside = _speckled(grey)
    if beside is None:
        return strokes

    def is_beside(x: float, y: float) -> bool:
        return bool(beside[_inside(y, mask, 0), _inside(x, mask, 1)])

    kept = []
    for stroke in strokes:
        if is_beside(*stroke.middle) and _is_speck(stroke, mask):
            continue
        ends = (stroke.x0, stroke.y0), (stroke.x1, stroke.y1)
        near = any(is_beside(*end) for end in ends)
        kept.append(_without_ends(stroke, mask) if near else stroke)
    return kept


def _inside(place: float, mask: Mask, axis: int) -> int:
    return int(min(max(round(place), 0), mask.shape[axis] - 1))


def _is_speck(stroke: Stroke, mask: Mask) -> bool:
    """Whether a stroke does not stand out among the ink on both of its sides."""
    chain = Chain((stroke,))
    before, after = flanks(mask, chain, stroke.start, stroke.end)
    if not len(before) or min(before.mean(), after.mean()) < SPECKLED:
        return False
    # Of many specks some always lie in a row.
    short = stroke.length < LEAST_SHARE * max(mask.shape)
    return short or not is_solid(mask, chain)


def over_blots(strokes: list[Stroke], grey: Picture) -> list[Stroke]:
    """The pieces of lines that black bands hide."""
    black = blots(grey)
    if not black.any():
        return []
    chains = chains_of(strokes, longer=max(grey.shape))
    level = [c for c in chains if c.level]
    upright = [c for c in chains if not c.level]
    return [
        *_narrow(level, black),
        *_narrow(upright, black.T),
        *(_between(*pair) for pair in _hidden(level, black, fewest=FEWEST)),
        *_downwards(upright, level, black.T),
    ]


def _downwards(
    uprights: Sequence[Chain], level: Sequence[Chain], lying: Mask
) -> Iterator[Stroke]:
    """The pieces of uprights in a level band.

    What ends at the border of a row is no column that goes on beyond a band, unless
    it is a side of the table.
    """
    pairs = _hidden(uprights, lying, fewest=FEWEST_UPRIGHTS)
    places = [first.at(first.end) for first, _ in pairs]
    for (first, second), place in zip(pairs, places, strict=True):
        is_side = place in (min(places), max(places))
        held = is_held(first, first.end, level, lying) or is_held(
            second, second.start, level, lying
        )
        if is_side or not held:
            yield _between(first, second)


def is_held(chain: Chain, end: float, across: Sequence[Chain], lying: Mask) -> bool:
    """Whether a line across ends a chain, with room for a row beside the band.

    ``lying`` is what is black, so turned that the chain runs along its rows.
    """
    longer = max(lying.shape)
    reach, room = REACH_SHARE * longer, ROW_SHARE * longer
    at = chain.at(end)
    near = lying[_inside(at, lying, 0), max(0, round(end - room)) : round(end + room)]
    return not near.any() and any(
        c.start - reach <= at <= c.end + reach and abs(c.at(at) - end) <= reach
        for c in across
    )


def _narrow(chains: Sequence[Chain], lying: Mask) -> Iterator[Stroke]:
    """The pieces of chains that are whole but for a band narrower than their gaps."""
    for chain in chains:
        for first, second in pairwise(chain.strokes):
            start, end = first.end, second.start
            if end - start >= BLOT and _is_black(lying, chain, start, end):
                yield _piece(chain, start, end)


def _is_black(lying: Mask, chain: Chain, start: float, end: float) -> bool:
    """Whether a band lies under most of the stretch between two places."""
    row = min(max(round(chain.at((start + end) / 2)), 0), lying.shape[0] - 1)
    return float(np.mean(lying[row, round(start) : round(end)] > 0)) > MOSTLY


def _piece(chain: Chain, start: float, end: float) -> Stroke:
    here, there = chain.at(start), chain.at(end)
    if chain.level:
        return Stroke(True, start, here, end, there, chain.thickness)
    return Stroke(False, here, start, there, end, chain.thickness)


def _hidden(
    chains: Sequence[Chain], lying: Mask, *, fewest: int
) -> list[tuple[Chain, Chain]]:
    """The chains that end at a band across them with those that go on beyond it.

    ``lying`` is what is black, so turned that the chains run along its rows.
    """
    fringe = FRINGE_SHARE * max(lying.shape)
    # Specks beside the band make short strokes, which run nowhere.
    long = [c for c in chains if c.length >= LEAST_SHARE * max(lying.shape)]
    before = [c for c in long if _is_met(lying, c, c.end, fringe)]
    after = [c for c in long if _is_met(lying, c, c.start, -fringe)]
    found = list(_pairs(before, after, lying, fringe))
    fewer = min(len(before), len(after))
    return found if len(found) >= max(fewest, AGREEING * fewer) else []


def _is_met(lying: Mask, chain: Chain, end: float, reach: float) -> bool:
    """Whether a band begins within reach of an end of a chain."""
    low, high = sorted((round(end), round(end + reach)))
    row = min(max(round(chain.at(end)), 0), lying.shape[0] - 1)
    return bool(lying[row, max(0, low) : max(0, high + 1)].any())


def _pairs(
    before: Sequence[Chain], after: Sequence[Chain], lying: Mask, fringe: float
) -> Iterator[tuple[Chain, Chain]]:
    """Each chain that ends at a band with the one that goes on beyond it."""
    longer = max(lying.shape)
    left = list(after)
    for first in sorted(before, key=lambda c: (c.at(c.end), c.end)):
        near = [
            (abs(first.at(first.end) - c.at(c.start)), i)
            for i, c in enumerate(left)
            if 0 < c.start - first.end <= WIDEST_SHARE * longer
            and _crosses(lying, first, c, fringe)
        ]
        if near and min(near)[0] <= BESIDE_SHARE * longer:
            yield first, left.pop(min(near)[1])


def _crosses(lying: Mask, first: Chain, second: Chain, fringe: float) -> bool:
    """Whether what lies between two ends is a band with its fringe, not paper."""
    count = max(2, round(second.start - first.end))
    columns = np.linspace(first.end, second.start, count)
    rows = np.linspace(first.at(first.end), second.at(second.start), count)
    black = lying[
        np.clip(np.round(rows).astype(np.intp), 0, lying.shape[0] - 1),
        np.clip(np.round(columns).astype(np.intp), 0, lying.shape[1] - 1),
    ]
    inside = int(np.count_nonzero(black))
    return inside >= BLOT and count - inside <= fringe


def _between(first: Chain, second: Chain) -> Stroke:
    """The straight piece from the end of a chain to the start of another one."""
    start, end = first.end, second.start
    here, there = first.at(start), second.at(end)
    if first.level:
        return Stroke(True, start, here, end, there, first.thickness)
    return Stroke(False, here, start, there, end, first.thickness)
