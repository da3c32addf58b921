"""What a file is, by its content; the name decides between kinds of text only."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from pipeline.sources import compound, encoding
from pipeline.sources.ooxml import ZIP_FAILURES


class Kind(StrEnum):
    """A kind of file. Those after ZIP are known, but cannot be read."""

    EMPTY = "empty"
    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    ZIP = "zip"
    SEVEN_ZIP = "7z"
    TAR = "tar"
    COMPRESSED = "compressed"
    MAIL = "mail"
    MHTML = "mhtml"
    ENCRYPTED_OFFICE = "encrypted_office"
    OLD_WORD = "doc"
    OLD_EXCEL = "xls"
    WORKS = "works"
    RTF = "rtf"
    ODT = "odt"
    ODS = "ods"
    FLAT_ODT = "fodt"
    FLAT_ODS = "fods"
    XLSB = "xlsb"
    WORD_2003 = "word2003"
    EXCEL_2003 = "excel2003"
    FLAT_DOCX = "flat_docx"
    OFFICE = "office"
    CUT_OFFICE = "cut_office"
    OFD = "ofd"
    IMAGE = "image"
    RAR = "rar"
    BINARY = "binary"


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind.PDF),
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF87a", Kind.IMAGE),
    (b"GIF89a", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"\x00\x00\x00\x0cjP  ", Kind.IMAGE),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (b"\x1f\x8b\x08", Kind.COMPRESSED),
    (b"BZh", Kind.COMPRESSED),
    (b"\xfd7zXZ\x00", Kind.COMPRESSED),
    # Worksheets of Excel 2 to 4 begin with the record of that name, uncompounded.
    (b"\x09\x00\x04\x00", Kind.OLD_EXCEL),
    (b"\x09\x02\x06\x00", Kind.OLD_EXCEL),
    (b"\x09\x04\x06\x00", Kind.OLD_EXCEL),
    (b"\x09\x08\x08\x00", Kind.OLD_EXCEL),
    (b"\x09\x08\x10\x00", Kind.OLD_EXCEL),
    (b"MZ", Kind.BINARY),
    (b"\x7fELF", Kind.BINARY),
)
_PDF_JUNK = 1024
"""Readers accept that many bytes before the header of a PDF, and so do we."""

_TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".tsv", ".csv", ".text")
# A page begins with markup; "<p>" at the start of a dump's first cell does not.
_HTML_START = re.compile(
    r"\s*(<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta|title|div|style|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TABLE = re.compile(
    r"<table\b[^<>]*>(?:(?!</table).){0,1000}?<tr\b", re.IGNORECASE | re.DOTALL
)
_XML = r"\s*(?:<\?xml[^>]*>)?\s*(?:<!--.*?-->\s*|<\?[^>]*>\s*)*"
_OFFICE_XML = tuple(
    (re.compile(_XML + root, re.DOTALL), kind)
    for root, kind in (
        (r"<(\w+:)?wordDocument\b", Kind.WORD_2003),
        (r"<(\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com", Kind.EXCEL_2003),
        (r"<(\w+:)?package\b[^>]*2006/xmlPackage", Kind.FLAT_DOCX),
        (r"<office:document\b[^>]*opendocument\.text", Kind.FLAT_ODT),
        (r"<office:document\b[^>]*opendocument\.spreadsheet", Kind.FLAT_ODS),
        (r"<(\w+:)?UOF\b", Kind.OFFICE),
    )
)
# The header of a mail: lines that begin with a name in ASCII, or go on indented.
_MAIL_HEADER = re.compile(
    r"\s*(?:From [^\r\n]*\r?\n)?"
    r"(?:(?:Received|Return-Path|From|To|Cc|Date|Subject|MIME-Version|Message-ID"
    r"|Content-[A-Za-z-]+|Sender|Reply-To|Delivered-To|DKIM-Signature|X-[\w-]+"
    r"|[A-Z][A-Za-z-]{2,40}):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|\Z)){2,}",
    re.IGNORECASE,
)
_MAIL_SURE = re.compile(r"^(MIME-Version|Message-ID|Received):", re.I | re.M)
_SENT = re.compile(r"^(To|Cc|Received|Return-Path|Message-ID):", re.I | re.M)
_SAVED_PAGE = re.compile(
    r"^(Snapshot-Content-Location:|Content-Type:\s*(multipart/related|text/html))",
    re.I | re.M,
)
SAMPLE = 64 * 1024
"""Bytes at the start of a text that its kind is told by."""


def sniff(data: bytes, name: str = "") -> Kind:
    """The kind of a file; ``name`` only separates a page from a text dump."""
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        return Kind.EMPTY
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(compound.SIGNATURE):
        return _ole_kind(data)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return Kind.IMAGE
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.IMAGE
    if data[257:262] == b"ustar":
        return Kind.TAR
    if re.search(rb"%PDF-\d\.\d", data[:_PDF_JUNK]):
        return Kind.PDF
    return _text_kind(data, name)


def _zip_kind(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            office = _office_kind(names)
            if office is None and "mimetype" in names:
                return _open_document_kind(archive.read("mimetype")[:100])
    except ZIP_FAILURES:
        # Cut files have lost their directory, but names stand before each member.
        found = re.findall(
            rb"PK\x03\x04.{26}([!-~]{1,80}?)(?=\x00|<|PK|[^!-~])", data, re.DOTALL
        )
        names = ["[Content_Types].xml", *(n.decode("ascii") for n in found[:200])]
        office = _office_kind(names)
    return office or Kind.ZIP


def _open_document_kind(media_type: bytes) -> Kind:
    for word, kind in ((b".text", Kind.ODT), (b".spreadsheet", Kind.ODS)):
        if word in media_type:
            return kind
    return Kind.OFFICE  # EPUB says its type so too, and holds no form.


def _office_kind(names: list[str]) -> Kind | None:
    lowered = [name.lower() for name in names]
    if any(n == "ofd.xml" for n in lowered):
        return Kind.OFD
    if not any(n.startswith("[content_types].xml") for n in lowered):
        return None
    for folder, kind in (
        ("xl/workbook.bin", Kind.XLSB),
        ("word/", Kind.DOCX),
        ("xl/", Kind.XLSX),
        ("ppt/", Kind.OFFICE),
        ("visio/", Kind.OFFICE),
    ):
        if any(n.startswith(folder) for n in lowered):
            return kind
    return None


_STREAMS = (
    ("EncryptedPackage", Kind.ENCRYPTED_OFFICE),
    ("WordDocument", Kind.OLD_WORD),
    ("Workbook", Kind.OLD_EXCEL),
    ("Book", Kind.OLD_EXCEL),
    ("PowerPoint Document", Kind.OFFICE),
    ("MatOST", Kind.WORKS),
)


def _ole_kind(data: bytes) -> Kind:
    found = [(s, kind) for s, kind in _STREAMS if compound.has_stream(data, s)]
    for stream, kind in found:
        # A document may hold others: a workbook, for one, in its text.
        if len(found) == 1 or compound.is_at_root(data, stream):
            return kind
    if found:
        return found[0][1]
    if not compound.is_cut(data):
        return Kind.OFFICE
    # The directory is gone; what the streams begin with may not be.
    for start, kind in (
        (compound.WORD_START, Kind.OLD_WORD),
        (compound.BOOK_START, Kind.OLD_EXCEL),
    ):
        if compound.first_sector_of(data, start) is not None:
            return kind
    return Kind.CUT_OFFICE


def _text_kind(data: bytes, name: str) -> Kind:
    text = encoding.decode(data[:SAMPLE])
    if text is None:
        return Kind.BINARY
    text = text.lstrip("\ufeff")
    if text.lstrip().startswith("{\\rtf"):
        return Kind.RTF
    if (header := _MAIL_HEADER.match(text)) and _MAIL_SURE.search(header.group()):
        saved = _SAVED_PAGE.search(header.group()) and not _SENT.search(header.group())
        return Kind.MHTML if saved else Kind.MAIL
    for pattern, kind in _OFFICE_XML:
        if pattern.match(text):
            return kind
    suffix = name.lower().endswith(_TEXT_SUFFIXES)
    start = _HTML_START.match(text)
    if start and not (suffix and start.group(2).lower() in ("div", "table")):
        return Kind.HTML
    if not suffix and _HTML_TABLE.search(text):
        return Kind.HTML
    if name.lower().endswith((".html", ".htm")) and re.search(r"</\w+>", text):
        return Kind.HTML
    return Kind.TEXT
