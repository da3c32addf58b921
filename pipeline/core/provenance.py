"""Where something stands in its source: page, cell, box."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BBox:
    """A rectangle in PDF points or image pixels, origin top left, y downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    def as_list(self) -> list[float]:
        """The box as the record prints it: ``[x0, y0, x1, y1]``, two decimals."""
        return [round(v, 2) for v in (self.x0, self.y0, self.x1, self.y1)]


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell of a document: table in reading order, row and column, all from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """The place that a field was read from.

    ``page`` counts from 1 (XLSX: the sheet). ``bbox`` is given for PDF and
    scans only. ``ocr_confidence`` is None for text that was not recognised
    from an image; ``alternatives`` are other readings of the same cell.
    """

    page: int
    bbox: BBox | None = None
    cell: CellRef | None = None
    ocr_confidence: float | None = None
    alternatives: tuple[str, ...] = ()
