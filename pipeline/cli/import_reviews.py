"""``jixiao import-reviews``: corrections made in Label Studio, into the database."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.cli import console
from pipeline.cli.context import Chosen
from pipeline.errors import ExitCode, NoInputError, UsageError
from pipeline.messages import render
from pipeline.store import Store
from pipeline.store.label_studio_reviews import TaskError, read_annotation
from pipeline.store.rows import Review

_DECISIONS = ("accepted", "corrected", "rejected", "added")


def import_reviews(
    file: Path, *, chosen: Chosen, db: str | None, reviewer: str | None
) -> int:
    """Add what people decided; the same file twice adds nothing.

    A task that does not fit its form is listed and left out (exit 4); what the
    others say is stored in one transaction.
    """
    tasks = _tasks(file)
    found: list[Review] = []
    refused = untouched = 0
    with chosen.open_store(db) as store:
        for number, task in enumerate(tasks, 1):
            try:
                reviews = list(_reviews(task, store, reviewer))
            except TaskError as error:
                refused += 1
                _tell_refused(number, task, error, chosen.lang)
                continue
            untouched += not reviews
            found += reviews
        new = store.append_reviews(found)
    counts = Counter(review.decision for review in found)
    console.tell(
        "reviews_imported",
        chosen.lang,
        tasks=len(tasks),
        untouched=untouched,
        refused=refused,
        new=new,
        known=len(found) - new,
        **{name: counts[name] for name in _DECISIONS},
    )
    return ExitCode.SOME_FAILED if refused else ExitCode.OK


def _tell_refused(number: int, task: Any, error: TaskError, lang: str) -> None:
    console.tell(
        "review_task_refused",
        lang,
        "error",
        number=number,
        form=_form_id(task) or "—",
        detail=render(error.code, lang, **error.params),
    )


def _tasks(file: Path) -> list[Any]:
    """The tasks of an export. Raises NoInputError when it is none."""
    try:
        read = json.loads(file.read_bytes().decode("utf-8-sig"))
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NoInputError("reviews_not_found", path=file) from error
    except (ValueError, RecursionError) as error:
        raise NoInputError("reviews_not_json", path=file) from error
    tasks = read if isinstance(read, list) else [read]
    if not any(isinstance(t, Mapping) and "annotations" in t for t in tasks):
        raise NoInputError("reviews_not_json", path=file)
    return tasks


def _reviews(task: Any, store: Store, reviewer: str | None) -> Iterator[Review]:
    """The decisions of everybody who annotated a task."""
    try:
        annotations = [a for a in task["annotations"] if not a.get("was_cancelled")]
        if not annotations:
            return
        record = store.form(_form_id(task))
        if record["id"] != _form_id(task):
            raise TaskError("review_form_unknown")
        for annotation in annotations:
            yield from read_annotation(task, annotation, record, reviewer=reviewer)
    except UsageError as error:  # no such form
        raise TaskError("review_form_unknown") from error
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise TaskError("review_task_broken", detail=type(error).__name__) from error


def _form_id(task: Any) -> str:
    data = task.get("data") if isinstance(task, Mapping) else None
    return str(data.get("id") or "") if isinstance(data, Mapping) else ""
