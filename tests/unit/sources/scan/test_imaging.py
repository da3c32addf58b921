"""Light, lines and geometry on drawn arrays; nothing is recognised here."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.core.provenance import BBox
from pipeline.sources.scan import flatten, light, orient
from pipeline.sources.scan.crops import Piece, pieces_of
from pipeline.sources.scan.engine import Char, Picture, Reading
from pipeline.sources.scan.geometry import moved, placement, rotation
from pipeline.sources.scan.lone_marks import lone_marks
from pipeline.sources.scan.page import flattened
from pipeline.sources.scan.rulings import rulings_of
from pipeline.sources.scan.strokes import SHORTEST_SHARE, Stroke, ink, strokes

NOTHING = np.zeros((0, 4, 2))


def paper(height: int = 1200, width: int = 900, level: int = 255) -> Picture:
    return np.full((height, width), level, np.uint8)


def quad(x0: float, y0: float, x1: float, y1: float) -> np.ndarray:
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=float)


def table(step: int = 200, *, dash: int = 0, thick: int = 2) -> Picture:
    """Four by four cells from (50, 50)."""
    page = paper()
    end = 50 + 4 * step
    for at in range(50, end + 1, step):
        cv2.line(page, (50, at), (end, at), 0, thick)
        cv2.line(page, (at, 50), (at, end), 0, thick)
    if dash:
        for start in range(50, end, 2 * dash):
            page[:, start : start + dash // 2] = 255
            page[start : start + dash // 2, :] = 255
    return page


def positions(
    page: Picture, texts: np.ndarray = NOTHING
) -> tuple[list[int], list[int]]:
    found = rulings_of(
        strokes(ink(page), texts), texts, longer=1200, shortest=SHORTEST_SHARE * 1200
    )
    level = sorted({round(s.at) for s in found if s.level and s.length > 300})
    upright = sorted({round(s.at) for s in found if not s.level and s.length > 300})
    return level, upright


def near(found: list[int], wanted: list[int]) -> bool:
    return len(found) == len(wanted) and all(
        abs(a - b) <= 2 for a, b in zip(found, wanted, strict=True)
    )


@pytest.mark.parametrize(
    "page",
    [table(), table(dash=4), table(thick=4)],
    ids=["solid", "dashed", "thick"],
)
def test_rulings_are_found_where_they_are(page: Picture) -> None:
    wanted = [50, 250, 450, 650, 850]
    level, upright = positions(page)
    assert near(level, wanted)
    assert near(upright, wanted)


def test_uneven_light_and_a_black_edge_change_nothing() -> None:
    page = table().astype(float) * np.linspace(0.45, 1, 900)[None, :]
    page[:, :30] = 10
    level, upright = positions(page.astype(np.uint8))
    assert near(level, [50, 250, 450, 650, 850])
    assert near(upright, [50, 250, 450, 650, 850])


def test_strokes_of_characters_are_no_rulings() -> None:
    page = paper()
    cv2.line(page, (320, 300), (320, 340), 0, 3)
    cv2.line(page, (300, 320), (360, 320), 0, 3)
    text = quad(280, 290, 500, 350)[None]
    assert positions(page, text) == ([], [])
    assert not rulings_of(
        strokes(ink(page), text), text, longer=1200, shortest=SHORTEST_SHARE * 1200
    )


def test_a_text_over_two_cells_is_parted_at_the_ruling() -> None:
    page = table()
    page[330:370, 150:350:6] = 0
    text = quad(140, 325, 360, 375)[None]
    rulings = rulings_of(strokes(ink(page), text), text, longer=1200, shortest=13)
    pieces = pieces_of(text, rulings, ink(page))
    (left, right) = pieces
    assert (left.x0, right.x1) == (140, 360)
    assert 244 < left.x1 < 249 < 251 < right.x0 < 256


@pytest.mark.parametrize("degrees", [-3, 1.3, 3])
def test_skew_is_taken_out(degrees: float) -> None:
    angle = np.radians(degrees)
    texts = np.stack(
        [moved(quad(100, y, 700, y + 30), rotation(angle)) for y in range(100, 900, 90)]
    )
    axes, weights = flatten.text_axes(texts)
    assert np.degrees(flatten.skew(axes, weights)) == pytest.approx(degrees, abs=0.01)


def test_perspective_is_taken_out() -> None:
    corners = np.array([[40, 60], [860, 20], [880, 1170], [15, 1120]], np.float32)
    flat = np.array([[50, 50], [850, 50], [850, 1150], [50, 1150]], np.float32)
    page = np.full((1200, 900), 255, np.uint8)
    for x in range(50, 851, 200):
        cv2.line(page, (x, 50), (x, 1150), 0, 3)
    for y in range(50, 1151, 220):
        cv2.line(page, (50, y), (850, y), 0, 3)
    bent = cv2.warpPerspective(
        page,
        cv2.getPerspectiveTransform(flat, corners),
        (900, 1200),
        borderValue=(255,),
    )
    level = flattened(np.asarray(bent, np.uint8), NOTHING)
    ends = moved(corners.astype(float), level.matrix)
    assert abs(ends[0, 1] - ends[1, 1]) < 3 and abs(ends[2, 1] - ends[3, 1]) < 3
    assert abs(ends[0, 0] - ends[3, 0]) < 3 and abs(ends[1, 0] - ends[2, 0]) < 3


def test_a_page_on_its_side_is_seen() -> None:
    upright = np.stack([quad(100, y, 500, y + 30) for y in range(0, 300, 40)])
    assert not flatten.is_sideways(upright)
    lying = np.stack([quad(y, 100, y + 30, 500) for y in range(0, 300, 40)])
    assert flatten.is_sideways(lying)
    assert not flatten.is_sideways(NOTHING)


def coloured(page: Picture) -> Picture:
    return np.repeat(page[:, :, None], 3, axis=2)


def test_a_seal_goes_and_the_print_below_stays() -> None:
    page = coloured(paper())
    cv2.circle(page, (400, 400), 110, (40, 40, 210), 7)
    cv2.rectangle(page, (380, 330), (410, 470), (60, 60, 220), -1)
    cv2.putText(page, "95.00", (300, 410), cv2.FONT_HERSHEY_SIMPLEX, 2, (10, 10, 10), 4)
    cleaned = cv2.cvtColor(light.without_seals(page), cv2.COLOR_BGR2GRAY)
    assert cleaned[289:296, 400].min() > 225  # the ring
    assert cleaned[440:470, 385:405].min() > 225  # the bar
    printed = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY) < 60
    assert np.count_nonzero(cleaned < 110) >= 0.9 * np.count_nonzero(printed)


def test_red_text_is_no_seal() -> None:
    page = coloured(paper())
    for row in range(3):
        where = (100, 300 + 60 * row)
        cv2.putText(page, "5.50  7.25  8.00", where, 0, 1.5, (20, 20, 200), 3)
    assert light.without_seals(page) is page


def test_shadows_are_lifted_and_even_paper_is_left_alone() -> None:
    assert light.evened(even := table()) is even
    shaded = (table() * np.linspace(0.5, 1, 900)[None, :]).astype(np.uint8)
    lifted = light.evened(shaded)
    background = lifted[60:240:9, 60:840:9]
    assert np.ptp(np.percentile(background[background > 128], (5, 95))) < 25


class Reader:
    """An engine that knows pictures by their brightest corner."""

    name = "none"

    def __init__(self, confidence: dict[tuple[int, int], float], text: str = "7"):
        self.confidence, self.text = confidence, text

    def detect(self, picture: Picture) -> np.ndarray:
        raise NotImplementedError

    def read(self, crops: list[Picture], *, only: str = "") -> list[Reading]:
        corner = [(int(c[0, 0]), int(c[0, -1])) for c in crops]
        return [
            (Char(self.text, 0.5, self.confidence.get(key, 0.2)),) for key in corner
        ]


CROP = np.array([[10, 20], [30, 40]], np.uint8)


@pytest.mark.parametrize(
    ("confidence", "way"),
    [
        ({(10, 20): 0.97}, orient.Way.UPRIGHT),
        ({(10, 20): 0.6, (40, 30): 0.97}, orient.Way.UPSIDE_DOWN),
        ({(10, 20): 0.5, (20, 10): 0.95}, orient.Way.MIRRORED),
        ({(10, 20): 0.5, (30, 40): 0.95}, orient.Way.MIRRORED),
        ({(10, 20): 0.7, (40, 30): 0.72}, orient.Way.UPRIGHT),
        ({}, orient.Way.UNREADABLE),
    ],
)
def test_which_way_up(confidence: dict[tuple[int, int], float], way: object) -> None:
    assert orient.way_of([CROP] * 5, Reader(confidence)) is way


def test_a_page_without_text_is_upright() -> None:
    assert orient.way_of([], Reader({})) is orient.Way.UPRIGHT


def test_lone_dashes_and_digits_are_recovered() -> None:
    page = table(step=100)
    cv2.line(page, (95, 100), (106, 100), 0, 2)  # a hyphen
    cv2.line(page, (180, 100), (212, 100), 0, 2)  # a dash
    cv2.putText(page, "7", (290, 110), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 2)
    page[220:224, 300] = 0  # a speck
    for y in (195, 204):
        cv2.line(page, (90, y), (108, y), 0, 2)  # equals
    rulings = rulings_of(strokes(ink(page), NOTHING), NOTHING, longer=1200, shortest=13)
    text = (Piece(60, 380, 140, 420), (Char("目", 0.5, 0.99),))
    found = lone_marks(page, ink(page), rulings, [text], Reader({(255, 255): 0.9}))
    assert sorted(r[0].text for _, r in found) == ["-", "7", "=", "—"]


def test_boxes_come_back_to_the_page_as_displayed() -> None:
    # A page turned by 90 degrees: its left edge was the top.
    quarter = np.array([[0.0, 1, 0], [-1, 0, 600], [0, 0, 1]])
    place = placement(quarter, 400, 600)
    assert place.place(BBox(10, 20, 110, 40)) == BBox(20, 490, 40, 590)
    assert place.place(BBox(-50, -50, 10, 20)) == BBox(0, 590, 20, 600)


def test_strokes_of_two_lines_of_text_never_make_one_ruling() -> None:
    page = paper()
    texts = np.stack([quad(100, y, 500, y + 44) for y in (300, 352, 404)])
    for y in (304, 356, 408):
        cv2.line(page, (300, y), (300, y + 36), 0, 4)
    assert not rulings_of(
        strokes(ink(page), texts), texts, longer=1200, shortest=SHORTEST_SHARE * 1200
    )


def test_the_grain_of_a_desk_is_no_ruling() -> None:
    page = paper()
    cv2.line(page, (20, 1170), (880, 1170), 90, 2)
    cv2.line(page, (100, 290), (800, 290), 0, 2)
    texts = np.stack([quad(100, y, 800, y + 30) for y in range(300, 900, 60)])
    found = strokes(ink(page), texts)
    assert [round(s.at) for s in found if s.level and s.length > 300] == [290]


def lines(*places: tuple[int, int, int, int]) -> Picture:
    """Characters 20 pixels high that fill boxes."""
    page = paper()
    for x0, y0, x1, y1 in places:
        for x in range(x0, x1 - 14, 24):
            cv2.rectangle(page, (x, y0), (x + 18, y1), 0, 2)
    return page


def test_a_box_round_several_lines_is_parted_into_them() -> None:
    """The detector does so with short lines above each other, also across rows."""
    page = lines((60, 60, 110, 80), (60, 90, 110, 110), (60, 130, 110, 150))
    cv2.line(page, (40, 120), (400, 120), 0, 2)
    texts = np.stack(
        [quad(52, 52, 122, 158), *(quad(200, y, 340, y + 28) for y in (52, 86, 126))]
    )
    rulings = rulings_of(strokes(ink(page), texts), texts, longer=1200, shortest=13)
    found = [p for p in pieces_of(texts, rulings, ink(page)) if p.x0 < 130]
    middles = [round((p.y0 + p.y1) / 2) for p in found]
    assert near(middles, [70, 100, 140])


def test_two_lines_so_close_that_their_boxes_overlap_are_two() -> None:
    """Elsewhere a box is as high as their pitch and a half; a row cuts this one."""
    page = lines((60, 50, 110, 68), (60, 74, 110, 92))
    cv2.line(page, (40, 40), (400, 40), 0, 2)
    cv2.line(page, (40, 100), (400, 100), 0, 2)
    texts = np.stack(
        [quad(52, 30, 122, 106), *(quad(200, y, 340, y + 36) for y in (44, 68, 120))]
    )
    rulings = [Stroke(True, 40, y, 400, y, 2) for y in (40, 100)]
    found = [p for p in pieces_of(texts, rulings, ink(page)) if p.x0 < 130]
    assert near([round((p.y0 + p.y1) / 2) for p in found], [58, 84])


def test_a_high_line_and_a_column_stay_whole() -> None:
    page = lines((60, 60, 260, 100))
    for y in (200, 230, 260):
        cv2.rectangle(page, (60, y), (78, y + 20), 0, 2)
    texts = np.stack([quad(52, 52, 270, 108), quad(54, 194, 84, 286)])
    texts = np.concatenate(
        [texts, [quad(400, y, 540, y + 28) for y in (400, 440, 480)]]
    )
    found = [p for p in pieces_of(texts, [], ink(page)) if p.x0 < 300]
    assert [(p.y0, p.y1) for p in found] == [(52, 108), (194, 286)]
