"""Read pages kept on disk, so that changed rules do not recognise anything anew.

The key is what decides the result: the pixels, the engine, and the code of this
package. A page that comes from the cache is the same as one just read, because the
latter goes through the same rounding.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import zlib
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from pipeline.sources.pdf_page import Glyph, OtherReading, PageContent, Ruling
from pipeline.sources.scan.geometry import Placement
from pipeline.sources.scan.images import Page
from pipeline.sources.scan.scanned import Scanned

log = logging.getLogger(__name__)

MATRIX = 9

ROOM = 0.9
"""Share of its size that a folder which has outgrown it is brought down to."""


def page_key(page: Page, engine: str) -> str:
    """What the result of reading a page depends on, as 64 hex digits."""
    digest = hashlib.sha256(_code().encode())
    made = (engine, page.pixels.shape, page.points, page.units)
    digest.update(repr(made).encode())
    digest.update(page.pixels.tobytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _code() -> str:
    """SHA-256 over this package: results of other code are other results."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def load(folder: Path, key: str) -> Scanned | None:
    """The page of a key; None where there is none or it cannot be read."""
    path = _path(folder, key)
    try:
        packed = path.read_bytes()
        os.utime(path)  # used now, so that it is not the next to go
    except OSError:
        return None
    try:
        return unpacked(packed)
    except (zlib.error, ValueError, TypeError, KeyError, IndexError) as error:
        log.warning("cached page %s is damaged and read anew: %s", key, error)
        return None


def store(folder: Path, key: str, packed: bytes) -> None:
    """Keep a page; a folder that cannot be written only costs time later."""
    path = _path(folder, key)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as part:
            part.write(packed)
        Path(part.name).replace(path)
    except OSError as error:
        log.warning("recognised page not kept in %s: %s", folder, error.strerror)


def trim(folder: Path, megabytes: int) -> None:
    """Remove the pages not used for longest where the folder has outgrown its size.

    Several processes may do it at once: what another one removed is gone already.
    """
    most = megabytes * 1_000_000
    pages: list[tuple[float, int, str]] = []
    for path in folder.glob("??/*.page"):
        with suppress(OSError):
            known = path.stat()
            pages.append((known.st_mtime, known.st_size, str(path)))
    held = sum(size for _, size, _ in pages)
    if held <= most:
        return
    removed = 0
    for _, size, path_name in sorted(pages):
        if held <= ROOM * most:
            break
        with suppress(OSError):
            Path(path_name).unlink()
        held -= size
        removed += 1
    log.info(
        "%s kept pages removed from %s, which had outgrown its size", removed, folder
    )


def _path(folder: Path, key: str) -> Path:
    return folder / key[:2] / f"{key}.page"


def packed(scanned: Scanned) -> bytes:
    """A page as compressed JSON."""
    content = scanned.content
    plain = {
        "size": [round(content.width, 3), round(content.height, 3)],
        "glyphs": [_glyph_values(glyph) for glyph in content.glyphs],
        "rulings": [
            [r.horizontal, round(r.at, 2), round(r.start, 2), round(r.end, 2)]
            for r in content.rulings
        ],
        "others": [[round(o.x, 2), round(o.y, 2), o.text] for o in content.others],
        "placement": [
            *scanned.placement.matrix,
            scanned.placement.width,
            scanned.placement.height,
        ],
    }
    return zlib.compress(json.dumps(plain, ensure_ascii=False).encode())


def _glyph_values(glyph: Glyph) -> list[object]:
    places = (glyph.x0, glyph.y0, glyph.x1, glyph.y1, glyph.size)
    along = (glyph.start, glyph.end, glyph.base)
    return [
        glyph.text,
        glyph.turn,
        glyph.confidence,
        *(round(v, 2) for v in (*places, *along)),
    ]


def unpacked(packed: bytes) -> Scanned:
    """The page; raises what json and zlib raise on damage."""
    plain = json.loads(zlib.decompress(packed))
    width, height = plain["size"]
    content = PageContent(
        width=width,
        height=height,
        glyphs=[
            Glyph(text, x0, y0, x1, y1, size, turn, start, end, base, confidence)
            for text, turn, confidence, x0, y0, x1, y1, size, start, end, base in plain[
                "glyphs"
            ]
        ],
        rulings=[Ruling(bool(level), *rest) for level, *rest in plain["rulings"]],
        others=[OtherReading(*values) for values in plain["others"]],
    )
    *matrix, across, down = plain["placement"]
    if len(matrix) != MATRIX:
        raise ValueError("not a map of the plane")
    return Scanned(content, Placement(tuple(matrix), across, down))
