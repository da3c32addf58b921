"""≥, ≤, ‰ and a lone / by their shape, where it shows more than was read.

The recogniser drops a bar, the third ring or all of it, and takes a slash for a 1.

What counts is what is printed, so the picture of the one character is asked. A reading
is changed only where its shape leaves no doubt; else it stays as it was.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.sources.scan.crops import Piece, cut
from pipeline.sources.scan.engine import Char, Picture, Reading

LARGER = 4
"""Times that a character is enlarged to be looked at."""

SMALLEST = 8
"""Pixels from which on a character shows its shape."""

BARRED = 0.45
"""Share of a sign's columns with three strokes one above the other: two arms and a
bar."""

CONVERGES = 0.8
"""Share of neighbouring columns in which the arms come closer, or do not part."""

NARROWER = 0.6
"""Share of their distance at the open end that the arms have left near the tip."""

TIP = (0.25, 0.65)
"""Shares of a sign's height between which its arms meet."""

BOTH = 0.8
"""Share of the open half of a sign in whose columns each arm is."""

HEAVIER = 1.5
"""Times the ink of the upper arm that the lower one has where a bar is part of it."""

RINGS = 3
"""Rings of ‰; % has two."""

ALIKE = 0.35
"""Share of the largest ring of ‰ that the others have; a speck encloses less."""

STROKES = frozenset("1lI|!丨丿ノ")
"""What a slash in a cell of its own is taken for."""

SLOPE, STRAIGHT, THIN = (0.3, 0.75), 0.02, 0.22
"""How far a slash leads to the right on its way up, and the shares of its height that
it leaves its line and that it is thick at most: 1 is upright, 7 and J are bent."""

UNREAD = 0.45
"""Share of a line's height that is free before the first character, with ink in it."""

SEEN = 0.75
"""Confidence of a sign that only its shape shows."""

_OPEN = {">": "≥", "<": "≤"}

Line = tuple[Piece, Reading]


def with_signs(grey: Picture, lines: list[Line]) -> list[Line]:
    """The lines with the signs that their pictures show."""
    return [(piece, _signed(grey, piece, reading)) for piece, reading in lines]


def _signed(grey: Picture, piece: Piece, reading: Reading) -> Reading:
    texts = [char.text for char in reading]
    if len(texts) == 1 and texts[0] in STROKES and is_slash(cut(grey, piece)):
        return (replace(reading[0], text="/"),)
    open_sign = any(t in _OPEN for t in texts)
    first_digit = bool(texts) and texts[0].isdigit()
    if not (open_sign or "%" in texts or "％" in texts or first_digit):
        return reading
    crop = cut(grey, piece)
    if min(crop.shape) < SMALLEST:
        return reading
    found = list(reading)
    for i, char in enumerate(reading):
        following = reading[i + 1].text if i + 1 < len(reading) else ""
        if char.text in _OPEN and (following.isdigit() or len(reading) == 1):
            if has_bar(_between(crop, reading, i, i), char.text):
                found[i] = replace(char, text=_OPEN[char.text])
        elif (
            char.text in "%％"
            and following not in ("0", "o", "O")
            and _rings(_between(crop, reading, i, i)) == RINGS
        ):
            found[i] = replace(char, text="‰")
    found = _joined_rings(crop, reading, found)
    if first_digit and (lead := _lead(crop, reading)) is not None:
        found.insert(0, lead)
    return tuple(found)


def _joined_rings(crop: Picture, reading: Reading, found: list[Char]) -> list[Char]:
    """‰ that was read as % and its last ring: %0."""
    kept: list[Char] = []
    skipped = False
    for i, char in enumerate(found):
        if skipped:
            skipped = False
            continue
        last = i + 1 == len(found) - 1
        if char.text in "%％" and last and found[i + 1].text in "0oO":
            span = _between(crop, reading, i, i + 1)
            if _rings(span) == RINGS and _is_low(_between(crop, reading, i + 1, i + 1)):
                kept.append(replace(char, text="‰"))
                skipped = True
                continue
        kept.append(char)
    return kept


def _between(crop: Picture, reading: Reading, first: int, last: int) -> Picture:
    """The picture of some characters, from half way to their neighbours."""
    width = crop.shape[1]
    start, end = 0.0, 1.0
    if first:
        start = (reading[first - 1].centre + reading[first].centre) / 2
    if last + 1 < len(reading):
        end = (reading[last].centre + reading[last + 1].centre) / 2
    return crop[:, max(0, round(start * width)) : max(1, round(end * width))]


