"""The pair scorer: a weighted sum of features, shipped as data, as log-odds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.coefficients import Coefficients, shipped
from pipeline.matching.features import (
    CHANCE,
    Place,
    abbreviations,
    pair_features,
    say_other_things,
)
from pipeline.matching.gates.barred import (
    asked_gates,
    bars_of,
    is_barred,
    told_gates,
)
from pipeline.matching.hub import IndicatorTable
from pipeline.matching.idf import form_idf
from pipeline.matching.likeness import worded
from pipeline.matching.measures.changed import changes_alike
from pipeline.matching.measures.comparable import comparable, comparables
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.per import names_only_each
from pipeline.matching.measures.wording import FILE, content_words
from pipeline.matching.places import indexes_of, places_of
from pipeline.resources import load_toml

Gate = Callable[[Measure, Measure], bool]
_Unit = tuple[str | None, str | None]
IMPOSSIBLE = -1e9
_MAX_SCORE = 8.0
_MAX_MARGIN = 3.0
_PLACES = [[Place(alone, only) for only in (False, True)] for alone in (False, True)]


@dataclass(frozen=True, slots=True)
class PairOdds:
    """Log-odds of every pair that nothing rules out, −1e9 for the others.

    ``likely`` has shape (targets, outcomes), as has ``words``, which knows only of the
    words of a pair, and of outcomes that are of another thing in the goal. Pairs below
    ``least``, which no target takes, stand in both as if nothing ruled them out; few are
    ever asked for.
    """

    likely: NDArray[np.float64]
    words: NDArray[np.float64]
    least: float
    is_of_another: Callable[[int, int], bool]
    is_barred: Callable[[int, int], bool]

    def of(self, i: int, j: int) -> float:
        """The log-odds of target i and outcome j, however unlikely."""
        odds = float(self.likely[i, j])
        if self._is_open(odds) and (self.is_of_another(i, j) or self.is_barred(i, j)):
            return IMPOSSIBLE
        return odds

    def by_words(self, i: int, j: int) -> float:
        """The same, whatever the texts around the pair rule out."""
        odds = float(self.words[i, j])
        if self._is_open(odds) and self.is_of_another(i, j):
            return IMPOSSIBLE
        return odds

    def _is_open(self, odds: float) -> bool:
        return IMPOSSIBLE < odds < self.least

    def reaching(self, i: int, least: float) -> list[int]:
        """The outcomes, in order, that may be so likely for target i; no other one is."""
        return indexes_of(self.likely[i] >= least)


def least_odds() -> float:
    """The log-odds from which on a pair may be a link."""
    threshold = float(load_toml(FILE)["decision"]["threshold"])
    return math.log(threshold / (1 - threshold))


def log_odds(
    features: Mapping[str, float], coefficients: Coefficients | None = None
) -> float:
    """How much the features speak for a link, as natural log-odds."""
    weights = (coefficients or shipped()).weights
    return float(
        weights["bias"]
        + sum([weights[name] * value for name, value in features.items() if value])
    )


def probability(odds: float) -> float:
    """Log-odds as a probability, two decimals are meant."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def score_pairs(
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    table: IndicatorTable,
    coefficients: Coefficients | None = None,
    gate: Gate | None = None,
) -> NDArray[np.float64]:
    """Log-odds of every pair, shape (targets, outcomes); impossible pairs −1e9.

    Without coefficients: the shipped ones. ``gate`` replaces ``may_answer``.
    """
    coefficients = coefficients or shipped()
    scores = np.full((len(targets), len(outcomes)), IMPOSSIBLE)
    pairs = candidate_features(targets, outcomes, table, gate, possible=True)
    for i, j, features in pairs:
        if is_possible(targets[i], outcomes[j], features):
            scores[i, j] = log_odds(features, coefficients)
    return among_rivals(scores, coefficients)


def is_possible(
    target: Measure, outcome: Measure, features: Mapping[str, float]
) -> bool:
    """Not for 讲座12场 and 展览3场: standing alone with a unit proves nothing.

    每间造价4万元 may be told by 间均3.8万元 alone.
    """
    return not (
        features["no_words"]
        and content_words(target.local)
        and content_words(outcome.local)
        and not names_only_each(outcome)
    )


