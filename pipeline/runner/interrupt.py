"""Ctrl-C and SIGTERM as exceptions, so that both leave through the same door."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from pipeline.errors import ExitCode


class Terminated(BaseException):
    """SIGTERM, raised in the main thread as KeyboardInterrupt is for Ctrl-C."""


class Interrupted(BaseException):
    """A run was stopped from outside after its state was saved.

    ``finished`` is the number of documents whose results are stored.
    """

    def __init__(self, exit_code: ExitCode, finished: int = 0) -> None:
        super().__init__(exit_code, finished)
        self.exit_code = exit_code
        self.finished = finished


@contextmanager
def terminable() -> Iterator[None]:
    """Within this block SIGTERM raises Terminated (in the main thread only)."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def exit_code_of(stop: BaseException) -> ExitCode:
    """130 for Ctrl-C, 143 for SIGTERM."""
    if isinstance(stop, Terminated):
        return ExitCode.TERMINATED
    return ExitCode.INTERRUPTED


def _terminate(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated
