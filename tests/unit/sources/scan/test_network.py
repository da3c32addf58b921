"""Which lines of a drawn page are rulings, and which pieces of them were missed."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from pipeline.sources.scan.bridges import bridged
from pipeline.sources.scan.chains import Chain, chains_of
from pipeline.sources.scan.engine import Picture
from pipeline.sources.scan.line_ink import Seen
from pipeline.sources.scan.network import table_lines
from pipeline.sources.scan.rulings import rulings_of
from pipeline.sources.scan.strokes import SHORTEST_SHARE, Stroke, ink, strokes

LONGER = 1200
EDGES = [100, 220, 340, 460, 580]


def form(*, outer: bool = True) -> Picture:
    """Four by four cells with a text in each, on paper of 680 by 1200."""
    page = np.full((LONGER, 680), 255, np.uint8)
    for at in EDGES if outer else EDGES[1:-1]:
        cv2.line(page, (100, at), (580, at), 0, 2)
        cv2.line(page, (at, 100), (at, 580), 0, 2)
    for x0, y0, x1, y1 in boxes():
        for x in range(x0 + 4, x1 - 12, 24):
            cv2.rectangle(page, (x, y0 + 8), (x + 10, y1 - 8), 0, 2)
            cv2.line(page, (x, (y0 + y1) // 2), (x + 10, (y0 + y1) // 2), 0, 2)
    return page


def boxes() -> list[tuple[int, int, int, int]]:
    return [(x + 20, y + 45, x + 100, y + 75) for x in EDGES[:-1] for y in EDGES[:-1]]


def quads() -> np.ndarray:
    return np.array(
        [[[a, b], [c, b], [c, d], [a, d]] for a, b, c, d in boxes()], dtype=float
    )


def lines_of(page: Picture) -> tuple[list[int], list[int]]:
    """Places of the level and upright lines that are rulings."""
    mask, texts = ink(page), quads()
    free = rulings_of(
        strokes(mask, texts), texts, longer=LONGER, shortest=SHORTEST_SHARE * LONGER
    )
    found = chains_of(table_lines(free, texts, page, mask)[0], longer=LONGER)
    return tuple(
        sorted(round(c.at((c.start + c.end) / 2)) for c in found if c.level is level)
        for level in (True, False)
    )  # type: ignore[return-value]


def near(found: list[int], wanted: list[int]) -> bool:
    return len(found) == len(wanted) and all(
        abs(a - b) <= 3 for a, b in zip(found, wanted, strict=True)
    )


def folded(page: Picture, at: int, *, level: bool) -> Picture:
    """A soft shadow on one side of a line over the whole page."""
    lying = page if level else page.T
    away = np.arange(lying.shape[0]) - at
    shade = np.where(away > 0, 0.4, 0.1) * np.exp(-np.abs(away) / 50)
    worn = lying * (1 - shade)[:, None]
    return np.ascontiguousarray((worn if level else worn.T).astype(np.uint8))


def streaked(page: Picture, at: int, start: int, end: int, grey: int = 0) -> Picture:
    worn = page.copy()
    worn[start:end, at : at + 2] = np.minimum(worn[start:end, at : at + 2], grey)
    return worn


@pytest.mark.parametrize(
    ("name", "worn"),
    [
        ("nothing", lambda page: page),
        ("a fold across", lambda page: folded(page, 270, level=True)),
        ("a fold down", lambda page: folded(page, 290, level=False)),
        ("a fold beside a ruling", lambda page: folded(page, 344, level=True)),
        ("a streak down the page", lambda page: streaked(page, 150, 0, LONGER)),
        ("a streak that begins anywhere", lambda page: streaked(page, 567, 250, 430)),
        ("a pale streak", lambda page: streaked(page, 320, 250, 430, 170)),
        ("a streak above the table", lambda page: streaked(page, 290, 0, 60)),
        (
            "slashes one above the other",
            lambda page: cv2.line(page, (325, 230), (340, 450), 0, 2),
        ),
        (
            "a line under a title",
            lambda page: cv2.line(page, (250, 60), (440, 60), 0, 2),
        ),
    ],
)
def test_only_rulings_are_lines(name: str, worn: Callable[[Picture], Picture]) -> None:
    level, upright = lines_of(np.asarray(worn(form()), np.uint8))
    assert near(level, EDGES), (name, level)
    assert near(upright, EDGES), (name, upright)


@pytest.mark.parametrize("start", [0, 100])
def test_a_streak_over_a_border_is_one_only_where_it_is_printed(start: int) -> None:
    """It lies on a column edge of three rows, and runs through a text in the others."""
    page = form()
    for top, bottom in ((100, 220), (340, 580)):
        page[top + 3 : bottom - 2, 338:343] = 255
        page[top + 45 : top + 75, 320:362] = 0
        page[top + 50 : top + 70, 336:346] = 255
    page = streaked(page, 339, start, LONGER if not start else 580)
    texts = [
        *(b for b in boxes() if b[0] not in (240, 360) or 220 <= b[1] < 340),
        *((260, y + 45, 440, y + 75) for y in (100, 340, 460)),
    ]
    mask, found = ink(page), np.array(texts, dtype=float)
    corners = found[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2)
    free = rulings_of(
        strokes(mask, corners), corners, longer=LONGER, shortest=SHORTEST_SHARE * LONGER
    )
    kept, streaks = table_lines(free, corners, page, mask)
    on_streak = [s for s in kept if not s.level and abs(s.at - 340) < 4]
    assert not any(s.start < 215 or s.end > 345 for s in on_streak)
    assert streaks
    more = bridged(kept, corners, mask, streaks=streaks)
    assert not [s for s in more if not s.level and abs(s.at - 340) < 4 and s.end > 350]


def test_a_table_without_border_keeps_its_lines() -> None:
    level, upright = lines_of(form(outer=False))
    assert near(level, EDGES[1:-1])
    assert near(upright, EDGES[1:-1])


def test_a_ruling_with_a_gap_in_it_stays() -> None:
    page = form()
    page[250:290, 215:226] = 255
    level, upright = lines_of(page)
    assert near(level, EDGES)
    assert set(EDGES) == {min(EDGES, key=lambda e: abs(e - at)) for at in upright}


def test_a_fold_along_a_ruling_leaves_the_ruling() -> None:
    """The stroke of both reaches over the page; the table's part is kept."""
    page = folded(form(), 341, level=True)
    page[339:343, :] = np.minimum(page[339:343, :], 190)
    level, _ = lines_of(page)
    assert near(level, EDGES)


