"""Documents that misbehave on purpose, to prove that the others do not suffer.

Only where the environment has ``JIXIAO_MOCK_DOCUMENTS``; then a file that begins
with ``#!mock`` does what the rest of its first line says instead of being read::

    #!mock exit 7 · segv · abort · oom · hang · spin · flood · fork · full
    #!mock unpack hang (and others) · where containers are opened
    #!mock raise · memory · sleep 0.5 · write 1024 · pages 3 hang · read FILE
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from pipeline.runner.limits import TimeLimits
from pipeline.sources import pace

SWITCH = "JIXIAO_MOCK_DOCUMENTS"
"""With a number above 1 it is also the time in seconds after which one that hangs
is given up."""

_SIGN = b"#!mock "
_UNPACK = b"unpack "
_LONG = 3_600


def is_mock(data: bytes) -> bool:
    """Whether the bytes are such a document, and they are switched on."""
    return data.startswith(_SIGN) and bool(os.environ.get(SWITCH))


def is_mock_container(data: bytes) -> bool:
    """Whether it misbehaves where containers are opened: ``#!mock unpack hang``."""
    return is_mock(data) and data.startswith(_SIGN + _UNPACK)


def time_limits() -> TimeLimits:
    """The limits of the program; shorter ones where mocks are to meet them."""
    seconds = os.environ.get(SWITCH, "")
    if seconds.isdigit() and int(seconds) > 1:
        return TimeLimits(base=float(seconds))
    return TimeLimits()


def misbehave(data: bytes) -> None:
    """Do what the document says; returns if that is over some time."""
    line = data.splitlines()[0].removeprefix(_SIGN).removeprefix(_UNPACK).decode()
    _act(line.split())


def _act(words: list[str]) -> None:
    match words:
        case ["exit", code]:
            os._exit(int(code))
        case ["segv"]:
            _die(signal.SIGSEGV)
        case ["abort"]:
            os.abort()
        case ["kill"]:
            _die(signal.SIGKILL)
        case ["oom"]:
            _hoard()
        case ["memory"]:
            raise MemoryError
        case ["raise"]:
            raise RuntimeError("boom in /secret/place")
        case ["hang"]:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(_LONG)
        case ["spin"]:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            while True:
                pass
        case ["sleep", seconds]:
            time.sleep(float(seconds))
        case ["flood"]:
            _flood()
        case ["fork"]:
            _leave_grandchild()
        case ["fork", *then]:
            _leave_grandchild()
            _act(then)
        case ["litter", *then]:
            Path(tempfile.mkdtemp(), "litter").write_bytes(b"x" * 1024)
            _act(then or ["sleep", "0"])
        case ["write", size]:
            _write(int(size))
        case ["full"]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        case ["pages", count, *then]:
            for _ in range(int(count)):
                pace.begins(pace.Step.PAGE)
            _act(then)
        case ["read", path]:
            Path(path).read_bytes()
        case ["connect", port]:
            _connect(int(port))
        case _:
            raise ValueError(f"unknown mock {words}")


def _die(how: signal.Signals) -> None:
    os.kill(os.getpid(), how)
    time.sleep(_LONG)


def _hoard() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(16 * 1024**2))


def _flood() -> None:
    for _ in range(2_000):
        for descriptor in (1, 2):
            os.write(descriptor, b"FLOOD " * 1_000)
    print("FLOOD" * 1_000, file=sys.stderr)  # noqa: T201


def _leave_grandchild() -> None:
    """One that left the session, ignores SIGTERM and keeps everything open."""
    if os.fork():
        return
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(_LONG)
    os._exit(0)


def _write(size: int) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.truncate(size)


def _connect(port: int) -> None:
    import socket

    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass
