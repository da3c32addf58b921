"""Ctrl-C and SIGTERM as exceptions that come between the steps of the work.

Python raises them wherever the program is just then. Inside a database library that
may be between taking a lock and writing down who has to give it back; the lock then
stays, and whoever saves the state of the stopped run waits for it. Such code runs
``held_back``: the exception comes at its end.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType

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


class _Gate:
    """How many blocks hold exceptions back just now, and which one is asked for."""

    __slots__ = ("asked", "holding")

    def __init__(self) -> None:
        self.holding = 0
        self.asked: type[BaseException] | None = None


_gate = _Gate()


@contextmanager
def stoppable() -> Iterator[None]:
    """Within this block Ctrl-C raises KeyboardInterrupt and SIGTERM Terminated.

    In the main thread only, outside of ``held_back`` blocks. Ctrl-C that is ignored
    (as by nohup) stays so.
    """
    if not _in_main_thread():
        yield
        return
    settled()
    before = {signal.SIGTERM: signal.signal(signal.SIGTERM, _stop)}
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        before[signal.SIGINT] = signal.signal(signal.SIGINT, _stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class held_back:
    """A block that no stop interrupts; it is raised where the block ends."""

    __slots__ = ("_counts",)

    def __enter__(self) -> None:
        self._counts = _in_main_thread()
        if self._counts:
            # Once this is done no handler raises, before it none has to be undone.
            _gate.holding += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._counts:
            _gate.holding -= 1
            check()


def check() -> None:
    """Raise the stop that was asked for and did not come through.

    One that was raised inside a finaliser is lost there: Python only prints it.
    """
    if _gate.asked is not None and not _gate.holding:
        raise _gate.asked


def settled() -> None:
    """The stop has arrived; only a further one is raised again."""
    _gate.asked = None


def exit_code_of(stop: BaseException) -> ExitCode:
    """130 for Ctrl-C, 143 for SIGTERM."""
    if isinstance(stop, Terminated):
        return ExitCode.TERMINATED
    return ExitCode.INTERRUPTED


def _stop(number: int, _frame: FrameType | None) -> None:
    _gate.asked = Terminated if number == signal.SIGTERM else KeyboardInterrupt
    check()


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
