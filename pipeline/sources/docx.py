"""DOCX by a walk over its XML: body order, merged cells, tracked changes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.core.document import Document, Paragraph, Table, UnreadPage
from pipeline.errors import DocumentError
from pipeline.sources import markup
from pipeline.sources.docx_table import table_of
from pipeline.sources.docx_text import TEXT_BOX, Text, attribute, own_text
from pipeline.sources.ooxml import Package, local

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Block = Paragraph | Table

# Round blocks without meaning of their own; of two renderings the first is kept.
_TRANSPARENT = frozenset(
    [
        "sdt",
        "sdtContent",
        "customXml",
        "ins",
        "moveTo",
        "smartTag",
        "AlternateContent",
        "Choice",
    ]
)


def read(data: bytes) -> Document:
    """A Document of one page. Raises DocumentError ``empty`` and ``corrupt``.

    Of a file that was cut the text before the cut is kept, with ``truncated`` in
    ``unread``, or the error is ``truncated``.
    """
    package = Package(data, code="corrupt_docx")
    main = package.main_part()
    root = package.tree(main)
    if root is None:
        raise package.broken()
    body = next((e for e in root if local(e) == "body"), None)
    if body is None:
        raise package.broken()
    blocks = tuple(blocks_of(body, _heading_styles(package, main)))
    if not blocks:
        raise DocumentError("truncated" if package.cut else "empty")
    unread = (UnreadPage(1, "truncated"),) if package.cut else ()
    return Document(media_type=MEDIA_TYPE, blocks=blocks, unread=unread)


def blocks_of(parent: etree._Element, headings: frozenset[str]) -> Iterator[Block]:
    """Paragraphs and tables in a body, cell or box; ``headings`` are ids of styles."""
    for element in parent:
        tag = local(element)
        if tag == "p":
            yield from _paragraph(element, headings)
        elif tag == "tbl":
            yield from _table(element, headings)
        elif tag in _TRANSPARENT:
            yield from blocks_of(element, headings)


def _paragraph(element: etree._Element, headings: frozenset[str]) -> Iterator[Block]:
    text = own_text(element)
    for line in markup.lines(text.text):
        yield Paragraph(line, heading=_style(element) in headings)
    yield from _boxes(text, headings)


def _table(element: etree._Element, headings: frozenset[str]) -> Iterator[Block]:
    table, inner = table_of(element)
    if table is not None and any(cell.text for cell in table.cells):
        yield table
    for part in inner:
        if local(part) == TEXT_BOX:
            yield from blocks_of(part, headings)
        else:
            yield from _table(part, headings)


def _boxes(text: Text, headings: frozenset[str]) -> Iterator[Block]:
    for box in text.boxes:
        yield from blocks_of(box, headings)


def _style(paragraph: etree._Element) -> str:
    for style in paragraph.iterfind("{*}pPr/{*}pStyle"):
        return _value(style)
    return ""


def _heading_styles(package: Package, main: str) -> frozenset[str]:
    """Ids of heading and title styles; ids are numbers in Chinese Word."""
    for kind, target in package.relations(main).values():
        if kind != "styles":
            continue
        root = package.tree(target)
        if root is None:
            break
        return heading_styles(root)
    return frozenset()


def heading_styles(styles: etree._Element) -> frozenset[str]:
    """Ids of heading and title styles in a list of styles."""
    return frozenset(
        attribute(style, "styleId")
        for style in styles.iterfind("{*}style")
        for name in style.iterfind("{*}name")
        if _value(name).lower().startswith(("heading", "title", "标题"))
    )


def _value(element: etree._Element) -> str:
    return attribute(element, "val")
