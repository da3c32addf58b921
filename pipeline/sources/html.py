"""HTML pages: the tables with their spans and the text round them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from pipeline.core.document import Document, Paragraph, Table
from pipeline.errors import DocumentError
from pipeline.sources import encoding, markup
from pipeline.sources.grid_fill import Piece, fill

Block = Paragraph | Table

MEDIA_TYPE = "text/html"

_DROPPED = """
head script style noscript template nav aside footer iframe object svg button select
option audio video canvas
"""

DROPPED_TAGS = frozenset(_DROPPED.split())
"""What surrounds the content of a page, or is never shown as text."""

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])

DATA_CELLS = 6
"""A table round other tables is itself data when so many of its cells have text
of their own; page frames have a menu and a footer, forms dozens of labels."""

_META_CHARSET = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})")
_LINE = "\x00"
"""Stands for a line break while source line ends are still white space."""


def read(data: bytes) -> Document:
    """A Document of one page. Raises DocumentError ``empty``, ``corrupt``."""
    match = _META_CHARSET.search(data[:8192].lower())
    hint = match.group(1).decode("ascii", "replace") if match else None
    text = encoding.decode(data, hint)
    if text is None:
        raise DocumentError("corrupt", "corrupt_html")
    found = tuple(blocks(text))
    if not found:
        raise DocumentError("empty")
    return Document(media_type=MEDIA_TYPE, blocks=found)


def blocks(source: str) -> list[Block]:
    """Paragraphs and tables of a page or fragment, in reading order."""
    parser = lxml_html.HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    source = encoding.without_declaration(source).replace("\x00", "")
    try:
        root = lxml_html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        # Nothing but comments, or no markup that the parser could make sense of.
        return [Paragraph(line) for line in markup.lines(source)]
    return list(_Walk().walk(root))


class _Walk:
    """Collects the text between block tags into paragraphs."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._heading = False

    def walk(self, root: etree._Element) -> Iterator[Block]:
        """Blocks below ``root``; without recursion, since pages nest deeply."""
        skipped: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = _tag(element)
            if event == "start" and skipped is None:
                if tag in DROPPED_TAGS:
                    skipped = element
                elif tag == "table" and not _is_layout(element):
                    yield from self._flush()
                    yield from tables(element)
                    skipped = element
                elif tag == "dl" and (described := _described(element)) is not None:
                    yield from self._flush()
                    yield described
                    skipped = element
                else:
                    if tag in markup.BLOCK_TAGS:
                        yield from self._flush()
                    self._heading = self._heading or tag in HEADINGS
                    self._pieces.append(element.text or "")
            elif event == "end":
                if skipped is None and tag in markup.BLOCK_TAGS:
                    yield from self._flush()
                if skipped is element:
                    skipped = None
                if skipped is None and element is not root:
                    self._pieces.append(element.tail or "")
        yield from self._flush()

    def _flush(self) -> Iterator[Paragraph]:
        heading, self._heading = self._heading, False
        text, self._pieces = _shown("".join(self._pieces)), []
        for line in markup.lines(text):
            yield Paragraph(line, heading=heading)


def tables(element: etree._Element) -> Iterator[Block]:
    """The table, its caption before it and data tables inside its cells after it."""
    for caption in element.iterchildren("caption"):
        yield from (Paragraph(line) for line in markup.lines(_cell_text(caption)))
    inner: list[etree._Element] = []
    table = fill(_pieces(row, inner) for row in _rows(element))
    if table is not None and any(cell.text for cell in table.cells):
        yield table
    for nested in inner:
        yield from tables(nested)


def _described(element: etree._Element) -> Table | None:
    """Terms with one description each are rows of two cells: 项目名称 | 渡口维修."""
    parts = [e for e in element.iter("dt", "dd", "table", "dl") if e is not element]
    terms, texts = parts[::2], parts[1::2]
    paired = len(terms) == len(texts) and all(
        (_tag(t), _tag(d)) == ("dt", "dd") for t, d in zip(terms, texts, strict=True)
    )
    if not (parts and paired):
        return None
    return fill(
        [Piece(markup.clean(_cell_text(e)), 1, 1) for e in pair]
        for pair in zip(terms, texts, strict=True)
    )


def _pieces(row: etree._Element, inner: list[etree._Element]) -> Iterator[Piece]:
    for cell in row.iterchildren("td", "th"):
        inner += _inner_tables(cell)
        yield Piece(
            markup.clean(_cell_text(cell)),
            _span(cell.get("rowspan"), zero=0),
            _span(cell.get("colspan"), zero=1),
        )


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Rows as displayed: a tfoot may stand before the body in the source."""
    last: list[etree._Element] = []
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        if _tag(child) == "tr":
            yield child
        elif _tag(child) == "tfoot":
            last += child.iterchildren("tr")
        else:
            yield from child.iterchildren("tr")
    yield from last


def _is_layout(table: etree._Element) -> bool:
    """Whether the table only arranges other tables on the page."""
    if next(table.iterdescendants("table"), None) is None:
        return False
    filled = sum(
        1
        for row in _rows(table)
        for cell in row.iterchildren("td", "th")
        if not _inner_tables(cell) and _cell_text(cell).strip(_LINE + " \n\t\u00a0")
    )
    return filled < DATA_CELLS


def _inner_tables(cell: etree._Element) -> list[etree._Element]:
    """Outermost tables in a cell that have columns; others are only lines."""
    return [
        t
        for t in cell.iterdescendants("table")
        if _has_columns(t) and not _inside_table(t, cell)
    ]


def _inside_table(table: etree._Element, cell: etree._Element) -> bool:
    for parent in table.iterancestors():
        if parent is cell:
            return False
        if _tag(parent) == "table" and _has_columns(parent):
            return True
    return False


def _has_columns(table: etree._Element) -> bool:
    return any(sum(1 for _ in r.iterchildren("td", "th")) > 1 for r in _rows(table))


def _cell_text(cell: etree._Element) -> str:
    """The cell's text with line breaks where block tags begin and end."""
    pieces: list[str] = []
    skipped: etree._Element | None = None
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        tag = _tag(element)
        block = tag in markup.BLOCK_TAGS and element is not cell
        if event == "start" and skipped is None:
            if tag in DROPPED_TAGS or (tag == "table" and _has_columns(element)):
                skipped = element
            else:
                pieces += [_LINE if block else "", element.text or ""]
        elif event == "end":
            if skipped is element:
                skipped = None
            if skipped is None and element is not cell:
                pieces += [_LINE if block else "", element.tail or ""]
    return _shown("".join(pieces))


def _shown(text: str) -> str:
    """White space as a browser shows it; line breaks come from tags only.

    A source line end between two Chinese characters shows as nothing.
    """
    text = re.sub(r"[ \t\f]*[\r\n][ \t\f\r\n]*", _line_end, text)
    return re.sub(r"[ \t\f]+", " ", text).replace(_LINE, "\n")


def _line_end(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    if start > 0 and end < len(text) and _wide(text[start - 1]) and _wide(text[end]):
        return ""
    return " "


def _wide(ch: str) -> bool:
    return unicodedata.east_asian_width(ch) in "WF"


def _span(value: str | None, *, zero: int) -> int:
    digits = re.match(r"\s*(\d{1,9})", value or "")
    return (int(digits.group(1)) or zero) if digits else 1


def _tag(element: etree._Element) -> str:
    return element.tag if isinstance(element.tag, str) else ""
