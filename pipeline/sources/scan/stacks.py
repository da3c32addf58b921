"""Labels set one character per line, in columns as narrow as that.

The detector finds lines of text; of 年度总体目标 printed downwards it finds a few
characters, one tall box or nothing. The column of ink is parted where it has gaps at
equal distances, and its characters are laid side by side and read as one line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

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
from pipeline.sources.scan.slots import LOWEST, ink_in, is_column, rows_of, slots_of
from pipeline.sources.scan.strokes import Mask, Stroke

NARROW_BOX = 2.4
"""Em up to which the box round a column of characters is broad."""

TIGHT_CELL = 3.4
"""Em up to which a cell may hold a column of single characters."""

APART = 0.6
"""Em between two parts of one column at most."""

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
            s for part in rows_of(mask, region, em) for s in slots_of(mask, part, em)
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
            ink = ink_in(mask, inner, em)
            if ink is not None and is_column(ink.box, em):
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
