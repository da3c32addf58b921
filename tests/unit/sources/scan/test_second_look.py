from __future__ import annotations

import numpy as np
import pytest

from pipeline.sources.pdf_page import OtherReading, PageContent, Ruling
from pipeline.sources.pdf_table import PageTable, page_blocks
from pipeline.sources.scan import page as scan_page
from pipeline.sources.scan.crops import Piece
from pipeline.sources.scan.engine import Char, Picture, Reading, text_of
from pipeline.sources.scan.second_look import second_look
from pipeline.sources.scan.strokes import Stroke

GREY = np.full((700, 500), 255, np.uint8)
RULINGS = [
    *(Stroke(True, 50, y, 450, y, 2) for y in range(50, 651, 100)),
    *(Stroke(False, x, 50, x, 650, 2) for x in (50, 250, 450)),
]


class Again:
    """An engine whose second reading of every crop is the same."""

    name = "none"

    def __init__(self, text: str, confidence: float) -> None:
        self.reading = read(text, confidence)
        self.asked: list[tuple[int, str]] = []

    def detect(self, picture: Picture) -> np.ndarray:
        raise NotImplementedError

    def read(self, crops: list[Picture], *, only: str = "") -> list[Reading]:
        self.asked.append((len(crops), only))
        return [self.reading] * len(crops)


def read(text: str, confidence: float = 0.99) -> Reading:
    return tuple(Char(c, (i + 0.5) / len(text), confidence) for i, c in enumerate(text))


def column(*texts: str, confidence: float = 0.99) -> list[tuple[Piece, Reading]]:
    return [
        (Piece(80, 85 + 100 * i, 140, 115 + 100 * i), read(text, confidence))
        for i, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("texts", "again", "confidence", "taken"),
    [
        (("10", "8.5", "9", "l0", "7"), "10", 0.7, "10"),
        (("10", "8.5", "9", "l0", "7"), "10", 0.2, "l0"),  # not sure enough
        (("10", "8.5", "9", "l0", "7"), "1o", 0.9, "l0"),  # no number either
        (("10", "8.5", "9", "合计", "7"), "4", 0.9, "合计"),  # a word, not misread
        (("10", "8.5", "9", "2023年完成全部任务", "7"), "4", 0.9, "2023年完成全部任务"),
        (("≥", "≥", "=", "M", "≤"), "≤", 0.1, "≤"),
        (("定性", "≥", "甲", "M", "乙丙"), "≤", 0.9, "M"),  # a mixed column
        (("10", "l0", "9"), "10", 0.9, "l0"),  # too short a column
    ],
)
def test_what_contradicts_its_column_is_read_again(
    texts: tuple[str, ...], again: str, confidence: float, taken: str
) -> None:
    engine = Again(again, confidence)
    lines, others = second_look(GREY, RULINGS, column(*texts), engine)
    index = 3 if len(texts) > 3 else 1
    found = [text_of(reading) for _, reading in lines]
    assert found == [*texts[:index], taken, *texts[index + 1 :]]
    if taken != texts[index]:
        assert [(o.text, o.y) for o in others] == [(texts[index], 100 + 100 * index)]


def test_a_doubtful_number_keeps_the_surer_reading() -> None:
    lines = column("10", "8", "9", "7", "6")
    lines[2] = (lines[2][0], read("3", 0.5))
    better, others = second_look(GREY, RULINGS, lines, Again("8", 0.6))
    assert text_of(better[2][1]) == "8"
    assert [o.text for o in others] == ["3"]
    kept, others = second_look(GREY, RULINGS, lines, Again("8", 0.4))
    assert text_of(kept[2][1]) == "3"
    assert [o.text for o in others] == ["8"]


def test_the_other_reading_stands_in_its_cell() -> None:
    content = PageContent(
        500,
        700,
        rulings=[Ruling(s.level, s.at, s.start, s.end) for s in RULINGS],
        others=[OtherReading(100, 400, "l0")],
    )
    content.glyphs = scan_page.glyphs_of(column("10", "8", "9", "10", "7"), 1.0)
    (table,) = page_blocks(content, page=1).blocks
    assert isinstance(table, PageTable)
    cells = {c.row: c for c in table.finish().cells if c.column == 0}
    assert (cells[3].text, cells[3].alternatives) == ("10", ("l0",))
    assert cells[2].alternatives == ()


