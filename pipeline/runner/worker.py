"""One worker process as the driver sees it: given a task, watched, ended."""

from __future__ import annotations

import contextlib
import logging
import math
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.reduction import ForkingPickler
from typing import Any

from pipeline.runner import scratch
from pipeline.runner.child import CRASH_LOG, Equipment, describe_exit, serve
from pipeline.sources.pace import Step

log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds: a dead worker is noticed even when its pipe stays open."""

_GRACE = 2.0  # seconds for a worker to end by itself before it is killed
_CRASH_TEXT = 4_000
_AHEAD = 2  # tasks that may lie ready behind the one that is worked on …
_AHEAD_BYTES = 24 * 1024  # … and their size together: scans are larger, and slow
_SOON = 0.25  # seconds; whoever needs longer for a task is given none ahead
_environment = threading.Lock()


@dataclass(frozen=True, slots=True)
class WorkerFailure:
    """A task whose worker died, hung or raised; ``reason`` of the closed set."""

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker made of a task; ``alive`` says whether it can take another."""

    result: Any
    alive: bool


class Worker:
    """A confined process (``child.serve``) that works on one task after the other.

    Tasks may be given ahead, so that it need not wait for the driver: they lie in the
    pipe until their turn comes. Each has its own clock, which starts then.
    """

    def __init__(self, equipment: Equipment) -> None:
        self.equipment = equipment
        self.limits = equipment.terms.limits
        self.deadline = math.inf
        self._ready = False
        self._given: deque[int] = deque()  # the sizes of tasks without an answer
        self._since = 0.0
        self._took = math.inf
        self._latest = 0.0
        context = multiprocessing.get_context("spawn")
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=serve, args=(theirs, equipment), daemon=True
        )
        # The tracker that all workers share must not carry the mark of the first.
        resource_tracker.ensure_running()
        with _marked(str(equipment.folder)):
            self.process.start()
        self._pid = self.process.pid or 0
        theirs.close()
        self._buffer = _buffer(self.pipe)

    def give(self, task: memoryview) -> None:
        """Hand over a task (``pack``), or lay it ready behind others (``has_room``)."""
        self._given.append(len(task))
        if len(self._given) == 1:
            self._start_clock()
        try:
            self.pipe.send_bytes(task)
        except OSError as error:
            # It died before it could take the task; collect() sees the end of it.
            log.debug("worker %s took no task: %s", self._pid, error)

    def has_room(self, size: int) -> bool:
        """Whether a task of so many bytes may lie in the pipe until its turn comes.

        Only where it will not be long, as another worker could have it meanwhile, and
        where sending cannot block: this worker may be sending its result just then.
        """
        if self._took > _SOON or time.monotonic() - self._since > _SOON:
            return False
        lying = sum(self._given) - self._given[0] if self._given else 0
        return len(self._given) <= _AHEAD and lying + size <= self._buffer

    def _start_clock(self) -> None:
        now = self._since = time.monotonic()
        limit = self.limits.base if self._ready else self.limits.start
        self.deadline = now + limit
        self._latest = now + self.limits.most

    def collect(self, *, readable: bool) -> Answer | None:
        """What has come of the first task; None while it is being worked on.

        ``readable`` says whether there is something in the pipe.
        """
        # Asked first: what it sent before it ended is still in the pipe.
        ended = self.process.exitcode is not None
        try:
            if readable or (ended and self.pipe.poll()):
                kind, value, last = self.pipe.recv()
                if kind not in ("ready", "step"):
                    self._next()
                    return _answer(kind, value, alive=not last)
                self._hear(kind, value)
                return None
        except (EOFError, OSError):
            self.process.join(_GRACE)
            ended = True
        if ended:
            return Answer(WorkerFailure("worker_crash", self._last_words()), False)
        if time.monotonic() >= self.deadline:
            return Answer(WorkerFailure("timeout"), False)
        return None

    def _next(self) -> None:
        self._given.popleft()
        self._took = time.monotonic() - self._since
        if self._given:
            self._start_clock()
        else:
            self.deadline = math.inf

    def _hear(self, kind: str, value: Step) -> None:
        if kind == "ready":
            self._ready = True
            self._start_clock()
        else:
            later = self.deadline + self.limits.further(value)
            self.deadline = min(later, self._latest)

    def _last_words(self) -> str:
        words = describe_exit(self.process.exitcode)
        with contextlib.suppress(OSError):
            file = self.equipment.folder.with_suffix(f".{CRASH_LOG}")
            text = file.read_text("utf-8", "replace")[:_CRASH_TEXT]
            words = f"{words}\n{text}".strip()
        return words

    def stop(self) -> None:
        """End it with all that it started, and remove its folder."""
        self.pipe.close()
        if hasattr(os, "killpg") and self._pid:
            # Its session may hold more than itself. Nobody has waited for it yet,
            # so its number is not another's.
            with contextlib.suppress(OSError):
                os.killpg(self._pid, signal.SIGKILL)
        self.process.kill()  # before it leads a session of its own
        self.process.join()
        self.process.close()
        scratch.clear(self.equipment.folder)
        self.equipment.folder.with_suffix(f".{CRASH_LOG}").unlink(missing_ok=True)


def pack(task: object) -> memoryview:
    """A task as ``Worker.give`` takes it; the bytes are there once."""
    return memoryview(ForkingPickler.dumps(task))


def _buffer(pipe: Connection) -> int:
    """Bytes that may lie in a pipe without its other end being read from."""
    try:
        with socket.socket(fileno=os.dup(pipe.fileno())) as same:
            size = same.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
    except OSError:
        return 0  # no socket on this system
    # The system counts its own bookkeeping as well.
    return min(_AHEAD_BYTES, size // 4)


def _answer(kind: str, value: Any, *, alive: bool) -> Answer:
    return Answer(value if kind == "result" else WorkerFailure(kind, value), alive)


def wait_for(worker: Worker) -> Answer:
    """What comes of the task that a worker has."""
    while True:
        patience = min(LOOK, max(0.0, worker.deadline - time.monotonic()))
        answer = worker.collect(readable=bool(wait([worker.pipe], patience)))
        if answer is not None:
            return answer


@contextmanager
def _marked(folder: str) -> Iterator[None]:
    """Processes started in this block carry the folder in their environment."""
    with _environment:
        os.environ[scratch.MARK] = folder
        try:
            yield
        finally:
            del os.environ[scratch.MARK]
