"""Drawings of what was seen on a page: text, rulings, cells, what fields were read.

Green: text, the paler the less sure. Orange: rulings. Blue: cells, red where their
text is doubtful. Violet: the fields of a form with their names.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from pipeline.core.document import Cell, Paragraph, Table
from pipeline.core.provenance import BBox, Provenance
from pipeline.sources.scan.engine import Picture
from pipeline.sources.scan.images import Page
from pipeline.sources.scan.raster import DPI
from pipeline.sources.scan.scanned import Scanned

DOUBTFUL = 0.8
GREEN, ORANGE, BLUE = (0, 160, 0), (0, 140, 255), (200, 80, 0)
RED, VIOLET = (0, 0, 220), (200, 0, 160)


def drawing(folder: Path, name: str, number: int) -> Path:
    """Where the drawing of a page is put: readable, and apart for each document."""
    stem = re.sub(r"[^\w.-]+", "_", name)[-60:] or "document"
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return folder / f"{stem}-{mark}-p{number:03}.png"


def draw_page(path: Path, page: Page, scanned: Scanned) -> None:
    """A new drawing with the characters and rulings of a page."""
    picture = page.pixels.copy()
    content, place = scanned.content, scanned.placement
    for glyph in content.glyphs:
        sure = glyph.confidence if glyph.confidence is not None else 1.0
        colour = RED if sure < DOUBTFUL else GREEN
        box = place.place(BBox(glyph.x0, glyph.y0, glyph.x1, glyph.y1))
        _frame(picture, box, page.units, colour, 1)
    for ruling in content.rulings:
        low, high = (ruling.start, ruling.at), (ruling.end, ruling.at)
        if not ruling.horizontal:
            low, high = (ruling.at, ruling.start), (ruling.at, ruling.end)
        _frame(picture, place.place(BBox(*low, *high)), page.units, ORANGE, 2)
    _write(path, picture)


def draw_blocks(
    path: Path, units: tuple[float, float], number: int, blocks: Iterable[object]
) -> None:
    """Add the cells and paragraphs of a page to its drawing."""
    picture = _read(path)
    if picture is None:
        return
    for block in blocks:
        nouns = block.cells if isinstance(block, Table) else (block,)
        for noun in nouns:
            if not isinstance(noun, (Cell, Paragraph)) or noun.page != number:
                continue
            doubt = noun.ocr_confidence is not None and noun.ocr_confidence < DOUBTFUL
            if noun.bbox is not None:
                _frame(picture, noun.bbox, units, RED if doubt else BLUE, 2)
    _write(path, picture)


def draw_fields(
    folder: Path,
    name: str,
    pages: Iterable[int],
    fields: Mapping[str, Provenance],
    *,
    points: bool,
) -> None:
    """Add the fields of a form to the drawings of its pages.

    ``points`` says that boxes are in points of a PDF, not in pixels.
    """
    import cv2

    for number in pages:
        path = drawing(folder, name, number)
        picture = _read(path)
        if picture is None:
            continue
        unit = 72 / DPI if points else 1.0
        for field, place in fields.items():
            if place.page != number or place.bbox is None:
                continue
            _frame(picture, place.bbox, (unit, unit), VIOLET, 2)
            spot = (round(place.bbox.x0 / unit) + 3, round(place.bbox.y0 / unit) + 14)
            cv2.putText(picture, field, spot, cv2.FONT_HERSHEY_SIMPLEX, 0.45, VIOLET, 1)
        _write(path, picture)


def _frame(
    picture: Picture,
    box: BBox,
    units: tuple[float, float],
    colour: tuple[int, int, int],
    width: int,
) -> None:
    import cv2

    low = (round(box.x0 / units[0]), round(box.y0 / units[1]))
    high = (round(box.x1 / units[0]), round(box.y1 / units[1]))
    cv2.rectangle(picture, low, high, colour, width)


def _write(path: Path, picture: Picture) -> None:
    import cv2

    path.parent.mkdir(parents=True, exist_ok=True)
    # OpenCV's own writer fails on names with Chinese characters on some systems.
    path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())


def _read(path: Path) -> Picture | None:
    import cv2

    if not path.exists():
        return None
    raw = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    picture = cv2.imdecode(raw, cv2.IMREAD_COLOR)
    return None if picture is None else np.asarray(picture, dtype=np.uint8)
