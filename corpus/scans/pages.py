"""Printed PDF to worn page images, and page images to a file."""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Sequence

import numpy as np
import pypdfium2
from PIL import Image

from corpus.scans.conditions import Condition
from corpus.scans.fonts import Font
from corpus.scans.wear import STEPS, Page, Sheet

#: PDF files carry a date; scans of one plan must be the same bytes.
DATE = time.struct_time((2020, 1, 1, 0, 0, 0, 2, 1, 0))
#: Kinds of file that hold one page.
SINGLE = frozenset(("png", "jpg"))
#: A telephone stores turned pixels and says so: EXIF tag and its values by the
#: quarter turns (anticlockwise) of what is stored.
ORIENTATION = 274
TURNED = {0: 1, 1: 6, 2: 3, 3: 8}


def rasterise(pdf: bytes, dpi: int) -> list[Page]:
    """The pages of a PDF as RGB arrays."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            np.asarray(
                document[i].render(scale=dpi / 72).to_pil().convert("RGB")
            ).copy()
            for i in range(len(document))
        ]
    finally:
        document.close()


def wear_pages(
    pages: Sequence[Page],
    condition: Condition,
    *,
    key: str,
    seal_text: str = "",
    seal_font: Font | None = None,
) -> list[Page]:
    """Every page worn by the condition's steps, with strengths of its own."""
    worn = []
    for number, page in enumerate(pages):
        rng = np.random.default_rng(zlib.crc32(f"{key}/{number}".encode()))
        back = pages[number ^ 1] if number ^ 1 < len(pages) else None
        sheet = Sheet(condition.dpi, seal_text, seal_font, back)
        for step in condition.steps:
            page = STEPS[step](page, rng, sheet)
        worn.append(page)
    return worn


def file_kind(condition: Condition, pages: int) -> str:
    """The suffix of the file that holds the pages."""
    single = condition.file in SINGLE
    return "pdf" if single and pages > 1 else condition.file


def pack(pages: Sequence[Page], kind: str, *, dpi: int, bilevel: bool) -> bytes:
    """Pages as one file of a kind: image-only ``pdf``, ``tiff``, ``png``, ``jpg``."""
    mode = "1" if bilevel else "RGB"
    images = [Image.fromarray(page).convert(mode) for page in pages]
    out = io.BytesIO()
    if kind == "pdf":
        images[0].save(
            out,
            "PDF",
            save_all=True,
            append_images=images[1:],
            resolution=dpi,
            creationDate=DATE,
            modDate=DATE,
            **({} if bilevel else {"quality": 88}),
        )
    elif kind == "tiff":
        images[0].save(
            out,
            "TIFF",
            save_all=True,
            append_images=images[1:],
            dpi=(dpi, dpi),
            compression="group4" if bilevel else "tiff_lzw",
        )
    elif kind == "jpg":
        turns = zlib.crc32(images[0].tobytes()) % len(TURNED)
        exif = Image.Exif()
        exif[ORIENTATION] = TURNED[turns]
        stored = images[0].rotate(90 * turns, expand=True)
        stored.save(out, "JPEG", dpi=(dpi, dpi), quality=92, exif=exif)
    else:
        images[0].save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()
