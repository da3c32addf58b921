"""Reading a file that may not be one, or not stay one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.sources.limits import MAX_BYTES

# Pipes must not block and links must not be followed, also when one was put in
# the file's place after it was listed. Windows has neither flag.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def read_regular(path: Path) -> bytes:
    """All bytes of a regular file. Raises DocumentError and OSError."""
    if path.is_symlink():
        raise DocumentError("not_a_regular_file")
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise DocumentError("not_a_regular_file")
        if before.st_size > MAX_BYTES:
            raise DocumentError(
                "too_large", "too_large_file", limit_mb=MAX_BYTES // 1024**2
            )
        data = file.read(MAX_BYTES + 1)
        after = os.fstat(file.fileno())
    if len(data) != before.st_size or after.st_mtime_ns != before.st_mtime_ns:
        raise DocumentError("changed_during_read")
    return data
