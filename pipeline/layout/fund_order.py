"""Which columns the amounts of a fund row are of, where empty ones left no gap.

The % of the rate tells it, and the rate itself; where neither does, nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from pipeline.layout.numbers import number_in

AMOUNTS = ("initial_budget", "full_budget", "executed")
RATE_SLACK = Decimal("0.6")
"""Percentage points by which a printed rate may differ from that of the amounts."""


def columns_of(texts: Sequence[str], names: Sequence[str]) -> list[int | None]:
    """The column of each value, None where it may be of several."""
    amounts = [i for i, n in enumerate(names) if n in AMOUNTS]
    if len(texts) == len(amounts) and not any("%" in t for t in texts):
        return [*amounts]
    ways = [
        way
        for way in combinations(range(len(names)), len(texts))
        if _may_stand(texts, [names[c] for c in way])
    ]
    proved = [w for w in ways if _is_proved(texts, [names[c] for c in w])]
    found = [set(columns) for columns in zip(*(proved or ways), strict=True)]
    kept = [c.pop() if len(c) == 1 else None for c in found]
    return kept or [None] * len(texts)


def _may_stand(texts: Sequence[str], names: Sequence[str]) -> bool:
    """% is the rate, and the rate has one where any value has."""
    signed = any("%" in t for t in texts)
    return all(
        ("%" in t) == (n == "execution_rate") if signed else n != "execution_rate"
        for t, n in zip(texts, names, strict=True)
    ) and _score_fits(dict(zip(names, texts, strict=True)))


def _score_fits(row: dict[str, str]) -> bool:
    weight, score = (number_in(row.get(n, "")) for n in ("weight", "score"))
    if weight is None or score is None:
        return True
    return Decimal(score) <= Decimal(weight)


def _is_proved(texts: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the rate is that of the amounts."""
    row = {n: number_in(t) for t, n in zip(texts, names, strict=True)}
    full, spent, rate = (
        row.get(n) for n in ("full_budget", "executed", "execution_rate")
    )
    if full is None or spent is None or rate is None or not Decimal(full):
        return False
    return abs(100 * Decimal(spent) / Decimal(full) - Decimal(rate)) <= RATE_SLACK


def contradicts(texts: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a % stands elsewhere than under the rate."""
    return any("%" in t for t in texts) and any(
        ("%" in t) != (n == "execution_rate") for t, n in zip(texts, names, strict=True)
    )
