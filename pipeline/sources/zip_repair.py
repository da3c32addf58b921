"""The members of a ZIP file whose end, and with it the list of members, is lost.

Each member stands behind a header of its own (APPNOTE 4.3.7), so those before the
cut are whole and that at the cut is there in part.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.sources.limits import MAX_ENTRIES, MAX_EXPANDED, MAX_PART

_SIGNATURE = b"PK\x03\x04"
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_AFTER, UTF8_FLAG = 0x1, 0x8, 0x800


@dataclass(frozen=True, slots=True)
class Piece:
    """A member: its raw name, its bytes, and whether they are all of them."""

    name: bytes
    flags: int
    data: bytes
    whole: bool


def pieces(data: bytes) -> Iterator[Piece]:
    """Members in file order as far as they can be read; folders are left out."""
    at, total = data.find(_SIGNATURE), 0
    for _ in range(MAX_ENTRIES):
        if at < 0 or at + _HEADER.size > len(data):
            return
        header = _HEADER.unpack_from(data, at)
        flags, method, packed = header[2], header[3], header[7]
        name_length, extra_length = header[9], header[10]
        start = at + _HEADER.size + name_length + extra_length
        name = data[at + _HEADER.size : at + _HEADER.size + name_length]
        if start >= len(data) or flags & _ENCRYPTED:
            content, end, whole = None, start, False
        elif method == _DEFLATED:
            content, end, whole = _inflated(data, start)
        elif method == _STORED and not (flags & _SIZES_AFTER and not packed):
            content, end = data[start : start + packed], start + packed
            whole = end <= len(data)
        else:
            content, end, whole = None, start, False
        if content is not None and not name.endswith(b"/"):
            total += len(content)
            if total > MAX_EXPANDED:
                return
            yield Piece(name, flags, content, whole)
        at = data.find(_SIGNATURE, end)


def _inflated(data: bytes, start: int) -> tuple[bytes | None, int, bool]:
    """What a deflated stream gives, where it ends, and whether it did end."""
    machine = zlib.decompressobj(-15)
    try:
        content = machine.decompress(data[start:], MAX_PART)
    except zlib.error:
        return _until_damage(data, start), start, False
    end = len(data) - len(machine.unused_data) - len(machine.unconsumed_tail)
    return content, end, machine.eof


def _until_damage(data: bytes, start: int) -> bytes | None:
    """The bytes before the damage, which zlib gives in small portions only."""
    machine = zlib.decompressobj(-15)
    found = bytearray()
    step = 256
    for at in range(start, len(data), step):
        try:
            found += machine.decompress(data[at : at + step], MAX_PART)
        except zlib.error:
            break
        if len(found) > MAX_PART:
            break
    return bytes(found) or None
