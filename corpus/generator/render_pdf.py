"""A grid as a ruled PDF table that may run over pages.

The font is the standard Chinese CID font, so nothing is embedded. Lines are
broken here and not by the library, because office programs never break
inside a number.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import (
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from corpus.generator.grid import FormGrid, GridCell, Placed, place

FONT = "STSong-Light"
SIZE = 8.5
#: Characters that the font's encoding (UniGB-UCS2-H) has no code for.
NO_GLYPH = frozenset("·")
MARGIN = 40
PADDING = 3
#: Lines stay this much shorter than the cell, so that the library breaks none.
SLACK = 2
#: A run that no line break may cut: a number or a Latin word.
UNIT = re.compile(r"[0-9A-Za-z.,%]+|.", re.DOTALL)
#: Marks that never begin a line, and marks that never end one.
NOT_FIRST = frozenset("。，；：、！？）》”%％")
NOT_LAST = frozenset("（《“")


def can_print(grid: FormGrid) -> bool:
    """Whether the font has every character of a form."""
    return not any(NO_GLYPH & set(cell.text) for row in grid.rows for cell in row)


def wrap(text: str, width: float) -> list[str]:
    """One paragraph broken into lines no wider than ``width`` points.

    A closing mark that would begin a line takes the unit before it along; an
    opening mark that would end one moves on with what it opens.
    """
    lines: list[str] = []
    line: list[str] = []
    for unit in UNIT.findall(text):
        if line and pdfmetrics.stringWidth("".join(line) + unit, FONT, SIZE) > width:
            keep = len(line)
            if unit in NOT_FIRST:
                keep -= 1
            while keep > 0 and line[keep - 1] in NOT_LAST:
                keep -= 1
            if keep > 0:
                lines.append("".join(line[:keep]))
                line = line[keep:]
        line.append(unit)
    return [*lines, "".join(line)] if line else lines


def cell_flow(cell: GridCell, width: float, style: ParagraphStyle) -> Flowable | str:
    """The drawn content of a cell ``width`` points wide."""
    if not cell.text:
        return ""
    inner = width - 2 * PADDING - SLACK
    lines = [line for part in cell.text.split("\n") for line in wrap(part, inner)]
    return Paragraph("<br/>".join(escape(line) for line in lines), style)


def spans(placed: Sequence[Placed]) -> list[tuple[object, ...]]:
    return [
        (
            "SPAN",
            (p.column, p.row),
            (p.column + p.cell.col_span - 1, p.row + p.cell.row_span - 1),
        )
        for p in placed
        if p.cell.row_span > 1 or p.cell.col_span > 1
    ]


def column_widths(count: int) -> list[float]:
    """Columns of equal width, the last (reasons) half as wide again."""
    unit = (A4[0] - 2 * MARGIN) / (count + 0.5)
    return [unit] * (count - 1) + [unit * 1.5]


def table(
    rows: Sequence[tuple[GridCell, ...]], widths: Sequence[float], *, header: int
) -> Table:
    """A ruled table; ``header`` rows are repeated on every page."""
    style = ParagraphStyle("cell", fontName=FONT, fontSize=SIZE, leading=SIZE * 1.3)
    placed = list(place(rows))
    content: list[list[Flowable | str]] = [[""] * len(widths) for _ in rows]
    for p in placed:
        width = sum(widths[p.column : p.column + p.cell.col_span])
        content[p.row][p.column] = cell_flow(p.cell, width, style)
    return Table(
        content,
        colWidths=list(widths),
        repeatRows=header,
        style=TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
                ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
                *spans(placed),
            ]
        ),
    )


def form_flow(grid: FormGrid) -> list[Flowable]:
    """Title, lines, the upper block, and the indicators with their header."""
    title = ParagraphStyle("title", fontName=FONT, fontSize=15, leading=22, alignment=1)
    line = ParagraphStyle("line", fontName=FONT, fontSize=9, leading=14, alignment=1)
    widths = column_widths(grid.width)
    return [
        Paragraph(escape(grid.title), title),
        *(Paragraph(escape(text), line) for text in grid.lines),
        Spacer(1, 6),
        table(grid.rows[: grid.indicators_at], widths, header=0),
        table(grid.rows[grid.indicators_at :], widths, header=1),
    ]


def render_pdf(grids: Sequence[FormGrid], *, start_pages: bool = True) -> bytes:
    """Forms as one file; one after the other on a page if not ``start_pages``.

    Raises ValueError for a form that the font cannot print, because a
    character would vanish without a trace.
    """
    if not all(can_print(grid) for grid in grids):
        msg = f"the PDF font lacks one of {sorted(NO_GLYPH)}"
        raise ValueError(msg)
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN - 6,
        rightMargin=MARGIN - 6,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title="绩效自评表",
        pageCompression=1,
        invariant=1,
    )
    story: list[Flowable] = []
    for number, grid in enumerate(grids):
        if number:
            story.append(PageBreak() if start_pages else Spacer(1, 18))
        story.extend(form_flow(grid))
    document.build(story)
    return out.getvalue()
