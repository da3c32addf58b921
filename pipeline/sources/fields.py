"""Lines of a text dump → rows of fields: tabs, pipes, commas, wide gaps.

A cell that was broken over several lines makes one row again where the number
of tabs proves it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.sources.broken_rows import with_whole_rows
from pipeline.sources.loose_pipes import with_whole_pipes

SAMPLE_LINES = 20
"""Lines that show what separates the fields of a .csv file."""

MIN_SPACED = 3
"""Consecutive lines with wide gaps that make a table; fewer are typed text."""

NARROW = 4
"""Characters of a line that belongs to a narrow label cell (年度 / 总体 / 目标)."""

MOST_BROKEN = 200
"""Lines that one broken row may take; more is no table row."""

_BARE_SEPARATOR = re.compile(r"\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+")
_PIPED = re.compile(r"\s*\|.*\|\s*")
_LABEL_PIECE = re.compile(r"[\u4e00-\u9fff（）()]{1,6}")
_GAP = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")
_INDENT = re.compile(r"[ \u3000]{4,}")


def csv_rows(text: str) -> list[list[str]]:
    """Rows of a comma-separated file; a quoted field may hold line breaks."""
    sample = "\n".join(text.splitlines()[:SAMPLE_LINES])
    delimiter = max("\t,;", key=sample.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return list(reader)
    except csv.Error:  # a field beyond the limit of the module
        return [line.split(delimiter) for line in text.splitlines()]


def spaced_fields(line: str) -> list[str] | None:
    """Fields of a line laid out with spaces, None for ordinary text."""
    fields = _GAP.split(line.strip(" \u3000"))
    if len(fields) < 2:
        return None
    # A deep indent is an empty first cell.
    return ["", *fields] if _INDENT.match(line) else fields


def prepared(lines: Sequence[str]) -> list[str]:
    """Lines with broken tab rows whole and pipe tables in their full notation."""
    return with_whole_pipes(_with_outer_pipes(rejoined(lines)))


def unquoted(field: str) -> str:
    """A field as a spreadsheet quotes it for its line breaks or quotation marks."""
    text = field.strip()
    inner = text[1:-1]
    if len(text) < 2 or not (text.startswith('"') and text.endswith('"')):
        return field
    if '"' in inner.replace('""', "") or ("<br>" not in inner and '""' not in inner):
        return field
    return inner.replace('""', '"')


def _with_outer_pipes(lines: list[str]) -> list[str]:
    """``a | b`` over ``--- | ---``: Markdown tables may leave out the outer pipes."""
    done = list(lines)
    for at, line in enumerate(lines):
        if not _BARE_SEPARATOR.fullmatch(line) or not at or "|" not in lines[at - 1]:
            continue
        end = at
        while end < len(lines) and "|" in lines[end]:
            end += 1
        for i in range(at - 1, end):
            if not _PIPED.fullmatch(lines[i]):
                done[i] = f"|{lines[i]}|"
    return done


def rejoined(lines: Sequence[str]) -> list[str]:
    """Tab rows whose cells were broken over lines, as one line each.

    Only where every row of the block then has the same number of tabs;
    otherwise the lines are returned as they are. A break inside a cell is
    kept as ``<br>``.
    """
    whole: list[str] = []
    for block, tabbed in _blocks(lines):
        whole.extend(with_whole_rows(_join_block(block)) if tabbed else block)
    return whole


def _blocks(lines: Sequence[str]) -> Iterator[tuple[list[str], bool]]:
    """Runs of lines between blank lines and headings, with whether tabs occur."""
    block: list[str] = []
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            if block:
                yield block, any("\t" in x for x in block)
            yield [line], False
            block = []
        else:
            block.append(line)
    if block:
        yield block, any("\t" in x for x in block)


def _join_block(block: list[str]) -> list[str]:
    counts = Counter(line.count("\t") for line in block if "\t" in line)
    width = max(counts)
    if set(counts) == {width} and not _inner_loose(block):
        return block
    if counts[width] < 3:
        return block
    start = next(i for i, line in enumerate(block) if "\t" in line)
    while start and _is_narrow(block[start - 1]):
        start -= 1  # the first label may be broken before its first tab
    joined = _grouped(block[start:], width)
    return block if joined is None else [*block[:start], *joined]


def _inner_loose(block: list[str]) -> bool:
    """A line without tabs between lines with tabs."""
    tabbed = [i for i, line in enumerate(block) if "\t" in line]
    return any("\t" not in line for line in block[tabbed[0] : tabbed[-1]])


def _grouped(lines: list[str], width: int) -> list[str] | None:
    """Lines put together to rows of exactly ``width`` tabs, None if impossible."""
    rows: list[str] = []
    current: list[str] = []
    tabs = 0
    for line in lines:
        found = line.count("\t")
        if not current and found == 0 and rows and _continues(rows[-1], line):
            rows[-1] += "<br>" + line
            continue
        if tabs == 0 and found == 0 and not _LABEL_PIECE.fullmatch(line.strip()):
            # A title or a note between two tables.
            rows += [*current, line]
            current = []
            continue
        current.append(line)
        tabs += found
        if tabs > width or len(current) > MOST_BROKEN:
            return None
        if tabs == width:
            rows.append("<br>".join(current))
            current, tabs = [], 0
    if tabs:
        return None
    return [*rows, *current]  # what follows the last row is text


def _continues(row: str, line: str) -> bool:
    """Whether a line without tabs goes on with the last cell of the row above.

    Narrow lines begin the next row's label; a number is never broken.
    """
    last = row.rpartition("\t")[2].strip() if "\t" in row else ""
    is_text = re.search(r"[\u4e00-\u9fff]", last) is not None
    return is_text and not _is_narrow(line)


def _is_narrow(line: str) -> bool:
    return "\t" not in line and len(line.strip()) <= NARROW
