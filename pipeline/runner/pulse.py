"""How far a run is, noted now and then for ``jixiao status``."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.runner.summary import Tally

if TYPE_CHECKING:
    from pipeline.store import Store

EVERY = 10.0
"""Seconds between two notes; each costs a small transaction."""


class Pulse:
    """Writes the counts of a running run to its row."""

    def __init__(
        self, store: Store, run_id: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._store, self._run_id, self._clock = store, run_id, clock
        self._start = self._last = clock()

    def beat(self, tally: Tally) -> None:
        """Note the counts if the last time is long enough ago."""
        now = self._clock()
        if now - self._last < EVERY:
            return
        self._last = now
        seconds = round(now - self._start)
        counts = tally.summary().counts()
        self._store.note_progress(self._run_id, {**counts, "seconds": seconds})
