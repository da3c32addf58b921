"""Which chains of strokes are rulings: those that hang together as a table does.

Rulings begin and end at other rulings, or where their neighbours do. The shadow of a
fold runs on over the table's border to the edge of the paper, a copier's streak
begins and ends anywhere, and both are paler than print where the scan has greys.
Leaving out a line joins two cells, taking a false one moves every cell: in doubt a
line stays only if texts stand on both of its sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipeline.sources.scan.chains import Chain, chains_of, crossings, part_of
from pipeline.sources.scan.engine import Picture, Quads
from pipeline.sources.scan.line_ink import Seen
from pipeline.sources.scan.stretches import Stretch, crosses_texts, printed, stretches
from pipeline.sources.scan.strokes import Mask, Stroke
from pipeline.sources.scan.within import hulls

REACH_SHARE = 0.005
"""Share of the longer side within which ends meet: corners are often left open."""

EDGE_SHARE = 0.008
"""Share of the longer side within which an end lies at the edge of the picture."""

SLANT = 0.018
"""Pixels per pixel that a ruling may lean on a level page."""

LEAN = 5.0
"""Pixels that every stroke may lean: short ones are not straight."""

SHARED = 2
"""Other lines that must end at the same height for ends to be those of a table
without a border; at the edge of the picture half of all, because streaks end there."""

PALE = 0.4
"""Share of the usual contrast of the page's rulings below which a line is a shadow."""

PRINTED, DARKER = 0.6, 1.6
"""Share of the usual contrast that a ruling has under which a fold runs, and how many
times that of the fold."""

SHORT_SHARE = 0.03
"""Share of the longer side up to which a pale line is no line of a pale table, and
that other lines must have whose ends hold a line's own."""

MOST_STROKES = 600
"""Strokes that are looked at, the longest ones: a table has a tenth of them, the noise
of a page thousands."""

MOST_ROUNDS = 4
"""Leaving out a line may leave others without hold, which are looked at again."""


def table_lines(
    strokes: Sequence[Stroke], texts: Quads, grey: Picture, mask: Mask
) -> tuple[list[Stroke], list[Stroke]]:
    """The strokes that are parts of tables' rulings, and those that cross texts."""
    longer = max(mask.shape)
    straight = [s for s in strokes if _straight(s)]
    if len(straight) > MOST_STROKES:
        straight = sorted(straight, key=lambda s: -s.length)[:MOST_STROKES]
    chains = chains_of(straight, longer=longer)
    seen = Seen(grey, mask)
    boxes = hulls(texts)
    streaks: list[Chain] = []
    for _ in range(MOST_ROUNDS):
        before = chains
        chains, crossing = _held(before, boxes, seen)
        streaks += crossing
        if chains == before:
            break
    return _strokes(chains), _strokes(streaks)


def _strokes(chains: Sequence[Chain]) -> list[Stroke]:
    return [stroke for chain in chains for stroke in chain.strokes]


def _straight(stroke: Stroke) -> bool:
    """Whether it is level or upright; a column of slashes is neither."""
    lean = abs(stroke.y1 - stroke.y0) if stroke.level else abs(stroke.x1 - stroke.x0)
    return lean <= max(LEAN, SLANT * stroke.length)


def _held(
    chains: list[Chain], boxes: Quads, seen: Seen
) -> tuple[list[Chain], list[Chain]]:
    """The chains without those that nothing shows to be rulings; streaks among them."""
    longer = max(seen.mask.shape)
    reach = REACH_SHARE * longer
    met = crossings(chains, reach=reach).at
    loose = [
        _loose_ends(i, chains, met[i], reach, seen.mask.shape)
        for i in range(len(chains))
    ]
    usual = _usual([c for c, n in zip(chains, loose, strict=True) if not any(n)], seen)
    kept: list[Chain] = []
    streaks: list[Chain] = []
    for chain, places, (first, last) in zip(chains, met, loose, strict=True):
        ends = first + last
        if chain.level and places and seen.stands_out(chain):
            # Specks let it seem to run on; no fold is as solid, no streak level.
            kept.append(part_of(chain, places[0], places[-1]) or chain)
            continue
        pale = usual is not None and seen.contrast(chain) < PALE * usual
        pale = pale and not seen.stands_out(chain)
        if ends and usual and (print_ := _printed(chain, places, seen, usual)):
            kept.append(print_)
            continue
        if pale and (ends or chain.length < SHORT_SHARE * longer):
            continue
        if chain.level and ends == 2:
            continue
        if seen.is_rough(chain):
            continue
        found = _stretches(chain, places, chains, boxes, seen)
        if crosses_texts(found):
            rulings = printed(found)
            kept += (Chain(_strokes_of(run)) for run in rulings)
            ruled = [stretch for run in rulings for stretch in run]
            streaks += (s.chain for s in found if s not in ruled)
        elif not found or not (pale or ends) or any(s.parted for s in found):
            sides = (False, False)
            # A short one may be a stroke of characters, which trimmed would pass.
            if chain.length >= SHORT_SHARE * longer:
                sides = _sticking_out(chain, found, chains, (first, last), reach)
            start = places[0] if sides[0] else chain.start
            end = places[-1] if sides[1] else chain.end
            kept.append(part_of(chain, start, end) or chain)
    return kept, streaks


