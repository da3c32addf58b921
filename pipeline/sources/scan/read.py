"""Picture files (PNG, JPG, TIFF …) → Document."""

from __future__ import annotations

from pipeline.core.document import Document, UnreadPage
from pipeline.errors import DocumentError
from pipeline.sources.pdf_table import PageBlocks, page_blocks
from pipeline.sources.scan import images
from pipeline.sources.scan.options import OcrOptions
from pipeline.sources.scan.session import ScanSession
from pipeline.sources.stitch import stitch


def read(data: bytes, name: str = "", *, ocr: OcrOptions) -> Document:
    """A Document of all pages of a picture; boxes are in its pixels as displayed.

    Raises DocumentError ``needs_ocr``, ``corrupt``, ``too_many_pixels``,
    ``ocr_failed``; ``no_form`` where no page holds text.
    """
    if not ocr.enabled:
        raise DocumentError("needs_ocr")
    pages: list[PageBlocks] = []
    unread: list[UnreadPage] = []
    count = 0
    with ScanSession(ocr, name) as scans:
        for count, page in enumerate(images.pages(data), start=1):
            if isinstance(page, str):
                unread.append(UnreadPage(count, page))
                continue
            try:
                content = scans.recognised(count, page)
            except DocumentError as error:
                unread.append(UnreadPage(count, error.reason))
                continue
            pages.append(page_blocks(content, page=count))
        blocks = scans.placed(stitch(pages))
    if not blocks:
        raise DocumentError(unread[0].reason if unread else "no_form")
    return Document(
        media_type=images.media_type(data),
        blocks=blocks,
        page_count=count,
        read_by="ocr",
        unread=tuple(unread),
        ocr=scans.engine_name,
        ocr_pages=scans.pages,
    )
