"""``python -m tests.bench.scale``: how an archive run grows, and what engines cost.

Rates are processor seconds, so that they mean something on a machine that others
use as well; wall times stand beside them. Nothing is asserted.
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
from pathlib import Path

from pipeline.api import Settings
from pipeline.runner.cluster import DaskEngine
from pipeline.runner.discover import discover
from pipeline.runner.engine import Engine
from pipeline.runner.pool import LocalPool
from pipeline.runner.run import run_archive
from pipeline.runner.summary import Outcome
from pipeline.runner.work import warm_up
from pipeline.sources.scan.options import Backend, OcrOptions
from pipeline.store import open_store
from tests.helpers.archive import write_archive

_TICKS = os.sysconf("SC_CLK_TCK")
_STEP = 1_000


@dataclass
class Marks:
    """Wall time, processor time and memory at each of so many documents."""

    every: int
    seen: int = 0
    points: list[tuple[float, float, float, int]] = field(default_factory=list)

    def watch(self, _: Outcome) -> None:
        if self.seen % self.every == 0:
            self.note()
        self.seen += 1

    def note(self) -> None:
        mine, all_of_us, memory = usage()
        self.points.append((time.monotonic(), mine, all_of_us, memory))


def usage() -> tuple[float, float, int]:
    """Processor seconds of the driver and of all its processes; memory in bytes."""
    parents: dict[int, int] = {}
    spent: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_bytes().rpartition(b")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            spent[int(entry.name)] = sum(map(int, fields[11:15])) / _TICKS
    me = os.getpid()
    tree = [pid for pid in parents if pid == me or _below(pid, me, parents)]
    own = time.process_time()
    return own, sum(spent[pid] for pid in tree), sum(map(_resident, tree))


def _below(pid: int, ancestor: int, parents: dict[int, int]) -> bool:
    while pid := parents.get(pid, 0):
        if pid == ancestor:
            return True
    return False


def _resident(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return sum(
        int(line.split()[1]) * 1024
        for line in text.splitlines()
        if line.startswith("Pss:")
    )


@contextmanager
def archive(count: int) -> Iterator[Path]:
    """A folder with so many forms and room for databases."""
    root = Path(tempfile.mkdtemp(prefix="jixiao-scale-"))
    try:
        write_archive(root / "archive", count)
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)


def run(root: Path, engine: Engine, name: str, marks: Marks) -> None:
    items = discover([root / "archive"])
    settings = Settings(ocr=OcrOptions(backend=Backend.OFF))
    with open_store(f"sqlite:///{root / name}.db") as store:
        run_archive(
            items, store=store, engine=engine, settings=settings, watch=marks.watch
        )
    marks.note()


def growth(count: int) -> None:
    """One run, thousand by thousand."""
    with archive(count) as root:
        marks = Marks(_STEP)
        run(root, LocalPool(2, warm_up), "growth", marks)
        size = (root / "growth.db").stat().st_size
    print(f"{count:,} documents, 2 workers; database {size / count / 1024:.1f} KB each")
    print(f"{'up to':>9}{'CPU ms':>9}{'driver ms':>11}{'wall ms':>9}{'memory MB':>11}")
    for number, (before, after) in enumerate(
        zip(marks.points, marks.points[1:], strict=False), 1
    ):
        wall, mine, spent = (
            (b - a) / _STEP * 1e3 for a, b in zip(before[:3], after[:3], strict=True)
        )
        print(f"{number * _STEP:>9,}{spent:>9.1f}{mine:>11.1f}{wall:>9.1f}"
              f"{after[3] / 1024**2:>11.0f}", flush=True)  # fmt: skip


def engines(count: int, rounds: int) -> None:
    """One and two workers here and two of Dask, taking turns."""
    made: dict[str, Callable[[], Engine]] = {
        "local 1": lambda: LocalPool(1, warm_up),
        "local 2": lambda: LocalPool(2, warm_up),
        "dask 2": lambda: DaskEngine(2, None, warm_up),
    }
    walls: dict[str, list[float]] = {name: [] for name in made}
    works: dict[str, list[float]] = {name: [] for name in made}
    # After the first tenth models are loaded and everybody is at work.
    skipped = count // 10
    with archive(count) as root:
        for turn in range(rounds):
            for name, make in made.items():
                marks = Marks(skipped)
                run(root, make(), f"{name}-{turn}", marks)
                first, last = marks.points[1], marks.points[-2]
                documents = skipped * (len(marks.points) - 3)
                walls[name].append(documents / (last[0] - first[0]))
                works[name].append((last[2] - first[2]) / documents * 1e3)
    base = statistics.median(walls["local 1"])
    print(f"{count} documents, {rounds} rounds in turn, load {os.getloadavg()[0]:.1f}")
    for name in made:
        rate = statistics.median(walls[name])
        print(f"{name:<10}{rate:>8.1f} per s{rate / base:>7.2f} ×"
              f"{statistics.median(works[name]):>8.1f} CPU ms each")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale")
    parser.add_argument("--growth", type=int, default=10_000, metavar="N")
    parser.add_argument("--engines", type=int, default=600, metavar="N")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    if chosen.engines:
        engines(chosen.engines, chosen.rounds)
    if chosen.growth:
        growth(chosen.growth)


if __name__ == "__main__":
    main()
