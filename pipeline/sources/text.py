"""Plain text, Markdown and tab-separated dumps.

Lines with tabs are rows of a shaky table, since a dump of merged cells says
nothing about spans; a blank line, a heading or a line of prose ends the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.core.document import Cell, Document, Paragraph, Table
from pipeline.errors import DocumentError
from pipeline.sources import fields, markup, spaced_cells
from pipeline.sources.limits import MAX_CELLS
from pipeline.sources.loose_pipes import EMPTY_CELL
from pipeline.sources.quoted_mail import without_quoting
from pipeline.sources.separated import with_tabs

Block = Paragraph | Table
CSV = "text/csv"

_HEADING = re.compile(r"#{1,6}(?!#)\s*(.*)")
_PIPE_ROW = re.compile(r"\s*\|(.*)\|\s*")
_PIPE_SEPARATOR = re.compile(r"\s*:?-+:?\s*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_TABLE_TAG = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)


def read(text: str, *, media_type: str = "text/plain") -> Document:
    """A Document of one page. Raises DocumentError ``empty``, ``too_many_rows``."""
    if media_type == CSV:
        return _read_csv(text)
    found: list[Block] = []
    at = 0
    for start, end in _html_tables(text):
        found += _blocks(text[at:start])
        found += _html_blocks(text[start:end])
        at = end
    found += _blocks(text[at:])
    if not found:
        raise DocumentError("empty")
    return Document(media_type=media_type, blocks=tuple(found))


def _read_csv(text: str) -> Document:
    rows = [[markup.clean(f) for f in row] for row in fields.csv_rows(text)]
    rows = [row for row in rows if any(row)]
    if not rows:
        raise DocumentError("empty")
    return Document(media_type=CSV, blocks=(table_of(rows),))


def table_of(rows: Iterable[Iterable[str]], *, page: int = 1) -> Table:
    """A shaky table: one cell per field, empty ones included."""
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        for c, field in enumerate(row):
            cells.append(Cell(row=r, column=c, text=field, page=page))
        if len(cells) > MAX_CELLS:
            raise DocumentError("too_many_rows", limit=MAX_CELLS)
    return Table(cells=tuple(cells), pages=(page,), shaky=True)


def _html_tables(text: str) -> Iterator[tuple[int, int]]:
    """Whole HTML tables in a text: converters to Markdown leave them as they are."""
    start = depth = 0
    for match in _TABLE_TAG.finditer(text):
        if not match.group(1):
            start = match.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, match.end()


def _html_blocks(source: str) -> Iterable[Block]:
    from pipeline.sources.html import blocks

    return blocks(source)


def _blocks(text: str) -> Iterator[Block]:
    rows: list[list[str]] = []
    kind, text = "", with_tabs(text)
    lines = spaced_cells.cells_of(text) or fields.prepared(
        without_quoting(_LINE_END.split(text))
    )
    for line, spaced in _marked(lines):
        line_kind, row = ("gaps", spaced) if spaced else _fields(line)
        if rows and line_kind != kind:
            yield table_of(rows)
            rows = []
        kind = line_kind
        if row is None:
            yield from _paragraphs(line)
        elif row:
            rows.append(row)
    if rows:
        yield table_of(rows)


def _marked(lines: list[str]) -> Iterator[tuple[str, list[str] | None]]:
    """Each line with its fields, if it is one of several laid out with spaces."""
    gaps = [
        None if _fields(x)[1] is not None else fields.spaced_fields(x) for x in lines
    ]
    i = 0
    while i < len(lines):
        end = i
        while end < len(lines) and gaps[end]:
            end += 1
        if end - i >= fields.MIN_SPACED:
            for line, gap in zip(lines[i:end], gaps[i:end], strict=True):
                yield line, [markup.clean(f) for f in gap or ()]
        else:
            for line in lines[i : max(end, i + 1)]:
                yield line, None
        i = max(end, i + 1)


def _fields(line: str) -> tuple[str, list[str] | None]:
    """The kind of table that a line belongs to and its cells, if any."""
    if "\t" in line:
        row = [markup.clean(fields.unquoted(field)) for field in line.split("\t")]
        # A row of empty cells inside a table holds nothing but ends nothing either.
        return "tabs", row if any(row) else []
    if match := _PIPE_ROW.fullmatch(line):
        raw = re.split(r"(?<!\\)\|", match.group(1))
        if all(_PIPE_SEPARATOR.fullmatch(field) for field in raw):
            return "pipes", []
        return "pipes", [markup.clean(f.replace("\\|", "|")) for f in raw]
    return "", None


def _paragraphs(line: str) -> Iterator[Paragraph]:
    if line == EMPTY_CELL:
        yield Paragraph("")
        return
    match = _HEADING.fullmatch(line.strip())
    for part in markup.lines(match.group(1) if match else line):
        yield Paragraph(text=part, heading=match is not None)
