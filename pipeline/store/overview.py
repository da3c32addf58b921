"""What is in the store, counted: for people who ask before they look."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.store import schema

SEVERITIES = ("high", "medium", "low", "info")

READ = ("ok", "partial", "failed", "skipped")
"""What a run did itself; unchanged documents cost no time."""

_forms, _flags = schema.forms.c, schema.flags.c


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form in a list. ``flags`` counts them in the order of SEVERITIES."""

    id: str
    path: str
    year: int | None
    project_name: str | None
    department: str | None
    unit: str | None
    flags: tuple[int, ...]


def list_forms(connection: Connection) -> Iterator[FormLine]:
    """Every form in the order of path and form."""
    counts = [
        sa.select(sa.func.count())
        .where(_flags.form_id == _forms.id, _flags.severity == severity)
        .scalar_subquery()
        for severity in SEVERITIES
    ]
    names = ("id", "path", "year", "project_name", "department", "unit")
    query = sa.select(*(_forms[name] for name in names), *counts).order_by(
        _forms.path, _forms.form_index
    )
    for row in connection.execute(query):
        id_, path, year, project_name, department, unit, *flags = row
        yield FormLine(id_, path, year, project_name, department, unit, tuple(flags))


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run. ``summary`` holds its counts, of an unfinished one as last noted."""

    id: str
    version: str
    started_at: str
    finished_at: str | None
    exit_code: int | None
    summary: Mapping[str, int]

    @property
    def done(self) -> int:
        """Documents that it read itself."""
        return sum(self.summary.get(name, 0) for name in READ)

    @property
    def seconds(self) -> float | None:
        """How long it took, or had taken when it last noted how far it was."""
        if self.finished_at is None:
            return self.summary.get("seconds")
        start = datetime.fromisoformat(self.started_at)
        took = datetime.fromisoformat(self.finished_at) - start
        return max(took.total_seconds(), 0.0)

    def per_hour(self) -> int | None:
        """Documents per hour; None where it did nothing."""
        return round(self.done * 3600 / self.seconds) if self.seconds else None


@dataclass(frozen=True, slots=True)
class Status:
    """What is in a database. ``runs`` are the latest, newest first."""

    documents: Mapping[str, int]
    reasons: Mapping[str, int]
    forms: int
    flags: Mapping[str, int]
    reviews: int
    runs: tuple[RunLine, ...]

    @property
    def left(self) -> int:
        """Documents that were noted and not read yet."""
        return self.documents.get("pending", 0)

    def per_hour(self) -> int | None:
        """The rate of the latest run that read anything."""
        return next((rate for run in self.runs if (rate := run.per_hour())), None)

    def seconds_left(self) -> int | None:
        """How long the rest takes at that rate; None where nothing is left."""
        rate = self.per_hour()
        return round(self.left * 3600 / rate) if rate and self.left else None


def status(connection: Connection, *, runs: int) -> Status:
    """Counts of everything, and the latest ``runs``."""
    documents, reviews = schema.documents.c, schema.reviews
    return Status(
        documents=_counts(connection, documents.status),
        reasons=_counts(connection, documents.reason),
        forms=_size(connection, schema.forms),
        flags=_counts(connection, _flags.severity),
        reviews=_size(connection, reviews),
        runs=tuple(_latest(connection, runs)),
    )


def _counts(connection: Connection, column: sa.Column[str]) -> dict[str, int]:
    """How often each value occurs, the frequent ones first."""
    n = sa.func.count()
    query = (
        sa.select(column, n)
        .where(column.is_not(None))
        .group_by(column)
        .order_by(n.desc(), column)
    )
    return {str(value): count for value, count in connection.execute(query)}


def _size(connection: Connection, table: sa.Table) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _latest(connection: Connection, most: int) -> Iterator[RunLine]:
    c = schema.runs.c
    query = (
        sa.select(c.id, c.version, c.started_at, c.finished_at, c.exit_code, c.summary)
        .order_by(c.started_at.desc(), c.id.desc())
        .limit(most)
    )
    for row in connection.execute(query):
        counts = json.loads(row.summary) if row.summary else {}
        yield RunLine(
            row.id,
            row.version,
            row.started_at,
            row.finished_at,
            row.exit_code,
            counts,
        )
