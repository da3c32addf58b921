"""Documents in the database: noted before they are read, replaced as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from itertools import islice
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from pipeline.messages import render
from pipeline.store import schema
from pipeline.store.flatten import Row, flatten
from pipeline.store.rows import (
    KILLERS,
    DocumentResult,
    DocumentRow,
    clean,
    clean_path,
)

_T = TypeVar("_T")
# Old SQLite builds allow 999 parameters in a statement.
_CHUNK = 500

_documents, _forms = schema.documents, schema.forms


def chunks(items: Iterable[_T], size: int = _CHUNK) -> Iterator[list[_T]]:
    """The items in lists of at most ``size``."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def register(
    connection: Connection, documents: Iterable[DocumentRow], *, reset: bool
) -> None:
    """Note documents as pending; known ones only when ``reset`` is true."""
    for chunk in chunks(documents):
        rows = {clean_path(d.path): d for d in chunk}
        known = set(
            connection.scalars(
                sa.select(_documents.c.path).where(_documents.c.path.in_(list(rows)))
            )
        )
        fresh = [_pending(path, row) for path, row in rows.items() if path not in known]
        if fresh:
            connection.execute(_insert_new(connection), fresh)
        if reset and known:
            connection.execute(
                _documents.update()
                .where(_documents.c.path.in_(known))
                .values(status="pending", reason=None, message=None)
            )


def _insert_new(connection: Connection) -> sa.Insert:
    """An INSERT that leaves alone what another program has put there meanwhile."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(_documents).on_conflict_do_nothing()
    if connection.dialect.name == "sqlite":
        return sqlite.insert(_documents).on_conflict_do_nothing()
    return _documents.insert()


def begin(connection: Connection, path: str, key: str, *, afresh: bool) -> int:
    """Count an attempt at a document; see ``Store.begin``."""
    path, c = clean_path(path), _documents.c
    row = connection.execute(
        sa.select(c.attempts, c.attempt_key).where(c.path == path)
    ).first()
    so_far = row.attempts if row and row.attempt_key == key and not afresh else 0
    counted = {"attempts": so_far + 1, "attempt_key": key}
    if row:
        connection.execute(_documents.update().where(c.path == path).values(counted))
    else:
        connection.execute(
            _insert_new(connection), _pending(path, DocumentRow(path)) | counted
        )
    return so_far + 1


def take_back(connection: Connection, paths: Iterable[str]) -> None:
    """Attempts that were broken off by us are none."""
    c = _documents.c
    for chunk in chunks(map(clean_path, paths)):
        connection.execute(
            _documents.update()
            .where(c.path.in_(chunk), c.attempts > 0)
            .values(attempts=c.attempts - 1)
        )


def _pending(path: str, row: DocumentRow) -> Row:
    return {
        "path": path,
        "sha256": row.sha256,
        "media_type": row.media_type,
        "status": row.status,
        "reason": row.reason,
        "message": None if row.message is None else clean(row.message),
        "text": None,
        "run_key": row.run_key,
    }


def save(connection: Connection, result: DocumentResult) -> tuple[str, ...]:
    """Replace all that is stored of a document; see ``Store.save``."""
    path = clean_path(result.path)
    _take_turns(connection, path, result.sha256 or "")
    result = _without_doubles(connection, result, path)
    old_hash = connection.scalar(
        sa.select(_documents.c.sha256).where(_documents.c.path == path)
    )
    had_forms = _drop_forms(connection, path)
    _put_document(connection, result, path)
    _put_records(connection, result, path)
    if had_forms and not (result.records and old_hash == result.sha256):
        return _reopen_duplicates(connection, old_hash)
    return ()


def _take_turns(connection: Connection, *keys: str) -> None:
    """Let programs that store the same path or the same bytes wait for each other.

    SQLite has one writer anyway.
    """
    if connection.dialect.name != "postgresql":
        return
    for key in sorted(keys):
        connection.execute(
            sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(key)))
        )


def _without_doubles(
    connection: Connection, result: DocumentResult, path: str
) -> DocumentResult:
    """The result, or ``duplicate`` when another path holds the same forms."""
    ids = [str(record.id) for record in result.records]
    holder: str | None = None
    for chunk in chunks(ids):
        holder = holder or connection.scalar(
            sa.select(sa.func.min(_forms.c.path)).where(
                _forms.c.id.in_(chunk), _forms.c.path != path
            )
        )
    if holder is None:
        return result
    return replace(
        result,
        status="skipped",
        reason="duplicate",
        message=render("duplicate_of", original=holder),
        text=None,
        records=(),
    )


def _drop_forms(connection: Connection, path: str) -> bool:
    """Delete the forms of a document with all their rows; whether there were any."""
    of_path = sa.select(_forms.c.id).where(_forms.c.path == path)
    if connection.execute(of_path.limit(1)).first() is None:
        return False  # as a rule: a new document
    for table in schema.OF_FORM:
        connection.execute(table.delete().where(table.c.form_id.in_(of_path)))
    return connection.execute(_forms.delete().where(_forms.c.path == path)).rowcount > 0


def _put_document(connection: Connection, result: DocumentResult, path: str) -> None:
    values: Row = {
        "sha256": result.sha256,
        "media_type": result.media_type,
        "status": result.status,
        "reason": result.reason,
        "message": None if result.message is None else clean(result.message),
        "text": None if result.text is None else clean(result.text),
        "run_key": result.run_key,
    }
    if result.reason not in KILLERS:
        values |= {"attempts": 0, "attempt_key": None}
    updated = connection.execute(
        _documents.update().where(_documents.c.path == path).values(values)
    )
    if not updated.rowcount:
        connection.execute(_documents.insert(), {"path": path, **values})


def _put_records(connection: Connection, result: DocumentResult, path: str) -> None:
    for record in result.records:
        rows = flatten(record, path)
        for table in (_forms, *schema.OF_FORM):
            if rows[table.name]:
                connection.execute(table.insert(), rows[table.name])


def _reopen_duplicates(connection: Connection, sha256: str | None) -> tuple[str, ...]:
    """Documents that were skipped because of forms which are now gone."""
    waiting = (
        sa.select(_documents.c.path)
        .where(_documents.c.sha256 == sha256, _documents.c.reason == "duplicate")
        .order_by(_documents.c.path)
    )
    paths = tuple(connection.scalars(waiting))
    for chunk in chunks(paths):
        connection.execute(
            _documents.update()
            .where(_documents.c.path.in_(chunk))
            .values(status="pending", reason=None, message=None)
        )
    return paths


def find_duplicate(connection: Connection, sha256: str, path: str) -> str | None:
    """The first other path whose forms were read from the same bytes."""
    found: str | None = connection.scalar(
        sa.select(sa.func.min(_forms.c.path))
        .join(_documents, _documents.c.path == _forms.c.path)
        .where(_documents.c.sha256 == sha256, _forms.c.path != clean_path(path))
    )
    return found


def rows(connection: Connection, *, status: str | None = None) -> Iterator[DocumentRow]:
    """The documents in the order of their paths, without their texts."""
    names = [field.name for field in fields(DocumentRow)]
    query = sa.select(*(_documents.c[n] for n in names)).order_by(_documents.c.path)
    if status is not None:
        query = query.where(_documents.c.status == status)
    for row in connection.execute(query):
        yield DocumentRow(**row._mapping)
