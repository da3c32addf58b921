"""The pictures of one document: read, cached, and put back where they were."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.core.document import Paragraph, Table
from pipeline.errors import DocumentError
from pipeline.sources import pace
from pipeline.sources.limits import MAX_SCANNED_PAGES
from pipeline.sources.pdf_page import PageContent
from pipeline.sources.scan.geometry import Placement
from pipeline.sources.scan.images import Page
from pipeline.sources.scan.options import OcrOptions
from pipeline.sources.scan.scanned import Scanned

log = logging.getLogger(__name__)


@dataclass(slots=True)
class ScanSession:
    """Reads pages that are pictures; ``pdf`` is the file that they are in.

    ``name`` is that of the document, for the names of its drawings.
    """

    options: OcrOptions
    name: str = ""
    pdf: bytes = b""
    placements: dict[int, Placement] = field(default_factory=dict)
    drawings: dict[int, tuple[Path, tuple[float, float]]] = field(default_factory=dict)
    _open: ExitStack = field(default_factory=ExitStack)
    _document: Any = None

    def __enter__(self) -> ScanSession:
        return self

    def __exit__(self, *exception: object) -> None:
        self._open.close()

    @property
    def pages(self) -> tuple[int, ...]:
        """Numbers of the pages that were recognised."""
        return tuple(sorted(self.placements))

    @property
    def engine_name(self) -> str | None:
        """The engine, None where it read nothing."""
        return self.options.engine_name() if self.placements else None

    def read_by(self, count: int) -> str:
        """How a document of ``count`` read pages was read."""
        if not self.placements:
            return "text"
        return "ocr" if len(self.placements) >= count else "mixed"

    def pdf_page(
        self, number: int, found: PageContent | None
    ) -> tuple[PageContent | None, str | None]:
        """A page of the PDF recognised, or as found with the reason why not."""
        from pipeline.sources.scan import raster

        if not self.options.enabled:
            return found, "needs_ocr"
        try:
            if self._document is None:
                self._document = self._open.enter_context(raster.opened(self.pdf))
            return self.recognised(number, raster.render(self._document, number)), None
        except DocumentError as error:
            log.info("page %s not recognised: %s", number, error.reason)
            return found, error.reason

    def recognised(self, number: int, page: Page) -> PageContent:
        """The content of a page. Raises DocumentError."""
        if len(self.placements) >= MAX_SCANNED_PAGES:
            raise DocumentError("too_many_pages")
        scanned = self._scanned(page)
        self.placements[number] = scanned.placement
        if self.options.debug_images is not None:
            self._draw(number, page, scanned)
        return scanned.content

    def _draw(self, number: int, page: Page, scanned: Scanned) -> None:
        from pipeline.sources.scan import debug

        assert self.options.debug_images is not None
        path = debug.drawing(self.options.debug_images, self.name, number)
        self.drawings[number] = (path, page.units)
        debug.draw_page(path, page, scanned)

    def _scanned(self, page: Page) -> Scanned:
        """The page from the cache, or read and put there."""
        from pipeline.sources.scan import cache
        from pipeline.sources.scan.engine import load_engine
        from pipeline.sources.scan.page import read_page

        folder = self.options.cache
        key = cache.page_key(page, self.options.engine_name() or "")
        if folder is not None and not self.options.redo:
            known = cache.load(folder, key)
            if known is not None:
                return known
        pace.begins(pace.Step.SCANNED_PAGE)
        engine = load_engine(self.options.backend, self.options.threads)
        packed = cache.packed(read_page(page, engine))
        if folder is not None:
            cache.store(folder, key, packed)
            if key[0] == "0":  # now and then: looking through a large folder takes time
                cache.trim(folder, self.options.cache_mb)
        return cache.unpacked(packed)

    def placed(
        self, blocks: Iterable[Paragraph | Table]
    ) -> tuple[Paragraph | Table, ...]:
        """The blocks with their boxes where they are on the pages as displayed."""
        from pipeline.sources.scan import debug
        from pipeline.sources.scan.placing import placed

        found = placed(blocks, self.placements)
        for number, (path, units) in self.drawings.items():
            debug.draw_blocks(path, units, number, found)
        return found
