"""Picture files → pages as displayed: EXIF orientation, pages of a TIFF, limits."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.errors import DocumentError
from pipeline.sources.limits import MAX_PAGES, MAX_PIXELS
from pipeline.sources.scan.engine import Picture

MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "JPEG2000": "image/jp2",
}

PAPER_SHORT, PAPER_LONG = 380.0, 1300.0
"""Points between which the longer side of a page lies that its file's resolution is
believed for (A5 to A3); cameras and editors write 72 whatever the picture is."""

OBLONG, OBLONG_MOST = 1.2, 3.0
"""Times that a pixel is higher than wide, or the reverse, in a fax (204 by 98)."""

IMAGE_FAILURES: tuple[type[Exception], ...] = (
    OSError,  # Pillow's own for broken and cut files, UnidentifiedImageError too
    SyntaxError,
    ValueError,
    ArithmeticError,
    LookupError,
    TypeError,
    EOFError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
)
"""What Pillow's decoders raise on damaged files."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as displayed.

    ``points`` is the size of a pixel of ``pixels`` in points, None where nobody
    knows it. ``units`` are width and height of a pixel in what a record's boxes are
    given in: points for PDF, the file's own pixels for a picture.
    """

    pixels: Picture
    points: float | None
    units: tuple[float, float] = (1.0, 1.0)


def media_type(data: bytes) -> str:
    """The type of a picture file; octet-stream where Pillow does not know it."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            return MEDIA_TYPES.get(image.format or "", "application/octet-stream")
    except Image.DecompressionBombError:
        return "application/octet-stream"
    except IMAGE_FAILURES:
        return "application/octet-stream"


def pages(data: bytes) -> Iterator[Page | str]:
    """Each page, or the reason of the closed set why there is none.

    Raises DocumentError ``corrupt`` where not even the first page opens.
    """
    from PIL import Image

    with warnings.catch_warnings():
        # Sizes are checked below, before anything is decoded.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data))
            count = getattr(image, "n_frames", 1)
        except Image.DecompressionBombError as error:
            raise DocumentError("too_many_pixels") from error
        except IMAGE_FAILURES as error:
            raise DocumentError("corrupt", "corrupt_image") from error
        with image:
            # The further frames of a GIF or a phone's JPEG are no pages.
            for index in range(count if image.format == "TIFF" else 1):
                if index == MAX_PAGES:
                    yield "too_many_pages"
                    return
                yield _page(image, index)


def _page(image: object, index: int) -> Page | str:
    from PIL import Image, ImageOps

    assert isinstance(image, Image.Image)
    try:
        image.seek(index)
        if image.width * image.height > MAX_PIXELS:
            return "too_many_pixels"
        image.load()
        upright = ImageOps.exif_transpose(image)
        across, down = _resolution(upright)
        pixels = _array(upright)
    except Image.DecompressionBombError:
        return "too_many_pixels"
    except IMAGE_FAILURES:
        return "truncated" if index else "corrupt"
    return _square(pixels, across, down)


def _array(image: object) -> Picture:
    """Blue, green, red; what is transparent is paper."""
    from PIL import Image

    assert isinstance(image, Image.Image)
    if "A" in image.getbands() or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        image = Image.alpha_composite(paper, layered)
    if image.mode.startswith("I;16") or image.mode == "I":
        deep = np.asarray(image, dtype=np.float64)
        grey = (deep / max(1.0, float(deep.max())) * 255).astype(np.uint8)
        return np.repeat(grey[:, :, None], 3, axis=2)
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def _resolution(image: object) -> tuple[float, float]:
    raw = getattr(image, "info", {}).get("dpi", (0.0, 0.0))
    try:
        across, down = float(raw[0]), float(raw[1])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0.0, 0.0
    if not (10 < across < 5000 and 10 < down < 5000):
        return 0.0, 0.0
    return across, down


def _square(pixels: Picture, across: float, down: float) -> Page:
    """Fax machines scan half as many lines as columns: made square again."""
    import cv2

    ratio = across / down if down else 1.0
    if not OBLONG <= max(ratio, 1 / ratio) <= OBLONG_MOST:
        return Page(pixels, _believed(pixels, across))
    height, width = pixels.shape[:2]
    size = (
        (width, round(height * ratio)) if ratio > 1 else (round(width / ratio), height)
    )
    square = cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC)
    units = (width / size[0], height / size[1])
    return Page(square.astype(np.uint8), _believed(square, max(across, down)), units)  # type: ignore[arg-type]


def _believed(pixels: Picture, dpi: float) -> float | None:
    if not dpi:
        return None
    longer = max(pixels.shape[:2]) * 72 / dpi
    return 72 / dpi if PAPER_SHORT <= longer <= PAPER_LONG else None
