"""The pair scorer: a weighted sum of features, shipped as data, as log-odds."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.candidates import Gate, candidates
from pipeline.matching.coefficients import Coefficients, shipped
from pipeline.matching.features import Features
from pipeline.matching.gates.barred import is_barred
from pipeline.matching.hub import IndicatorTable
from pipeline.matching.measures.changed import changes_alike
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import FILE
from pipeline.matching.places import indexes_of
from pipeline.resources import load_toml

IMPOSSIBLE = -1e9
_MAX_SCORE = 8.0
_MAX_MARGIN = 3.0


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
    features: Features, coefficients: Coefficients | None = None
) -> NDArray[np.float64]:
    """How much the features of pairs speak for links, as natural log-odds."""
    weights = (coefficients or shipped()).weights
    weighted = [weights[name] * values for name, values in features.items()]
    return weights["bias"] + sum(weighted, np.zeros(()))


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
    pairs = candidates(targets, outcomes, table, gate)
    scores[pairs.targets, pairs.outcomes] = log_odds(pairs.features, coefficients)
    return among_rivals(scores, coefficients)


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


def may_answer(target: Measure, outcome: Measure) -> bool:
    """Whether units and kinds let an outcome speak of a target at all."""
    return (
        comparable(target, outcome)
        and changes_alike(target, outcome)
        and not is_barred(target, outcome)
    )
