"""Indicator rows with their status and with the targets and outcomes they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pipeline.core.form import IndicatorRow
from pipeline.core.link import Link
from pipeline.core.record import IndicatorRecord
from pipeline.matching.hub import IndicatorTable
from pipeline.matching.status import read_row


def row_records(
    rows: Sequence[IndicatorRow], links: Sequence[Link], table: IndicatorTable
) -> tuple[IndicatorRecord, ...]:
    """Each row with the indexes of its targets and outcomes, links followed both ways."""
    to_targets = {i: k for i, k in enumerate(table.own_target) if k is not None}
    to_outcomes = {j: k for j, k in enumerate(table.own_outcome) if k is not None}
    for link in links:
        # A link carries a row from its target to its outcomes and back.
        row = to_targets.get(link.target)
        for index in link.outcomes:
            if row is not None:
                to_outcomes.setdefault(index, row)
            elif index in to_outcomes:
                to_targets[link.target] = to_outcomes[index]
    targets, outcomes = (_by_row(own, table) for own in (to_targets, to_outcomes))
    return tuple(
        _record(row, tuple(targets[row.row]), tuple(outcomes[row.row])) for row in rows
    )


def _by_row(own: Mapping[int, int], table: IndicatorTable) -> Mapping[int, list[int]]:
    """For the number of each row the indexes that are its own, in order."""
    found = defaultdict[int, list[int]](list)
    for index, k in sorted(own.items()):
        found[table.rows[k].index].append(index)
    return found


def _record(
    row: IndicatorRow, targets: tuple[int, ...], outcomes: tuple[int, ...]
) -> IndicatorRecord:
    reading = read_row(
        row.target_text,
        row.actual_text,
        row.name,
        level=f"{row.level1 or ''}{row.level2 or ''}",
    )
    return IndicatorRecord(
        row.row,
        row.level1,
        row.level2,
        row.name,
        row.target_text,
        row.actual_text,
        row.weight,
        row.score,
        row.deviation,
        reading.target,
        reading.actual,
        reading.status,
        row.amended,
        targets,
        outcomes,
    )