class Answers(Again):
    """An engine whose second reading depends on how wide the crop is."""

    def __init__(self, by_width: dict[int, Reading], confidence: float = 0.9) -> None:
        super().__init__("", confidence)
        self.by_width = by_width

    def read(self, crops: list[Picture], *, only: str = "") -> list[Reading]:
        self.asked.append((len(crops), only))
        widths = [min(self.by_width, key=lambda w: abs(w - c.shape[1])) for c in crops]
        return [self.by_width[width] for width in widths]


def table(
    weights: list[str], scores: list[str], odd: int = -1
) -> list[tuple[Piece, Reading]]:
    """Two columns under their headers; the odd weight's line is wider."""
    lines = []
    for x, head, texts in ((80, "分值", weights), (280, "得分", scores)):
        for i, text in enumerate([head, *texts]):
            width = 120 if x == 80 and i == odd + 1 else 60
            piece = Piece(x, 85 + 100 * i, x + width, 115 + 100 * i)
            lines.append((piece, read(text)))
    return lines


@pytest.mark.parametrize(
    ("again", "taken"),
    [
        ("40", "40"),  # 40 + 20 + 20 + 10 is what the weights of indicators are
        ("25", "10"),  # adds up no better
        ("4O", "10"),
    ],
)
def test_weights_that_do_not_add_up_are_read_again(again: str, taken: str) -> None:
    lines = table(["20", "10", "20", "10"], ["19", "9", "20", "10"], odd=1)
    engine = Answers({60: (), 120: read(again, 0.9)})
    better, others = second_look(GREY, RULINGS, lines, engine)
    texts = [text_of(reading) for _, reading in better]
    assert texts[:5] == ["分值", "20", taken, "20", "10"]
    assert [o.text for o in others] == (["10"] if taken != "10" else [])


def test_a_score_above_its_weight_is_read_again() -> None:
    lines = table(["20", "40", "20", "10"], ["19", "35", "20", "70"])
    better, others = second_look(GREY, RULINGS, lines, Answers({60: read("10", 0.9)}))
    assert [text_of(reading) for _, reading in better][5:] == [
        "得分",
        "19",
        "35",
        "20",
        "10",
    ]
    assert [o.text for o in others] == ["70"]


def test_what_may_be_printed_so_is_kept() -> None:
    lines = table(["20", "40", "20", "10"], ["19", "35", "20", "11"], odd=3)
    engine = Answers({60: read("11", 0.9), 120: read("10", 0.9)})
    better, others = second_look(GREY, RULINGS, lines, engine)
    assert better == lines
    assert not others


@pytest.mark.parametrize(
    ("total", "again", "taken"),
    [
        ("39", "99", "99"),  # 19 + 35 + 20 + 15, and 10 of the funds
        ("89", "99", "89"),  # right as it is
        ("39", "49", "39"),
    ],
)
def test_scores_that_do_not_add_up_to_the_total_are_read_again(
    total: str, again: str, taken: str
) -> None:
    lines = table(["20", "40", "20", "20", "总分"], ["19", "35", "20", "15", total])
    lines[-1] = (Piece(280, 585, 400, 615), lines[-1][1])
    engine = Answers({60: (), 120: read(again, 0.9)})
    better, others = second_look(GREY, RULINGS, lines, engine)
    assert text_of(better[-1][1]) == taken
    assert [o.text for o in others] == ([total] if taken != total else [])


def test_sums_that_are_right_are_not_asked_about() -> None:
    lines = table(["20", "40", "20", "10"], ["19", "35", "20", "10"])
    engine = Answers({60: read("11", 0.9)})
    assert second_look(GREY, RULINGS, lines, engine)[0] == lines
    assert not [asked for asked in engine.asked if asked[0]]
