"""Text objects of OFD to glyphs (GB/T 33190 chapter 11)."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from lxml import etree

from pipeline.sources.lines import is_wide
from pipeline.sources.ofd.package import children, number_of, numbers_of
from pipeline.sources.ooxml import local
from pipeline.sources.pdf_page import UNKNOWN, UPRIGHT, Glyph, PageContent, printed
from pipeline.sources.pdfium import glyph_at
from pipeline.sources.shapes import Matrix

SIZE = 3.5
"""Millimetres of a character where nothing is said."""

NARROW = 0.5
"""Width in em of a digit or a Latin letter."""

_TURNS = {0: (1.0, 0.0), 90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}
_LAYOUT = str.maketrans("", "", "\r\n\t")
# A character that says nothing itself: private use, replacement, control.
_MUTE = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f¤]")

Font = Mapping[int, str]
"""Glyph number → character, empty where the font is not embedded."""


@dataclass(frozen=True, slots=True)
class _Char:
    """A character with its place on the base line in the object's coordinates."""

    text: str
    x: float
    y: float
    width: float


def glyphs(
    item: etree._Element, own: Matrix, font: Font, page: PageContent
) -> Iterator[Glyph]:
    """The glyphs of a TextObject that lie on the page; ``own`` leads to points."""
    if item.get("Fill", "true").lower() == "false" and not _strokes(item):
        return
    size = number_of(item.get("Size"), SIZE)
    across = number_of(item.get("HScale"), 1.0) * size
    along = _TURNS.get(_degrees(item, "CharDirection"))
    if along is None or size <= 0:
        return
    a, b, c, d, e, f = own
    # y grows downwards here, angles count upwards.
    dx, dy = a * along[0] + c * along[1], b * along[0] + d * along[1]
    angle = math.degrees(math.atan2(-dy, dx))
    if abs((angle + 45) % 90 - 45) > UPRIGHT:
        return
    rise = math.hypot(-a * along[1] + c * along[0], -b * along[1] + d * along[0])
    for char in _chars(item, across, font):
        x, y = a * char.x + c * char.y + e, b * char.x + d * char.y + f
        end = (x + dx * char.width, y + dy * char.width)
        glyph = glyph_at(
            char.text,
            ((x, page.height - y), (end[0], page.height - end[1])),
            (x, page.height - y),
            size * rise,
            round(angle / 90) % 4,
            page.height,
        )
        middle = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        if 0 <= middle[0] <= page.width and 0 <= middle[1] <= page.height:
            yield glyph


def _degrees(item: etree._Element, name: str) -> int:
    return round(number_of(item.get(name), 0.0)) % 360


def _strokes(item: etree._Element) -> bool:
    return item.get("Stroke", "false").lower() == "true"


def _chars(item: etree._Element, em: float, font: Font) -> Iterator[_Char]:
    shown = _glyph_numbers(item)
    ahead = _TURNS.get(_degrees(item, "ReadDirection"), (1.0, 0.0))
    index = 0
    x = y = 0.0
    for code in children(item, "TextCode"):
        text = (code.text or "").translate(_LAYOUT)
        # A line that does not say where it begins goes on from the one before.
        x, y = number_of(code.get("X"), x), number_of(code.get("Y"), y)
        at_x, at_y = x, y
        right = _deltas(code.get("DeltaX"), len(text))
        down = _deltas(code.get("DeltaY"), len(text))
        for char, dx, dy in zip_longest(text, right, down):
            if char is None:
                break
            usual = em * _width(char)
            step = math.hypot(dx or 0.0, dy or 0.0)
            width = min(usual, step) if step > 0 else usual
            yield _Char(_read(char, shown.get(index), font), at_x, at_y, width)
            if dx is None and dy is None:
                dx, dy = usual * ahead[0], usual * ahead[1]
            at_x, at_y = at_x + (dx or 0.0), at_y + (dy or 0.0)
            index += 1


def _width(char: str) -> float:
    wide = is_wide(char) or unicodedata.east_asian_width(char) in "WF"
    return 1.0 if wide else NARROW


def _deltas(text: str | None, count: int) -> list[float]:
    """Steps from character to character; ``g 3 5.2`` is 5.2 three times."""
    words = (text or "").replace(",", " ").split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < count:
        if words[at].lower() == "g":
            pair = numbers_of(" ".join(words[at + 1 : at + 3]))
            if len(pair) < 2:
                break
            found += [pair[1]] * min(max(0, int(pair[0])), count)
            at += 3
        else:
            value = numbers_of(words[at])
            if not value:
                break
            found += value
            at += 1
    return found[:count]


def _glyph_numbers(item: etree._Element) -> dict[int, int]:
    """Character position → number of the glyph that is drawn for it."""
    found: dict[int, int] = {}
    for part in item:
        if local(part) != "CGTransform":
            continue
        first = int(number_of(part.get("CodePosition"), 0.0))
        codes = int(number_of(part.get("CodeCount"), 1.0))
        for glyph_list in children(part, "Glyphs"):
            numbers = numbers_of(glyph_list.text)
            if codes == len(numbers):
                found.update(
                    (first + k, int(number)) for k, number in enumerate(numbers)
                )
    return found


def _read(char: str, glyph: int | None, font: Font) -> str:
    """The character; one that says nothing by the glyph that is drawn for it."""
    if not _MUTE.fullmatch(char):
        return printed(char)
    known = font.get(glyph) if glyph is not None else None
    return printed(known) if known else UNKNOWN
