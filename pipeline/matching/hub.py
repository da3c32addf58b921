"""The indicator table as the hub between goal and outcome.

Outcome prose is written from the indicators' names, so the way over a row is
often clearer than the direct one. Between a goal and an indicator, both
targets, equal values (also of a sum) are evidence; between a target and an
outcome they never are.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.idf import form_idf
from pipeline.matching.likeness import likenesses
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import Measure, base_value
from pipeline.matching.places import places_of
from pipeline.matching.worded import worded

# A row this alike is taken for the item's own.
SURE = 0.4
_SAME_VALUE_BONUS = 0.3
_OTHER_VALUE_FACTOR = 0.6
_SOME = 0.1
# A name of fewer characters is no name of one thing only.
_NAME = 4


@dataclass(frozen=True, slots=True)
class Hub:
    """What the indicator table says of a pair.

    ``conflict``: each side clearly belongs to a row of its own; ``agree``: both
    clearly belong to the same one.
    """

    conflict: bool = False
    agree: bool = False


_SILENT, _AGREE, _CONFLICT = Hub(), Hub(agree=True), Hub(conflict=True)


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """Likeness of targets and outcomes to the rows, and each one's own row.

    ``own_target[i]`` is the index in ``rows`` of target i's row or None;
    ``sums[k]`` are the targets whose values add up to row k's. ``reached[k]`` is what
    row k says was reached, where that is one number, no other row's, and not the promised.
    ``namesakes[j]`` are the targets that outcome j is called like to the letter: about
    these no row knows better, which may be merely the one most alike.
    """

    rows: tuple[Measure, ...]
    to_row: NDArray[np.float64]
    from_row: NDArray[np.float64]
    own_target: tuple[int | None, ...]
    own_outcome: tuple[int | None, ...]
    sums: dict[int, tuple[int, ...]]
    reached: Mapping[int, Measure] = field(default_factory=dict)
    namesakes: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def hub(self, i: int, j: int) -> Hub:
        """What the table says of target i and outcome j."""
        mine, theirs = self.own_target[i], self.own_outcome[j]
        if mine is None or theirs is None:
            return _SILENT
        agree = mine == theirs
        if (namesakes := self.namesakes.get(j)) and agree != (i in namesakes):
            return _SILENT
        return _AGREE if agree else _CONFLICT

    def in_one_row(self) -> NDArray[np.bool_]:
        """Which targets and outcomes have one row for their own; ``hub`` agrees on no other."""
        none = -1
        mine, theirs = (
            np.array([none if row is None else row for row in own], dtype=np.int64)
            for own in (self.own_target, self.own_outcome)
        )
        same: NDArray[np.bool_] = (mine[:, None] == theirs) & (theirs != none)
        return same


def indicator_table(
    targets: Sequence[Measure], outcomes: Sequence[Measure], rows: Sequence[Measure]
) -> IndicatorTable:
    """Compare every target and outcome with every indicator row."""
    idf = form_idf([*targets, *outcomes, *rows])
    named = [_without_per(row) for row in rows]
    alike = likenesses([*targets, *outcomes], named, idf)
    to_row, from_row = alike[: len(targets)], alike[len(targets) :]
    mine, theirs = [base_value(t) for t in targets], [base_value(r) for r in rows]
    for i, k in places_of(to_row > 0):
        # Whatever has words in common with a row has passed by its unit.
        if rows[k] is named[k] or comparable(targets[i], rows[k]):
            if mine[i] == theirs[k]:
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
        namesakes=_namesakes(targets, outcomes),
    )


def _namesakes(
    targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> dict[int, list[int]]:
    """For outcomes the targets that they share their name with, where any has it."""
    named: dict[str, list[int]] = {}
    for i, target in enumerate(targets):
        named.setdefault(worded(target).plain, []).append(i)
    return {
        j: named[name]
        for j, outcome in enumerate(outcomes)
        if len(name := worded(outcome).plain) >= _NAME and name in named
    }


def _without_per(row: Measure) -> Measure:
    """A row of per-each values names the same thing as a total does.

    Only its words may speak for a link; its value is no total.
    """
    if row.quantity.per is None:
        return row
    return dataclasses.replace(
        row, quantity=dataclasses.replace(row.quantity, per=None)
    )


def _sums(
    targets: Sequence[Measure],
    rows: Sequence[Measure],
    to_row: NDArray[np.float64],
) -> dict[int, tuple[int, ...]]:
    """Rows whose value is the sum of several goals' (20场 + 10场 = 30次).

    Only targets whose own value no row repeats are added up, at least one of
    them must share words with the row, if row and targets are not all there is in
    their unit, and a second way to add up proves nothing.
    """
    sums: dict[int, tuple[int, ...]] = {}
    values, wanted = [base_value(t) for t in targets], [base_value(r) for r in rows]
    rows_of, targets_of = _places(wanted), _places(values)
    single = [
        i
        for i, value in enumerate(values)
        if not targets[i].part
        and not any(to_row[i, k] > 0 for k in rows_of.get(value, ()))
    ]
    pairs = cache(lambda: _pair_sums(single, values))
    for k, row in enumerate(rows):
        if row.unit_class in ("rate", None) or any(
            comparable(targets[i], row) for i in targets_of.get(wanted[k], ())
        ):
            continue
        below = {i for i in single if values[i] < wanted[k]}
        groups = (
            group
            for group in _groups(below, values, pairs(), wanted[k])
            if all(comparable(targets[i], row) for i in group)
        )
        first, second = next(groups, None), next(groups, None)
        if (
            first
            and not second
            and (
                max(to_row[i, k] for i in first) >= _SOME
                or _are_all_of_unit(first, row, targets, rows)
            )
        ):
            sums[k] = first
    return sums


def _are_all_of_unit(
    group: Sequence[int],
    row: Measure,
    targets: Sequence[Measure],
    rows: Sequence[Measure],
) -> bool:
    """主管9.2公里、支管36公里 beside 管道长度45.2公里: all there is in that unit."""
    return sum(comparable(row, other) for other in rows) == 1 and set(group) == {
        i for i, target in enumerate(targets) if comparable(target, row)
    }


def _places(values: Sequence[Decimal]) -> dict[Decimal, list[int]]:
    """For each value where it stands."""
    places: dict[Decimal, list[int]] = {}
    for place, value in enumerate(values):
        places.setdefault(value, []).append(place)
    return places


def _pair_sums(
    indexes: Sequence[int], values: Sequence[Decimal]
) -> dict[Decimal, list[tuple[int, int]]]:
    found: dict[Decimal, list[tuple[int, int]]] = {}
    for i, j in combinations(indexes, 2):
        found.setdefault(values[i] + values[j], []).append((i, j))
    return found


def _groups(
    below: AbstractSet[int],
    values: Sequence[Decimal],
    pairs: Mapping[Decimal, Sequence[tuple[int, int]]],
    wanted: Decimal,
) -> Iterator[tuple[int, ...]]:
    """The twos and threes of ``below`` that add up to ``wanted``."""
    for i, j in pairs.get(wanted, ()):
        if i in below and j in below:
            yield i, j
    for last in below:
        for i, j in pairs.get(wanted - values[last], ()):
            if i in below and j in below and j < last:
                yield i, j, last


def _own(table: NDArray[np.float64]) -> tuple[int | None, ...]:
    if not table.size:
        return (None,) * len(table)
    best, places = table.max(axis=1).tolist(), table.argmax(axis=1).tolist()
    return tuple(
        place if likeness >= SURE else None
        for place, likeness in zip(places, best, strict=True)
    )
