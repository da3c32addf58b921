"""What an old Word file says about itself, and its bare text when it is cut.

MS-DOC 2.5: the stream WordDocument begins with a block that holds the flags and
the place of the text. Writers put that stream first in the file.
"""

from __future__ import annotations

import io
import struct

from xlrd.compdoc import CompDoc, CompDocError

from pipeline.core.document import Paragraph
from pipeline.sources import markup
from pipeline.sources.compound import DAMAGE, WORD_START, first_sector_of

_FLAGS_AT, _ENCRYPTED = 0x0A, 0x0100
_TEXT_AT, _LENGTH_AT = 0x18, 0x4C

# Marks of cells, fields and objects; 7 ends a cell, 13 a paragraph.
_ENDS = str.maketrans(dict.fromkeys("\x07\r\x0b\x0c\x0e", "\n"))
_PLAUSIBLE = 0.6
"""Share of readable characters from which on the bytes are text."""


def is_encrypted(data: bytes) -> bool:
    """Whether the document opens with a password only."""
    start = _stream(data)
    if not start.startswith(WORD_START) or len(start) < _FLAGS_AT + 2:
        return False
    (flags,) = struct.unpack_from("<H", start, _FLAGS_AT)
    return bool(flags & _ENCRYPTED)


def _stream(data: bytes) -> bytes:
    """The stream WordDocument; where the file is cut what follows its beginning."""
    try:
        found = CompDoc(data, logfile=io.StringIO()).get_named_stream("WordDocument")
    except (*DAMAGE, CompDocError):
        found = None
    if found is not None:
        return bytes(found)
    at = first_sector_of(data, WORD_START)
    return b"" if at is None else data[at:]


def paragraphs(data: bytes) -> tuple[Paragraph, ...]:
    """The lines of text that are still there; tables are lost, their texts are not."""
    stream = _stream(data)
    if not stream.startswith(WORD_START) or len(stream) < _LENGTH_AT + 4:
        return ()
    (at,) = struct.unpack_from("<I", stream, _TEXT_AT)
    (length,) = struct.unpack_from("<i", stream, _LENGTH_AT)
    if at >= len(stream) or length <= 0:
        return ()
    wide = stream[at : at + 2 * length].decode("utf-16-le", "replace")
    narrow = stream[at : at + length].decode("gb18030", "replace")
    text = max(wide, narrow, key=_share)
    if _share(text) < _PLAUSIBLE:
        return ()
    return tuple(Paragraph(line) for line in markup.lines(text.translate(_ENDS)))


def _share(text: str) -> float:
    sample = text[:4000]
    good = sum(
        "\u4e00" <= c <= "\u9fff" or " " <= c <= "~" or c in "，。；：、（）≥≤％\r\x07"
        for c in sample
    )
    return good / max(1, len(sample))
