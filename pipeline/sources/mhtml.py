"""Web pages saved with all they need in one file (.mht, .mhtml; also Word's)."""

from __future__ import annotations

from pipeline.core.document import Document
from pipeline.errors import DocumentError
from pipeline.sources.html import blocks
from pipeline.sources.mail import page_parts

MEDIA_TYPE = "multipart/related"


def read(data: bytes) -> Document:
    """A Document of one page: all HTML parts in order (Excel saves one per sheet).

    Raises DocumentError ``empty`` and ``corrupt``.
    """
    pages, _ = page_parts(data)
    found = tuple(block for page in pages for block in blocks(page))
    if not found:
        raise DocumentError("empty")
    return Document(media_type=MEDIA_TYPE, blocks=found)
