"""The lexicon of classifiers: every entry does what its examples say."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.core.quantity import Role
from pipeline.language.quantities import find_quantities
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.counts import FILE
from pipeline.matching.measures.measure import Measure, measure_of_name
from pipeline.resources import load_toml

DATA = load_toml(FILE)


def measure(text: str) -> Measure:
    (quantity,) = find_quantities(text, Role.OUTCOME)
    return measure_of_name(0, text, quantity)


def fit(first: str, second: str) -> bool:
    a, b = measure(first), measure(second)
    assert comparable(a, b) == comparable(b, a)
    return comparable(a, b)


@pytest.mark.parametrize("entry", DATA["same"], ids=lambda e: str(e["example"][0]))
def test_classifiers_of_one_count(entry: dict[str, Any]) -> None:
    units = {measure(text).quantity.unit for text in entry["example"]}
    assert len(units) == 2
    assert units <= set(entry["units"])
    assert fit(*entry["example"])
    assert not fit(*entry["counterexample"])
    assert len(set(entry["units"])) == len(entry["units"])


@pytest.mark.parametrize("entry", DATA["apart"], ids=lambda e: str(e["example"][0]))
def test_classifiers_of_two_counts(entry: dict[str, Any]) -> None:
    assert not fit(*entry["example"])
    assert fit(*entry["counterexample"])


def test_a_unit_is_of_one_kind_of_things() -> None:
    units = [unit for entry in DATA["apart"] for unit in entry["units"]]
    assert len(set(units)) == len(units)
