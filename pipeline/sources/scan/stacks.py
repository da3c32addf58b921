"""Labels set one character per line, in columns as narrow as that.

The detector finds lines of text; of 年度总体目标 printed downwards it finds a few
characters, one tall box or nothing. The column of ink is parted where it has gaps at
equal distances, and its characters are laid side by side and read as one line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from pipeline.sources.grid import grids
from pipeline.sources.scan.crops import Piece
from pipeline.sources.scan.engine import (
    Char,
    Engine,
    Picture,
    Reading,
    confidence_of,
)
from pipeline.sources.scan.rulings import in_points
from pipeline.sources.scan.strokes import Mask, Stroke

NARROW, NARROW_BOX = 1.5, 2.4
"""Em up to which the ink of a column of characters is broad, and the box round it."""

TIGHT_CELL = 3.4
"""Em up to which a cell may hold a column of single characters."""

LOWEST = 1.9
"""Em from which on a column may hold two characters."""

APART = 0.6
"""Em between two parts of one column at most."""

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

INSET = 4
"""Pixels at a cell's borders that its rulings take."""

THIRD = 1 / 3
"""Points of a pixel, near enough for the tolerances of the grid."""

BELIEVED = 0.7
"""Confidence from which on the reading of a column is taken."""

Line = tuple[Piece, Reading]


@dataclass(frozen=True, slots=True)
class Stack:
    """Characters from top to bottom, and the pieces (by index) that they replace."""

    slots: tuple[Piece, ...]
    replaced: frozenset[int]


def stacks_of(
    pieces: list[Piece], rulings: list[Stroke], mask: Mask, em: float
) -> list[Stack]:
    """The columns of single characters among pieces and in narrow cells."""
    found: list[Stack] = []
    taken: set[int] = set()
    for region, members in (
        *_in_cells(pieces, rulings, mask, em),
        *_tall(pieces, rulings, em),
    ):
        if taken & members:
            continue
        slots = [
            s for part in _rows_of(mask, region, em) for s in _slots(mask, part, em)
        ]
        if len(slots) > 1 and len(slots) >= len(members):
            found.append(Stack(tuple(slots), frozenset(members)))
            taken |= members
    return found


def read_stacks(
    grey: Picture, stacks: list[Stack], engine: Engine
) -> tuple[list[Line], set[int]]:
    """Their characters as lines of one each, and the pieces not to be read."""
    strips = [_strip(grey, stack) for stack in stacks]
    lines: list[Line] = []
    done: set[int] = set()
    for stack, reading in zip(stacks, engine.read(strips), strict=True):
        if confidence_of(reading) < BELIEVED:
            continue
        done |= stack.replaced
        count = len(stack.slots)
        for char in reading:
            slot = stack.slots[min(count - 1, int(char.centre * count))]
            if not char.text.isspace():
                lines.append((slot, (Char(char.text, 0.5, char.confidence),)))
    return lines, done


def _in_cells(
    pieces: list[Piece], rulings: list[Stroke], mask: Mask, em: float
) -> Iterator[tuple[Piece, set[int]]]:
    """The ink of cells without room for two characters side by side."""
    for grid in grids(in_points(rulings, THIRD)):
        for place in grid.places:
            x0, x1 = grid.xs[place.left] / THIRD, grid.xs[place.right] / THIRD
            y0, y1 = grid.ys[place.top] / THIRD, grid.ys[place.bottom] / THIRD
            if x1 - x0 > TIGHT_CELL * em or y1 - y0 < LOWEST * em:
                continue
            members = {
                i for i, p in enumerate(pieces)
                if x0 < (p.x0 + p.x1) / 2 < x1 and y0 < (p.y0 + p.y1) / 2 < y1
            }  # fmt: skip
            inner = Piece(x0 + INSET, y0 + INSET, x1 - INSET, y1 - INSET)
            ink = _inked(mask, inner, em)
            if ink is not None and _is_column(ink.box, em):
                yield ink.box, members


def _tall(
    pieces: list[Piece], rulings: list[Stroke], em: float
) -> Iterator[tuple[Piece, set[int]]]:
    """Tall boxes with the narrow ones above and below them."""
    narrow = [i for i, p in enumerate(pieces) if p.width <= NARROW_BOX * em]
    for i in narrow:
        if not pieces[i].stacked or pieces[i].height < LOWEST * em:
            continue
        members = {i}
        box = pieces[i]
        for k in sorted(narrow, key=lambda k: abs(pieces[k].y0 - pieces[i].y0)):
            other = pieces[k]
            if k not in members and _adjoins(box, other, rulings, em):
                members.add(k)
                box = Piece(
                    min(box.x0, other.x0),
                    min(box.y0, other.y0),
                    max(box.x1, other.x1),
                    max(box.y1, other.y1),
                )
        yield box, members


def _adjoins(box: Piece, other: Piece, rulings: list[Stroke], em: float) -> bool:
    """Whether a narrow piece goes on above or below a column."""
    common = min(box.x1, other.x1) - max(box.x0, other.x0)
    if common < 0.6 * min(box.width, other.width):
        return False
    upper, lower = (box, other) if box.y0 < other.y0 else (other, box)
    if lower.y0 - upper.y1 > APART * em:
        return False
    middle = (other.x0 + other.x1) / 2
    start, end = (upper.y0 + upper.y1) / 2, (lower.y0 + lower.y1) / 2
    return not any(
        s.level and s.start <= middle <= s.end and start < s.at < end for s in rulings
    )


def _is_column(region: Piece, em: float) -> bool:
    return region.width <= NARROW * em and region.height >= LOWEST * em


@dataclass(frozen=True, slots=True)
class _Ink:
    """The upright box round the ink of a region, and how much each of its rows has."""

    box: Piece
    rows: NDArray[np.float64]


def _inked(mask: Mask, inner: Piece, em: float) -> _Ink | None:
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
    return _Ink(box, ink[y0:y1].sum(axis=1).astype(np.float64))


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


def _rows_of(mask: Mask, region: Piece, em: float) -> list[Piece]:
    """The parts of a column between gaps wider than those between its characters.

    Labels of several rows stand in one column where no ruling parts the rows.
    """
    ink = _inked(mask, region, em)
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


def _slots(mask: Mask, region: Piece, em: float) -> list[Piece]:
    """The characters' places: the closest equal distances that cut no ink."""
    ink = _inked(mask, region, em)
    if ink is None or not _is_column(ink.box, em):
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


def _strip(grey: Picture, stack: Stack) -> Picture:
    """The characters side by side."""
    side = max(4, round(stack.slots[0].height))
    wide = max(4, round(stack.slots[0].width))
    parts = []
    for slot in stack.slots:
        part = np.full((side, wide), 255, dtype=np.uint8)
        y0, x0 = round(slot.y0), round(slot.x0)
        source = grey[max(0, y0) : max(0, y0 + side), max(0, x0) : max(0, x0 + wide)]
        top, left = max(0, -y0), max(0, -x0)
        part[top : top + source.shape[0], left : left + source.shape[1]] = source
        parts.append(part)
    return np.concatenate(parts, axis=1)
