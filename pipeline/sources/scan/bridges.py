"""Pieces of rulings that were not found, because text lies close to them.

Strokes are looked for outside of text. Between two pieces of one line, and from the
end of a piece to the next line across, the picture is asked directly: a ruling, also
a dashed one, has ink on the line and little beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from pipeline.sources.scan.chains import Chain, across, chains_of
from pipeline.sources.scan.engine import Quads
from pipeline.sources.scan.line_ink import is_ruled
from pipeline.sources.scan.strokes import Mask, Stroke
from pipeline.sources.scan.within import hulls

BESIDE_SHARE = 0.003
"""Share of the longer side that two pieces of one line may lie beside each other."""

REACH_SHARE = 0.005
"""Share of the longer side within which an end meets a line across."""

FARTHEST_SHARE = 0.25
"""Share of the longer side over which a missing piece is looked for."""

LEADS = (0.0, 2.0, -2.0, 4.0, -4.0, 6.0, -6.0)
"""Pixels by which a line on bent paper may leave its direction as far as the next line
across."""

ON_STREAK = 4.0
"""Pixels within which a piece and a streak are one."""

SHORTEST = 4.0
"""Pixels from which on a piece is missing at all."""


def bridged(
    strokes: list[Stroke], texts: Quads, mask: Mask, *, streaks: Sequence[Stroke] = ()
) -> list[Stroke]:
    """The strokes and the missing pieces between them that the picture shows.

    ``streaks`` were seen to be none of them.
    """
    chains = chains_of(strokes, longer=max(mask.shape))
    boxes = hulls(texts)
    found = list(strokes)
    for level in (False, True):
        mine = [c for c in chains if c.level is level]
        others = [c for c in chains if c.level is not level]
        for chain, start, end, following in _missing(mine, others, max(mask.shape)):
            found += (
                piece
                for piece in _pieces(chain, following, start, end, others, mask, boxes)
                if not any(_is_part(piece, streak) for streak in streaks)
            )
    return found


def _is_part(piece: Stroke, streak: Stroke) -> bool:
    """Whether a piece lies on a streak."""
    if piece.level is not streak.level:
        return False
    shared = min(piece.end, streak.end) - max(piece.start, streak.start)
    middle = (piece.start + piece.end) / 2
    return (
        2 * shared > piece.length
        and abs(piece.at - across(streak, middle)) <= ON_STREAK
    )


def _missing(
    mine: list[Chain], others: list[Chain], longer: int
) -> Iterator[tuple[Chain, float, float, Chain | None]]:
    """Where lines may go on: to their next pieces, or else to lines across."""
    farthest, reach = FARTHEST_SHARE * longer, REACH_SHARE * longer
    after = _next_ones(mine, BESIDE_SHARE * longer, farthest)
    for i, chain in enumerate(mine):
        end, start = chain.end, chain.start
        following = after.get(i)
        if following is not None:
            yield chain, end, mine[following].start, mine[following]
        else:
            stop = _across_next(chain, end, others, reach, forward=True)
            if stop is not None and stop - end <= farthest:
                yield chain, end, stop, None
        if i not in after.values():
            stop = _across_next(chain, start, others, reach, forward=False)
            if stop is not None and start - stop <= farthest:
                yield chain, stop, start, None


def _next_ones(mine: list[Chain], beside: float, farthest: float) -> dict[int, int]:
    """For each piece the nearest one beyond its end on the same line, by index."""
    starts = np.array([c.start for c in mine])
    found: dict[int, int] = {}
    for i, chain in enumerate(mine):
        gaps = starts - chain.end
        near = np.flatnonzero((gaps > SHORTEST) & (gaps <= farthest))
        for k in near[np.argsort(gaps[near], kind="stable")]:
            middle = (chain.end + starts[k]) / 2
            if abs(chain.at(middle) - mine[k].at(middle)) <= beside:
                found[i] = int(k)
                break
    return found


def _across_next(
    chain: Chain, end: float, others: list[Chain], reach: float, *, forward: bool
) -> float | None:
    """Where the next line across is beyond an end, which itself may be at one."""
    at = chain.at(end)
    places = [o.at(at) for o in others if o.start - reach <= at <= o.end + reach]
    if forward:
        return min((p for p in places if p > end + reach), default=None)
    return max((p for p in places if p < end - reach), default=None)


def _pieces(
    chain: Chain,
    following: Chain | None,
    start: float,
    end: float,
    others: list[Chain],
    mask: Mask,
    boxes: Quads,
) -> Iterator[Stroke]:
    """The stretches between lines across that are ruled."""
    reach = REACH_SHARE * max(mask.shape)
    first = chain.at(start)
    last = (following or chain).at(end)
    middle = (first + last) / 2
    across = [
        o.at(middle) for o in others if o.start - reach <= middle <= o.end + reach
    ]
    stops = sorted({start, end, *(p for p in across if start < p < end)})
    for low, high in pairwise(stops):
        if high - low < SHORTEST:
            continue
        # Where no second piece says so, the line may lead a little up or down.
        for lead in (0.0,) if following else LEADS:
            here = (start, first + (lead if start < chain.start else 0.0))
            there = (end, last + (lead if start >= chain.start else 0.0))
            stroke = _between(chain, low, high, here, there)
            if is_ruled(mask, Chain((stroke,)), boxes):
                yield stroke
                break


def _between(
    chain: Chain,
    low: float,
    high: float,
    first: tuple[float, float],
    last: tuple[float, float],
) -> Stroke:
    """The stretch of the straight line through two points (along, across)."""
    slope = (last[1] - first[1]) / max(1.0, last[0] - first[0])
    at_low = first[1] + slope * (low - first[0])
    at_high = first[1] + slope * (high - first[0])
    if chain.level:
        return Stroke(True, low, at_low, high, at_high, chain.thickness)
    return Stroke(False, at_low, low, at_high, high, chain.thickness)
