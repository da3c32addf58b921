"""Long thin strokes of a picture, level and upright, with their slope."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.sources.scan.engine import Picture, Quads
from pipeline.sources.scan.within import hulls, inside_text

Mask = NDArray[np.uint8]
"""255 where there is ink."""

WINDOW = 31
"""Pixels (odd) round a pixel whose mean it must be darker than to be ink."""

DARKER = 12
"""Grey levels by which ink is darker than its surroundings."""

BLACK = 110
"""Grey level up to which a pixel may belong to the black edge of a copy."""

BLOT = 17
"""Pixels that a black square must have on each side to be no print."""

SHORTEST_SHARE = 0.011
"""Share of the longer side from which on a run of ink is a piece of a ruling: the
height of a narrow row, more than a stroke of a character of body text."""

DASH_GAP_SHARE = 0.004
"""Share of the longer side that the gaps of a dashed or broken line may have."""

SURROUNDINGS_SHARE = 0.06
"""Share of the longer side that the middle of a ruling may lie outside of all text."""

LEAST_COVERED = 0.12
"""Share of a square of the longer side that text must span to show the page."""

TEXT_MARGIN = 0.16
"""Share of a text's height by which the box found round it is larger, on each side."""

THICKEST_SHARE = 0.0045
"""Share of the longer side up to which a stroke is a ruling and no bar."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A stroke in pixels along its middle; start and end in reading direction."""

    level: bool
    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float

    @property
    def length(self) -> float:
        """Pixels along the stroke's direction."""
        return self.x1 - self.x0 if self.level else self.y1 - self.y0

    @property
    def at(self) -> float:
        """Where it crosses the other axis, in its middle."""
        return (self.y0 + self.y1) / 2 if self.level else (self.x0 + self.x1) / 2

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle, from the left and from the top."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def start(self) -> float:
        """Its first position along its direction."""
        return self.x0 if self.level else self.y0

    @property
    def end(self) -> float:
        """Its last position along its direction."""
        return self.x1 if self.level else self.y1


def ink(grey: Picture) -> Mask:
    """What is darker than its surroundings, whatever the light."""
    import cv2

    mask = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, WINDOW, DARKER
    )
    # Black edges of a copy and bars have borders, which are no rulings either.
    black = _grown(blots(grey))
    return np.asarray(cv2.bitwise_and(mask, cv2.bitwise_not(black)), dtype=np.uint8)


def with_blots(mask: Mask, grey: Picture) -> Mask:
    """The ink and what is black: at the edge of a blot there is no paper."""
    return mask | _grown(blots(grey))


def _grown(black: Mask) -> Mask:
    import cv2

    if not black.any():
        return black
    return np.asarray(cv2.dilate(black, np.ones((7, 7), np.uint8)), dtype=np.uint8)


def blots(grey: Picture) -> Mask:
    """What is black over more than the breadth of print: edges of a copy, folds."""
    import cv2

    black = (grey < BLACK).astype(np.uint8) * 255
    square = np.ones((BLOT, BLOT), np.uint8)
    return np.asarray(cv2.morphologyEx(black, cv2.MORPH_OPEN, square), dtype=np.uint8)


def strokes(mask: Mask, texts: Quads) -> list[Stroke]:
    """Level and upright strokes.

    Solid ones are looked for everywhere, broken ones only outside of text, where
    closing gaps does not make lines of characters.
    """
    boxes = hulls(texts)
    found = [
        *_along(mask, _without(mask, texts, 0.0), boxes, level=True),
        *_along(mask, _without(mask, texts, TEXT_MARGIN), boxes, level=False),
    ]
    return _near_text(found, texts, max(mask.shape))


def _without(mask: Mask, texts: Quads, margin: float) -> Mask:
    """The ink outside of text.

    A box round a text is longer than the text, often as far as a ruling beside it:
    ``margin`` is the share of its height that its ends are drawn in.
    """
    import cv2

    outside = mask.copy()
    for quad in texts:
        sides = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
        inwards = margin * float(min(sides[0], sides[1]))
        drawn_in = quad.copy()
        drawn_in[:, 0] -= np.sign(quad[:, 0] - quad[:, 0].mean()) * inwards
        cv2.fillConvexPoly(outside, np.round(drawn_in).astype(np.int32), (0,))
    return outside


