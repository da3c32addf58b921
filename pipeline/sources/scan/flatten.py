"""What makes the lines of a page level and upright: turn, skew, perspective."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from pipeline.sources.scan.engine import Quads
from pipeline.sources.scan.geometry import Matrix, moved, rotation
from pipeline.sources.scan.strokes import Stroke

Segments = NDArray[np.float64]
"""Lines (n, 2, 2): start and end as x, y."""

LONG_TEXT = 4.0
"""Times its height that a line of text must be long for its slope to count."""

TALL_TEXT = 1.5
"""Times its width that a line of text is high where it reads up or down."""

ROUNDS = 4
"""Repetitions of the linear fit: each one leaves a tenth of the error or less."""

OUTLIER = 3.0
"""Times the median deviation from which on a line does not belong to the page."""

LEAST_LINES = 4
"""Long lines of a direction that a perspective needs, so that it is no noise."""

STIFFNESS = 0.02
"""How much evidence a perspective needs against a plain turn."""


def text_axes(quads: Quads) -> tuple[Segments, NDArray[np.float64]]:
    """Middle lines of the long texts (from start to end) and their weights."""
    if not len(quads):
        return np.zeros((0, 2, 2)), np.zeros(0)
    starts = (quads[:, 0] + quads[:, 3]) / 2
    ends = (quads[:, 1] + quads[:, 2]) / 2
    lengths = np.linalg.norm(ends - starts, axis=1)
    heights = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    long = lengths > LONG_TEXT * np.maximum(heights, 1.0)
    return np.stack([starts, ends], axis=1)[long], lengths[long]


def is_sideways(quads: Quads) -> bool:
    """Whether most of the text stands upright, so that the page lies on its side."""
    if not len(quads):
        return False
    across = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    down = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    tall = down > TALL_TEXT * across
    wide = across > TALL_TEXT * down
    return bool(down[tall].sum() > across[wide].sum())


def skew(axes: Segments, weights: NDArray[np.float64]) -> float:
    """Radians by which the text falls to the right: the weighted median."""
    if not len(axes):
        return 0.0
    delta = axes[:, 1] - axes[:, 0]
    angles = np.arctan2(delta[:, 1], delta[:, 0])
    order = np.argsort(angles)
    total = np.cumsum(weights[order])
    return float(angles[order][np.searchsorted(total, total[-1] / 2)])


def levelling(
    strokes: list[Stroke], axes: Segments, *, width: int, height: int
) -> Matrix:
    """The map that makes strokes and text axes level and upright.

    Without enough uprights it is a turn with the perspective that the level lines
    show; without any lines the identity.
    """
    level = np.array([_ends(s) for s in strokes if s.level]).reshape(-1, 2, 2)
    upright = np.array([_ends(s) for s in strokes if not s.level]).reshape(-1, 2, 2)
    scale = float(max(width, height)) / 2
    centre = np.array([width / 2, height / 2])
    rows = (np.concatenate([level, axes]) - centre) / scale
    columns = (upright - centre) / scale
    matrix = np.eye(3)
    for _ in range(ROUNDS):
        step = _step(moved(rows, matrix), moved(columns, matrix))
        matrix = step @ matrix
    to_unit = np.array(
        [
            [1 / scale, 0, -centre[0] / scale],
            [0, 1 / scale, -centre[1] / scale],
            [0, 0, 1],
        ]
    )
    return np.asarray(np.linalg.inv(to_unit) @ matrix @ to_unit)


def _ends(stroke: Stroke) -> list[list[float]]:
    return [[stroke.x0, stroke.y0], [stroke.x1, stroke.y1]]


def _step(rows: Segments, columns: Segments) -> Matrix:
    """One linear fit of tilt and perspective to level and upright lines.

    In (x + a·y, b·x + y) / (1 + g·x + h·y) a line is level where
    b·(x1 − x2) + g·(y1·x2 − y2·x1) = y2 − y1, and likewise for uprights.
    """
    b, g = _fit(rows, axis=1)
    a, h = _fit(columns, axis=0)
    if len(columns) < LEAST_LINES:
        a, h = -b, 0.0
    return np.array([[1.0, a, 0.0], [b, 1.0, 0.0], [g, h, 1.0]])


def _fit(lines: Segments, *, axis: int) -> tuple[float, float]:
    """Tilt and perspective of one direction, without lines that do not belong."""
    if not len(lines):
        return 0.0, 0.0
    (x1, y1), (x2, y2) = lines[:, 0].T, lines[:, 1].T
    along1, along2 = (x1, x2) if axis == 1 else (y1, y2)
    across1, across2 = (y1, y2) if axis == 1 else (x1, x2)
    length = np.abs(along2 - along1)
    first = along1 - along2
    second = across1 * along2 - across2 * along1
    wanted = across2 - across1
    used = np.ones(len(lines), dtype=bool)
    tilt = bend = 0.0
    for _ in range(3):
        weight = np.sqrt(length[used])
        left = np.stack([first, second], axis=1)[used] / length[used][:, None]
        right = wanted[used] / length[used]
        stiff = math.sqrt(STIFFNESS) if used.sum() >= LEAST_LINES else 1e3
        system = np.concatenate([left * weight[:, None], [[0.0, stiff]]])
        goal = np.concatenate([right * weight, [0.0]])
        tilt, bend = (float(v) for v in np.linalg.lstsq(system, goal, rcond=None)[0])
        residual = np.abs((first * tilt + second * bend - wanted) / length)
        limit = max(OUTLIER * float(np.median(residual[used])), 1e-4)
        kept = residual <= limit
        if kept.sum() < 2 or np.array_equal(kept, used):
            break
        used = kept
    return tilt, bend


def turned(quarter: int, radians: float) -> Matrix:
    """Quarter turns (counter-clockwise as seen) after undoing a skew."""
    return rotation(-quarter * math.pi / 2 - radians)
