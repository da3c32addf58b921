"""Which targets and outcomes can be one measure at all, and what speaks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.features import Features, have_words, seen_of_all, seen_of_each
from pipeline.matching.gates.barred import asked_gates, bars_of, told_gates
from pipeline.matching.hub import IndicatorTable
from pipeline.matching.idf import form_idf
from pipeline.matching.measures.changed import changes_alike
from pipeline.matching.measures.comparable import comparables
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.per import names_only_each
from pipeline.matching.places import places_of
from pipeline.matching.worded import Worded, worded

Gate = Callable[[Measure, Measure], bool]


class Candidates(NamedTuple):
    """Pairs that can be one measure: their places on both sides and their features."""

    targets: NDArray[np.intp]
    outcomes: NDArray[np.intp]
    features: Features


def candidates(
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    table: IndicatorTable,
    gate: Gate | None = None,
) -> Candidates:
    """The pairs that can be one measure; ``gate`` replaces ``may_answer``.

    Two things named without a word in common are none: 讲座12场 and 展览3场. Standing
    alone with a unit proves nothing then. Only a row of the table may join them.
    """
    of_unit, is_ruled_out = _gated(targets, outcomes, gate)
    mine, theirs = list(map(worded, targets)), list(map(worded, outcomes))
    idf = form_idf([*targets, *outcomes, *table.rows])
    seen = seen_of_all(mine, theirs, of_unit, idf)
    apart = _name_things(mine, theirs) & ~have_words(seen)
    met = of_unit & (~apart | table.in_one_row())
    places, hubs = [], []
    for place, are_apart in zip(places_of(met), apart[met].tolist(), strict=True):
        hub = table.hub(*place)
        if (hub.agree or not are_apart) and not is_ruled_out(*place):
            places.append(place)
            hubs.append(hub)
    pairs = [(mine[i], theirs[j]) for i, j in places]
    at, told = np.array(places, dtype=np.intp).reshape(-1, 2).T
    features = {name: values[at, told] for name, values in seen.items()}
    features |= seen_of_each(pairs, hubs)
    no_words = ~have_words(features) & (features["hub_agree"] == 0)
    features["no_words"] = no_words.astype(np.float64)
    return Candidates(at, told, features)


def _gated(
    targets: Sequence[Measure], outcomes: Sequence[Measure], gate: Gate | None
) -> tuple[NDArray[np.bool_], Callable[[int, int], bool]]:
    """Which pairs are comparable, shape (targets, outcomes), and whether one is barred."""
    if gate is None:
        return comparables(targets, outcomes), _gates_between(targets, outcomes)
    rows = [[gate(t, o) for o in outcomes] for t in targets]
    of_unit = np.array(rows, dtype=bool).reshape(len(targets), len(outcomes))
    return of_unit, _never


def _name_things(
    firsts: Sequence[Worded], seconds: Sequence[Worded]
) -> NDArray[np.bool_]:
    """Which pairs both name a thing; 间均3.8万元 alone may tell of 每间造价4万元."""
    mine = np.array([bool(words.local) for words in firsts], dtype=bool)
    theirs = [bool(w.local) and not names_only_each(w.measure) for w in seconds]
    both: NDArray[np.bool_] = mine[:, None] & np.array(theirs, dtype=bool)
    return both


class _Gates(dict[int, int]):
    """What could bar measures by their places, asked of those that meet another."""

    def __init__(
        self, gates_of: Callable[[Measure], int], measures: Sequence[Measure]
    ) -> None:
        self._gates_of, self._measures = gates_of, measures

    def __missing__(self, place: int) -> int:
        gates = self[place] = self._gates_of(self._measures[place])
        return gates


def _gates_between(
    targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> Callable[[int, int], bool]:
    """Whether gates bar outcome j from target i; what they wait for is asked once."""
    asked = _Gates(asked_gates, targets)
    told = _Gates(told_gates, outcomes)

    def is_barred(i: int, j: int) -> bool:
        target, outcome = targets[i], outcomes[j]
        if not changes_alike(target, outcome):
            return True
        for bars in bars_of(asked[i] & told[j]):  # noqa: SIM110 (asked very often)
            if bars(target, outcome):
                return True
        return False

    return is_barred


def _never(_: int, __: int) -> bool:
    return False
