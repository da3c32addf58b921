"""What pdfminer makes of a page, as glyphs and ruled lines of the displayed page.

Coordinates are PDF points with the origin at the top left of the page as it is
displayed (crop box, /Rotate applied).
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from pdfminer.layout import (
    LTChar,
    LTContainer,
    LTCurve,
    LTImage,
    LTLine,
    LTPage,
    LTRect,
)

THIN = 3.0
"""A filled shape up to so wide is a line: writers draw borders of 0.5 to 2.25."""

THICK = 6.0
"""A stroke from this width on is a bar of colour, not a ruling."""

STRAIGHT = 1.0
"""Points that a ruling may deviate from horizontal or vertical."""

UPRIGHT = 15.0
"""Degrees off an axis up to which text is read: scans with a text layer are a few
degrees askew; watermarks cross the page at 30 to 45 and would break up numbers."""

UNKNOWN = "\ufffd"
_RADICALS = dict(
    zip(
        "⺠⺟⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻰⻳",
        "民母虎西见角贝车長长门青页风飞食马骨鬼鱼鸟麦黄齐龙龟",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character. ``start``/``end`` run along its line, ``base`` across lines.

    ``turn`` is 0 for upright text, 1 for text that reads upwards, 2 upside down,
    3 downwards. ``confidence`` is that of a recognised character, None in a text layer.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    turn: int
    start: float
    end: float
    base: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: ``at`` is its y where horizontal, else its x."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What else a recogniser made of the text at a point."""

    x: float
    y: float
    text: str


@dataclass(slots=True)
class PageContent:
    """Glyphs in stream order, rulings, and the share of the page under images."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    images: float = 0.0
    shapes: int = 0
    others: list[OtherReading] = field(default_factory=list)


def content(page: LTPage, crop: tuple[float, float, float, float]) -> PageContent:
    """The content inside ``crop`` (device coordinates, origin bottom left)."""
    left, bottom, right, top = crop
    found = PageContent(width=right - left, height=top - bottom)
    area = max(1.0, found.width * found.height)
    for item in _items(page):
        if isinstance(item, LTChar):
            glyph = _glyph(item, left, top)
            if glyph is not None and _inside(glyph, found):
                found.glyphs.append(glyph)
        elif isinstance(item, LTCurve):
            found.shapes += 1
            found.rulings += rulings_of(item, left, top)
        elif isinstance(item, LTImage):
            found.images += item.width * item.height / area
    return found


def _items(page: LTPage) -> Iterator[object]:
    """Leaves in stream order; forms nest, so an explicit stack."""
    stack: list[Iterator[object]] = [iter(page)]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif isinstance(item, LTContainer):
            stack.append(iter(item))
        else:
            yield item


def _inside(glyph: Glyph, page: PageContent) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    return 0 <= x <= page.width and 0 <= y <= page.height


def _glyph(char: LTChar, left: float, top: float) -> Glyph | None:
    a, b, _, _, e, f = char.matrix
    angle = math.degrees(math.atan2(b, a))
    turn = round(angle / 90) % 4
    if abs((angle + 45) % 90 - 45) > UPRIGHT:
        return None
    x0, x1 = char.x0 - left, char.x1 - left
    y0, y1 = top - char.y1, top - char.y0
    if turn % 2:
        size = x1 - x0
        start, end = (-y1, -y0) if turn == 1 else (y0, y1)
        base = (e - left) * (1 if turn == 1 else -1)
    else:
        size = y1 - y0
        start, end = (x0, x1) if turn == 0 else (-x1, -x0)
        base = (top - f) * (1 if turn == 0 else -1)
    return Glyph(printed(char.get_text()), x0, y0, x1, y1, size, turn, start, end, base)


def printed(text: str) -> str:
    """The printed character: fonts often map 目 to the radical ⽬ of its shape."""
    if text.startswith("(cid:"):
        return UNKNOWN
    if len(text) == 1 and "\u2e80" <= text <= "\ufaff":
        if "\u2f00" <= text <= "\u2fd5" or text >= "\uf900":
            return unicodedata.normalize("NFKC", text)
        return _RADICALS.get(text, text)
    return text


def rulings_of(item: LTCurve, left: float, top: float) -> Iterator[Ruling]:
    """The straight lines that a shape draws; none for a cell's background."""
    if not (item.stroke or item.fill):
        return
    x0, x1 = item.x0 - left, item.x1 - left
    y0, y1 = top - item.y1, top - item.y0
    width, height = x1 - x0, y1 - y0
    if isinstance(item, LTLine):
        if item.stroke and item.linewidth < THICK:
            yield from _straight(x0, y0, x1, y1)
    elif item.fill and min(width, height) <= THIN:
        # Also a dot of a dotted line: it counts for both directions.
        if height <= THIN:
            yield Ruling(True, (y0 + y1) / 2, x0, x1)
        if width <= THIN:
            yield Ruling(False, (x0 + x1) / 2, y0, y1)
    elif not item.stroke or item.linewidth >= THICK:
        return  # The background of a cell.
    elif isinstance(item, LTRect):
        yield Ruling(True, y0, x0, x1)
        yield Ruling(True, y1, x0, x1)
        yield Ruling(False, x0, y0, y1)
        yield Ruling(False, x1, y0, y1)
    else:
        yield from _polyline(item, left, top)


def _polyline(item: LTCurve, left: float, top: float) -> Iterator[Ruling]:
    """The straight pieces of a path; its curves are no rulings."""
    points = [(x - left, top - y) for x, y in item.pts]
    path = item.original_path or []
    for index in range(1, len(points)):
        if index < len(path) and path[index][0] not in ("l", "h"):
            continue
        (xa, ya), (xb, yb) = points[index - 1], points[index]
        yield from _straight(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _straight(x0: float, y0: float, x1: float, y1: float) -> Iterator[Ruling]:
    if y1 - y0 <= STRAIGHT < x1 - x0:
        yield Ruling(True, (y0 + y1) / 2, x0, x1)
    elif x1 - x0 <= STRAIGHT < y1 - y0:
        yield Ruling(False, (x0 + x1) / 2, y0, y1)
