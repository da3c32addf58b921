"""The records as JSON Lines, and as tasks for Label Studio."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pipeline.core.plain import dump_json
from pipeline.store.connect import corrupt
from pipeline.store.database import Store
from pipeline.store.exports.atomic import replacing
from pipeline.store.privacy import mask_record

# Label Studio relates regions of one text, so goal and outcome stand in one.
_GOAL, _OUTCOME = "【预期目标】\n", "\n【实际完成情况】\n"


def write_records(store: Store, target: Path, *, keep_personal_data: bool) -> None:
    """One record per line, exactly as ``jixiao extract`` prints it."""
    with (
        replacing(target) as part,
        part.open("w", encoding="utf-8", newline="") as file,
    ):
        for record in _records(store, keep_personal_data):
            file.write(dump_json(record) + "\n")


def write_label_studio(store: Store, target: Path, *, keep_personal_data: bool) -> None:
    """A JSON array of tasks with predictions, for Label Studio's import.

    The labels are 目标值, 完成值, 目标陈述 and 笼统陈述 (``from_name`` "label",
    ``to_name`` "text"); a relation from target to outcome carries the verdict.
    Offsets count code points, as Label Studio's do.
    """
    with (
        replacing(target) as part,
        part.open("w", encoding="utf-8", newline="") as file,
    ):
        separator = "[\n"
        for record in _records(store, keep_personal_data):
            task = _made_from(record, label_studio_task, store)
            file.write(separator + dump_json(task))
            separator = ",\n"
        file.write("[]\n" if separator == "[\n" else "\n]\n")


def _records(store: Store, keep_personal_data: bool) -> Iterator[dict[str, Any]]:
    for record in store.forms():
        yield record if keep_personal_data else _made_from(record, mask_record, store)


def _made_from(
    record: dict[str, Any],
    make: Callable[[dict[str, Any]], dict[str, Any]],
    store: Store,
) -> dict[str, Any]:
    """A stored record always has its keys, or the database is damaged."""
    try:
        return make(record)
    except (KeyError, TypeError) as error:
        raise corrupt(store.engine.url, repr(error)) from error


def label_studio_task(record: dict[str, Any]) -> dict[str, Any]:
    """A record as a task: ``data.text`` and one prediction over it."""
    goal, outcome = record["goal_text"] or "", record["outcome_text"] or ""
    outcome_at = len(_GOAL) + len(goal) + len(_OUTCOME)
    result = [
        *(
            _region(f"t{i}", q, len(_GOAL), "目标值")
            for i, q in enumerate(record["targets"])
        ),
        *(
            _region(f"o{i}", q, outcome_at, "完成值")
            for i, q in enumerate(record["outcomes"])
        ),
        *(
            _region(f"s{i}", s, len(_GOAL), "笼统陈述" if s["vague"] else "目标陈述")
            for i, s in enumerate(record["goal_statements"])
        ),
        *_relations(record),
    ]
    source = record["source"] or {}
    return {
        "data": {
            "text": _GOAL + goal + _OUTCOME + outcome,
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
