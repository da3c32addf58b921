"""Documents before their results: noted as pending, attempts at them counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from pipeline.store import bulk, schema
from pipeline.store.bulk import chunks
from pipeline.store.flatten import Row
from pipeline.store.rows import DocumentRow, clean, clean_path

_documents = schema.documents


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


def begin(
    connection: Connection, keys: Mapping[str, str], *, afresh: bool
) -> dict[str, int]:
    """Count an attempt at each document; see ``Store.begin``."""
    # In one order, so that programs with the same documents do not block each other.
    wanted = sorted((clean_path(path), key) for path, key in keys.items())
    bulk.count_attempts(connection, wanted, afresh=afresh)
    counted: dict[str, int] = {}
    for chunk in chunks(path for path, _ in wanted):
        found = connection.execute(_ATTEMPTS, {"paths": chunk})
        counted |= {row.path: row.attempts for row in found}
    return {path: counted[clean_path(path)] for path in keys}


_ATTEMPTS = sa.select(_documents.c.path, _documents.c.attempts).where(
    _documents.c.path.in_(sa.bindparam("paths", expanding=True))
)


def take_back(connection: Connection, paths: Iterable[str]) -> None:
    """Attempts that were broken off by us are none."""
    c = _documents.c
    for chunk in chunks(map(clean_path, paths)):
        connection.execute(
            _documents.update()
            .where(c.path.in_(chunk), c.attempts > 0)
            .values(attempts=c.attempts - 1)
        )


def _insert_new(connection: Connection) -> sa.Insert:
    """An INSERT that leaves alone what another program has put there meanwhile."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(_documents).on_conflict_do_nothing()
    if connection.dialect.name == "sqlite":
        return sqlite.insert(_documents).on_conflict_do_nothing()
    return _documents.insert()


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
