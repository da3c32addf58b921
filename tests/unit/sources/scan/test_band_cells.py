"""Cells beside the black band of a copied fold, whose border it hides."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.sources.scan.band_cells import cell_borders
from pipeline.sources.scan.strokes import Stroke

BAND = (480, 530)
ROWS = [100, 160, 225, 300, 380]
Boxes = tuple[tuple[int, int, int, int], ...]


def grey() -> np.ndarray:
    page = np.full((700, 1600), 255, np.uint8)
    page[:, BAND[0] : BAND[1]] = 0
    return page


def level(rows: list[int]) -> tuple[list[Stroke], list[Stroke]]:
    """Lines across the band, and the pieces of them in it."""
    hidden = [Stroke(True, *(BAND[0], y), *(BAND[1], y), 3) for y in rows]
    sides = [Stroke(True, 100, y, BAND[0], y, 3) for y in rows]
    sides += [Stroke(True, BAND[1], y, 1100, y, 3) for y in rows]
    return [*sides, *hidden], hidden


def sides(*more: int) -> list[Stroke]:
    return [Stroke(False, x, 100, x, 380, 3) for x in (100, 1100, *more)]


def quads(boxes: Boxes) -> np.ndarray:
    return np.array(
        [[[a, b], [c, b], [c, d], [a, d]] for a, b, c, d in boxes], dtype=float
    ).reshape(-1, 4, 2)


def borders(boxes: Boxes, *, more: tuple[int, ...] = ()) -> list[tuple[int, int]]:
    """Top and bottom of the uprights that are added."""
    lines, hidden = level(ROWS)
    found = cell_borders(hidden, [*lines, *sides(*more)], quads(boxes), grey())
    assert all(abs(s.at - 504) < 3 for s in found if not s.level)
    return [(round(s.start), round(s.end)) for s in found if not s.level]


def in_row(top: int, *spans: tuple[int, int]) -> Boxes:
    return tuple((a, top + 20, b, top + 45) for a, b in spans)


@pytest.mark.parametrize(
    ("spans", "parted"),
    [
        (((200, 400), (540, 700)), True),
        (((200, 478), (600, 700)), True),
        (((200, 478), (532, 700)), False),  # a text that runs on
        (((200, 700),), False),  # one that is found as a whole
        (((200, 400),), False),
        (((700, 800),), False),
    ],
)
def test_texts_that_keep_away_from_a_band_are_two_cells(
    spans: tuple[tuple[int, int], ...], parted: bool
) -> None:
    assert borders(in_row(160, *spans)) == [(160, 225)] * parted


def test_a_table_without_uprights_gets_none() -> None:
    lines, hidden = level(ROWS)
    texts = quads(in_row(160, (200, 400), (600, 700)))
    assert cell_borders(hidden, lines, texts, grey()) == []


def test_a_border_that_shows_among_the_specks_is_enough() -> None:
    assert borders(in_row(160, (200, 400), (600, 700)), more=(560,)) == []


def test_specks_are_no_wall() -> None:
    lines, hidden = level(ROWS)
    speck = Stroke(False, 560, 150, 560, 205, 1)
    texts = quads(in_row(160, (200, 400), (600, 700)))
    found = cell_borders(hidden, [*lines, *sides(), speck], texts, grey())
    assert [round(s.start) for s in found if not s.level] == [160]


def test_a_long_text_follows_the_rows_above_and_below_it() -> None:
    away = ((200, 400), (600, 700))
    rows = (*in_row(100, *away), *in_row(225, *away))
    long = in_row(160, (200, 478), (532, 700))
    assert borders((*rows, *long)) == [(100, 160), (160, 225), (225, 300)]
    assert borders((*in_row(100, *away), *long)) == [(100, 160)]


@pytest.mark.parametrize(
    ("left", "right", "parted"),
    [
        (range(5), range(5), False),  # sentences that run on
        (range(5), range(2, 5), True),  # another cell, its text lower
        (range(5), range(3), True),  # another cell, its text shorter
        (range(5), range(4), False),  # the last line may end anywhere
        (range(2), range(1, 2), False),
    ],
)
def test_full_lines_without_any_beyond_the_band_are_another_cell(
    left: range, right: range, parted: bool
) -> None:
    rows = [100, 300, 380]
    hidden = [Stroke(True, *(BAND[0], y), *(BAND[1], y), 3) for y in rows]
    lines = [Stroke(True, 100, y, 1100, y, 3) for y in rows]
    boxes = tuple((120, 110 + 35 * i, 478, 135 + 35 * i) for i in left)
    boxes += tuple((532, 110 + 35 * i, 1000, 135 + 35 * i) for i in right)
    found = cell_borders(hidden, [*lines, *sides()], quads(boxes), grey())
    assert [(round(s.start), round(s.end)) for s in found] == [(100, 300)] * parted


@pytest.mark.parametrize(
    ("upright", "closed"),
    [(550, True), (None, False), (800, False)],  # the last is no border of the row
)
def test_a_line_that_ends_at_a_band_goes_on_to_the_border_beside_it(
    upright: int | None, closed: bool
) -> None:
    lines, hidden = level([100, 225, 380])
    lost = Stroke(True, 100, 160, 478, 160, 3)
    walls = sides(*(() if upright is None else (upright,)))
    texts = quads(in_row(300, (200, 300)))
    found = cell_borders(hidden, [*lines, lost, *walls], texts, grey())
    added = [(round(s.start), round(s.end)) for s in found if s.level]
    assert added == [(478, 550)] * closed


def test_a_page_without_bands_gets_nothing() -> None:
    lines, hidden = level(ROWS)
    paper = np.full((700, 1600), 255, np.uint8)
    texts = quads(in_row(160, (200, 400), (600, 700)))
    assert cell_borders(hidden, [*lines, *sides()], texts, paper) == []


@pytest.mark.parametrize(
    ("ending", "starting", "borders"),
    [
        ((), (300, 500), [(100, 700)]),  # a header below sentences
        ((300, 500), (), [(100, 700)]),  # sentences below a row of numbers
        ((), (300, 500, 900), [(100, 700)]),
        ((), (300,), []),  # it may be a streak
        ((), (), []),
    ],
)
def test_columns_that_end_in_a_level_band_end_at_a_border(
    ending: tuple[int, ...],
    starting: tuple[int, ...],
    borders: list[tuple[int, int]],
) -> None:
    page = np.full((1000, 1600), 255, np.uint8)
    page[480:520] = 0
    rulings = [Stroke(True, 100, y, 1100, y, 3) for y in (200, 800)]
    rulings += [Stroke(False, x, 200, x, 800, 3) for x in (100, 700, 1100)]
    rulings += [Stroke(False, x, 200, x, 470, 3) for x in ending]
    rulings += [Stroke(False, x, 530, x, 800, 3) for x in starting]
    found = cell_borders([], rulings, quads(in_row(300, (120, 400))), page)
    added = [s for s in found if s.level]
    assert [(s.start, s.end) for s in added] == borders
    assert all(480 <= s.at <= 520 for s in added)
    ends = [x for x in (*ending, *starting) if borders and x < 700]
    assert sorted(round(s.at) for s in found if not s.level) == ends
