"""``python -m tests.bench.scale``: what engines and databases cost, in one run.

Every way of running takes its turn on the same documents. Wall times count only on a
quiet machine; processor seconds mean something on one that others use as well, and so
does the ratio that they allow: two workers and their driver share two processors, one
worker has its own. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

from pipeline.api import Settings
from pipeline.runner.cluster import DaskEngine
from pipeline.runner.discover import discover
from pipeline.runner.engine import Engine
from pipeline.runner.pool import LocalPool
from pipeline.runner.run import run_archive
from pipeline.runner.summary import Outcome
from pipeline.runner.terms import Terms
from pipeline.runner.work import warm_up
from pipeline.sources.scan.options import Backend, OcrOptions
from pipeline.store import Store, open_store
from tests.bench.mixed import write_mixed
from tests.bench.processes import Usage, usage
from tests.helpers.archive import write_archive
from tests.unit.store.postgres import running_server

_STORING = ("begin", "find_duplicate", "note_progress", "register", "save", "text")


@dataclass
class Way:
    """A way of running, and what it took: per document, a figure for each round."""

    name: str
    engine: Callable[[], Engine]
    url: Callable[[str], str]
    archive: str = "texts"
    walls: list[float] = field(default_factory=list)
    drivers: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    stores: list[float] = field(default_factory=list)

    @property
    def wall(self) -> float:
        """Seconds on the wall."""
        return statistics.median(self.walls)

    @property
    def driver(self) -> float:
        """Processor seconds of the driver."""
        return statistics.median(self.drivers)

    @property
    def other(self) -> float:
        """Processor seconds of its processes."""
        return statistics.median(self.others)

    @property
    def work(self) -> float:
        """Processor seconds of all."""
        return self.driver + self.other

    @property
    def store(self) -> float:
        """Those of the driver inside of the store."""
        return statistics.median(self.stores)


@dataclass
class Watch:
    """Looks at the clocks after the first tenth, when all are at work, and at the end."""

    count: int
    seen: int = 0
    first: Usage | None = None
    last: Usage | None = None
    stored: float = 0.0
    _stored_first: float = 0.0

    def __call__(self, _: Outcome) -> None:
        self.seen += 1
        if self.seen == self.count // 10:
            self.first, self._stored_first = usage(), self.stored
        elif self.seen == self.count:
            self.last = usage()

    def add_to(self, way: Way) -> None:
        assert self.first is not None and self.last is not None
        used, documents = self.last.since(self.first), self.count - self.count // 10
        way.walls.append(used.wall / documents)
        way.drivers.append(used.driver / documents)
        way.others.append(used.others / documents)
        way.stores.append((self.stored - self._stored_first) / documents)


@contextmanager
def archive(count: int) -> Iterator[Path]:
    """A folder with so many forms as texts and as mixed files, room for databases."""
    root = Path(tempfile.mkdtemp(prefix="jixiao-scale-"))
    try:
        write_archive(root / "texts", count)
        write_mixed(root / "mixed", count)
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)


def run(archive: Path, engine: Engine, url: str, watch: Watch) -> None:
    """One run over the archive into a new database."""
    items = discover([archive])
    settings = Settings(ocr=OcrOptions(backend=Backend.OFF))
    with open_store(url) as store:
        _clock(store, watch)
        run_archive(items, store=store, engine=engine, settings=settings, watch=watch)


def _clock(store: Store, watch: Watch) -> None:
    """Count the driver's processor time in the store."""

    def clocked(work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def timed(*args: Any, **options: Any) -> Any:
            start = time.process_time()
            try:
                return work(*args, **options)
            finally:
                watch.stored += time.process_time() - start

        return timed

    for name in _STORING:
        setattr(store, name, clocked(getattr(store, name)))


def ways(root: Path, server: str | None) -> list[Way]:
    """What is compared, each archive beginning with one worker."""

    def sqlite(name: str) -> str:
        return f"sqlite:///{root / name}.db"

    def postgres(name: str) -> str:
        return f"{server}?options=-csearch_path%3D{_schema(str(server), name)}"

    def local(workers: int) -> Callable[[], Engine]:
        return lambda: LocalPool(workers, Terms(warm_up))

    found = [
        Way("local 1, SQLite", local(1), sqlite),
        Way("local 2, SQLite", local(2), sqlite),
        Way("Dask 2, SQLite", lambda: DaskEngine(2, None, Terms(warm_up)), sqlite),
    ]
    if server is not None:
        found.append(Way("local 2, PostgreSQL", local(2), postgres))
    found += [
        Way("mixed: local 1, SQLite", local(1), sqlite, "mixed"),
        Way("mixed: local 2, SQLite", local(2), sqlite, "mixed"),
    ]
    return found


def _schema(server: str, name: str) -> str:
    import sqlalchemy as sa

    engine = sa.create_engine(server.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    engine.dispose()
    return name


def compare(count: int, rounds: int) -> None:
    """Let every way take its turn, then say what came out."""
    with archive(count) as root, running_server() as server:
        compared = ways(root, server)
        for turn in range(rounds):
            for number, way in enumerate(compared):
                watch = Watch(count)
                url = way.url(f"run{turn}_{number}")
                run(root / way.archive, way.engine(), url, watch)
                watch.add_to(way)
    print(f"{count} documents, {rounds} rounds in turn, {os.cpu_count()} processors, "
          f"load {os.getloadavg()[0]:.1f}")  # fmt: skip
    print(f"{'':<24}{'per s':>7}{'×':>7}{'driver ms':>11}{'others ms':>11}"
          f"{'storing ms':>12}{'share':>7}")  # fmt: skip
    for way in compared:
        first = next(w for w in compared if w.archive == way.archive)
        print(f"{way.name:<24}{1 / way.wall:>7.1f}{first.wall / way.wall:>7.2f}"
              f"{way.driver * 1e3:>11.2f}{way.other * 1e3:>11.2f}"
              f"{way.store * 1e3:>12.2f}{way.store / way.work:>7.0%}")  # fmt: skip
    for two in (compared[1], compared[-1]):
        print(f"{two.archive}: processor time allows 2 workers "
              f"{2 * two.other / two.work:.2f} × 1 worker on 2 processors")  # fmt: skip
    if server is None:
        print("no PostgreSQL server on this machine")
    else:
        postgres = next(w for w in compared if "PostgreSQL" in w.name)
        print(f"PostgreSQL to SQLite: {postgres.wall / compared[1].wall:.2f} × wall, "
              f"{postgres.work / compared[1].work:.2f} × CPU without the server's")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale")
    parser.add_argument("--documents", type=int, default=400, metavar="N")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    compare(chosen.documents, chosen.rounds)


if __name__ == "__main__":
    main()
