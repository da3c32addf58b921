"""A PostgreSQL server that can be shot and started again."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from pipeline.store.connect import parse_url
from tests.unit.store.postgres import Server, own_server

__all__ = ["Server", "fresh_database", "own_server", "terminate_connections"]


def terminate_connections(url: str) -> None:
    """Cut the connections of a database, as an administrator or a firewall does."""
    with _admin(url) as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


def shoot(server: Server, chance: random.Random) -> None:
    """The server dies in the middle of whatever it does, and comes back."""
    server.stop("immediate")
    time.sleep(chance.uniform(0, 1))
    server.start()


def fresh_database(url: str, name: str) -> str:
    """The URL of a new empty database."""
    with _admin(url) as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    made = sa.make_url(url).set(database=name)
    return made.render_as_string(hide_password=False)


@contextmanager
def _admin(url: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(parse_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
