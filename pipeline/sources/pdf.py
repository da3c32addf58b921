"""PDF with a text layer: pdfminer's glyphs and lines, our own ruling grid."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from pdfminer.layout import LTPage
from pdfminer.pdfdocument import (
    PDFDocument,
    PDFEncryptionError,
    PDFPasswordIncorrect,
)
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException
from pdfminer.utils import apply_matrix_rect

from pipeline.core.document import Document, UnreadPage
from pipeline.errors import DocumentError
from pipeline.sources import pace
from pipeline.sources.limits import MAX_PAGES
from pipeline.sources.pdf_clip import ClippingDevice, ClippingInterpreter
from pipeline.sources.pdf_page import UNKNOWN, PageContent, content
from pipeline.sources.pdf_table import PageBlocks, page_blocks
from pipeline.sources.pdfium import Pages
from pipeline.sources.scan.options import OcrOptions
from pipeline.sources.scan.session import ScanSession
from pipeline.sources.stitch import stitch

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/pdf"

PDF_FAILURES: tuple[type[Exception], ...] = (
    PSException,  # pdfminer's own, syntax errors among them
    ArithmeticError,  # numbers that overflow, matrices without inverse
    AssertionError,
    AttributeError,  # a dictionary where an object is expected
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,  # page trees and arrays nested a thousand deep
    RuntimeError,  # StopIteration inside pdfminer's generators
    struct.error,
    TypeError,  # None or a reference in place of a number
    ValueError,
    zlib.error,
)
"""What pdfminer raises on damaged files: it checks little and lets the bare
exceptions of the interpreter through. Only its own calls stand under them."""

SCAN_SHARE = 0.5
"""Share of the page under images from which on a page is taken for a scan …"""

SCAN_GLYPHS = 30
"""… if it has no more text than a page number or a stamp."""

DRAWN_SHAPES = 300
"""A page without text but so many shapes has its characters drawn as outlines."""

UNKNOWN_SHARE = 0.5
"""Share of characters without Unicode value that makes a page unreadable."""


def read(data: bytes, name: str = "", *, ocr: OcrOptions | None = None) -> Document:
    """A Document with boxes; tables over several pages are whole.

    Raises DocumentError ``corrupt``, ``encrypted``, and ``needs_ocr`` where no
    page has a text layer and ``ocr`` is off; ``empty`` where all pages are blank.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages: list[PageBlocks] = []
    unread: list[UnreadPage] = []
    count = 0
    with ScanSession(ocr or OcrOptions(), name, data) as scans:
        for count, (found, reason) in enumerate(_pages(data), start=1):
            if reason == "needs_ocr":
                found, reason = scans.pdf_page(count, found)
            if found is not None:
                pages.append(page_blocks(found, page=count))
            if reason is not None:
                unread.append(UnreadPage(count, reason))
        blocks = scans.placed(stitch(pages))
    if not blocks:
        raise _nothing(unread, count, pictures=bool(scans.pages))
    return Document(
        media_type=MEDIA_TYPE,
        blocks=blocks,
        page_count=count,
        read_by=scans.read_by(len(pages)),
        unread=tuple(unread),
        ocr=scans.engine_name,
        ocr_pages=scans.pages,
    )


def _nothing(unread: list[UnreadPage], count: int, *, pictures: bool) -> DocumentError:
    for reason in ("needs_ocr", "ocr_failed", "too_many_pixels"):
        if any(page.reason == reason for page in unread):
            return DocumentError(reason)
    if unread or not count:
        return DocumentError("corrupt", "corrupt_pdf")
    return DocumentError("no_form" if pictures else "empty")


def _pages(data: bytes) -> Iterator[tuple[PageContent | None, str | None]]:
    """Per page its content, a reason why it was not read, or both."""
    with _SecondReader(data) as second:
        number = 0
        for number, (found, reason) in enumerate(_first_pages(data, second), start=1):
            if number > MAX_PAGES:
                yield None, "too_many_pages"
                return
            if found is None or _is_garbled(found):
                mended = second.content(number)
                # Fonts without names of characters: the other reader may know more.
                if mended is not None and (found is None or not _is_garbled(mended)):
                    found, reason = mended, None
            if found is not None and reason is None and _is_scan(found):
                reason = "needs_ocr"
            yield found, reason