def _near_text(found: list[Stroke], texts: Quads, longer: int) -> list[Stroke]:
    """Without strokes far from all text: the grain of a desk, edges of the paper."""
    import cv2

    if not len(texts):
        return found
    hull = cv2.convexHull(texts.reshape(-1, 2).astype(np.float32))
    if cv2.contourArea(hull) < LEAST_COVERED * longer * longer:
        return found  # so little text says nothing about the page
    reach = SURROUNDINGS_SHARE * longer
    return [
        s
        for s in found
        if cv2.pointPolygonTest(hull, ((s.x0 + s.x1) / 2, (s.y0 + s.y1) / 2), True)
        > -reach
    ]


def _along(mask: Mask, outside: Mask, boxes: Quads, *, level: bool) -> list[Stroke]:
    import cv2

    longer = max(mask.shape)
    shortest = max(12, round(SHORTEST_SHARE * longer))
    gap = max(3, round(DASH_GAP_SHARE * longer))
    run = _bar(shortest, level=level)
    runs = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, run), dtype=np.uint8)
    solid = _not_of_text(runs, boxes, level)
    closed = cv2.morphologyEx(outside, cv2.MORPH_CLOSE, _bar(gap, level=level))
    broken = cv2.morphologyEx(closed, cv2.MORPH_OPEN, run)
    both = np.asarray(cv2.bitwise_or(solid, broken), dtype=np.uint8)
    found, bars = _thin(both, gap, shortest, level=level)
    if bars.any():
        # Specks beside a ruling make a bar of it: unbroken ink still shows it.
        unbroken = np.asarray(cv2.bitwise_and(solid, bars), dtype=np.uint8)
        found += _thin(unbroken, gap, shortest, level=level)[0]
    return found


def _thin(
    runs: Mask, gap: int, shortest: int, *, level: bool
) -> tuple[list[Stroke], Mask]:
    """The strokes among runs of ink, and where these are too thick to be strokes."""
    import cv2

    # Pieces of a slightly slanted line overlap on neighbouring rows of pixels.
    joined = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, _bar(2 * gap + 1, level=level))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    thickest = max(7.0, THICKEST_SHARE * max(runs.shape))
    found: list[Stroke] = []
    bars = np.zeros_like(runs)
    for index in range(1, count):
        x, y, width, height, _ = (int(v) for v in stats[index])
        if (width if level else height) < shortest:
            continue
        part = labels[y : y + height, x : x + width] == index
        stroke = _stroke(part, x, y, thickest, level=level)
        if stroke is not None:
            found.append(stroke)
        else:
            bars[y : y + height, x : x + width][part] = 255
    return found, bars


def _not_of_text(solid: Mask, boxes: Quads, level: bool) -> Mask:
    """Without the strokes of characters, before those of two lines are joined."""
    import cv2

    if not len(boxes):
        return solid
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    kept = np.zeros(count, dtype=np.uint8)
    for index in range(1, count):
        x, y, width, height, _ = (int(v) for v in stats[index])
        across = y + height / 2 if level else x + width / 2
        ends = (x, x + width) if level else (y, y + height)
        kept[index] = 0 if inside_text(level, across, *ends, boxes) else 255
    return np.asarray(kept[labels], dtype=np.uint8)


def _bar(length: int, *, level: bool) -> Mask:
    return np.ones((1, length) if level else (length, 1), dtype=np.uint8)


def _stroke(
    part: NDArray[np.bool_], x: int, y: int, thickest: float, *, level: bool
) -> Stroke | None:
    """Ends of the straight line through the middles of a component; None for a bar.

    Where a bar or a blot touches the line, only the thin part says where it runs.
    """
    across = part if level else part.T
    length = across.shape[1]
    weights = across.sum(axis=0)
    places = np.arange(across.shape[0], dtype=np.float64)
    thickness = float(np.median(weights[weights > 0]))
    if thickness > thickest:
        return None
    along = np.flatnonzero((weights > 0) & (weights <= thickest))
    middles = (places @ across)[along] / weights[along]
    if length > 3 and np.ptp(middles) > 0:
        slope, offset = np.polyfit(along, middles, 1)
    else:
        slope, offset = 0.0, float(middles.mean())
    first, last = offset, offset + slope * (length - 1)
    if level:
        return Stroke(True, x, y + first, x + length - 1, y + last, thickness)
    return Stroke(False, x + first, y, x + last, y + length - 1, thickness)
