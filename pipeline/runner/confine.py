"""A worker process shuts itself in before it touches a document.

Own session (so that all of it can be killed at once), no core dumps, bounded
memory and files, a temporary folder of its own, and Landlock where the kernel
has it. What a system lacks is left out with a line in the log.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from pipeline.resources import models_dir
from pipeline.runner import landlock, scratch
from pipeline.runner.limits import (
    FILE_BYTES,
    MEMORY_BYTES,
    RECYCLE_BYTES,
    SCAN_MEMORY_BYTES,
    SCAN_RECYCLE_BYTES,
    SCAN_ROOM_BYTES,
)
from pipeline.sources import soffice

log = logging.getLogger(__name__)

_PDEATHSIG, _CHILD_SUBREAPER = 1, 36
# What programs and libraries need of the system, fonts for LibreOffice included.
_SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/opt", "/nix", "/snap"),
    *("/proc", "/sys", "/var/cache/fontconfig", "/var/lib/dbus", "/dev"),
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime"),
    *("/etc/fonts", "/etc/libreoffice", "/etc/alternatives", "/etc/nsswitch.conf"),
    *("/var/lib/libreoffice", "/var/spool/libreoffice"),
    *("/etc/passwd", "/etc/group", "/etc/locale.alias", "/etc/mime.types"),
    *("~/.fonts", "~/.local/share/fonts", "~/.fontconfig"),
)
# LibreOffice makes a socket there and removes it, whatever its settings say.
_SOCKETS = ("/tmp",)
_DEVICES = ("/dev/null", "/dev/zero", "/dev/shm")


def separate() -> None:
    """Become a session of its own that ends with the driver; silence output."""
    # Ctrl-C reaches the whole process group; the driver alone decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(os, "setsid"):
        with contextlib.suppress(PermissionError):  # leads a session already
            os.setsid()
    if sys.platform.startswith("linux"):
        libc = ctypes.CDLL(None)
        libc.prctl(_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        # What a converter leaves behind becomes our child, so that we see it.
        libc.prctl(_CHILD_SUBREAPER, 1, 0, 0, 0)
    # What a library prints must not get between the data on standard output,
    # nor flood a terminal.
    with contextlib.suppress(OSError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 1)
        if not log.isEnabledFor(logging.DEBUG):
            os.dup2(nowhere.fileno(), 2)


def shut_in(
    folder: Path, readable: Iterable[str] = (), writable: Iterable[str] = ()
) -> None:
    """Set the limits; ``folder`` is where temporary files go from now on."""
    os.environ.update(dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(folder)))
    tempfile.tempdir = str(folder)
    os.umask(0o077)
    if sys.platform == "win32":
        log.info("no resource limits on this system")
        return
    import resource

    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, FILE_BYTES)
    limit_memory(MEMORY_BYTES)
    try:
        found = landlock.restrict(
            readable=[*_system(), *_program(), *readable],
            writable=[*_DEVICES, str(folder), *writable],
            sockets=_SOCKETS if soffice.find() else (),
        )
    except OSError as error:
        log.info("Landlock refused: %s", error)
        return
    if not found:
        log.info("no Landlock on this system: files and network stay reachable")


def limit_memory(further: int) -> None:
    """Allow ``further`` bytes of address space beyond what is in use now."""
    if not Path("/proc/self/statm").exists():
        return  # macOS counts address space differently; its limit is not enforced
    import resource

    _limit(resource.RLIMIT_AS, address_space() + further)


def allow_scans() -> None:
    """Raise the memory limit for OCR models and converters, once."""
    if not _raised:
        _raised.append(address_space() + SCAN_MEMORY_BYTES)
        limit_memory(SCAN_MEMORY_BYTES)


# The address space allowed since then.
_raised: list[int] = []


def address_space() -> int:
    """Bytes of address space of this process; 0 where it cannot be told."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def resident() -> int:
    """Bytes of memory that this process holds; 0 where it cannot be told."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def outgrown(loaded: int) -> bool:
    """Whether a worker that held ``loaded`` bytes at its start should be replaced."""
    if not _raised:
        return resident() > loaded + RECYCLE_BYTES
    if address_space() + SCAN_ROOM_BYTES > _raised[0]:
        return True
    return resident() > loaded + SCAN_RECYCLE_BYTES


def tidy(folder: Path) -> None:
    """After a document: nothing may run on, and no file stay behind."""
    if hasattr(os, "waitpid"):
        _end_children()
    scratch.empty(folder)


def _end_children() -> None:
    for _ in range(100):
        try:
            found, _status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return  # as a rule there are none
        if not found:
            scratch.kill_marked()
            time.sleep(0.01)


def _limit(which: int, amount: int) -> None:
    import resource

    _, most = resource.getrlimit(which)
    if most != resource.RLIM_INFINITY:
        amount = min(amount, most)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(which, (amount, most))


def _system() -> list[str]:
    return [os.path.expanduser(path) for path in _SYSTEM]  # noqa: PTH111


def _program() -> list[str]:
    """Where Python, its packages and our models are read from."""
    package = Path(__file__).resolve().parents[2]
    folders = {sys.prefix, sys.base_prefix, sys.exec_prefix, str(models_dir())}
    folders |= {str(package / "pipeline"), str(Path(sys.executable).resolve().parent)}
    here = Path.cwd()
    folders |= {
        p for p in sys.path if p and Path(p).resolve() not in (here, here.parent)
    }
    return sorted(folders - {"/", str(Path.home())})
