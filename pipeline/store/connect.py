"""Reaching a database, and saying in plain words why it cannot be reached."""

from __future__ import annotations

import logging
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.pool import StaticPool

from pipeline.errors import DependencyError, StorageError
from pipeline.interrupt import held_back
from pipeline.messages import hide_secrets

log = logging.getLogger(__name__)

T = TypeVar("T")

RETRY_SECONDS = 60
"""How long a server that went away is tried again (restarts take seconds)."""

BUSY_SECONDS = 30
"""How long a write waits for another program's before it gives up."""

# SQLSTATE: connection lost, rolled back for another's sake, too many connections,
# shutting down or starting up.
_PASSING = ("08", "40", "53300", "57P")

# What the drivers say (lower case) and the message it stands for; first match wins.
_SYMPTOMS: tuple[tuple[str, str], ...] = (
    ("database is locked", "store_locked"),
    ("database table is locked", "store_locked"),
    ("readonly", "store_readonly"),
    ("read-only", "store_readonly"),
    ("not a database", "store_corrupt"),
    ("malformed", "store_corrupt"),
    ("could not decode to utf-8", "store_corrupt"),
    ("disk is full", "store_full"),
    ("no space left", "store_full"),
    ("disk i/o error", "store_io"),
)


def parse_url(url: str) -> URL:
    """The URL with the PostgreSQL driver that we ship an extra for.

    Raises StorageError when it is no database URL.
    """
    try:
        parsed = sa.make_url(url)
    except exc.ArgumentError as error:
        raise StorageError("store_url_invalid", url=mask_url(url)) from error
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed


def mask_url(url: str | URL) -> str:
    """The URL as it may be shown: without its password."""
    if isinstance(url, URL):
        url = url.render_as_string(hide_password=True)
    return hide_secrets(url)


def sqlite_file(url: URL) -> Path | None:
    """The file of a SQLite URL; None for other databases and for memory."""
    name = url.database
    if url.get_backend_name() != "sqlite" or not name or name == ":memory:":
        return None
    if name.startswith("file:"):
        name = name.removeprefix("file:").split("?", 1)[0]
    return Path(name)


def make_engine(url: URL, *, create: bool) -> Engine:
    """An engine; nothing is connected yet.

    Raises StorageError when a SQLite file or its folder is missing, and
    DependencyError when the driver of another database is not installed.
    """
    file = sqlite_file(url)
    if file is not None:
        _check_file(file, url, create=create)
    options: dict[str, object] = {}
    if url.get_backend_name() == "sqlite":
        options["connect_args"] = {"timeout": BUSY_SECONDS}
        if file is None:  # one connection is the database
            options["poolclass"] = StaticPool
            options["connect_args"] = {"check_same_thread": False}
    elif url.get_backend_name() == "postgresql":
        options["connect_args"] = {"connect_timeout": 10}
    try:
        engine = sa.create_engine(url, **options)
    except (ModuleNotFoundError, exc.NoSuchModuleError) as error:
        raise DependencyError("store_driver_missing", url=mask_url(url)) from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _check_file(file: Path, url: URL, *, create: bool) -> None:
    if not file.parent.is_dir():
        raise StorageError("store_folder_missing", url=mask_url(url))
    if file.is_dir():
        raise StorageError("store_is_folder", url=mask_url(url))
    if not create and not file.exists():
        raise StorageError("store_missing", url=mask_url(url))


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # We say BEGIN ourselves (below): the driver would leave reads and DDL outside
    # of transactions.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    (mode,) = cursor.execute("PRAGMA journal_mode").fetchone()
    if mode not in ("wal", "memory"):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # A database on read-only ground can still be read in its old mode.
            if "readonly" not in str(error):
                raise
            log.info("journal mode stays %s: %s", mode, error)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: upgrading from a read lock later would fail
    # immediately instead of waiting for the other writer.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database throughout."""
    with explained(engine.url), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is committed at the end, or leaves no trace.

    Ctrl-C waits for its end, so keep it short.
    """
    with held_back(), explained(engine.url), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def noting(engine: Engine) -> Iterator[Connection]:
    """As ``writing``, without waiting for the disk.

    The change survives the death of any process; after a power cut it may be
    missing, which a note can bear.
    """
    with held_back(), explained(engine.url), engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            _synchronous(connection, "NORMAL")
        try:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                if engine.dialect.name == "postgresql":
                    connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
                yield connection
        finally:
            if sqlite:
                _synchronous(connection, "FULL")


def _synchronous(connection: Connection, level: str) -> None:
    # Not inside a transaction, so past SQLAlchemy, which begins one.
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.execute(f"PRAGMA synchronous = {level}")


def persistently(
    transaction: Callable[[Engine], AbstractContextManager[Connection]],
    engine: Engine,
    work: Callable[[Connection], T],
) -> T:
    """Do ``work`` in a transaction, again from the start when its server goes away.

    For work that may be repeated: a commit whose answer was lost is done twice.
    Raises StorageError after RETRY_SECONDS, and at once for what will not pass.
    """
    deadline, pause = time.monotonic() + RETRY_SECONDS, 0.1
    while True:
        try:
            with held_back(), transaction(engine) as connection:
                return work(connection)
        except StorageError as error:
            if not _may_pass(error) or time.monotonic() + pause > deadline:
                raise
            log.warning("database: %s; trying again", error.code)
        # Not all programs of a cluster at the same moment.
        time.sleep(pause * random.uniform(0.5, 1.5))
        pause = min(2 * pause, 5.0)


def _may_pass(error: StorageError) -> bool:
    """Whether a server said or showed that it (or the connection) went away."""
    cause = error.__cause__
    if not isinstance(cause, exc.DBAPIError) or isinstance(cause.orig, sqlite3.Error):
        return False
    state = getattr(cause.orig, "sqlstate", None)
    if state is None:
        return cause.connection_invalidated or isinstance(cause, exc.OperationalError)
    return str(state).startswith(_PASSING)


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn what a driver says into a StorageError that says what to do.

    Broken constraints and unfit values pass through: they are defects of ours.
    """
    try:
        yield
    except (exc.IntegrityError, exc.DataError):
        raise
    except exc.DBAPIError as error:
        raise storage_error(error, url) from error
    except UnicodeDecodeError as error:
        # What SQLite says of a damaged schema quotes its damaged bytes.
        raise corrupt(url, error.reason) from error


def corrupt(url: URL, detail: str) -> StorageError:
    """The error for content that this program never wrote."""
    return StorageError("store_corrupt", url=mask_url(url), detail=detail)


def storage_error(error: exc.DBAPIError, url: URL) -> StorageError:
    """The StorageError for what a driver said; its first line is the detail."""
    said = str(error.orig)
    detail = mask_url(said.strip().splitlines()[0] if said.strip() else "")
    code = next((c for sign, c in _SYMPTOMS if sign in said.lower()), None)
    if code is None:
        code = "store_unreachable" if _is_connecting(error) else "store_failed"
    return StorageError(code, url=mask_url(url), detail=detail, seconds=BUSY_SECONDS)


def _is_connecting(error: exc.DBAPIError) -> bool:
    """Errors before any statement mean that there is no connection."""
    return error.statement is None or "unable to open" in str(error.orig)
