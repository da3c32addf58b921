"""Under which terms worker processes work, on this machine or on a cluster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.runner.limits import TimeLimits


@dataclass(frozen=True, slots=True)
class Terms:
    """What each worker is started with and what its tasks may use.

    ``warm_up`` is called once in each worker before its first task. ``readable``
    are paths outside the program that tasks need (a profile of the user's own),
    ``writable`` folders outside the worker's own that they write to (the cache of
    recognised pages).
    """

    warm_up: Callable[[], object] | None = None
    limits: TimeLimits = field(default_factory=TimeLimits)
    readable: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()
