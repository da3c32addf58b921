"""A grid as a worksheet of Excel 97 to 2003, with the values and formats of XLSX."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlwt

from corpus.generator.grid import FormGrid, place
from corpus.generator.render_xlsx import typed

HIDDEN = 1


def _style(number_format: str, *, bold: bool = False) -> xlwt.XFStyle:
    return xlwt.easyxf(
        f"font: bold {'on' if bold else 'off'}; align: wrap on, vert centre;"
        "borders: left thin, right thin, top thin, bottom thin",
        num_format_str=number_format,
    )


def render_xls(grids: Sequence[FormGrid]) -> bytes:
    """One sheet per form, and a hidden sheet of choices for drop-down cells."""
    book = xlwt.Workbook()
    for number, grid in enumerate(grids, start=1):
        sheet = book.add_sheet(f"自评表{number}")
        for row, line in enumerate((grid.title, *grid.lines)):
            sheet.write_merge(row, row, 0, grid.width - 1, line)
        first = 1 + len(grid.lines)
        for placed in place(grid.rows):
            cell, row = placed.cell, first + placed.row
            value, number_format = typed(cell.text)
            sheet.write_merge(
                row,
                row + cell.row_span - 1,
                placed.column,
                placed.column + cell.col_span - 1,
                value,
                _style(number_format, bold=cell.bold),
            )
    choices = book.add_sheet("选项")
    choices.visibility = HIDDEN
    for row, choice in enumerate(("项目名称", "达成指标", "未完成")):
        choices.write(row, 0, choice)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
