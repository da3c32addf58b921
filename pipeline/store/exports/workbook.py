"""An Excel workbook, one sheet per table, written row by row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy.engine import Connection

from pipeline.errors import StorageError
from pipeline.store.connect import reading
from pipeline.store.database import Store
from pipeline.store.exports.atomic import replacing
from pipeline.store.exports.tables import DECIMALS, Sheet, Value, rows, sheets

ROWS = 1_048_576
"""Rows of a sheet, the header included; what does not fit goes to a further one."""
_CELL = 32_767
_CUT = "…（已截断，全文见数据库）"
_DECIMAL = re.compile(r"-?\d+(?:\.(\d+))?")
_DIGITS = 15  # an Excel number keeps that many
# Widths in characters by what a column holds; other columns are narrow.
_WIDE, _MIDDLE, _NARROW = 48, 24, 11
_WIDE_COLUMNS = frozenset(
    [
        "goal_text",
        "outcome_text",
        "message",
        "explanation",
        "basis",
        "quote",
        "deviation",
    ]
)
_MIDDLE_COLUMNS = frozenset(
    [
        "path",
        "project_name",
        "department",
        "unit",
        "name",
        "subject",
        "target_text",
        "actual_text",
        "outcome_quotes",
        "label",
        "level1",
        "level2",
        "code",
        "reason",
        "evidence",
        "field",
        "form_id",
        "id",
        "note",
    ]
)
_COLOURS = {"high": "#F8CBAD", "medium": "#FFE699", "low": "#E2EFDA", "info": "#EDEDED"}


@dataclass(slots=True)
class _Book:
    """A workbook with the formats made so far (Excel shares them)."""

    book: Any
    formats: dict[tuple[str, int], Any] = field(default_factory=dict)

    def style(self, colour: str = "", places: int = -1) -> Any:
        """A cell format: background colour, number of decimal places."""
        key = (colour, places)
        if key not in self.formats:
            look: dict[str, object] = {"valign": "top"}
            if colour:
                look["bg_color"] = colour
            if places >= 0:
                look["num_format"] = "0." + "0" * places if places else "0"
            self.formats[key] = self.book.add_format(look)
        return self.formats[key]


def write_workbook(store: Store, target: Path, *, keep_personal_data: bool) -> None:
    """All tables with Chinese headings, filters and the severities in colour.

    Texts are written as texts: nothing becomes a formula or a link.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with reading(store.engine) as connection, replacing(target) as part:
        made = _Book(xlsxwriter.Workbook(str(part), options))
        for sheet in sheets():
            _write_sheet(made, connection, sheet, keep_personal_data)
        try:
            made.book.close()
        except xlsxwriter.exceptions.XlsxFileError as error:
            raise StorageError(
                "export_unwritable", target=target.name, detail=str(error)
            ) from error


def _write_sheet(made: _Book, connection: Connection, sheet: Sheet, keep: bool) -> None:
    part, line = 1, 1
    page = _new_page(made, sheet, part)
    for row in rows(connection, sheet, keep_personal_data=keep):
        if line == ROWS:
            _finish(page, sheet, line)
            part, line = part + 1, 1
            page = _new_page(made, sheet, part)
        colour = _colour(sheet, row)
        for column, value in enumerate(sheet.display(row)):
            _write_cell(made, page, line, column, sheet.columns[column], value, colour)
        line += 1
    _finish(page, sheet, line)


def _new_page(made: _Book, sheet: Sheet, part: int) -> Any:
    page = made.book.add_worksheet(sheet.title if part == 1 else f"{sheet.title}{part}")
    page.freeze_panes(1, 0)
    for column, name in enumerate(sheet.columns):
        page.set_column(column, column, _width(name))
    head = made.book.add_format({"bold": True, "bg_color": "#DDEBF7", "bottom": 1})
    for column, heading in enumerate(sheet.headings()):
        page.write_string(0, column, heading, head)
    return page


def _finish(page: Any, sheet: Sheet, lines: int) -> None:
    page.autofilter(0, 0, max(lines - 1, 0), len(sheet.columns) - 1)


def _width(name: str) -> int:
    if name in _WIDE_COLUMNS:
        return _WIDE
    return _MIDDLE if name in _MIDDLE_COLUMNS else _NARROW


def _colour(sheet: Sheet, row: tuple[Value, ...]) -> str:
    if sheet.name != "flags":
        return ""
    return _COLOURS.get(str(row[sheet.columns.index("severity")]), "")


def _write_cell(
    made: _Book,
    page: Any,
    line: int,
    column: int,
    name: str,
    value: Value,
    colour: str,
) -> None:
    if value is None:
        if colour:
            page.write_blank(line, column, None, made.style(colour))
    elif isinstance(value, str):
        places = _places(value) if name in DECIMALS else -1
        if places >= 0:
            page.write_number(line, column, Decimal(value), made.style(colour, places))
        else:
            page.write_string(line, column, _fit(value), made.style(colour))
    else:
        page.write_number(line, column, value, made.style(colour))


def _places(text: str) -> int:
    """Decimal places of a number that Excel can keep as printed, else -1."""
    match = _DECIMAL.fullmatch(text)
    if match is None or sum(ch.isdigit() for ch in text) > _DIGITS:
        return -1
    return len(match[1] or "")


def _fit(text: str) -> str:
    """The text at Excel's cell limit, which counts UTF-16 units."""
    if len(text) * 2 <= _CELL or len(text.encode("utf-16-le")) // 2 <= _CELL:
        return text
    room = (_CELL - len(_CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT
