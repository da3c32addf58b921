"""What lies inside a line of text is part of its characters."""

from __future__ import annotations

import numpy as np

from pipeline.sources.scan.engine import Quads

STICKS_OUT = 0.35
"""Share of a text line's height by which a ruling that crosses it goes beyond."""


def hulls(texts: Quads) -> Quads:
    """Upright boxes (n, 2, 2) round quads."""
    if not len(texts):
        return np.zeros((0, 2, 2))
    return np.stack([texts.min(axis=1), texts.max(axis=1)], axis=1)


def inside_text(level: bool, at: float, start: float, end: float, boxes: Quads) -> bool:
    """Whether a line of text contains the stroke, but for a little."""
    if not len(boxes):
        return False
    left, top = boxes[:, 0, 0], boxes[:, 0, 1]
    right, bottom = boxes[:, 1, 0], boxes[:, 1, 1]
    slack = STICKS_OUT * np.minimum(bottom - top, right - left)
    if level:
        # Boxes reach over the line above and below: only the middle counts.
        low, high = top + slack / 2, bottom - slack / 2
        first, last = left - slack, right + slack
    else:
        low, high = left, right
        first, last = top - slack, bottom + slack
    within = (low < at) & (at < high)
    held = (first <= start) & (end <= last)
    return bool(np.any(within & held))
