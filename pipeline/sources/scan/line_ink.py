"""What the picture says about a line: how dark it is, and what it runs through."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.sources.scan.chains import Chain
from pipeline.sources.scan.engine import Picture, Quads
from pipeline.sources.scan.strokes import DASH_GAP_SHARE, Mask

SAMPLES = 200
"""Places along a line at which it is looked at."""

AWAY = 7
"""Pixels beyond a line's edge where its paper is looked at."""

FLANK = (2, 4)
"""Pixels beyond a line's edge where a text that it crosses has ink as well."""

INKED = 0.33
"""Share of a dotted or dashed line that is ink."""

CLEARER = 2.5
"""Times the ink beside it that a ruling has on its line, so that it is no text."""

END_SHARE = 0.002
"""Share of the longer side at both ends of a piece that is ink of the line across."""

CLEAN = 0.06
"""Share of a line's length with ink beside it up to which no text touches it."""

ROUGH = 0.3
"""Share of a line's length with ink on both sides of the edge of a dark blot."""

SOLID, STANDS_OUT = 0.93, 0.2
"""Share of its middle that is ink in a ruling among specks, and by how much that is
more than what is ink beside it."""

ENDS = 16
"""Pixels along a line over which it is seen whether it is one or specks in a row."""

DASHED = 0.35
"""Share of a dotted or dashed line that is ink in its middle."""

FREE = 0.08
"""Share of a text's height with ink up to which there are specks and no characters."""

SHORT_SHARE = 0.03
"""Share of the longer side up to which an upright may be a stroke of a character."""

CUT = 0.12
"""Share of a text's height with ink on both sides of a line that cuts characters."""


class Seen:
    """What lines look like, each one looked at once."""

    def __init__(self, grey: Picture, mask: Mask) -> None:
        self._grey, self.mask = grey, mask
        self._contrast: dict[Chain, float] = {}
        self._rough: dict[Chain, bool] = {}
        self._solid: dict[Chain, bool] = {}

    def contrast(self, chain: Chain) -> float:
        """Grey levels by which a line is darker than the paper beside it."""
        if chain not in self._contrast:
            self._contrast[chain] = _contrast(self._grey, chain)
        return self._contrast[chain]

    def is_rough(self, chain: Chain) -> bool:
        """Whether a line is one of specks among others for much of its length."""
        return self._among_specks(chain) and not self.stands_out(chain)

    def stands_out(self, chain: Chain) -> bool:
        """Whether a line among specks is none: those beside it are no paper.

        A short one between strokes may be one of them, of a character.
        """
        if chain.length < SHORT_SHARE * max(self.mask.shape):
            return False
        return self._among_specks(chain) and self._is_solid(chain)

    def _among_specks(self, chain: Chain) -> bool:
        if chain not in self._rough:
            before, after = flanks(self.mask, chain, chain.start, chain.end)
            self._rough[chain] = bool(len(before) and np.mean(before & after) > ROUGH)
        return self._rough[chain]

    def _is_solid(self, chain: Chain) -> bool:
        if chain not in self._solid:
            self._solid[chain] = is_solid(self.mask, chain)
        return self._solid[chain]

    def room(self, chain: Chain, start: float, end: float, reach: float) -> float:
        """Pixels without characters on both sides of a line, each up to ``reach``."""
        lying = self.mask if chain.level else self.mask.T
        columns = _columns(lying, start, end)
        if not len(columns):
            return 2 * reach
        middles = chain.along(columns.astype(np.float64))
        half = round(chain.thickness / 2)
        aside = np.arange(half + FLANK[0], half + FLANK[0] + round(reach))
        free = 0.0
        for offsets in (-aside, aside):
            inked = np.mean(_levels(lying, middles, columns, offsets) > 0, axis=1)
            free += float(np.argmax(inked > FREE)) if (inked > FREE).any() else reach
        return free

    def cuts_text(self, chain: Chain, start: float, end: float) -> bool:
        """Whether a line runs through characters between two places along it."""
        before, after = flanks(self.mask, chain, start, end)
        return bool(np.mean(before & after) > CUT) if len(before) else False


def _contrast(grey: Picture, chain: Chain) -> float:
    lying = grey if chain.level else grey.T
    half = round(chain.thickness / 2) + 1
    share = min(1.0, SAMPLES / max(1.0, chain.inked))
    places = np.concatenate(
        [
            np.linspace(s.start, s.end, max(3, round(s.length * share)))
            for s in chain.strokes
        ]
    )
    middles = chain.along(places)
    columns = np.clip(np.round(places).astype(np.intp), 0, lying.shape[1] - 1)
    on_line = np.arange(-half, half + 1)
    beside = np.arange(half + 1, half + 1 + AWAY)
    near = _levels(lying, middles, columns, on_line)
    away = _levels(lying, middles, columns, np.concatenate((-beside, beside)))
    return float(np.median(np.median(away, axis=0) - near.min(axis=0)))


def _levels(
    lying: Picture,
    middles: NDArray[np.intp],
    columns: NDArray[np.intp],
    offsets: NDArray[np.int_],
) -> Picture:
    """Pixels at offsets across a line (rows of the result) at places along it."""
    rows = np.clip(middles[None, :] + offsets[:, None], 0, lying.shape[0] - 1)
    return np.asarray(lying[rows, columns[None, :]])


