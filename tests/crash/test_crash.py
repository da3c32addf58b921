"""Ten of the disturbed runs of ``make crash``, each at another random moment."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.harness import Cycle, Ground, ground
from tests.crash.postgres import (
    Server,
    fresh_database,
    own_server,
    shoot,
    terminate_connections,
)

SEED = secrets.randbits(32)

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="processes are found by /proc"
)


@pytest.fixture(scope="module")
def here() -> Iterator[Ground]:
    with ground(18) as made:
        yield made


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with own_server() as made:
        if made is None:
            pytest.skip("no PostgreSQL server on this machine")
        yield made


def cycle_on_sqlite(here: Ground, name: str, *options: str) -> Cycle:
    url = f"sqlite:///{here.temporary.parent / f'{name}.db'}"
    return Cycle(here, url, random.Random(f"{SEED}-{name}"), options)


@pytest.mark.parametrize("how", ["driver", "all", "worker", "ctrl-c", "sigterm"])
def test_fault_29_and_40_a_killed_run_is_resumed(here: Ground, how: str) -> None:
    cycle = cycle_on_sqlite(here, f"local-{how}")
    print("seed", SEED)
    cycle.disturb(how)
    cycle.finish()
    cycle.compare()


@pytest.mark.parametrize("how", ["driver", "worker"])
def test_fault_29_a_killed_run_on_dask_is_resumed(here: Ground, how: str) -> None:
    pytest.importorskip("distributed")
    cycle = cycle_on_sqlite(here, f"dask-{how}", "--engine", "dask")
    print("seed", SEED)
    cycle.disturb(how)
    cycle.finish()
    cycle.compare()


@pytest.mark.parametrize("how", ["server", "connections", "all"])
def test_fault_28_postgresql_goes_away_in_the_middle(
    here: Ground, server: Server, how: str
) -> None:
    pytest.importorskip("psycopg")
    chance = random.Random(f"{SEED}-{how}")
    url = fresh_database(server.url, f"crash_{how}")
    print("seed", SEED)
    cycle = Cycle(here, url, chance)
    acts = {
        "server": lambda: shoot(server, chance),
        "connections": lambda: terminate_connections(server.url),
    }
    cycle.disturb(how, acts.get(how))
    cycle.finish()
    cycle.compare()


def test_fault_29_killed_twice_then_finished(here: Ground) -> None:
    cycle = cycle_on_sqlite(here, "twice")
    print("seed", SEED)
    cycle.disturb("driver")
    cycle.disturb("all")
    cycle.finish()
    cycle.compare()
