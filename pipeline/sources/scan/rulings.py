"""Strokes → ruled lines: what lies inside a line of text is part of a character.

Noise lets strokes of characters pass for lines, and one wrong edge shifts every cell
of a table; so text is found first.
"""

from __future__ import annotations

from pipeline.sources.pdf_page import Ruling
from pipeline.sources.scan.engine import Quads
from pipeline.sources.scan.strokes import Stroke
from pipeline.sources.scan.within import hulls, inside_text

SHORT, SHORTER = 2.6, 1.5
"""Times the shortest stroke up to which one must meet another at one of its ends (the
last row of a table without border is as high as that), and at both of them."""

REACH_SHARE = 0.004
"""Share of the longer side within which ends meet: corners are often left open."""


def rulings_of(
    strokes: list[Stroke], texts: Quads, *, longer: int, shortest: float
) -> list[Stroke]:
    """The strokes that are ruled lines."""
    boxes = hulls(texts)
    free = [s for s in strokes if not inside_text(s.level, s.at, s.start, s.end, boxes)]
    reach = REACH_SHARE * longer
    return [
        s
        for s in free
        if s.length > SHORT * shortest
        or _held_ends(s, free, reach) >= (1 if s.length > SHORTER * shortest else 2)
    ]


def _held_ends(stroke: Stroke, others: list[Stroke], reach: float) -> int:
    """At how many of its ends a stroke meets a line across."""
    return sum(
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
