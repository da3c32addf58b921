"""Pages to blocks: tables that go on over page ends are made whole again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.core.document import Cell, Paragraph, Table
from pipeline.sources import markup
from pipeline.sources.joints import joint
from pipeline.sources.lines import Line, worse
from pipeline.sources.page_margin import is_margin
from pipeline.sources.pdf_table import PageBlocks, PageTable, Part, rounded
from pipeline.sources.stitch_columns import LABEL_CELLS, fit, same_columns, unify

Block = Paragraph | Table

SENTENCE_WIDTH = 8
"""Em from which on a cell holds sentences, so that a full last line without a
full stop says that its text goes on."""

FULL = 2.0
"""Em free at the end of a line that is still full."""

HEADING_SIZE = 1.3
"""Times the usual size from which on a line is a heading."""

_ENDS = "。；！？;!?"
_FILLER = re.compile(r"[…⋯.．·]{2,}|…")
_NUMBER = re.compile(r"[-—/]|[\d,.%％]+")


def stitch(pages: list[PageBlocks]) -> list[Block]:
    """All blocks in reading order, page by page."""
    usual = _usual_size(pages)
    found: list[Line | PageTable] = []
    numbers: list[int] = []
    going_on: PageTable | None = None
    titles: list[str] = []
    for index, page in enumerate(pages):
        near = [p for p in pages[max(0, index - 1) : index + 2] if p is not page]
        content = [b for b in page.blocks if not is_margin(b, page, near)]
        adjoins = index > 0 and pages[index - 1].page == page.page - 1
        # Print titles: the lines above the table are printed on each of its pages.
        repeated = len(titles) if _texts_above(content) == titles else 0
        first = content[repeated] if len(content) > repeated else None
        joined = (
            going_on is not None
            and adjoins
            and isinstance(first, PageTable)
            and _append(going_on, first)
        )
        dropped = [*content[:repeated], first] if joined else []
        for block in page.blocks:
            if not any(block is other for other in dropped):
                found.append(block)
                numbers.append(page.page)
        last = content[-1] if content else None
        if not isinstance(last, PageTable):
            going_on, titles = None, []
        elif not (joined and last is first):
            going_on, titles = last, _texts_above(content, last)
    return list(_nouns(found, numbers, usual))


def _texts_above(
    content: list[Line | PageTable], table: PageTable | None = None
) -> list[str]:
    """The lines straight above a table, above the first one by default."""
    above: list[str] = []
    for block in content:
        if block is table or (table is None and isinstance(block, PageTable)):
            return above
        above = [*above, block.text] if isinstance(block, Line) else []
    return []


def _usual_size(pages: list[PageBlocks]) -> float:
    sizes: list[float] = []
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Line):
                sizes += [block.size] * len(block.text)
            else:
                for part in block.parts:
                    sizes += [part.first.size] * len(part.text) if part.first else []
    return sorted(sizes)[len(sizes) // 2] if sizes else 0.0


def _append(table: PageTable, after: PageTable) -> bool:
    """Put ``after`` below ``table`` if it is its continuation."""
    fit(table, after)
    if not same_columns(table.xs, after.xs):
        return False
    rows = after.rows()
    skip = _repeated_top(table, rows)
    if skip == len(rows) or _begins_anew(table, rows, skip):
        return False
    if skip == 0:
        skip = _repeated_header(table, rows)
    unify(table, after)
    rows = after.rows()
    if any(part.row + part.row_span > skip for row in rows[:skip] for part in row):
        skip = 0  # A cell reaches from the header into the rows: no header.
    kept = rows[skip:]
    offset = table.row_count - skip
    if kept and _is_cut(table, kept[0], skip):
        _mend(table, kept[0])
        kept = kept[1:]
        offset -= 1
    elif kept:
        _pull_labels(table, kept[0])
        _extend_labels(table, kept[0], offset)
    for row in kept:
        for part in row:
            if part.row_span:
                part.row += offset
                table.parts.append(part)
    table.row_count = max(
        table.row_count, after.row_count + offset, *(p.row + 1 for p in table.parts)
    )
    table.pages += [page for page in after.pages if page not in table.pages]
    table.inferred = table.inferred or after.inferred
    table.overrun = table.overrun or after.overrun
    return True


def _row_key(row: list[Part]) -> list[str]:
    return [part.text for part in row]


def _repeated_top(table: PageTable, rows: list[list[Part]]) -> int:
    """How many rows repeat the first rows of the table (a repeated header)."""
    count = 0
    for mine, other in zip(table.rows(), rows, strict=False):
        if _row_key(mine) != _row_key(other) or not any(_row_key(mine)):
            break
        count += 1
    return count


def _begins_anew(table: PageTable, rows: list[list[Part]], skip: int) -> bool:
    """Whether the first row has the label that the table itself began with."""
    mine = table.rows()[skip:]
    if not mine or not mine[0] or not rows[skip]:
        return False
    label = mine[0][0].text
    return bool(label) and label == rows[skip][0].text


def _repeated_header(table: PageTable, rows: list[list[Part]]) -> int:
    """1 where the first row repeats a row of labels further down in the table."""
    texts = _row_key(rows[0])
    labels = [t for t in texts if t]
    if len(labels) < 3 or re.search(r"\d", "".join(labels)):
        return 0
    return int(any(_row_key(row) == texts for row in table.rows()))


def _above(table: PageTable, part: Part) -> Part | None:
    """The cell at the table's lower end with the same columns."""
    for other in reversed(table.parts):
        if (
            other.row + other.row_span == table.row_count
            and other.column == part.column
            and other.column_span == part.column_span
        ):
            return other
    return None


