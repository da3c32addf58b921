"""The main job: every document is read, and becomes forms or a stored failure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline import __version__, interrupt
from pipeline.api import Settings
from pipeline.core.record import Record
from pipeline.errors import ExitCode, PipelineError, StorageError
from pipeline.interrupt import Interrupted, Terminated, exit_code_of
from pipeline.runner.archive import raise_archive_flags
from pipeline.runner.discover import Item
from pipeline.runner.engine import Engine
from pipeline.runner.intake import take_in
from pipeline.runner.keeper import Keeper, extracted_of, log_defect
from pipeline.runner.plan import Planner
from pipeline.runner.pulse import Pulse
from pipeline.runner.summary import Outcome, Summary, Tally
from pipeline.runner.unpack import Unpacker
from pipeline.runner.work import (
    Trouble,
    read_document,
    status_of,
)
from pipeline.store.rows import DocumentRow, clean_path

if TYPE_CHECKING:  # extract needs no database library
    from pipeline.store import Store

Watcher = Callable[[Outcome], object]
"""Told of every outcome in its turn (progress bar, lists)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which documents are read again. Without either, what is done is skipped."""

    redo: bool = False
    only_failed: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What ``extract`` gives for a document: its records, or its trouble."""

    path: str
    status: str
    records: tuple[Record, ...]
    trouble: Trouble | None


def run_archive(
    items: Sequence[Item],
    *,
    store: Store,
    engine: Engine,
    settings: Settings,
    choice: Choice | None = None,
    watch: Watcher = lambda _: None,
    count_standing: bool = False,
) -> Summary:
    """Read the items into the store, in their order; what is done is skipped.

    With ``count_standing`` the flags of skipped documents count too (for
    ``--fail-on``). Raises Interrupted after Ctrl-C or SIGTERM; everything that
    ``watch`` was told of is stored then.
    """
    run_key = settings.run_key()
    run_id = store.start_run(run_key=run_key, version=__version__)
    tally = Tally()
    keeper = Keeper(store, run_key, count_standing=count_standing)
    pulse = Pulse(store, run_id)
    try:
        for outcome in _outcomes(items, keeper, engine, settings, choice or Choice()):
            tally.add(outcome)
            watch(outcome)
            pulse.beat(tally)
            interrupt.check()
        tally.add_flags(raise_archive_flags(store, suppress=settings.suppress))
    except (KeyboardInterrupt, Terminated) as stop:
        interrupt.settled()
        raise _stopped(exit_code_of(stop), store, run_id, keeper, tally) from stop
    except PipelineError:
        # A cluster or disk that failed us says nothing against the documents.
        with suppress(StorageError):
            keeper.save()
            store.take_back(sorted(keeper.being_read))
        raise
    summary = tally.summary()
    store.finish_run(run_id, exit_code=summary.exit_code(), summary=summary.counts())
    return summary


def _stopped(
    code: ExitCode, store: Store, run_id: str, keeper: Keeper, tally: Tally
) -> Interrupted:
    """Save the state of a run that is stopped from outside; what it ends with."""
    for outcome in keeper.conclude():
        tally.add(outcome)
    store.take_back(sorted(keeper.being_read))
    store.finish_run(run_id, exit_code=code, summary=tally.summary().counts())
    return Interrupted(code, tally.finished)


def extract_items(
    items: Iterable[Item], *, engine: Engine, settings: Settings
) -> Iterator[Reading]:
    """Read the items without a database, in their order."""
    planner = Planner(settings, merge_copies=False)
    with Unpacker() as unpacker, ExitStack() as stack:
        work = planner.plan(take_in(items, unpacker))
        results = stack.enter_context(
            closing(engine.map_documents(read_document, work))
        )
        for planned, result in results:
            extracted = extracted_of(planned, result)
            records = tuple(r for r in extracted.records if isinstance(r, Record))
            log_defect(planned.path, extracted.trouble)
            reason = extracted.trouble.reason if extracted.trouble else None
            status = status_of(bool(records), reason, named=planned.named)
            yield Reading(planned.path, status, records, extracted.trouble)


def exit_code_for(readings: Iterable[tuple[str, str | None]]) -> ExitCode:
    """The exit code for pairs of status and reason, as ``run`` would have it."""
    tally = Tally()
    for status, reason in readings:
        tally.add(Outcome("", status, reason))
    return tally.summary().exit_code()


def _outcomes(
    items: Sequence[Item],
    keeper: Keeper,
    engine: Engine,
    settings: Settings,
    choice: Choice,
) -> Iterator[Outcome]:
    store = keeper.store
    known = {row.path: row for row in store.documents()}
    if not choice.only_failed:
        expected = [i.path for i in items if not _looks_like_container(i)]
        store.register(map(DocumentRow, expected), reset=choice.redo)
    hashes = {row.sha256 for row in known.values()}

    def find_duplicate(sha256: str, path: str) -> str | None:
        # Most bytes are new. Those that another program stores meanwhile are told
        # from ours when they are saved.
        return store.find_duplicate(sha256, path) if sha256 in hashes else None

    planner = Planner(
        settings,
        known=known,
        find_duplicate=find_duplicate,
        redo=choice.redo,
        only_failed=choice.only_failed,
    )
    with Unpacker() as unpacker:
        yield from keeper.conclude_all(planner, take_in(items, unpacker), engine)
        if not choice.only_failed:
            keeper.settle_containers(expected)
        # Documents whose forms were another's until that one changed (Store.save).
        orphans, keeper.orphans = keeper.orphans, set()
        again = [
            intake
            for intake in take_in(_possible_homes(items, orphans), unpacker)
            if clean_path(intake.path) in orphans
        ]
        planner = replace(planner, known={}, only_failed=False, _first={}, _lethal={})
        for _ in keeper.conclude_all(planner, again, engine):
            pass  # counted before, when they were copies


def _looks_like_container(item: Item) -> bool:
    # A container has no row of its own unless it fails; members get theirs.
    return item.reason is None and item.path.lower().endswith(".zip")


def _possible_homes(items: Sequence[Item], orphans: set[str]) -> Iterator[Item]:
    homes = {path.split("!/", 1)[0] for path in orphans}
    return (i for i in items if clean_path(i.path) in homes)
