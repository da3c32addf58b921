"""Documents in a few lines: from grids with spans and from tab-separated text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.core.document import Cell, Document, Paragraph, Table
from pipeline.core.form import Form
from pipeline.layout import find_forms

TITLE = "项目支出绩效自评表"


@dataclass(frozen=True)
class Span:
    text: str
    columns: int = 1
    rows: int = 1


Row = list["str | Span"]


def wide(text: str, columns: int) -> Span:
    return Span(text, columns=columns)


def tall(text: str, rows: int, columns: int = 1) -> Span:
    return Span(text, columns=columns, rows=rows)


def table_from_grid(rows: list[Row], page: int = 1) -> Table:
    """Place cells as HTML does: a row skips what spans into it from above."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        column = 0
        for item in row:
            span = item if isinstance(item, Span) else Span(item)
            while (r, column) in taken:
                column += 1
            taken.update(
                (r + y, column + x)
                for y in range(span.rows)
                for x in range(span.columns)
            )
            cells.append(Cell(r, column, span.text, span.rows, span.columns, page=page))
            column += span.columns
    return Table(tuple(cells), pages=(page,))


def flattened(table: Table) -> Table:
    """The text dump of a table: spans become blank fields, columns shaky."""
    width = max(c.column + c.column_span for c in table.cells)
    height = max(c.row + c.row_span for c in table.cells)
    grid = [["" for _ in range(width)] for _ in range(height)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text
    page = table.pages[0]
    return Table(
        tuple(
            Cell(r, c, text, page=page)
            for r, row in enumerate(grid)
            for c, text in enumerate(row)
        ),
        pages=table.pages,
        shaky=True,
    )


def doc(*blocks: str | list[Row] | Table) -> Document:
    """Paragraphs from strings, tables from grids."""
    made = [
        Paragraph(b)
        if isinstance(b, str)
        else b
        if isinstance(b, Table)
        else table_from_grid(b)
        for b in blocks
    ]
    return Document("text/html", tuple(made))


def as_dump(document: Document) -> Document:
    """The same document as a flattened text dump."""
    blocks = tuple(flattened(b) if isinstance(b, Table) else b for b in document.blocks)
    return replace(document, media_type="text/plain", blocks=blocks)


def doc_from_tsv(text: str) -> Document:
    """Lines with tabs make shaky tables, other lines paragraphs."""
    blocks: list[Paragraph | Table] = []
    rows: list[list[str]] = []

    def close() -> None:
        if rows:
            cells = tuple(
                Cell(r, c, field)
                for r, row in enumerate(rows)
                for c, field in enumerate(row)
            )
            blocks.append(Table(cells, shaky=True))
            rows.clear()

    for line in text.splitlines():
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        close()
        if line.strip():
            blocks.append(Paragraph(line.lstrip("# "), heading=line.startswith("#")))
    close()
    return Document("text/plain", tuple(blocks))


def content(form: Form) -> Form:
    """A form without what may differ between formats."""
    return replace(form, provenance={}, notes=(), pages=(1,))


def read(*rows: Row) -> Form:
    """The one form of a table below the usual title."""
    (form,) = find_forms(doc(TITLE, list(rows)))
    return form


def texts(form: Form) -> tuple[str | None, str | None]:
    """Goal and outcome text."""
    return form.goal_text, form.outcome_text
