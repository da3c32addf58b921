"""Cells that contradict their column are read again with its characters only.

A column of scores holds numbers, a column of operators holds operators. What does
not fit there was misread more often than it was printed, so the picture is asked
again; the reading that is not taken is kept beside the one that is. So it is where
a score is above its weight, or weights do not add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.sources.grid import Grid, Place, grids
from pipeline.sources.pdf_page import OtherReading
from pipeline.sources.scan.crops import Piece, cut
from pipeline.sources.scan.engine import (
    Engine,
    Picture,
    Reading,
    confidence_of,
    text_of,
)
from pipeline.sources.scan.rulings import in_points
from pipeline.sources.scan.strokes import Stroke
from pipeline.sources.scan.sums import contradictions, number_of

THIRD = 1 / 3
"""Points of a pixel, near enough for the tolerances of the grid."""

LEAST_CELLS = 4
"""Filled cells from which on a column shows what it holds."""

USUAL = 0.6
"""Share of them that must hold one kind of thing."""

LONGEST = 9
"""Characters up to which a cell may be a misread number; longer ones are remarks."""

DOUBTED = 0.8
"""Confidence of a fitting reading below which it is looked at again."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a column may hold: a whole reading, its characters, what looks like them.

    ``believed`` is the confidence from which on a reading with these characters only
    is taken. The cell then has it, and what rests on it is never a serious hint.
    """

    whole: re.Pattern[str]
    alphabet: str
    near: re.Pattern[str]
    believed: float


# Not a date or a range: those stand in columns of mixed values.
_NUMBER = _Kind(
    re.compile(r"[-—–/]|\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?[%％]?"),
    "0123456789.,%-—",
    # What digits are taken for; a word such as 定性 is none.
    re.compile(r"[\dOoQDlI|iZzSsBbGgqTJ丨一丿.,，。·%％\s'`:：-]+"),
    0.35,
)
_OPERATOR = _Kind(
    re.compile(r"[≥≤＝=><≧≦]"),
    "≥≤=><",
    re.compile(r"[^\d\u4e00-\u9fff]|[二三乙之么2Z]"),
    0.02,
)

Line = tuple[Piece, Reading]


def second_look(
    grey: Picture, rulings: list[Stroke], lines: list[Line], engine: Engine
) -> tuple[list[Line], list[OtherReading]]:
    """The lines with better readings, and the readings that were not taken.

    Places of other readings are in pixels.
    """
    doubts = [
        (index, kind)
        for grid in grids(in_points(rulings, THIRD))
        for column in _columns(grid, lines)
        if (kind := _kind(column, lines)) is not None
        for index in column
        if _doubtful(lines[index][1], kind)
    ]
    better = list(lines)
    others: list[OtherReading] = []
    for kind in (_NUMBER, _OPERATOR):
        chosen = [index for index, found in doubts if found is kind]
        crops = [cut(grey, lines[index][0]) for index in chosen]
        again = engine.read(crops, only=kind.alphabet)
        for index, reading in zip(chosen, again, strict=True):
            piece, first = lines[index]
            taken = _better(first, reading, kind)
            left = first if taken is reading else reading
            better[index] = (piece, taken)
            if left and text_of(left) != text_of(taken):
                others.append(_beside(piece, left))
    for grid in grids(in_points(rulings, THIRD)):
        others += _settle(grid, grey, better, engine)
    return better, others


def _beside(piece: Piece, reading: Reading) -> OtherReading:
    middle = ((piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2)
    return OtherReading(*middle, text_of(reading).strip())


def _settle(
    grid: Grid, grey: Picture, lines: list[Line], engine: Engine
) -> list[OtherReading]:
    """Read numbers that contradict one another again; take the one that settles it.

    ``lines`` are changed in place. Returns the readings that were given up. Where
    nothing settles it, or two readings would, it was printed so for all we know.
    """
    given_up = []
    cells = [(at, i, text_of(lines[i][1]).strip()) for at, i in _alone(grid, lines)]
    for found in contradictions(cells):
        crops = [cut(grey, lines[index][0]) for index in found.lines]
        again = engine.read(crops, only=_NUMBER.alphabet)
        settling = [
            (index, reading)
            for k, (index, reading) in enumerate(zip(found.lines, again, strict=True))
            if (number := number_of(text_of(reading))) is not None
            and confidence_of(reading) >= _NUMBER.believed
            and found.settled(
                [number if j == k else n for j, n in enumerate(found.numbers)]
            )
        ]
        if len(settling) == 1:
            index, reading = settling[0]
            piece, first = lines[index]
            lines[index] = (piece, reading)
            given_up.append(_beside(piece, first))
    return given_up


def _columns(grid: Grid, lines: list[Line]) -> Iterable[list[int]]:
    """Lines (by index) that are alone in their cell, by the columns of their cells."""
    columns: dict[tuple[int, int], list[int]] = {}
    for place, index in _alone(grid, lines):
        columns.setdefault((place.left, place.right), []).append(index)
    return columns.values()


def _alone(grid: Grid, lines: list[Line]) -> Iterable[tuple[Place, int]]:
    """The cells with one line, and its index."""
    by_place: dict[tuple[int, int], list[int]] = {}
    for index, (piece, _) in enumerate(lines):
        x, y = (piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2
        found = grid.find(x * THIRD, y * THIRD)
        if found is not None:
            by_place.setdefault(found, []).append(index)
    for place in grid.places:
        held = [i for at in _covered(place) for i in by_place.get(at, ())]
        if len(held) == 1:
            yield place, held[0]


def _covered(place: Place) -> Iterable[tuple[int, int]]:
    for row in range(place.top, place.bottom):
        for column in range(place.left, place.right):
            yield row, column


def _kind(column: list[int], lines: list[Line]) -> _Kind | None:
    if len(column) < LEAST_CELLS:
        return None
    texts = [text_of(lines[index][1]).strip() for index in column]
    for kind in (_NUMBER, _OPERATOR):
        fitting = sum(kind.whole.fullmatch(text) is not None for text in texts)
        if fitting >= USUAL * len(texts) and fitting >= LEAST_CELLS - 1:
            return kind
    return None


def _doubtful(reading: Reading, kind: _Kind) -> bool:
    text = text_of(reading).strip()
    if kind.whole.fullmatch(text):
        return min(char.confidence for char in reading) < DOUBTED
    return len(text) <= LONGEST and kind.near.fullmatch(text) is not None


def _better(first: Reading, again: Reading, kind: _Kind) -> Reading:
    if not kind.whole.fullmatch(text_of(again).strip()):
        return first
    if kind.whole.fullmatch(text_of(first).strip()):
        return again if confidence_of(again) > confidence_of(first) else first
    return again if confidence_of(again) >= kind.believed else first
