"""PDF pages by PDFium: where pdfminer gives up, and to look through long books.

PDFium mends broken cross-reference tables and odd objects that pdfminer refuses;
it knows less of clipped text and of fonts without names, so it comes second.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from pdfminer.layout import LTCurve

from pipeline.errors import DocumentError
from pipeline.sources.pdf_page import (
    UNKNOWN,
    UPRIGHT,
    Glyph,
    PageContent,
    printed,
    rulings_of,
)
from pipeline.sources.shapes import Matrix, Point, shape_of, times

if TYPE_CHECKING:
    import pypdfium2

ASCENT = 0.88
"""Part of a character's size above the baseline, as Chinese fonts have it."""

NESTED = 15
"""Forms inside forms that are looked into."""

MAX_OBJECTS = 60_000
"""Objects of a page that are looked at; maps have more and hold no form."""


class Pages:
    """The pages of a file, opened once; close them when done."""

    def __init__(self, data: bytes) -> None:
        """Raises DocumentError ``encrypted`` and ``corrupt``."""
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(data, password="")
        except pypdfium2.PdfiumError as error:
            if "assword" in str(error):
                raise DocumentError("encrypted", "encrypted_pdf") from error
            raise DocumentError("corrupt", "corrupt_pdf") from error

    def close(self) -> None:
        """Free the file."""
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    def text(self, index: int) -> str:
        """The text of a page in stream order; "" where it cannot be read."""
        import pypdfium2

        try:
            page = self._document[index]
            with closing(page), closing(page.get_textpage()) as text:
                return str(text.get_text_bounded())
        except pypdfium2.PdfiumError:
            return ""

    def hides_text(self, index: int) -> bool:
        """Whether none of a page's text is drawn: a scanner's own recognition."""
        import pypdfium2

        try:
            page = self._document[index]
            with closing(page):
                return _hides_text(page)
        except pypdfium2.PdfiumError:
            return False

    def content(self, index: int) -> PageContent:
        """A page as displayed, counted from 0. Raises DocumentError ``corrupt``."""
        import pypdfium2

        try:
            page = self._document[index]
            with closing(page):
                return _content(page)
        except pypdfium2.PdfiumError as error:
            raise DocumentError("corrupt", "corrupt_pdf") from error


