"""Pages of a PDF as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from pipeline.errors import DocumentError
from pipeline.sources.limits import MAX_PIXELS
from pipeline.sources.scan.images import Page

DPI = 200
"""Characters of 6.5 points have 18 pixels then; more is shrunk by the detector."""

LEAST_DPI = 50
"""Below it nothing is readable: a page so large is a plan or a bomb."""

LARGEST_SIDE = 3400
"""Pixels of the longer side; larger paper than A3 is rendered more coarsely."""


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The document in pdfium. Raises DocumentError ``corrupt``."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise DocumentError("corrupt", "corrupt_pdf") from error
    try:
        yield document
    finally:
        document.close()


def render(document: Any, number: int) -> Page:
    """Page ``number``, counted from 1, as displayed.

    Raises DocumentError ``too_many_pixels`` or ``corrupt``.
    """
    import pypdfium2

    if not 1 <= number <= len(document):
        raise DocumentError("corrupt", "corrupt_pdf")
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise DocumentError("corrupt", "corrupt_pdf") from error
    try:
        width, height = page.get_size()
        scale = _scale(width, height)
        bitmap = page.render(scale=scale, may_draw_forms=False)
        pixels = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
        bitmap.close()
    except pypdfium2.PdfiumError as error:
        raise DocumentError("corrupt", "corrupt_pdf") from error
    finally:
        page.close()
    units = (width / pixels.shape[1], height / pixels.shape[0])
    return Page(pixels, 1 / scale, units)


def _scale(width: float, height: float) -> float:
    """Pixels per point, computed before anything is drawn."""
    longer = max(width, height, 1.0)
    scale = min(DPI / 72, LARGEST_SIDE / longer)
    if scale < LEAST_DPI / 72 or width * height * scale * scale > MAX_PIXELS:
        raise DocumentError("too_many_pixels")
    return scale
