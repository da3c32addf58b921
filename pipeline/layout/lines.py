"""Document → lines: table rows and paragraphs as what is visibly printed in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.core.document import Cell, Document, Paragraph, Table
from pipeline.core.provenance import CellRef, Provenance
from pipeline.layout.evidence import content_of
from pipeline.layout.labels import roles_of
from pipeline.layout.numbers import is_value

# What stands between the parts of a table: 续上表, 表2（续）, 转下页.
_GOES_ON = re.compile(
    r"[（(]?(?:(?:[续接][上前]|续)[表页]?|[转接]下[表页])\d{0,2}[）)]?|表?\d{0,2}[（(]续表?[）)]"
)
MIN_REPEATED_ROWS = 2  # rows with a label beside itself; one may be a slip


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
    spans rows counts once, as in a text dump. ``inferred`` and
    ``overrun`` are those of the table.
    """

    slots: tuple[Slot, ...]
    table: int | None
    shaky: bool
    page: int
    inferred: bool = False
    overrun: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the slots in order."""
        return tuple(slot.text for slot in self.slots)


def lines_of(document: Document) -> tuple[Line, ...]:
    """All lines of a document in reading order, without rows of empty cells.

    A paragraph without a character is an empty cell of a table that lost its rows. What
    stands below （续上表） belongs to the table above it.
    """
    lines: list[Line] = []
    tables, whole, goes_on = 0, 0, False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if tables and _GOES_ON.fullmatch("".join(block.text.split())):
                goes_on = True
            elif block.text.strip() or not block.text:
                lines.append(_paragraph_line(block))
                goes_on = goes_on and not block.text
        else:
            rows = _table_lines(block, tables)
            if goes_on:
                rows = [replace(row, table=whole) for row in rows]
            else:
                whole = tables
            lines.extend(rows)
            tables, goes_on = tables + 1, False
    return tuple(lines)


def _paragraph_line(paragraph: Paragraph) -> Line:
    place = Provenance(
        page=paragraph.page,
        bbox=paragraph.bbox,
        ocr_confidence=paragraph.ocr_confidence,
    )
    slot = Slot(paragraph.text.strip(), 0, 1, place)
    return Line((slot,), None, False, paragraph.page)


def _table_lines(table: Table, index: int) -> list[Line]:
    lines = []
    repeats = table.shaky and _repeats_merged(table)
    for row in table.rows():
        slots = tuple(_slot(cell, index) for cell in row if cell.text.strip())
        if repeats and not _is_level_row(slots):
            slots = _merged(slots)
        if slots:
            page = slots[0].provenance.page
            marks = table.inferred, table.overrun
            lines.append(Line(slots, index, table.shaky, page, *marks))
    return lines


def _repeats_merged(table: Table) -> bool:
    """Whether a dump prints a merged cell once per column that it covered."""
    found = sum(
        any(a.text == b.text and roles_of(a.text) for a, b in pairwise(row))
        for row in table.rows()
    )
    return found >= MIN_REPEATED_ROWS


def _is_level_row(slots: tuple[Slot, ...]) -> bool:
    """产出 | 数量 …: such a row may well say the same twice, but not throughout."""
    if len({slot.text for slot in slots}) == 1:
        return False
    contents = [content_of(slot.text) for slot in slots[:3]]
    return any(max(c.level1, c.level2) > 0 for c in contents)


def _merged(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Neighbours of one text as one slot again; equal numbers stay apart."""
    kept: list[Slot] = []
    for slot in slots:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last.text == slot.text
            and last.end == slot.column
            and not is_value(slot.text)
        ):
            kept[-1] = replace(last, width=slot.end - last.column)
        else:
            kept.append(slot)
    return tuple(kept)


def _slot(cell: Cell, table: int) -> Slot:
    place = Provenance(
        page=cell.page,
        bbox=cell.bbox,
        cell=CellRef(table, cell.row, cell.column),
        ocr_confidence=cell.ocr_confidence,
        alternatives=cell.alternatives,
    )
    return Slot(cell.text.strip(), cell.column, cell.column_span, place)
