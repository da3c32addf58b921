"""Small goals and outcomes; half of them leave a promise without an answer.

Written from the guideline alone, before the rules were worked on with them; now
they only guard against losing ground. The first look stands in corpus/README.md.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pipeline
from pipeline.core.record import Record
from tests.corpus.cases import cases

CASES = "links/cases.jsonl"
HELD = ("met", "exceeded")
# What is right now; the first look found 97, 31, 11 and 71.

Answer = tuple[tuple[str, ...], str | None]
LINKS, UNMATCHED, FALSE_MET, TOLD = 103, 40, 4, 77

NONE: Answer = ((), None)


def said(record: Record) -> list[tuple[str, Answer]]:
    """What each target is said to be answered by, in the order of the text."""
    found = {link.target: link for link in record.links if link.outcomes}
    return [
        (
            target.quote,
            NONE
            if (link := found.get(index)) is None
            else (
                tuple(record.outcomes[o].quote for o in link.outcomes),
                str(link.verdict),
            ),
        )
        for index, target in enumerate(record.targets)
    ]


def counts_of(case: dict[str, Any]) -> Counter[str]:
    record = pipeline.analyze(
        goal_text=case["goal_text"], outcome_text=case["outcome_text"]
    )
    gold = [
        (link["target"], (tuple(link["outcomes"]), link["verdict"]))
        for link in case["links"]
    ]
    answers = said(record)
    assert [quote for quote, _ in answers] == [quote for quote, _ in gold], case["id"]
    counts: Counter[str] = Counter()
    for (_, right), (_, answer) in zip(gold, answers, strict=True):
        same = set(right[0]) == set(answer[0]) and right[1] == answer[1]
        counts["links"] += right != NONE
        counts["links right"] += same and right != NONE
        counts["unmatched"] += right == NONE
        counts["unmatched right"] += same and right == NONE
        counts["false met"] += answer[1] in HELD and right[1] not in HELD
    told = [s.has_outcome for s in record.goal_statements]
    assert len(told) == len(case["has_outcome"]), case["id"]
    counts["told"] += len(told)
    counts["told right"] += sum(
        a == b for a, b in zip(told, case["has_outcome"], strict=True)
    )
    return counts


def test_promises_without_an_answer_stay_without_one() -> None:
    counts = sum(map(counts_of, cases(CASES)), Counter())
    assert counts["links right"] >= LINKS
    assert counts["unmatched right"] >= UNMATCHED
    assert counts["false met"] <= FALSE_MET
    assert counts["told right"] >= TOLD


def test_half_of_them_leave_something_out() -> None:
    found = cases(CASES)
    assert len(found) >= 60
    left = sum(any(not link["outcomes"] for link in c["links"]) for c in found)
    assert 0.4 <= left / len(found) <= 0.6
    assert len({case["sector"] for case in found}) >= 10
