"""Word documents that are one XML text: Word 2003's and the flat form of DOCX.

Both are often saved under the name .doc or .xml.
"""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from dataclasses import replace

from lxml import etree

from pipeline.core.document import Document, UnreadPage
from pipeline.errors import DocumentError
from pipeline.sources import encoding
from pipeline.sources.docx import blocks_of, heading_styles
from pipeline.sources.docx import read as read_docx
from pipeline.sources.docx_text import attribute
from pipeline.sources.limits import MAX_PART
from pipeline.sources.ooxml import local, parsed

MEDIA_TYPE = "application/vnd.ms-word.document.xml"
FLAT_TYPE = "application/vnd.openxmlformats-package.flat-opc+xml"

_RENAMED = {
    # What Word 2003 calls otherwise than its successors.
    "vmerge": "vMerge",
    "hmerge": "hMerge",
    "sect": "sdt",
    "sub-section": "sdt",
    "pBdrGroup": "sdt",
    "content": "sdtContent",
}
_TRACKED = {"Word.Deletion": "del", "Word.Insertion": "ins"}


def tree_of(data: bytes, code: str) -> tuple[etree._Element, bool]:
    """The root, and whether the end is missing. Raises DocumentError ``corrupt``."""
    broken = DocumentError("corrupt", code)
    if len(data) > MAX_PART:
        raise DocumentError("expands_too_much")
    try:
        root = parsed(data, broken)
        if root is not None:
            return root, False
    except DocumentError:
        pass
    # A declaration that is wrong about the charset, or a cut.
    text = encoding.decode(data)
    if text is None or "<!DOCTYPE" in text[:4096]:
        raise broken
    plain = encoding.without_declaration(text).encode("utf-8", "replace")
    try:
        root = parsed(plain, broken)
        cut = False
    except DocumentError:
        root = parsed(plain, broken, recover=True)
        cut = True
    if root is None:
        raise broken
    return root, cut


def read_2003(data: bytes) -> Document:
    """A Document of one page. Raises DocumentError ``empty``, ``corrupt``."""
    root, cut = tree_of(data, "corrupt_docx")
    body = next((e for e in root if local(e) == "body"), None)
    if body is None:
        raise (
            DocumentError("truncated")
            if cut
            else DocumentError("corrupt", "corrupt_docx")
        )
    styles = next((e for e in root if local(e) == "styles"), None)
    _modernise(body)
    headings = frozenset[str]() if styles is None else heading_styles(styles)
    blocks = tuple(blocks_of(body, headings))
    if not blocks:
        raise DocumentError("truncated" if cut else "empty")
    unread = (UnreadPage(1, "truncated"),) if cut else ()
    return Document(media_type=MEDIA_TYPE, blocks=blocks, unread=unread)


def _modernise(body: etree._Element) -> None:
    for element in body.iter():
        name = local(element)
        new = _RENAMED.get(name)
        if name == "annotation":
            new = _TRACKED.get(attribute(element, "type"), "sdt")
        if new is not None:
            element.tag = new


def read_flat(data: bytes) -> Document:
    """The DOCX whose parts stand one after another in one XML text."""
    root, cut = tree_of(data, "corrupt_docx")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in root:
            if (content := _part(part)) is not None:
                archive.writestr(attribute(part, "name").lstrip("/"), content)
    document = read_docx(buffer.getvalue())
    unread = (UnreadPage(1, "truncated"),) if cut else document.unread
    return replace(document, media_type=FLAT_TYPE, unread=unread)


def _part(part: etree._Element) -> bytes | None:
    for holder in part:
        if local(holder) == "xmlData" and len(holder):
            return etree.tostring(holder[0])
        if local(holder) == "binaryData":
            try:
                return base64.b64decode(holder.text or "")
            except (binascii.Error, ValueError):
                return None
    return None
