"""Lines of text cut out of the flattened page, parted where a ruling crosses."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pipeline.sources.scan.engine import Picture, Quads
from pipeline.sources.scan.strokes import Mask, Stroke
from pipeline.sources.scan.within import hulls

SLANTED = 2.0
"""Degrees from which on a line is cut out along its slope."""

ASKEW = 15.0
"""Degrees from which on text is no text of the form: seals, watermarks."""

CROSSED = 0.7
"""Share of a line's height that a ruling must cover to part it."""

MARGIN = 2.0
"""Pixels beside a ruling's middle (and its own thickness) that are cut away."""

THINNEST = 0.12
"""Share of a line's height below which a piece between rulings holds nothing."""

LEAST_INK = 6
"""Pixels of ink from which on a piece holds something."""

STACKED = 1.5
"""Times its width that a box is high when its characters stand one upon another."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line of text: an upright box in pixels, or a quad if slanted."""

    x0: float
    y0: float
    x1: float
    y1: float
    quad: Quads | None = None

    @property
    def width(self) -> float:
        """Pixels across."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Pixels from top to bottom."""
        return self.y1 - self.y0

    @property
    def stacked(self) -> bool:
        """Whether its characters may stand one upon another."""
        return self.height >= STACKED * self.width


def pieces_of(texts: Quads, rulings: list[Stroke], mask: Mask) -> list[Piece]:
    """The parts of each line that have one cell each; askew text is left out."""
    found: list[Piece] = []
    for quad, hull in zip(texts, hulls(texts), strict=True):
        slope = _degrees(quad)
        if abs(slope) > ASKEW:
            continue
        (x0, y0), (x1, y1) = np.round(hull)
        box = Piece(x0, y0, x1, y1)
        parts = _parted(box, rulings)
        if abs(slope) > SLANTED and len(parts) == 1 and not box.stacked:
            parts = [Piece(x0, y0, x1, y1, quad)]
        found += [part for part in parts if _holds_ink(part, mask, rulings)]
    return found


def _degrees(quad: Quads) -> float:
    """Slope of a line's longer sides against the nearest axis."""
    across, down = quad[1] - quad[0], quad[3] - quad[0]
    if np.hypot(*across) >= np.hypot(*down):
        return math.degrees(math.atan2(across[1], across[0]))
    return math.degrees(math.atan2(-down[0], down[1]))


def _parted(box: Piece, rulings: list[Stroke]) -> list[Piece]:
    bands = _between(
        box.y0,
        box.y1,
        [
            s
            for s in rulings
            if s.level and _covers(s, box.x0, box.x1) and box.y0 < s.at < box.y1
        ],
        least=THINNEST * box.height,
    )
    # A box that a level ruling crosses is mostly the rest of one side.
    tallest = max((b - a for a, b in bands), default=0.0)
    bands = [(a, b) for a, b in bands if b - a > tallest / 2]
    found: list[Piece] = []
    for top, bottom in bands:
        uprights = [
            s
            for s in rulings
            if not s.level and _covers(s, top, bottom) and box.x0 < s.at < box.x1
        ]
        spans = _between(box.x0, box.x1, uprights, least=THINNEST * (bottom - top))
        found += [Piece(left, top, right, bottom) for left, right in spans]
    return found


def _covers(stroke: Stroke, start: float, end: float) -> bool:
    covered = min(stroke.end, end) - max(stroke.start, start)
    return covered >= CROSSED * (end - start)


def _between(
    start: float, end: float, cuts: list[Stroke], *, least: float
) -> list[tuple[float, float]]:
    """The spans from start to end that the cuts leave."""
    spans: list[tuple[float, float]] = []
    for cut in sorted(cuts, key=lambda s: s.at):
        margin = cut.thickness / 2 + MARGIN
        spans.append((start, cut.at - margin))
        start = cut.at + margin
    spans.append((start, end))
    return [(a, b) for a, b in spans if b - a > least]


def _holds_ink(piece: Piece, mask: Mask, rulings: list[Stroke]) -> bool:
    inside = mask[
        max(0, int(piece.y0)) : max(0, int(piece.y1)),
        max(0, int(piece.x0)) : max(0, int(piece.x1)),
    ]
    return int(np.count_nonzero(inside)) >= LEAST_INK


def cut(grey: Picture, piece: Piece) -> Picture:
    """The picture of a piece."""
    import cv2

    height, width = grey.shape[:2]
    if piece.quad is None:
        x0, y0 = max(0, int(piece.x0)), max(0, int(piece.y0))
        x1, y1 = min(width, math.ceil(piece.x1)), min(height, math.ceil(piece.y1))
        if x1 - x0 < 1 or y1 - y0 < 1:
            return np.full((8, 8), 255, dtype=np.uint8)
        return grey[y0:y1, x0:x1]
    across = max(1, round(float(np.linalg.norm(piece.quad[1] - piece.quad[0]))))
    down = max(1, round(float(np.linalg.norm(piece.quad[3] - piece.quad[0]))))
    target = np.array([[0, 0], [across, 0], [across, down], [0, down]], np.float32)
    matrix = cv2.getPerspectiveTransform(piece.quad.astype(np.float32), target)
    warped = cv2.warpPerspective(
        grey, matrix, (across, down), borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(warped, dtype=np.uint8)
