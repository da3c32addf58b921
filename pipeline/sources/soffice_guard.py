"""Runs LibreOffice and leaves nothing of it behind. A program of its own.

    python -I soffice_guard.py SECONDS MARK COMMAND [ARGUMENT...]

LibreOffice starts a launcher that starts the converter, so ending the process
that was called ends neither, and a worker that is killed cannot end anything. This
program lives between the two: it ends the whole group when the time is over or when
its standard input closes, which happens when its caller is gone in whatever way.
MARK is a word in the environment of everything started here; what left the
group is found by it. Standard library only, so that it starts at once.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

TIMED_OUT = 124
ABANDONED = 125
NOT_STARTED = 126

MARK_NAME = "JIXIAO_CONVERSION"

_GRACE = 3.0
"""Seconds between asking and killing."""

_LOOKS = 2
_BETWEEN_LOOKS = 0.02

_MOST_BYTES = 1024**3
"""Size of one file that the converter may write."""


def main(arguments: list[str]) -> int:
    """The command's exit code, or TIMED_OUT, ABANDONED, NOT_STARTED."""
    seconds, mark, *command = arguments
    environment = {**os.environ, MARK_NAME: mark}
    _limit()
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError:
        return NOT_STARTED
    gone = threading.Event()
    threading.Thread(target=_watch_caller, args=(gone,), daemon=True).start()
    code = _wait(process, float(seconds), gone)
    _end_all(process, mark, patiently=code in (TIMED_OUT, ABANDONED))
    return code


def _limit() -> None:
    """No huge output files, no core dumps; where the system has such limits."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_FSIZE, _MOST_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, hard))


def _watch_caller(gone: threading.Event) -> None:
    """Standard input carries nothing; its end is the end of the caller."""
    with contextlib.suppress(OSError):
        while os.read(0, 1024):
            pass
    gone.set()


def _wait(
    process: subprocess.Popen[bytes], seconds: float, gone: threading.Event
) -> int:
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = process.wait(timeout=0.05)
            return code if code >= 0 else 128 - code
        if gone.is_set():
            return ABANDONED
        if time.monotonic() > deadline:
            return TIMED_OUT


def _end_all(process: subprocess.Popen[bytes], mark: str, *, patiently: bool) -> None:
    if patiently:
        _signal_group(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_GRACE)
    _signal_group(process.pid, _KILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=_GRACE)
    _end_marked(mark)


def _end_marked(mark: str) -> None:
    """Until two looks find nothing: what just starts a program shows no environment."""
    deadline = time.monotonic() + _GRACE
    clear = 0
    while clear < _LOOKS and time.monotonic() < deadline:
        left = marked(mark)
        clear = 0 if left else clear + 1
        for pid in left:
            with contextlib.suppress(OSError):
                os.kill(pid, _KILL)
        time.sleep(_BETWEEN_LOOKS)


_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def _signal_group(group: int, number: int) -> None:
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(group, number)
        else:
            os.kill(group, number)


def marked(mark: str) -> list[int]:
    """Processes whose environment has the mark; empty where there is no /proc."""
    wanted = f"{MARK_NAME}={mark}".encode()
    found: list[int] = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if wanted in entry.read_bytes().split(b"\0"):
                found.append(int(entry.parent.name))
    return [pid for pid in found if pid != os.getpid()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
