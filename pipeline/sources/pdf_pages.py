"""The pages of a PDF: pdfminer first, PDFium where it gives up, text alone in books."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from pdfminer.pdfinterp import PDFResourceManager

from pipeline.errors import DocumentError
from pipeline.sources import pace, pdfminer_page
from pipeline.sources.limits import MAX_PAGES
from pipeline.sources.pdf_page import UNKNOWN, PageContent
from pipeline.sources.pdfium import Pages

log = logging.getLogger(__name__)

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

HIDDEN_TEXT = "hidden_text"
"""Instead of a reason: a picture of a page with the text that a scanner made of it.
The rulings are in the picture only, and nobody knows how good that text is."""

UNKNOWN_SHARE = 0.5
"""Share of characters without Unicode value, or with one that only the font knows,
that makes a page unreadable."""


def pages_of(
    data: bytes, worth: Callable[[str], bool] | None
) -> Iterator[tuple[PageContent | str | None, str | None]]:
    """Per page its content (or bare text), a reason why it was not read, or both.

    HIDDEN_TEXT comes in place of a reason for pages better recognised anew.
    """
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
            if found is not None and reason is None:
                if is_scan(found):
                    reason = "needs_ocr"
                elif found.images >= SCAN_SHARE and second.hides_text(number):
                    reason = HIDDEN_TEXT
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
    manager = PDFResourceManager()
    tree = pdfminer_page.pages_in(data)
    number = 0
    while True:
        try:
            page = next(tree, None)
        except DocumentError as error:
            # The page tree is broken from here on.
            rest = second.count() - number
            if number == 0 and rest == 0:
                raise
            yield from ((None, error.reason) for _ in range(max(1, rest)))
            return
        if page is None:
            return
        number += 1
        pace.begins(pace.Step.PAGE)
        if number in passed:
            yield None, None
            continue
        try:
            yield pdfminer_page.content_of(page, manager), None
        except DocumentError as error:
            yield None, error.reason


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

    def hides_text(self, number: int) -> bool:
        """Whether none of the text of a page counted from 1 is drawn."""
        pages = self._open()
        return pages is not None and pages.hides_text(number - 1)

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


def is_scan(page: PageContent) -> bool:
    """Whether a page is a picture, or its text says nothing."""
    inked = [glyph for glyph in page.glyphs if not glyph.text.isspace()]
    if not inked:
        return page.images > 0 or page.shapes > DRAWN_SHAPES
    if _is_garbled(page):
        return True
    return page.images >= SCAN_SHARE and len(inked) <= SCAN_GLYPHS


def _is_garbled(page: PageContent) -> bool:
    """Whether most characters have no Unicode value, or a private one."""
    inked = [glyph for glyph in page.glyphs if not glyph.text.isspace()]
    unknown = sum(g.text == UNKNOWN or _is_private(g.text[:1]) for g in inked)
    return unknown > UNKNOWN_SHARE * len(inked)


def _is_private(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"
