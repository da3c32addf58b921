"""Forms as office programs print them: Word and Excel files through LibreOffice."""

from __future__ import annotations

import io
import math
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl import load_workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from corpus.generator.grid import FormGrid, place
from corpus.generator.render_docx import render_docx
from corpus.generator.render_xlsx import render_xlsx
from corpus.scans.styles import Style

A4 = (210.0, 297.0)
#: Seconds after which LibreOffice is taken to hang.
TIME_LIMIT = 300
THIN = Side(style="thin")


def word_file(
    grids: Sequence[FormGrid], weights: Sequence[float], style: Style, family: str
) -> bytes:
    """The generator's Word file with font, size, page and column widths set."""
    document = Document(io.BytesIO(render_docx(grids)))
    normal = document.styles["Normal"]
    normal.font.name = family
    normal.font.size = Pt(style.size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), family)
    normal.paragraph_format.space_after = Pt(0)
    width, height = A4[::-1] if style.landscape else A4
    for section in document.sections:
        if style.landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.left_margin = section.right_margin = Mm(style.margin)
        section.top_margin = section.bottom_margin = Mm(style.margin)
    unit = (width - 2 * style.margin) / sum(weights)
    for table in document.tables:
        table.autofit = False
        for column, weight in zip(table.columns, weights, strict=True):
            column.width = Mm(weight * unit)
        for row in table.rows:
            for tc in row._tr.tc_lst:
                start, end = tc.left, tc.right
                tc.width = Mm(sum(weights[start:end]) * unit)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _lines(text: str, width: float, size: float) -> int:
    """Printed lines of a text in ``width`` millimetres, on the safe side."""
    per_line = max(1.0, (width - 2) / (size * 0.3528))
    return sum(
        max(1, math.ceil(sum(1.0 if ord(c) > 255 else 0.6 for c in part) / per_line))
        for part in text.split("\n")
    )


def sheet_file(
    grids: Sequence[FormGrid], weights: Sequence[float], style: Style, family: str
) -> bytes:
    """The generator's workbook made printable: one page wide, rows high enough."""
    book = load_workbook(io.BytesIO(render_xlsx(grids)))
    width, _ = A4[::-1] if style.landscape else A4
    unit = (width - 2 * style.margin) / sum(weights)
    for grid, sheet in zip(grids, book.worksheets, strict=False):
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if style.landscape else "portrait"
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = 0
        margin = style.margin / 25.4
        sheet.page_margins.left = sheet.page_margins.right = margin
        sheet.page_margins.top = sheet.page_margins.bottom = margin
        for index, weight in enumerate(weights, start=1):
            # A column's width counts digits of about 1.9 mm.
            sheet.column_dimensions[get_column_letter(index)].width = (
                weight * unit / 1.9
            )
        first = 2 + len(grid.lines)
        heights = [1.0] * len(grid.rows)
        for p in place(grid.rows):
            span = sum(weights[p.column : p.column + p.cell.col_span]) * unit
            lines = _lines(p.cell.text, span, style.size) / p.cell.row_span
            for row in range(p.row, p.row + p.cell.row_span):
                heights[row] = max(heights[row], lines)
            for row in range(first + p.row, first + p.row + p.cell.row_span):
                for column in range(p.column, p.column + p.cell.col_span):
                    sheet.cell(row, column + 1).border = Border(THIN, THIN, THIN, THIN)
        for offset, lines in enumerate(heights):
            sheet.row_dimensions[first + offset].height = (
                lines * 1.45 + 0.4
            ) * style.size
        for row in sheet.iter_rows():
            for cell in row:
                cell.font = Font(name=family, size=style.size, bold=False)
                text = str(cell.value or "")
                number = isinstance(cell.value, int | float)
                cell.alignment = Alignment(
                    wrap_text=not number,
                    shrink_to_fit=number,  # or it would be printed as ###
                    vertical="center",
                    horizontal="center"
                    if len(text) <= 12 or cell.row < first
                    else "left",
                )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def print_office(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Office files (by name) as PDF (by stem), in one run of LibreOffice.

    Raises subprocess errors when it is missing or fails, FileNotFoundError when
    it printed nothing for a file.
    """
    if not files:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name, data in files.items():
            (home / name).write_bytes(data)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={(home / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(home / "pdf"),
                *(str(home / name) for name in files),
            ],
            check=True,
            capture_output=True,
            timeout=TIME_LIMIT,
        )
        return {
            Path(name).stem: (home / "pdf" / f"{Path(name).stem}.pdf").read_bytes()
            for name in files
        }
