"""Answers found by what the indicator table says was reached: 加装电梯 45部 | 31部.

The writer of the form put one number into the row and into the text. Only rows that tell
another number than the promised one prove anything: where the promised number is
repeated, an equal one would make every answer "met".
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal

from pipeline.core.form import IndicatorRow
from pipeline.core.quantity import Quantity
from pipeline.language.indicators import read_actual_cell
from pipeline.matching.groups.answers import (
    COMPANY_CONFIDENCE,
    NAMED_CONFIDENCE,
    Answer,
    group_method,
)
from pipeline.matching.hub import IndicatorTable
from pipeline.matching.measures.comparable import comparable, count_alike
from pipeline.matching.measures.measure import Measure, base_value
from pipeline.matching.measures.wording import own_bigrams
from pipeline.matching.score import may_answer

# 1次 or 2个 stand in a text for many things.
_TELLING = 3
_MOST_PARTS = 4
# 另外由农业部门实施22公里 is no part of one's own work, whatever the row adds up.
_BESIDE = re.compile(r"另外|此外")


def with_reached(table: IndicatorTable, rows: Sequence[IndicatorRow]) -> IndicatorTable:
    """The table with what its rows say was reached, where that is one number."""
    cells = {row.row: read_actual_cell(row.actual_text, row.name) for row in rows}
    reached: dict[int, Measure] = {}
    for k, row in enumerate(table.rows):
        quantity = cells[row.index].quantity if row.index in cells else None
        if quantity is not None and row.quantity.per is None:
            told = dataclasses.replace(row, quantity=_in_unit_of(row, quantity))
            if comparable(row, told) and base_value(told) != base_value(row):
                reached[k] = told
    return dataclasses.replace(table, reached=_told_once(reached))


def _in_unit_of(row: Measure, quantity: Quantity) -> Quantity:
    if quantity.unit is None:
        return dataclasses.replace(quantity, unit=row.quantity.unit)
    return quantity


def _told_once(reached: Mapping[int, Measure]) -> dict[int, Measure]:
    """Without numbers that several rows tell."""
    times = Counter(base_value(told) for told in reached.values())
    return {
        k: told
        for k, told in reached.items()
        if times[base_value(told)] == 1 and base_value(told) >= _TELLING
    }


def take_numbers_of_rows(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    table: IndicatorTable,
) -> None:
    """Answer a target by the number, or the parts in a row, that its row says was reached."""
    _take_totals(settled, targets, outcomes, table)
    for k, told in table.reached.items():
        target = _only_target_of(k, targets, table)
        answer = settled.get(target.index) if target else None
        if target is None or (answer and (answer.shared or len(answer.outcomes) > 1)):
            continue
        held = answer.outcomes if answer else ()
        used = {o for i, a in settled.items() if i != target.index for o in a.outcomes}
        fitting = [o for o in outcomes if count_alike(told, o) or o.index in held]
        equal = [o for o in fitting if base_value(o) == base_value(told)]
        free = [o for o in fitting if _may_take(target, o, k, used, table)]
        if not equal:
            _take_parts(settled, target, held, base_value(told), fitting, free)
        elif (
            (answer is None or answer.confidence < NAMED_CONFIDENCE)
            and len(equal) == 1
            and equal[0] in free
        ):
            settled[target.index] = Answer(
                target.index, (equal[0].index,), "via_indicator", NAMED_CONFIDENCE
            )


def _take_totals(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    table: IndicatorTable,
) -> None:
    """共改管46.5公里 answers two targets that add up one row: ≥45.2公里 | 46.5公里."""
    used = {o for a in settled.values() for o in a.outcomes}
    for k, told in table.reached.items():
        members = table.sums.get(k, ())
        equal = [
            o
            for o in outcomes
            if count_alike(told, o) and base_value(o) == base_value(told)
        ]
        if len(equal) != 1 or not members or any(i in settled for i in members):
            continue
        total = equal[0]
        if all(_may_take(targets[i], total, k, used, table) for i in members):
            for i in members:
                rest = tuple(other for other in members if other != i)
                settled[i] = Answer(i, (total.index,), "sum", COMPANY_CONFIDENCE, rest)
            used.add(total.index)


def _may_take(
    target: Measure,
    outcome: Measure,
    k: int,
    used: Set[int],
    table: IndicatorTable,
) -> bool:
    return (
        outcome.index not in used
        and table.own_outcome[outcome.index] in (None, k)
        and may_answer(target, outcome)
    )


def _only_target_of(
    k: int, targets: Sequence[Measure], table: IndicatorTable
) -> Measure | None:
    """The one target whose row it is, and whose number the row repeats as promised."""
    mine = [
        targets[i]
        for i, own in enumerate(table.own_target)
        if own == k and base_value(targets[i]) == base_value(table.rows[k])
    ]
    return mine[0] if len(mine) == 1 else None


def _take_parts(
    settled: dict[int, Answer],
    target: Measure,
    held: Sequence[int],
    wanted: Decimal,
    fitting: Sequence[Measure],
    free: Sequence[Measure],
) -> None:
    """Answer a target by the only parts that add up, with the one held so far."""
    runs = [
        run
        for run in _runs(fitting, wanted)
        if all(o in free for o in run)
        and {o.index for o in run}.issuperset(held)
        and (held or _shares_words(target, run))
    ]
    if len(runs) == 1 and group_method(target) == "sum":
        members = tuple(o.index for o in runs[0])
        settled[target.index] = Answer(target.index, members, "sum", COMPANY_CONFIDENCE)


def _runs(fitting: Sequence[Measure], wanted: Decimal) -> Iterator[Sequence[Measure]]:
    """Two to four numbers of one unit, one after the other, that add up."""
    for first in range(len(fitting)):
        for end in range(first + 2, min(first + _MOST_PARTS, len(fitting)) + 1):
            run = fitting[first:end]
            one_work = not any(o.part or _BESIDE.search(o.clause) for o in run[1:])
            if one_work and wanted == sum(map(base_value, run)):
                yield run


def _shares_words(target: Measure, run: Sequence[Measure]) -> bool:
    own = own_bigrams(target.local)
    return any(own & own_bigrams(o.local) for o in run)
