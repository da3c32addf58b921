"""Lines that run on beyond the black band of a copied fold, and those that end there."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.sources.scan.blots import over_blots, without_blots, without_specks
from pipeline.sources.scan.chains import chains_of
from pipeline.sources.scan.engine import Picture
from pipeline.sources.scan.strokes import Stroke, ink, strokes, with_blots

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
    seen = strokes(ink(grey), NO_TEXT)
    found = [*seen, *over_blots(seen, grey)]
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


def test_pages_without_bands_have_nothing_hidden() -> None:
    found = [Stroke(True, 10, 10, 300, 10, 2.0)]
    paper = np.full((400, 400), 255, np.uint8)
    assert over_blots(found, paper) == []
    assert without_specks(found, paper, ink(paper)) is found


def columns(
    above: list[int], below: list[int], *, borders: tuple[int, ...] = ()
) -> list[float]:
    """Where uprights run on below a level band, and lines across at ``borders``."""
    grey = np.full((1200, LONGER), 255, np.uint8)
    for x in above:
        cv2.line(grey, (x, 200), (x, min((570, *borders))), 0, 2)
    for x in below:
        cv2.line(grey, (x, 630), (x, 1000), 0, 2)
    for y in (200, *borders, 1000):
        cv2.line(grey, (100, y), (1100, y), 0, 2)
    grey[580:620] = 0
    found = over_blots(strokes(ink(grey), NO_TEXT), grey)
    return sorted(round(s.at) for s in found if not s.level)


@pytest.mark.parametrize(
    ("above", "below", "borders", "on"),
    [
        ([100, 400, 700, 1100], [100, 400, 700, 1100], (), [100, 400, 700, 1100]),
        ([100, 1100], [100, 1100], (), [100, 1100]),  # its two sides
        ([100, 300, 500, 1100], [100, 400, 700, 1100], (), [100, 1100]),
        # The row ends above the band, and another one lies under it.
        ([100, 400, 700, 1100], [100, 400, 700, 1100], (540,), [100, 1100]),
        # It ends so close to the band that none does.
        ([100, 400, 700, 1100], [100, 400, 700, 1100], (566,), [100, 400, 700, 1100]),
        ([130, 330], [160, 420], (), []),  # another table
    ],
)
def test_columns_run_on_below_a_level_band(
    above: list[int], below: list[int], borders: tuple[int, ...], on: list[int]
) -> None:
    found = columns(above, below, borders=borders)
    assert len(found) == len(on)
    assert all(abs(a - b) <= 3 for a, b in zip(found, on, strict=True))


def speckled(draw: np.random.Generator) -> Picture:
    """A band with specks on its right, the denser the nearer."""
    grey = np.full((1200, LONGER), 255, np.uint8)
    grey[:, 500:540] = 0
    density = 0.9 * np.exp(-np.arange(60) / 20)[None, :]
    grey[:, 540:600][draw.random((1200, 60)) < density] = 0
    return grey


def test_specks_beside_a_band_are_no_lines() -> None:
    grey = speckled(np.random.default_rng(3))
    dark = with_blots(ink(grey), grey)
    seen = strokes(ink(grey), NO_TEXT)
    assert len(seen) > 10
    assert len(without_specks(seen, grey, dark)) <= len(seen) / 10


@pytest.mark.parametrize("at", [560, 585])
def test_a_line_among_specks_is_one(at: int) -> None:
    grey = speckled(np.random.default_rng(3))
    cv2.line(grey, (at, 200), (at, 900), 0, 3)
    seen = strokes(ink(grey), NO_TEXT)
    kept = without_specks(seen, grey, with_blots(ink(grey), grey))
    assert any(s.length > 600 and abs(s.at - at) < 4 for s in kept)


def test_a_ruling_among_the_specks_beside_a_band_is_found() -> None:
    grey = page(ROWS, ROWS, band=None, ends=(600, 601))
    rng = np.random.default_rng(5)
    specks = rng.random((70, LONGER)) < np.linspace(0.7, 0.15, 70)[:, None]
    grey[180:250][specks] = 0
    found = chains_of(strokes(ink(grey), NO_TEXT), longer=LONGER)
    assert any(c.length > 900 and abs(c.at(600) - 225) < 3 for c in found)


def test_text_is_looked_for_without_bands_and_specks() -> None:
    grey = speckled(np.random.default_rng(3))
    cv2.putText(grey, "98", (545, 700), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 3)
    cv2.putText(grey, "7.5", (900, 700), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 3)
    grey[300, 1000] = 0
    cleaned = without_blots(grey)
    assert not (cleaned[:, 500:540] < 255).any()
    assert (cleaned[660:705, 545:600] < 100).sum() > 300
    beside = np.s_[100:600, 588:600]
    assert (cleaned[beside] < 255).sum() < (grey[beside] < 255).sum() / 3
    assert (cleaned[:, 700:] == grey[:, 700:]).all()  # specks far away stay
    paper = np.full((400, 400), 255, np.uint8)
    assert without_blots(paper) is paper


def test_specks_make_no_line_longer() -> None:
    grey = speckled(np.random.default_rng(3))
    cv2.line(grey, (100, 400), (560, 400), 0, 4)
    line = Stroke(True, 100, 400.5, 598, 400.5, 4)
    (kept,) = without_specks([line], grey, with_blots(ink(grey), grey))
    assert kept.start < 105 and 540 <= kept.end <= 572
    dashed = np.full((1200, LONGER), 255, np.uint8)
    dashed[:, 500:540] = 0
    for x in range(545, 900, 12):
        cv2.line(dashed, (x, 400), (x + 7, 400), 0, 3)
    line = Stroke(True, 545, 400, 900, 400, 3)
    (kept,) = without_specks([line], dashed, with_blots(ink(dashed), dashed))
    assert (kept.start, kept.end) == pytest.approx((545, 900), abs=8)


@pytest.mark.parametrize(
    ("dark", "specks"),
    [
        (90, 0.3),  # a desk that was photographed with the page
        (20, 0.0),  # the lid of a copier
    ],
)
def test_a_desk_and_a_lid_are_no_fold(dark: int, specks: float) -> None:
    grey = np.full((1200, LONGER), 255, np.uint8)
    grey[:, :60] = dark
    draw = np.random.default_rng(5)
    grey[:, 60:100][draw.random((1200, 40)) < specks] = dark
    cv2.putText(grey, "98", (70, 700), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 3)
    assert without_blots(grey) is grey
    seen = strokes(ink(grey), NO_TEXT)
    assert without_specks(seen, grey, ink(grey)) is seen
