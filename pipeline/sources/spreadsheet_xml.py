"""Workbooks that are one XML text (SpreadsheetML 2003), often called .xls.

Budget systems export them. Places count up unless a row or cell gives its index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from pipeline.core.document import Document
from pipeline.errors import DocumentError
from pipeline.sources.docx_text import attribute
from pipeline.sources.limits import MAX_CELLS
from pipeline.sources.number_format import display
from pipeline.sources.ooxml import local
from pipeline.sources.word_xml import tree_of
from pipeline.sources.xlsx import document_of
from pipeline.sources.xlsx_parts import MAX_COLUMN, MAX_ROW, Area, Sheet

MEDIA_TYPE = "application/vnd.ms-excel.sheet.xml"

_NAMED = {
    # Formats that have a name instead of a code, as a Chinese Excel shows them.
    "percent": "0.00%",
    "fixed": "0.00",
    "standard": "#,##0.00",
    "currency": '"¥"#,##0.00',
    "euro currency": "[$€-2]#,##0.00",
    "scientific": "0.00E+00",
    "general number": "General",
    "general date": "yyyy/m/d h:mm",
    "short date": "yyyy/m/d",
    "medium date": "d-mmm-yy",
    "long date": 'yyyy"年"m"月"d"日"',
    "short time": "h:mm",
    "medium time": "h:mm AM/PM",
    "long time": "h:mm:ss",
}
_EPOCH = datetime(1899, 12, 30)


def read(data: bytes) -> Document:
    """A Document with a page per visible sheet.

    Raises DocumentError ``empty``, ``corrupt`` and ``too_many_rows``.
    """
    root, cut = tree_of(data, "corrupt_xls")
    if local(root) != "Workbook":
        raise DocumentError("corrupt", "corrupt_xls")
    return document_of(_sheets(root), media_type=MEDIA_TYPE, cut=cut)


def _sheets(root: etree._Element) -> Iterator[Sheet | DocumentError]:
    formats = dict(_formats(root))
    for worksheet in root.iterfind("{*}Worksheet"):
        visible = worksheet.findtext("{*}WorksheetOptions/{*}Visible")
        if visible and visible.strip() != "SheetVisible":
            continue
        try:
            yield _sheet(worksheet, formats)
        except DocumentError as error:
            yield error


def _formats(root: etree._Element) -> Iterator[tuple[str, str]]:
    parents: dict[str, str] = {}
    for style in root.iterfind("{*}Styles/{*}Style"):
        number = style.find("{*}NumberFormat")
        parent = parents.get(attribute(style, "Parent"), "General")
        code = parent if number is None else attribute(number, "Format") or "General"
        parents[attribute(style, "ID")] = code
        yield attribute(style, "ID"), _NAMED.get(code.lower(), code)


def _sheet(worksheet: etree._Element, formats: dict[str, str]) -> Sheet:
    sheet = Sheet()
    for table in worksheet.iterfind("{*}Table"):
        column = 0
        for element in table.iterfind("{*}Column"):
            column = _number(element, "Index", column + 1)
            last = min(column + _number(element, "Span", 0), MAX_COLUMN)
            if attribute(element, "Hidden") == "1":
                sheet.hidden_columns.append((column, last))
            column = last
        row = 0
        for element in table.iterfind("{*}Row"):
            row = _number(element, "Index", row + 1)
            last = min(row + _number(element, "Span", 0), MAX_ROW)
            if attribute(element, "Hidden") == "1":
                sheet.hidden_rows.update(range(row, min(last, row + MAX_CELLS) + 1))
            _row(sheet, element, row, formats)
            row = last
    return sheet


def _row(
    sheet: Sheet, element: etree._Element, row: int, formats: dict[str, str]
) -> None:
    column = 0
    for cell in element.iterfind("{*}Cell"):
        column = _number(cell, "Index", column + 1)
        if row > MAX_ROW or column > MAX_COLUMN:
            return
        across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
        if across or down:
            area = Area(row, column, row + down, column + across)
            sheet.merged.append(area)
        style = attribute(cell, "StyleID") or attribute(element, "StyleID") or "Default"
        for data in cell.iterfind("{*}Data"):
            if text := _shown(data, formats.get(style, "General")):
                sheet.texts[row, column] = text
                if len(sheet.texts) > MAX_CELLS:
                    raise DocumentError("too_many_rows", limit=MAX_CELLS)
        column += across


def _number(element: etree._Element, name: str, otherwise: int) -> int:
    value = attribute(element, name)
    return int(value) if re.fullmatch(r"\d{1,7}", value) else otherwise


def _shown(data: etree._Element, code: str) -> str:
    kind = attribute(data, "Type")
    # Text in runs of its own format (ss:Data with html:B …) comes in pieces.
    text = "".join(map(str, data.itertext()))
    if kind == "Number":
        return display(text, code)
    if kind == "DateTime":
        return _date(text, code)
    if kind == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE"
    return text


def _date(text: str, code: str) -> str:
    try:
        moment = datetime.fromisoformat(text.strip())
        days = Decimal(str((moment - _EPOCH).total_seconds())) / 86400
    except (ValueError, TypeError, InvalidOperation):
        return text
    return display(str(days), "yyyy/m/d" if code == "General" else code)
