"""A grid as a text dump: one line per row, fields by tab, tags left over."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.generator.dump import dump_lines, dump_text
from corpus.generator.grid import FormGrid, GridCell, place
from corpus.generator.layouts import Layout
from corpus.generator.spec import FormSpec


def field(cell: GridCell) -> str:
    """A cell as a dump prints it."""
    if cell.raw is not None:
        return dump_text(cell.raw)
    text = cell.text.replace("\n", " ")
    return f"<b>{text}</b>" if cell.bold else text


def grid_lines(grid: FormGrid) -> list[list[str]]:
    """The rows with a blank field wherever a merged cell reaches."""
    lines = [[""] * grid.width for _ in grid.rows]
    for placed in place(grid.rows):
        lines[placed.row][placed.column] = field(placed.cell)
    return lines


def dump_form(title: str, lines: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Title as a Markdown heading, its lines, then the rows."""
    head = [f"# {title}", *lines]
    body = "\n".join("\t".join(row) for row in rows)
    return "\n\n".join(head) + "\n\n" + body + "\n"


def faulty_form(spec: FormSpec, layout: Layout) -> str:
    """A form with the faults of ``dump.py``."""
    year = layout.year_line.format(year=spec.year)
    return dump_form(layout.title, [year], list(dump_lines(spec, layout)))


def plain_form(grid: FormGrid) -> str:
    """A form whose rows are in step with each other."""
    return dump_form(grid.title, grid.lines, grid_lines(grid))


def render_txt(forms: Sequence[str], *, encoding: str = "utf-8") -> bytes:
    """Forms as one file, a blank line between them."""
    return "\n".join(forms).encode(encoding)
