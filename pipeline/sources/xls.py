"""XLS (Excel 2 to 2003, WPS .et): xlrd's records, the same tables as from XLSX."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import xlrd
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.sheet import Cell as RawCell
from xlrd.sheet import Sheet as RawSheet

from pipeline.core.document import Document
from pipeline.errors import DocumentError
from pipeline.sources.limits import MAX_CELLS
from pipeline.sources.number_format import BUILTIN, display
from pipeline.sources.xls_repair import recovered_stream
from pipeline.sources.xlsx import document_of
from pipeline.sources.xlsx_parts import Area, Sheet

MEDIA_TYPE = "application/vnd.ms-excel"

XLS_FAILURES: tuple[type[Exception], ...] = (
    xlrd.XLRDError,
    CompDocError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    RecursionError,
    struct.error,
    TypeError,
    ValueError,
)
"""What xlrd raises on damaged files: it asserts and indexes without looking."""

_EXCEL_5 = 50
"""From this BIFF version on format numbers below 164 have a fixed meaning."""

_EXCEL_97 = 80
"""From here on texts are UTF-16 and need no code page."""

_MISNAMED = (None, 1252, 32769)
_VISIBLE = 0
_YEAR_1904 = 1


def read(data: bytes) -> Document:
    """A Document with a page per visible sheet, counted from 1.

    Raises DocumentError ``empty``, ``corrupt``, ``encrypted``, and
    ``too_many_rows`` where no sheet could be read. Of a file that was cut the
    sheets before the cut are kept; ``unread`` says ``truncated``.
    """
    book, cut = _open(data)
    numbers = [n for n in range(book.nsheets) if _is_visible(book, n)]
    return document_of(_sheets(book, numbers, cut=cut), media_type=MEDIA_TYPE, cut=cut)


def _open(data: bytes) -> tuple[Book, bool]:
    """The workbook, and whether its end is missing."""
    try:
        return _book(data), False
    except DocumentError:
        raise
    except XLS_FAILURES as error:
        stream = recovered_stream(data)
        if stream is None:
            raise DocumentError("corrupt", "corrupt_xls") from error
    try:
        return _book(stream), True
    except XLS_FAILURES as error:
        raise DocumentError("corrupt", "corrupt_xls") from error


def _book(data: bytes) -> Book:
    """The workbook; texts of before Excel 97 by its code page, or GB 18030.

    Chinese programs name no code page or that of Western Europe, in which no
    Chinese text can be written.
    """
    failure: Exception | None = None
    try:
        book = _opened(data)
        if book.biff_version >= _EXCEL_97 or book.codepage not in _MISNAMED:
            return book
    except UnicodeError as error:
        failure = error
    try:
        return _opened(data, "gb18030")
    except UnicodeError:
        if failure is not None:
            raise
        return book


def _opened(data: bytes, encoding: str | None = None) -> Book:
    try:
        return xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            encoding_override=encoding,
            logfile=io.StringIO(),
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise DocumentError("encrypted", "encrypted_office") from error
        raise


def _is_visible(book: Book, number: int) -> bool:
    return bool(book._sheet_visibility[number] == _VISIBLE)


def _sheets(
    book: Book, numbers: list[int], *, cut: bool
) -> Iterator[Sheet | DocumentError]:
    for number in numbers:
        try:
            yield _sheet(book, book.sheet_by_index(number))
        except DocumentError as error:
            yield error
        except XLS_FAILURES:
            yield DocumentError("truncated" if cut else "corrupt", "corrupt_xls")
        finally:
            book.unload_sheet(number)


def _sheet(book: Book, raw: RawSheet) -> Sheet:
    sheet = Sheet()
    for row in range(raw.nrows):
        for column in range(raw.row_len(row)):
            text = _shown(book, raw.cell(row, column))
            if text:
                sheet.texts[row + 1, column + 1] = text
                if len(sheet.texts) > MAX_CELLS:
                    raise DocumentError("too_many_rows", limit=MAX_CELLS)
    # xlrd's ranges are half-open and count from 0, ours are closed, from 1.
    sheet.merged = [
        Area(top + 1, left + 1, bottom, right)
        for top, bottom, left, right in raw.merged_cells
    ]
    sheet.hidden_rows = {r + 1 for r, i in raw.rowinfo_map.items() if i.hidden}
    hidden = [c + 1 for c, info in raw.colinfo_map.items() if info.hidden]
    sheet.hidden_columns = [(column, column) for column in hidden]
    return sheet


def _shown(book: Book, cell: RawCell) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        code = _format(book, cell.xf_index)
        since_1904 = book.datemode == _YEAR_1904
        return display(repr(cell.value), code, since_1904=since_1904)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERR!"))
    return ""


def _format(book: Book, index: int | None) -> str:
    """The format code of a cell style; numbered ones as a Chinese Excel shows them."""
    if index is None or not 0 <= index < len(book.xf_list):
        return "General"
    key = book.xf_list[index].format_key
    if book.biff_version >= _EXCEL_5 and key in BUILTIN:
        return BUILTIN[key]
    found = book.format_map.get(key)
    return found.format_str if found is not None else "General"
