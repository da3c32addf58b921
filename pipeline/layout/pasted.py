"""Forms of which only the order of the cells is left: rows again.

Such a text comes from pasting a table cell by cell, or from a site that stores the
words of a document without its tables. Rows are rebuilt from the labels and, in the
indicator table, by the way through the cells that fits their contents best. Where
that is not clear, the lines stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.layout.column_roles import Columns
from pipeline.layout.columns import is_indicator_header, is_subheader, read_columns
from pipeline.layout.evidence import is_execution, tells_its_column
from pipeline.layout.labels import has_role, roles_of
from pipeline.layout.lines import Line
from pipeline.layout.numbers import is_value
from pipeline.layout.pasted_cells import (
    LOSSY,
    PASTED,
    UNREAD,
    Reading,
    is_column,
    may_hold_rows,
    one_cell,
    readings,
    row_of,
    text_of,
    without_fillers,
)
from pipeline.layout.pasted_funds import end_of_fund_header, fund_rows
from pipeline.layout.pasted_goals import GOALS, goal_rows
from pipeline.layout.pasted_rows import find_rows
from pipeline.layout.titles import title_type

MOST_CELLS = 4000
"""Cells of one indicator table: hundreds of rows."""

MIN_HEADER = 4
"""Labels one below the other that show an indicator header with one cell a line."""

MOST_HEAD = 10
"""Lines from the title of a form to its first field."""

_TABLE = re.compile(r"表\s*(?:[(（].{0,20}[)）])?$")
_OPINION = re.compile(r"(?:审核|审查|初审|复核|部门|单位)意见\s*(?:[(（]盖章[)）])?$")
_NOTE = re.compile(r"(?:备?注|说明|填表说明|填报说明)\s*(?:[:：]|\d[.、．])")


@dataclass(frozen=True, slots=True)
class _Header:
    """Cells [start, end) and their rows: one, or two of which the second refines."""

    start: int
    end: int
    rows: tuple[Line, ...]
    columns: Columns


@dataclass(frozen=True, slots=True)
class _Rebuilt:
    """Lines, and how many forms were seen and how many of them became rows."""

    lines: tuple[Line, ...]
    seen: int
    clear: int


def rebuilt(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Runs of paragraphs that are a pasted form as rows, all else unchanged."""
    done: list[Line] = []
    for plain, group in groupby(lines, key=lambda line: line.table is None):
        run = list(group)
        done.extend(_best(run) if plain else run)
    return tuple(done)


def _best(run: list[Line]) -> tuple[Line, ...]:
    """The first reading in which most forms are clear."""
    solid = tuple(line for line in run if text_of(line))
    if not may_hold_rows(solid):
        return solid
    best = _Rebuilt(solid, 0, 0)
    for reading in readings(run):
        found = _rebuild(reading)
        if found.clear > best.clear:
            best = found
        if found.seen and found.seen == found.clear:
            break
    return best.lines


def _rebuild(reading: Reading) -> _Rebuilt:
    """One form after the other; where one is not clear, its lines stay as they are."""
    run = list(reading.cells)
    done: list[Line] = []
    start, clear, seen, forms = 0, False, 0, 0
    while (header := _find_header(run, start)) is not None:
        rows, after = _indicator_rows(run, header, reading)
        clear = bool(rows)
        seen, forms = seen + 1, forms + clear
        if clear:
            done.extend(_labelled_rows(run[start : header.start], reading))
            table = LOSSY if reading.lenient else PASTED
            done.extend(replace(x, table=table) for x in header.rows)
            done.extend(rows)
        else:
            done.extend(run[start:after])
        start = after
    done.extend(_labelled_rows(run[start:], reading) if clear else run[start:])
    return _Rebuilt(tuple(x for x in done if text_of(x)), seen, forms)


def _find_header(run: list[Line], start: int) -> _Header | None:
    while start < len(run):
        end = start
        while end < len(run) and is_column(run[end]):
            end += 1
        if end - start >= MIN_HEADER:
            found = _header(run, start, end)
            if found is not None:
                return found
        start = max(end, start + 1)
    return None


def _header(run: list[Line], start: int, end: int) -> _Header | None:
    """The header in a run of column labels; where levels come late it is of two rows."""
    cells = run[start:end]
    first = next(
        (i for i, c in enumerate(cells) if has_role(text_of(c), "ind.level1")), 0
    )
    if 1 < first < len(cells) - 2:
        upper, lower = row_of(cells[:first]), row_of(cells[first:])
        if is_subheader(lower, upper):
            return _Header(start, end, (upper, lower), read_columns(upper, lower))
    line = row_of(cells)
    if not is_indicator_header(line):
        return None
    return _Header(start, end, (line,), read_columns(line))


