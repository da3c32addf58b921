"""PDF: pages by two readers or by recognition, tables over several pages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from pipeline.core.document import Document, Paragraph, Table, UnreadPage
from pipeline.errors import DocumentError
from pipeline.sources import markup
from pipeline.sources.pdf_page import PageContent
from pipeline.sources.pdf_pages import HIDDEN_TEXT, pages_of
from pipeline.sources.pdf_table import PageBlocks, page_blocks
from pipeline.sources.scan.options import OcrOptions
from pipeline.sources.scan.session import ScanSession
from pipeline.sources.stitch import stitch

Block = Paragraph | Table

MEDIA_TYPE = "application/pdf"


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
        for count, (found, reason) in enumerate(pages_of(data, worth), start=1):
            if isinstance(found, str):
                blocks += [*stitch(run), *_bare(found, count)]
                run, texts = [], texts + 1
                continue
            content, reason = _read_page(scans, count, found, reason)
            if content is not None:
                run.append(page_blocks(content, page=count))
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


def _read_page(
    scans: ScanSession, page: int, content: PageContent | None, reason: str | None
) -> tuple[PageContent | None, str | None]:
    """A page with its recognised text where it has none that can be used."""
    if reason == "needs_ocr":
        return scans.pdf_page(page, content)
    if reason == HIDDEN_TEXT:
        # What cannot be recognised keeps the text that it came with.
        return scans.pdf_page(page, content)[0], None
    return content, reason


def _nothing(unread: list[UnreadPage], count: int, *, pictures: bool) -> DocumentError:
    for reason in ("needs_ocr", "ocr_failed", "too_many_pixels"):
        if any(page.reason == reason for page in unread):
            return DocumentError(reason)
    if unread or not count:
        return DocumentError("corrupt", "corrupt_pdf")
    return DocumentError("no_form" if pictures else "empty")


def _bare(text: str, page: int) -> Iterator[Paragraph]:
    return (Paragraph(line, page) for line in markup.lines(text))
