"""Which reader reads which kind of file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from pipeline.core.document import Document
from pipeline.errors import DocumentError
from pipeline.sources import encoding
from pipeline.sources.limits import MAX_BYTES
from pipeline.sources.scan.options import OcrOptions
from pipeline.sources.sniff import Kind, sniff

Worth = Callable[[str], bool]
"""Whether the text of a page deserves a full reading (a book has hundreds)."""

Reader = Callable[[bytes, str], Document]
PageReader = Callable[[bytes, str, OcrOptions], Document]

_TEXT_TYPES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
}


def read(
    data: bytes,
    name: str = "",
    *,
    ocr: OcrOptions | None = None,
    worth: Worth | None = None,
) -> Document:
    """Read one file; ``name`` helps only to tell a text dump from a page.

    ``ocr`` says how pictures are read; ``worth`` lets the pages of a long PDF that
    it refuses pass as bare text.

    Raises DocumentError with reason ``empty``, ``corrupt``, ``encrypted``,
    ``unsupported``, ``needs_ocr``, ``too_large``, ``too_many_rows``,
    ``expands_too_much``, ``truncated``, ``converter_missing`` or ``timeout``. Pages
    that could not be read stand in ``Document.unread`` as long as others could.
    """
    if len(data) > MAX_BYTES:
        raise DocumentError(
            "too_large", "too_large_file", limit_mb=MAX_BYTES // 1024**2
        )
    kind = sniff(data, name)
    if kind in REFUSED:
        reason, code = REFUSED[kind]
        raise DocumentError(reason, code)
    if kind is Kind.PDF:
        return _read_pdf(data, name, ocr or OcrOptions(), worth)
    if kind in PAGE_READERS:
        return PAGE_READERS[kind](data, name, ocr or OcrOptions())
    return READERS[kind](data, name)


def _read_text(data: bytes, name: str) -> Document:
    from pipeline.sources.text import read as read_text

    decoded = encoding.decode(data)
    if decoded is None:
        raise DocumentError("corrupt", "corrupt_text")
    suffix = "." + name.lower().rpartition(".")[2]
    return read_text(decoded, media_type=_TEXT_TYPES.get(suffix, "text/plain"))


def _read_html(data: bytes, name: str, ocr: OcrOptions) -> Document:
    from pipeline.sources import html, pasted

    return pasted.read(
        data, name, ocr, reader=html.read, pictures=pasted.in_html, kind=html.MEDIA_TYPE
    )


def _read_docx(data: bytes, name: str, ocr: OcrOptions) -> Document:
    from pipeline.sources import docx, pasted

    return pasted.read(
        data, name, ocr, reader=docx.read, pictures=pasted.in_docx, kind=docx.MEDIA_TYPE
    )


def _read_xlsx(data: bytes, name: str, ocr: OcrOptions) -> Document:
    from pipeline.sources import pasted, xlsx

    return pasted.read(
        data, name, ocr, reader=xlsx.read, pictures=pasted.in_xlsx, kind=xlsx.MEDIA_TYPE
    )


def _read_mhtml(data: bytes, name: str, ocr: OcrOptions) -> Document:
    from pipeline.sources import mhtml, pasted

    return pasted.read(
        data,
        name,
        ocr,
        reader=mhtml.read,
        pictures=pasted.in_mhtml,
        kind=mhtml.MEDIA_TYPE,
    )


def _read_xls(data: bytes, name: str) -> Document:
    from pipeline.sources.xls import read as read_xls

    return read_xls(data)


def _read_converted(data: bytes, name: str, ocr: OcrOptions, *, kind: Kind) -> Document:
    from pipeline.sources.converted import read as read_converted

    return read_converted(data, kind, name, ocr)


def _read_pdf(data: bytes, name: str, ocr: OcrOptions, worth: Worth | None) -> Document:
    from pipeline.sources.pdf import read as read_pdf

    return read_pdf(data, name, ocr=ocr, worth=worth)


def _read_ofd(data: bytes, name: str, ocr: OcrOptions) -> Document:
    from pipeline.sources.ofd.read import read as read_ofd

    return read_ofd(data, name, ocr=ocr)


def _read_image(data: bytes, name: str, ocr: OcrOptions) -> Document:
    from pipeline.sources.scan.read import read as read_image

    return read_image(data, name, ocr=ocr)


def _read_word_2003(data: bytes, name: str) -> Document:
    from pipeline.sources.word_xml import read_2003

    return read_2003(data)


def _read_flat_docx(data: bytes, name: str) -> Document:
    from pipeline.sources.word_xml import read_flat

    return read_flat(data)


def _read_excel_2003(data: bytes, name: str) -> Document:
    from pipeline.sources.spreadsheet_xml import read as read_spreadsheet

    return read_spreadsheet(data)


CONVERTED = (
    Kind.OLD_WORD,
    Kind.WORKS,
    Kind.RTF,
    Kind.ODT,
    Kind.ODS,
    Kind.FLAT_ODT,
    Kind.FLAT_ODS,
    Kind.XLSB,
)
"""Kinds that LibreOffice turns into DOCX or XLSX."""

READERS: Mapping[Kind, Reader] = {
    Kind.TEXT: _read_text,
    Kind.OLD_EXCEL: _read_xls,
    Kind.WORD_2003: _read_word_2003,
    Kind.FLAT_DOCX: _read_flat_docx,
    Kind.EXCEL_2003: _read_excel_2003,
}

PAGE_READERS: Mapping[Kind, PageReader] = {
    Kind.IMAGE: _read_image,
    Kind.OFD: _read_ofd,
    Kind.HTML: _read_html,
    Kind.DOCX: _read_docx,
    Kind.XLSX: _read_xlsx,
    Kind.MHTML: _read_mhtml,
    **{kind: partial(_read_converted, kind=kind) for kind in CONVERTED},
}
"""Readers of documents that may hold pictures of pages."""

REFUSED: Mapping[Kind, tuple[str, str]] = {
    Kind.EMPTY: ("empty", "empty"),
    Kind.ENCRYPTED_OFFICE: ("encrypted", "encrypted_office"),
    Kind.OFFICE: ("unsupported", "unsupported_office"),
    Kind.CUT_OFFICE: ("truncated", "truncated"),
    Kind.ZIP: ("unsupported", "unsupported_container"),
    Kind.SEVEN_ZIP: ("unsupported", "unsupported_container"),
    Kind.TAR: ("unsupported", "unsupported_container"),
    Kind.COMPRESSED: ("unsupported", "unsupported_container"),
    Kind.MAIL: ("unsupported", "unsupported_container"),
    Kind.RAR: ("unsupported", "unsupported_rar"),
    Kind.BINARY: ("unsupported", "unsupported_binary"),
}
"""Kinds that no reader reads: reason of the closed set, code of the message."""