def flanks(
    mask: Mask, chain: Chain, start: float, end: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where along a line there is ink close to its one side and its other side."""
    lying = mask if chain.level else mask.T
    half = round(chain.thickness / 2)
    columns = _columns(lying, start, end)
    middles = chain.along(columns.astype(np.float64))
    offsets = np.arange(half + FLANK[0], half + FLANK[1] + 1)
    before = _levels(lying, middles, columns, -offsets).max(axis=0) > 0
    after = _levels(lying, middles, columns, offsets).max(axis=0) > 0
    return np.asarray(before), np.asarray(after)


def is_solid(mask: Mask, chain: Chain) -> bool:
    """Whether a line is ink without gaps, unlike the specks on both of its sides."""
    lying = mask if chain.level else mask.T
    half = round(chain.thickness / 2)
    columns = _columns(lying, chain.start, chain.end)
    middles = chain.along(columns.astype(np.float64))
    reach = half + FLANK[1]
    shares = [
        float(np.mean(_levels(lying, middles, columns, np.array([offset])) > 0))
        for offset in range(-reach, reach + 1)
    ]
    aside = FLANK[1] - FLANK[0] + 1
    beside = max(np.mean(shares[:aside]), np.mean(shares[-aside:]))
    middle = max(shares[aside:-aside])
    return bool(middle >= SOLID and middle >= beside + STANDS_OUT)


def extent(mask: Mask, chain: Chain) -> tuple[float, float]:
    """Where a line begins and ends that specks seem to make longer."""
    lying = mask if chain.level else mask.T
    columns = _columns(lying, chain.start, chain.end)
    if len(columns) < ENDS:
        return chain.start, chain.end
    middles = chain.along(columns.astype(np.float64))
    core = np.mean(_levels(lying, middles, columns, np.arange(-1, 2)) > 0, axis=0)
    before, after = flanks(mask, chain, chain.start, chain.end)
    inked, among = _near(core), _near(before & after)
    is_line = (inked >= SOLID) | ((inked >= DASHED) & (among <= CLEAN))
    places = np.flatnonzero(is_line)
    if not len(places):
        return chain.start, chain.end
    return float(columns[places[0]]), float(columns[places[-1]])


def _near(values: NDArray[np.generic]) -> NDArray[np.float64]:
    """Means over the places round each one."""
    padded = np.pad(values.astype(np.float64), ENDS // 2, mode="edge")
    return np.convolve(padded, np.ones(ENDS) / ENDS, mode="same")[
        ENDS // 2 : ENDS // 2 + len(values)
    ]


def _columns(lying: Mask, start: float, end: float) -> NDArray[np.intp]:
    return np.arange(max(0, round(start)), min(lying.shape[1], round(end)))


def is_ruled(mask: Mask, chain: Chain, boxes: Quads) -> bool:
    """Whether there is a line where one is expected, and no text instead.

    A ruling has ink also above, below and between the lines of text that touch it.
    """
    before, after = flanks(mask, chain, chain.start, chain.end)
    if not len(before):
        return False
    longer = max(mask.shape)
    on_line = _on_line(mask, chain)
    gap = max(4.0, DASH_GAP_SHARE * longer)
    if on_line.mean() < INKED or _longest_gap(on_line) > gap:
        return False
    if max(before.mean(), after.mean()) <= CLEAN:
        return True  # characters would be broader than that
    if is_solid(mask, chain):
        return True  # no line of text is
    free = ~_beside_text(chain, boxes, len(before))
    ends = round(END_SHARE * longer)
    free[:ends] = free[len(free) - ends :] = False
    if not free.any() or on_line[free].mean() < INKED:
        return False
    return bool(on_line.mean() >= CLEARER * min(before.mean(), after.mean()) + 0.1)


def _beside_text(chain: Chain, boxes: Quads, count: int) -> NDArray[np.bool_]:
    """Where along a line characters may lie on it."""
    first = max(0, round(chain.start))
    along, over = (0, 1) if chain.level else (1, 0)
    found = np.zeros(count, dtype=bool)
    for low, high in boxes:
        # A box is larger than its text.
        inwards = 0.15 * (high[along] - low[along]) if not chain.level else 0.0
        start = round(low[along] + inwards) - first
        end = round(high[along] - inwards) - first
        if end <= 0 or start >= count:
            continue
        at = chain.at((low[along] + high[along]) / 2)
        if low[over] <= at <= high[over]:
            found[max(0, start) : max(0, end)] = True
    return found


def _on_line(mask: Mask, chain: Chain) -> NDArray[np.bool_]:
    """Where along a line there is ink on it."""
    lying = mask if chain.level else mask.T
    half = round(chain.thickness / 2)
    columns = _columns(lying, chain.start, chain.end)
    middles = chain.along(columns.astype(np.float64))
    inked = _levels(lying, middles, columns, np.arange(-half, half + 1)).max(axis=0) > 0
    return np.asarray(inked)


def _longest_gap(inked: NDArray[np.bool_]) -> int:
    """The most places in a row without ink."""
    places = np.flatnonzero(np.concatenate(([True], inked, [True])))
    return int(np.diff(places).max()) - 1