def _labelled_rows(run: list[Line], reading: Reading) -> Iterator[Line]:
    """Label and value, fund rows, goal labels with the texts below them."""
    i = 0
    while i < len(run):
        text = text_of(run[i])
        if has_role(text, "section.funds", "fund.") and (
            end := end_of_fund_header(run, i)
        ):
            i, rows = fund_rows(run, i, end)
            yield from rows
            continue
        if has_role(text, "section.funds", "fund.", "fundrow.", "total", "rating"):
            end = _end_of_values(run, i)
        elif has_role(text, "header."):
            end = _end_of_field(run, i, reading)
        elif has_role(text, *GOALS):
            end, rows = goal_rows(run, i)
            yield from rows
            i = end
            continue
        else:
            yield run[i]
            i += 1
            continue
        yield _field(run[i:end])
        i = end


def _end_of_field(run: list[Line], start: int, reading: Reading) -> int:
    """Past the value of a label; a lenient one may have spaces in it."""
    end = start + 1
    most = MAX_WORDS if reading.lenient else 1
    while end < len(run) and end - start <= most and not roles_of(text_of(run[end])):
        if end > start + 1 and run[end].slots[0].column == 0:
            break  # a value goes on in its line only
        end += 1
    return end


MAX_WORDS = 6
"""Words of a value behind a label."""


def _field(cells: list[Line]) -> Line:
    """A label with its value, the words of which were parted."""
    label, *rest = cells
    values = [c for c in rest if text_of(c)]
    if len(values) > 1 and not is_value(text_of(values[0])):
        values = [one_cell(values, " ")]
    return row_of([label, *values])


def _end_of_values(run: list[Line], start: int) -> int:
    """Past the labels of a fund header, or past the values of a fund row."""
    end = start + 1
    if end < len(run) and is_value(text_of(run[end])):
        while end < len(run) and is_value(text_of(run[end])):
            end += 1
        return end
    if has_role(text_of(run[start]), "rating") and end < len(run):
        return end + 1
    if end + 1 < len(run) and is_value(text_of(run[end + 1])):
        return end  # 预算数 | 40 | 执行数 | 38 below a section label: pairs
    while end < len(run) and has_role(text_of(run[end]), "fund."):
        end += 1
    return end


def _indicator_rows(
    run: list[Line], header: _Header, reading: Reading
) -> tuple[list[Line], int]:
    """The rows below the header, and where they end; none where it is not clear."""
    columns = header.columns.order
    roles = [c.role for c in columns]
    end = header.end
    while end < len(run) and not _ends_table(run[end]):
        end += 1
    end = _before_title(run, header.end, end)
    cells = without_fillers(run[header.end : end])
    starts = _starts(cells) if reading.lenient else frozenset()
    told = starts if reading.lenient else _is_regular(roles)
    if not {"weight", "score"} & set(roles) and not told:
        return [], end
    if len(cells) > MOST_CELLS:
        return [], end  # no table: the rest of a long text
    found = find_rows(
        [text_of(c) for c in cells], roles, lenient=reading.lenient, starts=starts
    )
    if found is None:
        return [], end
    table = LOSSY if reading.lenient else PASTED
    rows: list[Line] = []
    for row in found.rows:
        parts = {p.role: one_cell(cells[p.start : p.end], " ") for p in row}
        unclear = _unclear(parts, roles) if reading.lenient else None
        places = [columns[roles.index(role)].start for role in parts if role != unclear]
        if is_execution(text_of(next(iter(parts.values())))):
            places[0] = columns[0].start  # stands over all level columns
        left = parts.pop(unclear) if unclear else None
        line = row_of(list(parts.values()), places, table)
        if reading.lenient and parts.keys() == {"level3"}:
            rows.append(replace(line, table=UNREAD))  # a name without any value
        elif line.slots:
            rows.append(line)
        if left is not None:
            rows.append(replace(left, table=UNREAD))
    rows += [replace(c, table=UNREAD) for c in cells[found.end :] if text_of(c)]
    return rows, end


def _before_title(run: list[Line], start: int, end: int) -> int:
    """Where the head of the next form begins, if 项目名称 ended the table."""
    if end == len(run) or not has_role(text_of(run[end]), "header."):
        return end
    head = range(max(start, end - MOST_HEAD), end)
    return next(
        (
            i
            for i in head
            if _TABLE.search(text_of(run[i])) is not None
            and title_type(text_of(run[i])) is not None
        ),
        end,
    )


def _is_regular(roles: Sequence[str]) -> bool:
    """Whether all rows have as many cells, the levels apart."""
    return "reason" not in roles and "target" in roles


def _unclear(parts: Mapping[str, Line], roles: Sequence[str]) -> str | None:
    """The one value of a row that may be the target or the actual value."""
    pair = {"target", "actual"}
    left = pair & set(parts)
    if not pair <= set(roles) or len(left) != 1 or "operator" in parts:
        return None
    (role,) = left
    return None if tells_its_column(text_of(parts[role])) else role


def _starts(cells: Sequence[Line]) -> frozenset[int]:
    """Cells with which a line begins, where lines hold several cells."""
    found = frozenset(i for i, c in enumerate(cells) if c.slots[0].column == 0)
    return found if 1 < len(found) < len(cells) else frozenset()


def _ends_table(cell: Line) -> bool:
    text = text_of(cell)
    return (
        has_role(text, "total", "tail", "header.")
        or _NOTE.match(text) is not None
        or _OPINION.search(text) is not None
    )
