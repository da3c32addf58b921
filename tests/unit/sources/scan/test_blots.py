"""Lines that run on beyond the black band of a copied fold, and those that end there."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.sources.scan.blots import over_blots
from pipeline.sources.scan.chains import chains_of
from pipeline.sources.scan.engine import Picture
from pipeline.sources.scan.strokes import Stroke, ink, strokes

LONGER = 1600
ROWS = [100, 160, 225, 300, 380]
NO_TEXT = np.zeros((0, 4, 2))


def page(
    left: list[int],
    right: list[int],
    *,
    band: tuple[int, int] | None = (480, 530),
    ends: tuple[int, int] = (490, 520),
) -> Picture:
    """Lines from the left to ``ends`` and on from there, and a band over them."""
    grey = np.full((500, LONGER), 255, np.uint8)
    for y in left:
        cv2.line(grey, (100, y), (ends[0], y), 0, 2)
    for y in right:
        cv2.line(grey, (ends[1], y), (1100, y), 0, 2)
    if band is not None:
        grey[:, band[0] : band[1]] = 0
    return grey


def whole(grey: Picture) -> int:
    """How many chains run from one side to the other."""
    found = over_blots(strokes(ink(grey), NO_TEXT), NO_TEXT, grey)
    chains = chains_of((s for s in found if s.level), longer=LONGER)
    return sum(c.start < 150 and c.end > 1050 for c in chains)


@pytest.mark.parametrize(
    ("grey", "count"),
    [
        (page(ROWS, ROWS), 5),
        (page(ROWS, [y + 3 for y in ROWS]), 5),  # the paper is bent a little
        (page(ROWS, ROWS[1:]), 4),  # one is lost on a side
        (page([*ROWS, 106, 306], [*ROWS, 106, 306]), 7),  # double rules
        (page(ROWS, [130, 190, 260, 340]), 0),  # two tables, other rows
        (page(ROWS, [100, 190, 260, 340]), 0),  # their tops at one height
        (page(ROWS, ROWS, band=None, ends=(480, 530)), 0),  # paper between them
        (page(ROWS, ROWS, ends=(380, 630)), 0),  # a dark gutter between two pages
    ],
)
def test_lines_run_on_beyond_a_black_band(grey: Picture, count: int) -> None:
    assert whole(grey) == count


def test_pages_without_bands_keep_their_strokes() -> None:
    found = [Stroke(True, 10, 10, 300, 10, 2.0)]
    assert over_blots(found, NO_TEXT, np.full((400, 400), 255, np.uint8)) is found


@pytest.mark.parametrize(
    ("cells", "parted"),
    [
        (((200, 400), (540, 700)), True),
        (((200, 478), (600, 700)), True),
        (((200, 478), (532, 700)), False),  # a text that runs on
        (((200, 700),), False),  # one that is found as a whole
        (((200, 400),), False),
        ((), False),
    ],
)
def test_texts_that_keep_away_from_a_band_are_two_cells(
    cells: tuple[tuple[int, int], ...], parted: bool
) -> None:
    grey = page(ROWS, ROWS)
    for x in (100, 1100):
        cv2.line(grey, (x, 100), (x, 380), 0, 2)
    texts = np.array(
        [[[a, 180], [b, 180], [b, 205], [a, 205]] for a, b in cells], dtype=float
    ).reshape(-1, 4, 2)
    found = over_blots(strokes(ink(grey), NO_TEXT), texts, grey)
    uprights = [s for s in found if not s.level and 480 < s.at < 530]
    assert [round(s.at) for s in uprights] == [504] * parted


def test_a_table_without_uprights_gets_none() -> None:
    grey = page(ROWS, ROWS)
    texts = np.array(
        [[[a, 180], [b, 180], [b, 205], [a, 205]] for a, b in ((200, 400), (600, 700))],
        dtype=float,
    )
    found = over_blots(strokes(ink(grey), NO_TEXT), texts, grey)
    assert all(s.level for s in found)


def test_a_ruling_among_the_specks_beside_a_band_is_found() -> None:
    grey = page(ROWS, ROWS, band=None, ends=(600, 601))
    rng = np.random.default_rng(5)
    specks = rng.random((70, LONGER)) < np.linspace(0.7, 0.15, 70)[:, None]
    grey[180:250][specks] = 0
    found = chains_of(strokes(ink(grey), NO_TEXT), longer=LONGER)
    assert any(c.length > 900 and abs(c.at(600) - 225) < 3 for c in found)
