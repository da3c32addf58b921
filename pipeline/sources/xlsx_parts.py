"""The parts of an XLSX workbook: sheets, shared strings, formats, raw cells.

Read by our own small parser because openpyxl makes an object of every place of
a merged range, and a merge over a whole sheet has 17 thousand million.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.errors import DocumentError
from pipeline.sources.docx_text import attribute
from pipeline.sources.limits import MAX_CELLS
from pipeline.sources.number_format import BUILTIN, display
from pipeline.sources.ooxml import Package, local

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
# _x000D_ is how Excel writes a character that XML cannot hold.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Area:
    """A merged range, rows and columns from 1, both ends inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """Texts by (row, column) from 1 as shown; blank cells are left out.

    ``uncomputed`` are cells whose formula was saved without its result.
    """

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    uncomputed: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the cells of all sheets share, and the parts of visible sheets."""

    package: Package
    sheets: tuple[str, ...]
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    since_1904: bool


def open_workbook(data: bytes) -> Workbook:
    """Raises DocumentError ``corrupt``, ``expands_too_much``."""
    package = Package(data, code="corrupt_xlsx")
    main = package.main_part()
    root = package.tree(main)
    if root is None:
        raise package.broken()
    relations = package.relations(main)
    sheets = []
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        # The attribute is r:id; sheetId beside it has another local name.
        kind, target = relations.get(attribute(sheet, "id"), ("", ""))
        if kind == "worksheet" and sheet.get("state", "visible") == "visible":
            sheets.append(target)
    parts = dict(relations.values())
    since_1904 = any(
        p.get("date1904", "0").lower() in ("1", "true")
        for p in root.iterfind("{*}workbookPr")
    )
    return Workbook(
        package,
        tuple(sheets),
        _strings(package, parts.get("sharedStrings", "")),
        _formats(package, parts.get("styles", "")),
        since_1904,
    )


def read_sheet(book: Workbook, part: str) -> Sheet:
    """Shown texts and merges of a sheet. Raises ``too_many_rows``, ``corrupt``."""
    sheet = Sheet()
    row = column = 0
    for element in book.package.elements(part, "c", "row", "col", "mergeCell"):
        tag = local(element)
        if tag == "c":
            row, column = _position(element, row, column)
            text = _shown(element, book)
            if text:
                sheet.texts[row, column] = text
                if len(sheet.texts) > MAX_CELLS:
                    raise DocumentError("too_many_rows", limit=MAX_CELLS)
            elif _is_uncomputed(element):
                sheet.uncomputed.append((row, column))
            element.clear()
        elif tag == "row":
            number = element.get("r", "")
            row = int(number) if number.isdecimal() else row or 1
            if _is_true(element.get("hidden")):
                sheet.hidden_rows.add(row)
            row, column = row + 1, 0
            _forget(element)
        elif tag == "col" and _is_true(element.get("hidden")):
            ends = (element.get("min", ""), element.get("max", ""))
            if all(end.isdecimal() for end in ends):
                sheet.hidden_columns.append((int(ends[0]), int(ends[1])))
        elif tag == "mergeCell" and (area := _area(element.get("ref", ""))):
            sheet.merged.append(area)
    return sheet


def _forget(element: etree._Element) -> None:
    """Free a row that was used; a million empty ones would fill the memory."""
    parent = element.getparent()
    element.clear()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _position(cell: etree._Element, row: int, column: int) -> tuple[int, int]:
    """From the reference, or next to the cell before where it has none."""
    match = _REFERENCE.fullmatch(cell.get("r", ""))
    if match:
        return _place(match)
    return max(row, 1), column + 1


def _place(match: re.Match[str]) -> tuple[int, int]:
    column = 0
    for letter in match.group(1).upper():
        column = column * 26 + ord(letter) - 64
    return min(int(match.group(2)), MAX_ROW), min(column, MAX_COLUMN)


def _area(reference: str) -> Area | None:
    start, _, end = reference.partition(":")
    first, last = _REFERENCE.fullmatch(start), _REFERENCE.fullmatch(end or start)
    if first is None or last is None:
        return None
    return Area(*_place(first), *_place(last))


def _shown(cell: etree._Element, book: Workbook) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_rich(part) for part in cell if local(part) == "is")
    raw = next((e.text or "" for e in cell if local(e) == "v"), "")
    if not raw:
        return ""
    if kind == "s":
        index = int(raw) if raw.strip().isdecimal() else -1
        return book.strings[index] if 0 <= index < len(book.strings) else ""
    if kind == "b":
        return "TRUE" if raw.strip() == "1" else "FALSE"
    if kind != "n":
        return _unescape(raw)
    style = cell.get("s", "0")
    index = int(style) if style.isdecimal() else 0
    code = book.formats[index] if index < len(book.formats) else "General"
    return display(raw, code, since_1904=book.since_1904)


def _is_uncomputed(cell: etree._Element) -> bool:
    """A formula of which no result was saved; an empty text is a result."""
    return cell.get("t") != "str" and any(local(part) == "f" for part in cell)


def _strings(package: Package, part: str) -> tuple[str, ...]:
    if not part:
        return ()
    found = []
    for element in package.elements(part, "si"):
        found.append(_rich(element))
        element.clear()
    return tuple(found)


def _rich(element: etree._Element) -> str:
    """Text of all runs, without the pronunciation beside them (rPh)."""
    pieces = []
    for part in element:
        if local(part) == "t":
            pieces.append(part.text or "")
        elif local(part) == "r":
            pieces += [t.text or "" for t in part if local(t) == "t"]
    return _unescape("".join(pieces))


def _unescape(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)


def _formats(package: Package, part: str) -> tuple[str, ...]:
    """The format code of each cell style."""
    root = package.tree(part) if part else None
    if root is None:
        return ()
    codes = dict(BUILTIN)
    for custom in root.iterfind("{*}numFmts/{*}numFmt"):
        number = custom.get("numFmtId", "")
        if number.isdecimal():
            codes[int(number)] = custom.get("formatCode", "General")
    return tuple(
        codes.get(int(style.get("numFmtId", "0") or 0), "General")
        for style in root.iterfind("{*}cellXfs/{*}xf")
    )


def _is_true(value: str | None) -> bool:
    return value is not None and value.lower() in ("1", "true")
