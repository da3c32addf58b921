"""Items → bytes, read once; containers → their members."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.runner.discover import Item, is_hidden
from pipeline.runner.naming import storable, unused
from pipeline.runner.work import Trouble, trouble, trouble_of
from pipeline.sources import container
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


@dataclass(frozen=True, slots=True)
class Intake:
    """A document's bytes, or why there are none."""

    path: str
    named: bool
    data: bytes = b""
    trouble: Trouble | None = None


def take_in(items: Iterable[Item]) -> Iterator[Intake]:
    """Read the items in order; a container gives its members in its place.

    A container itself comes up only when it fails (then after the members that
    could be read before). One document is held in memory at a time.
    """
    for item in items:
        try:
            data = _read(item)
        except DocumentError as error:
            yield Intake(item.path, item.named, trouble=trouble_of(error))
            continue
        if container.is_container(data):
            yield from _members(item, data)
        else:
            yield Intake(item.path, item.named, data)


def _read(item: Item) -> bytes:
    if item.reason:
        raise DocumentError(item.reason)
    try:
        return read_regular(item.location)
    except FileNotFoundError as error:
        raise DocumentError("not_found") from error
    except PermissionError as error:
        raise DocumentError("no_permission") from error
    except OSError as error:
        raise DocumentError("read_error") from error


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


def _members(item: Item, data: bytes) -> Iterator[Intake]:
    taken: set[str] = set()
    try:
        for entry in container.entries(data, item.path):
            if any(is_hidden(part) for part in entry.name.split("/")):
                continue
            # Two members may have one name; neither may hide the other.
            name = unused(f"{item.path}!/{storable(entry.name)}", taken)
            taken.add(name)
            found = trouble_of(entry.error) if entry.error else None
            yield Intake(name, False, entry.data, found)
    except DocumentError as error:
        yield Intake(item.path, item.named, trouble=trouble_of(error))
        return
    if not taken:
        yield Intake(item.path, item.named, trouble=trouble("empty"))
