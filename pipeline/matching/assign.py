"""From pair scores to one answer per target: globally best, or none, or undecided."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from pipeline.core.value import value
from pipeline.matching.measures.wording import FILE
from pipeline.matching.places import places_of
from pipeline.matching.score import IMPOSSIBLE, least_odds, probability
from pipeline.resources import load_toml


@value(frozen=True, slots=True)
class Choice:
    """What was chosen for one target: an outcome, or close candidates, or nothing."""

    outcome: int | None
    confidence: float
    candidates: tuple[int, ...] = ()


def assign(scores: NDArray[np.float64]) -> tuple[Choice, ...]:
    """Choose per row of log-odds, shape (targets, outcomes).

    Every row has a private "unmatched" column, so that no target takes another
    one's outcome only for want of a better. A choice whose runner-up is free
    and almost as likely is left undecided; an outcome that fits two targets
    almost alike answers neither.
    """
    n, m = scores.shape
    if n == 0 or m == 0:
        return tuple(Choice(None, 1.0) for _ in range(n))
    floor = least_odds()
    unmatched = np.full((n, n), IMPOSSIBLE)
    np.fill_diagonal(unmatched, floor)
    rows, columns = linear_sum_assignment(np.hstack([scores, unmatched]), maximize=True)
    chosen = {int(r): int(c) for r, c in zip(rows, columns, strict=True)}
    taken = {c for c in chosen.values() if c < m}
    margin = float(load_toml(FILE)["decision"]["margin"])
    losers = [i for i in range(n) if chosen[i] >= m]
    odds: list[list[float]] = scores.tolist()
    likely: list[list[int]] = [[] for _ in range(n)]
    for i, j in places_of(scores > floor):
        likely[i].append(j)
    return tuple(
        Choice(None, 0.5)
        if chosen[i] < m and _is_contested(odds, chosen[i], i, losers, floor, margin)
        else _choice(odds[i], likely[i], chosen[i], taken, margin)
        for i in range(n)
    )


def _is_contested(
    odds: Sequence[Sequence[float]],
    column: int,
    own: int,
    losers: Sequence[int],
    floor: float,
    margin: float,
) -> bool:
    """Whether a target left without an answer claims this outcome as strongly."""
    mine = probability(odds[own][column])
    return any(
        odds[k][column] > floor and mine - probability(odds[k][column]) < margin
        for k in losers
    )


def _choice(
    row: Sequence[float],
    likely: Sequence[int],
    column: int,
    taken: AbstractSet[int],
    margin: float,
) -> Choice:
    if column >= len(row):
        best = max(row)
        return Choice(None, 1 - probability(best) if best > IMPOSSIBLE else 1.0)
    confidence = probability(row[column])
    rivals = tuple(
        j
        for j in likely
        if j != column and j not in taken and confidence - probability(row[j]) < margin
    )
    if rivals:
        return Choice(None, confidence, tuple(sorted((column, *rivals))))
    return Choice(column, confidence)
