"""How far a run has come, how fast it is, and how long it will still take."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pipeline.cli import console
from pipeline.cli.labels import word
from pipeline.cli.settings import ProgressStyle
from pipeline.runner.run import Watcher
from pipeline.runner.summary import Outcome

WINDOW = 60.0
"""Seconds that the rate looks back: long enough to even out, short enough to follow."""

_EVERY = 1.0  # seconds between two lines for programs


@dataclass(slots=True)
class Pace:
    """Counts documents against a monotonic clock (seconds)."""

    total: int
    clock: Callable[[], float] = time.monotonic
    done: int = 0
    marks: deque[tuple[float, int]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.marks.append((self.clock(), 0))

    def step(self) -> None:
        """One more is done. Archives turn out to hold more than was counted."""
        now = self.clock()
        self.done += 1
        self.total = max(self.total, self.done)
        self.marks.append((now, self.done))
        while len(self.marks) > 2 and now - self.marks[1][0] >= WINDOW:
            self.marks.popleft()

    def per_hour(self) -> int | None:
        """Documents per hour over the last minute; None before the first."""
        (start, before), (end, after) = self.marks[0], self.marks[-1]
        if end <= start or after == before:
            return None
        return round((after - before) * 3600 / (end - start))

    def seconds_left(self) -> int | None:
        """How long the rest takes at this rate; None while that is unknown."""
        rate = self.per_hour()
        return round((self.total - self.done) * 3600 / rate) if rate else None


@contextmanager
def watching(total: int, *, style: str, lang: str) -> Iterator[Watcher]:
    """A watcher that lists what failed and shows progress as ``style`` says.

    ``auto`` is a bar where a person looks on, and nothing elsewhere.
    """
    looked_at = sys.stderr.isatty() and not console.speaks_json()
    if style == ProgressStyle.JSON:
        with _lines(Pace(total)) as watch:
            yield watch
    elif style == ProgressStyle.BAR or (style == ProgressStyle.AUTO and looked_at):
        with _bar(Pace(total), lang) as watch:
            yield watch
    else:
        yield list_outcome


def list_outcome(outcome: Outcome) -> None:
    """A line about a document that failed; in a log for programs about each."""
    path, status, reason = outcome.path, outcome.status, outcome.reason
    if status in ("failed", "partial") and reason:
        console.report_line(path, reason, outcome.message, status=status)
    elif console.speaks_json() and not outcome.unchanged:
        console.report(path, status=status, reason=reason, forms=outcome.forms)


@contextmanager
def _lines(pace: Pace) -> Iterator[Watcher]:
    last = 0.0
    failed = 0

    def watch(outcome: Outcome) -> None:
        nonlocal last, failed
        pace.step()
        failed += outcome.status == "failed"
        list_outcome(outcome)
        if pace.clock() - last >= _EVERY:
            last = pace.clock()
            write()

    def write() -> None:
        console.note(
            "progress",
            done=pace.done,
            total=pace.total,
            failed=failed,
            per_hour=pace.per_hour(),
            seconds_left=pace.seconds_left(),
        )

    write()
    try:
        yield watch
    finally:  # the last line holds the last state, also of an interrupted run
        write()


@contextmanager
def _bar(pace: Pace, lang: str) -> Iterator[Watcher]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=pace.total)

        def watch(outcome: Outcome) -> None:
            pace.step()
            bar.update(
                task,
                completed=pace.done,
                total=pace.total,
                description=pace_text(pace.per_hour(), pace.seconds_left(), lang),
            )
            list_outcome(outcome)

        yield watch


def pace_text(per_hour: int | None, seconds_left: int | None, lang: str) -> str:
    """Rate and time left for people; empty while they are unknown."""
    if per_hour is None or seconds_left is None:
        return ""
    left = duration(seconds_left, lang)
    return word("progress", "pace", lang).format(per_hour=per_hour, left=left)


def duration(seconds: int, lang: str) -> str:
    """Seconds in the two largest units that matter: 2小时5分, 3 min 20 s."""
    minutes, rest = divmod(max(seconds, 0), 60)
    hours, minutes = divmod(minutes, 60)
    name = "seconds"
    if hours:
        name = "hours"
    elif minutes:
        name = "minutes"
    return word("progress", name, lang).format(hours=hours, minutes=minutes, rest=rest)
