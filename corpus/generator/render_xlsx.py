"""A grid as a worksheet: merged cells, numbers with formats, a hidden sheet."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from corpus.generator.grid import FormGrid, place
from corpus.generator.zip_dates import without_dates

NUMBER = re.compile(r"(0|[1-9]\d*)(?:\.(\d+))?(%?)")
DATE = re.compile(r"(\d{4})年([1-9]\d?)月([1-9]\d?)日")
EDGE = Side(style="thin")

Value = str | float | int | datetime.date


def typed(text: str) -> tuple[Value, str]:
    """A text as the value and number format that display it.

    A sheet holds 0.95 and shows 95%; amounts of a thousand and more are
    shown with separators. Text stays text.
    """
    if match := NUMBER.fullmatch(text):
        digits, places, percent = match.groups()
        number = float(f"{digits}.{places or 0}")
        decimals = f".{'0' * len(places)}" if places else ""
        if percent:
            return round(number / 100, 10), f"0{decimals}%"
        whole = "#,##0" if number >= 1000 and places else "0"
        return number if places else int(digits), whole + decimals
    if match := DATE.fullmatch(text):
        year, month, day = (int(g) for g in match.groups())
        return datetime.date(year, month, day), 'yyyy"年"m"月"d"日"'
    return text, "General"


def write_line(sheet: Worksheet, row: int, width: int, text: str) -> None:
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    sheet.cell(row, 1, text).alignment = Alignment(horizontal="center")


def write_form(sheet: Worksheet, grid: FormGrid, *, top: int = 1) -> None:
    """Write a form from row ``top`` on."""
    write_line(sheet, top, grid.width, grid.title)
    for offset, line in enumerate(grid.lines, start=1):
        write_line(sheet, top + offset, grid.width, line)
    first = top + 1 + len(grid.lines)
    for placed in place(grid.rows):
        cell, row, column = placed.cell, first + placed.row, placed.column + 1
        value, number_format = typed(cell.text)
        # An empty text would be an empty string cell; sheets leave it blank.
        target = sheet.cell(row, column, None if value == "" else value)
        if isinstance(value, str) and value.startswith("="):
            target.data_type = "s"  # "=100%" is a target here, no formula
        target.number_format = number_format
        target.font = Font(bold=cell.bold)
        target.border = Border(EDGE, EDGE, EDGE, EDGE)
        target.alignment = Alignment(wrap_text=True, vertical="center")
        if cell.row_span > 1 or cell.col_span > 1:
            sheet.merge_cells(
                start_row=row,
                end_row=row + cell.row_span - 1,
                start_column=column,
                end_column=column + cell.col_span - 1,
            )


def render_xlsx(grids: Sequence[FormGrid]) -> bytes:
    """One sheet per form, and a hidden sheet of choices for drop-down cells."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, grid in enumerate(grids, start=1):
        write_form(book.create_sheet(f"自评表{number}"), grid)
    hidden = book.create_sheet("选项")
    hidden.sheet_state = "hidden"
    for row, choice in enumerate(("项目名称", "达成指标", "未完成"), start=1):
        hidden.cell(row, 1, choice)
    out = io.BytesIO()
    book.save(out)
    return without_dates(out.getvalue())
