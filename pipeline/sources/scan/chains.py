"""Strokes that continue each other → chains, and where chains cross.

A ruled line is seldom found in one piece: text touches it, dashes part it, toner is
missing. What decides whether it is a ruling is where the whole of it begins and ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.sources.scan.strokes import Stroke

BESIDE_SHARE = 0.0022
"""Share of the longer side that a piece may lie beside the line of another one."""

GAP_SHARE = 0.012
"""Share of the longer side up to which pieces of one line are apart."""


OVERLAP = 0.2
"""Share of the shorter of two pieces of one slanted line that both may have."""

LEAST_PART = 6.0
"""Pixels from which on a part of a stroke says anything."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Strokes of one line from start to end."""

    strokes: tuple[Stroke, ...]

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.strokes[0].level

    @property
    def start(self) -> float:
        """Its first position along its direction."""
        return self.strokes[0].start

    @property
    def end(self) -> float:
        """Its last position along its direction."""
        return max(stroke.end for stroke in self.strokes)

    @property
    def length(self) -> float:
        """Pixels from start to end, gaps included."""
        return self.end - self.start

    @property
    def inked(self) -> float:
        """Pixels of its strokes."""
        return sum(stroke.length for stroke in self.strokes)

    @property
    def thickness(self) -> float:
        """That of its longest stroke, in pixels."""
        return max(self.strokes, key=lambda s: s.length).thickness

    def at(self, along: float) -> float:
        """Where it is across its direction, ``along`` pixels along it."""
        nearest = min(
            self.strokes, key=lambda s: max(s.start - along, along - s.end, 0.0)
        )
        return across(nearest, along)

    def along(self, places: NDArray[np.float64]) -> NDArray[np.intp]:
        """Pixels across its direction at places between its start and its end."""
        knots = [
            (along, at)
            for s in self.strokes
            for along, at in zip((s.start, s.end), _across_ends(s), strict=True)
        ]
        knots.sort()
        return np.round(
            np.interp(places, [k[0] for k in knots], [k[1] for k in knots])
        ).astype(np.intp)


def across(stroke: Stroke, along: float) -> float:
    """Where the line of a stroke is across its direction.

    Beyond its ends it is followed for its own length only: the slope of a short
    stroke says nothing about what is far away.
    """
    first, last = _across_ends(stroke)
    if stroke.length < 1:
        return (first + last) / 2
    share = (along - stroke.start) / stroke.length
    return first + (last - first) * min(max(share, -1.0), 2.0)


def part_of(chain: Chain, start: float, end: float) -> Chain | None:
    """What a chain has between two places along it; None for next to nothing."""
    parts = []
    for stroke in chain.strokes:
        low, high = max(stroke.start, start), min(stroke.end, end)
        if high - low < LEAST_PART:
            continue
        first, last = across(stroke, low), across(stroke, high)
        if stroke.level:
            parts.append(Stroke(True, low, first, high, last, stroke.thickness))
        else:
            parts.append(Stroke(False, first, low, last, high, stroke.thickness))
    return Chain(tuple(parts)) if parts else None


def _across_ends(stroke: Stroke) -> tuple[float, float]:
    return (stroke.y0, stroke.y1) if stroke.level else (stroke.x0, stroke.x1)


def chains_of(strokes: Iterable[Stroke], *, longer: int) -> list[Chain]:
    """Level and upright chains of the strokes, in no order that means anything."""
    beside = max(3.0, BESIDE_SHARE * longer)
    gap = GAP_SHARE * longer
    open_chains: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda s: s.start):
        for chain in reversed(open_chains):
            last = max(chain, key=lambda s: s.end)
            if last.level == stroke.level and _continues(last, stroke, beside, gap):
                chain.append(stroke)
                break
        else:
            open_chains.append([stroke])
    return [Chain(tuple(chain)) for chain in open_chains]


def _continues(last: Stroke, stroke: Stroke, beside: float, gap: float) -> bool:
    apart = stroke.start - last.end
    # Side by side they are a double rule, and each a line of its own.
    if apart > gap or -apart > OVERLAP * min(last.length, stroke.length):
        return False
    middle = (last.end + stroke.start) / 2
    return abs(across(last, middle) - across(stroke, middle)) <= beside


@dataclass(frozen=True, slots=True)
class Crossings:
    """Where the chains of a page cross: ``at[i]`` are sorted places along chain i."""

    at: tuple[tuple[float, ...], ...]


def crossings(chains: list[Chain], *, reach: float) -> Crossings:
    """The places along each chain where one of the other direction meets it."""
    places: list[list[float]] = [[] for _ in chains]
    uprights = [i for i, c in enumerate(chains) if not c.level]
    middles = np.array([_middle(chains[i]) for i in uprights])
    starts = np.array([chains[i].start for i in uprights])
    ends = np.array([chains[i].end for i in uprights])
    for i, chain in enumerate(chains):
        if not chain.level or not uprights:
            continue
        slack = 0.02 * chain.length + reach
        near = (middles >= chain.start - slack) & (middles <= chain.end + slack)
        middle = _middle(chain)
        near &= (starts - slack <= middle) & (middle <= ends + slack)
        for k in np.flatnonzero(near):
            j = uprights[int(k)]
            y = chain.at(float(middles[k]))
            x = chains[j].at(y)
            if (
                chain.start - reach <= x <= chain.end + reach
                and starts[k] - reach <= y <= ends[k] + reach
            ):
                places[i].append(x)
                places[j].append(y)
    return Crossings(tuple(tuple(sorted(p)) for p in places))


def _middle(chain: Chain) -> float:
    return chain.at((chain.start + chain.end) / 2)
