"""XLSX: every visible sheet is a page with one table of its shown values."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator

from pipeline.core.document import Cell, Document, Table, UnreadPage
from pipeline.errors import DocumentError
from pipeline.sources import markup
from pipeline.sources.limits import MAX_CELLS
from pipeline.sources.xlsx_parts import Area, Sheet, Workbook, open_workbook, read_sheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

WIDE_MERGE = 256
"""Columns up to which a merged text may lengthen the used area; a title merged
over the whole sheet (16,384) says nothing about the table below it."""


def read(data: bytes) -> Document:
    """A Document with a page per visible sheet, counted from 1.

    Raises DocumentError ``empty``, ``corrupt``, ``expands_too_much``, and
    ``too_many_rows`` where no sheet could be read.
    """
    book = open_workbook(data)
    return document_of(_sheets(book), media_type=MEDIA_TYPE, cut=book.package.cut)


def _sheets(book: Workbook) -> Iterator[Sheet | DocumentError]:
    for part in book.sheets:
        try:
            yield read_sheet(book, part)
        except DocumentError as error:
            if error.reason not in ("too_many_rows", "truncated"):
                raise
            yield error


def document_of(
    sheets: Iterable[Sheet | DocumentError], *, media_type: str, cut: bool = False
) -> Document:
    """Sheets in order, or why one was not read, as a Document of one page each.

    ``cut`` says that the end of the file is missing. Raises DocumentError
    ``empty``, and the first reason where no sheet could be read.
    """
    blocks: list[Table] = []
    unread: list[UnreadPage] = []
    uncomputed: list[tuple[int, str]] = []
    first: DocumentError | None = None
    page = 0
    for page, sheet in enumerate(sheets, start=1):
        try:
            if isinstance(sheet, DocumentError):
                raise sheet
            table = table_of(sheet, page=page)
        except DocumentError as error:
            first = first or error
            unread.append(UnreadPage(page, error.reason))
            continue
        if table is not None:
            blocks.append(table)
            uncomputed += ((page, name) for name in _uncomputed(sheet))
    if not blocks:
        raise first or DocumentError("truncated" if cut else "empty")
    if cut and not any(u.reason == "truncated" for u in unread):
        unread.append(UnreadPage(page, "truncated"))
    return Document(
        media_type=media_type,
        blocks=tuple(blocks),
        page_count=page,
        unread=tuple(unread),
        uncomputed=tuple(uncomputed),
    )


def _uncomputed(sheet: Sheet) -> Iterator[str]:
    """The shown cells that lack the result of their formula, such as F5."""
    for row, column in sheet.uncomputed:
        if not _is_hidden(sheet, row, column):
            yield f"{_letters(column)}{row}"


def _letters(column: int) -> str:
    """The name of a column, counted from 1: A, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def table_of(sheet: Sheet, *, page: int) -> Table | None:
    """The used rows and columns of a sheet as a table; None for an empty one.

    Hidden and empty rows are left out, and so are columns that hold nothing.
    """
    texts = {
        place: cleaned
        for place, text in sheet.texts.items()
        if not _is_hidden(sheet, *place) and (cleaned := markup.clean(text))
    }
    if not texts:
        return None
    merged = _titled(sheet, texts)
    covered = _covered(merged, texts)
    for place in covered:
        texts.pop(place, None)  # Excel shows only the first cell of a merge.
    rows = sorted({row for row, _ in texts})
    columns = _columns(sheet, texts, merged)
    if len(rows) * len(columns) > MAX_CELLS:
        raise DocumentError("too_many_rows", limit=MAX_CELLS)
    cells = _cells(rows, columns, texts, merged, page)
    return Table(cells=cells, pages=(page,))


def _is_hidden(sheet: Sheet, row: int, column: int) -> bool:
    return row in sheet.hidden_rows or any(
        first <= column <= last for first, last in sheet.hidden_columns
    )


def _titled(
    sheet: Sheet, texts: dict[tuple[int, int], str]
) -> dict[tuple[int, int], Area]:
    """Merged areas by their shown first place, those that hold text.

    Where the first row or column is hidden, the text stands in the first shown.
    """
    found: dict[tuple[int, int], Area] = {}
    for area in sheet.merged:
        place = (area.top, area.left)
        text = sheet.texts.get(place)
        if text is None:
            continue
        row = _first_shown(area.top, area.bottom, lambda r: r in sheet.hidden_rows)
        column = _first_shown(area.left, area.right, lambda c: _is_hidden(sheet, 0, c))
        if row is None or column is None:
            continue
        cleaned = texts.pop(place, "") or markup.clean(text)
        if cleaned:
            texts[row, column] = cleaned
            found[row, column] = Area(row, column, area.bottom, area.right)
    return found


def _first_shown(first: int, last: int, hidden: Callable[[int], bool]) -> int | None:
    return next((n for n in range(first, last + 1) if not hidden(n)), None)


def _covered(
    merged: dict[tuple[int, int], Area], texts: dict[tuple[int, int], str]
) -> list[tuple[int, int]]:
    """Places with text under a merge; looked up from the smaller side."""
    found = []
    for place, area in merged.items():
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if size <= len(texts):
            inside = [
                (row, column)
                for row in range(area.top, area.bottom + 1)
                for column in range(area.left, area.right + 1)
                if (row, column) in texts
            ]
        else:
            inside = [
                (row, column)
                for row, column in texts
                if area.top <= row <= area.bottom and area.left <= column <= area.right
            ]
        found += [p for p in inside if p != place]
    return found


def _columns(
    sheet: Sheet,
    texts: dict[tuple[int, int], str],
    merged: dict[tuple[int, int], Area],
) -> list[int]:
    """Columns in which a text begins or over which one of ordinary width lies."""
    used = {column for _, column in texts}
    for area in merged.values():
        if area.right - area.left < WIDE_MERGE:
            used.update(range(area.left, area.right + 1))
    return sorted(c for c in used if not _is_hidden(sheet, 0, c))


def _cells(
    rows: list[int],
    columns: list[int],
    texts: dict[tuple[int, int], str],
    merged: dict[tuple[int, int], Area],
    page: int,
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        for c, column in enumerate(columns):
            if (r, c) in taken:
                continue
            row_span = column_span = 1
            if area := merged.get((row, column)):
                row_span = bisect_right(rows, area.bottom) - bisect_left(rows, area.top)
                column_span = bisect_right(columns, area.right) - bisect_left(
                    columns, area.left
                )
                taken.update(
                    (r + dr, c + dc)
                    for dr in range(row_span)
                    for dc in range(column_span)
                )
            text = texts.get((row, column), "")
            cells.append(Cell(r, c, text, row_span, column_span, page))
    return tuple(cells)
