"""``make crash``: at least a hundred disturbed runs; prints what was done to each."""

from __future__ import annotations

import argparse
import random
import secrets
import time
from collections import Counter

from tests.crash.harness import LOCAL, Cycle, Ground, ground
from tests.crash.postgres import (
    Server,
    fresh_database,
    own_server,
    shoot,
    terminate_connections,
)

ON_SERVER = ("server", "connections")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.crash")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--seed", type=int, default=None)
    chosen = parser.parse_args()
    seed = secrets.randbits(32) if chosen.seed is None else chosen.seed
    print(f"seed {seed}", flush=True)
    done: Counter[str] = Counter()
    with ground(chosen.documents) as here, own_server(durable=True) as server:
        if server is None:
            print("no PostgreSQL server on this machine: SQLite only")
        number = 0
        while sum(done.values()) < chosen.kills:
            done += one_cycle(here, server, seed, number)
            number += 1
            print(f"  {sum(done.values())} of {chosen.kills} kills", flush=True)
    told = ", ".join(f"{how} {count}" for how, count in sorted(done.items()))
    print(f"{sum(done.values())} kills in {number} databases, no row differs: {told}")


def one_cycle(
    here: Ground, server: Server | None, seed: int, number: int
) -> Counter[str]:
    """Disturb one database once to three times; returns what was done to it."""
    chance = random.Random(f"{seed}-{number}")
    kinds = ["local", "dask", *(["postgres", "postgres-dask"] if server else [])]
    kind = kinds[number % len(kinds)]
    ways: tuple[str, ...] = LOCAL
    url = f"sqlite:///{here.temporary.parent / f'cycle-{number}.db'}"
    if server is not None and kind.startswith("postgres"):
        ways = (*LOCAL, *ON_SERVER, *ON_SERVER)
        url = fresh_database(server.url, f"cycle_{number}")
    options = ("--engine", "dask") if kind.endswith("dask") else ()
    cycle = Cycle(here, url, chance, options)
    done: Counter[str] = Counter()
    began = time.monotonic()
    for _ in range(chance.randint(1, 3)):
        how = chance.choice(ways)
        cycle.disturb(how, _on_server(how, server, chance))
        done[f"{kind} {how}"] += 1
    cycle.finish()
    cycle.compare()
    spent = time.monotonic() - began
    print(f"{number} {kind} ({spent:.0f} s): {'; '.join(cycle.log)}", flush=True)
    return done


def _on_server(how: str, server: Server | None, chance: random.Random):  # type: ignore[no-untyped-def]
    if server is None or how not in ON_SERVER:
        return None
    if how == "server":
        return lambda: shoot(server, chance)
    return lambda: terminate_connections(server.url)


if __name__ == "__main__":
    main()
