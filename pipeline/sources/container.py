"""Archives and mails as folders of documents, in memory, never unpacked to disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.errors import DocumentError
from pipeline.sources.archives import ARCHIVES, Member
from pipeline.sources.limits import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_ENTRIES,
    MAX_EXPANDED,
    MAX_RATIO,
    RATIO_FREE,
)
from pipeline.sources.mail import mail_members
from pipeline.sources.sniff import SAMPLE, Kind, sniff

_MAX_NAME = 1_000
# Left behind by systems and open editors; nobody packed them on purpose.
_LITTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|\._|~\$|Thumbs\.db$|desktop\.ini$)")

_FIRST_BYTES = (b"PK", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_MAIL_LINE = re.compile(rb"^(?:MIME-Version|Message-ID|Received):", re.I | re.M)

CONTAINERS = {**ARCHIVES, Kind.MAIL: mail_members}
"""How the members of each kind of container are listed."""

_SALVAGED = frozenset([Kind.DOCX, Kind.XLSX, Kind.OFD, Kind.ZIP])
"""Kinds whose readers keep what is there of a file that is cut, and say so."""


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


def may_be_container(data: bytes) -> bool:
    """Whether it looks like one from outside: by its first bytes, without reading it.

    Office files in ZIP do as well.
    """
    if data.startswith(_FIRST_BYTES) or data[257:262] == b"ustar":
        return True
    return _MAIL_LINE.search(data, 0, SAMPLE) is not None


def is_container(data: bytes) -> bool:
    """Whether the bytes are an archive or a mail, and no office file in ZIP."""
    return sniff(data) in CONTAINERS


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


def entries(data: bytes, name: str = "") -> Iterator[Entry]:
    """Every member in archive order, those that cannot be read with their error.

    ``name`` is that of the container, for a member that has none (gz). A container
    that cannot be opened at all raises DocumentError ``corrupt``, ``truncated`` or
    ``encrypted``; one whose end is missing raises ``truncated`` after its members. A
    limit of the whole container ends the iteration with an entry that names it.
    """
    yield from _entries(data, name, prefix="", depth=1, budget=_Budget())


def _entries(
    data: bytes, name: str, *, prefix: str, depth: int, budget: _Budget
) -> Iterator[Entry]:
    seen: set[str] = set()
    for member in CONTAINERS[sniff(data)](data, name, budget.expanded):
        if _LITTER.search(member.name):
            continue
        if budget.spent:
            return
        yield from _entry(member, prefix, depth, budget, seen)


def _entry(
    member: Member, prefix: str, depth: int, budget: _Budget, seen: set[str]
) -> Iterator[Entry]:
    name = prefix + member.name
    try:
        _check(member, budget, seen)
        data = _read(member, budget)
        kind = sniff(data)
        if member.cut and kind not in _SALVAGED:
            raise DocumentError("truncated")
        if kind not in CONTAINERS:
            yield Entry(name, data)
            return
        if depth >= MAX_DEPTH:
            raise DocumentError("nested_too_deep")
        yield from _entries(
            data, member.name, prefix=name + "!/", depth=depth + 1, budget=budget
        )
    except DocumentError as error:
        yield Entry(name, error=error)


def _check(member: Member, budget: _Budget, seen: set[str]) -> None:
    budget.entries -= 1
    if budget.entries < 0:
        budget.spent = True
        raise DocumentError("too_many_entries")
    if member.unsafe or is_unsafe(member.name) or member.name in seen:
        raise DocumentError("unsafe_path")
    seen.add(member.name)
    if member.error is not None:
        raise member.error


def _read(member: Member, budget: _Budget) -> bytes:
    """The member's bytes, counted while reading: sizes in headers may lie."""
    chunks: list[bytes] = []
    size = 0
    for chunk in member.chunks():
        size += len(chunk)
        budget.expanded -= len(chunk)
        if budget.expanded < 0:
            budget.spent = True
            raise DocumentError("expands_too_much")
        packed = member.packed
        if packed and size > RATIO_FREE and size > MAX_RATIO * packed:
            raise DocumentError("expands_too_much")
        if size > MAX_BYTES:
            raise DocumentError(
                "too_large", "too_large_file", limit_mb=MAX_BYTES // 1024**2
            )
        chunks.append(chunk)
    return b"".join(chunks)


def is_unsafe(name: str) -> bool:
    """Whether the member would lie outside the container."""
    return (
        name.startswith("/")
        or re.match(r"[A-Za-z]:", name) is not None
        or ".." in name.split("/")
        or "\0" in name
        or len(name) > _MAX_NAME
    )