def among_rivals(
    scores: NDArray[np.float64], coefficients: Coefficients | None = None
) -> NDArray[np.float64]:
    """Log-odds that also weigh how far a pair stands out from its rivals.

    Two sides in other words for one thing score low by themselves, but when
    nothing else comes near on either side they still belong together.
    """
    weights = (coefficients or shipped()).rivalry
    no_answer = weights["no_answer"]
    possible = scores > IMPOSSIBLE
    combined = (
        weights["bias"]
        + weights["score"] * clipped(scores)
        + weights["row_margin"] * margins(scores, no_answer)
        + weights["column_margin"] * margins(scores.T, no_answer).T
    )
    result: NDArray[np.float64] = np.where(possible, combined, IMPOSSIBLE)
    return result


def clipped(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores within the range that counts among rivals."""
    return _within(scores, _MAX_SCORE)


def _within(values: NDArray[np.float64], most: float) -> NDArray[np.float64]:
    """Values within ± ``most``; ``np.clip`` is slow on the tables of a form."""
    return np.maximum(np.minimum(values, most), -most)


def margins(scores: NDArray[np.float64], no_answer: float) -> NDArray[np.float64]:
    """Per row: each score minus the best other one, within ±3.

    No answer at all is a rival too, so that standing alone proves nothing.
    """
    n, m = scores.shape
    ordered = np.full((n, m + 2), IMPOSSIBLE)
    ordered[:, :m] = scores
    ordered[:, m] = no_answer
    ordered.sort(axis=1)
    best, second = ordered[:, -1:], ordered[:, -2:-1]
    others = np.where(scores == best, second, best)
    return _within(scores - others, _MAX_MARGIN)


def candidate_features(
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    table: IndicatorTable,
    gate: Gate | None = None,
    *,
    possible: bool = False,
) -> Iterator[tuple[int, int, dict[str, float]]]:
    """Yield the features of every pair that can be one measure.

    With ``possible`` without the pairs that are seen not to be possible
    before their features are known.
    """
    idf = form_idf([*targets, *outcomes, *table.rows])
    if gate is None:
        of_unit = comparables(targets, outcomes)
        is_ruled_out = _gates_between(targets, outcomes)
    else:
        rows = [[gate(t, o) for o in outcomes] for t in targets]
        of_unit = np.array(rows, dtype=bool).reshape(len(targets), len(outcomes))
        is_ruled_out = _never
    # Where a gate bars one pair, the other does not thereby stand alone.
    alone = (of_unit.sum(axis=1, keepdims=True) == 1) & (of_unit.sum(axis=0) == 1)
    units, told_units = list(map(_unit_key, targets)), list(map(_unit_key, outcomes))
    single = _only_units(units) & _only_units(told_units)
    mine, theirs = list(map(worded, targets)), list(map(worded, outcomes))
    only_each = list(map(names_only_each, outcomes))
    short = abbreviations(mine, theirs)[of_unit].tolist()
    pairs = zip(places_of(of_unit), alone[of_unit].tolist(), short, strict=True)
    for (i, j), stands_alone, shortened in pairs:
        one, other, hub = mine[i], theirs[j], table.hub(i, j)
        if (
            possible
            and shortened <= CHANCE
            and not (hub.agree or only_each[j])
            and say_other_things(one, other)
        ):
            continue
        if is_ruled_out(i, j):
            continue
        unit = units[i]
        place = _PLACES[stands_alone][unit == told_units[j] and unit in single]
        features = pair_features(one, other, idf, short=shortened, place=place, hub=hub)
        yield i, j, features


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


def may_answer(target: Measure, outcome: Measure) -> bool:
    """Whether units and kinds let an outcome speak of a target at all."""
    return (
        comparable(target, outcome)
        and changes_alike(target, outcome)
        and not is_barred(target, outcome)
    )


def _unit_key(measure: Measure) -> _Unit:
    return measure.quantity.unit, measure.quantity.per


def _only_units(units: Sequence[_Unit]) -> frozenset[_Unit]:
    """The printed units that one side has just once."""
    return frozenset(
        [u for u, n in Counter(units).items() if n == 1 and u[0] is not None]
    )