def _first_pages(
    data: bytes, second: _SecondReader
) -> Iterator[tuple[PageContent | None, str | None]]:
    """Pages by pdfminer; None with a reason for those that it cannot read."""
    try:
        document = _open(data)
        manager = PDFResourceManager()
        tree = PDFPage.create_pages(document)
        with _corrupt():
            page = next(tree, None)
    except DocumentError as error:
        if not second.count():
            raise
        yield from ((None, error.reason) for _ in range(second.count()))
        return
    number = 0
    while page is not None:
        number += 1
        pace.begins(pace.Step.PAGE)
        try:
            yield _content(manager, page), None
        except DocumentError as error:
            yield None, error.reason
        try:
            with _corrupt():
                page = next(tree, None)
        except DocumentError:
            # The page tree is broken from here on.
            rest = max(1, second.count() - number)
            yield from ((None, "corrupt") for _ in range(rest))
            return


class _SecondReader:
    """PDFium, opened when it is first needed."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pages: Pages | None = None
        self._tried = False

    def __enter__(self) -> _SecondReader:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pages is not None:
            self._pages.close()

    def count(self) -> int:
        """How many pages it sees; 0 where it cannot open the file."""
        pages = self._open()
        return len(pages) if pages is not None else 0

    def content(self, number: int) -> PageContent | None:
        """A page counted from 1, None where it cannot read it either."""
        pages = self._open()
        if pages is None or number > len(pages):
            return None
        try:
            return pages.content(number - 1)
        except DocumentError:
            return None

    def _open(self) -> Pages | None:
        if not self._tried:
            self._tried = True
            try:
                self._pages = Pages(self._data)
            except DocumentError as error:
                log.debug("PDFium cannot open the file either: %s", error.reason)
        return self._pages


def _open(data: bytes) -> PDFDocument:
    """The document; one that only restricts printing opens without password."""
    try:
        with _corrupt():
            return PDFDocument(PDFParser(io.BytesIO(data)), password="")
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise DocumentError("encrypted", "encrypted_pdf") from error


def _content(manager: PDFResourceManager, page: PDFPage) -> PageContent:
    # A new device for each page: one that failed keeps the state of the failure.
    device = ClippingDevice(manager, laparams=None)
    with _corrupt():
        ClippingInterpreter(manager, device).process_page(page)
        layout = device.get_result()
        crop = _crop(page, layout)
    return content(layout, crop)


def _crop(page: PDFPage, layout: LTPage) -> tuple[float, float, float, float]:
    """The displayed part of the page in the device's coordinates."""
    x0, y0, x1, y1 = page.mediabox
    matrix = {
        90: (0.0, -1.0, 1.0, 0.0, -y0, x1),
        180: (-1.0, 0.0, 0.0, -1.0, x1, y1),
        270: (0.0, 1.0, -1.0, 0.0, y1, -x0),
    }.get(page.rotate, (1.0, 0.0, 0.0, 1.0, -x0, -y0))
    crop = apply_matrix_rect(matrix, page.cropbox)
    left, bottom = max(crop[0], 0.0), max(crop[1], 0.0)
    right, top = min(crop[2], layout.width), min(crop[3], layout.height)
    if right - left < 1 or top - bottom < 1:
        return 0.0, 0.0, layout.width, layout.height
    return left, bottom, right, top


def _is_scan(page: PageContent) -> bool:
    inked = [glyph for glyph in page.glyphs if not glyph.text.isspace()]
    if not inked:
        return page.images > 0 or page.shapes > DRAWN_SHAPES
    if _is_garbled(page):
        return True
    return page.images >= SCAN_SHARE and len(inked) <= SCAN_GLYPHS


def _is_garbled(page: PageContent) -> bool:
    """Whether most characters have no Unicode value."""
    inked = [glyph for glyph in page.glyphs if not glyph.text.isspace()]
    unknown = sum(glyph.text == UNKNOWN for glyph in inked)
    return unknown > UNKNOWN_SHARE * len(inked)


@contextmanager
def _corrupt() -> Iterator[None]:
    """Turn what a third party raises into ``corrupt``; encryption passes."""
    try:
        yield
    except PDFEncryptionError:
        raise
    except PDF_FAILURES as error:
        raise DocumentError("corrupt", "corrupt_pdf") from error
