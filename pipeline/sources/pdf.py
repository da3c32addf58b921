"""PDF with a text layer: pdfminer's glyphs and lines, our own ruling grid."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Callable, Iterator
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

from pipeline.core.document import Document, Paragraph, Table, UnreadPage
from pipeline.errors import DocumentError
from pipeline.sources import markup, pace
from pipeline.sources.limits import MAX_PAGES
from pipeline.sources.pdf_clip import ClippingDevice, ClippingInterpreter
from pipeline.sources.pdf_page import UNKNOWN, PageContent, content
from pipeline.sources.pdf_table import PageBlocks, page_blocks
from pipeline.sources.pdfium import Pages
from pipeline.sources.scan.options import OcrOptions
from pipeline.sources.scan.session import ScanSession
from pipeline.sources.stitch import stitch

log = logging.getLogger(__name__)

Block = Paragraph | Table

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

LONG = 40
"""Pages from which on a file is a book that is looked through first."""

BEFORE, AFTER = 1, 2
"""Pages before and after one with a form's labels that are read in full too: a
title on the page before, a long goal without any label on those after it."""

UNKNOWN_SHARE = 0.5
"""Share of characters without Unicode value that makes a page unreadable."""


def read(
    data: bytes,
    name: str = "",
    *,
    ocr: OcrOptions | None = None,
    worth: Callable[[str], bool] | None = None,
) -> Document:
    """A Document with boxes; tables over several pages are whole.

    In a file of more than LONG pages those that ``worth`` refuses, and no page
    near them, are bare text: a paragraph per line, without boxes.

    Raises DocumentError ``corrupt``, ``encrypted``, and ``needs_ocr`` where no
    page has a text layer and ``ocr`` is off; ``empty`` where all pages are blank.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    blocks: list[Block] = []
    run: list[PageBlocks] = []
    unread: list[UnreadPage] = []
    count = texts = 0
    with ScanSession(ocr or OcrOptions(), name, data) as scans:
        for count, (found, reason) in enumerate(_pages(data, worth), start=1):
            if isinstance(found, str):
                blocks += [*stitch(run), *_bare(found, count)]
                run, texts = [], texts + 1
                continue
            if reason == "needs_ocr":
                found, reason = scans.pdf_page(count, found)
            if found is not None:
                run.append(page_blocks(found, page=count))
                texts += 1
            if reason is not None:
                unread.append(UnreadPage(count, reason))
        placed = scans.placed([*blocks, *stitch(run)])
    if not placed:
        raise _nothing(unread, count, pictures=bool(scans.pages))
    return Document(
        media_type=MEDIA_TYPE,
        blocks=placed,
        page_count=count,
        read_by=scans.read_by(texts),
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


def _bare(text: str, page: int) -> Iterator[Paragraph]:
    return (Paragraph(line, page) for line in markup.lines(text))


def _pages(
    data: bytes, worth: Callable[[str], bool] | None
) -> Iterator[tuple[PageContent | str | None, str | None]]:
    """Per page its content (or bare text), a reason why it was not read, or both."""
    with _SecondReader(data) as second:
        passed = _passed_over(second, worth) if worth else {}
        pages = _first_pages(data, second, frozenset(passed))
        for number, (found, reason) in enumerate(pages, start=1):
            if number in passed and number <= MAX_PAGES:
                yield passed[number], None
                continue
            if number > MAX_PAGES:
                yield None, "too_many_pages"
                return
            if found is None or _is_garbled(found):
                mended = second.content(number)
                # Fonts without names of characters: the other reader may know more.
                if mended is not None and (found is None or not _is_garbled(mended)):
                    found, reason = mended, None
            if found is not None and reason is None and is_scan(found):
                reason = "needs_ocr"
            yield found, reason


def _passed_over(second: _SecondReader, worth: Callable[[str], bool]) -> dict[int, str]:
    """Pages of a long file far from any that is worth reading, with their text."""
    if second.count() <= LONG:
        return {}
    numbers = range(1, min(second.count(), MAX_PAGES) + 1)
    texts = {number: second.text(number) for number in numbers}
    kept = {n for n, text in texts.items() if worth(text)}
    near = {n + step for n in kept for step in range(-BEFORE, AFTER + 1)}
    return {n: text for n, text in texts.items() if n not in near}


def _first_pages(
    data: bytes, second: _SecondReader, passed: frozenset[int]
) -> Iterator[tuple[PageContent | None, str | None]]:
    """Pages by pdfminer; None with a reason for those that it cannot read.

    Pages that are passed over come as None without being looked at.
    """
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
            found = None if number in passed else _content(manager, page)
            yield found, None
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

    def text(self, number: int) -> str:
        """The bare text of a page counted from 1."""
        pages = self._open()
        return pages.text(number - 1) if pages is not None else ""

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


def is_scan(page: PageContent) -> bool:
    """Whether a page is a picture, or its text says nothing."""
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
