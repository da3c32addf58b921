"""A page photographed on a desk: four corners, a slightly bent lens, a background."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

#: Desk colours: wood, grey laminate, dark cloth, pale table.
DESKS = ((122, 84, 52), (140, 142, 146), (52, 55, 62), (196, 182, 160))


def _desk(shape: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float32]:
    """A desk top with grain, no lines that a table could have."""
    height, width = shape
    base = np.array(DESKS[int(rng.integers(len(DESKS)))], np.float32)
    grain = rng.normal(0, 1, (max(2, height // 6), max(2, width // 90)))
    grain = cv2.resize(
        grain.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    field = rng.uniform(-14, 14, (3, 3)).astype(np.float32)
    field = cv2.resize(field, (width, height), interpolation=cv2.INTER_CUBIC)
    return base + (grain * 4 + field)[..., None]


def _bend(image: NDArray[np.float32], strength: float) -> NDArray[np.float32]:
    """Barrel distortion: points move inwards with the square of their radius."""
    height, width = image.shape[:2]
    x, y = np.meshgrid(
        np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    )
    u, v = (x - width / 2) / (width / 2), (y - height / 2) / (height / 2)
    grow = 1 + strength * (u**2 + v**2)
    return cv2.remap(
        image,
        (u * grow * width / 2 + width / 2).astype(np.float32),
        (v * grow * height / 2 + height / 2).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )


def photograph(
    page: NDArray[np.uint8], rng: np.random.Generator, *, tilt: float
) -> NDArray[np.uint8]:
    """The page as a telephone sees it; corners are off by up to ``tilt`` of a side."""
    height, width = page.shape[:2]
    margin = rng.uniform(0.05, 0.12, 2) * (width, height)
    shape = (int(height + 2 * margin[1]), int(width + 2 * margin[0]))
    corners = np.float32(((0, 0), (width, 0), (width, height), (0, height)))
    moved = corners + margin + rng.uniform(-tilt, tilt, (4, 2)) * (width, height)
    view = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    size = shape[::-1]
    sheet = cv2.warpPerspective(page, view, size, flags=cv2.INTER_CUBIC)
    mask = cv2.warpPerspective(np.ones((height, width), np.float32), view, size)
    shadow = cv2.GaussianBlur(np.roll(mask, (9, 7), (0, 1)), (0, 0), 9)
    desk = _desk(shape, rng) * (1 - 0.35 * shadow[..., None])
    paper = sheet.astype(np.float32) * np.array((0.985, 0.975, 0.95), np.float32)
    image = paper * mask[..., None] + desk * (1 - mask[..., None])
    image = _bend(image, rng.uniform(0.004, 0.018))
    image += rng.normal(0, rng.uniform(1.5, 4), shape)[..., None]
    return np.clip(np.rint(image), 0, 255).astype(np.uint8)
