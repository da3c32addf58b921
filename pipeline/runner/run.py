"""The main job: every document is read, and becomes forms or a stored failure."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline import __version__, interrupt
from pipeline.api import Settings
from pipeline.core.record import Record
from pipeline.errors import ExitCode, PipelineError, StorageError
from pipeline.interrupt import Interrupted, Terminated, exit_code_of
from pipeline.messages import render
from pipeline.runner.archive import raise_archive_flags
from pipeline.runner.discover import Item
from pipeline.runner.engine import Engine
from pipeline.runner.intake import Intake, take_in
from pipeline.runner.limits import MAX_ATTEMPTS
from pipeline.runner.plan import Planned, Planner
from pipeline.runner.pulse import Pulse
from pipeline.runner.summary import Outcome, Summary, Tally
from pipeline.runner.work import (
    Extracted,
    Trouble,
    read_document,
    status_of,
    trouble,
)
from pipeline.runner.worker import WorkerFailure
from pipeline.store.rows import DocumentResult, DocumentRow, clean_path

if TYPE_CHECKING:  # extract needs no database library
    from pipeline.store import Store

log = logging.getLogger(__name__)

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
    keeper = _Keeper(store, run_key, count_standing=count_standing)
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
        code = exit_code_of(stop)
        store.take_back(sorted(keeper.being_read))
        store.finish_run(run_id, exit_code=code, summary=tally.summary().counts())
        raise Interrupted(code, tally.finished) from stop
    except PipelineError:
        # A cluster or disk that failed us says nothing against the documents.
        with suppress(StorageError):
            store.take_back(sorted(keeper.being_read))
        raise
    summary = tally.summary()
    store.finish_run(run_id, exit_code=summary.exit_code(), summary=summary.counts())
    return summary


def extract_items(
    items: Iterable[Item], *, engine: Engine, settings: Settings
) -> Iterator[Reading]:
    """Read the items without a database, in their order."""
    planner = Planner(settings, merge_copies=False)
    work = planner.plan(take_in(items))
    with closing(engine.map_documents(read_document, work)) as results:
        for planned, result in results:
            extracted = _extracted(planned, result)
            _log_defect(planned.path, extracted.trouble)
            reason = extracted.trouble.reason if extracted.trouble else None
            status = status_of(bool(extracted.records), reason, named=planned.named)
            yield Reading(planned.path, status, extracted.records, extracted.trouble)


def exit_code_for(readings: Iterable[tuple[str, str | None]]) -> ExitCode:
    """The exit code for pairs of status and reason, as ``run`` would have it."""
    tally = Tally()
    for status, reason in readings:
        tally.add(Outcome("", status, reason))
    return tally.summary().exit_code()


def _outcomes(
    items: Sequence[Item],
    keeper: _Keeper,
    engine: Engine,
    settings: Settings,
    choice: Choice,
) -> Iterator[Outcome]:
    store = keeper.store
    known = {row.path: row for row in store.documents()}
    if not choice.only_failed:
        expected = [i.path for i in items if not _looks_like_container(i)]
        store.register(map(DocumentRow, expected), reset=choice.redo)
    planner = Planner(
        settings,
        known=known,
        find_duplicate=store.find_duplicate,
        redo=choice.redo,
        only_failed=choice.only_failed,
    )
    yield from keeper.conclude_all(planner, take_in(items), engine)
    if not choice.only_failed:
        keeper.settle_containers(expected)
    # Documents whose forms were another's until that one changed (Store.save).
    orphans = keeper.orphans
    keeper.orphans = set()
    if orphans:
        again = [
            i
            for i in take_in(_possible_homes(items, orphans))
            if clean_path(i.path) in orphans
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


@dataclass(slots=True)
class _Keeper:
    """Writes results down, in their order."""

    store: Store
    run_key: str
    count_standing: bool = False
    orphans: set[str] = field(default_factory=set)
    being_read: dict[str, int] = field(default_factory=dict)
    _formless: dict[str, Extracted] = field(default_factory=dict)
    _concluded: set[str] = field(default_factory=set)

    def settle_containers(self, expected: Iterable[str]) -> None:
        """Files of other names than .zip that turned out to be containers."""
        for path in expected:
            if path not in self._concluded:
                message = render("container_opened")
                self.store.save(
                    DocumentResult(path, None, None, "skipped", message=message)
                )

    def conclude_all(
        self, planner: Planner, intakes: Iterable[Intake], engine: Engine
    ) -> Iterator[Outcome]:
        work = planner.plan(self._noted(intakes, planner.known))
        # Closed at once when the consumer stops, so that no worker outlives a run.
        with closing(engine.map_documents(read_document, work, self._begin)) as results:
            for planned, result in results:
                self._concluded.add(planned.path)
                yield self._conclude(planned, result)

    def _begin(self, planned: Planned) -> bool:
        """Count an attempt before it is made; False when there were enough."""
        so_far = self.being_read.get(planned.path)
        if so_far is not None and so_far >= MAX_ATTEMPTS:
            return False
        # A retry in this run counts on from the first attempt.
        afresh = planned.afresh and so_far is None
        self.being_read[planned.path] = self.store.begin(
            planned.path, planned.attempt_key, afresh=afresh
        )
        return True

    def _noted(
        self, intakes: Iterable[Intake], known: Mapping[str, DocumentRow]
    ) -> Iterator[Intake]:
        """Members of containers get their pending row when they come up."""
        for intake in intakes:
            if "!/" in intake.path and clean_path(intake.path) not in known:
                self.store.register([DocumentRow(intake.path)])
            yield intake

    def _conclude(
        self, planned: Planned, result: Extracted | WorkerFailure | None
    ) -> Outcome:
        if planned.left_out:
            return Outcome(planned.path, "skipped", unchanged=True)
        if planned.unchanged is not None:
            return self._standing(planned.path, planned.unchanged)
        if planned.copy_of is not None:
            extracted = self._as_copy(planned.copy_of)
        else:
            extracted = _extracted(planned, result)
            if not extracted.records:
                self._formless[planned.path] = replace(extracted, text=None)
        _log_defect(planned.path, extracted.trouble)
        return self._save(planned, extracted)

    def _as_copy(self, original: str) -> Extracted:
        formless = self._formless.get(original)
        if formless is None:
            return Extracted(
                trouble=Trouble("duplicate", "duplicate_of", {"original": original})
            )
        # The same bytes would come to the same end; no need to read them twice.
        return replace(formless, text=self.store.text(original))

    def _save(self, planned: Planned, extracted: Extracted) -> Outcome:
        found = extracted.trouble
        reason = found.reason if found else None
        message = found.message() if found else None
        status = status_of(bool(extracted.records), reason, named=planned.named)
        self.orphans.discard(clean_path(planned.path))
        self.orphans.update(
            self.store.save(
                DocumentResult(
                    path=planned.path,
                    sha256=planned.sha256,
                    media_type=extracted.media_type,
                    status=status,
                    reason=reason,
                    message=message,
                    text=extracted.text,
                    records=extracted.records,
                    run_key=self.run_key,
                )
            )
        )
        self.being_read.pop(planned.path, None)
        return Outcome(
            planned.path,
            status,
            reason,
            message or "",
            replaced=planned.replaced,
            forms=len(extracted.records),
            flags=Counter(f.severity for r in extracted.records for f in r.flags),
        )

    def _standing(self, path: str, row: DocumentRow) -> Outcome:
        flags: Counter[str] = Counter()
        if self.count_standing:
            for record in self.store.forms(path=path):
                flags.update(str(f["severity"]) for f in record["flags"])
        return Outcome(
            path, row.status, row.reason, row.message or "", unchanged=True, flags=flags
        )


def _extracted(planned: Planned, result: Extracted | WorkerFailure | None) -> Extracted:
    if isinstance(result, Extracted):
        return result
    if isinstance(result, WorkerFailure):
        return Extracted(
            trouble=Trouble(result.reason, result.reason, trace=result.detail)
        )
    return Extracted(trouble=planned.trouble or trouble("internal_error"))


def _log_defect(path: str, found: Trouble | None) -> None:
    if found is not None and found.trace:
        extra = {"event": "defect", "document": path}
        log.error("%s: %s\n%s", path, found.reason, found.trace, extra=extra)
