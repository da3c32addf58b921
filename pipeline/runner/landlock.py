"""Landlock: a worker gives up the files and networks that it does not need.

A feature of Linux from 5.13 on that needs no rights and no library. What is not
there is not enforced: the isolation by process and limits does not rest on it.
https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable

# System call numbers, the same on all architectures.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG = 1
_RULE_PATH_BENEATH = 1
_NO_NEW_PRIVS = 38

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_SOCKETS = 1 << 9 | 1 << 5  # make one, remove a file
_ALL_OF_V1 = (1 << 13) - 1
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_TCP = 3  # bind and connect


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def version() -> int:
    """The version of Landlock in this kernel; 0 without it."""
    if not sys.platform.startswith("linux"):
        return 0
    try:
        return max(0, _call(_CREATE_RULESET, None, 0, _VERSION_FLAG))
    except OSError:
        return 0


def restrict(
    *,
    readable: Iterable[str],
    writable: Iterable[str],
    sockets: Iterable[str] = (),
) -> int:
    """Confine this thread and its future children; returns the version used.

    Only what lies below ``readable`` can be read or run, only what lies below
    ``writable`` written, and below ``sockets`` no more than sockets made
    and files removed; from version 4 on no TCP port can be reached or opened.
    Paths that do not exist are passed over. Returns 0 where there is no Landlock;
    raises OSError when the kernel refuses.
    """
    found = version()
    if not found:
        return 0
    handled = _ALL_OF_V1 | (_REFER if found >= 2 else 0)
    handled |= _TRUNCATE if found >= 3 else 0
    ruleset = _Ruleset(handled, _TCP if found >= 4 else 0)
    size = ctypes.sizeof(ruleset) if found >= 4 else ctypes.sizeof(ctypes.c_uint64)
    descriptor = _call(_CREATE_RULESET, ctypes.byref(ruleset), size, 0)
    try:
        for path in readable:
            _allow(descriptor, path, _READ)
        for path in writable:
            _allow(descriptor, path, handled)
        for path in sockets:
            _allow(descriptor, path, _SOCKETS)
        _libc().prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)
        _call(_RESTRICT_SELF, descriptor, 0)
    finally:
        os.close(descriptor)
    return found


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not there, so nothing to allow
    try:
        if not os.path.isdir(path):  # noqa: PTH112
            rights &= _FILE_RIGHTS | _TRUNCATE
        rule = _PathBeneath(rights, parent)
        _call(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: object) -> int:
    libc = _libc()
    libc.syscall.restype = ctypes.c_long
    result = int(libc.syscall(ctypes.c_long(number), *arguments))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
