"""Recognised characters → glyphs with a place, as a PDF would give them."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from statistics import median

from pipeline.sources.lines import is_wide
from pipeline.sources.pdf_page import Glyph
from pipeline.sources.scan.crops import Piece
from pipeline.sources.scan.engine import Char, Reading

USUAL_EM = 0.72
"""Size of a character as share of the height of the box found round its line."""

LARGEST_EM, SMALLEST_EM = 0.95, 0.5
"""Shares of that height between which a measured size is believed."""

NARROW = 0.5
"""Width in em of a digit or a Latin letter."""

PAIRS = 3
"""Chinese characters side by side from which on their distance is the size."""

CLOSE = 1.6
"""Em between the middles of two characters up to which nothing stands between them."""

BASELINE = 0.36
"""Em from the middle of a line down to its baseline."""


def glyphs_of(lines: list[tuple[Piece, Reading]], points: float) -> list[Glyph]:
    """Glyphs in points of all lines; a pixel has ``points``."""
    usual = _usual_share(lines)
    return [
        glyph
        for piece, reading in lines
        for glyph in _line(piece, _printed(reading), usual, points)
    ]


def _printed(reading: Reading) -> Reading:
    """Without the spaces that are no spaces: only words are set apart by them."""
    kept: list[Char] = []
    for i, char in enumerate(reading):
        if not char.text.isspace():
            kept.append(char)
            continue
        before = reading[i - 1].text if i else " "
        after = reading[i + 1].text if i + 1 < len(reading) else " "
        if _is_word(before) and _is_word(after):
            kept.append(char)
    return tuple(kept)


def _is_word(text: str) -> bool:
    return text.isascii() and unicodedata.category(text[0])[0] in "LN"


def _usual_share(lines: list[tuple[Piece, Reading]]) -> float:
    """The page's usual size of characters as share of the height of a box."""
    shares = [
        pitch / piece.height
        for piece, reading in lines
        if (pitch := _pitch(piece, reading)) is not None
    ]
    believed = [s for s in shares if SMALLEST_EM <= s <= LARGEST_EM]
    return median(believed) if believed else USUAL_EM


def _pitch(piece: Piece, reading: Reading) -> float | None:
    """Median distance in pixels of neighbouring Chinese characters."""
    gaps = [
        (b.centre - a.centre) * piece.width
        for a, b in pairwise(reading)
        if _is_han(a.text) and _is_han(b.text)
    ]
    return median(gaps) if len(gaps) >= PAIRS else None


def _is_han(text: str) -> bool:
    return "\u4e00" <= text <= "\u9fff"


def _line(piece: Piece, reading: Reading, usual: float, points: float) -> list[Glyph]:
    em = usual * piece.height
    pitch = _pitch(piece, reading)
    if pitch is not None and SMALLEST_EM <= pitch / piece.height <= LARGEST_EM:
        em = pitch
    middle = (piece.y0 + piece.y1) / 2
    centres = [piece.x0 + char.centre * piece.width for char in reading]
    found: list[Glyph] = []
    for i, (char, centre) in enumerate(zip(reading, centres, strict=True)):
        half = em / 2 if is_wide(char.text) else em * NARROW / 2
        left, right = centre - half, centre + half
        if i:
            before = (centres[i - 1] + centre) / 2
            close = centre - centres[i - 1] < CLOSE * em
            left = before if close else max(left, before)
        if i + 1 < len(centres):
            following = (centre + centres[i + 1]) / 2
            # Places within a line are rough; whether a space is there, the
            # recogniser has said.
            close = centres[i + 1] - centre < CLOSE * em
            right = following if close else min(right, following)
        x0, x1 = left * points, max(left + 1, right) * points
        found.append(
            Glyph(
                text=char.text,
                x0=x0,
                y0=(middle - em / 2) * points,
                x1=x1,
                y1=(middle + em / 2) * points,
                size=em * points,
                turn=0,
                start=x0,
                end=x1,
                base=(middle + BASELINE * em) * points,
                confidence=char.confidence,
            )
        )
    return found
