"""Twice the text takes at most four times as long, whatever the text."""

from __future__ import annotations

import pytest

from tests.bench.growth import HOSTILE, seconds_of_grammar

SIZE = 50_000
FACTOR = 4
# Below this a pause of the machine is longer than the work.
LEAST_S = 0.005
# 25 texts twice over would take half a minute; these stand for the others.
NAMES = (
    "digits",
    "thousands",
    "decimal points",
    "scale words",
    "fractions",
    "ranges",
    "comparators",
    "one clause",
    "changes",
    "open brackets",
    "brackets",
    "list marks",
    "per-each words",
    "years",
    "codes",
    "spaces",
    "line ends",
    "surrogates",
)


@pytest.mark.parametrize("name", NAMES)
def test_time_is_linear_up_to_100_000_characters(name: str) -> None:
    """The best of three rounds; a first one within the bound is enough."""
    short, long = HOSTILE[name](SIZE), HOSTILE[name](2 * SIZE)
    once = twice = float("inf")
    for _ in range(3):
        once = min(once, seconds_of_grammar(short))
        twice = min(twice, seconds_of_grammar(long))
        if twice <= FACTOR * max(once, LEAST_S):
            return
    pytest.fail(f"{SIZE} characters {once:.3f} s, {2 * SIZE} characters {twice:.3f} s")