def frame() -> list[Stroke]:
    """Rows of 60 pixels, and an upright at 300 that was lost in the second row."""
    level = [Stroke(True, 100, y, 500, y, 3) for y in (100, 160, 220, 280)]
    sides = [Stroke(False, x, 100, x, 280, 3) for x in (100, 500)]
    pieces = [
        Stroke(False, 300, 100, 300, 160, 3),
        Stroke(False, 300, 220, 300, 280, 3),
    ]
    return [*level, *sides, *pieces]


def drawn(dash: tuple[int, int] | None, *, text: bool) -> Picture:
    page = np.full((LONGER, 600), 255, np.uint8)
    for s in frame():
        cv2.line(page, (int(s.x0), int(s.y0)), (int(s.x1), int(s.y1)), 0, 3)
    if dash is not None:
        for y in range(160, 220, sum(dash)):
            cv2.line(page, (300, y), (300, y + dash[0] - 1), 0, 2)
    if text:
        for x in range(180, 420, 26):
            cv2.rectangle(page, (x, 172), (x + 20, 206), 0, 3)
            cv2.line(page, (x, 189), (x + 20, 189), 0, 3)
    return page


@pytest.mark.parametrize(
    ("dash", "text", "restored"),
    [
        ((60, 1), False, True),  # solid
        ((8, 4), False, True),  # dashed
        ((3, 4), False, True),  # dotted
        ((4, 16), False, False),  # specks
        (None, False, False),  # a merged cell
        (None, True, False),  # a merged cell whose text runs there
    ],
)
def test_missing_pieces_are_asked_of_the_picture(
    dash: tuple[int, int] | None, text: bool, restored: bool
) -> None:
    page = drawn(dash, text=text)
    box = np.array([[[176.0, 166], [424, 166], [424, 212], [176, 212]]])
    texts = box if text else np.zeros((0, 4, 2))
    found = bridged(frame(), texts, ink(page))
    added = [s for s in found[len(frame()) :] if not s.level]
    assert bool(added) is restored
    assert all(abs(s.at - 300) < 2 and 158 < s.start < s.end < 222 for s in added)


def test_chains_join_what_lies_on_one_line() -> None:
    found = chains_of(
        [
            Stroke(True, 0, 10, 100, 11, 2),
            Stroke(True, 105, 11, 200, 12, 2),
            Stroke(True, 105, 40, 200, 40, 2),  # another line
            Stroke(True, 400, 13, 500, 13, 2),  # too far away
        ],
        longer=LONGER,
    )
    assert sorted((c.start, c.end) for c in found) == [(0, 200), (105, 200), (400, 500)]


def test_noise_makes_no_lines_and_takes_none() -> None:
    page = form()
    draw = np.random.default_rng(7)
    at = draw.integers((0, 0), (LONGER - 40, 600), (2000, 2))
    lying = [Stroke(True, x, y, x + 20, y, 1) for y, x in at[:1000].tolist()]
    upright = [Stroke(False, x, y, x, y + 20, 1) for y, x in at[1000:].tolist()]
    mask, texts = ink(page), quads()
    real = strokes(mask, texts)
    kept, _ = table_lines([*lying, *upright, *real], texts, page, mask)
    found = chains_of([s for s in kept if s.length > 100], longer=LONGER)
    assert {round(c.at(300)) for c in found} == {
        round(c.at(300)) for c in chains_of(real, longer=LONGER) if c.length > 100
    }
    assert sum(s.length <= 20 for s in kept) < 20


