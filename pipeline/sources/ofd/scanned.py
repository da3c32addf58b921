"""A page of OFD that is one picture, for recognition."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipeline.errors import DocumentError
from pipeline.sources.limits import MAX_PIXELS
from pipeline.sources.ofd.page import Drawn
from pipeline.sources.ooxml import Package
from pipeline.sources.scan import images


def picture_of(package: Package, page: Drawn) -> images.Page | None:
    """The largest picture, on paper as large as the page; None where there is none.

    Raises DocumentError ``corrupt``, ``too_many_pixels``.
    """
    known = [p for p in page.pictures if p.resource]
    if not known:
        return None
    largest = max(known, key=lambda p: p.box[2] * p.box[3])
    data = package.part(largest.resource)
    if not data:
        raise DocumentError("corrupt", "corrupt_image")
    found = next(images.pages(data), None)
    if found is None or isinstance(found, str):
        raise DocumentError(found or "corrupt")
    height, width = found.pixels.shape[:2]
    x, y, across, down = largest.box
    units = (across / width, down / height)
    left, top = _pixels(x, units[0]), _pixels(y, units[1])
    right = _pixels(page.content.width - x - across, units[0])
    bottom = _pixels(page.content.height - y - down, units[1])
    if (width + left + right) * (height + top + bottom) > MAX_PIXELS:
        raise DocumentError("too_many_pixels")
    paper = np.pad(
        found.pixels,
        ((top, bottom), (left, right), (0, 0)),
        constant_values=255,
    )
    return replace(found, pixels=paper, points=units[1], units=units)


def _pixels(distance: float, unit: float) -> int:
    return max(0, round(distance / unit)) if unit > 0 else 0
