"""One picture of a page → its content, as a text-layer PDF page would have it."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

import numpy as np

from pipeline.errors import DocumentError
from pipeline.sources.pdf_page import OtherReading, PageContent
from pipeline.sources.scan import flatten, light, orient
from pipeline.sources.scan.band_cells import cell_borders
from pipeline.sources.scan.blots import over_blots, without_blots, without_specks
from pipeline.sources.scan.bridges import bridged
from pipeline.sources.scan.crops import Piece, cut, pieces_of
from pipeline.sources.scan.engine import (
    Engine,
    Picture,
    Quads,
    Reading,
    confidence_of,
)
from pipeline.sources.scan.geometry import (
    Matrix,
    Placement,
    framed,
    moved,
    placement,
    rotation,
    scaling,
    shift,
)
from pipeline.sources.scan.glyphs import USUAL_EM, glyphs_of
from pipeline.sources.scan.images import Page
from pipeline.sources.scan.lone_marks import lone_marks
from pipeline.sources.scan.network import table_lines
from pipeline.sources.scan.rulings import in_points, rulings_of
from pipeline.sources.scan.scanned import Scanned
from pipeline.sources.scan.second_look import second_look
from pipeline.sources.scan.signs import with_signs
from pipeline.sources.scan.softened import read_softened
from pipeline.sources.scan.stacks import read_stacks, stacks_of
from pipeline.sources.scan.strokes import (
    SHORTEST_SHARE,
    Mask,
    Stroke,
    ink,
    strokes,
    with_blots,
)
from pipeline.sources.scan.within import hulls

SMALL_SIDE, LARGE_SIDE = 1600, 2400
"""Pixels of the longer side between which a picture of unknown size is brought."""

MOST_ENLARGED = 2.0
"""Times that a small picture is enlarged; beyond it only gets blurred."""

A4_LONG = 842.0
"""Points of the longer side of a page whose size nobody knows."""

TYPICAL_LINE, TYPICAL_LINES = 8.0, 6
"""Times its height that a line is long with which the way up is tried, and how many."""

LEAST_CONFIDENCE = 0.5
"""Confidence below which a line is a pattern of the paper, or a seal."""

STILL, NEARLY_STILL = 1.0, 8.0
"""Pixels by which a map must move the page to be worth drawing it anew, and to be
worth looking at the result again: slanted lines are found in pieces only."""

MOST_DRAWN = 3
"""How often a page is drawn anew at most."""


@dataclass(slots=True)
class Flat:
    """A page made level: grey picture, its texts and strokes, and how it got so.

    ``matrix`` maps the picture as it came to this one.
    """

    grey: Picture
    texts: Quads
    strokes: list[Stroke]
    matrix: Matrix


def read_page(page: Page, engine: Engine) -> Scanned:
    """The content of a page. Raises DocumentError ``ocr_failed``."""
    picture, size = _sized(page)
    grey = light.evened(_grey(light.without_seals(picture)))
    found = engine.detect(without_blots(grey))
    flat = _upright(flattened(grey, found), engine)
    points = _points(page, size, flat)
    lines, rulings, others = _read_lines(flat, engine)
    content = PageContent(
        width=flat.grey.shape[1] * points,
        height=flat.grey.shape[0] * points,
        glyphs=glyphs_of(lines, points),
        rulings=in_points(rulings, points),
        others=[OtherReading(o.x * points, o.y * points, o.text) for o in others],
    )
    return Scanned(content, _placement(page, size, flat.matrix, points))


def _sized(page: Page) -> tuple[Picture, float]:
    """The picture at a size that the models were made for, and its scale."""
    import cv2

    height, width = page.pixels.shape[:2]
    longer = max(height, width)
    scale = 1.0
    if longer < SMALL_SIDE:
        scale = min(MOST_ENLARGED, SMALL_SIDE / longer)
    elif longer > LARGE_SIDE and page.units == (1.0, 1.0):
        scale = LARGE_SIDE / longer
    if scale == 1.0:
        return page.pixels, 1.0
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    resized = cv2.resize(page.pixels, size, interpolation=how)
    return np.asarray(resized, dtype=np.uint8), scale


def _grey(picture: Picture) -> Picture:
    import cv2

    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def flattened(grey: Picture, found: Quads) -> Flat:
    """The page turned, levelled and without perspective."""
    if flatten.is_sideways(found):
        found = np.roll(found, -1, axis=1)
    axes, weights = flatten.text_axes(found)
    flat = _drawn(grey, found, rotation(-flatten.skew(axes, weights)))
    for _ in range(MOST_DRAWN):
        high, wide = flat.grey.shape
        long_axes, _ = flatten.text_axes(flat.texts)
        fine = flatten.levelling(flat.strokes, long_axes, width=wide, height=high)
        corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=float)
        moves = float(np.abs(moved(corners, fine) - corners).max())
        if moves < STILL:
            break
        flat = _drawn(grey, found, fine @ flat.matrix)
        if moves < NEARLY_STILL:
            break  # what the lines of a level page still show is their own breadth
    return flat


def _upright(flat: Flat, engine: Engine) -> Flat:
    """The page the right way up. Raises DocumentError ``ocr_failed``."""
    way = orient.way_of(_typical(flat), engine)
    if way in (orient.Way.MIRRORED, orient.Way.UNREADABLE):
        raise DocumentError("ocr_failed")
    if way is orient.Way.UPRIGHT:
        return flat
    height, width = flat.grey.shape
    half = shift(width - 1, height - 1) @ np.diag([-1.0, -1.0, 1.0])
    texts = np.roll(moved(flat.texts, half), 2, axis=1)
    turned = np.ascontiguousarray(flat.grey[::-1, ::-1])
    return Flat(turned, texts, strokes(_ink(turned), texts), half @ flat.matrix)


def _typical(flat: Flat) -> list[Picture]:
    """A few lines of text, neither short nor long."""
    lengths = [
        (abs((high[0] - low[0]) / max(1.0, high[1] - low[1]) - TYPICAL_LINE), i)
        for i, (low, high) in enumerate(hulls(flat.texts))
    ]
    chosen = [hulls(flat.texts[[i]])[0] for _, i in sorted(lengths)[:TYPICAL_LINES]]
    return [
        cut(flat.grey, Piece(low[0], low[1], high[0], high[1])) for low, high in chosen
    ]


def _ink(grey: Picture) -> Mask:
    return ink(light.smoothed(grey))


def _drawn(grey: Picture, found: Quads, matrix: Matrix) -> Flat:
    import cv2

    height, width = grey.shape[:2]
    full, wide, high = framed(matrix, width, height)
    if np.allclose(full, np.eye(3), atol=1e-9):
        drawn = grey
    else:
        drawn = np.asarray(
            cv2.warpPerspective(
                grey, full, (wide, high), flags=cv2.INTER_LINEAR, borderValue=(255,)
            ),
            dtype=np.uint8,
        )
    texts = moved(found, full)
    return Flat(drawn, texts, strokes(_ink(drawn), texts), full)


def _read_lines(
    flat: Flat, engine: Engine
) -> tuple[list[tuple[Piece, Reading]], list[Stroke], list[OtherReading]]:
    mask = _ink(flat.grey)
    rulings = _rulings(flat, mask)
    pieces = pieces_of(flat.texts, rulings, mask)
    stacks = stacks_of(pieces, rulings, mask, _em(pieces))
    stacked, done = read_stacks(flat.grey, stacks, engine)
    pieces = [piece for i, piece in enumerate(pieces) if i not in done]
    readings = engine.read([cut(flat.grey, piece) for piece in pieces])
    lines = [*stacked, *((p, r) for p, r in zip(pieces, readings, strict=True) if r)]
    if pieces and not lines:
        raise DocumentError("ocr_failed")
    lines, softened = read_softened(flat.grey, lines, engine)
    lines = [(p, r) for p, r in lines if confidence_of(r) >= LEAST_CONFIDENCE]
    lines += lone_marks(flat.grey, mask, rulings, lines, engine)
    lines, others = second_look(flat.grey, rulings, lines, engine)
    return with_signs(flat.grey, lines), rulings, [*softened, *others]


def _rulings(flat: Flat, mask: Mask) -> list[Stroke]:
    """The ruled lines of the page's tables."""
    longer = max(flat.grey.shape)
    found = rulings_of(
        flat.strokes, flat.texts, longer=longer, shortest=SHORTEST_SHARE * longer
    )
    smooth = light.smoothed(flat.grey)
    dark = with_blots(mask, smooth)
    found = without_specks(found, smooth, dark)
    hidden = over_blots(found, smooth)
    lines, streaks = table_lines([*found, *hidden], flat.texts, smooth, dark)
    kept = [stroke for stroke in hidden if stroke in lines]
    lines = bridged(lines, flat.texts, dark, streaks=streaks)
    return [*lines, *cell_borders(kept, lines, flat.texts, smooth)]


def _em(pieces: list[Piece]) -> float:
    """The usual size of a character in pixels."""
    heights = [piece.height for piece in pieces if not piece.stacked]
    return USUAL_EM * median(heights) if heights else 1.0


def _points(page: Page, size: float, flat: Flat) -> float:
    """Points per pixel of the flat page."""
    if page.points is not None:
        return page.points / size
    return A4_LONG / float(max(flat.grey.shape))


def _placement(page: Page, size: float, matrix: Matrix, points: float) -> Placement:
    height, width = page.pixels.shape[:2]
    back = (
        scaling(*page.units)
        @ scaling(1 / size, 1 / size)
        @ np.linalg.inv(matrix)
        @ scaling(1 / points, 1 / points)
    )
    return placement(back, width * page.units[0], height * page.units[1])
