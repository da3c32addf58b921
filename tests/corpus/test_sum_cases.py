"""One number for several promises, several for one, and what only looks like a sum."""

from __future__ import annotations

from typing import Any

import pytest

import pipeline
from tests.corpus.cases import cases
from tests.corpus.test_link_cases import NONE, said

CASES = "links/sums.jsonl"


@pytest.mark.parametrize("case", cases(CASES), ids=lambda case: str(case["id"]))
def test_sums_answer_what_they_add_up(case: dict[str, Any]) -> None:
    record = pipeline.analyze(
        goal_text=case["goal_text"], outcome_text=case["outcome_text"]
    )
    right = [
        (link["target"], (tuple(link["outcomes"]), link["verdict"]))
        if link["outcomes"]
        else (link["target"], NONE)
        for link in case["links"]
    ]
    assert said(record) == right


def test_every_sum_says_that_it_is_one() -> None:
    for case in cases(CASES):
        record = pipeline.analyze(
            goal_text=case["goal_text"], outcome_text=case["outcome_text"]
        )
        for link in record.links:
            if len(link.outcomes) > 1:
                assert "合计" in link.explanation or "最低" in link.explanation, link


def test_some_of_them_have_no_answer() -> None:
    left = [c for c in cases(CASES) if any(not link["outcomes"] for link in c["links"])]
    assert len(left) >= len(cases(CASES)) / 8