def _sticking_out(
    chain: Chain,
    found: Sequence[Stretch],
    chains: list[Chain],
    loose: tuple[bool, bool],
    reach: float,
) -> tuple[bool, bool]:
    """At which ends an upright sticks out of its table, as a streak does."""
    if not found:
        return False, False
    middle = chain.at((chain.start + chain.end) / 2)
    rows = [
        c.at(middle)
        for c in chains
        if c.level and c.start - reach <= middle <= c.end + reach
    ]
    if not rows:
        return False, False
    # Where a line across follows, only its last piece was not found; and the first
    # and the last row of a table without border are open.
    return (
        loose[0] and min(rows) > chain.start and not found[0].is_open_row,
        loose[1] and max(rows) < chain.end and not found[-1].is_open_row,
    )


def _stretches(
    chain: Chain,
    places: Sequence[float],
    chains: list[Chain],
    boxes: Quads,
    seen: Seen,
) -> list[Stretch]:
    """What an upright is between lines across; nothing for a level line."""
    if chain.level:
        return []
    beside = [
        c for c in chains
        if not c.level and c is not chain and c.start < chain.end and c.end > chain.start
    ]  # fmt: skip
    return stretches(chain, places, beside, boxes, seen)


def _strokes_of(run: Sequence[Stretch]) -> tuple[Stroke, ...]:
    return tuple(stroke for stretch in run for stroke in stretch.chain.strokes)


def _printed(
    chain: Chain, places: Sequence[float], seen: Seen, usual: float
) -> Chain | None:
    """The stretches of a line between lines across that are darker than its ends.

    A fold may run along a ruling, for a few rows or all of them.
    """
    if not places or not places[0] < places[-1]:
        return None
    ends = (
        part_of(chain, chain.start, places[0]),
        part_of(chain, places[-1], chain.end),
    )
    beyond = [seen.contrast(part) for part in ends if part is not None]
    if not beyond:
        return None
    least = max(PRINTED * usual, DARKER * max(beyond))
    dark = [
        stretch
        for start, end in pairwise(places)
        if (stretch := part_of(chain, start, end)) and seen.contrast(stretch) >= least
    ]
    return Chain(tuple(s for part in dark for s in part.strokes)) if dark else None


def _usual(chains: list[Chain], seen: Seen) -> float | None:
    """The contrast of the page's rulings: long lines say more than short ones."""
    if not chains:
        return None
    values = np.array([seen.contrast(c) for c in chains])
    weights = np.array([c.length for c in chains]) ** 2
    order = np.argsort(values, kind="stable")
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])


def _loose_ends(
    index: int,
    chains: list[Chain],
    places: Sequence[float],
    reach: float,
    shape: tuple[int, ...],
) -> tuple[bool, bool]:
    """Whether each of a chain's two ends hangs in the air."""
    chain = chains[index]
    extent = shape[1] if chain.level else shape[0]
    edge = EDGE_SHARE * max(shape)
    # Strokes of characters in one row end at one height as well.
    fellows = [
        c
        for i, c in enumerate(chains)
        if i != index
        and c.level == chain.level
        and c.length >= SHORT_SHARE * max(shape)
    ]
    loose = []
    for end, first in ((chain.start, True), (chain.end, False)):
        if any(abs(place - end) <= reach for place in places):
            loose.append(False)
            continue
        same = sum(abs((c.start if first else c.end) - end) <= reach for c in fellows)
        at_edge = end <= edge or end >= extent - edge
        needed = max(SHARED, len(fellows) / 2) if at_edge else SHARED
        loose.append(same < needed)
    return loose[0], loose[1]
