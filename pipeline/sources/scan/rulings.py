"""Strokes → ruled lines: what lies inside a line of text is part of a character.

Noise lets strokes of characters pass for lines, and one wrong edge shifts every cell
of a table; so text is found first.
"""

from __future__ import annotations

import numpy as np

from pipeline.sources.pdf_page import Ruling
from pipeline.sources.scan.engine import Quads
from pipeline.sources.scan.strokes import Stroke

STICKS_OUT = 0.35
"""Share of a text line's height by which a ruling that crosses it goes beyond."""

SHORT = 2.6
"""Times the shortest stroke up to which one must meet others at both its ends."""

REACH_SHARE = 0.004
"""Share of the longer side within which ends meet: corners are often left open."""


def rulings_of(
    strokes: list[Stroke], texts: Quads, *, longer: int, shortest: float
) -> list[Stroke]:
    """The strokes that are ruled lines."""
    boxes = hulls(texts)
    free = [s for s in strokes if not _inside_text(s, boxes)]
    reach = REACH_SHARE * longer
    return [s for s in free if s.length > SHORT * shortest or _is_held(s, free, reach)]


def hulls(texts: Quads) -> Quads:
    """Upright boxes (n, 2, 2) round quads."""
    if not len(texts):
        return np.zeros((0, 2, 2))
    return np.stack([texts.min(axis=1), texts.max(axis=1)], axis=1)


def _inside_text(stroke: Stroke, boxes: Quads) -> bool:
    """Whether a line of text contains the stroke, but for a little."""
    if not len(boxes):
        return False
    left, top = boxes[:, 0, 0], boxes[:, 0, 1]
    right, bottom = boxes[:, 1, 0], boxes[:, 1, 1]
    slack = STICKS_OUT * np.minimum(bottom - top, right - left)
    if stroke.level:
        # Boxes reach over the line above and below: only the middle counts.
        low, high = top + slack / 2, bottom - slack / 2
        first, last = left - slack, right + slack
    else:
        low, high = left, right
        first, last = top - slack, bottom + slack
    within = (low < stroke.at) & (stroke.at < high)
    held = (first <= stroke.start) & (stroke.end <= last)
    return bool(np.any(within & held))


def _is_held(stroke: Stroke, others: list[Stroke], reach: float) -> bool:
    """Whether a short stroke runs from one crossing line to another."""
    return all(
        any(
            other.level != stroke.level
            and abs(other.at - end) <= reach
            and other.start - reach <= stroke.at <= other.end + reach
            for other in others
        )
        for end in (stroke.start, stroke.end)
    )


def in_points(strokes: list[Stroke], points: float) -> list[Ruling]:
    """Rulings of a page whose pixels have the given size."""
    return [
        Ruling(s.level, s.at * points, s.start * points, s.end * points)
        for s in strokes
    ]
