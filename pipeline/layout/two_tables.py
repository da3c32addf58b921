"""Targets in one table and results in another: one row for each indicator again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.core.form import IndicatorRow
from pipeline.core.provenance import Provenance

RESULTS = ("actual_text", "score", "deviation", "amended")


def as_one(
    rows: Sequence[IndicatorRow], places: Mapping[str, Provenance], second: int
) -> tuple[tuple[IndicatorRow, ...], dict[str, Provenance]]:
    """Rows and places with the results of the second table put to the first's rows.

    ``second`` is the index of the first row of the second table. Nothing changes
    unless one table has only targets, the other only results, and each result names
    one indicator.
    """
    targets, results = rows[:second], rows[second:]
    wanted = {_key(row): row.row for row in targets}
    if (
        not results
        or len(wanted) < len(targets)
        or any(row.actual_text or row.score for row in targets)
        or any(row.target_text for row in results)
        or any(_key(row) not in wanted for row in results)
        or len({_key(row) for row in results}) < len(results)
    ):
        return tuple(rows), dict(places)
    found = {wanted[_key(row)]: row for row in results}
    merged = tuple(
        _with_results(row, found[row.row]) if row.row in found else row
        for row in targets
    )
    kept = {k: v for k, v in places.items() if not _is_of(k, range(second, len(rows)))}
    for index, row in found.items():
        for name in (*RESULTS, "weight"):
            path, own = f"indicators[{row.row}].{name}", f"indicators[{index}].{name}"
            if path in places:
                kept.setdefault(own, places[path])
    return merged, kept


def _key(row: IndicatorRow) -> str | None:
    return row.name


def _with_results(row: IndicatorRow, result: IndicatorRow) -> IndicatorRow:
    given = {name: getattr(result, name) for name in RESULTS}
    return replace(row, weight=row.weight or result.weight, **given)


def _is_of(path: str, indexes: range) -> bool:
    return any(path.startswith(f"indicators[{i}].") for i in indexes)
