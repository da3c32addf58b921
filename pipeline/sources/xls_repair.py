"""The records of an XLS file whose end is missing."""

from __future__ import annotations

import struct

from pipeline.sources.compound import BOOK_START, first_sector_of

_EOF = b"\x0a\x00\x00\x00"
_WHOLE = 2
_LONGEST = 8224
"""Bytes that one record may have (MS-XLS 2.1.4)."""


def recovered_stream(data: bytes) -> bytes | None:
    """The workbook's records up to the cut, ended; None where none begin there."""
    start = first_sector_of(data, BOOK_START)
    if start is None:
        return None
    # Writers put the workbook's records in sectors one after the other.
    stream = data[start:]
    at = count = 0
    while at + 4 <= len(stream):
        (length,) = struct.unpack_from("<H", stream, at + 2)
        if length > _LONGEST or at + 4 + length > len(stream):
            break
        at += 4 + length
        count += 1
    return stream[:at] + _EOF if count >= _WHOLE else None
