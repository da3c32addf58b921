"""The records as JSON Lines, and as tasks for Label Studio."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pipeline.core.plain import dump_json
from pipeline.store.connect import corrupt
from pipeline.store.database import Store
from pipeline.store.exports.atomic import replacing
from pipeline.store.label_studio import label_studio_task
from pipeline.store.privacy import mask_record


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
