"""Formats that LibreOffice turns into DOCX or XLSX: DOC, WPS, RTF, ODT, ODS, XLSB."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, replace
from io import BytesIO

from pipeline.core.document import Document, UnreadPage
from pipeline.errors import DocumentError
from pipeline.sources import compound, doc_text, soffice
from pipeline.sources.ooxml import ZIP_FAILURES
from pipeline.sources.scan.options import OcrOptions
from pipeline.sources.sniff import Kind

# An escaped brace (or backslash) opens no group.
_BRACE = re.compile(rb"\\[{}\\]|[{}]")


@dataclass(frozen=True, slots=True)
class _Way:
    """How a kind is converted: what it is called on the way in and out."""

    suffix: str
    target: str
    media_type: str


WAYS = {
    Kind.OLD_WORD: _Way("doc", "docx", "application/msword"),
    Kind.WORKS: _Way("wps", "docx", "application/vnd.ms-works"),
    Kind.RTF: _Way("rtf", "docx", "application/rtf"),
    Kind.ODT: _Way("odt", "docx", "application/vnd.oasis.opendocument.text"),
    Kind.FLAT_ODT: _Way("fodt", "docx", "application/vnd.oasis.opendocument.text"),
    Kind.ODS: _Way("ods", "xlsx", "application/vnd.oasis.opendocument.spreadsheet"),
    Kind.FLAT_ODS: _Way(
        "fods", "xlsx", "application/vnd.oasis.opendocument.spreadsheet"
    ),
    Kind.XLSB: _Way(
        "xlsb", "xlsx", "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
    ),
}


def read(data: bytes, kind: Kind, name: str, ocr: OcrOptions) -> Document:
    """The Document of the converted file, with the media type of the original.

    Raises DocumentError ``encrypted``, ``converter_missing``, ``timeout``,
    ``corrupt``, and what the readers of DOCX and XLSX raise. Of a Word file that
    LibreOffice does not open the text is kept, without its tables.
    """
    if _is_encrypted(data, kind):
        raise DocumentError("encrypted", "encrypted_office")
    way = WAYS[kind]
    cut = _is_cut(data, kind)
    if cut and kind is Kind.RTF:
        data = _closed(data)
    (made,) = soffice.convert([data], suffix=way.suffix, target=way.target)
    if made is None:
        if kind is Kind.OLD_WORD:
            return _text_only(data, way, "truncated" if cut else "corrupt")
        raise DocumentError("corrupt", "corrupt_office")
    try:
        document = _read_made(made, way, name, ocr)
    except DocumentError as error:
        raise DocumentError("truncated") if cut else error from error
    unread = (UnreadPage(document.page_count, "truncated"),) if cut else ()
    return replace(
        document, media_type=way.media_type, unread=(*document.unread, *unread)
    )


def _read_made(made: bytes, way: _Way, name: str, ocr: OcrOptions) -> Document:
    from pipeline.sources import docx, pasted, xlsx

    word = way.target == "docx"
    return pasted.read(
        made,
        name,
        ocr,
        reader=docx.read if word else xlsx.read,
        pictures=pasted.in_docx if word else pasted.in_xlsx,
        kind=way.media_type,
    )


def _text_only(data: bytes, way: _Way, reason: str) -> Document:
    """What can be had of a Word file that LibreOffice does not open."""
    blocks = doc_text.paragraphs(data)
    if not blocks:
        raise DocumentError("corrupt", "corrupt_doc")
    return Document(
        media_type=way.media_type, blocks=blocks, unread=(UnreadPage(1, reason),)
    )


def _is_encrypted(data: bytes, kind: Kind) -> bool:
    if kind in (Kind.ODT, Kind.ODS):
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                return b"encryption-data" in archive.read("META-INF/manifest.xml")
        except (*ZIP_FAILURES, KeyError):
            return False
    return kind is Kind.OLD_WORD and doc_text.is_encrypted(data)


def _is_cut(data: bytes, kind: Kind) -> bool:
    if kind is Kind.RTF:
        return not data.rstrip(b"\0\r\n\t \x1a").endswith(b"}")
    return kind is Kind.OLD_WORD and compound.is_cut(data)


def _closed(rtf: bytes) -> bytes:
    """A cut RTF file with its open groups closed; LibreOffice wants them so."""
    depth = 0
    for match in _BRACE.finditer(rtf):
        depth += {b"{": 1, b"}": -1}.get(match.group(), 0)
    return rtf + b"\\cell\\row" + b"}" * max(0, depth)
