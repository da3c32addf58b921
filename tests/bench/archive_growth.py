"""``python -m tests.bench.archive_growth``: one run over very many documents.

A line for every thousand as soon as it is done, then the pass over all forms and the
database. Rates are processor time, so that they mean something on a machine that
others use as well. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from pipeline.api import Settings
from pipeline.interrupt import Interrupted, stoppable
from pipeline.runner.archive import raise_archive_flags
from pipeline.runner.discover import discover
from pipeline.runner.pool import LocalPool
from pipeline.runner.run import run_archive
from pipeline.runner.summary import Outcome
from pipeline.runner.terms import Terms
from pipeline.runner.work import warm_up
from pipeline.sources.scan.options import Backend, OcrOptions
from pipeline.store import open_store
from tests.bench.processes import Usage, usage
from tests.helpers.archive import form_rows, html_page, text_table

_STEP = 1_000
_YEARS = 3
_HEAD = (f"{'up to':>9}{'CPU ms':>8}{'driver':>8}{'wall ms':>9}"
         f"{'driver MB':>11}{'workers MB':>12}")  # fmt: skip


@dataclass
class Marks:
    """Notes what was used at every so many documents, and says it."""

    every: int
    count: int = 0
    points: list[Usage] = field(default_factory=list)

    def watch(self, _: Outcome) -> None:
        # Not from the start: workers load their models before the first.
        if self.count % self.every == 0:
            self.points.append(usage())
            self._say()
        self.count += 1

    def _say(self) -> None:
        if len(self.points) > 1:
            used = self.points[-1].since(self.points[-2])
            print(f"{self.count:>9,}{used.processor / self.every * 1e3:>8.1f}"
                  f"{used.driver / self.every * 1e3:>8.1f}"
                  f"{used.wall / self.every * 1e3:>9.1f}"
                  f"{used.driver_memory / 1024**2:>11.0f}"
                  f"{used.others_memory / 1024**2:>12.0f}", flush=True)  # fmt: skip


def returning_rows(number: int) -> list[list[str]]:
    """Form ``number`` of an archive in which every project comes back for years.

    Every fifth goal is that of the year before, word for word.
    """
    first = number - number % _YEARS
    rows, names = form_rows(number), form_rows(first)
    rows[1] = [f"({2021 + number % _YEARS}年度)"]
    rows[2:4] = names[2:4]
    if number % 5 == 0:
        rows[7] = names[7]
    return rows


def write_archive(folder: Path, count: int) -> None:
    """So many forms in folders of a hundred, two texts to one page."""
    for number in range(count):
        rows = returning_rows(number)
        page = number % 3 == 2
        file = (
            folder / f"{number // 100:05}" / f"{number:07}.{'html' if page else 'txt'}"
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(html_page(rows) if page else text_table(rows))


def measure(root: Path, count: int) -> None:
    """Write the archive, run it with two workers, say what it cost.

    SIGTERM ends the run early; what it has stored until then is measured.
    """
    write_archive(root / "archive", count)
    items = discover([root / "archive"])
    settings = Settings(ocr=OcrOptions(backend=Backend.OFF))
    marks = Marks(_STEP)
    print(f"{count:,} documents, 2 workers\n{_HEAD}", flush=True)
    with open_store(f"sqlite:///{root / 'growth.db'}") as store:
        try:
            with stoppable():
                run_archive(
                    items,
                    store=store,
                    engine=LocalPool(2, Terms(warm_up)),
                    settings=settings,
                    watch=marks.watch,
                )
        except Interrupted:
            print(f"stopped after {marks.count:,}")
        flags = store.status().flags
        before = usage()
        raise_archive_flags(store)
        second = usage().since(before)
    size = (root / "growth.db").stat().st_size
    rates = [b.since(a).processor for a, b in pairwise(marks.points)]
    print(f"last full thousand to the first: {rates[-1] / rates[0]:.2f}")
    print(f"the pass over all forms alone: {second.processor:.1f} s CPU, "
          f"{second.wall:.1f} s, driver {second.driver_memory / 1024**2:.0f} MB")  # fmt: skip
    print(f"database {size / 1024**2:,.0f} MB, {size / marks.count / 1024:.1f} KB each; "
          f"flags {flags}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.archive_growth")
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    chosen = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="jixiao-growth-"))
    try:
        measure(root, chosen.count)
    finally:
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
