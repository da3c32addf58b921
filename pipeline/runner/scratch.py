"""Temporary folders of a run, and that nothing outlives it.

Every process that descends from a worker carries the worker's folder in its
environment, so that it is found even when it has left the worker's session. A
small watcher process clears up when the driver itself is killed; a machine that
went down is cleared up after by the next run.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

log = logging.getLogger(__name__)

MARK = "JIXIAO_SCRATCH"
_PREFIX = "jixiao-run-"
_OWNER = "owner"
_PATIENCE = 5.0


class Scratch:
    """The temporary folder of a driver, removed with all that runs in it."""

    def __init__(self) -> None:
        sweep()
        self.root = Path(tempfile.mkdtemp(prefix=_PREFIX))
        (self.root / _OWNER).write_text(_identity(os.getpid()), encoding="ascii")
        self._watcher = subprocess.Popen(
            # Nothing of ours is imported: it costs little and starts at once.
            [sys.executable, "-I", "-S", __file__, str(self.root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._count = 0

    def folder(self) -> Path:
        """A new folder for one worker."""
        self._count += 1
        made = self.root / f"w{self._count}"
        made.mkdir(mode=0o700)
        return made

    def close(self) -> None:
        """Remove the folder; the watcher ends."""
        assert self._watcher.stdin is not None
        with contextlib.suppress(OSError):
            self._watcher.stdin.close()
        try:
            self._watcher.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._watcher.kill()
            self._watcher.wait()
        clear(self.root)


def clear(folder: Path) -> None:
    """End what still runs in a folder, then remove it."""
    kill_marked(str(folder))
    shutil.rmtree(folder, ignore_errors=True)


def empty(folder: Path) -> None:
    """Remove what is in a folder, but not the folder."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                Path(entry.path).unlink(missing_ok=True)


def sweep() -> None:
    """Clear up after runs of this user that were killed together with all else."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if hasattr(os, "getuid") and folder.lstat().st_uid != os.getuid():
                continue
            if not folder.is_symlink() and _is_orphan(folder):
                log.info("clearing up after an earlier run: %s", folder.name)
                clear(folder)


def _is_orphan(folder: Path) -> bool:
    try:
        owner = (folder / _OWNER).read_text(encoding="ascii")
    except FileNotFoundError:  # just being made, or half removed
        return time.time() - folder.stat().st_mtime > 60
    pid = owner.partition(" ")[0]
    return pid.isdigit() and _identity(int(pid)) != owner


def _identity(pid: int) -> str:
    """A process as ``pid start-time``: numbers are used again, pairs are not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="latin-1")
    except OSError:
        alive = _exists(pid) if not Path("/proc/self/stat").exists() else False
        return f"{pid} ?" if alive else "gone"
    return f"{pid} {status.rpartition(')')[2].split()[19]}"


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # it is there, but not ours
    return True


def kill_marked(folder: str | None = None) -> None:
    """Kill every process that carries the mark of ``folder`` (or of this worker).

    Only on systems with /proc; elsewhere sessions are killed as a whole and what
    left its session is not found.
    """
    mark = folder or os.environ.get(MARK, "")
    sought = f"{MARK}={mark}".encode()
    if not mark or not Path("/proc/self/environ").exists():
        return
    for entry in os.listdir("/proc"):  # noqa: PTH208
        if not entry.isdigit() or int(entry) == os.getpid():
            continue
        try:
            environment = Path(f"/proc/{entry}/environ").read_bytes()
        except OSError:
            continue  # gone, or another user's
        if any(
            value == sought or value.startswith(sought + b"/")
            for value in environment.split(b"\0")
        ):
            with contextlib.suppress(OSError):
                os.kill(int(entry), signal.SIGKILL)


def _watch(folder: Path) -> None:
    """Wait until the driver closes its end, however it ends; then clear up."""
    while sys.stdin.buffer.read(4096):
        pass
    clear(folder)


if __name__ == "__main__":
    _watch(Path(sys.argv[1]))
