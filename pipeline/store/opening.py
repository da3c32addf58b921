"""Opening a database: new, ours, older, newer or another program's."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from alembic.util import CommandError
from sqlalchemy.engine import URL, Connection

from pipeline.errors import StorageError
from pipeline.store import migrate
from pipeline.store.connect import make_engine, mask_url, parse_url, reading, writing
from pipeline.store.database import Store
from pipeline.store.migrate import State


def open_store(url: str, *, create: bool = True) -> Store:
    """The store behind a database URL; a new database gets its tables.

    Raises StorageError when the database is out of reach, corrupt, not ours, of an
    older schema with data in it (``jixiao db upgrade``) or of a newer one; with
    ``create`` false also when there is none. DependencyError without a driver.
    """
    parsed = parse_url(url)
    engine = make_engine(parsed, create=create)
    try:
        with reading(engine) as connection:
            found = migrate.state(connection)
        if found is State.EMPTY and not create:
            raise StorageError("store_empty", url=mask_url(parsed))
        if found is not State.CURRENT:
            with writing(engine) as connection:
                _make_current(connection, parsed)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


def _make_current(connection: Connection, url: URL) -> None:
    # Looked at again under the write lock: another process may have been faster.
    if connection.dialect.name == "postgresql":
        connection.execute(
            sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext("jixiao schema")))
        )
    found = migrate.state(connection)
    _refuse(found, url)
    if found is State.OLDER and migrate.has_data(connection):
        raise StorageError("store_older", url=mask_url(url))
    if found is not State.CURRENT:
        _apply(connection, url)


def _refuse(found: State, url: URL) -> None:
    if found is State.NEWER:
        raise StorageError("store_newer", url=mask_url(url))
    if found is State.FOREIGN:
        raise StorageError("store_foreign", url=mask_url(url))


def _apply(connection: Connection, url: URL) -> None:
    try:
        migrate.apply(connection)
    except CommandError as error:
        raise StorageError(
            "store_migration_failed", url=mask_url(url), detail=str(error)
        ) from error


@dataclass(frozen=True, slots=True)
class Upgrade:
    """From which schema version to which; ``backup`` is the copy's file name."""

    before: str | None
    after: str | None
    backup: str | None = None


def upgrade(url: str) -> Upgrade:
    """Bring an existing database to this program's schema, all or nothing.

    A SQLite file with data is copied first (``<name>.<version>.bak``). Raises
    StorageError as ``open_store`` does.
    """
    parsed = parse_url(url)
    engine = make_engine(parsed, create=False)
    try:
        with writing(engine) as connection:
            before = migrate.revision(connection)
            found = migrate.state(connection)
            _refuse(found, parsed)
            backup = None
            if found is State.OLDER and migrate.has_data(connection):
                backup = migrate.back_up(parsed, str(before))
            if found is not State.CURRENT:
                _apply(connection, parsed)
            after = migrate.revision(connection)
        return Upgrade(before, after, backup.name if backup else None)
    finally:
        engine.dispose()
