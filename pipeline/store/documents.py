"""Documents in the database, with all that was read from them, replaced as a whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.messages import render
from pipeline.store import bulk, schema
from pipeline.store.bulk import chunks
from pipeline.store.flatten import flat_form
from pipeline.store.rows import (
    KILLERS,
    DocumentResult,
    DocumentRow,
    FlatForm,
    Rows,
    Value,
    clean,
    clean_path,
)

_documents, _forms = schema.documents, schema.forms


@dataclass(frozen=True, slots=True)
class _Entry:
    """A result under its key, its records as rows."""

    path: str
    result: DocumentResult
    forms: tuple[FlatForm, ...]


def save(connection: Connection, results: Iterable[DocumentResult]) -> tuple[str, ...]:
    """Replace all that is stored of documents; see ``Store.save``.

    The outcome is that of storing them one after the other.
    """
    entries = [_entry(result) for result in results]
    paths = [entry.path for entry in entries]
    if len(set(paths)) < len(paths):
        raise ValueError("one result per document")
    _take_turns(connection, {*paths, *(e.result.sha256 or "" for e in entries)})
    hashes = _hashes(connection, paths)
    had_forms = _with_forms(connection, paths)
    entries = _without_doubles(connection, entries)
    for path in had_forms:
        _drop_forms(connection, path)
    _put_documents(connection, entries)
    _put_forms(connection, [form for entry in entries for form in entry.forms])
    gone = [
        hashes.get(e.path)
        for e in entries
        if e.path in had_forms
        and not (e.forms and hashes.get(e.path) == e.result.sha256)
    ]
    reopened = {p for sha256 in gone for p in _reopen_duplicates(connection, sha256)}
    reopened |= _reopen_copies_of_nothing(connection, entries)
    return tuple(sorted(reopened))


def _entry(result: DocumentResult) -> _Entry:
    path = clean_path(result.path)
    forms = tuple(
        record if isinstance(record, FlatForm) else flat_form(record, path)
        for record in result.records
    )
    return _Entry(path, result, forms)


def _take_turns(connection: Connection, keys: Iterable[str]) -> None:
    """Let programs that store the same path or the same bytes wait for each other.

    SQLite has one writer anyway.
    """
    if connection.dialect.name != "postgresql":
        return
    # All in one order, so that no two programs wait for each other.
    locks = sorted(zlib.crc32(key.encode()) for key in keys)
    connection.execute(
        sa.select(sa.func.pg_advisory_xact_lock(sa.bindparam("lock"))),
        [{"lock": lock} for lock in locks],
    )


def _hashes(connection: Connection, paths: Iterable[str]) -> dict[str, str | None]:
    """The bytes that documents were last read from."""
    c = _documents.c
    found: dict[str, str | None] = {}
    for chunk in chunks(paths):
        query = sa.select(c.path, c.sha256).where(c.path.in_(chunk))
        found |= {row.path: row.sha256 for row in connection.execute(query)}
    return found


def _with_forms(connection: Connection, paths: Iterable[str]) -> set[str]:
    """Which documents have forms; as a rule none, as they are new."""
    found: set[str] = set()
    for chunk in chunks(paths):
        query = sa.select(_forms.c.path).where(_forms.c.path.in_(chunk)).distinct()
        found.update(connection.scalars(query))
    return found


def _without_doubles(connection: Connection, entries: list[_Entry]) -> list[_Entry]:
    """The entries; ``duplicate`` where another path holds the same forms."""
    held: dict[str, str] = {}
    for chunk in chunks(form.id for entry in entries for form in entry.forms):
        query = sa.select(_forms.c.id, _forms.c.path).where(_forms.c.id.in_(chunk))
        held |= {row.id: row.path for row in connection.execute(query)}
    kept: list[_Entry] = []
    for entry in entries:
        ids = [form.id for form in entry.forms]
        holders = [held[i] for i in ids if held.get(i, entry.path) != entry.path]
        if holders:
            entry = _duplicate(entry, min(holders))
        else:
            held |= dict.fromkeys(ids, entry.path)
        kept.append(entry)
    return kept


def _duplicate(entry: _Entry, holder: str) -> _Entry:
    result = replace(
        entry.result,
        status="skipped",
        reason="duplicate",
        message=render("duplicate_of", original=holder),
        text=None,
        records=(),
    )
    return _Entry(entry.path, result, ())


def _drop_forms(connection: Connection, path: str) -> None:
    """Delete the forms of a document with all their rows."""
    of_path = sa.select(_forms.c.id).where(_forms.c.path == path)
    for table in schema.OF_FORM:
        connection.execute(table.delete().where(table.c.form_id.in_(of_path)))
    connection.execute(_forms.delete().where(_forms.c.path == path))


_RESULT = ("sha256", "media_type", "status", "reason", "message", "text", "run_key")


def _put_documents(connection: Connection, entries: Iterable[_Entry]) -> None:
    settled: list[tuple[Value, ...]] = []
    fruitless: list[tuple[Value, ...]] = []
    for entry in entries:
        values = (getattr(entry.result, name) for name in _RESULT)
        row = (entry.path, *(clean(v) if isinstance(v, str) else v for v in values))
        if entry.result.reason in KILLERS:
            fruitless.append(row)  # its attempts stay counted
        else:
            settled.append((*row, 0, None))
    columns = ("path", *_RESULT)
    bulk.merge(connection, _documents, Rows(columns, fruitless))
    counted = (*columns, "attempts", "attempt_key")
    bulk.merge(connection, _documents, Rows(counted, settled))


def _put_forms(connection: Connection, forms: Iterable[FlatForm]) -> None:
    tables: dict[str, Rows] = {}
    for form in forms:
        for name, (columns, rows) in form.tables.items():
            tables.setdefault(name, Rows(columns, [])).rows.extend(rows)
    for table in (_forms, *schema.OF_FORM):
        if table.name in tables:
            bulk.insert(connection, table, tables[table.name])


def _reopen_duplicates(connection: Connection, sha256: str | None) -> tuple[str, ...]:
    """Documents that were skipped because of forms which are now gone."""
    waiting = (
        sa.select(_documents.c.path)
        .where(_documents.c.sha256 == sha256, _documents.c.reason == "duplicate")
        .order_by(_documents.c.path)
    )
    paths = tuple(connection.scalars(waiting))
    _reopen(connection, paths)
    return paths


def _reopen(connection: Connection, paths: Iterable[str]) -> None:
    for chunk in chunks(paths):
        connection.execute(
            _documents.update()
            .where(_documents.c.path.in_(chunk))
            .values(status="pending", reason=None, message=None)
        )


def _reopen_copies_of_nothing(
    connection: Connection, entries: Iterable[_Entry]
) -> set[str]:
    """Copies whose original lost its forms after it was found to be one."""
    widowed = {
        entry.path
        for entry in entries
        if entry.result.reason == "duplicate"
        and entry.result.sha256
        and find_duplicate(connection, entry.result.sha256, entry.path) is None
    }
    _reopen(connection, widowed)
    return widowed


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
