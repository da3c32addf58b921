"""What a reader makes of bytes: text blocks and tables with positions.

A Document holds no judgement about forms; ``pipeline.layout`` makes those.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.core.provenance import BBox


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell. ``row`` and ``column`` count from 0 on the table's grid.

    ``text`` has its entities decoded and its markup removed (block tags are
    line breaks); nothing else is changed. An empty cell has ``text == ""``.
    ``ocr_confidence`` is None for text that was not recognised from a picture;
    ``alternatives`` are other readings of a recognised cell.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    page: int = 1
    bbox: BBox | None = None
    ocr_confidence: float | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells in reading order (by row, then column).

    ``shaky`` says that columns are only tab positions (text dumps), so that a
    row may be shifted against its header. ``inferred`` says that no rulings part
    the cells: rows and columns are where the texts of a page align. ``overrun`` says
    that texts reach over the rulings into the cells above and below. ``pages`` are
    the pages it covers.
    """

    cells: tuple[Cell, ...]
    pages: tuple[int, ...] = (1,)
    shaky: bool = False
    inferred: bool = False
    overrun: bool = False

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Cells grouped by the row in which they begin, rows in order."""
        row: list[Cell] = []
        for cell in self.cells:
            if row and cell.row != row[0].row:
                yield tuple(row)
                row = []
            row.append(cell)
        if row:
            yield tuple(row)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text outside any table (title, year line, note, prose).

    In a text that has the cells of a table but not its rows, each cell is one; an
    empty ``text`` is then a cell known to be empty.
    """

    text: str
    page: int = 1
    bbox: BBox | None = None
    heading: bool = False
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """A page that could not be read, with a reason of the closed set."""

    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. ``read_by`` is ``text``, ``ocr`` or ``mixed``.

    ``ocr`` names the engine, ``ocr_pages`` are the pages that it read.
    ``uncomputed`` are the cells (page, reference such as F5) whose formula was saved
    without its result, so that they are empty here.
    """

    media_type: str
    blocks: tuple[Paragraph | Table, ...]
    page_count: int = 1
    read_by: str = "text"
    unread: tuple[UnreadPage, ...] = ()
    ocr: str | None = None
    ocr_pages: tuple[int, ...] = ()
    uncomputed: tuple[tuple[int, str], ...] = ()

    @property
    def text(self) -> str:
        """All text in reading order: cells by tab, rows and blocks by line."""
        lines: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                lines.append(block.text)
            else:
                lines.extend("\t".join(c.text for c in row) for row in block.rows())
        return "\n".join(lines)
