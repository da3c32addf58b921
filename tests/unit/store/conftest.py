"""A fresh database for each test, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.store import Store, open_store
from tests.unit.store.postgres import running_server

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """TEST_DATABASE_URL, or a server of our own; skips when there is neither."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with running_server() as address:
        if address is None:
            pytest.skip("no PostgreSQL: set TEST_DATABASE_URL or install its server")
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database (on PostgreSQL: of an empty schema)."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / '库.db'}"
        return
    pytest.importorskip("psycopg", reason="psycopg (extra postgres) is not installed")
    server = sa.make_url(request.getfixturevalue("postgres_url"))
    server = server.set(drivername="postgresql+psycopg")
    schema = f"jixiao_test_{os.getpid()}_{next(_numbers)}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    url = server.update_query_dict({"options": f"-csearch_path={schema}"})
    yield url.render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
    engine.dispose()


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store in each of them."""
    with open_store(store_url) as opened:
        yield opened
