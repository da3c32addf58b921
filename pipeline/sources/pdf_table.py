"""A page's glyphs in its grids: tables under construction and lines beside them."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.core.document import Cell, Table
from pipeline.core.provenance import BBox
from pipeline.sources import markup
from pipeline.sources.grid import EDGE, Grid, grids
from pipeline.sources.joints import join
from pipeline.sources.lines import Line, lines_of, worse
from pipeline.sources.pdf_page import Glyph, OtherReading, PageContent, Ruling
from pipeline.sources.unruled import missing_rulings

OVER = 0.3
"""Share of a character's height by which it must cross its cell's border …"""

OVERRUN = 2
"""… in so many cells, for texts to be where they do not belong."""

TALL = 0.5
"""Share of the page height from which on a table with one text is the middle of a
row over several pages, and no box round a note."""


@dataclass(slots=True)
class Part:
    """A cell while pages are being joined. ``last`` is its last line so far.

    ``left``/``right`` bound it along its lines, for the join with a next part.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    page: int
    box: BBox
    first: Line | None = None
    last: Line | None = None
    right: float = 0.0
    widest: float = 0.0
    confidence: float | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(slots=True)
class PageTable:
    """A table; ``xs`` are its column edges, parts are in reading order.

    ``inferred`` says that its edges are no rulings, ``overrun`` that texts are too
    high for their cells.
    """

    xs: list[float]
    row_count: int
    parts: list[Part]
    top: float
    bottom: float
    pages: list[int] = field(default_factory=list)
    inferred: bool = False
    overrun: bool = False

    def rows(self) -> list[list[Part]]:
        """Parts by the row in which they begin."""
        found: list[list[Part]] = [[] for _ in range(self.row_count)]
        for part in self.parts:
            found[part.row].append(part)
        return found

    def finish(self) -> Table:
        """The table as a noun."""
        ordered = sorted(self.parts, key=lambda p: (p.row, p.column))
        cells = tuple(
            Cell(
                p.row,
                p.column,
                p.text,
                p.row_span,
                p.column_span,
                p.page,
                p.box,
                rounded(p.confidence),
                p.alternatives,
            )
            for p in ordered
        )
        return Table(
            cells,
            tuple(self.pages),
            inferred=self.inferred,
            overrun=self.overrun,
        )


def rounded(confidence: float | None) -> float | None:
    """A confidence as records print it."""
    return None if confidence is None else round(confidence, 2)


@dataclass(slots=True)
class PageBlocks:
    """What stands on a page, from top to bottom."""

    page: int
    width: float
    height: float
    blocks: list[Line | PageTable] = field(default_factory=list)


def page_blocks(content: PageContent, *, page: int) -> PageBlocks:
    """Tables and the lines outside them, sorted from top to bottom."""
    ruled, outside = _tables(grids(content.rulings), content.glyphs, content, page)
    lines = lines_of(outside)
    level = [r for r in content.rulings if r.horizontal and not _within(r, ruled)]
    open_grids = grids(missing_rulings(lines, level))
    unruled, rest = _tables(open_grids, outside, content, page)
    for table in unruled:
        table.inferred = True
    placed: list[tuple[float, float, Line | PageTable]] = [
        (table.top, table.xs[0], table) for table in (*ruled, *unruled)
    ]
    lines = lines_of(rest) if unruled else lines
    placed += [(line.box.y0, line.box.x0, line) for line in lines]
    placed.sort(key=lambda item: item[:2])
    blocks = [block for _, _, block in placed]
    return PageBlocks(page, content.width, content.height, blocks)


def _tables(
    found: list[Grid], glyphs: list[Glyph], content: PageContent, page: int
) -> tuple[list[PageTable], list[Glyph]]:
    """The grids with their glyphs as tables, and the glyphs outside them."""
    inside: list[dict[tuple[int, int], list[Glyph]]] = [{} for _ in found]
    outside: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        for grid, held in zip(found, inside, strict=True):
            if (place := grid.find(x, y)) is not None:
                held.setdefault(place, []).append(glyph)
                break
        else:
            outside.append(glyph)
    tables: list[PageTable] = []
    for grid, held in zip(found, inside, strict=True):
        table = _table(grid, held, page, content.others)
        filled = sum(bool(part.text) for part in table.parts)
        tall = grid.ys[-1] - grid.ys[0] > TALL * content.height
        if filled > 1 or (filled and tall):
            tables.append(table)
        else:
            # A drawing or a box round a note, no table.
            outside += [glyph for group in held.values() for glyph in group]
    return tables, outside


def _within(ruling: Ruling, tables: list[PageTable]) -> bool:
    """Whether a level ruling stands inside a table or is one of its edges."""
    return any(
        table.top - EDGE <= ruling.at <= table.bottom + EDGE
        and ruling.start < table.xs[-1]
        and ruling.end > table.xs[0]
        for table in tables
    )


def _table(
    grid: Grid,
    held: dict[tuple[int, int], list[Glyph]],
    page: int,
    others: list[OtherReading],
) -> PageTable:
    parts: list[Part] = []
    over = 0
    for place in grid.places:
        glyphs = [
            glyph
            for r in range(place.top, place.bottom)
            for c in range(place.left, place.right)
            for glyph in held.get((r, c), ())
        ]
        x0, x1 = grid.xs[place.left], grid.xs[place.right]
        y0, y1 = grid.ys[place.top], grid.ys[place.bottom]
        part = Part(
            place.top,
            place.left,
            place.bottom - place.top,
            place.right - place.left,
            text="",
            page=page,
            box=BBox(x0, y0, x1, y1),
        )
        over += any(_crosses(glyph, y0, y1) for glyph in glyphs)
        _write(part, lines_of(glyphs))
        part.alternatives = tuple(
            o.text for o in others if x0 <= o.x < x1 and y0 <= o.y < y1
        )
        parts.append(part)
    return PageTable(
        xs=list(grid.xs),
        row_count=len(grid.ys) - 1,
        parts=parts,
        top=grid.ys[0],
        bottom=grid.ys[-1],
        pages=[page],
        overrun=over >= OVERRUN,
    )


def _crosses(glyph: Glyph, top: float, bottom: float) -> bool:
    """Whether a character is printed over a level border of its cell.

    The boxes of recognised ones are too rough to tell.
    """
    if glyph.turn or glyph.confidence is not None:
        return False
    most = OVER * (glyph.y1 - glyph.y0)
    return max(top - glyph.y0, glyph.y1 - bottom) > most


def _write(part: Part, lines: list[Line]) -> None:
    if not lines:
        return
    box = part.box
    left, part.right = {
        0: (box.x0, box.x1),
        1: (-box.y1, -box.y0),
        2: (-box.x1, -box.x0),
        3: (box.y0, box.y1),
    }[lines[0].turn]
    part.text = markup.clean(join(lines, left=left, right=part.right))
    part.first, part.last = lines[0], lines[-1]
    part.widest = max(line.end for line in lines)
    for line in lines:
        part.confidence = worse(part.confidence, line.confidence)
