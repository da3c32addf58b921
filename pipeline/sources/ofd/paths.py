"""Path objects of OFD to shapes (GB/T 33190 9.1, AbbreviatedData)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from lxml import etree
from pdfminer.layout import LTCurve

from pipeline.sources.ofd.package import child_text
from pipeline.sources.shapes import Matrix, Point, shape_of

_WORD = re.compile(r"[SMLQBAC]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
# Numbers after each letter; the last two are where the pen is then.
_COUNTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_LETTERS = {"S": "m", "M": "m", "L": "l", "Q": "c", "B": "c", "A": "c"}

MAX_STEPS = 20_000
"""Steps of one path; outlines of maps and seals have more."""


def shapes(
    item: etree._Element, own: Matrix, width: float, height: float
) -> Iterator[LTCurve]:
    """The subpaths of a PathObject in points, y upwards from the page's lower edge.

    ``width`` is that of the stroke in the object's own unit.
    """
    stroke = item.get("Stroke", "true").lower() != "false"
    fill = item.get("Fill", "false").lower() == "true"
    if not (stroke or fill):
        return
    a, b, c, d, e, f = own
    thick = width * (math.sqrt(abs(a * d - b * c)) or 1.0)
    for operators, points in _subpaths(child_text(item, "AbbreviatedData")):
        moved = [(a * x + c * y + e, height - (b * x + d * y + f)) for x, y in points]
        yield shape_of(operators, moved, thick, stroke, fill)


def _subpaths(data: str) -> Iterator[tuple[str, list[Point]]]:
    """Operators (m, l, c, h) and points, one point per operator."""
    operators, points = "", list[Point]()
    for letter, values in _steps(data):
        if letter == "C":
            if points and points[0] != points[-1]:
                points.append(points[0])
                operators += "h"
            continue
        if letter in "SM":
            if len(points) > 1:
                yield operators, points
            operators, points = "", []
        elif not points:
            continue
        points.append((values[-2], values[-1]))
        operators += _LETTERS[letter]
    if len(points) > 1:
        yield operators, points


def _steps(data: str) -> Iterator[tuple[str, list[float]]]:
    """Letters with their numbers; a letter that is left out is that of before."""
    letter, values, count = "", list[float](), 0
    for match in _WORD.finditer(data):
        word = match.group()
        if word in _COUNTS:
            letter, values = word, []
        elif letter:
            values.append(float(word))
        if letter and len(values) == _COUNTS[letter]:
            count += 1
            if count > MAX_STEPS:
                return
            yield letter, values
            # After a move further points are lines.
            letter, values = ("L" if letter in "SM" else letter), []
            if letter == "C":
                letter = ""
