"""A page of OFD as glyphs and ruled lines, in points, as a page of PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.sources.ofd.fonts import Fonts
from pipeline.sources.ofd.package import Box, Leaf, box_of, number_of, numbers_of
from pipeline.sources.ofd.paths import shapes
from pipeline.sources.ofd.texts import glyphs
from pipeline.sources.ooxml import local
from pipeline.sources.pdf_page import PageContent, rulings_of
from pipeline.sources.shapes import Matrix, times

POINTS = 72 / 25.4
"""Points in a millimetre."""

NESTED = 12
"""Groups and drawings in each other that are looked into."""

MAX_OBJECTS = 60_000
"""Objects of a page that are looked at; maps have more and hold no form."""

LINE_WIDTH = 0.353
"""Millimetres, where nothing is said (GB/T 33190 table 17)."""

_GROUPS = frozenset(["Layer", "PageBlock", "Content"])


@dataclass(frozen=True, slots=True)
class Picture:
    """An image on the page: its resource, and where it lies in points."""

    resource: str
    box: Box


@dataclass(slots=True)
class Drawn:
    """What a page shows, and the images on it."""

    content: PageContent
    pictures: list[Picture] = field(default_factory=list)


def drawn(leaf: Leaf, fonts: Fonts) -> Drawn:
    """The page with its top left corner as origin."""
    x, y, width, height = leaf.area
    found = Drawn(PageContent(width=width * POINTS, height=height * POINTS))
    page: Matrix = (POINTS, 0.0, 0.0, POINTS, -x * POINTS, -y * POINTS)
    area = max(1.0, found.content.width * found.content.height)
    for item, matrix in _objects(leaf, page):
        own = times(_own(item), matrix)
        kind = local(item)
        if kind == "TextObject":
            font = fonts.of(leaf.resources.fonts.get(item.get("Font", ""), ""))
            found.content.glyphs += glyphs(item, own, font, found.content)
        elif kind == "PathObject":
            default = leaf.resources.line_widths.get(item.get("DrawParam", ""), 0.0)
            width = number_of(item.get("LineWidth"), default or LINE_WIDTH)
            for shape in shapes(item, own, width, found.content.height):
                found.content.shapes += 1
                found.content.rulings += rulings_of(shape, 0.0, found.content.height)
        elif kind == "ImageObject" and (box := _extent(item, own)):
            found.content.images += box[2] * box[3] / area
            where = leaf.resources.pictures.get(item.get("ResourceID", ""), "")
            found.pictures.append(Picture(where, box))
    return found


def _objects(leaf: Leaf, page: Matrix) -> Iterator[tuple[etree._Element, Matrix]]:
    """Visible objects in drawing order with the map of their surroundings."""
    stack = [(content, page, 0) for content in reversed(leaf.contents)]
    seen = 0
    while stack and seen < MAX_OBJECTS:
        item, matrix, depth = stack.pop()
        seen += 1
        if item.get("Visible", "true").lower() in ("false", "0"):
            continue
        kind = local(item)
        if kind in _GROUPS and depth < NESTED:
            stack += [(part, matrix, depth + 1) for part in reversed(item)]
        elif kind == "CompositeObject" and depth < NESTED:
            unit = leaf.resources.drawings.get(item.get("ResourceID", ""))
            if unit is not None:
                inner = times(_own(item), matrix)
                stack += [(part, inner, depth + 1) for part in reversed(unit)]
        else:
            yield item, matrix


def _own(item: etree._Element) -> Matrix:
    """From the object's own coordinates to those of its surroundings."""
    box = numbers_of(item.get("Boundary"))
    x, y = (box[0], box[1]) if len(box) >= 2 else (0.0, 0.0)
    values = numbers_of(item.get("CTM"))
    if len(values) != 6:
        return 1.0, 0.0, 0.0, 1.0, x, y
    a, b, c, d, e, f = values
    return a, b, c, d, e + x, f + y


def _extent(item: etree._Element, own: Matrix) -> Box | None:
    """Where an image lies: the unit square under its map, else its boundary."""
    if numbers_of(item.get("CTM")):
        corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
    elif box := box_of(item.get("Boundary")):
        corners = [(0.0, 0.0), (box[2], 0.0), (0.0, box[3]), (box[2], box[3])]
    else:
        return None
    a, b, c, d, e, f = own
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
