"""The indicator table as the hub between goal and outcome.

Outcome prose is written from the indicators' names, so the way over a row is
often clearer than the direct one. Between a goal and an indicator, both
targets, equal values (also of a sum) are evidence; between a target and an
outcome they never are.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from pipeline.language.units import to_base
from pipeline.matching.features import Hub, comparable, form_idf, likeness
from pipeline.matching.measures import Measure

# A row this alike is taken for the item's own.
SURE = 0.4
_SAME_VALUE_BONUS = 0.3
_OTHER_VALUE_FACTOR = 0.6
_MAX_GROUP = 3
_SOME = 0.1


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """Likeness of targets and outcomes to the rows, and each one's own row.

    ``own_target[i]`` is the index in ``rows`` of target i's row or None;
    ``sums[k]`` are the targets whose values add up to row k's.
    """

    rows: tuple[Measure, ...]
    to_row: NDArray[np.float64]
    from_row: NDArray[np.float64]
    own_target: tuple[int | None, ...]
    own_outcome: tuple[int | None, ...]
    sums: dict[int, tuple[int, ...]]

    def hub(self, i: int, j: int) -> Hub:
        """What the table says of target i and outcome j."""
        if not self.rows:
            return Hub()
        mine, theirs = self.own_target[i], self.own_outcome[j]
        both = mine is not None and theirs is not None
        return Hub(conflict=both and mine != theirs, agree=both and mine == theirs)


def indicator_table(
    targets: Sequence[Measure], outcomes: Sequence[Measure], rows: Sequence[Measure]
) -> IndicatorTable:
    """Compare every target and outcome with every indicator row."""
    idf = form_idf([*targets, *outcomes, *rows])
    named = [_without_per(row) for row in rows]
    to_row = np.array([[likeness(t, r, idf) for r in named] for t in targets])
    from_row = np.array([[likeness(o, r, idf) for r in named] for o in outcomes])
    to_row = to_row.reshape(len(targets), len(rows))
    from_row = from_row.reshape(len(outcomes), len(rows))
    for i, target in enumerate(targets):
        for k, row in enumerate(rows):
            if to_row[i, k] > 0 and comparable(target, row):
                if _base(target) == _base(row):
                    to_row[i, k] += _SAME_VALUE_BONUS
                else:
                    to_row[i, k] *= _OTHER_VALUE_FACTOR
    sums = _sums(targets, rows, to_row)
    for k, group in sums.items():
        for i in group:
            best = float(to_row[i].max())
            to_row[i, k] = max(to_row[i, k] + _SAME_VALUE_BONUS, best + 0.01, SURE)
    np.clip(to_row, 0, 1, out=to_row)
    return IndicatorTable(
        rows=tuple(rows),
        to_row=to_row,
        from_row=from_row,
        own_target=_own(to_row),
        own_outcome=_own(from_row),
        sums=sums,
    )


def _without_per(row: Measure) -> Measure:
    """A row of per-each values names the same thing as a total does.

    Only its words may speak for a link; its value is no total.
    """
    return dataclasses.replace(
        row, quantity=dataclasses.replace(row.quantity, per=None)
    )


def _base(measure: Measure) -> Decimal:
    return to_base(measure.quantity.value, measure.quantity.unit)[0]


def _sums(
    targets: Sequence[Measure], rows: Sequence[Measure], to_row: NDArray[np.float64]
) -> dict[int, tuple[int, ...]]:
    """Rows whose value is the sum of several goals' (20场 + 10场 = 30次).

    Only targets whose own value no row repeats are added up, at least one of
    them must share words with the row, and a second way to add up proves nothing.
    """
    sums: dict[int, tuple[int, ...]] = {}
    repeated = [
        any(to_row[i, k] > 0 and _base(t) == _base(r) for k, r in enumerate(rows))
        for i, t in enumerate(targets)
    ]
    for k, row in enumerate(rows):
        if row.unit_class in ("rate", None) or any(
            _base(t) == _base(row) and comparable(t, row) for t in targets
        ):
            continue
        fitting = [
            i
            for i, t in enumerate(targets)
            if not repeated[i]
            and comparable(t, row)
            and not t.part
            and _base(t) < _base(row)
        ]
        groups = [
            group
            for size in range(2, _MAX_GROUP + 1)
            for group in combinations(fitting, size)
            if sum(_base(targets[i]) for i in group) == _base(row)
        ]
        if len(groups) == 1 and max(to_row[i, k] for i in groups[0]) >= _SOME:
            sums[k] = groups[0]
    return sums


def _own(table: NDArray[np.float64]) -> tuple[int | None, ...]:
    return tuple(
        int(line.argmax()) if line.size and line.max() >= SURE else None
        for line in table
    )
