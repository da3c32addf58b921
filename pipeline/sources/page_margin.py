"""What the margins of pages repeat: page headers and page numbers."""

from __future__ import annotations

import re

from pipeline.sources.grid import EDGE
from pipeline.sources.lines import Line
from pipeline.sources.pdf_table import PageBlocks, PageTable

MARGIN = 0.09
"""Share of the page height at top and bottom where page headers stand (A4: 76
points; ordinary top margins are 72)."""

HEADER_SIZE = 11.0
"""Points up to which a repeated line is a page header; the title of a form, also
repeated where each page is a form of its own, is set larger."""

# A recognised dash may be 一.
_PAGE_NUMBER = re.compile(
    r"[-—–－·一\s]*(?:第\s*)?\d{1,4}(?:\s*页)?"
    r"(?:\s*[,，/／]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－·一\s]*|(?i:page)\s*\d+.{0,12}"
)


def is_margin(
    block: Line | PageTable, page: PageBlocks, near: list[PageBlocks]
) -> bool:
    """A page number, or a small line that a neighbouring page repeats."""
    if isinstance(block, PageTable):
        return False
    band = MARGIN * page.height
    if block.box.y1 > band and block.box.y0 < page.height - band:
        return False
    if _PAGE_NUMBER.fullmatch(block.text):
        return True
    return block.size <= HEADER_SIZE and any(
        isinstance(other, Line)
        and abs(other.box.y0 - block.box.y0) <= EDGE
        and _masked(other.text) == _masked(block.text)
        for neighbour in near
        for other in neighbour.blocks
    )


def _masked(text: str) -> str:
    return re.sub(r"\d+", "0", text)
