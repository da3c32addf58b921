"""An Excel workbook, one sheet per table, written row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import xlsxwriter
from sqlalchemy.engine import Connection

from pipeline.errors import StorageError
from pipeline.store.connect import reading
from pipeline.store.database import Store
from pipeline.store.exports.atomic import replacing
from pipeline.store.exports.formulas import looks_like_formula
from pipeline.store.exports.tables import DECIMALS, Sheet, Value, rows, sheets, targets

ROWS = 1_048_576
"""Rows of a sheet, the header included; what does not fit goes to a further one."""
_CELL = 32_767
_CUT = "…（已截断，全文见数据库）"
_DECIMAL = re.compile(r"-?\d+(?:\.(\d+))?")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_DIGITS = 15  # an Excel number keeps that many
_A4 = 9  # Excel's number of the paper size
# Widths in characters by what a column holds; other columns are narrow.
_WIDE, _MIDDLE, _NARROW = 48, 24, 11
_WIDE_COLUMNS = frozenset(
    [
        "goal_text",
        "outcome_text",
        "message",
        "explanation",
        "basis",
        "quote",
        "deviation",
    ]
)
_MIDDLE_COLUMNS = frozenset(
    [
        "path",
        "project_name",
        "department",
        "unit",
        "name",
        "subject",
        "target_text",
        "actual_text",
        "outcome_quotes",
        "label",
        "level1",
        "level2",
        "code",
        "reason",
        "evidence",
        "field",
        "form_id",
        "id",
        "note",
    ]
)
# Sheets whose long texts are read line by line; whole goal texts in 表 would make
# its rows taller than a screen.
_WRAPPED = frozenset(["flags", "targets", "links", "goal_statements", "indicators"])
# What programs need and nobody reads: there, but hidden.
_HIDDEN_COLUMNS = frozenset(
    [
        "config",
        "cues",
        "dimensions",
        "end_pos",
        "evidence",
        "media_type",
        "ocr",
        "outcomes",
        "profile",
        "run_key",
        "schema_version",
        "sha256",
        "start_pos",
        "targets",
        "version",
    ]
)
_LINE, _TALLEST = 15, 405  # points: a line of text, the tallest row that Excel shows
_COLOURS = {"high": "#F8CBAD", "medium": "#FFE699", "low": "#E2EFDA", "info": "#EDEDED"}


class _Look(NamedTuple):
    """How a cell looks; cells that look the same share a format."""

    colour: str = ""
    places: int = -1
    wrap: bool = False
    quoted: bool = False


@dataclass(slots=True)
class _Book:
    """A workbook with the formats made so far."""

    book: Any
    formats: dict[_Look, Any] = field(default_factory=dict)

    def style(self, look: _Look) -> Any:
        """The cell format for a look."""
        if look not in self.formats:
            made: dict[str, object] = {"valign": "top", "text_wrap": look.wrap}
            made |= {"border": 1, "border_color": "#BFBFBF"}
            if look.colour:
                made["bg_color"] = look.colour
            if look.places >= 0:
                made["num_format"] = "0." + "0" * look.places if look.places else "0"
            # The apostrophe of Excel: stays text also when somebody edits the cell.
            made["quote_prefix"] = look.quoted
            self.formats[look] = self.book.add_format(made)
        return self.formats[look]


def write_workbook(store: Store, target: Path, *, keep_personal_data: bool) -> None:
    """All tables with Chinese headings, filters and the severities in colour.

    Texts are written as texts: nothing becomes a formula or a link. Rows go to
    files in a temporary folder of their own, not to memory.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with (
        reading(store.engine) as connection,
        replacing(target) as part,
        TemporaryDirectory(prefix="jixiao-") as scratch,
    ):
        made = _Book(xlsxwriter.Workbook(str(part), options | {"tmpdir": scratch}))
        for sheet in _readable():
            _write_sheet(made, connection, sheet, keep_personal_data)
        try:
            made.book.close()
        except xlsxwriter.exceptions.XlsxFileError as error:
            raise StorageError(
                "export_unwritable", target=target.name, detail=str(error)
            ) from error


