"""The places of characters in a column of ink, one below the other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from pipeline.sources.scan.crops import Piece
from pipeline.sources.scan.strokes import Mask

NARROW = 1.5
"""Em up to which the ink of a column of characters is broad."""

LOWEST = 1.9
"""Em from which on a column may hold two characters."""

CLOSEST, WIDEST = 0.92, 2.3
"""Em between two characters, from middle to middle."""

STEPS = 40
"""Distances and offsets that are tried."""

RULE = (1.8, 0.3)
"""Em from which on a thin spot is long, and up to which it is thin."""

RULED_APART = 0.15
"""Em between a column of characters and the rest of a ruling beside it."""

CUT_INK, CUT_COST = 0.05, 60.0
"""Share of the ink that a gap between characters may hold, and how many em of
distance a character's share costs: of all distances that cut nothing, the closest."""

LEAST_INK = 0.1
"""Share of the usual ink of a character that the slightest one has, such as 一."""

LARGER = 1.4
"""Times the usual size of a character that those of a column may have."""

LEAST_GAP, WIDER, SEVERAL = 0.12, 0.2, 10
"""Em of a gap between two characters at least, by which a gap between two rows is
wider, and how many gaps show what is usual."""

OFF_COST = 4.0
"""Em of distance that an em costs by which a character is off its middle: the two
strokes of 二 are no two characters."""

SPECK = 0.12
"""Em up to which a spot is dirt."""


def is_column(region: Piece, em: float) -> bool:
    """Whether a region is as narrow and as tall as a column of characters."""
    return region.width <= NARROW * em and region.height >= LOWEST * em


@dataclass(frozen=True, slots=True)
class Ink:
    """The upright box round the ink of a region, and how much each of its rows has."""

    box: Piece
    rows: NDArray[np.float64]


def ink_in(mask: Mask, inner: Piece, em: float) -> Ink | None:
    """The ink inside a box without specks; None where there is none."""
    import cv2

    left, top = max(0, round(inner.x0)), max(0, round(inner.y0))
    inside = mask[top : max(0, round(inner.y1)), left : max(0, round(inner.x1))]
    if not inside.size or not inside.any():
        return None
    count, labels, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    sides = stats[:count, 2:4]
    kept = sides.max(axis=1) > SPECK * em
    # What is left of a ruling beside the column, such as the second one of two.
    kept &= (sides.max(axis=1) < RULE[0] * em) | (sides.min(axis=1) > RULE[1] * em)
    kept[0] = False
    ink = kept[labels]
    _keep_middle(ink, RULED_APART * em)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return None
    y0, y1 = int(rows[0]), int(rows[-1]) + 1
    x0, x1 = int(columns[0]), int(columns[-1]) + 1
    box = Piece(left + x0, top + y0, left + x1, top + y1)
    return Ink(box, ink[y0:y1].sum(axis=1).astype(np.float64))


def _keep_middle(ink: NDArray[np.bool_], apart: float) -> None:
    """Take away, in place, what stands beside the column: the rest of a ruling."""
    amounts = ink.sum(axis=0).astype(np.float64)
    stops = [(a + b) // 2 for a, b in _blank(amounts) if b - a >= apart]
    parts = list(pairwise([0, *stops, len(amounts)]))
    if len(parts) < 2:
        return
    left, right = max(parts, key=lambda part: amounts[part[0] : part[1]].sum())
    ink[:, :left] = False
    ink[:, right:] = False


def rows_of(mask: Mask, region: Piece, em: float) -> list[Piece]:
    """The parts of a column between gaps wider than those between its characters.

    Labels of several rows stand in one column where no ruling parts the rows.
    """
    ink = ink_in(mask, region, em)
    if ink is None:
        return []
    gaps = [
        (start, end) for start, end in _blank(ink.rows) if end - start >= LEAST_GAP * em
    ]
    if len(gaps) < SEVERAL:
        return [region]
    usual = median(end - start for start, end in gaps)
    cuts = [(a + b) / 2 for a, b in gaps if b - a > usual + WIDER * em]
    edges = [ink.box.y0, *(ink.box.y0 + cut for cut in cuts), ink.box.y1]
    return [Piece(region.x0, top, region.x1, bottom) for top, bottom in pairwise(edges)]


def _blank(rows: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Stretches of rows without ink, half-open."""
    empty = np.concatenate(([False], rows == 0, [False])).astype(np.int8)
    steps = np.diff(empty)
    return list(
        zip(
            np.flatnonzero(steps == 1).tolist(),
            np.flatnonzero(steps == -1).tolist(),
            strict=True,
        )
    )


def slots_of(mask: Mask, region: Piece, em: float) -> list[Piece]:
    """The characters' places: the closest equal distances that cut no ink."""
    ink = ink_in(mask, region, em)
    if ink is None or not is_column(ink.box, em):
        return []
    # The boxes round the lines of a photograph say less about its characters.
    em = min(max(em, ink.box.width), LARGER * em)
    found = _pitch(ink.rows, em)
    if found is None:
        return []
    pitch, first = found
    inked, rows = ink.box, ink.rows
    half = min(pitch, 1.25 * em) / 2
    middle = (inked.x0 + inked.x1) / 2
    breadth = max(inked.width / 2 + 2, half)
    slots = []
    for k in range(int((len(rows) - first) / pitch + 0.8)):
        centre = inked.y0 + first + k * pitch
        if centre - half < inked.y1:
            slots.append(
                Piece(middle - breadth, centre - half, middle + breadth, centre + half)
            )
    return slots


def _pitch(rows: NDArray[np.float64], em: float) -> tuple[float, float] | None:
    """Distance of the characters and the middle of the first one, in pixels."""
    height = len(rows)
    best: tuple[float, float, float] | None = None
    for pitch in np.linspace(CLOSEST * em, WIDEST * em, STEPS):
        for first in np.linspace(0.1 * em, 0.62 * em, STEPS // 2):
            cuts = np.arange(first + pitch / 2, height - 0.1 * em, pitch)
            last = first + len(cuts) * pitch
            if not len(cuts) or abs(height - 0.5 * em - last) > 0.5 * em:
                continue
            cost = _cost(rows, np.round(cuts).astype(int), float(pitch), em)
            if cost is not None and (best is None or cost < best[0]):
                best = (cost, float(pitch), float(first))
    return None if best is None else best[1:]


def _cost(
    rows: NDArray[np.float64], cuts: NDArray[np.int_], pitch: float, em: float
) -> float | None:
    """How unlikely gaps are, in em; None where one of them is none."""
    ink = rows.sum()
    cut = float(sum(rows[max(0, c - 1) : c + 2].min() for c in cuts) / ink)
    if cut > CUT_INK:
        return None
    off = 0.0
    first = float(cuts[0]) - pitch
    for k, (start, end) in enumerate(pairwise([0, *cuts, len(rows)])):
        inked = np.flatnonzero(rows[start:end])
        if rows[start:end].sum() < LEAST_INK * ink / (len(cuts) + 1):
            return None
        middle = start + (inked[0] + inked[-1] + 1) / 2
        off = max(off, abs(middle - (first + (k + 0.5) * pitch)))
    return cut * CUT_COST + OFF_COST * off / em + pitch / em
