"""Document → lines: table rows and paragraphs as what is visibly printed in them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.document import Cell, Document, Paragraph, Table
from pipeline.core.provenance import CellRef, Provenance


@dataclass(frozen=True, slots=True)
class Slot:
    """A non-empty cell (or a paragraph) with the columns that it covers."""

    text: str
    column: int
    width: int
    provenance: Provenance

    @property
    def end(self) -> int:
        """First column after the slot."""
        return self.column + self.width


@dataclass(frozen=True, slots=True)
class Line:
    """A table row or a paragraph; ``table`` is None for a paragraph.

    Only cells that begin in the row and hold text are slots: a cell that
    spans rows counts once, as in a text dump.
    """

    slots: tuple[Slot, ...]
    table: int | None
    shaky: bool
    page: int

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the slots in order."""
        return tuple(slot.text for slot in self.slots)


def lines_of(document: Document) -> tuple[Line, ...]:
    """All lines of a document in reading order; empty ones are left out."""
    lines: list[Line] = []
    tables = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.text.strip():
                lines.append(_paragraph_line(block))
        else:
            lines.extend(_table_lines(block, tables))
            tables += 1
    return tuple(lines)


def _paragraph_line(paragraph: Paragraph) -> Line:
    place = Provenance(page=paragraph.page, bbox=paragraph.bbox)
    slot = Slot(paragraph.text.strip(), 0, 1, place)
    return Line((slot,), None, False, paragraph.page)


def _table_lines(table: Table, index: int) -> list[Line]:
    lines = []
    for row in table.rows():
        slots = tuple(_slot(cell, index) for cell in row if cell.text.strip())
        if slots:
            lines.append(Line(slots, index, table.shaky, slots[0].provenance.page))
    return lines


def _slot(cell: Cell, table: int) -> Slot:
    place = Provenance(
        page=cell.page,
        bbox=cell.bbox,
        cell=CellRef(table, cell.row, cell.column),
        ocr_confidence=cell.ocr_confidence,
    )
    return Slot(cell.text.strip(), cell.column, cell.column_span, place)
