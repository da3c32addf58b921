"""What is in the store, counted: for people who ask before they look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.store import schema

SEVERITIES = ("high", "medium", "low", "info")

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
