"""Pictures made even: red seals taken off, shadows lifted, specks smoothed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.sources.scan.engine import Picture

RED = 40
"""Levels by which red outshines the other colours in the ink of a seal."""

REDDISH = 10
"""The same at its blurred edges, next to the ink itself."""

SEAL_SHARE = 0.04
"""Share of the page's longer side from which on a red mark may be a seal (12 mm)."""

SQUARE_SHARE = 0.11
"""Share of that side up to which a square seal reaches: a person's name."""

ROUND_LEAST, ROUND_MOST = 0.58, 0.88
"""Share of its upright box that the hull of a round or oval seal fills (π/4), or of
two that overlap. A block of red text fills all of it."""

MOST_OBLONG = 2.2
"""Times its other side that a seal may be long: oval ones have 45 by 30 mm."""

LEAST_RED = 0.0002
"""Share of red pixels below which there is no seal to look for."""

COARSE = 4
"""Pixels to one, where shapes and shadows are looked at."""

EVEN = 24
"""Levels that the paper may differ by over the page before shadows are lifted."""

SPECKLED = 6.0
"""Deviation of neighbouring pixels from which on a picture is smoothed."""


def without_seals(picture: Picture) -> Picture:
    """The picture with the ink of red seals gone and what it covers kept.

    Black print under a seal is dark in the red channel, the seal's ink is not. Red
    text that is no seal stays.
    """
    red = picture[:, :, 2].astype(np.int16) - picture[:, :, :2].max(axis=2)
    ink = red > RED
    if np.count_nonzero(ink) < LEAST_RED * ink.size:
        return picture
    cleaned: Picture | None = None
    for x, y, width, height in _seals(ink):
        cleaned = picture.copy() if cleaned is None else cleaned
        here = np.s_[y : y + height, x : x + width]
        _bleach(cleaned[here], ink[here], red[here])
    return picture if cleaned is None else cleaned


def _seals(ink: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """Upright boxes (x, y, width, height) round seals."""
    import cv2

    longer = max(ink.shape)
    small = cv2.resize(
        ink.astype(np.uint8) * 255,
        (ink.shape[1] // COARSE, ink.shape[0] // COARSE),
        interpolation=cv2.INTER_AREA,
    )
    marks = (small > 50).astype(np.uint8)
    reach = max(3, round(0.012 * longer / COARSE)) | 1
    joined = cv2.morphologyEx(
        marks, cv2.MORPH_CLOSE, np.ones((reach, reach), dtype=np.uint8)
    )
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline in outlines:
        x, y, width, height = cv2.boundingRect(outline)
        if min(width, height) * COARSE < SEAL_SHARE * longer:
            continue
        hull = float(cv2.contourArea(cv2.convexHull(outline)))
        if not _is_seal(width, height, hull, longer / COARSE):
            continue
        margin = reach
        left, top = max(0, x - margin) * COARSE, max(0, y - margin) * COARSE
        right = min(ink.shape[1], (x + width + margin) * COARSE)
        bottom = min(ink.shape[0], (y + height + margin) * COARSE)
        found.append((left, top, right - left, bottom - top))
    return found


def _is_seal(width: int, height: int, hull: float, longer: float) -> bool:
    if max(width, height) > MOST_OBLONG * min(width, height):
        return False
    filled = hull / (width * height)
    if ROUND_LEAST <= filled <= ROUND_MOST:
        return True
    square = max(width, height) <= 1.25 * min(width, height)
    return square and max(width, height) <= SQUARE_SHARE * longer


def _bleach(area: Picture, ink: NDArray[np.bool_], red: NDArray[np.int16]) -> None:
    """Make the red of an area paper, in place."""
    import cv2

    near = cv2.dilate(ink.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    touched = near & (red > REDDISH)
    channel = area[:, :, 2].astype(np.float32)
    paper = float(np.median(channel[~touched])) if (~touched).any() else 255.0
    # Ink over paper, not over print: the brighter half of what is clearly red.
    level = float(np.percentile(channel[ink], 60)) if ink.any() else paper
    lifted = np.clip(channel * (paper / max(1.0, level)), 0, 255)
    # Blurred edges are paler than the ink, so they are lifted less.
    share = np.clip(red / max(1.0, float(np.median(red[ink]))), 0, 1)
    value = channel + (lifted - channel) * share
    area[touched] = np.repeat(value[touched][:, None], 3, axis=1).astype(np.uint8)


def evened(grey: Picture) -> Picture:
    """The picture with the paper equally bright everywhere, if it was not."""
    import cv2

    height, width = grey.shape
    small = cv2.resize(
        grey, (max(8, width // 16), max(8, height // 16)), interpolation=cv2.INTER_AREA
    )
    # Print is darker than the paper round it; the brightest nearby is paper.
    bright = cv2.dilate(small, np.ones((7, 7), np.uint8))
    paper = cv2.GaussianBlur(cv2.medianBlur(np.asarray(bright, np.uint8), 7), (0, 0), 3)
    low, high = np.percentile(paper, (3, 97))
    if high - low <= EVEN:
        return grey
    full = cv2.resize(paper, (width, height), interpolation=cv2.INTER_CUBIC)
    lifted = grey.astype(np.float32) * (float(high) / np.maximum(full, 30))
    return np.clip(lifted, 0, 255).astype(np.uint8)


def smoothed(grey: Picture) -> Picture:
    """The picture without specks, if it has so many that they look like lines."""
    import cv2

    median = np.asarray(cv2.medianBlur(grey, 3), dtype=np.uint8)
    sample = np.s_[::4, ::4]
    rough = np.abs(grey[sample].astype(np.int16) - median[sample])
    if float(rough.mean()) < SPECKLED:
        return grey
    return np.asarray(cv2.GaussianBlur(median, (3, 3), 0), dtype=np.uint8)
