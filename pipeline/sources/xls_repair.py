"""The records of an XLS file whose end is missing."""

from __future__ import annotations

import struct

_HEADER = 512
"""Bytes before the first sector of a compound file; writers put the workbook's
records there, one after the other."""

_BOF = (0x0809, 0x0409, 0x0209, 0x0009)
_EOF = b"\x0a\x00\x00\x00"
_WHOLE = 2
_LONGEST = 8224
"""Bytes that one record may have (MS-XLS 2.1.4)."""


def recovered_stream(data: bytes) -> bytes | None:
    """The workbook's records up to the cut, ended; None where none begin there."""
    stream = data[_HEADER:]
    at = count = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if count == 0 and kind not in _BOF:
            return None
        if length > _LONGEST or at + 4 + length > len(stream):
            break
        at += 4 + length
        count += 1
    return stream[:at] + _EOF if count >= _WHOLE else None
