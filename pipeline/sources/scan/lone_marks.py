"""Marks that the detector misses: a lone dash, digit or sign in a cell of its own.

In a form a dash is a value, "does not apply", and a cell without text is something
else. Cells without text are looked at for ink.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from pipeline.sources.grid import grids
from pipeline.sources.scan.crops import Piece, cut
from pipeline.sources.scan.engine import (
    Char,
    Engine,
    Picture,
    Reading,
    confidence_of,
)
from pipeline.sources.scan.glyphs import USUAL_EM
from pipeline.sources.scan.rulings import in_points
from pipeline.sources.scan.signs import SEEN, sign_of
from pipeline.sources.scan.strokes import Mask, Stroke

INSET = 4
"""Pixels at a cell's borders that its rulings take."""

SPECK = 0.08
"""Em up to which a spot is a speck, in both directions."""

FLAT = 0.22
"""Em up to which a mark is as flat as a dash."""

LONGISH = 2.0
"""Times its height that a dash is long."""

DASH, LONG_DASH = (0.2, 0.62), (0.62, 2.4)
"""Em of a hyphen and of a dash; longer ones are rulings, shorter ones specks."""

OFF_CENTRE = 0.3
"""Share of the cell's height that a dash may stand off its middle."""

LARGEST = 3.0
"""Em up to which a mark is one or two characters, and no drawing or seal."""

BELIEVED = 0.6
"""Confidence from which on the reading of a mark is taken."""

MOST_CELLS = 400
"""Cells without text of one page that are looked at."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """Ink in an empty cell; ``dash`` is what it is where its shape says so."""

    piece: Piece
    dash: str | None


def lone_marks(
    grey: Picture,
    mask: Mask,
    rulings: list[Stroke],
    lines: list[tuple[Piece, Reading]],
    engine: Engine,
) -> list[tuple[Piece, Reading]]:
    """Readings of the marks in cells without text."""
    em = USUAL_EM * median(piece.height for piece, _ in lines) if lines else 0.0
    if not em:
        return []
    marks = [
        mark
        for cell in _empty_cells(rulings, lines)[:MOST_CELLS]
        if (mark := _mark(mask, cell, em)) is not None
    ]
    unknown = [mark for mark in marks if mark.dash is None]
    shapes = [sign_of(cut(grey, mark.piece)) for mark in unknown]
    readings = engine.read([cut(grey, mark.piece) for mark in unknown])
    found = []
    for mark, shape, reading in zip(unknown, shapes, readings, strict=True):
        if confidence_of(reading) >= BELIEVED:
            found.append((mark.piece, reading))
        elif shape is not None:
            found.append((mark.piece, (Char(shape, 0.5, SEEN),)))
    dashes = [(m.piece, (Char(m.dash, 0.5, 1.0),)) for m in marks if m.dash is not None]
    return [*found, *dashes]


def _empty_cells(
    rulings: list[Stroke], lines: list[tuple[Piece, Reading]]
) -> list[Piece]:
    """Cells of the page's grids (in pixels) that no character stands in."""
    found: list[Piece] = []
    centres = [
        (piece.x0 + char.centre * piece.width, (piece.y0 + piece.y1) / 2)
        for piece, reading in lines
        for char in reading
        if not char.text.isspace()
    ]
    xs = np.array([x for x, _ in centres])
    ys = np.array([y for _, y in centres])
    # The grid's tolerances are in points; a pixel is about a third of one.
    third = 1 / 3
    for grid in grids(in_points(rulings, third)):
        for place in grid.places:
            x0, x1 = grid.xs[place.left] / third, grid.xs[place.right] / third
            y0, y1 = grid.ys[place.top] / third, grid.ys[place.bottom] / third
            if not np.any((xs > x0) & (xs < x1) & (ys > y0) & (ys < y1)):
                found.append(Piece(x0, y0, x1, y1))
    return found


def _mark(mask: Mask, cell: Piece, em: float) -> _Mark | None:
    import cv2

    left, top = round(cell.x0) + INSET, round(cell.y0) + INSET
    right, bottom = round(cell.x1) - INSET, round(cell.y1) - INSET
    inside = mask[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    if inside.size == 0 or min(inside.shape) < em / 2 or not inside.any():
        return None
    count, _, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    height, width = inside.shape
    boxes = []
    for x, y, w, h, _ in stats[1:count]:
        if max(w, h) <= SPECK * em:
            continue
        if x == 0 or y == 0 or x + w == width or y + h == height:
            continue  # the rest of a ruling
        boxes.append((x, y, x + w, y + h))
    if not boxes:
        return None
    sides = np.array(boxes)
    x0, y0 = sides[:, :2].min(axis=0)
    x1, y1 = sides[:, 2:].max(axis=0)
    across, down = (x1 - x0) / em, (y1 - y0) / em
    if max(across, down) > LARGEST or max(across, down) < DASH[0]:
        return None
    piece = _framed(left + x0, top + y0, left + x1, top + y1, em)
    if _is_equals(sides, em):
        return _Mark(piece, "=")
    return _Mark(piece, _dash(across, down, (y0 + y1) / 2 / height, len(boxes)))


def _is_equals(sides: NDArray[np.int64], em: float) -> bool:
    """Two flat strokes of one length: 二 has a shorter one above."""
    if len(sides) != 2:
        return False
    widths = sides[:, 2] - sides[:, 0]
    heights = sides[:, 3] - sides[:, 1]
    shifted = abs(int(sides[0, 0] - sides[1, 0]))
    return bool(
        heights.max() <= FLAT * em
        and widths.min() >= DASH[0] * em
        and abs(int(widths[0] - widths[1])) <= 0.12 * widths.max()
        and shifted <= 0.12 * widths.max()
    )


def _dash(across: float, down: float, middle: float, parts: int) -> str | None:
    if down > FLAT or parts > 1 or abs(middle - 0.5) > OFF_CENTRE:
        return None
    if across < LONGISH * down:
        return None
    if DASH[0] <= across < DASH[1]:
        return "-"
    return "—" if LONG_DASH[0] <= across <= LONG_DASH[1] else None


def _framed(x0: float, y0: float, x1: float, y1: float, em: float) -> Piece:
    """A mark with the room round it that a line of text has."""
    middle = (y0 + y1) / 2
    half = max((y1 - y0) / 2 + 0.2 * em, em / USUAL_EM / 2)
    return Piece(x0 - 0.3 * em, middle - half, x1 + 0.3 * em, middle + half)
