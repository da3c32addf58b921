"""What two values are per, said in two ways, and what only looks like it.

One target and one answer each; where there is no verdict, nothing may be linked: a
total, another time, another thing.
"""

from __future__ import annotations

from typing import Any

import pytest

import pipeline
from tests.corpus.cases import cases

CASES = "links/per.jsonl"


@pytest.mark.parametrize("case", cases(CASES), ids=lambda case: str(case["id"]))
def test_only_what_is_per_the_same_is_linked(case: dict[str, Any]) -> None:
    record = pipeline.analyze(
        goal_text=case["goal_text"], outcome_text=case["outcome_text"]
    )
    verdicts = [str(link.verdict) for link in record.links if link.outcomes]
    assert verdicts == [case["verdict"]] * (case["verdict"] is not None)


def test_half_of_them_are_per_something_else() -> None:
    found = cases(CASES)
    other = sum(case["verdict"] is None for case in found)
    assert 0.4 <= other / len(found) <= 0.6
