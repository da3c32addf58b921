"""Documents over several processes of this machine, results in input order.

A process that dies takes one document with it, not the pool: each worker takes its
documents one after the other, so that it is known which one it was; those that lay
ready behind it go to another. ``spawn`` is used everywhere, so that workers share
nothing with the driver but their pipe.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import Generic

from pipeline.errors import StorageError
from pipeline.runner.child import SCRATCH_FULL, Equipment
from pipeline.runner.engine import WINDOW, Begin, Idle, K, R, T, never_idle
from pipeline.runner.limits import MAX_ATTEMPTS
from pipeline.runner.scratch import Scratch
from pipeline.runner.terms import Terms
from pipeline.runner.worker import LOOK, Worker, WorkerFailure, pack

HELD = 64 * 1024**2
"""Bytes that wait in the driver before it takes in no more, whatever the window."""


@dataclass(frozen=True, slots=True)
class LocalPool:
    """An Engine of processes on this machine, started as they are needed."""

    workers: int
    terms: Terms = field(default_factory=Terms)

    def map_documents(
        self,
        fn: Callable[[T], R],
        items: Iterable[tuple[K, T | None]],
        begin: Begin[K] | None = None,
        idle: Idle = never_idle,
        /,
    ) -> Generator[tuple[K, R | WorkerFailure | None], None, None]:
        """See Engine. ``fn`` must be importable by name (spawned processes)."""
        if self.workers < 1:
            raise ValueError("at least one worker")
        run: _Run[K, T, R] = _Run(self, fn, begin, idle)
        try:
            yield from run.results(items)
        finally:
            run.close()


@dataclass(slots=True)
class _Slot(Generic[K, R]):
    """A place in the window: a task, packed, on its way to a result."""

    key: K
    task: memoryview | None
    begun: bool = False
    result: R | WorkerFailure | None = None
    ready: bool = False
    attempts: int = 0

    def finish(self, result: R | WorkerFailure) -> None:
        self.result = result
        self.ready = True
        self.task = None  # its bytes are not needed while it waits for its turn

    @property
    def size(self) -> int:
        """Bytes that are held for it."""
        return 0 if self.task is None else len(self.task)


class _Run(Generic[K, T, R]):
    """One pass of a pool over its items."""

    def __init__(
        self,
        pool: LocalPool,
        fn: Callable[[T], R],
        begin: Begin[K] | None,
        idle: Idle,
    ) -> None:
        self.pool = pool
        self.fn = fn
        self.begin = begin
        self.idle_for = idle
        self.window: deque[_Slot[K, R]] = deque()
        self.waiting: deque[_Slot[K, R]] = deque()
        self.workers: dict[Worker, deque[_Slot[K, R]]] = {}
        self.scratch: Scratch | None = None

    def results(
        self, items: Iterable[tuple[K, T | None]]
    ) -> Generator[tuple[K, R | WorkerFailure | None], None, None]:
        source = iter(items)
        size = self.pool.workers * WINDOW
        exhausted = False
        while True:
            if not exhausted and self._is_low(size):
                exhausted = not self._fill(source, size)
            self._assign()
            if not self.window:
                return
            if self.window[0].ready:
                slot = self.window.popleft()
                yield slot.key, slot.result
            else:
                self._collect()

    def _is_low(self, size: int) -> bool:
        """Whether half of the window is done, or somebody has nothing to do."""
        if len(self.window) <= size // 2:
            return True
        return not self.waiting and self._is_idle()

    def _is_idle(self) -> bool:
        started = len(self.workers) == self.pool.workers
        return not started or not all(self.workers.values())

    def _fill(self, source: Iterator[tuple[K, T | None]], size: int) -> bool:
        """Take tasks into the window; False when there are no more."""
        while len(self.window) < size and sum(s.size for s in self.waiting) < HELD:
            try:
                key, task = next(source)
            except StopIteration:
                return False
            if task is None:
                self.window.append(_Slot(key, None, ready=True))
                continue
            slot: _Slot[K, R] = _Slot(key, pack(task))
            self.window.append(slot)
            self.waiting.append(slot)
            if self._is_idle():
                self._assign()  # at once: reading the next may take a while
        return True

    def _assign(self) -> None:
        while self.waiting:
            slot = self.waiting[0]
            if (worker := self._worker_for(slot)) is None:
                return
            self.waiting.popleft()
            if slot.begun or self._may_begin(slot):
                self.workers[worker].append(slot)
                assert slot.task is not None
                worker.give(slot.task)

    def _worker_for(self, slot: _Slot[K, R]) -> Worker | None:
        """Who takes a task now: an idle worker, a new one, or one that is soon done."""
        least = min(self.workers, key=lambda w: len(self.workers[w]), default=None)
        if least is not None and not self.workers[least]:
            return least
        if len(self.workers) < self.pool.workers:
            return self._start()
        assert least is not None
        return least if least.has_room(slot.size) else None

    def _may_begin(self, slot: _Slot[K, R]) -> bool:
        if self.begin is not None:
            allowed = self.begin(slot.key)
        else:
            allowed = slot.attempts < MAX_ATTEMPTS
        slot.attempts += 1
        slot.begun = allowed
        if not allowed:
            # The failure that it has already, if it has one.
            slot.finish(slot.result or WorkerFailure("worker_crash"))
        return allowed

    def _start(self) -> Worker:
        if self.scratch is None:
            self.scratch = Scratch()
        equipment = Equipment(self.fn, self.scratch.folder(), self.pool.terms)
        worker = Worker(equipment)
        self.workers[worker] = deque()
        return worker

    def _collect(self) -> None:
        busy = [worker for worker, slots in self.workers.items() if slots]
        nearest = min(worker.deadline for worker in busy)
        patience = min(LOOK, self.idle_for(), max(0.0, nearest - time.monotonic()))
        ready = wait([worker.pipe for worker in busy], patience)
        for worker in busy:
            slots = self.workers[worker]
            answer = worker.collect(readable=worker.pipe in ready)
            if answer is not None:
                slot = slots.popleft()
                if not answer.alive:
                    del self.workers[worker]
                    worker.stop()
                    # Those behind it were not begun with: nothing is held against them.
                    self.waiting.extendleft(reversed(slots))
                    slots.clear()
                self._take(slot, answer.result)

    def _take(self, slot: _Slot[K, R], result: R | WorkerFailure) -> None:
        if isinstance(result, WorkerFailure):
            if result.reason == SCRATCH_FULL:
                raise StorageError("scratch_full")
            if result.reason == "worker_crash":
                # It may have been the machine's fault, or somebody's kill.
                slot.result, slot.begun = result, False
                self.waiting.appendleft(slot)
                return
        slot.finish(result)

    def close(self) -> None:
        for worker in self.workers:
            worker.stop()
        self.workers.clear()
        if self.scratch is not None:
            self.scratch.close()
