"""Results on their way to the store: in their order, several in one transaction."""

from __future__ import annotations

import logging
import math
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.core.record import Record
from pipeline.interrupt import held_back
from pipeline.messages import render
from pipeline.runner.engine import Engine
from pipeline.runner.intake import Intake
from pipeline.runner.limits import MAX_ATTEMPTS
from pipeline.runner.plan import Planned, Planner
from pipeline.runner.summary import Outcome
from pipeline.runner.work import (
    Extracted,
    Task,
    Trouble,
    read_flat,
    status_of,
    trouble,
)
from pipeline.runner.worker import WorkerFailure
from pipeline.store.rows import DocumentResult, DocumentRow, clean_path

if TYPE_CHECKING:  # extract needs no database library
    from pipeline.store import Store

log = logging.getLogger(__name__)

BATCH = 32
"""Documents that are stored together at most …"""

SOON = 0.2
"""… and seconds that a result waits for others at most. A kill in between costs the
reading of what waits, so it is short; a commit takes some hundredths of a second."""

_Waiting = tuple[DocumentResult | None, Outcome]


@dataclass(slots=True)
class Keeper:
    """Writes results down.

    ``orphans`` are documents whose forms were another's until that one changed
    (``Store.save``); ``being_read`` counts the attempts that are not stored yet, those
    of documents included that wait for their turn in the engine's window.
    """

    store: Store
    run_key: str
    count_standing: bool = False
    orphans: set[str] = field(default_factory=set)
    being_read: dict[str, int] = field(default_factory=dict)
    _coming: dict[str, Planned] = field(default_factory=dict)
    _counted: set[str] = field(default_factory=set)
    _formless: dict[str, Extracted] = field(default_factory=dict)
    _concluded: set[str] = field(default_factory=set)
    _waiting: list[_Waiting] = field(default_factory=list)
    _since: float = 0.0
    _stored: deque[Outcome] = field(default_factory=deque)

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
        """Have the documents read; their outcomes, once they are stored."""
        work = self._announced(planner.plan(intakes))
        mapped = engine.map_documents(read_flat, work, self._begin, self._idle)
        # Closed at once when the consumer stops, so that no worker outlives a run.
        with closing(mapped) as results:
            for planned, result in results:
                self._concluded.add(planned.path)
                self._take(planned, result)
                if self._left() <= 0:
                    self.save()
                yield from self._told()
        yield from self.conclude()

    def conclude(self) -> Iterator[Outcome]:
        """Store what waits; the outcomes that were not told yet."""
        self.save()
        yield from self._told()

    def save(self) -> None:
        """Store what waits, in one transaction."""
        with held_back():
            waiting, self._waiting = self._waiting, []
            results = [result for result, _ in waiting if result is not None]
            if results:
                orphans = self.store.save(*results)
                self.orphans.difference_update(clean_path(r.path) for r in results)
                self.orphans.update(orphans)
            for result in results:
                self.being_read.pop(result.path, None)
            self._stored.extend(outcome for _, outcome in waiting)

    def _told(self) -> Iterator[Outcome]:
        while self._stored:
            yield self._stored.popleft()

    def _idle(self) -> float:
        """Store what waited long enough; seconds until more has."""
        if self._left() <= 0:
            self.save()
        return self._left()

    def _left(self) -> float:
        """Seconds until what waits is stored."""
        if not self._waiting:
            return math.inf
        if len(self._waiting) >= BATCH:
            return 0.0
        return max(0.0, self._since + SOON - time.monotonic())

    def _announced(
        self, work: Iterable[tuple[Planned, Task | None]]
    ) -> Iterator[tuple[Planned, Task | None]]:
        """Remember what the engine has taken into its window."""
        for planned, task in work:
            if task is not None:
                self._coming[planned.path] = planned
            yield planned, task

    def _begin(self, planned: Planned) -> bool:
        """Count an attempt before it is made; False when there were enough.

        With the first of a window all of it is counted, in one transaction.
        """
        path = planned.path
        if path in self._counted:
            self._counted.remove(path)
            return True
        so_far = self.being_read.get(path)
        if so_far is not None and so_far >= MAX_ATTEMPTS:
            return False
        together = {path: planned.attempt_key}
        if so_far is None:
            coming, self._coming = self._coming, {}
            together |= {p.path: p.attempt_key for p in coming.values()}
        with held_back():
            # A retry in this run counts on from the first attempt.
            afresh = planned.afresh and so_far is None
            self.being_read |= self.store.begin(together, afresh=afresh)
        self._counted.update(together.keys() - {path})
        return True

    def _take(self, planned: Planned, result: Extracted | WorkerFailure | None) -> None:
        waiting = self._made_of(planned, result)  # may store what waits so far
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(waiting)

    def _made_of(
        self, planned: Planned, result: Extracted | WorkerFailure | None
    ) -> _Waiting:
        if planned.left_out:
            return None, Outcome(planned.path, "skipped", unchanged=True)
        if planned.unchanged is not None:
            return None, self._standing(planned.path, planned.unchanged)
        if planned.copy_of is not None:
            extracted = self._as_copy(planned.copy_of)
        else:
            extracted = extracted_of(planned, result)
            if not extracted.records:
                self._formless[planned.path] = replace(extracted, text=None)
        log_defect(planned.path, extracted.trouble)
        return self._to_save(planned, extracted)

    def _as_copy(self, original: str) -> Extracted:
        formless = self._formless.get(original)
        if formless is None:
            return Extracted(
                trouble=Trouble("duplicate", "duplicate_of", {"original": original})
            )
        # The same bytes would come to the same end; no need to read them twice.
        self.save()
        return replace(formless, text=self.store.text(original))

    def _to_save(self, planned: Planned, extracted: Extracted) -> _Waiting:
        found = extracted.trouble
        reason = found.reason if found else None
        message = found.message() if found else None
        status = status_of(bool(extracted.records), reason, named=planned.named)
        result = DocumentResult(
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
        outcome = Outcome(
            planned.path,
            status,
            reason,
            message or "",
            replaced=planned.replaced,
            forms=len(extracted.records),
            flags=_severities(extracted),
        )
        return result, outcome

    def _standing(self, path: str, row: DocumentRow) -> Outcome:
        flags: Counter[str] = Counter()
        if self.count_standing:
            for record in self.store.forms(path=path):
                flags.update(str(f["severity"]) for f in record["flags"])
        return Outcome(
            path, row.status, row.reason, row.message or "", unchanged=True, flags=flags
        )


def _severities(extracted: Extracted) -> Counter[str]:
    found: Counter[str] = Counter()
    for record in extracted.records:
        if isinstance(record, Record):
            found.update(flag.severity for flag in record.flags)
        else:
            found.update(record.severities)
    return found


def extracted_of(
    planned: Planned, result: Extracted | WorkerFailure | None
) -> Extracted:
    """What became of a document, whoever says so."""
    if isinstance(result, Extracted):
        return result
    if isinstance(result, WorkerFailure):
        return Extracted(
            trouble=Trouble(result.reason, result.reason, trace=result.detail)
        )
    return Extracted(trouble=planned.trouble or trouble("internal_error"))


def log_defect(path: str, found: Trouble | None) -> None:
    """Log a defect of ours with its traceback, which is stored nowhere."""
    if found is not None and found.trace:
        extra = {"event": "defect", "document": path}
        log.error("%s: %s\n%s", path, found.reason, found.trace, extra=extra)
