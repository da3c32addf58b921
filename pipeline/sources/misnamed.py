"""Files named as documents that hold a web page or bare text: failed downloads."""

from __future__ import annotations

from pipeline.core.document import Document, Table

DOCUMENTS = frozenset(("pdf", "docx", "xlsx", "ofd", "doc", "xls", "wps", "et"))
"""Endings of files that a server may answer with a page of its own."""

SAVED = frozenset(("doc", "xls", "wps", "et"))
"""Those of them under which programs save web pages with tables."""


def is_misnamed(document: Document, path: str) -> bool:
    """Whether a file that ends as a document was read as a web page or a text.

    Asked only of files in which no form was found.
    """
    _, dot, ending = path.lower().rpartition(".")
    if not dot or ending not in DOCUMENTS:
        return False
    if not document.media_type.startswith("text/"):
        return False
    tables = any(isinstance(block, Table) for block in document.blocks)
    return not (tables and ending in SAVED)
