"""Columns of single characters are parted and read as one line."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.sources.scan.crops import Piece
from pipeline.sources.scan.engine import Char, Picture, Reading
from pipeline.sources.scan.stacks import read_stacks, stacks_of
from pipeline.sources.scan.strokes import Mask, Stroke

EM = 24.0

SHAPES = {
    "口": [(0, 0, 22, 3), (0, 19, 22, 22), (0, 0, 3, 22), (19, 0, 22, 22)],
    "二": [(3, 2, 19, 5), (0, 18, 22, 21)],
    "一": [(0, 10, 22, 13)],
    "三": [(2, 1, 20, 4), (3, 10, 19, 13), (0, 19, 22, 22)],
    "土": [(9, 0, 12, 22), (3, 9, 19, 12), (0, 19, 22, 22)],
}


def column(text: str, pitch: int, *, left: int = 60, top: int = 100) -> Mask:
    """Characters one below the other, as ink."""
    mask = np.zeros((1000, 400), np.uint8)
    for i, char in enumerate(text):
        for x0, y0, x1, y1 in SHAPES[char]:
            y = top + i * pitch
            mask[y + y0 : y + y1, left + x0 : left + x1] = 255
    return mask


class Reader:
    """Reads one character per square of a strip."""

    name = "none"

    def __init__(self, text: str, confidence: float = 0.95) -> None:
        self.text, self.confidence = text, confidence
        self.shapes: list[tuple[int, ...]] = []

    def detect(self, picture: Picture) -> np.ndarray:
        raise NotImplementedError

    def read(self, crops: list[Picture], *, only: str = "") -> list[Reading]:
        self.shapes += [crop.shape for crop in crops]
        n = len(self.text)
        chars = [
            Char(c, (i + 0.5) / n, self.confidence) for i, c in enumerate(self.text)
        ]
        return [tuple(chars)] * len(crops)


@pytest.mark.parametrize(
    ("text", "pitch"),
    [
        *(("口土", pitch) for pitch in (24, 30, 36)),
        *(("一三口土", pitch) for pitch in (24, 30, 36, 44)),
        *(("口口土口二口", pitch) for pitch in (24, 30, 36, 44)),
        *(("土二口", pitch) for pitch in (24, 30)),
    ],
)
def test_a_tall_box_is_parted_into_its_characters(text: str, pitch: int) -> None:
    mask = column(text, pitch)
    bottom = 100 + pitch * (len(text) - 1) + 24
    (stack,) = stacks_of([Piece(56, 96, 86, bottom + 4)], [], mask, EM)
    assert len(stack.slots) == len(text)
    for i, slot in enumerate(stack.slots):
        assert abs((slot.y0 + slot.y1) / 2 - (100 + i * pitch + 11)) < 8


def test_a_narrow_cell_without_any_text_is_looked_at() -> None:
    rulings = [
        *(Stroke(True, 40, y, 380, y, 2) for y in (80, 300)),
        *(Stroke(False, x, 80, x, 300, 2) for x in (40, 100, 380)),
    ]
    mask = column("口土三口", 32)
    grey = np.asarray(255 - mask, np.uint8)
    stacks = stacks_of([], rulings, mask, EM)
    lines, replaced = read_stacks(grey, stacks, Reader("项目名称"))
    assert "".join(r[0].text for _, r in lines) == "项目名称"
    assert [round(p.y0) for p, _ in lines] == sorted(round(p.y0) for p, _ in lines)
    assert not replaced


@pytest.mark.parametrize(
    ("confidence", "characters", "replaced"), [(0.95, 2, {0}), (0.3, 0, set())]
)
def test_a_poor_reading_leaves_the_box_as_it_was(
    confidence: float, characters: int, replaced: set[int]
) -> None:
    mask = column("口土", 30)
    stacks = stacks_of([Piece(56, 96, 86, 158)], [], mask, EM)
    grey = np.asarray(255 - mask, np.uint8)
    lines, done = read_stacks(grey, stacks, Reader("总分", confidence))
    assert (len(lines), done) == (characters, replaced)


def test_numbers_in_rows_are_no_column() -> None:
    """Boxes as high as broad, a ruling between them."""
    mask = column("口土口", 60)
    pieces = [Piece(56, 96 + 60 * i, 86, 126 + 60 * i) for i in range(3)]
    rulings = [Stroke(True, 40, 81 + 60 * i, 380, 81 + 60 * i, 2) for i in range(4)]
    rulings += [Stroke(False, x, 81, x, 261, 2) for x in (40, 380)]
    assert stacks_of(pieces, rulings, mask, EM) == []


def test_specks_are_no_characters() -> None:
    mask = np.zeros((1000, 400), np.uint8)
    mask[100:300:9, 60:80:7] = 255
    rulings = [
        *(Stroke(True, 40, y, 380, y, 2) for y in (80, 320)),
        *(Stroke(False, x, 80, x, 320, 2) for x in (40, 100, 380)),
    ]
    assert stacks_of([], rulings, mask, EM) == []
