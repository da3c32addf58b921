"""Plain text, Markdown and tab-separated dumps.

Lines with tabs are rows of a shaky table, since a dump of merged cells says
nothing about spans; a blank line, a heading or a line of prose ends the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.core.document import Cell, Document, Paragraph, Table
from pipeline.errors import DocumentError
from pipeline.sources import markup
from pipeline.sources.limits import MAX_CELLS

Block = Paragraph | Table

_HEADING = re.compile(r"#{1,6}(?!#)\s*(.*)")
_PIPE_ROW = re.compile(r"\s*\|(.*)\|\s*")
_PIPE_SEPARATOR = re.compile(r"\s*:?-+:?\s*")
_TABLE_TAG = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)


def read(text: str, *, media_type: str = "text/plain") -> Document:
    """A Document of one page. Raises DocumentError ``empty``, ``too_many_rows``."""
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
    kind = ""
    for line in re.split(r"\r\n|\r|\n", text):
        line_kind, fields = _fields(line)
        if rows and line_kind != kind:
            yield table_of(rows)
            rows = []
        kind = line_kind
        if fields is None:
            yield from _paragraphs(line)
        elif fields:
            rows.append(fields)
    if rows:
        yield table_of(rows)


def _fields(line: str) -> tuple[str, list[str] | None]:
    """The kind of table that a line belongs to and its cells, if any."""
    if "\t" in line:
        fields = [markup.clean(field) for field in line.split("\t")]
        # A row of empty cells inside a table holds nothing but ends nothing either.
        return "tabs", fields if any(fields) else []
    if match := _PIPE_ROW.fullmatch(line):
        raw = re.split(r"(?<!\\)\|", match.group(1))
        if all(_PIPE_SEPARATOR.fullmatch(field) for field in raw):
            return "pipes", []
        return "pipes", [markup.clean(f.replace("\\|", "|")) for f in raw]
    return "", None


def _paragraphs(line: str) -> Iterator[Paragraph]:
    match = _HEADING.fullmatch(line.strip())
    for part in markup.lines(match.group(1) if match else line):
        yield Paragraph(text=part, heading=match is not None)
