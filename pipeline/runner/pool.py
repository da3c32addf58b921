"""Documents over several processes, results in input order.

A process that dies takes one document with it, not the pool: each worker holds
one document at a time, so that it is known which one it was. ``spawn`` is used
everywhere, so that workers share nothing with the driver but their pipe and end by
themselves when the driver is killed.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Generic, Protocol, TypeVar

log = logging.getLogger(__name__)

K = TypeVar("K")
T = TypeVar("T")
R = TypeVar("R")

WINDOW = 4
"""Documents per worker that may be ahead of the one waited for."""

TIME_LIMIT = 600.0
"""Seconds after which a document is given up (``timeout``)."""

_GRACE = 2.0  # seconds for a worker to end by itself before it is killed


@dataclass(frozen=True, slots=True)
class WorkerFailure:
    """A task whose worker died, hung or raised; ``reason`` of the closed set."""

    reason: str
    detail: str = ""


class Engine(Protocol):
    """Where documents are worked on: processes here, or machines elsewhere."""

    def map_documents(
        self, fn: Callable[[T], R], items: Iterable[tuple[K, T | None]], /
    ) -> Generator[tuple[K, R | WorkerFailure | None], None, None]:
        """Apply ``fn`` to each task; yield ``(key, result)`` in input order.

        A task of None needs no worker and comes back as None in its turn. ``items``
        is read lazily, at most a bounded window ahead of what was yielded.
        """
        ...


@dataclass(slots=True)
class _Slot(Generic[K, T, R]):
    """A place in the window: a task on its way to a result."""

    key: K
    task: T | None
    result: R | WorkerFailure | None = None
    ready: bool = False

    def finish(self, result: R | WorkerFailure) -> None:
        self.result = result
        self.ready = True
        self.task = None  # its bytes are not needed while it waits for its turn


class _Worker(Generic[K, T, R]):
    def __init__(
        self, fn: Callable[[T], R], warm_up: Callable[[], object] | None
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=_serve, args=(theirs, fn, warm_up), daemon=True
        )
        self.process.start()
        theirs.close()
        self.slot: _Slot[K, T, R] | None = None
        self.deadline = 0.0

    def give(self, slot: _Slot[K, T, R], limit: float) -> None:
        self.slot = slot
        self.deadline = time.monotonic() + limit
        try:
            self.pipe.send(slot.task)
        except OSError as error:
            # It died before it could take the task; collect() sees the end of it.
            log.debug("worker %s took no task: %s", self.process.pid, error)

    def collect(self) -> bool:
        """Take the result; False when the worker is gone."""
        slot = self.slot
        assert slot is not None
        result: R | WorkerFailure
        try:
            kind, value = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(_GRACE)
            detail = f"exit code {self.process.exitcode}"
            result, alive = WorkerFailure("worker_crash", detail), False
        else:
            result = value if kind == "result" else WorkerFailure(kind, value)
            alive = True
        slot.finish(result)
        self.slot = None
        return alive

    def stop(self) -> None:
        self.pipe.close()
        if self.slot is not None:
            self.process.terminate()
        self.process.join(_GRACE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


@dataclass(frozen=True, slots=True)
class LocalPool:
    """An Engine of processes on this machine, started as they are needed.

    ``warm_up`` is called once in each worker before its first task.
    """

    workers: int
    warm_up: Callable[[], object] | None = None
    time_limit: float = TIME_LIMIT

    def map_documents(
        self, fn: Callable[[T], R], items: Iterable[tuple[K, T | None]], /
    ) -> Generator[tuple[K, R | WorkerFailure | None], None, None]:
        """See Engine. ``fn`` must be importable by name (spawned processes)."""
        if self.workers < 1:
            raise ValueError("at least one worker")
        run: _Run[K, T, R] = _Run(self, fn)
        try:
            yield from run.results(items)
        finally:
            run.close()


class _Run(Generic[K, T, R]):
    """One pass of a pool over its items."""

    def __init__(self, pool: LocalPool, fn: Callable[[T], R]) -> None:
        self.pool = pool
        self.fn = fn
        self.window: deque[_Slot[K, T, R]] = deque()
        self.waiting: deque[_Slot[K, T, R]] = deque()
        self.workers: list[_Worker[K, T, R]] = []

    def results(
        self, items: Iterable[tuple[K, T | None]]
    ) -> Generator[tuple[K, R | WorkerFailure | None], None, None]:
        source = iter(items)
        size = self.pool.workers * WINDOW
        exhausted = False
        while True:
            while not exhausted and len(self.window) < size:
                try:
                    key, task = next(source)
                except StopIteration:
                    exhausted = True
                    break
                self._admit(key, task)
            self._assign()
            if not self.window:
                return
            if self.window[0].ready:
                slot = self.window.popleft()
                yield slot.key, slot.result
            else:
                self._collect()

    def _admit(self, key: K, task: T | None) -> None:
        slot: _Slot[K, T, R] = _Slot(key, task, ready=task is None)
        self.window.append(slot)
        if not slot.ready:
            self.waiting.append(slot)
            self._assign()

    def _assign(self) -> None:
        while self.waiting:
            worker = next((w for w in self.workers if w.slot is None), None)
            if worker is None:
                if len(self.workers) >= self.pool.workers:
                    return
                worker = _Worker(self.fn, self.pool.warm_up)
                self.workers.append(worker)
            worker.give(self.waiting.popleft(), self.pool.time_limit)

    def _collect(self) -> None:
        busy = [w for w in self.workers if w.slot is not None]
        nearest = min(w.deadline for w in busy)
        ready = set(wait([w.pipe for w in busy], max(0.0, nearest - time.monotonic())))
        for worker in busy:
            if worker.pipe in ready:
                if not worker.collect():
                    self._drop(worker)
            elif time.monotonic() >= worker.deadline:
                self._give_up(worker)

    def _give_up(self, worker: _Worker[K, T, R]) -> None:
        slot = worker.slot
        assert slot is not None
        slot.finish(WorkerFailure("timeout"))
        self._drop(worker)

    def _drop(self, worker: _Worker[K, T, R]) -> None:
        self.workers.remove(worker)
        worker.stop()

    def close(self) -> None:
        for worker in self.workers:
            if worker.slot is not None:
                worker.process.terminate()
        for worker in self.workers:
            worker.stop()
        self.workers.clear()


def _serve(
    pipe: Connection, fn: Callable[[T], R], warm_up: Callable[[], object] | None
) -> None:
    """The life of a worker: tasks in, results out, until the pipe closes."""
    # Ctrl-C reaches the whole process group; the driver alone decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # What a library prints must not get between the data on standard output.
    with contextlib.suppress(OSError):
        os.dup2(2, 1)
    if warm_up is not None:
        warm_up()
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return  # the driver is done, or gone
        _answer(pipe, fn, task)


def _answer(pipe: Connection, fn: Callable[[T], R], task: T) -> None:
    try:
        pipe.send(("result", fn(task)))
    except MemoryError:
        pipe.send(("memory", ""))
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            pipe.send(("internal_error", _trace(error)))
    except Exception as error:  # a worker outlives what it works on
        pipe.send(("internal_error", _trace(error)))


def _trace(error: Exception) -> str:
    import traceback

    return "".join(traceback.format_exception(error))
