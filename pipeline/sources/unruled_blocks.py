"""Fields of printed lines to blocks: the texts of cells wrapped over lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.core.provenance import BBox
from pipeline.sources.lines import Line
from pipeline.sources.pdf_page import Ruling

ALIKE, ALIKE_RECOGNISED = 0.15, 0.22
"""Share by which two distances between lines may differ and still be one leading;
the boxes of recognised lines are less exact."""

SEVERAL = 3
"""Fields of one line below one block that are no wrapped line but a row."""

FEWEST = 3
"""Distances that make a leading; fewer may be chance. Fields that make a row."""

FILLED = 2.5
"""Em up to the next column that may stay free beside a line that was wrapped."""

NEAR = 3
"""Lines above and below in which the next column is looked for."""

SAME_FIELDS = 0.7
"""Share of a line's fields that the next line has as well if it is a row itself."""

UNIFORM = 0.3
"""Share of rows directly below rows from which on rows are set as close as lines."""

OVERLAP = 0.5
"""Share of the narrower field that must lie under the other one."""

OPEN = 3.0
"""Sizes below its last line after which a block is over."""


@dataclass(slots=True)
class Block:
    """Fields one below the other that are one cell, in points.

    ``base`` is the lower edge of the first line, ``last`` that of the last one.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    last: float
    fields: list[BBox] = field(default_factory=list)
    full: bool = False

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Leading:
    """Points up to which lines are wrapped; ``uniform`` where rows stand as close."""

    most: float
    uniform: bool


def blocks_of(lines: Sequence[Line], level: Sequence[Ruling]) -> list[Block]:
    """Blocks from the top left; none reaches over one of the level rulings."""
    rows = [[_block(line, box) for _, box in line.fields] for line in lines]
    _mark_full(rows)
    leading = _leading(rows, lines)
    done: list[Block] = []
    still: list[Block] = []
    before: Sequence[Block] = ()
    for line, row in zip(lines, rows, strict=True):
        over = [b for b in still if row[0].base - b.last > OPEN * b.size]
        done += over
        still = [b for b in still if not any(b is other for other in over)]
        if leading.uniform and _is_row(row, before):
            done += still
            still = []
        before = row
        crowded = [
            b for b in still if sum(_is_below(b, p, leading) for p in row) >= SEVERAL
        ]
        done += crowded
        still = [b for b in still if not any(b is other for other in crowded)]
        for whole in row:
            near = [b for b in still if _is_below(b, whole, leading)]
            for piece in _parts(whole, near, line):
                above = _above(still, piece, leading, level)
                still = [b for b in still if not any(b is other for other in above)]
                still.append(_union([*above, piece]))
    return sorted([*done, *still], key=lambda b: (b.y0, b.x0))


def _above(
    blocks: list[Block], piece: Block, leading: Leading, level: Sequence[Ruling]
) -> list[Block]:
    """The blocks that go on in a piece."""
    return [
        b
        for b in blocks
        if _goes_on(b, piece, leading) and not _parted(b, piece, level)
    ]


def _parts(piece: Block, above: list[Block], line: Line) -> list[Block]:
    """A field below several blocks, parted where there is a gap between them too.

    A line of few characters does not show which of its gaps are wide.
    """
    cuts = [
        gap
        for left, right in pairwise(sorted(above, key=lambda b: b.x0))
        for gap in line.gaps
        if piece.x0 < gap[0] < right.x0 and left.x1 < gap[1] < piece.x1
    ]
    lefts = [piece.x0, *(gap[1] for gap in cuts)]
    rights = [*(gap[0] for gap in cuts), piece.x1]
    return [
        replace(piece, x0=x0, x1=x1, fields=[BBox(x0, piece.y0, x1, piece.y1)])
        for x0, x1 in zip(lefts, rights, strict=True)
    ]


def overlap(a: Block, b: Block) -> float:
    """Share of the narrower one's width that both have in common."""
    common = min(a.x1, b.x1) - max(a.x0, b.x0)
    return common / max(1.0, min(a.x1 - a.x0, b.x1 - b.x0))


