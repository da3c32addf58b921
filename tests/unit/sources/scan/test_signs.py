"""Signs are known by their shape where the recogniser dropped a part of them."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from pipeline.sources.scan.crops import Piece
from pipeline.sources.scan.engine import Char, Picture, Reading, text_of
from pipeline.sources.scan.signs import has_bar, sign_of, with_signs

HEIGHT = 36


def blank(width: int) -> Picture:
    return np.full((HEIGHT, width), 255, np.uint8)


def chevron(
    page: Picture, x: int, *, opens: str, bar: str = "", thick: int = 2
) -> None:
    """> or < from ``x`` on, 20 pixels broad, with a level or a slanted bar."""
    left, right = (x, x + 20) if opens == ">" else (x + 20, x)
    cv2.line(page, (left, 7), (right, 15), 0, thick)
    cv2.line(page, (right, 15), (left, 23), 0, thick)
    if bar == "level":
        cv2.line(page, (x, 29), (x + 20, 29), 0, thick)
    elif bar == "slanted":
        cv2.line(page, (right, 21), (left, 29), 0, thick)
    elif bar == "merged":
        cv2.line(page, (right, 17), (left, 25), 0, thick + 1)


def per(page: Picture, x: int, rings: int) -> None:
    cv2.circle(page, (x + 5, 10), 4, 0, 2)
    cv2.line(page, (x + 4, 28), (x + 16, 6), 0, 2)
    for k in range(rings - 1):
        cv2.circle(page, (x + 16 + 12 * k, 24), 4, 0, 2)


def reading(*chars: tuple[str, float]) -> Reading:
    return tuple(Char(text, centre, 0.9) for text, centre in chars)


@pytest.mark.parametrize(
    ("opens", "bar", "sign"),
    [
        (">", "level", "≥"),
        ("<", "level", "≤"),
        (">", "slanted", "≥"),
        ("<", "slanted", "≤"),
        (">", "", None),
        ("<", "", None),
    ],
)
def test_a_sign_with_a_bar(opens: str, bar: str, sign: str | None) -> None:
    page = blank(40)
    chevron(page, 8, opens=opens, bar=bar)
    assert sign_of(page) == sign
    assert has_bar(page, opens) is (sign is not None)


@pytest.mark.parametrize("opens", [">", "<"])
def test_a_bar_that_ran_together_with_its_arm(opens: str) -> None:
    page = blank(40)
    chevron(page, 8, opens=opens, bar="merged")
    blurred = np.asarray(cv2.GaussianBlur(page, (0, 0), 1.3), np.uint8)
    assert has_bar(blurred, opens)
    plain = blank(40)
    chevron(plain, 8, opens=opens, thick=3)
    assert not has_bar(
        np.asarray(cv2.GaussianBlur(plain, (0, 0), 1.3), np.uint8), opens
    )


@pytest.mark.parametrize("digit", list("2356789"))
def test_a_digit_is_no_sign(digit: str) -> None:
    page = blank(40)
    cv2.putText(page, digit, (8, 29), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    assert sign_of(page) is None


def test_the_sign_before_a_number_that_was_not_read() -> None:
    page = blank(120)
    chevron(page, 6, opens=">", bar="level")
    cv2.putText(page, "85", (50, 29), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    line = (Piece(0, 0, 120, HEIGHT), reading(("8", 60 / 120), ("5", 80 / 120)))
    ((_, found),) = with_signs(page, [line])
    assert text_of(found) == "≥85"
    assert found[0].confidence < 0.8
    empty = blank(120)
    cv2.putText(empty, "85", (50, 29), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    assert text_of(with_signs(empty, [line])[0][1]) == "85"


@pytest.mark.parametrize(
    ("rings", "read", "found"),
    [(2, "4%", "4%"), (3, "4%", "4‰"), (3, "4%0", "4‰"), (2, "4>", "4>")],
)
def test_per_mille(rings: int, read: str, found: str) -> None:
    page = blank(90)
    cv2.putText(page, "4", (6, 29), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    per(page, 36, rings)
    places = [0.18, 0.58 if len(read) == 2 else 0.5, 0.82][: len(read)]
    line = (Piece(0, 0, 90, HEIGHT), reading(*zip(read, places, strict=True)))
    assert text_of(with_signs(page, [line])[0][1]) == found


@pytest.mark.parametrize("speck", [(20, 18), (70, 30), (62, 6)])
def test_a_hole_among_specks_makes_no_per_mille(speck: tuple[int, int]) -> None:
    page = blank(90)
    cv2.putText(page, "4", (6, 29), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    per(page, 36, 2)
    x, y = speck
    page[y : y + 4, x : x + 4] = 0
    page[y + 1 : y + 3, x + 1 : x + 3] = 255
    line = (Piece(0, 0, 90, HEIGHT), reading(("4", 0.18), ("%", 0.58)))
    assert text_of(with_signs(page, [line])[0][1]) == "4%"


def stroke(*points: tuple[int, int], thick: int = 2) -> Picture:
    page = blank(40)
    for a, b in pairwise(points):
        cv2.line(page, a, b, 0, thick)
    return np.asarray(cv2.GaussianBlur(page, (0, 0), 0.7), np.uint8)


@pytest.mark.parametrize(
    ("page", "read", "found"),
    [
        (stroke((13, 30), (25, 6)), "1", "/"),
        (stroke((15, 30), (24, 6), thick=3), "丿", "/"),
        (stroke((12, 30), (27, 7)), "I", "/"),
        (stroke((20, 30), (20, 6)), "1", "1"),
        (stroke((15, 11), (20, 6), (20, 30)), "1", "1"),
        (stroke((18, 30), (21, 6)), "1", "1"),  # an italic one
        (stroke((12, 7), (26, 7), (17, 30)), "1", "1"),  # a seven
        (stroke((25, 30), (13, 6)), "1", "1"),  # a backslash
        (stroke((13, 30), (25, 6)), "7", "7"),
        (blank(40), "1", "1"),
    ],
)
def test_a_lone_slash_is_no_one(page: Picture, read: str, found: str) -> None:
    line = (Piece(0, 0, 40, HEIGHT), reading((read, 0.5)))
    assert text_of(with_signs(page, [line])[0][1]) == found


def test_a_one_in_a_number_stays() -> None:
    page = stroke((13, 30), (25, 6))
    line = (Piece(0, 0, 40, HEIGHT), reading(("1", 0.4), ("0", 0.9)))
    assert text_of(with_signs(page, [line])[0][1]) == "10"
