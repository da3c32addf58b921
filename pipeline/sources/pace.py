"""Readers say where they are, so that who watches the clock can allow for it.

A reader calls ``begins`` before each step that takes its time; so does what is done
with each form beyond the first. In a worker process
this extends the time limit of the document (and, for scans and conversions, its
memory limit); elsewhere nobody listens and nothing happens.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

_listeners: list[Callable[[Step], None]] = []


class Step(StrEnum):
    """What a reader is about to do."""

    PAGE = "page"
    SCANNED_PAGE = "scanned_page"
    CONVERSION = "conversion"


def begins(step: Step) -> None:
    """Announce the next step."""
    for listener in _listeners:
        listener(step)


def listen(listener: Callable[[Step], None]) -> None:
    """Hear of every step from now on; one listener per process."""
    _listeners[:] = [listener]