def _readable() -> Iterator[Sheet]:
    """Every table, and before the links each target beside what answers it."""
    for sheet in sheets():
        if sheet.name == "links":
            yield targets()
        yield sheet


def _write_sheet(made: _Book, connection: Connection, sheet: Sheet, keep: bool) -> None:
    part, line = 1, 1
    page = _new_page(made, sheet, part)
    for row in rows(connection, sheet, keep_personal_data=keep):
        if line == ROWS:
            _finish(page, sheet, line)
            part, line = part + 1, 1
            page = _new_page(made, sheet, part)
        colour = _colour(sheet, row)
        if (lines := _lines(sheet, row)) > 1:  # LibreOffice does not work it out
            page.set_row(line, min(lines * _LINE, _TALLEST))
        for column, value in enumerate(sheet.display(row)):
            _write_cell(made, page, (line, column), sheet, value, colour)
        line += 1
    _finish(page, sheet, line)


def _new_page(made: _Book, sheet: Sheet, part: int) -> Any:
    page = made.book.add_worksheet(sheet.title if part == 1 else f"{sheet.title}{part}")
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)  # one page wide, as many as it takes
    page.set_footer("&L&A&R&P / &N")
    for column, name in enumerate(sheet.columns):
        hidden = {"hidden": name in _HIDDEN_COLUMNS}
        page.set_column(column, column, _width(name), None, hidden)
    look = {"bold": True, "bg_color": "#DDEBF7", "border": 1, "align": "center"}
    head = made.book.add_format(look)
    for column, heading in enumerate(sheet.headings()):
        page.write_string(0, column, heading, head)
    return page


def _finish(page: Any, sheet: Sheet, lines: int) -> None:
    page.autofilter(0, 0, max(lines - 1, 0), len(sheet.columns) - 1)


def _width(name: str) -> int:
    if name in _WIDE_COLUMNS:
        return _WIDE
    return _MIDDLE if name in _MIDDLE_COLUMNS else _NARROW


def _colour(sheet: Sheet, row: tuple[Value, ...]) -> str:
    if sheet.name != "flags":
        return ""
    return _COLOURS.get(str(row[sheet.columns.index("severity")]), "")


def _write_cell(
    made: _Book,
    page: Any,
    place: tuple[int, int],
    sheet: Sheet,
    value: Value,
    colour: str,
) -> None:
    name = sheet.columns[place[1]]
    if value is None:
        page.write_blank(*place, None, made.style(_Look(colour)))
    elif isinstance(value, str):
        places = _places(value) if name in DECIMALS else -1
        if places >= 0:
            page.write_number(*place, Decimal(value), made.style(_Look(colour, places)))
            return
        wrap = sheet.name in _WRAPPED and name in _WIDE_COLUMNS
        look = _Look(colour, wrap=wrap, quoted=looks_like_formula(value))
        page.write_string(*place, _fit(value), made.style(look))
    else:
        page.write_number(*place, value, made.style(_Look(colour)))


def _lines(sheet: Sheet, row: tuple[Value, ...]) -> int:
    """How many lines the tallest wrapped cell of a row takes."""
    if sheet.name not in _WRAPPED:
        return 1
    texts = (
        value
        for name, value in zip(sheet.columns, row, strict=True)
        if name in _WIDE_COLUMNS and isinstance(value, str)
    )
    return max((_folded(text) for text in texts), default=1)


def _folded(text: str) -> int:
    """Lines of a text in a wide column; Chinese characters take two places."""
    widths = (len(part) + len(_NOT_ASCII.findall(part)) for part in text.split("\n"))
    return sum(max(1, -(-width // (_WIDE - 6))) for width in widths)


def _places(text: str) -> int:
    """Decimal places of a number that Excel can keep as printed, else -1."""
    match = _DECIMAL.fullmatch(text)
    if match is None or sum(ch.isdigit() for ch in text) > _DIGITS:
        return -1
    return len(match[1] or "")


def _fit(text: str) -> str:
    """The text at Excel's cell limit, which counts UTF-16 units."""
    if len(text) * 2 <= _CELL or len(text.encode("utf-16-le")) // 2 <= _CELL:
        return text
    room = (_CELL - len(_CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT
