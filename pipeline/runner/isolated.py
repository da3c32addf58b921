"""What a worker of a cluster does: it has a confined process do the reading.

A worker keeps one such process for each of its threads, with the models loaded,
and replaces it when a document cost it.
"""

from __future__ import annotations

import atexit
import multiprocessing
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import DependencyError, StorageError
from pipeline.runner.child import SCRATCH_FULL, Equipment
from pipeline.runner.scratch import Scratch
from pipeline.runner.terms import Terms
from pipeline.runner.worker import Worker, WorkerFailure, pack, wait_for


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with each task, by which program and under which terms."""

    fn: Callable[[Any], Any]
    program: str
    terms: Terms = field(default_factory=Terms)


def fingerprint() -> str:
    """The version of the program and of its rules: both decide what comes out."""
    from pipeline import __version__
    from pipeline.api import rules_hash

    return f"{__version__}:{rules_hash()[:12]}"


def work_off(order: Order, task: object) -> Any:
    """One task in this thread's process; its result, or a WorkerFailure.

    Raises DependencyError when this machine has another version of the program,
    StorageError when it has no room for temporary files.
    """
    here = fingerprint()
    if here != order.program:
        raise DependencyError("cluster_other_version", here=here, driver=order.program)
    bench = _bench(order)
    bench.worker.give(pack(task))
    answer = wait_for(bench.worker)
    if not answer.alive:
        bench.end()
    result = answer.result
    if isinstance(result, WorkerFailure) and result.reason == SCRATCH_FULL:
        raise StorageError("scratch_full")
    return result


class _Bench:
    """The process of one thread."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.worker = Worker(Equipment(order.fn, _scratch().folder(), order.terms))

    def end(self) -> None:
        _benches.pop(threading.get_ident(), None)
        self.worker.stop()


_benches: dict[int, _Bench] = {}
_scratches: list[Scratch] = []
_lock = threading.Lock()


def _bench(order: Order) -> _Bench:
    found = _benches.get(threading.get_ident())
    if found is not None and found.order != order:
        found.end()  # of an earlier run with other settings
        found = None
    if found is None:
        # Dask's workers are daemons, which may have no children. Ours end with
        # them all the same, see confine.separate and scratch.
        multiprocessing.current_process().daemon = False
        found = _benches[threading.get_ident()] = _Bench(order)
    return found


def _scratch() -> Scratch:
    with _lock:
        if not _scratches:
            _scratches.append(Scratch())
            atexit.register(_close)
        return _scratches[0]


def _close() -> None:
    for bench in list(_benches.values()):
        bench.worker.stop()
    _benches.clear()
    for scratch in _scratches:
        scratch.close()
    _scratches.clear()
