"""Which way up a page is, asked of the recogniser with a few lines of text."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import numpy as np

from pipeline.sources.scan.engine import Engine, Picture, confidence_of

SURE = 0.9
"""Confidence of lines read as they are from which on the page is upright."""

READABLE = 0.75
"""Confidence below which a way of reading is not understood."""

BETTER = 0.1
"""By how much another way must be more certain to be taken."""

LEAST_LINES = 4
"""Lines of text from which on a page that nobody can read is a failure of ours and no
photograph with a word or two on it."""


class Way(StrEnum):
    """How the text of a page runs."""

    UPRIGHT = "upright"
    UPSIDE_DOWN = "upside down"
    MIRRORED = "mirrored"
    UNREADABLE = "unreadable"


_TURNS: dict[Way, Callable[[Picture], Picture]] = {
    Way.UPSIDE_DOWN: lambda crop: crop[::-1, ::-1],
    Way.MIRRORED: lambda crop: crop[:, ::-1],
}
_MIRRORED_DOWN: Callable[[Picture], Picture] = lambda crop: crop[::-1]  # noqa: E731


def way_of(crops: list[Picture], engine: Engine) -> Way:
    """How the text of some typical lines runs."""
    if not crops:
        return Way.UPRIGHT
    upright = _confidence(crops, engine)
    if upright >= SURE:
        return Way.UPRIGHT
    scores = {
        way: _confidence([turn(crop) for crop in crops], engine)
        for way, turn in _TURNS.items()
    }
    down = _confidence([_MIRRORED_DOWN(crop) for crop in crops], engine)
    scores[Way.MIRRORED] = max(scores[Way.MIRRORED], down)
    best = max(scores, key=lambda way: scores[way])
    if scores[best] > upright + BETTER and scores[best] >= READABLE:
        return best
    if upright < READABLE / 2 and len(crops) >= LEAST_LINES:
        return Way.UNREADABLE
    return Way.UPRIGHT


def _confidence(crops: list[Picture], engine: Engine) -> float:
    """Median confidence of the crops."""
    readings = engine.read([np.ascontiguousarray(crop) for crop in crops])
    return float(np.median([confidence_of(reading) for reading in readings]))
