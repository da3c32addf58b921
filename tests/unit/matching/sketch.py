"""Small forms of a sentence or two, and their links in words."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pipeline
from pipeline.core.quantity import Role
from pipeline.core.record import Record
from pipeline.language.quantities import find_quantities
from pipeline.matching.measures.measure import Measure, measure_of_name
from tests.helpers.invariants import assert_record

Row = dict[str, object]


@dataclass(frozen=True)
class Answer:
    """What answers a target: quotes, verdict, method."""

    outcomes: tuple[str, ...]
    verdict: str
    method: str
    candidates: tuple[str, ...] = ()


def row(name: str, target: str, actual: str = "达成指标") -> Row:
    return {
        **{"level1": "产出指标", "level2": "数量指标", "name": name},
        **{"target_text": target, "actual_text": actual},
    }


def read(goal: str, outcome: str, *rows: Row) -> Record:
    """The record of texts; whatever it is, it is sound."""
    record = pipeline.analyze(goal_text=goal, outcome_text=outcome, indicators=rows)
    assert_record(json.loads(record.to_json()))
    return record


def answers(record: Record) -> dict[str, Answer]:
    """Target quote → answer, linked and undetermined ones."""
    return {
        record.targets[link.target].quote: Answer(
            tuple(record.outcomes[o].quote for o in link.outcomes),
            str(link.verdict),
            link.method,
            tuple(record.outcomes[o].quote for o in link.candidates),
        )
        for link in record.links
    }


def links(goal: str, outcome: str, *rows: Row) -> dict[str, tuple[str, str]]:
    """Target quote → outcome quotes joined by + and verdict; unmatched left out."""
    return {
        target: ("+".join(answer.outcomes), answer.verdict)
        for target, answer in answers(read(goal, outcome, *rows)).items()
        if answer.outcomes
    }


def measure(name: str) -> Measure:
    """A count of people with a name, as an indicator row would have it."""
    quantity = find_quantities("9人", Role.GOAL)[0]
    return measure_of_name(0, name, quantity)
