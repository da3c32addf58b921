"""The forms of ``tests.helpers.archive`` as PDF, Word and Excel files, by turns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.generator.grid import FormGrid, GridCell
from corpus.generator.render_docx import render_docx
from corpus.generator.render_html import render_html
from corpus.generator.render_pdf import render_pdf
from corpus.generator.render_xls import render_xls
from corpus.generator.render_xlsx import render_xlsx
from tests.helpers.archive import form_rows

RENDERERS: Sequence[tuple[str, Callable[[Sequence[FormGrid]], bytes]]] = (
    ("pdf", render_pdf),
    ("docx", render_docx),
    ("xlsx", render_xlsx),
    ("pdf", render_pdf),
    ("docx", render_docx),
    ("xls", render_xls),
    ("html", render_html),
)
"""A guess at what bureaus publish; what is scanned is measured elsewhere."""


def write_mixed(folder: Path, count: int) -> None:
    """So many forms in folders of a hundred."""
    for number in range(count):
        suffix, render = RENDERERS[number % len(RENDERERS)]
        file = folder / f"{number // 100:05}" / f"{number:07}.{suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(render([grid_of(form_rows(number))]))


def grid_of(form: list[list[str]]) -> FormGrid:
    """Rows as a grid; the last cell of a short row covers the rest of it."""
    title, year, *rows = form
    width = max(map(len, rows))
    cells = tuple(
        tuple(
            GridCell(text, col_span=width - i if i == len(row) - 1 else 1)
            for i, text in enumerate(row)
        )
        for row in rows
    )
    header = next(i for i, row in enumerate(rows) if row[0] == "一级指标")
    return FormGrid(title[0], (year[0],), width, cells, header)
