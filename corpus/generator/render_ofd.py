"""A grid as OFD (GB/T 33190), in the habits of several producers."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from xml.sax.saxutils import escape

from corpus.generator.grid import FormGrid, Placed, place
from corpus.generator.zip_dates import FIXED_TIME

NAMESPACE = "http://www.ofdspec.org/2016"
PAGE = (210.0, 297.0)
MARGIN = 15.0
SIZE = 3.2
LEADING = 4.6
PADDING = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What producers do differently.

    ``text``: a TextCode per line with repeated steps (``repeat``), with a step each
    (``list``), without steps (``none``), or an object per character (``char``).
    ``frame``: a path per ruling (``lines``), per cell (``cells``), one for all
    (``one``), or thin filled bars (``bars``). ``scaled``: coordinates in hundredths
    of a millimetre under a CTM. ``template``: rulings stand in a template page.
    """

    prefix: bool = True
    text: str = "repeat"
    frame: str = "lines"
    template: bool = False
    absolute: bool = False
    scaled: bool = False
    folder: str = "Doc_0"


SUWELL = Habits(text="repeat", frame="lines")
"""A virtual printer: a code per line, rulings one by one."""

PER_CHARACTER = Habits(
    prefix=False, text="char", frame="bars", absolute=True, folder="doc"
)
TEMPLATED = Habits(text="list", frame="one", template=True, scaled=True)
PLAIN = Habits(text="none", frame="cells", prefix=False)
HABITS = (SUWELL, PER_CHARACTER, TEMPLATED, PLAIN)


@dataclass(slots=True)
class Sheet:
    """What is drawn on one page: lines of text and rulings, in millimetres."""

    texts: list[tuple[float, float, str, float]] = field(default_factory=list)
    cells: list[tuple[float, float, float, float]] = field(default_factory=list)


def width_of(text: str, size: float = SIZE) -> float:
    """How wide a line of text is."""
    return sum(
        size if unicodedata.east_asian_width(c) in "WFA" else size / 2 for c in text
    )