def _lead(crop: Picture, reading: Reading) -> Char | None:
    """The sign before the first digit that was not read at all."""
    height, width = crop.shape[:2]
    first = reading[0].centre * width
    pitch = 0.5 * height
    if len(reading) > 1 and reading[1].text.isdigit():
        pitch = (reading[1].centre - reading[0].centre) * width
    free = first - 0.6 * pitch
    if free < UNREAD * height:
        return None
    sign = sign_of(crop[:, : round(free)])
    return None if sign is None else Char(sign, free / 2 / width, SEEN)


def sign_of(picture: Picture) -> str | None:
    """≥ or ≤ where two arms meet over a bar; None for all else."""
    ink = _ink(picture)
    if ink is None:
        return None
    runs = [_runs(column) for column in ink.T]
    three = [r for r in runs if len(r) >= RINGS]
    if len(three) < BARRED * len(runs) or any(len(r) > RINGS + 1 for r in runs):
        return None
    gaps = np.array([r[1][0] - r[0][1] for r in three], dtype=float)
    if len(gaps) < 4:
        return None
    steps = np.diff(gaps)
    for sign, closing in (("≥", steps <= 0), ("≤", steps >= 0)):
        open_end, tip = (gaps[0], gaps[-1]) if sign == "≥" else (gaps[-1], gaps[0])
        if closing.mean() >= CONVERGES and tip <= NARROWER * open_end:
            return sign
    return None


def is_slash(picture: Picture) -> bool:
    """Whether the ink is one straight stroke from the lower left to the upper right."""
    ink = _ink(picture)
    if ink is None:
        return False
    rows = [np.flatnonzero(row) for row in ink]
    inked = np.array([len(row) > 0 for row in rows])
    height = len(rows)
    if inked.mean() < 1 - STRAIGHT:
        return False
    places = np.flatnonzero(inked)
    middles = np.array([row.mean() for row in rows if len(row)])
    widths = np.array([row[-1] - row[0] + 1 for row in rows if len(row)])
    slope, offset = np.polyfit(places, middles, 1)
    away = np.abs(middles - (slope * places + offset)).mean()
    return bool(
        SLOPE[0] <= -slope <= SLOPE[1]
        and away <= STRAIGHT * height
        and widths.mean() <= THIN * height
    )


def has_bar(picture: Picture, text: str) -> bool:
    """Whether > or < stands over a bar, that may have run together with its arm."""
    if sign_of(picture) == _OPEN[text]:
        return True
    ink = _ink(picture)
    if ink is None:
        return False
    if text == "<":
        ink = ink[:, ::-1]
    height, width = ink.shape
    tip = np.flatnonzero(ink[:, -max(2, width // 8) :].any(axis=1))
    if not len(tip):
        return False
    middle = round(float(tip.mean()))
    if not TIP[0] * height < middle < TIP[1] * height:
        return False
    open_end = ink[:, : width // 2]
    upper, lower = open_end[:middle], open_end[middle:]
    if min(upper.any(axis=0).mean(), lower.any(axis=0).mean()) < BOTH:
        return False
    if any(len(_runs(column)) > RINGS for column in ink.T):
        return False
    return bool(lower.sum() >= HEAVIER * upper.sum())


def _runs(column: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Stretches of ink from top to bottom, half-open."""
    padded = np.concatenate(([False], column, [False])).astype(np.int8)
    starts, ends = (
        np.flatnonzero(np.diff(padded) == 1),
        np.flatnonzero(np.diff(padded) == -1),
    )
    return [
        (int(s), int(e))
        for s, e in zip(starts, ends, strict=True)
        if e - s >= LARGER / 2
    ]


def _rings(picture: Picture) -> int:
    """How many places the ink encloses."""
    import cv2

    ink = _ink(picture)
    if ink is None:
        return 0
    paper = np.pad(~ink, 1, constant_values=True).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    # The first two are the ink and the paper outside.
    areas = sorted(int(a) for a in stats[1:count, cv2.CC_STAT_AREA])[:-1]
    least = max(LARGER * LARGER, ALIKE * max(areas, default=0))
    return sum(area >= least for area in areas)


def _is_low(picture: Picture) -> bool:
    """Whether a ring is not as high as a digit."""
    ink = _ink(picture)
    return ink is not None and ink.shape[0] < 0.6 * LARGER * picture.shape[0]


def _ink(picture: Picture) -> NDArray[np.bool_] | None:
    """The ink, enlarged and cut to its bounds; None where there is hardly any."""
    import cv2

    if min(picture.shape) < SMALLEST // 2:
        return None
    large = cv2.resize(
        picture, None, fx=LARGER, fy=LARGER, interpolation=cv2.INTER_CUBIC
    )
    level, _ = cv2.threshold(
        np.asarray(large, np.uint8), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU
    )
    ink = large < level
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if len(rows) < SMALLEST * LARGER / 2 or len(columns) < SMALLEST * LARGER / 2:
        return None
    return np.asarray(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