def _block(line: Line, box: BBox) -> Block:
    return Block(box.x0, box.y0, box.x1, box.y1, box.y1, line.size, box.y1, [box])


def _union(blocks: list[Block]) -> Block:
    return Block(
        min(b.x0 for b in blocks),
        min(b.y0 for b in blocks),
        max(b.x1 for b in blocks),
        max(b.y1 for b in blocks),
        min(b.base for b in blocks),
        blocks[0].size,
        blocks[-1].last,
        [box for block in blocks for box in block.fields],
        blocks[-1].full,
    )


def _mark_full(rows: Sequence[Sequence[Block]]) -> None:
    """Mark the fields after which the next character had no room."""
    for i, row in enumerate(rows):
        near = [b.x0 for r in rows[max(0, i - NEAR) : i + NEAR + 1] for b in r]
        right = max((b.x1 for r in rows for b in r), default=0.0)
        for piece in row:
            edge = min((x for x in near if x >= piece.x1), default=right)
            piece.full = edge - piece.x1 <= FILLED * piece.size


def _is_below(upper: Block, piece: Block, leading: Leading) -> bool:
    """Whether a piece stands a leading below some part of a block."""
    return 0 < piece.base - upper.last <= leading.most and overlap(upper, piece) > 0


def _goes_on(upper: Block, piece: Block, leading: Leading) -> bool:
    if not _is_below(upper, piece, leading):
        return False
    if overlap(upper, piece) < OVERLAP:
        return False
    return not leading.uniform or upper.full


def _parted(upper: Block, piece: Block, level: Sequence[Ruling]) -> bool:
    """Whether a ruling runs between the middles of two lines."""
    last = upper.fields[-1]
    start, end = (last.y0 + last.y1) / 2, piece.middle
    middle = (piece.x0 + piece.x1) / 2
    return any(
        start <= ruling.at <= end and ruling.start <= middle <= ruling.end
        for ruling in level
    )


def _leading(rows: Sequence[Sequence[Block]], lines: Sequence[Line]) -> Leading:
    """The smallest distance at which fields often stand below each other."""
    below = (
        (up, _next_below(up, rows[i + 1 :])) for i, row in enumerate(rows) for up in row
    )
    recognised = any(line.confidence is not None for line in lines)
    alike = ALIKE_RECOGNISED if recognised else ALIKE
    distances = sorted(low.base - up.base for up, low in below if low is not None)
    distance = 0.0
    for start, value in enumerate(distances):
        near = [d for d in distances[start:] if d <= value * (1 + alike)]
        if len(near) >= FEWEST:
            distance = near[len(near) // 2]
            break
    most = distance * (1 + alike)
    return Leading(most, _is_uniform(rows, most))


def _next_below(upper: Block, rows: Sequence[Sequence[Block]]) -> Block | None:
    for row in rows:
        if row[0].base - upper.last > OPEN * upper.size:
            return None
        for piece in row:
            if piece.base > upper.last and overlap(upper, piece) >= OVERLAP:
                return piece
    return None


def _is_uniform(rows: Sequence[Sequence[Block]], most: float) -> bool:
    """Whether whole rows, not only wrapped lines, stand at that distance."""
    tight = [
        _is_row(lower, upper)
        for upper, lower in pairwise(rows)
        if len(upper) >= FEWEST and lower[0].base - upper[0].base <= most
    ]
    return len(tight) >= FEWEST and sum(tight) > UNIFORM * len(tight)


def _is_row(lower: Sequence[Block], upper: Sequence[Block]) -> bool:
    """Whether a line has about as many fields as the one above: no wrapped rest."""
    return len(lower) >= max(FEWEST, SAME_FIELDS * len(upper))
