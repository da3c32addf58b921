"""Lines of text cut out of the flattened page, parted where a ruling crosses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

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

WHOLE_LINE = 0.8
"""Share of the usual height of a line that a band beside a level ruling must have."""

SEVERAL_LINES, BROAD = 1.15, 1.5
"""Times the usual height of a box from which on it may hold several lines (boxes of
lines close to each other overlap), and that it must be broad, so that it is no column
of single characters."""

LINE = (0.35, 1.15)
"""Shares of that height between which the ink of one line is high."""

SPARSE = 0.03
"""Share of a row's pixels that specks may have."""

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
    usual = _usual_height(texts)
    for quad, hull in zip(texts, hulls(texts), strict=True):
        slope = _degrees(quad)
        if abs(slope) > ASKEW:
            continue
        (x0, y0), (x1, y1) = np.round(hull)
        box = Piece(x0, y0, x1, y1)
        parts = [
            line
            for part in _parted(box, rulings, usual)
            for line in _lines_in(part, mask, usual)
        ]
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


def _usual_height(texts: Quads) -> float:
    """That of the boxes round lines."""
    if not len(texts):
        return 0.0
    boxes = hulls(texts)
    return float(np.median((boxes[:, 1] - boxes[:, 0]).min(axis=1)))


def _lines_in(part: Piece, mask: Mask, usual: float) -> list[Piece]:
    """The lines of a box round several short ones, which the detector takes for one.

    A single column of characters is left for ``stacks``.
    """
    if part.height < SEVERAL_LINES * usual or part.width < BROAD * usual:
        return [part]
    x0, x1 = max(0, int(part.x0)), max(0, int(part.x1))
    top = max(0, int(part.y0))
    ink = np.count_nonzero(mask[top : max(0, int(part.y1)), x0:x1], axis=1)
    inked = np.concatenate(([False], ink > SPARSE * part.width, [False]))
    steps = np.diff(inked.astype(np.int8))
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    runs: list[tuple[int, int]] = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if runs and (end - runs[-1][0] < LINE[0] * usual):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    heights = [end - start for start, end in runs]
    if len(runs) < 2 or not all(
        LINE[0] * usual <= h <= LINE[1] * usual for h in heights
    ):
        return [part]
    cuts = [(a[1] + b[0]) / 2 for a, b in pairwise(runs)]
    room = (usual - median(heights)) / 2
    lows = [max(runs[0][0] - room, 0.0), *cuts]
    highs = [*cuts, min(runs[-1][1] + room, part.height)]
    return [
        Piece(part.x0, top + low, part.x1, top + high)
        for low, high in zip(lows, highs, strict=True)
    ]


def _parted(box: Piece, rulings: list[Stroke], usual: float = 0.0) -> list[Piece]:
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
    least = min(tallest / 2, WHOLE_LINE * usual) if usual else tallest / 2
    bands = [(a, b) for a, b in bands if b - a > least]
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
