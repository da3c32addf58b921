"""Fields of printed lines to blocks: the texts of cells wrapped over lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.sources.lines import Line
from pipeline.sources.pdf_page import Ruling
from pipeline.sources.unruled_fields import (
    ALIGNED,
    OVERLAP,
    Block,
    cut,
    overlap,
    pieces_of,
)

ALIKE, ALIKE_RECOGNISED = 0.15, 0.22
"""Share by which two distances between lines may differ and still be one leading;
the boxes of recognised lines are less exact."""

SEVERAL = 3
"""Fields of one line below one block that are no wrapped line but a row."""

FEWEST = 3
"""Distances that make a leading; fewer may be chance. Fields that make a row."""

SAME_FIELDS = 0.7
"""Share of a line's fields that the next line has as well if it is a row itself."""

UNIFORM = 0.3
"""Share of rows directly below rows from which on rows are set as close as lines."""

INTERLEAVED = 0.8
"""Share of the leading below which two lines belong to cells beside each other."""

_REST = re.compile(
    r"[%％‰）)。，、；].*|\d{1,2}[%％]|[\u4e00-\u9fff]|[（(][^（）()]*[）)]"
)
"""What begins no cell: a closing mark, a lone character, an addition in brackets."""

OPEN = 3.0
"""Sizes below its last line after which a block is over."""


@dataclass(frozen=True, slots=True)
class Leading:
    """Points up to which lines are wrapped; ``uniform`` where rows stand as close."""

    most: float
    uniform: bool


def blocks_of(lines: Sequence[Line], level: Sequence[Ruling]) -> list[Block]:
    """Blocks from the top left; none reaches over one of the level rulings."""
    rows = pieces_of(lines)
    leading = _leading(rows, lines)
    done: list[Block] = []
    still: list[Block] = []
    before: Sequence[Block] = ()
    for line, row in zip(lines, rows, strict=True):
        over = [b for b in still if row[0].base - b.last > OPEN * b.size]
        done += over
        still = [b for b in still if not any(b is other for other in over)]
        if leading.uniform and _is_row(row, before):
            done += [b for b in still if not b.unclosed]
            still = [b for b in still if b.unclosed]
        elif _is_rest(row, before):
            for piece in row:
                piece.rest = True
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
    return cut(piece, cuts)


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
        "".join(b.text for b in blocks),
    )


def _is_below(upper: Block, piece: Block, leading: Leading) -> bool:
    """Whether a piece stands a leading below some part of a block."""
    return 0 < piece.base - upper.last <= leading.most and overlap(upper, piece) > 0


def _goes_on(upper: Block, piece: Block, leading: Leading) -> bool:
    if not _is_below(upper, piece, leading):
        return False
    if overlap(upper, piece) < OVERLAP:
        return False
    return not leading.uniform or upper.full or piece.rest or upper.unclosed


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
    return Leading(most, _is_uniform(rows, INTERLEAVED * distance, most))


def _next_below(upper: Block, rows: Sequence[Sequence[Block]]) -> Block | None:
    for row in rows:
        if row[0].base - upper.last > OPEN * upper.size:
            return None
        for piece in row:
            if piece.base > upper.last and overlap(upper, piece) >= OVERLAP:
                return piece
    return None


def _is_uniform(rows: Sequence[Sequence[Block]], least: float, most: float) -> bool:
    """Whether whole rows, not only wrapped lines, stand at that distance."""
    tight = [
        _is_row(lower, upper)
        for upper, lower in pairwise(rows)
        if len(upper) >= FEWEST and least <= lower[0].base - upper[0].base <= most
    ]
    return len(tight) >= FEWEST and sum(tight) > UNIFORM * len(tight)


def _is_row(lower: Sequence[Block], upper: Sequence[Block]) -> bool:
    """Whether a line has about as many fields as the one above: no wrapped rest."""
    return len(lower) >= max(FEWEST, SAME_FIELDS * len(upper))


def _is_rest(lower: Sequence[Block], upper: Sequence[Block]) -> bool:
    """Whether a line is but the ends of cells of the line above.

    Each field stands under one of those, no wider, and one at least shows it.
    """
    if len(upper) < FEWEST or len(lower) > len(upper) / 2:
        return False
    over = [next((u for u in upper if _stands_under(p, u)), None) for p in lower]
    return all(over) and any(
        _REST.fullmatch(piece.text) or up.full
        for piece, up in zip(lower, over, strict=True)
        if up is not None
    )


def _stands_under(piece: Block, upper: Block) -> bool:
    middles = abs((piece.x0 + piece.x1) - (upper.x0 + upper.x1)) / 2
    aligned = min(middles, abs(piece.x0 - upper.x0)) <= ALIGNED * piece.size
    return aligned and piece.x1 - piece.x0 <= upper.x1 - upper.x0
