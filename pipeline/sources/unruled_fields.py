"""The fields of printed lines as the pieces that cells without rulings are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.core.provenance import BBox
from pipeline.sources.lines import Line

FILLED = 2.5
"""Em up to the next column that may stay free beside a line that was wrapped."""

NEAR = 3
"""Lines above and below in which the next column is looked for."""

PARTED, FAR = 3, 12
"""Lines below that part where a field has a gap, for it to be two; lines below in
which they are looked for."""

ALIGNED = 0.6
"""Sizes that the middles, or the left edges, of two lines of one cell may differ."""

NARROW, SPARE = 8.0, 0.9
"""Em up to which a cell is narrow; em that its last line may be shorter and still be
no last line. In a wide cell a number that had no room leaves more than that."""

OVERLAP = 0.5
"""Share of the narrower field that must lie under the other one."""


@dataclass(slots=True)
class Block:
    """Fields one below the other that are one cell, in points.

    ``base`` is the lower edge of the first line, ``last`` that of the last one.
    ``full`` says that the next character had no room, ``rest`` that a field by its
    text or its neighbours is the end of what stands above.
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
    text: str = ""
    rest: bool = False

    @property
    def unclosed(self) -> bool:
        """Whether a bracket is open at the end."""
        return len(re.findall("[（(]", self.text)) > len(re.findall("[）)]", self.text))

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.y0 + self.y1) / 2


def pieces_of(lines: Sequence[Line]) -> list[list[Block]]:
    """The fields of each line, as blocks of one line."""
    rows = [_fields(line, lines[i + 1 : i + 1 + FAR]) for i, line in enumerate(lines)]
    _mark_full(rows)
    return rows


def _fields(line: Line, below: Sequence[Line]) -> list[Block]:
    """The fields of a line, parted at a narrow gap where the lines below part too.

    Labels fill the columns of a header more than their values do.
    """
    found: list[Block] = []
    for text, box in line.fields:
        cuts = [
            gap
            for gap in line.gaps
            if box.x0 < gap[0]
            and gap[1] < box.x1
            and sum(_parts_there(gap, box, other) for other in below) >= PARTED
        ]
        found += cut(_block(line, text, box), cuts)
    return found


def _parts_there(gap: tuple[float, float], box: BBox, line: Line) -> bool:
    """Whether two fields of a line stand on both sides of a gap, under a field."""
    return any(
        left.x1 < gap[1]
        and gap[0] < right.x0
        and box.x0 < left.x1
        and right.x0 < box.x1
        for (_, left), (_, right) in pairwise(line.fields)
    )


def cut(piece: Block, cuts: Sequence[tuple[float, float]]) -> list[Block]:
    """A piece parted at gaps inside it, given from left to right."""
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


def _block(line: Line, text: str, box: BBox) -> Block:
    return Block(
        box.x0, box.y0, box.x1, box.y1, box.y1, line.size, box.y1, [box], text=text
    )


def _mark_full(rows: Sequence[Sequence[Block]]) -> None:
    """Mark the fields after which the next character had no room."""
    right = max((b.x1 for row in rows for b in row), default=0.0)
    for i, row in enumerate(rows):
        near = [b.x0 for r in rows[max(0, i - NEAR) : i + NEAR + 1] for b in r]
        above = rows[i - 1] if i else ()
        for piece in row:
            edge = min((x for x in near if x >= piece.x1), default=right)
            room = edge - piece.x1 > FILLED * piece.size
            ends = len(row) <= len(above) and _ends_short(piece, above)
            piece.full = not room and not ends


def _ends_short(piece: Block, above: Sequence[Block]) -> bool:
    """Whether a field is the last line of what went on further in the line above."""
    return any(
        upper.x0 <= piece.x0 + ALIGNED * piece.size
        and upper.x1 - piece.x1 > _spare(upper)
        for upper in above
        if overlap(upper, piece) >= OVERLAP
    )


def _spare(block: Block) -> float:
    narrow = block.x1 - block.x0 <= NARROW * block.size
    return (SPARE if narrow else FILLED) * block.size
