"""Lines read with doubt are read again from a softened picture.

In scans of one bit characters are ragged, in copies of copies full of holes. Blurred a
little, holes close. (On a good page a doubtful line holds a rare character, which
blurring only loses.) What two such pictures say alike, and more surely, is
taken. Where they say another number, the reading that is not taken is kept beside it.
"""

from __future__ import annotations

import numpy as np

from pipeline.sources.pdf_page import OtherReading
from pipeline.sources.scan.crops import Piece, cut
from pipeline.sources.scan.engine import (
    Engine,
    Picture,
    Reading,
    confidence_of,
    text_of,
)

DOUBTED = 0.97
"""Confidence below which a line is read again."""

HARD = 0.05
"""Share of a page's lines that are read with doubt where it is hard to read."""

SHARES = (0.03, 0.045)
"""Shares of a line's height over which its picture is softened."""

MUCH_SURER = 0.25
"""Confidence that a reading must have more to be taken with fewer characters: pale
points and thin strokes vanish in a softened picture."""

SIGNS = frozenset("≥≤><=%％‰/")
"""Signs that stay as they were: their shape decides, and blurred they lose it."""

Line = tuple[Piece, Reading]


def read_softened(
    grey: Picture, lines: list[Line], engine: Engine
) -> tuple[list[Line], list[OtherReading]]:
    """The lines with better readings, and the readings that were not taken."""
    doubts = [i for i, (_, r) in enumerate(lines) if confidence_of(r) < DOUBTED]
    if len(doubts) < HARD * len(lines):
        return lines, []
    first, second = (
        engine.read([_soft(cut(grey, lines[i][0]), share) for i in doubts])
        for share in SHARES
    )
    better = list(lines)
    others: list[OtherReading] = []
    for i, once, twice in zip(doubts, first, second, strict=True):
        piece, reading = lines[i]
        new = max(once, twice, key=confidence_of)
        said = text_of(new)
        if text_of(once) != text_of(twice) or said in ("", text_of(reading)):
            continue
        if not _letters(new) <= _letters(reading) or _signs(new) != _signs(reading):
            continue
        left = new
        if _is_surer(reading, min(once, twice, key=confidence_of)):
            better[i], left = (piece, new), reading
        if _digits(new) != _digits(reading):
            middle = ((piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2)
            others.append(OtherReading(*middle, text_of(left).strip()))
    return better, others


def _is_surer(reading: Reading, new: Reading) -> bool:
    """Whether a new reading is to be taken."""
    gain = confidence_of(new) - confidence_of(reading)
    return gain > (0.0 if len(new) >= len(reading) else MUCH_SURER)


def _letters(reading: Reading) -> set[str]:
    """Latin letters, which a blurred sign is taken for."""
    return {
        char.text for char in reading if char.text.isascii() and char.text.isalpha()
    }


def _signs(reading: Reading) -> list[str]:
    return [char.text for char in reading if char.text in SIGNS]


def _digits(reading: Reading) -> str:
    return "".join(char.text for char in reading if char.text.isdigit())


def _soft(crop: Picture, share: float) -> Picture:
    import cv2

    spread = max(0.5, share * crop.shape[0])
    return np.asarray(cv2.GaussianBlur(crop, (0, 0), spread), dtype=np.uint8)
