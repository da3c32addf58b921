"""Compound files (OLE), which hold the Office documents of before 2007.

MS-CFB: a header, then sectors; a table says which sectors belong together, and a
directory names the streams. Either may stand at the end and be lost in a cut.
"""

from __future__ import annotations

import io
import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

HEADER = 512

WORD_START = b"\xec\xa5"
"""What the stream WordDocument begins with (MS-DOC 2.5.1)."""

BOOK_START = b"\x09\x08"
"""What the stream Workbook begins with (MS-XLS 2.4.21)."""

DAMAGE = (AssertionError, LookupError, TypeError, ValueError, struct.error)
"""What xlrd raises on damaged compound files, beside its own."""

_SHIFT_AT, _TABLE_AT = 0x1E, 0x4C
_FREE, _UNUSED = 0xFFFFFFFA, 0xFFFFFFFF
_SHIFTS = (9, 12)


def has_stream(data: bytes, name: str) -> bool:
    """Whether the directory, which is in UTF-16, names a stream."""
    return (name + "\0").encode("utf-16-le") in data


def is_at_root(data: bytes, name: str) -> bool:
    """Whether a stream belongs to the document itself, not to one embedded in it."""
    from xlrd.compdoc import CompDoc, CompDocError

    try:
        directory = CompDoc(data, logfile=io.StringIO()).dirlist
        return any(directory[index].name == name for index in directory[0].children)
    except (*DAMAGE, CompDocError):
        return False


def first_sector_of(data: bytes, start: bytes) -> int | None:
    """Where the first sector stands that begins like a stream; None without one."""
    at = data.find(start, HEADER)
    while at >= 0 and at % HEADER:
        at = data.find(start, at + 1)
    return at if at >= 0 else None


def is_cut(data: bytes) -> bool:
    """Whether sectors that the compound file's own table counts are missing."""
    if len(data) < HEADER:
        return True
    shift = int.from_bytes(data[_SHIFT_AT : _SHIFT_AT + 2], "little")
    if shift not in _SHIFTS:
        return False
    size = 1 << shift
    needed = 0
    for number, sector in enumerate(struct.unpack_from("<109I", data, _TABLE_AT)):
        if sector >= _FREE:
            break
        at = (sector + 1) * size
        entries = data[at : at + size]
        if len(entries) < size:
            return True
        table = struct.unpack(f"<{size // 4}I", entries)
        used = [index for index, entry in enumerate(table) if entry != _UNUSED]
        if used:
            needed = number * (size // 4) + used[-1] + 1
    # The last sector need not be filled up.
    return len(data) <= needed * size
