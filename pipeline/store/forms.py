"""Forms in the database: their records as plain JSON, and their flags."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.core.plain import dump_json
from pipeline.core.statement import StatementKind
from pipeline.errors import UsageError
from pipeline.store import bulk, schema
from pipeline.store.bulk import chunks
from pipeline.store.flatten import cleaned, flag_row
from pipeline.store.rows import Outline, Rows, clean, clean_path

_forms, _statements, _flags = schema.forms, schema.goal_statements, schema.flags
_SHOWN = 5  # how many matching forms an ambiguous prefix lists

Flags = Sequence[Mapping[str, Any]]


def parse(text: str) -> dict[str, Any]:
    """A stored record. Raises ValueError for what this program never wrote."""
    record = json.loads(text)
    if not isinstance(record, dict) or "id" not in record:
        raise ValueError("record")
    return record


def records(connection: Connection, *, path: str | None) -> Iterator[dict[str, Any]]:
    """The records in the order of path and form."""
    query = sa.select(_forms.c.record).order_by(_forms.c.path, _forms.c.form_index)
    if path is not None:
        query = query.where(_forms.c.path == clean_path(path))
    yield from map(parse, connection.scalars(query))


def records_of(connection: Connection, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The records of these forms, in no order; unknown ids are passed over."""
    for chunk in chunks(ids):
        query = sa.select(_forms.c.record).where(_forms.c.id.in_(chunk))
        yield from map(parse, connection.scalars(query))


def by_prefix(connection: Connection, prefix: str) -> dict[str, Any]:
    """See ``Store.form``."""
    prefix = clean(prefix.strip().lower())
    query = sa.select(_forms.c.id, _forms.c.record)
    found = connection.execute(query.where(_forms.c.id == prefix)).all()
    if not found:
        starts = sa.func.substr(_forms.c.id, 1, len(prefix)) == prefix
        some = query.where(starts).order_by(_forms.c.id).limit(_SHOWN)
        found = connection.execute(some).all()
    if not found or not prefix:
        raise UsageError("form_not_found", form=prefix)
    if len(found) > 1:
        ids = ", ".join(row.id for row in found)
        raise UsageError("form_ambiguous", form=prefix, ids=ids)
    return parse(found[0].record)


def outlines(
    connection: Connection, ids: Sequence[str] | None = None
) -> Iterator[Outline]:
    """What a form is compared with others by, in the order of the ids."""
    task = sa.and_(
        _statements.c.form_id == _forms.c.id,
        _statements.c.kind == StatementKind.TASK.value,
    )
    c = _forms.c
    query = (
        sa.select(
            c.id, c.year, c.project_name, c.unit, c.department, _statements.c.quote
        )
        .select_from(_forms.outerjoin(_statements, task))
        .order_by(c.id, _statements.c.seq)
    )
    if ids is not None:
        query = query.where(c.id.in_(ids))
    for form_id, group in groupby(connection.execute(query), lambda row: row.id):
        rows = list(group)
        first = rows[0]
        yield Outline(
            id=form_id,
            year=first.year,
            project=first.project_name,
            unit=first.unit or first.department,
            tasks=tuple(row.quote for row in rows if row.quote is not None),
        )


def outlines_of(connection: Connection, ids: Iterable[str]) -> Iterator[Outline]:
    """The outlines of these forms; unknown ids are passed over."""
    for chunk in chunks(ids):
        yield from outlines(connection, chunk)


def with_flags(connection: Connection, codes: Iterable[str]) -> list[str]:
    """The forms that have a flag of these codes."""
    query = sa.select(_flags.c.form_id).where(_flags.c.code.in_(list(codes)))
    return list(connection.scalars(query.distinct()))


def set_flags(connection: Connection, flags: Mapping[str, Flags]) -> None:
    """Replace the flags of forms; those that are gone meanwhile are passed over."""
    for chunk in chunks(flags):
        found = [
            {**record, "flags": list(flags[record["id"]])}
            for record in records_of(connection, chunk)
        ]
        if found:
            _write_flags(connection, found)


def _write_flags(connection: Connection, changed: list[dict[str, Any]]) -> None:
    texts = [
        {"form": record["id"], "text": clean(dump_json(record))} for record in changed
    ]
    same = _forms.c.id == sa.bindparam("form")
    connection.execute(
        _forms.update().where(same).values(record=sa.bindparam("text")), texts
    )
    ids = [record["id"] for record in changed]
    connection.execute(_flags.delete().where(_flags.c.form_id.in_(ids)))
    rows = [
        cleaned({"form_id": record["id"], **flag_row(seq, flag)})
        for record in changed
        for seq, flag in enumerate(record["flags"])
    ]
    if rows:
        values = [tuple(row.values()) for row in rows]
        bulk.insert(connection, _flags, Rows(tuple(rows[0]), values))
