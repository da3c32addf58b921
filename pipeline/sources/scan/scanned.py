"""A page as read from its picture."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.sources.pdf_page import PageContent
from pipeline.sources.scan.geometry import Placement


@dataclass(frozen=True, slots=True)
class Scanned:
    """The content of a page, and where it was on the page as displayed."""

    content: PageContent
    placement: Placement