class _Display:
    """From user space to the page as displayed, origin at its bottom left."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.left, self.bottom, self.right, self.top = page.get_cropbox()
        self.turn = page.get_rotation() // 90 % 4
        across, up = self.right - self.left, self.top - self.bottom
        self.width, self.height = (up, across) if self.turn % 2 else (across, up)

    def point(self, x: float, y: float) -> Point:
        """A point in displayed coordinates, y upwards."""
        if self.turn == 1:
            return y - self.bottom, self.right - x
        if self.turn == 2:
            return self.right - x, self.top - y
        if self.turn == 3:
            return self.top - y, x - self.left
        return x - self.left, y - self.bottom


def _content(page: pypdfium2.PdfPage) -> PageContent:
    display = _Display(page)
    found = PageContent(width=display.width, height=display.height)
    with closing(page.get_textpage()) as text:
        found.glyphs.extend(_glyphs(text, display))
    area = max(1.0, display.width * display.height)
    for item in _items(page, display):
        if isinstance(item, LTCurve):
            found.shapes += 1
            found.rulings += rulings_of(item, 0.0, display.height)
        else:
            found.images += item / area
    return found


def _glyphs(text: pypdfium2.PdfTextPage, display: _Display) -> Iterator[Glyph]:
    import pypdfium2.raw as raw

    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    for i in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text.raw, i) == 1:
            continue
        if not (
            raw.FPDFText_GetLooseCharBox(text.raw, i, box)
            and raw.FPDFText_GetCharOrigin(text.raw, i, x, y)
            and raw.FPDFText_GetMatrix(text.raw, i, matrix)
        ):
            continue
        size = raw.FPDFText_GetFontSize(text.raw, i) * math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) - 90 * display.turn
        if abs((angle + 45) % 90 - 45) > UPRIGHT:
            continue
        ends = (
            display.point(box.left, box.bottom),
            display.point(box.right, box.top),
        )
        code = raw.FPDFText_GetUnicode(text.raw, i)
        bad = code == 0 or raw.FPDFText_HasUnicodeMapError(text.raw, i) == 1
        char = UNKNOWN if bad else printed(chr(code))
        origin = display.point(x.value, y.value)
        glyph = glyph_at(
            char, ends, origin, size, round(angle / 90) % 4, display.height
        )
        middle = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        if 0 <= middle[0] <= display.width and 0 <= middle[1] <= display.height:
            yield glyph


def glyph_at(
    char: str,
    ends: tuple[Point, Point],
    origin: Point,
    size: float,
    turn: int,
    height: float,
) -> Glyph:
    """A glyph with y downwards; across its line it is as high as its font."""
    xs = sorted(p[0] for p in ends)
    ys = sorted(height - p[1] for p in ends)
    at_x, at_y = origin[0], height - origin[1]
    rise, fall = ASCENT * size, (1 - ASCENT) * size
    if turn == 0:
        y0, y1 = at_y - rise, at_y + fall
        return Glyph(char, xs[0], y0, xs[1], y1, size, turn, xs[0], xs[1], at_y)
    if turn == 2:
        y0, y1 = at_y - fall, at_y + rise
        return Glyph(char, xs[0], y0, xs[1], y1, size, turn, -xs[1], -xs[0], -at_y)
    if turn == 1:
        x0, x1 = at_x - rise, at_x + fall
        return Glyph(char, x0, ys[0], x1, ys[1], size, turn, -ys[1], -ys[0], at_x)
    x0, x1 = at_x - fall, at_x + rise
    return Glyph(char, x0, ys[0], x1, ys[1], size, turn, ys[0], ys[1], -at_x)


def _hides_text(page: pypdfium2.PdfPage) -> bool:
    import pypdfium2.raw as raw

    modes = {
        raw.FPDFTextObj_GetTextRenderMode(item)
        for item, kind, _ in _objects(page)
        if kind == raw.FPDF_PAGEOBJ_TEXT
    }
    return modes == {raw.FPDF_TEXTRENDERMODE_INVISIBLE}


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, int, Matrix]]:
    """Objects with their kinds and matrices, forms taken apart."""
    import pypdfium2.raw as raw

    identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    stack = [
        (raw.FPDFPage_GetObject(page.raw, i), identity, 0)
        for i in range(raw.FPDFPage_CountObjects(page.raw))
    ]
    seen = 0
    while stack and seen < MAX_OBJECTS:
        item, outer, depth = stack.pop()
        seen += 1
        if not item:
            continue
        kind = raw.FPDFPageObj_GetType(item)
        matrix = times(_matrix(item), outer)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < NESTED:
            stack += [
                (raw.FPDFFormObj_GetObject(item, i), matrix, depth + 1)
                for i in range(raw.FPDFFormObj_CountObjects(item))
            ]
        yield item, kind, matrix


def _items(page: pypdfium2.PdfPage, display: _Display) -> Iterator[LTCurve | float]:
    """Drawn paths, and the areas of images."""
    import pypdfium2.raw as raw

    for item, kind, matrix in _objects(page):
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield from _paths(item, matrix, display)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            yield abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])


def _matrix(item: Any) -> Matrix:
    import pypdfium2.raw as raw

    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, m):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return m.a, m.b, m.c, m.d, m.e, m.f


def _paths(item: Any, matrix: Matrix, display: _Display) -> Iterator[LTCurve]:
    """Each subpath as the shape that pdfminer would make of it."""
    import pypdfium2.raw as raw

    mode, stroked = ctypes.c_int(), ctypes.c_int()
    width = ctypes.c_float()
    if not raw.FPDFPath_GetDrawMode(item, mode, stroked):
        return
    raw.FPDFPageObj_GetStrokeWidth(item, width)
    scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])) or 1.0
    stroke, fill = bool(stroked.value), mode.value != raw.FPDF_FILLMODE_NONE
    if not (stroke or fill):
        return
    for operators, points in _subpaths(item, matrix, display):
        yield shape_of(operators, points, width.value * scale, stroke, fill)


def _subpaths(
    item: Any, matrix: Matrix, display: _Display
) -> Iterator[tuple[str, list[Point]]]:
    """Operators (m, l, c, h) and displayed points, one point per operator."""
    import pypdfium2.raw as raw

    x, y = ctypes.c_float(), ctypes.c_float()
    names = {
        raw.FPDF_SEGMENT_MOVETO: "m",
        raw.FPDF_SEGMENT_LINETO: "l",
        raw.FPDF_SEGMENT_BEZIERTO: "c",
    }
    a, b, c, d, e, f = matrix
    operators, points = "", list[Point]()
    for i in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        name = names.get(raw.FPDFPathSegment_GetType(segment))
        if name is None or not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if name == "m":
            if len(points) > 1:
                yield operators, points
            operators, points = "", []
        px, py = x.value, y.value
        points.append(display.point(a * px + c * py + e, b * px + d * py + f))
        operators += name
        if raw.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
            operators += "h"
    if len(points) > 1:
        yield operators, points
