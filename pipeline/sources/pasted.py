"""Documents that hold nothing but pictures of pages, pasted one after another.

Offices scan a signed form and paste it into Word, a sheet or a page. Such a
document is read as the pictures are; one with text of its own is not.
"""

from __future__ import annotations

import base64
import binascii
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree

from pipeline.core.document import Document, Paragraph, Table, UnreadPage
from pipeline.errors import DocumentError
from pipeline.sources import mail
from pipeline.sources.docx_text import attribute
from pipeline.sources.limits import MAX_SCANNED_PAGES
from pipeline.sources.ooxml import Package, local
from pipeline.sources.pdf_table import PageBlocks, page_blocks
from pipeline.sources.scan import images
from pipeline.sources.scan.options import OcrOptions
from pipeline.sources.scan.session import ScanSession
from pipeline.sources.stitch import stitch

log = logging.getLogger(__name__)

BARE = 60
"""Characters up to which a document has no text of its own: a heading, a page
number, 附件."""

SMALL = (300, 500)
"""Pixels of the shorter and the longer side below which a picture is no page: a
seal, a signature, a logo."""

_DATA_URI = re.compile(rb"data:image/[\w.+-]{1,20};base64,([A-Za-z0-9+/=\s]+)")

Pictures = Callable[[bytes], Iterator[bytes]]


def read(
    data: bytes,
    name: str,
    ocr: OcrOptions,
    *,
    reader: Callable[[bytes], Document],
    pictures: Pictures,
    kind: str,
) -> Document:
    """What ``reader`` makes of it; of a bare document what its pictures hold.

    ``kind`` is its media type. Raises what ``reader`` raises, and ``needs_ocr`` where there are only pictures
    and ``ocr`` is off.
    """
    document: Document | None = None
    try:
        document = reader(data)
    except DocumentError as error:
        if error.reason != "empty":
            raise
        failure = error
    if document is not None and not is_bare(document):
        return document
    pages = _pages(pictures(data))
    if not pages:
        if document is None:
            raise failure
        return document
    return _recognised(document, pages, name, ocr, kind)


def is_bare(document: Document) -> bool:
    """Whether it has no table and hardly any text."""
    tables = any(isinstance(block, Table) for block in document.blocks)
    return not tables and len("".join(document.text.split())) <= BARE


def _pages(pictures: Iterator[bytes]) -> list[images.Page]:
    """The pictures that are as large as a page."""
    found: list[images.Page] = []
    for data in pictures:
        if len(found) == MAX_SCANNED_PAGES:
            break
        try:
            opened = list(images.pages(data))
        except DocumentError as error:
            # Drawings (EMF, WMF) and what is damaged.
            log.info("a pasted picture cannot be opened: %s", error.reason)
            continue
        for page in opened:
            if isinstance(page, images.Page) and _is_large(page):
                found.append(page)
    return found


def _is_large(page: images.Page) -> bool:
    sides = sorted(page.pixels.shape[:2])
    return all(side >= least for side, least in zip(sides, SMALL, strict=True))


def _recognised(
    document: Document | None,
    pictures: list[images.Page],
    name: str,
    ocr: OcrOptions,
    media_type: str,
) -> Document:
    """The document's own lines, then what its pictures hold, a page for each."""
    if not ocr.enabled:
        if document is None:
            raise DocumentError("needs_ocr")
        return replace(document, unread=(UnreadPage(1, "needs_ocr"),))
    lines: tuple[Paragraph | Table, ...] = () if document is None else document.blocks
    pages: list[PageBlocks] = []
    unread: list[UnreadPage] = []
    with ScanSession(ocr, name) as scans:
        for number, picture in enumerate(pictures, start=1):
            try:
                pages.append(
                    page_blocks(scans.recognised(number, picture), page=number)
                )
            except DocumentError as error:
                unread.append(UnreadPage(number, error.reason))
        blocks = scans.placed(stitch(pages))
    if not blocks and not lines:
        raise DocumentError(unread[0].reason if unread else "no_form")
    return Document(
        media_type=media_type,
        blocks=(*lines, *blocks),
        page_count=len(pictures),
        read_by="mixed" if lines else "ocr",
        unread=tuple(unread),
        ocr=scans.engine_name,
        ocr_pages=scans.pages,
    )


def in_docx(data: bytes) -> Iterator[bytes]:
    """Pictures of the body of a DOCX in their order."""
    package = Package(data, code="corrupt_docx")
    yield from _placed(package, package.main_part())


def in_xlsx(data: bytes) -> Iterator[bytes]:
    """Pictures that lie on the sheets of a workbook, sheet by sheet."""
    from pipeline.sources.xlsx_parts import open_workbook

    book = open_workbook(data)
    for sheet in book.sheets:
        for kind, drawing in book.package.relations(sheet).values():
            if kind == "drawing":
                yield from _placed(book.package, drawing)


def _placed(package: Package, part: str) -> Iterator[bytes]:
    """What the blips (and the image data of old drawings) of a part show."""
    root = package.tree(part)
    relations = package.relations(part)
    seen: set[str] = set()
    for element in root.iter() if root is not None else ():
        number = _shown(element)
        kind, target = relations.get(number, ("", ""))
        # A picture is there twice where old programs are to show it as well.
        if kind != "image" or target in seen:
            continue
        seen.add(target)
        if content := package.part(target):
            yield content


def _shown(element: etree._Element) -> str:
    name = local(element)
    if name == "blip":
        return attribute(element, "embed")
    return attribute(element, "id") if name == "imagedata" else ""


def in_html(data: bytes) -> Iterator[bytes]:
    """Pictures inside a page; those that it refers to are not fetched."""
    for match in _DATA_URI.finditer(data):
        try:
            yield base64.b64decode(match.group(1))
        except (binascii.Error, ValueError):
            continue


def in_mhtml(data: bytes) -> Iterator[bytes]:
    """Pictures saved with a page."""
    pages, pictures = mail.page_parts(data)
    yield from pictures
    for page in pages:
        yield from in_html(page.encode())
