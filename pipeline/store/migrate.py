"""The schema's version: what a database has, what this program needs.

Alembic steps live in ``migrations/versions`` inside the package; there is no
ini file and no env.py, the environment is made here.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from enum import Enum
from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import URL, Connection

from pipeline.errors import StorageError
from pipeline.store.connect import mask_url, sqlite_file
from pipeline.store.schema import metadata

log = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


class State(Enum):
    """What a database is to this program."""

    EMPTY = "no tables at all"
    FOREIGN = "tables of another program"
    OLDER = "our tables, an older schema"
    CURRENT = "our tables, this schema"
    NEWER = "our tables, a schema this program does not know"


def scripts(folder: Path | None = None) -> ScriptDirectory:
    """The migration steps that come with the program."""
    config = Config()
    config.set_main_option(
        "script_location", str(folder or MIGRATIONS).replace("%", "%%")
    )
    return ScriptDirectory.from_config(config)


def revision(connection: Connection) -> str | None:
    """The schema version that the database says it has."""
    return MigrationContext.configure(connection).get_current_revision()


def state(connection: Connection) -> State:
    """What the database is; looks only, changes nothing."""
    steps = scripts()
    current = revision(connection)
    if current is None:
        tables = set(sa.inspect(connection).get_table_names())
        return State.FOREIGN if tables - {"alembic_version"} else State.EMPTY
    if current == steps.get_current_head():
        return State.CURRENT
    known = {step.revision for step in steps.walk_revisions()}
    return State.OLDER if current in known else State.NEWER


def has_data(connection: Connection) -> bool:
    """Whether anything was stored, so that a migration deserves to be asked for."""
    tables = set(sa.inspect(connection).get_table_names())
    return any(
        connection.execute(
            sa.select(sa.literal(1)).select_from(sa.table(t)).limit(1)
        ).first()
        for t in sorted(tables & set(metadata.tables))
    )


def apply(connection: Connection) -> None:
    """Bring the database to the newest schema inside the caller's transaction."""
    steps = scripts()

    def to_head(current: object, _: MigrationContext) -> list[object]:
        return list(steps._upgrade_revs("head", current))  # type: ignore[arg-type]

    with EnvironmentContext(Config(), steps, fn=to_head) as environment:
        environment.configure(
            connection=connection, target_metadata=metadata, render_as_batch=True
        )
        with environment.begin_transaction():
            environment.run_migrations()


def back_up(url: URL, version: str) -> Path | None:
    """A copy of a SQLite database beside it, before its schema is changed.

    An earlier copy of the same version is never overwritten: ``.2.bak`` then.
    Raises StorageError, and leaves no half copy, where it cannot be written.
    """
    file = sqlite_file(url)
    if file is None:
        return None
    copy = _unused(file, version)
    try:
        with (
            closing(sqlite3.connect(file)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error as error:
        copy.unlink(missing_ok=True)
        raise StorageError(
            "store_backup_failed", url=mask_url(url), detail=str(error)
        ) from error
    log.info("schema %s kept as %s", version, copy.name)
    return copy


def _unused(file: Path, version: str) -> Path:
    name, n = f"{file.name}.{version}.bak", 1
    while file.with_name(name).exists():
        n += 1
        name = f"{file.name}.{version}.{n}.bak"
    return file.with_name(name)