@pytest.mark.parametrize("lead", [0, 4, -4, 14])
def test_a_line_goes_on_beyond_one_that_it_meets(lead: int) -> None:
    """Also where bent paper leads it a little up or down, but not to another line."""
    sides = [Stroke(False, x, 100, x, 280, 3) for x in (100, 300, 500)]
    level = [Stroke(True, 100, y, 500, y, 3) for y in (100, 280)]
    half = Stroke(True, 100, 190, 300, 190, 3)
    page = np.full((LONGER, 600), 255, np.uint8)
    for s in (*sides, *level, half):
        cv2.line(page, (int(s.x0), int(s.y0)), (int(s.x1), int(s.y1)), 0, 3)
    cv2.line(page, (300, 190), (500, 190 + lead), 0, 3)
    found = bridged([*sides, *level, half], np.zeros((0, 4, 2)), ink(page))
    added = [s for s in found[6:] if s.level and s.start > 290]
    assert bool(added) is (abs(lead) <= 6)
    assert all(abs(s.y1 - 190 - lead) <= 4 for s in added)


def test_a_line_among_specks_is_one_and_ends_at_its_table() -> None:
    """Specks of a copied fold on both sides of it, and beyond its ends."""
    page = form()
    draw = np.random.default_rng(2)
    area = page[325:355, :]
    area[draw.random(area.shape) < 0.45] = 0
    level, _ = lines_of(page)
    assert near(level, EDGES)
    mask, texts = ink(page), quads()
    free = rulings_of(
        strokes(mask, texts), texts, longer=LONGER, shortest=SHORTEST_SHARE * LONGER
    )
    found = [s for s in table_lines(free, texts, page, mask)[0] if s.level]
    assert all(s.start >= 94 and s.end <= 586 for s in found)


def test_a_piece_among_specks_is_found() -> None:
    page = drawn((60, 1), text=False)
    draw = np.random.default_rng(4)
    area = page[162:218, 280:320]
    area[draw.random(area.shape) < 0.4] = 0
    found = bridged(frame(), np.zeros((0, 4, 2)), ink(page))
    assert [s for s in found[len(frame()) :] if not s.level]
    page[162:218, 298:303] = page[162:218, 290:295]
    found = bridged(frame(), np.zeros((0, 4, 2)), ink(page))
    assert not [s for s in found[len(frame()) :] if not s.level]


def test_what_was_seen_to_be_a_streak_is_not_bridged() -> None:
    page = drawn((60, 1), text=False)
    streak = Stroke(False, 300, 158, 300, 222, 2)
    found = bridged(frame(), np.zeros((0, 4, 2)), ink(page), streaks=[streak])
    assert len(found) == len(frame())


@pytest.mark.parametrize(("start", "end"), [(0, 580), (100, LONGER), (0, LONGER)])
def test_a_streak_along_a_border_ends_with_the_table(start: int, end: int) -> None:
    page = streaked(form(), 339, start, end)
    mask, texts = ink(page), quads()
    free = rulings_of(
        strokes(mask, texts), texts, longer=LONGER, shortest=SHORTEST_SHARE * LONGER
    )
    found = [s for s in table_lines(free, texts, page, mask)[0] if not s.level]
    assert all(s.start >= 90 and s.end <= 590 for s in found)
    assert any(abs(s.at - 340) < 4 for s in found)


def upright_at(page: Picture, texts: np.ndarray, at: int) -> tuple[float, float]:
    """From where to where an upright is taken for a ruling."""
    mask = ink(page)
    free = rulings_of(
        strokes(mask, texts), texts, longer=LONGER, shortest=SHORTEST_SHARE * LONGER
    )
    found = [s for s in table_lines(free, texts, page, mask)[0] if not s.level]
    mine = [s for s in found if abs(s.at - at) < 4]
    return min(s.start for s in mine), max(s.end for s in mine)


def test_an_upright_whose_last_piece_was_not_found_stays() -> None:
    page = form()
    page[525:575, 335:346] = 255
    assert upright_at(page, quads(), 340) == pytest.approx((100, 525), abs=5)


def test_the_open_first_row_of_a_table_without_border_keeps_its_upright() -> None:
    page = form()
    cv2.line(page, (340, 60), (340, 100), 0, 2)
    row = np.array([[[x, 66], [x + 90, 66], [x + 90, 92], [x, 92]] for x in (230, 360)])
    beside = np.concatenate([quads(), row.astype(float)])
    assert upright_at(page, beside, 340) == pytest.approx((60, 580), abs=5)
    assert upright_at(page, quads(), 340) == pytest.approx((100, 580), abs=5)


@pytest.mark.parametrize(("end", "rough"), [(330, True), (500, False)])
def test_only_a_long_line_stands_out_between_strokes(end: int, rough: bool) -> None:
    """A short one is as much a stroke of a character as those beside it."""
    mask = np.zeros((LONGER, 600), np.uint8)
    mask[300:end, 299:302] = 255
    draw = np.random.default_rng(6)
    area = mask[:, 288:298], mask[:, 303:313]
    for part in area:
        part[draw.random(part.shape) < 0.45] = 255
    seen = Seen(255 - mask, mask)
    chain = Chain((Stroke(False, 300, 300, 300, end - 1, 3),))
    assert seen.is_rough(chain) is rough
    assert seen.stands_out(chain) is not rough
