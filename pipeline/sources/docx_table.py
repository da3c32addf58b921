"""Word tables: gridSpan, vMerge, gridBefore and old hMerge on one grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.core.document import Cell, Table
from pipeline.errors import DocumentError
from pipeline.sources import markup
from pipeline.sources.docx_text import attribute, own_text
from pipeline.sources.limits import MAX_CELLS, MAX_SPAN
from pipeline.sources.ooxml import local

_TRANSPARENT = frozenset(
    ["sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"]
)
_OFF = ("0", "false", "off")


@dataclass(slots=True)
class _Grid:
    """Cells so far; ``open`` says per column which cell a vMerge would continue."""

    cells: list[Cell]
    open: dict[int, int]
    width: int = 0


def table_of(element: etree._Element) -> tuple[Table | None, list[etree._Element]]:
    """The table and the nested tables and text boxes that stand in its cells."""
    grid = _Grid(cells=[], open={})
    inner: list[etree._Element] = []
    row_index = 0
    for row in _children(element, "tr"):
        if _is_gone(row):
            continue
        _add_row(grid, row, row_index, inner)
        row_index += 1
    table = Table(cells=tuple(grid.cells)) if grid.cells else None
    return table, inner


def _add_row(
    grid: _Grid, row: etree._Element, index: int, inner: list[etree._Element]
) -> None:
    column = _number(row, "{*}trPr/{*}gridBefore", 0)
    still_open: dict[int, int] = {}
    for element in _children(row, "tc"):
        span = max(1, min(_number(element, "{*}tcPr/{*}gridSpan", 1), MAX_SPAN))
        grid.width += span
        if grid.width > MAX_CELLS:
            raise DocumentError("too_many_rows", limit=MAX_CELLS)
        merge = _merge(element, "vMerge")
        above = grid.open.get(column)
        if _merge(element, "hMerge") == "continue" and grid.cells:
            last = grid.cells[-1]
            if last.row == index:
                grid.cells[-1] = replace(last, column_span=last.column_span + span)
        elif merge == "continue" and above is not None:
            cell = grid.cells[above]
            grid.cells[above] = replace(cell, row_span=index - cell.row + 1)
            still_open[column] = above
        else:
            if merge:
                still_open[column] = len(grid.cells)
            text = cell_text(element, inner)
            grid.cells.append(Cell(index, column, text, column_span=span))
        column += span
    grid.open = still_open


def cell_text(cell: etree._Element, inner: list[etree._Element]) -> str:
    r"""Paragraphs joined with ``\n``; tables of one column are only lines."""
    lines: list[str] = []
    for element in _walk(cell):
        if local(element) == "p":
            text = own_text(element)
            lines.append(text.text)
            inner += text.boxes
        elif _has_columns(element):
            inner.append(element)
        else:
            for row in _children(element, "tr"):
                lines += [cell_text(c, inner) for c in _children(row, "tc")]
    return markup.clean("\n".join(lines))


def _walk(parent: etree._Element) -> Iterator[etree._Element]:
    for element in parent:
        if local(element) in ("p", "tbl"):
            yield element
        elif local(element) in _TRANSPARENT:
            yield from _walk(element)


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for element in parent:
        if local(element) == tag:
            yield element
        elif local(element) in _TRANSPARENT:
            yield from _children(element, tag)


def _has_columns(table: etree._Element) -> bool:
    return any(
        sum(1 for _ in _children(row, "tc")) > 1 for row in _children(table, "tr")
    )


def _is_gone(row: etree._Element) -> bool:
    """A row that is hidden or whose deletion is tracked."""
    for properties in row.iterfind("{*}trPr"):
        for element in properties:
            if local(element) == "del":
                return True
            if local(element) == "hidden":
                return attribute(element, "val").lower() not in _OFF
    return False


def _merge(cell: etree._Element, tag: str) -> str:
    """Empty, ``restart`` or ``continue`` (also for an element without value)."""
    for element in cell.iterfind("{*}tcPr/{*}" + tag):
        return attribute(element, "val") or "continue"
    return ""


def _number(element: etree._Element, path: str, default: int) -> int:
    for found in element.iterfind(path):
        value = attribute(found, "val")
        if value.isdecimal():
            return min(int(value[:9]), MAX_SPAN)
    return default
