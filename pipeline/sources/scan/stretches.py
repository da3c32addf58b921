"""Where an upright parts texts, and where it runs through them.

A copier's streak goes down the whole page. In some rows it may lie on a ruling, in
others it crosses sentences: each stretch between two lines across is judged alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.sources.scan.chains import Chain, part_of
from pipeline.sources.scan.engine import Quads
from pipeline.sources.scan.line_ink import SHORT_SHARE, Seen

LEAST_APART = 3.0
"""Pixels between two uprights from which on they are two."""

ONE_LINE = 0.3
"""Share of the lower of two texts that both must have beside each other to stand in
one line."""

ROOM = 0.6
"""Times the usual height of a text that two cells are apart at least of which the
detector made one box."""

CUT_SHARE = 0.3
"""Share of the rows of text at a line up to which characters may touch it on both of
its sides: cells can be full."""

HIGHEST_SHARE = 0.12
"""Share of the longer side that the first or the last row of a table is high at most."""

FEWEST_ROWS = 2
"""Rows in succession that a line must part which crosses texts elsewhere, and that it
must run through in one cell to cross texts where it parts others."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """An upright between two lines across: the rows of text that it parts and cuts.

    ``tight`` are rows where it stands between characters close to each other, as a
    streak does by chance and a ruling where cells are full. ``outside`` is what lies
    beyond the first or the last line across, ``high`` what is higher than rows are.
    """

    chain: Chain
    parted: int
    cut: int
    tight: int
    outside: bool
    high: bool

    @property
    def crosses(self) -> bool:
        """Whether it runs through a text."""
        if not self.parted:
            return self.cut > 0
        return self.cut > CUT_SHARE * (self.parted + self.cut + self.tight)

    @property
    def is_open_row(self) -> bool:
        """Whether it parts a row beyond the last line of a table without border."""
        return self.outside and self.parts and not self.high

    @property
    def parts(self) -> bool:
        """Whether it stands between texts."""
        return self.parted > 0 and not self.crosses


def stretches(
    chain: Chain, places: Sequence[float], beside: Sequence[Chain],
    boxes: Quads, seen: Seen,
) -> list[Stretch]:  # fmt: skip
    """The stretches of an upright between the lines across it at ``places``."""
    stops = [chain.start, *(p for p in places if chain.start < p < chain.end)]
    found = []
    for low, high in pairwise([*stops, chain.end]):
        part = part_of(chain, low, high)
        if part is None:
            continue
        outside = not any(p <= low + 1 for p in places) or high > places[-1] + 1
        rows = _rows(part, beside, boxes, seen, chain.length)
        high_row = high - low > HIGHEST_SHARE * max(seen.mask.shape)
        found.append(Stretch(part, *rows, outside, high_row))
    return found


def crosses_texts(found: Sequence[Stretch]) -> bool:
    """Whether an upright runs through texts, here or there."""
    crossing = [stretch for stretch in found if stretch.crosses]
    if any(s.cut + s.tight >= FEWEST_ROWS and not s.parted for s in crossing):
        return True
    cut = sum(stretch.cut for stretch in crossing)
    return cut > CUT_SHARE * sum(stretch.parted for stretch in found)


def printed(found: Sequence[Stretch]) -> list[list[Stretch]]:
    """The runs of stretches that are rulings, where others cross texts.

    Those without any text beside them follow their neighbours.
    """
    return [
        run
        for run in _runs(found)
        if sum(stretch.parts for stretch in run) >= FEWEST_ROWS
    ]


def _runs(found: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Neighbouring stretches that part texts, and what is between them."""
    run: list[Stretch] = []
    doubtful: list[Stretch] = []
    for stretch in found:
        if stretch.parts:
            run += [*doubtful, stretch] if run else [stretch]
            doubtful = []
        elif stretch.crosses or stretch.outside:
            yield run
            run, doubtful = [], []
        else:
            doubtful.append(stretch)
    yield run


def _rows(
    part: Chain, beside: Sequence[Chain], boxes: Quads, seen: Seen, length: float
) -> tuple[int, int, int]:
    """How many rows of text a stretch parts, cuts, and passes close by."""
    parted = cut = tight = 0
    em = em_of(boxes)
    left_texts: list[tuple[float, float]] = []
    right_texts: list[tuple[float, float]] = []
    for (x0, y0), (x1, y1) in boxes:
        middle = (y0 + y1) / 2
        if not part.start <= middle <= part.end:
            continue
        x = part.at(middle)
        if x0 + em / 2 < x < x1 - em / 2:
            # The detector often makes one box of two cells. For a short line that
            # shows nothing: it may be a stroke of a character.
            if seen.cuts_text(part, y0, y1):
                cut += 1
                continue
            long = length >= SHORT_SHARE * max(seen.mask.shape)
            wide = seen.room(part, y0, y1, em) >= ROOM * em
            parted += long and wide
            tight += not wide
            continue
        walls = [c.at(middle) for c in beside if c.start <= middle <= c.end]
        left = max((w for w in walls if w < x - LEAST_APART), default=0.0)
        right = min(
            (w for w in walls if w > x + LEAST_APART), default=float(seen.mask.shape[1])
        )
        centre = (x0 + x1) / 2
        if left < centre < x:
            left_texts.append((y0, y1))
        elif x < centre < right:
            right_texts.append((y0, y1))
    for y0, y1 in left_texts:
        parted += any(
            min(y1, other1) - max(y0, other0) > ONE_LINE * min(y1 - y0, other1 - other0)
            for other0, other1 in right_texts
        )
    return parted, cut, tight


def em_of(boxes: Quads) -> float:
    """The usual height of a text."""
    if not len(boxes):
        return 1.0
    return float(median(float(h) for h in (boxes[:, 1] - boxes[:, 0]).min(axis=1)))
