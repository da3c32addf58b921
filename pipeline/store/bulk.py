"""Many rows into a table at once, by the fastest way that each database has.

SQLite takes tuples past SQLAlchemy; PostgreSQL takes them by COPY, for rows that may
be there already into a temporary table first. Every other database gets INSERT and
UPDATE statements, with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.engine import Connection

from pipeline.store import schema
from pipeline.store.rows import Rows, Value

_T = TypeVar("_T")
# Old SQLite builds allow 999 parameters in a statement.
_CHUNK = 500

FAST = frozenset({"sqlite", "postgresql"})
"""Databases that have a way of their own."""


def chunks(items: Iterable[_T], size: int = _CHUNK) -> Iterator[list[_T]]:
    """The items in lists of at most ``size``."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def insert(connection: Connection, table: sa.Table, rows: Rows) -> None:
    """Add rows that are not there yet."""
    if not rows.rows:
        return
    match _way(connection):
        case "sqlite":
            sql = _insert_sql(table, rows.columns)
            connection.exec_driver_sql(sql, rows.rows)
        case "postgresql":
            _copy(connection, table.name, rows)
        case _:
            connection.execute(table.insert(), _dicts(rows))


def merge(connection: Connection, table: sa.Table, rows: Rows) -> None:
    """Add rows, or give those of the same key these values."""
    if not rows.rows:
        return
    match _way(connection):
        case "sqlite":
            sql = _insert_sql(table, rows.columns) + _on_conflict(table, rows.columns)
            connection.exec_driver_sql(sql, rows.rows)
        case "postgresql":
            scratch = f"new_{table.name}"
            names = ", ".join(rows.columns)
            connection.exec_driver_sql(
                f"CREATE TEMPORARY TABLE {scratch} ON COMMIT DROP AS "  # noqa: S608
                f"SELECT {names} FROM {table.name} WITH NO DATA"
            )
            _copy(connection, scratch, rows)
            connection.exec_driver_sql(
                f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {scratch}"  # noqa: S608
                + _on_conflict(table, rows.columns)
            )
            connection.exec_driver_sql(f"DROP TABLE {scratch}")
        case _:
            for row in _dicts(rows):
                _merge_row(connection, table, row)


def count_attempts(
    connection: Connection, keys: Sequence[tuple[str, str]], *, afresh: bool
) -> None:
    """One attempt more for pairs of a document's path and attempt key.

    Under another key, or ``afresh``, the count begins anew; a document that is not
    there yet is noted as pending.
    """
    match _way(connection):
        case "sqlite":
            connection.exec_driver_sql(_attempts_sql("?", afresh=afresh), list(keys))
        case "postgresql":
            connection.exec_driver_sql(_attempts_sql("%s", afresh=afresh), list(keys))
        case _:
            for path, key in keys:
                _count_attempt(connection, path, key, afresh=afresh)


@lru_cache(maxsize=4)
def _attempts_sql(mark: str, *, afresh: bool) -> str:
    counted = "documents.attempts + 1"
    same = "documents.attempt_key = excluded.attempt_key"
    return (
        "INSERT INTO documents (path, status, attempts, attempt_key) "  # noqa: S608
        f"VALUES ({mark}, 'pending', 1, {mark}) ON CONFLICT (path) DO UPDATE SET "
        f"attempts = {'1' if afresh else f'CASE WHEN {same} THEN {counted} ELSE 1 END'}"
        ", attempt_key = excluded.attempt_key"
    )


def _count_attempt(
    connection: Connection, path: str, key: str, *, afresh: bool
) -> None:
    c = schema.documents.c
    row = connection.execute(
        sa.select(c.attempts, c.attempt_key).where(c.path == path)
    ).first()
    so_far = row.attempts if row and row.attempt_key == key and not afresh else 0
    counted = {"attempts": so_far + 1, "attempt_key": key}
    if row:
        same = c.path == path
        connection.execute(schema.documents.update().where(same).values(counted))
    else:
        new = {"path": path, "status": "pending", **counted}
        connection.execute(schema.documents.insert(), new)


def _way(connection: Connection) -> str:
    name = connection.dialect.name
    return name if name in FAST else ""


@lru_cache(maxsize=64)
def _insert_sql(table: sa.Table, columns: tuple[str, ...]) -> str:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    return f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608


@lru_cache(maxsize=64)
def _on_conflict(table: sa.Table, columns: tuple[str, ...]) -> str:
    keys = [column.name for column in table.primary_key]
    values = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in keys)
    return f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {values}"


def _copy(connection: Connection, table: str, rows: Rows) -> None:
    sql = f"COPY {table} ({', '.join(rows.columns)}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    with _explained(connection, sql), driver.cursor() as cursor, cursor.copy(sql) as to:
        for row in rows.rows:
            to.write_row(row)


@contextmanager
def _explained(connection: Connection, sql: str) -> Iterator[None]:
    """What the driver says, as SQLAlchemy would say it."""
    error_class = connection.dialect.loaded_dbapi.Error
    try:
        yield
    except error_class as error:
        raise exc.DBAPIError.instance(
            sql, None, error, error_class, dialect=connection.dialect
        ) from error


def _dicts(rows: Rows) -> list[dict[str, Value]]:
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]


def _merge_row(connection: Connection, table: sa.Table, row: dict[str, Value]) -> None:
    same = [column == row[column.name] for column in table.primary_key]
    if not connection.execute(table.update().where(*same).values(row)).rowcount:
        connection.execute(table.insert(), row)
