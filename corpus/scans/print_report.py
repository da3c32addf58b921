"""Forms as a reporting library prints them: ruled tables, header repeated."""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Flowable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from corpus.generator.grid import FormGrid, GridCell, place
from corpus.scans.fonts import Font
from corpus.scans.styles import Style

Command = tuple[object, ...]


def register(font: Font) -> str:
    pdfmetrics.registerFont(TTFont(font.id, str(font.file), subfontIndex=font.face))
    return font.id


def rules(name: str) -> list[Command]:
    whole = ((0, 0), (-1, -1))
    if name == "dashed":
        return [("GRID", *whole, 0.7, colors.black, None, (3, 2))]
    if name == "no_outer":
        return [("INNERGRID", *whole, 0.5, colors.black)]
    if name == "grid":
        return [("GRID", *whole, 0.5, colors.black)]
    msg = f"no such rules here: {name}"
    raise ValueError(msg)


def table(
    rows: Sequence[tuple[GridCell, ...]],
    widths: Sequence[float],
    style: Style,
    font: str,
    *,
    header: int,
) -> Table:
    text = ParagraphStyle(
        "cell",
        fontName=font,
        fontSize=style.size,
        leading=style.size * 1.3,
        wordWrap="CJK",
    )
    middle = ParagraphStyle("short", parent=text, alignment=1)
    content: list[list[Flowable | str]] = [[""] * len(widths) for _ in rows]
    commands: list[Command] = [
        *rules(style.rules),
        # Upper and lower table touch: the line between them is an inner one.
        *((("LINEBELOW", (0, -1), (-1, -1), 0.5, colors.black),) if not header else ()),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2.5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2.5),
    ]
    for p in place(rows):
        if p.cell.text:
            shape = middle if len(p.cell.text) <= 12 else text
            markup = escape(p.cell.text).replace("\n", "<br/>")
            content[p.row][p.column] = Paragraph(markup, shape)
        corner = (p.column + p.cell.col_span - 1, p.row + p.cell.row_span - 1)
        if corner != (p.column, p.row):
            commands.append(("SPAN", (p.column, p.row), corner))
    return Table(
        content, colWidths=list(widths), repeatRows=header, style=TableStyle(commands)
    )


def print_report(
    grids: Sequence[FormGrid], weights: Sequence[float], style: Style, font: str
) -> bytes:
    """Forms as one PDF in a font that is registered under the name ``font``."""
    size = landscape(A4) if style.landscape else A4
    margin = style.margin * mm
    unit = (size[0] - 2 * margin - 12) / sum(weights)
    widths = [w * unit for w in weights]
    title = ParagraphStyle(
        "title",
        fontName=font,
        fontSize=style.size * 1.7,
        leading=style.size * 2.4,
        alignment=1,
    )
    line = ParagraphStyle(
        "line",
        fontName=font,
        fontSize=style.size,
        leading=style.size * 1.6,
        alignment=1,
    )
    story: list[Flowable] = []
    for grid in grids:
        story += [
            Paragraph(escape(grid.title), title),
            *(Paragraph(escape(text), line) for text in grid.lines),
            Spacer(1, 4),
            table(grid.rows[: grid.indicators_at], widths, style, font, header=0),
            table(grid.rows[grid.indicators_at :], widths, style, font, header=1),
            Spacer(1, 12),
        ]
    out = io.BytesIO()
    SimpleDocTemplate(
        out,
        pagesize=size,
        leftMargin=margin,
        rightMargin=margin,
        topMargin=margin,
        bottomMargin=margin,
        invariant=1,
    ).build(story)
    return out.getvalue()
