"""Lines read again from a softened picture: which reading is taken."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.sources.scan.crops import Piece
from pipeline.sources.scan.engine import Char, Picture, Reading, text_of
from pipeline.sources.scan.softened import read_softened

GREY = np.full((100, 400), 255, np.uint8)
PIECE = Piece(20, 40, 120, 70)


def reading(text: str, confidence: float) -> Reading:
    return tuple(Char(c, (i + 0.5) / len(text), confidence) for i, c in enumerate(text))


class Softened:
    """An engine that says one thing of each of the two softened pictures."""

    name = "none"

    def __init__(self, *readings: Reading) -> None:
        self.readings = list(readings)
        self.asked = 0

    def detect(self, picture: Picture) -> np.ndarray:
        raise NotImplementedError

    def read(self, crops: list[Picture], *, only: str = "") -> list[Reading]:
        self.asked += len(crops)
        said = self.readings.pop(0)
        return [said] * len(crops)


@pytest.mark.parametrize(
    ("first", "once", "twice", "taken", "beside"),
    [
        (("560家", 0.86), ("360家", 0.95), ("360家", 0.99), "360家", ["560家"]),
        (("560家", 0.96), ("360家", 0.95), ("360家", 0.99), "560家", ["360家"]),
        (("560家", 0.86), ("360家", 0.95), ("380家", 0.99), "560家", []),
        (("组指标", 0.8), ("级指标", 0.95), ("级指标", 0.9), "级指标", []),
        # Points and thin strokes vanish in a softened picture.
        (("已完成，1条", 0.9), ("已完成条", 0.97), ("已完成条", 0.98), "已完成，1条", ["已完成条"]),
        (("--级", 0.6), ("一级", 0.95), ("一级", 0.99), "一级", []),
        (("12", 0.8), ("12", 0.99), ("12", 0.99), "12", []),
        (("≥98%", 0.8), ("N98%", 0.9), ("N98%", 0.9), "≥98%", []),
        (("≥", 0.3), ("M", 0.9), ("M", 0.9), "≥", []),
        (("92%", 0.8), ("92", 0.99), ("92", 0.99), "92%", []),
        (("12", 0.8), ("", 0.0), ("", 0.0), "12", []),
    ],
)  # fmt: skip
def test_what_two_softened_pictures_say_alike_is_taken(
    first: tuple[str, float],
    once: tuple[str, float],
    twice: tuple[str, float],
    taken: str,
    beside: list[str],
) -> None:
    engine = Softened(reading(*once), reading(*twice))
    lines, others = read_softened(GREY, [(PIECE, reading(*first))], engine)
    assert [text_of(r) for _, r in lines] == [taken]
    assert [o.text for o in others] == beside
    assert all((o.x, o.y) == (70, 55) for o in others)


def test_sure_lines_are_not_read_again() -> None:
    engine = Softened(reading("9", 1.0), reading("9", 1.0))
    lines = [(PIECE, reading("完成情况", 0.99))]
    assert read_softened(GREY, lines, engine) == (lines, [])
    assert engine.asked == 0


@pytest.mark.parametrize(("sure", "taken"), [(10, "8"), (30, "3")])
def test_a_rare_character_on_a_good_page_is_no_reason(sure: int, taken: str) -> None:
    engine = Softened(reading("8", 0.9), reading("8", 0.9))
    lines = [(PIECE, reading("3", 0.8)), *[(PIECE, reading("完成", 0.99))] * sure]
    found, _ = read_softened(GREY, lines, engine)
    assert text_of(found[0][1]) == taken
