"""The funds of a pasted form: amounts to the columns that they stand for.

Rows may lack the amounts that were empty. Which are left is told by the % of the
rate and by the rate itself; where neither tells it, the row stays without amounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from pipeline.layout.fund_rows import FIELDS, has_caption
from pipeline.layout.labels import has_role, roles_of
from pipeline.layout.lines import Line
from pipeline.layout.numbers import is_value, number_in
from pipeline.layout.pasted_cells import PASTED, text_of

AMOUNTS = ("initial_budget", "full_budget", "executed")
RATE_SLACK = Decimal("0.6")
"""Percentage points by which a printed rate may differ from that of the amounts."""


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
    rows = [_row([*section, *columns], [0] * len(section) + [*range(1, len(names) + 1)])]
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
    if len(values) >= len(names):
        found: Sequence[int] | None = range(len(names))
        values = values[: len(names)]
    else:
        values = [v for v in values if text_of(v)]
        found = _columns_of([text_of(v) for v in values], names)
    kept = [
        (v, 1 + c) for v, c in zip(values, found or (), strict=False) if text_of(v)
    ]
    return _row([label, *(v for v, _ in kept)], [0, *(c for _, c in kept)])


def _columns_of(texts: Sequence[str], names: Sequence[str]) -> Sequence[int] | None:
    """The columns of the values in order; None where more than one way is as good."""
    ways = [
        way
        for way in combinations(range(len(names)), len(texts))
        if _may_stand(texts, [names[c] for c in way])
    ]
    amounts = [i for i, n in enumerate(names) if n in AMOUNTS]
    if len(texts) == len(amounts) and not any("%" in t for t in texts):
        return amounts
    proved = [w for w in ways if _is_proved(texts, [names[c] for c in w])]
    ways = proved or ways
    return ways[0] if len(ways) == 1 else None


def _may_stand(texts: Sequence[str], names: Sequence[str]) -> bool:
    """% is the rate, and the rate has one where any value has."""
    signed = any("%" in t for t in texts)
    return all(
        ("%" in t) == (n == "execution_rate") if signed else n != "execution_rate"
        for t, n in zip(texts, names, strict=True)
    ) and _score_fits(dict(zip(names, texts, strict=True)))


def _score_fits(row: dict[str, str]) -> bool:
    weight, score = (number_in(row.get(n, "")) for n in ("weight", "score"))
    if weight is None or score is None:
        return True
    return Decimal(score) <= Decimal(weight)


def _is_proved(texts: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the rate is that of the amounts."""
    row = {n: number_in(t) for t, n in zip(texts, names, strict=True)}
    full, spent, rate = (
        row.get(n) for n in ("full_budget", "executed", "execution_rate")
    )
    if full is None or spent is None or rate is None or not Decimal(full):
        return False
    return abs(100 * Decimal(spent) / Decimal(full) - Decimal(rate)) <= RATE_SLACK
