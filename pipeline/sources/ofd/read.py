"""OFD → Document, through the grid of text PDF."""

from __future__ import annotations

import logging

from pipeline.core.document import Document, UnreadPage
from pipeline.errors import DocumentError
from pipeline.sources.ofd.fonts import Fonts
from pipeline.sources.ofd.package import Leaf, leaves, opened
from pipeline.sources.ofd.page import Drawn, drawn
from pipeline.sources.ofd.scanned import picture_of
from pipeline.sources.ooxml import Package
from pipeline.sources.pdf_page import PageContent
from pipeline.sources.pdf_pages import is_scan
from pipeline.sources.pdf_table import PageBlocks, page_blocks
from pipeline.sources.scan.options import OcrOptions
from pipeline.sources.scan.session import ScanSession
from pipeline.sources.stitch import stitch

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/ofd"


def read(data: bytes, name: str = "", *, ocr: OcrOptions | None = None) -> Document:
    """A Document with boxes in points; tables over several pages are whole.

    Raises DocumentError ``corrupt``, ``truncated``, ``encrypted``, ``empty``, and
    ``needs_ocr`` where no page has text and ``ocr`` is off. Pages that could not be
    read stand in ``unread``.
    """
    package = opened(data)
    fonts = Fonts(package)
    pages: list[PageBlocks] = []
    unread: list[UnreadPage] = []
    count = 0
    with ScanSession(ocr or OcrOptions(), name) as scans:
        for count, leaf in enumerate(leaves(package), start=1):
            found, reason = _content(package, leaf, fonts, scans, count)
            if found is not None:
                pages.append(page_blocks(found, page=count))
            if reason is not None:
                unread.append(UnreadPage(count, reason))
        blocks = scans.placed(stitch(pages))
    if package.cut and not any(page.reason == "truncated" for page in unread):
        unread.append(UnreadPage(max(count, 1), "truncated"))
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


def _content(
    package: Package, leaf: Leaf | str, fonts: Fonts, scans: ScanSession, number: int
) -> tuple[PageContent | None, str | None]:
    """A page, a reason why it was not (wholly) read, or both."""
    if isinstance(leaf, str):
        return None, leaf
    page = drawn(leaf, fonts)
    if not is_scan(page.content):
        return page.content, None
    if not scans.options.enabled:
        return page.content, "needs_ocr"
    return _recognised(package, page, scans, number)


def _recognised(
    package: Package, page: Drawn, scans: ScanSession, number: int
) -> tuple[PageContent | None, str | None]:
    try:
        picture = picture_of(package, page)
        if picture is None:
            return page.content, "needs_ocr"
        return scans.recognised(number, picture), None
    except DocumentError as error:
        log.info("page %s not recognised: %s", number, error.reason)
        return page.content, error.reason


def _nothing(unread: list[UnreadPage], count: int, *, pictures: bool) -> DocumentError:
    reasons = [page.reason for page in unread]
    for reason in ("needs_ocr", "ocr_failed", "too_many_pixels", "truncated"):
        if reason in reasons:
            return DocumentError(reason)
    if reasons or not count:
        return DocumentError("corrupt", "corrupt_ofd")
    return DocumentError("no_form" if pictures else "empty")
