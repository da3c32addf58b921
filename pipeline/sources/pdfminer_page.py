"""A page by pdfminer: glyphs and lines as displayed, its failures as ``corrupt``."""

from __future__ import annotations

import io
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

from pipeline.errors import DocumentError
from pipeline.sources.pdf_clip import ClippingDevice, ClippingInterpreter
from pipeline.sources.pdf_page import PageContent, content

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


def pages_in(data: bytes) -> Iterator[PDFPage]:
    """The pages in order.

    Raises DocumentError ``encrypted`` and ``corrupt``, also on the way, where the
    page tree is broken.
    """
    tree = PDFPage.create_pages(_open(data))
    while True:
        with _corrupt():
            page = next(tree, None)
        if page is None:
            return
        yield page


def _open(data: bytes) -> PDFDocument:
    """The document; one that only restricts printing opens without password."""
    try:
        with _corrupt():
            return PDFDocument(PDFParser(io.BytesIO(data)), password="")
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise DocumentError("encrypted", "encrypted_pdf") from error


def content_of(page: PDFPage, manager: PDFResourceManager) -> PageContent:
    """What stands on a page. Raises DocumentError ``corrupt``."""
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


@contextmanager
def _corrupt() -> Iterator[None]:
    """Turn what a third party raises into ``corrupt``; encryption passes."""
    try:
        yield
    except PDFEncryptionError:
        raise
    except PDF_FAILURES as error:
        raise DocumentError("corrupt", "corrupt_pdf") from error