def wrapped(text: str, width: float) -> list[str]:
    """The lines of a text in a cell."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for char in paragraph:
            if line and width_of(line + char) > width:
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    return lines


def lay_on_sheets(grid: FormGrid) -> list[Sheet]:
    """The title lines and the table, broken between rows over pages."""
    placed = list(place(grid.rows))
    count = max(p.row + p.cell.row_span for p in placed)
    column = (PAGE[0] - 2 * MARGIN) / grid.width
    heights = _heights(placed, count, column)
    sheets = [Sheet()]
    y = MARGIN + 6
    for text, size in ((grid.title, 5.0), *((line, SIZE) for line in grid.lines)):
        x = (PAGE[0] - width_of(text, size)) / 2
        sheets[0].texts.append((x, y, text, size))
        y += 7
    tops: list[tuple[int, float]] = []
    for height in heights:
        if y + height > PAGE[1] - MARGIN:
            sheets.append(Sheet())
            y = MARGIN + 6
        tops.append((len(sheets) - 1, y))
        y += height
    for p in placed:
        _draw(sheets, p, tops, heights, column)
    return sheets


def _heights(placed: Sequence[Placed], count: int, column: float) -> list[float]:
    heights = [LEADING + 2 * PADDING] * count
    for p in placed:
        lines = wrapped(p.cell.text, p.cell.col_span * column - 2 * PADDING)
        needed = len(lines) * LEADING + 2 * PADDING
        last = p.row + p.cell.row_span - 1
        have = sum(heights[p.row : last + 1])
        heights[last] += max(0.0, needed - have)
    return heights


def _draw(
    sheets: list[Sheet],
    p: Placed,
    tops: list[tuple[int, float]],
    heights: list[float],
    column: float,
) -> None:
    """A cell, in parts where its rows stand on several sheets; its text in one."""
    x = MARGIN + p.column * column
    width = p.cell.col_span * column
    rows = range(p.row, p.row + p.cell.row_span)
    parts = [
        (page, [row for row in rows if tops[row][0] == page])
        for page in sorted({tops[row][0] for row in rows})
    ]
    boxes = [(s, tops[part[0]][1], sum(heights[r] for r in part)) for s, part in parts]
    for page, top, height in boxes:
        sheets[page].cells.append((x, top, width, height))
    lines = [line for line in wrapped(p.cell.text, width - 2 * PADDING) if line]
    needed = len(lines) * LEADING
    fitting = [box for box in boxes if box[2] >= needed]
    page, top, height = fitting[0] if fitting else max(boxes, key=lambda box: box[2])
    y = top + (height - needed) / 2
    for line in lines:
        sheets[page].texts.append((x + PADDING, y + 0.88 * SIZE + 0.5, line, SIZE))
        y += LEADING


class _Writer:
    """Elements with ids, in the habits of one producer."""

    def __init__(self, habits: Habits) -> None:
        self.habits = habits
        self.prefix = "ofd:" if habits.prefix else ""
        self.number = 10

    def tag(self, name: str, content: str = "", **attributes: str) -> str:
        shown = "".join(f' {key}="{value}"' for key, value in attributes.items())
        return f"<{self.prefix}{name}{shown}>{content}</{self.prefix}{name}>"

    def id(self) -> str:
        self.number += 1
        return str(self.number)

    def root(self, name: str, content: str, **attributes: str) -> bytes:
        where = "xmlns:ofd" if self.prefix else "xmlns"
        element = self.tag(name, content, **{where: NAMESPACE}, **attributes)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{element}\n'.encode()

    def text(self, x: float, y: float, text: str, size: float) -> str:
        if self.habits.text == "char":
            pieces = []
            for char in text:
                pieces.append(self._text(x, y, char, size, ""))
                x += width_of(char, size)
            return "".join(pieces)
        steps = [width_of(char, size) for char in text[:-1]]
        if self.habits.text == "none" or not steps:
            return self._text(x, y, text, size, "")
        if self.habits.text == "list":
            return self._text(x, y, text, size, " ".join(f"{s:.3f}" for s in steps))
        runs = [(len(list(group)), step) for step, group in groupby(steps)]
        delta = " ".join(f"g {n} {s:.3f}" if n > 1 else f"{s:.3f}" for n, s in runs)
        return self._text(x, y, text, size, delta)

    def _text(self, x: float, y: float, text: str, size: float, delta: str) -> str:
        # The boundary begins at the top of the line; the base line is inside it.
        top, rise = y - 0.88 * size, 0.88 * size
        attributes = {"X": "0", "Y": f"{rise:.3f}"}
        if delta:
            attributes["DeltaX"] = delta
        code = self.tag("TextCode", escape(text), **attributes)
        return self.tag(
            "TextObject",
            code,
            ID=self.id(),
            Boundary=f"{x:.3f} {top:.3f} {width_of(text, size):.3f} {size:.3f}",
            Font="3",
            Size=f"{size}",
        )

    def frame(self, cells: Sequence[tuple[float, float, float, float]]) -> str:
        if self.habits.frame == "cells":
            return "".join(
                self._path(x, y, [(0, 0), (w, 0), (w, h), (0, h)], closed=True)
                for x, y, w, h in cells
            )
        rulings = sorted({r for cell in cells for r in _rulings(cell)})
        if self.habits.frame == "one":
            data = " ".join(
                f"M {self._n(xa)} {self._n(ya)} L {self._n(xb)} {self._n(yb)}"
                for xa, ya, xb, yb in rulings
            )
            return self._object(0, 0, data)
        if self.habits.frame == "bars":
            return "".join(self._bar(*ruling) for ruling in rulings)
        return "".join(
            self._path(xa, ya, [(0, 0), (xb - xa, yb - ya)])
            for xa, ya, xb, yb in rulings
        )

    def _bar(self, xa: float, ya: float, xb: float, yb: float) -> str:
        width, height = max(xb - xa, 0.2), max(yb - ya, 0.2)
        points = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
        return self._path(xa, ya, points, closed=True, Stroke="false", Fill="true")

    def _n(self, value: float) -> str:
        return f"{value * (100 if self.habits.scaled else 1):.3f}"

    def _path(
        self,
        x: float,
        y: float,
        points: Sequence[tuple[float, float]],
        *,
        closed: bool = False,
        **attributes: str,
    ) -> str:
        steps = [
            f"{'L' if i else 'M'} {self._n(px)} {self._n(py)}"
            for i, (px, py) in enumerate(points)
        ]
        data = " ".join(steps) + (" C" if closed else "")
        return self._object(x, y, data, **attributes)

    def _object(self, x: float, y: float, data: str, **attributes: str) -> str:
        scale = {"CTM": "0.01 0 0 0.01 0 0"} if self.habits.scaled else {}
        return self.tag(
            "PathObject",
            self.tag("AbbreviatedData", data),
            ID=self.id(),
            Boundary=f"{x:.3f} {y:.3f} {PAGE[0]:.3f} {PAGE[1]:.3f}",
            LineWidth="25" if scale else "0.25",
            **scale,
            **attributes,
        )


def _rulings(
    cell: tuple[float, float, float, float],
) -> Iterator[tuple[float, float, float, float]]:
    x, y, w, h = (round(v, 3) for v in cell)
    right, bottom = round(x + w, 3), round(y + h, 3)
    yield x, y, right, y
    yield x, bottom, right, bottom
    yield x, y, x, bottom
    yield right, y, right, bottom


def render_ofd(grids: Sequence[FormGrid], habits: Habits = SUWELL) -> bytes:
    """Forms one after another, each on pages of its own."""
    sheets = [sheet for grid in grids for sheet in lay_on_sheets(grid)]
    return write_ofd(sheets, habits)


def write_ofd(sheets: Sequence[Sheet], habits: Habits = SUWELL) -> bytes:
    """Sheets as an OFD file whose bytes depend on nothing else."""
    out = _Writer(habits)
    base = f"/{habits.folder}/" if habits.absolute else ""
    files: dict[str, bytes] = {}
    pages, templates = "", ""
    for number, sheet in enumerate(sheets):
        frame = out.frame(sheet.cells)
        texts = "".join(out.text(*text) for text in sheet.texts)
        used = ""
        if habits.template:
            path = f"Tpls/Tpl_{number}/Content.xml"
            files[path] = out.root("Page", _content(out, frame))
            own = str(100_000 + number)
            templates += out.tag("TemplatePage", ID=own, BaseLoc=base + path)
            used = out.tag("Template", TemplateID=own, ZOrder="Background")
            frame = ""
        path = f"Pages/Page_{number}/Content.xml"
        files[path] = out.root("Page", used + _content(out, frame + texts))
        pages += out.tag("Page", ID=str(200_000 + number), BaseLoc=base + path)
    parts = {**_resources(out), "Document.xml": _document(out, base, templates, pages)}
    named = {f"{habits.folder}/{path}": data for path, data in (parts | files).items()}
    return _zipped({"OFD.xml": _entry(out), **named})


def _entry(out: _Writer) -> bytes:
    """The file that says where the document begins."""
    slash = "/" if out.habits.absolute else ""
    number = out.tag("DocInfo", out.tag("DocID", "0" * 32))
    start = out.tag("DocRoot", f"{slash}{out.habits.folder}/Document.xml")
    body = out.tag("DocBody", number + start)
    return out.root("OFD", body, Version="1.0", DocType="OFD")


def _document(out: _Writer, base: str, templates: str, pages: str) -> bytes:
    area = out.tag("PageArea", out.tag("PhysicalBox", f"0 0 {PAGE[0]} {PAGE[1]}"))
    resource = out.tag("PublicRes", base + "PublicRes.xml")
    common = out.tag("CommonData", area + resource + templates)
    return out.root("Document", common + out.tag("Pages", pages))


def _resources(out: _Writer) -> dict[str, bytes]:
    font = out.tag("Font", ID="3", FontName="宋体", FamilyName="宋体")
    fonts = out.tag("Fonts", font)
    return {"PublicRes.xml": out.root("Res", fonts, BaseLoc="Res")}


def _content(out: _Writer, objects: str) -> str:
    layer = out.tag("Layer", objects, ID=out.id(), Type="Body")
    return out.tag("Content", layer)


def _zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()
