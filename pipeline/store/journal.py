"""What happened when, and what people decided: runs and reviews."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.core.plain import dump_json
from pipeline.store import schema
from pipeline.store.flatten import Row
from pipeline.store.rows import Review, clean

_runs, _reviews = schema.runs, schema.reviews


def now() -> str:
    """The time in UTC, ISO 8601 with microseconds: sorts as text."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def start_run(connection: Connection, *, run_key: str, version: str) -> str:
    """Note the beginning of a run; its id is the time, made unique."""
    started = now()
    same = _runs.c.started_at == started
    twins = connection.scalar(sa.select(sa.func.count()).where(same)) or 0
    run_id = f"{started}-{twins}" if twins else started
    connection.execute(
        _runs.insert(),
        {"id": run_id, "run_key": run_key, "version": version, "started_at": started},
    )
    return run_id


def finish_run(
    connection: Connection, run_id: str, *, exit_code: int, summary: Mapping[str, int]
) -> None:
    """Note the end of a run; a run without an end was interrupted."""
    connection.execute(
        _runs.update().where(_runs.c.id == run_id),
        {
            "finished_at": now(),
            "exit_code": exit_code,
            "summary": dump_json(dict(summary)),
        },
    )


def note_progress(
    connection: Connection, run_id: str, summary: Mapping[str, int]
) -> None:
    """Note the counts of a run that goes on."""
    connection.execute(
        _runs.update().where(_runs.c.id == run_id, _runs.c.finished_at.is_(None)),
        {"summary": dump_json(dict(summary))},
    )


def append_review(connection: Connection, review: Review) -> str:
    """Add a decision; the same decision given twice is one. Returns its id."""
    values: Row = {
        "form_id": review.form_id,
        "sha256": review.sha256,
        "form_index": review.form_index,
        "subject": review.subject,
        "field": review.field,
        "start_pos": review.start,
        "end_pos": review.end,
        "quote": review.quote,
        "code": review.code,
        "decision": review.decision,
        "correction": dump_json(dict(review.correction)),
        "note": review.note,
        "reviewer": review.reviewer,
        "decided_at": review.decided_at,
    }
    values = {k: clean(v) if isinstance(v, str) else v for k, v in values.items()}
    review_id = hashlib.sha256(dump_json(values).encode()).hexdigest()[:32]
    known = sa.select(_reviews.c.id).where(_reviews.c.id == review_id)
    if connection.scalar(known) is None:
        connection.execute(_reviews.insert(), {"id": review_id, **values})
    return review_id


def count_reviews(connection: Connection) -> int:
    """How many decisions there are."""
    return connection.scalar(sa.select(sa.func.count()).select_from(_reviews)) or 0


def reviews(connection: Connection, *, form_id: str | None) -> Iterator[Review]:
    """Decisions in the order in which they were made."""
    query = sa.select(_reviews).order_by(_reviews.c.decided_at, _reviews.c.id)
    if form_id is not None:
        query = query.where(_reviews.c.form_id == form_id)
    for row in connection.execute(query):
        values = dict(row._mapping)
        values.pop("id")
        values["start"], values["end"] = values.pop("start_pos"), values.pop("end_pos")
        values["correction"] = json.loads(values["correction"])
        yield Review(**values)
