"""A grid as a Word table with real merges (gridSpan, vMerge)."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.table import _Cell

from corpus.generator.grid import FormGrid, GridCell, place
from corpus.generator.zip_dates import without_dates

#: Word cuts runs anywhere, also inside a number: "1200" as "1" and "200".
INSIDE_NUMBER = re.compile(r"(?<=\d)(?=\d)")


def fill(target: _Cell, cell: GridCell) -> None:
    """Write a cell's lines as paragraphs, runs cut inside the first number."""
    for index, line in enumerate(cell.text.split("\n")):
        paragraph = target.paragraphs[0] if index == 0 else target.add_paragraph()
        for piece in INSIDE_NUMBER.split(line, maxsplit=1):
            paragraph.add_run(piece).bold = cell.bold or None


def render_docx(grids: Sequence[FormGrid]) -> bytes:
    """Forms as one document, each title and its table after the other."""
    document = Document()
    for number, grid in enumerate(grids):
        if number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        heading = document.add_paragraph()
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        heading.add_run(grid.title).bold = True
        for line in grid.lines:
            document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
        table = document.add_table(rows=len(grid.rows), cols=grid.width)
        table.style = "Table Grid"
        cells = [row.cells for row in table.rows]
        for placed in place(grid.rows):
            cell = placed.cell
            target = cells[placed.row][placed.column]
            if cell.row_span > 1 or cell.col_span > 1:
                last_row = placed.row + cell.row_span - 1
                last_column = placed.column + cell.col_span - 1
                target = target.merge(cells[last_row][last_column])
            fill(target, cell)
    out = io.BytesIO()
    document.save(out)
    return without_dates(out.getvalue())
