"""A round red seal: ring, star, and the unit's name along the ring."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from corpus.scans.fonts import Font

#: Diameter of a unit's seal in millimetres.
DIAMETER = (38.0, 46.0)
#: The name fills this part of the ring, in degrees.
ARC = 240.0


def _face(font: Font | None, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    if font is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(str(font.file), size, index=font.face)


def draw_seal(text: str, font: Font | None, size: int) -> NDArray[np.float32]:
    """How much ink (0 to 1) a seal ``size`` pixels wide leaves at each point."""
    ink = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(ink)
    rim = max(2, size // 40)
    pen.ellipse((rim, rim, size - rim, size - rim), outline=255, width=rim)
    middle, radius = size / 2, size * 0.16
    points = [
        (
            middle + radius * (1.0 if k % 2 == 0 else 0.38) * np.sin(k * np.pi / 5),
            middle - radius * (1.0 if k % 2 == 0 else 0.38) * np.cos(k * np.pi / 5),
        )
        for k in range(10)
    ]
    pen.polygon(points, fill=255)
    letter = int(size * min(0.13, 2.6 / max(1, len(text))))
    face = _face(font, letter)
    for index, character in enumerate(text):
        share = (index + 0.5) / len(text) - 0.5
        angle = share * ARC
        glyph = Image.new("L", (size, size), 0)
        ImageDraw.Draw(glyph).text(
            (middle, size * 0.13), character, fill=255, font=face, anchor="mm"
        )
        turned = glyph.rotate(-angle, resample=Image.Resampling.BICUBIC)
        ink.paste(255, mask=turned)
    return np.asarray(ink, np.float32) / 255


def _place(
    page: NDArray[np.uint8], rng: np.random.Generator, size: int
) -> tuple[int, int]:
    """The top left corner of a seal that lies over print."""
    printed = np.flatnonzero((page.min(axis=2) < 128).any(axis=1))
    top, bottom = (printed[0], printed[-1]) if printed.size else (0, 0)
    height, width = page.shape[:2]
    x = int(rng.uniform(0.1, 0.9) * (width - size))
    y = int(rng.uniform(top, max(top, bottom - size)))
    return x, min(y, height - size)


def stamp(
    page: NDArray[np.uint8],
    rng: np.random.Generator,
    *,
    text: str,
    font: Font | None,
    dpi: int,
) -> NDArray[np.uint8]:
    """A page with one seal somewhere over its printed part, inked unevenly."""
    size = int(rng.uniform(*DIAMETER) / 25.4 * dpi)
    size = min(size, *(side - 2 for side in page.shape[:2]))
    ink = draw_seal(text or "0", font, size)
    angle = rng.uniform(-25, 25)
    turn = cv2.getRotationMatrix2D((size / 2, size / 2), angle, 1.0)
    ink = cv2.warpAffine(ink, turn, (size, size))
    patches = rng.uniform(0.55, 1.0, (7, 7)).astype(np.float32)
    ink *= cv2.resize(patches, (size, size), interpolation=cv2.INTER_CUBIC)
    ink *= rng.uniform(0.65, 0.95)
    x, y = _place(page, rng, size)
    colour = np.array((rng.uniform(190, 225), rng.uniform(20, 60), rng.uniform(25, 60)))
    # Ink lies over print and lets it show: multiply, not paint over.
    veil = 1 - ink[..., None] * (1 - colour / 255)
    stamped = page.copy()
    area = stamped[y : y + size, x : x + size]
    stamped[y : y + size, x : x + size] = np.rint(area * veil).astype(np.uint8)
    return stamped
