"""The pair scorer: a weighted sum of features, shipped as data, as log-odds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.features import (
    Idf,
    comparable,
    form_idf,
    pair_features,
)
from pipeline.matching.measures import FILE, Measure
from pipeline.resources import load_toml

IMPOSSIBLE = -1e9


def log_odds(features: Mapping[str, float]) -> float:
    """How much the features speak for a link, as natural log-odds."""
    weights = load_toml(FILE)["weights"]
    return float(
        weights["bias"] + sum(weights[name] * value for name, value in features.items())
    )


def probability(odds: float) -> float:
    """Log-odds as a probability, two decimals are meant."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def score_pairs(
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    indicators: Sequence[Measure] = (),
) -> NDArray[np.float64]:
    """Log-odds of every pair, shape (targets, outcomes); impossible pairs −1e9."""
    idf = form_idf([*targets, *outcomes, *indicators])
    to_hub = _plain_scores(targets, indicators, idf)
    from_hub = _plain_scores(indicators, outcomes, idf)
    scores = np.full((len(targets), len(outcomes)), IMPOSSIBLE)
    for i, target in enumerate(targets):
        for j, outcome in enumerate(outcomes):
            if not comparable(target, outcome):
                continue
            features = pair_features(
                target,
                outcome,
                idf,
                order=_order(i, len(targets), j, len(outcomes)),
                unique=_unique(target, targets, outcome, outcomes),
                hub=_bridge(to_hub[i], from_hub[:, j]),
            )
            scores[i, j] = log_odds(features)
    return scores


def _plain_scores(
    left: Sequence[Measure], right: Sequence[Measure], idf: Idf
) -> NDArray[np.float64]:
    """Probabilities of pairs by words alone, for the way over an indicator."""
    scores = np.zeros((len(left), len(right)))
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            if not comparable(a, b):
                continue
            features = pair_features(a, b, idf, order=0.5, unique=False, hub=0.0)
            scores[i, j] = probability(log_odds(features))
    return scores


def _bridge(to_hub: NDArray[np.float64], from_hub: NDArray[np.float64]) -> float:
    """How well the best indicator connects target and outcome."""
    return float(np.max(to_hub * from_hub)) if to_hub.size else 0.0


def _order(i: int, n: int, j: int, m: int) -> float:
    """1 where both stand at the same relative place of their lists."""
    return 1 - abs((i + 0.5) / n - (j + 0.5) / m)


def _unique(
    target: Measure, targets: Sequence[Measure], outcome: Measure, outcomes: Sequence[Measure]
) -> bool:
    return (
        sum(comparable(target, o) for o in outcomes) == 1
        and sum(comparable(t, outcome) for t in targets) == 1
    )
