"""A record as a task of Label Studio, and the places of its regions.

Goal and outcome stand in one text, as Label Studio relates regions of one text.
Offsets count code points, as Label Studio's do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

GOAL_HEAD, OUTCOME_HEAD = "【预期目标】\n", "\n【实际完成情况】\n"
TARGET, OUTCOME, STATEMENT, VAGUE = "目标值", "完成值", "目标陈述", "笼统陈述"
"""The labels."""


def offsets(record: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Where goal and outcome begin and end in the text of the task."""
    goal, outcome = record["goal_text"] or "", record["outcome_text"] or ""
    goal_at = len(GOAL_HEAD)
    outcome_at = goal_at + len(goal) + len(OUTCOME_HEAD)
    return {
        "goal_text": (goal_at, goal_at + len(goal)),
        "outcome_text": (outcome_at, outcome_at + len(outcome)),
    }


def task_text(record: Mapping[str, Any]) -> str:
    """The text of the task."""
    goal, outcome = record["goal_text"] or "", record["outcome_text"] or ""
    return GOAL_HEAD + goal + OUTCOME_HEAD + outcome


def label_studio_task(record: dict[str, Any]) -> dict[str, Any]:
    """A record as a task: ``data.text`` and one prediction over it."""
    places = offsets(record)
    goal_at, outcome_at = places["goal_text"][0], places["outcome_text"][0]
    result = [
        *(
            _region(f"t{i}", q, goal_at, TARGET)
            for i, q in enumerate(record["targets"])
        ),
        *(
            _region(f"o{i}", q, outcome_at, OUTCOME)
            for i, q in enumerate(record["outcomes"])
        ),
        *(
            _region(f"s{i}", s, goal_at, VAGUE if s["vague"] else STATEMENT)
            for i, s in enumerate(record["goal_statements"])
        ),
        *_relations(record),
    ]
    source = record["source"] or {}
    return {
        "data": {
            "text": task_text(record),
            "id": record["id"],
            "path": source.get("path"),
            "form_index": source.get("form_index"),
            "project_name": record["project_name"],
        },
        "predictions": [
            {
                "model_version": f"jixiao {record['produced_by']['version']}",
                "result": result,
            }
        ],
    }


def _region(key: str, span: dict[str, Any], offset: int, label: str) -> dict[str, Any]:
    return {
        "id": key,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {
            "start": span["start"] + offset,
            "end": span["end"] + offset,
            "text": span["quote"],
            "labels": [label],
        },
    }


def _relations(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for link in record["links"]:
        for outcome in link["outcomes"]:
            yield {
                "type": "relation",
                "from_id": f"t{link['target']}",
                "to_id": f"o{outcome}",
                "direction": "right",
                "labels": [link["verdict"]],
            }
