"""The funds of a pasted form: a header, and the rows with their amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout.fund_order import AMOUNTS, columns_of
from pipeline.layout.fund_rows import FIELDS, has_caption
from pipeline.layout.labels import has_role, roles_of
from pipeline.layout.lines import Line
from pipeline.layout.numbers import is_value
from pipeline.layout.pasted_cells import PASTED, text_of


def end_of_fund_header(run: Sequence[Line], start: int) -> int | None:
    """Past the labels of two amounts or more; None where no such header stands."""
    end = start
    if has_role(text_of(run[end]), "section.funds"):
        end += 1
    while end < len(run) and not text_of(run[end]):
        end += 1
    first = end
    while end < len(run) and _column(run[end]) is not None:
        end += 1
    names = {_column(cell) for cell in run[first:end]}
    return end if len(names & set(AMOUNTS)) > 1 else None


def _column(cell: Line) -> str | None:
    roles = roles_of(text_of(cell))
    return next((FIELDS[r] for r in FIELDS if r in roles), None)


def fund_rows(run: Sequence[Line], start: int, end: int) -> tuple[int, list[Line]]:
    """The header and the rows below it, each under its columns; and where they end."""
    labels = [c for c in run[start:end] if text_of(c)]
    if _column(labels[0]) is None:
        section, columns = labels[:1], labels[1:]
    else:
        section, columns = [], labels
    if has_caption([_column(c) or "" for c in columns]):
        section, columns = columns[:1], columns[1:]
    names = [_column(c) or "" for c in columns]
    rows = [
        _row([*section, *columns], [0] * len(section) + [*range(1, len(names) + 1)])
    ]
    i = end
    while i < len(run) and (
        has_role(text_of(run[i]), "fundrow.") or not text_of(run[i])
    ):
        if not text_of(run[i]):
            i += 1
            continue
        stop = i + 1
        while stop < len(run) and _holds_value(run[stop]):
            stop += 1
        rows.append(_placed(run[i], run[i + 1 : stop], names))
        i = stop
    return i, rows


def _holds_value(cell: Line) -> bool:
    text = text_of(cell)
    return not text or (is_value(text) and not roles_of(text))


def _row(cells: Sequence[Line], places: Sequence[int]) -> Line:
    slots = tuple(
        replace(cell.slots[0], column=place)
        for cell, place in zip(cells, places, strict=True)
    )
    return Line(slots, PASTED, True, cells[0].page)


def _placed(label: Line, values: Sequence[Line], names: Sequence[str]) -> Line:
    """A row with its values under the columns that they are of."""
    found: Sequence[int | None] = range(len(names))
    if len(values) < len(names):
        values = [v for v in values if text_of(v)]
        found = columns_of([text_of(v) for v in values], names)
    kept = [
        (v, 1 + c)
        for v, c in zip(values, found, strict=False)
        if text_of(v) and c is not None
    ]
    return _row([label, *(v for v, _ in kept)], [0, *(c for _, c in kept)])
