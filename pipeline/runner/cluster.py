"""Documents over a Dask cluster: one that is there, or one started on this machine.

The driver reads the files, hands out their bytes and writes the results, in input
order; so the rows are those of the local pool. On every worker a document is read
in a confined process of its own (``runner.isolated``), as it is there.
"""

from __future__ import annotations

import itertools
import logging
import math
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Generic

from pipeline.errors import DependencyError, StorageError
from pipeline.runner.engine import WINDOW, Begin, Idle, K, R, T, never_idle
from pipeline.runner.isolated import Order, fingerprint, work_off
from pipeline.runner.limits import MAX_ATTEMPTS
from pipeline.runner.scratch import Scratch
from pipeline.runner.terms import Terms
from pipeline.runner.worker import WorkerFailure

log = logging.getLogger(__name__)

_CONNECT_SECONDS = 15
_LOST_WORKERS = 10
"""Workers that may vanish under a document before Dask gives it up; each of them
may be a machine that was switched off, so there is no blame in it."""


@dataclass(frozen=True, slots=True)
class DaskEngine:
    """An Engine on the cluster at ``scheduler``, or on ``workers`` processes here."""

    workers: int
    scheduler: str | None = None
    terms: Terms = field(default_factory=Terms)

    def map_documents(
        self,
        fn: Callable[[T], R],
        items: Iterable[tuple[K, T | None]],
        begin: Begin[K] | None = None,
        idle: Idle = never_idle,
        /,
    ) -> Generator[tuple[K, R | WorkerFailure | None], None, None]:
        """See Engine. ``fn`` must be importable by name on every worker."""
        order = Order(fn, fingerprint(), self.terms)
        with ExitStack() as stack:
            run: _Run[K, T, R] | None = None
            for item in _first_with_task(items):
                if isinstance(item, tuple):
                    yield item[0], None  # needs no cluster
                else:
                    client = stack.enter_context(_connected(self))
                    run = _Run(client, order, begin, idle)
                    yield from run.results(item)


def _first_with_task(
    items: Iterable[tuple[K, T | None]],
) -> Iterator[tuple[K, None] | Iterator[tuple[K, T | None]]]:
    """Items before the first task one by one, then all the rest together."""
    source = iter(items)
    for key, task in source:
        if task is not None:
            yield itertools.chain([(key, task)], source)
            return
        yield key, None


@contextmanager
def _connected(engine: DaskEngine) -> Iterator[Any]:
    try:
        import dask
        from distributed import Client
    except ModuleNotFoundError as error:
        raise DependencyError("cluster_missing") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    settings = {"distributed.scheduler.allowed-failures": _LOST_WORKERS}
    # Parts of Dask have no types.
    connect: Any = Client
    with dask.config.set(settings), ExitStack() as stack:
        address = engine.scheduler
        if address is None:
            address = stack.enter_context(_local_cluster(engine.workers))
        try:
            client = connect(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise StorageError("cluster_unreachable", address=address) from error
        stack.callback(client.close, timeout=5)
        yield client


@contextmanager
def _local_cluster(workers: int) -> Iterator[str]:
    import dask
    from distributed import LocalCluster

    start: Any = LocalCluster
    scratch = Scratch()
    folder = str(scratch.folder())

    def started() -> Any:
        return start(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            memory_limit=0,  # each document has its own limit
            local_directory=folder,
            silence_logs=logging.CRITICAL,
        )

    with _deaf_to_ctrl_c(), dask.config.set({"temporary-directory": folder}):
        try:
            cluster = started()
        except RuntimeError as error:
            # A worker that dies before it has reported takes the whole start with it.
            log.warning("the local cluster did not start, trying again: %s", error)
            cluster = started()
    try:
        yield str(cluster.scheduler_address)
    finally:
        cluster.close(timeout=5)
        scratch.close()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes started here ignore Ctrl-C: the driver alone decides what ends."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@dataclass(slots=True)
class _Slot(Generic[K, T, R]):
    key: K
    task: T | None
    future: Any | None = None
    result: R | WorkerFailure | None = None
    attempts: int = 0


class _Run(Generic[K, T, R]):
    """One pass over the items, with a bounded number of futures in flight."""

    def __init__(
        self, client: Any, order: Order, begin: Begin[K] | None, idle: Idle
    ) -> None:
        self.client = client
        self.order = order
        self.begin = begin
        self.idle_for = idle
        self.window: deque[_Slot[K, T, R]] = deque()
        self.numbers = itertools.count()

    def results(
        self, items: Iterable[tuple[K, T | None]]
    ) -> Generator[tuple[K, R | WorkerFailure | None], None, None]:
        source = iter(items)
        try:
            while True:
                room = self._size() - len(self.window)
                for key, task in itertools.islice(source, max(0, room)):
                    slot: _Slot[K, T, R] = _Slot(key, task)
                    self.window.append(slot)
                    self._submit(slot)
                if not self.window:
                    return
                slot = self.window.popleft()
                while slot.future is not None:
                    self._take(slot)
                yield slot.key, slot.result
        finally:
            futures = [s.future for s in self.window if s.future is not None]
            self.client.cancel(futures, force=True)

    def _size(self) -> int:
        """Some tasks for every thread that the cluster has just now."""
        threads: dict[str, int] = self.client.nthreads()
        # Their bytes lie on the workers, so fewer than here.
        return WINDOW // 2 * max(1, sum(threads.values()))

    def _submit(self, slot: _Slot[K, T, R]) -> None:
        if slot.task is None:
            return
        if self.begin is not None:
            allowed = self.begin(slot.key)
        else:
            allowed = slot.attempts < MAX_ATTEMPTS
        if not allowed:
            slot.result = slot.result or WorkerFailure("worker_crash")
            return
        slot.attempts += 1
        slot.future = self.client.submit(
            work_off,
            self.order,
            slot.task,
            key=f"jixiao-{id(self)}-{next(self.numbers)}",
            pure=False,
            retries=0,
        )

    def _take(self, slot: _Slot[K, T, R]) -> None:
        """Wait for a slot's future; on return it has a result, or a new future."""
        assert slot.future is not None
        self._wait(slot.future)
        slot.result = _result_of(slot.future)
        slot.future.release()
        slot.future = None
        if (
            isinstance(slot.result, WorkerFailure)
            and slot.result.reason == "worker_crash"
        ):
            self._submit(slot)  # once more, as in the local pool

    def _wait(self, future: Any) -> None:
        """Let the driver do what it has to do while the future is not done."""
        from distributed.client import FutureCancelledError

        while not future.done() and (patience := self.idle_for()) < math.inf:
            with suppress(TimeoutError, FutureCancelledError):
                future.exception(timeout=patience)


def _result_of(future: Any) -> Any:
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    try:
        return future.result()
    except KilledWorker as error:
        return WorkerFailure("worker_crash", f"{_LOST_WORKERS} workers: {error}")
    except ImportError as error:
        raise DependencyError("cluster_lacks_program") from error
    except (FutureCancelledError, OSError) as error:
        raise StorageError("cluster_lost") from error
