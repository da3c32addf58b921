"""What the picture says about a line: how dark it is, and what it runs through."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.sources.scan.chains import Chain, across
from pipeline.sources.scan.engine import Picture, Quads
from pipeline.sources.scan.strokes import DASH_GAP_SHARE, Mask

SAMPLES = 200
"""Places along a line at which it is looked at."""

AWAY = 7
"""Pixels beyond a line's edge where its paper is looked at."""

FLANK = (2, 4)
"""Pixels beyond a line's edge where a text that it crosses has ink as well."""

INKED = 0.33
"""Share of a dotted or dashed line that is ink."""

CLEARER = 2.5
"""Times the ink beside it that a ruling has on its line, so that it is no text."""

END_SHARE = 0.002
"""Share of the longer side at both ends of a piece that is ink of the line across."""

CLEAN = 0.06
"""Share of a line's length with ink beside it up to which no text touches it."""

ROUGH = 0.3
"""Share of a line's length with ink on both sides of the edge of a dark blot."""

CUT = 0.12
"""Share of a text's height with ink on both sides of a line that cuts characters."""


class Contrast:
    """How much darker lines are than the paper beside them, in grey levels."""

    def __init__(self, grey: Picture) -> None:
        self._grey = grey
        self._known: dict[Chain, float] = {}

    def of(self, chain: Chain) -> float:
        """The median along the chain's strokes."""
        if chain not in self._known:
            self._known[chain] = self._measured(chain)
        return self._known[chain]

    def _measured(self, chain: Chain) -> float:
        grey = self._grey if chain.level else self._grey.T
        half = round(chain.thickness / 2) + 1
        found: list[float] = []
        share = SAMPLES / max(1.0, chain.inked)
        for stroke in chain.strokes:
            count = max(3, round(stroke.length * share))
            for along in np.linspace(stroke.start, stroke.end, count):
                column = min(max(round(along), 0), grey.shape[1] - 1)
                middle = round(across(stroke, along))
                near = grey[max(0, middle - half) : middle + half + 1, column]
                away = np.concatenate(
                    (
                        grey[
                            max(0, middle - half - AWAY) : max(0, middle - half), column
                        ],
                        grey[middle + half + 1 : middle + half + 1 + AWAY, column],
                    )
                )
                if near.size and away.size:
                    found.append(float(np.median(away)) - float(near.min()))
        return float(np.median(found)) if found else 0.0


def cuts_text(mask: Mask, chain: Chain, start: float, end: float) -> bool:
    """Whether a line runs through characters between two places along it."""
    before, after = flanks(mask, chain, start, end)
    return bool(np.mean(before & after) > CUT) if len(before) else False


def is_rough(mask: Mask, chain: Chain) -> bool:
    """Whether a line lies among specks for much of its length."""
    before, after = flanks(mask, chain, chain.start, chain.end)
    return bool(np.mean(before & after) > ROUGH) if len(before) else False


def flanks(
    mask: Mask, chain: Chain, start: float, end: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where along a line there is ink close to its one side and its other side."""
    lying = mask if chain.level else mask.T
    half = round(chain.thickness / 2)
    first, last = max(0, round(start)), min(lying.shape[1], round(end))
    before = np.zeros(max(0, last - first), dtype=bool)
    after = before.copy()
    for i, column in enumerate(range(first, last)):
        middle = round(chain.at(column))
        low, high = middle - half, middle + half
        before[i] = lying[
            max(0, low - FLANK[1]) : max(0, low - FLANK[0] + 1), column
        ].any()
        after[i] = lying[high + FLANK[0] : high + FLANK[1] + 1, column].any()
    return before, after


def is_ruled(mask: Mask, chain: Chain, boxes: Quads) -> bool:
    """Whether there is a line where one is expected, and no text instead.

    A ruling has ink also above, below and between the lines of text that touch it.
    """
    before, after = flanks(mask, chain, chain.start, chain.end)
    if not len(before):
        return False
    longer = max(mask.shape)
    on_line = _on_line(mask, chain, len(before))
    gap = max(4.0, DASH_GAP_SHARE * longer)
    if on_line.mean() < INKED or _longest_gap(on_line) > gap:
        return False
    if max(before.mean(), after.mean()) <= CLEAN:
        return True  # characters would be broader than that
    free = ~_beside_text(chain, boxes, len(before))
    ends = round(END_SHARE * longer)
    free[:ends] = free[len(free) - ends :] = False
    if not free.any() or on_line[free].mean() < INKED:
        return False
    return bool(on_line.mean() >= CLEARER * min(before.mean(), after.mean()) + 0.1)


def _beside_text(chain: Chain, boxes: Quads, count: int) -> NDArray[np.bool_]:
    """Where along a line characters may lie on it."""
    first = max(0, round(chain.start))
    along, over = (0, 1) if chain.level else (1, 0)
    found = np.zeros(count, dtype=bool)
    for low, high in boxes:
        # A box is larger than its text.
        inwards = 0.15 * (high[along] - low[along]) if not chain.level else 0.0
        start = round(low[along] + inwards) - first
        end = round(high[along] - inwards) - first
        if end <= 0 or start >= count:
            continue
        at = chain.at((low[along] + high[along]) / 2)
        if low[over] <= at <= high[over]:
            found[max(0, start) : max(0, end)] = True
    return found


def _on_line(mask: Mask, chain: Chain, count: int) -> NDArray[np.bool_]:
    """Where along a line there is ink on it."""
    lying = mask if chain.level else mask.T
    first = max(0, round(chain.start))
    half = round(chain.thickness / 2)
    found = np.zeros(count, dtype=bool)
    for i in range(count):
        middle = round(chain.at(first + i))
        found[i] = lying[max(0, middle - half) : middle + half + 1, first + i].any()
    return found


def _longest_gap(inked: NDArray[np.bool_]) -> int:
    """The most places in a row without ink."""
    places = np.flatnonzero(np.concatenate(([True], inked, [True])))
    return int(np.diff(places).max()) - 1
