"""ZIP archives as folders of documents, read in memory, never unpacked to disk."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.errors import DocumentError
from pipeline.sources.limits import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_ENTRIES,
    MAX_EXPANDED,
    MAX_RATIO,
    RATIO_FREE,
)
from pipeline.sources.ooxml import ZIP_FAILURES
from pipeline.sources.sniff import Kind, sniff

_CHUNK = 256 * 1024
_MAX_NAME = 1_000
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
# Left behind by systems and open editors; nobody packed them on purpose.
_LITTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|\._|~\$|Thumbs\.db$|desktop\.ini$)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A member: its name inside the container and its bytes, or why there are none."""

    name: str
    data: bytes = b""
    error: DocumentError | None = None


@dataclass(slots=True)
class _Budget:
    """What a container, its nested ones included, may still use."""

    entries: int = MAX_ENTRIES
    expanded: int = MAX_EXPANDED
    spent: bool = field(default=False)


def is_container(data: bytes) -> bool:
    """Whether the bytes are a ZIP that is no office file (Word, Excel, OFD …)."""
    return sniff(data) is Kind.ZIP


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every member that can be read, in archive order.

    Members of nested archives are called ``inner.zip!/name``. After the readable
    members the first DocumentError that one of them caused is raised; use
    ``entries`` to see each of them in its place.
    """
    first: DocumentError | None = None
    for entry in entries(data):
        if entry.error is None:
            yield entry.name, entry.data
        else:
            first = first or entry.error
    if first is not None:
        raise first


def entries(data: bytes) -> Iterator[Entry]:
    """Every member in archive order, those that cannot be read with their error.

    A container that cannot be opened at all raises DocumentError ``corrupt``. A
    limit of the whole container ends the iteration with an entry that names it.
    """
    yield from _entries(data, prefix="", depth=1, budget=_Budget())


def _entries(
    data: bytes, *, prefix: str, depth: int, budget: _Budget
) -> Iterator[Entry]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_FAILURES as error:
        raise DocumentError("corrupt", "corrupt_zip") from error
    seen: set[str] = set()
    with archive:
        for info in archive.infolist():
            name = member_name(info)
            if info.is_dir() or _LITTER.search(name):
                continue
            if budget.spent:
                return
            yield from _entry(archive, info, prefix + name, depth, budget, seen)


def _entry(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    depth: int,
    budget: _Budget,
    seen: set[str],
) -> Iterator[Entry]:
    try:
        _check(info, name, budget, seen)
        data = _read(archive, info, budget)
        if not is_container(data):
            yield Entry(name, data)
            return
        if depth >= MAX_DEPTH:
            raise DocumentError("nested_too_deep")
        yield from _entries(data, prefix=name + "!/", depth=depth + 1, budget=budget)
    except DocumentError as error:
        yield Entry(name, error=error)


def _check(info: zipfile.ZipInfo, name: str, budget: _Budget, seen: set[str]) -> None:
    budget.entries -= 1
    if budget.entries < 0:
        budget.spent = True
        raise DocumentError("too_many_entries")
    if is_unsafe(info) or name in seen:
        raise DocumentError("unsafe_path")
    seen.add(name)
    if info.flag_bits & _ENCRYPTED_FLAG:
        raise DocumentError("encrypted", "encrypted_zip")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes:
    """The member's bytes, counted while reading: sizes in headers may lie."""
    chunks: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                budget.expanded -= len(chunk)
                if budget.expanded < 0:
                    budget.spent = True
                    raise DocumentError("expands_too_much")
                if size > RATIO_FREE and size > MAX_RATIO * max(1, info.compress_size):
                    raise DocumentError("expands_too_much")
                if size > MAX_BYTES:
                    raise DocumentError(
                        "too_large", "too_large_file", limit_mb=MAX_BYTES // 1024**2
                    )
                chunks.append(chunk)
    except ZIP_FAILURES as error:
        raise DocumentError("corrupt", "corrupt_zip") from error
    return b"".join(chunks)


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's name with ``/``; names without UTF-8 flag are UTF-8 or GB 18030."""
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        # zipfile decodes such names as cp437, which keeps every byte.
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def is_unsafe(info: zipfile.ZipInfo) -> bool:
    """Whether the member would lie outside the container, or is a link."""
    name = member_name(info)
    return (
        name.startswith("/")
        or re.match(r"[A-Za-z]:", name) is not None
        or ".." in name.split("/")
        or "\0" in info.orig_filename
        or len(name) > _MAX_NAME
        or stat.S_ISLNK(info.external_attr >> 16)
    )