def _is_cut(table: PageTable, row: list[Part], index: int) -> bool:
    """Whether a row is the rest of the row above, cut by the end of the page.

    It has the same columns, no text under an empty cell and no number under a
    number; and most of it is empty, or a sentence goes on in it.
    """
    pairs = [(_above(table, part), part) for part in row]
    filled = [(upper, part) for upper, part in pairs if part.text]
    if not filled or any(part.row_span > 1 and part.text for part in row):
        return False
    for upper, part in filled:
        if upper is None or not upper.text:
            return False
        if _NUMBER.fullmatch(upper.text) and _NUMBER.fullmatch(part.text):
            return False
        if _FILLER.fullmatch(part.text):
            return False  # a row of its own that stands for further ones
    if row[0].text and len(row) > 1:
        return False
    if 2 * len(filled) < len(row):
        return True
    return any(_goes_on(upper) for upper, _ in filled if upper is not None)


def _goes_on(part: Part) -> bool:
    """A sentence without end whose last line is full."""
    line = part.last
    if line is None or part.text[-1] in _ENDS:
        return False
    if part.box.x1 - part.box.x0 < SENTENCE_WIDTH * line.size:
        return False
    if part.first is line and part.right - line.end > 2 * FULL * line.size:
        return False  # the only line, with room for more
    return part.widest - line.end <= FULL * line.size


def _mend(table: PageTable, row: list[Part]) -> None:
    for part in row:
        upper = _above(table, part)
        if upper is None or not part.text:
            continue
        between = "\n"
        if upper.last is not None and part.first is not None:
            widest = max(upper.widest, part.widest)
            room = upper.right - upper.last.end
            between = joint(
                upper.last, part.first, room=room, slack=widest - upper.last.end
            )
        upper.text = markup.clean(upper.text + between + part.text)
        upper.last, upper.widest = part.last, max(upper.widest, part.widest)
        upper.confidence = worse(upper.confidence, part.confidence)


def _pull_labels(table: PageTable, row: list[Part]) -> None:
    """A label in the middle of a cell over both pages is printed on the second.

    Only a cell over several rows is taken for it: an empty cell of one row may
    be empty on purpose.
    """
    for part in row[:LABEL_CELLS]:
        upper = _above(table, part)
        if upper is None or upper.text or not part.text or upper.row_span < 2:
            continue
        upper.text, upper.last, upper.widest = part.text, part.last, part.widest
        upper.confidence = part.confidence
        upper.row_span += part.row_span
        part.row_span, part.text = 0, ""


def _extend_labels(table: PageTable, row: list[Part], offset: int) -> None:
    """Empty cells before the first text belong to the cells above the page end."""
    if not any(part.text for part in row):
        return
    for part in row[:LABEL_CELLS]:
        if part.text:
            return
        upper = _above(table, part)
        if upper is None or not upper.text or _NUMBER.fullmatch(upper.text):
            continue
        upper.row_span += part.row_span
        part.row_span = 0


def _nouns(
    blocks: list[Line | PageTable], numbers: list[int], usual: float
) -> Iterator[Block]:
    run: list[Line] = []
    run_page = 0
    for block, page in zip(blocks, numbers, strict=True):
        fielded = isinstance(block, Line) and len(block.fields) > 1
        if run and (not fielded or page != run_page):
            yield from _fielded(run, run_page)
            run = []
        if isinstance(block, PageTable):
            yield block.finish()
        elif fielded:
            run.append(block)
            run_page = page
        elif text := markup.clean(block.text):
            heading = block.size >= HEADING_SIZE * usual
            yield Paragraph(text, page, block.box, heading, rounded(block.confidence))
    yield from _fielded(run, run_page)


def _fielded(lines: list[Line], page: int) -> Iterator[Block]:
    """Lines with wide gaps: several are a table, one is a row of short texts."""
    if len(lines) < 2:
        for line in lines:
            for text, box in line.fields:
                if cleaned := markup.clean(text):
                    yield Paragraph(
                        cleaned, page, box, ocr_confidence=rounded(line.confidence)
                    )
        return
    cells: list[Cell] = []
    for r, line in enumerate(lines):
        for c, (text, box) in enumerate(line.fields):
            cells.append(
                Cell(
                    r,
                    c,
                    markup.clean(text),
                    page=page,
                    bbox=box,
                    ocr_confidence=rounded(line.confidence),
                )
            )
    yield Table(tuple(cells), pages=(page,), shaky=True, inferred=True)
