"""What a run asks of whatever does its work."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable
from typing import Protocol, TypeVar

from pipeline.runner.worker import WorkerFailure

K = TypeVar("K")
T = TypeVar("T")
R = TypeVar("R")

Begin = Callable[[K], bool]
"""Told before each attempt at a task; False when there may be no further one."""

Idle = Callable[[], float]
"""Told before the engine waits; for how many seconds at most it may wait before it
tells so again (``math.inf``: for as long as it likes)."""


def never_idle() -> float:
    """For whoever has nothing to do meanwhile."""
    return math.inf


WINDOW = 8
"""Documents per worker that may be ahead of the one waited for. When half of them
are done it is filled again, so that what comes with each document is done for
several at once."""


class Engine(Protocol):
    """Where documents are worked on: processes here, or machines elsewhere."""

    def map_documents(
        self,
        fn: Callable[[T], R],
        items: Iterable[tuple[K, T | None]],
        begin: Begin[K] | None = None,
        idle: Idle = never_idle,
        /,
    ) -> Generator[tuple[K, R | WorkerFailure | None], None, None]:
        """Apply ``fn`` to each task; yield ``(key, result)`` in input order.

        A task of None needs no worker and comes back as None in its turn. ``items``
        is read lazily, at most a bounded window ahead of what was yielded. A task
        whose worker crashes is tried once more if ``begin`` allows it (without
        ``begin``: up to ``limits.MAX_ATTEMPTS`` times).
        """
        ...
