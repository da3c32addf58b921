"""What happens to a page on a flat scanner, a copier and a fax.

A page is an RGB array (height, width, 3) of 8 bits. Every step draws its own
strength from the generator it is given, so a page is worn the same way each
time; lengths are in pixels at 200 dpi and scaled to the page's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from corpus.scans.fonts import Font
from corpus.scans.photograph import photograph
from corpus.scans.seal import stamp

Page = NDArray[np.uint8]
WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a step may know about the page: resolution, seal, its other side."""

    dpi: int
    seal_text: str = ""
    seal_font: Font | None = None
    back: Page | None = None

    @property
    def scale(self) -> float:
        return self.dpi / 200


Step = Callable[[Page, np.random.Generator, Sheet], Page]


def _clip(values: NDArray[np.floating]) -> Page:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def _smooth_field(
    shape: tuple[int, int], rng: np.random.Generator, *, knots: int = 4
) -> NDArray[np.float32]:
    """A slowly changing field of mean about 0 and values of -1 to 1."""
    coarse = rng.uniform(-1, 1, (knots, knots)).astype(np.float32)
    return cv2.resize(coarse, shape[::-1], interpolation=cv2.INTER_CUBIC)


def skew(
    page: Page, rng: np.random.Generator, sheet: Sheet, *, least: float, most: float
) -> Page:
    """Turned by a small angle (degrees), the whole page kept."""
    angle = rng.uniform(least, most) * rng.choice((-1, 1))
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
    wide, high = int(height * sin + width * cos), int(height * cos + width * sin)
    turn[:, 2] += ((wide - width) / 2, (high - height) / 2)
    return cv2.warpAffine(
        page, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=WHITE
    )


def turn(page: Page, rng: np.random.Generator, sheet: Sheet) -> Page:
    """Laid on the glass sideways or upside down."""
    return np.ascontiguousarray(np.rot90(page, int(rng.integers(1, 4))))


def gaussian_noise(
    page: Page, rng: np.random.Generator, sheet: Sheet, *, least: float, most: float
) -> Page:
    spread = rng.uniform(least, most)
    noise = rng.normal(0, spread, page.shape[:2]).astype(np.float32)
    return _clip(page + noise[..., None])


def salt(page: Page, rng: np.random.Generator, sheet: Sheet) -> Page:
    """Single black and white points."""
    share = rng.uniform(0.001, 0.006)
    points = rng.random(page.shape[:2])
    worn = page.copy()
    worn[points < share / 2] = 0
    worn[points > 1 - share / 2] = 255
    return worn


def jpeg(
    page: Page, rng: np.random.Generator, sheet: Sheet, *, least: int, most: int
) -> Page:
    quality = int(rng.integers(least, most + 1))
    bgr = cv2.cvtColor(page, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def uneven_light(page: Page, rng: np.random.Generator, sheet: Sheet) -> Page:
    """Shadows of about a third of the light, slowly changing over the page."""
    depth = rng.uniform(0.2, 0.4)
    field = _smooth_field(page.shape[:2], rng)
    light = 1 - depth * (field + 1) / 2
    return _clip(page * light[..., None])


def light_gradient(page: Page, rng: np.random.Generator, sheet: Sheet) -> Page:
    """Lit from one side."""
    height, width = page.shape[:2]
    angle, depth = rng.uniform(0, 2 * np.pi), rng.uniform(0.15, 0.35)
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    ramp = (x * np.cos(angle) + y * np.sin(angle)) / 1.42
    return _clip(page * (1 - depth * (ramp[..., None] + 1) / 2))


def fold(page: Page, rng: np.random.Generator, sheet: Sheet) -> Page:
    """One or two creases: a shadow on one side, worn ink on the line itself."""
    worn = page.astype(np.float32)
    for axis in rng.permutation(2)[: int(rng.integers(1, 3))]:
        length = page.shape[axis]
        place = length * rng.choice((1 / 3, 1 / 2, 2 / 3)) + rng.normal(0, length / 60)
        across = page.shape[1 - axis]
        bend = np.linspace(-1, 1, across) * rng.uniform(-0.004, 0.004) * length
        distance = np.arange(length)[:, None] - (place + bend)[None, :]
        wide = rng.uniform(35, 80) * sheet.scale
        shadow = rng.uniform(0.2, 0.4) * np.exp(-np.abs(distance) / wide)
        shadow *= np.where(distance > 0, 1.0, 0.3)
        line = np.exp(-((distance / (1.2 * sheet.scale)) ** 2))
        if axis == 1:
            shadow, line = shadow.T, line.T
        worn *= (1 - shadow)[..., None]
        worn += (230 - worn) * (line * rng.uniform(0.4, 0.8))[..., None]
    return _clip(worn)


def seal(page: Page, rng: np.random.Generator, sheet: Sheet) -> Page:
    """One or two round red seals over the text."""
    for _ in range(int(rng.integers(1, 3))):
        page = stamp(
            page, rng, text=sheet.seal_text, font=sheet.seal_font, dpi=sheet.dpi
        )
    return page


def soften(
    page: Page,
    rng: np.random.Generator,
    sheet: Sheet,
    *,
    least: float = 0.4,
    most: float = 0.7,
) -> Page:
    spread = rng.uniform(least, most) * sheet.scale
    return cv2.GaussianBlur(page, (0, 0), spread)


def blur(page: Page, rng: np.random.Generator, sheet: Sheet) -> Page:
    """Out of focus, or moved while it was read."""
    if rng.random() < 0.5:
        return soften(page, rng, sheet, least=0.9, most=1.5)
    length = round(rng.uniform(3, 5) * sheet.scale)
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2, :] = 1 / length
    return cv2.filter2D(page, -1, kernel if rng.random() < 0.5 else kernel.T)


def fade(page: Page, rng: np.random.Generator, sheet: Sheet) -> Page:
    """Toner running out: pale unevenly, with specks missing."""
    strength = rng.uniform(0.4, 0.6) + 0.15 * _smooth_field(page.shape[:2], rng)
    holes = rng.random(page.shape[:2]) < rng.uniform(0.01, 0.04)
    strength = np.where(holes, strength * 0.4, strength)
    return _clip(255 - (255 - page.astype(np.float32)) * strength[..., None])


def binarise(page: Page, rng: np.random.Generator, sheet: Sheet) -> Page:
    """One bit per point, as a fax: thick or thin strokes, loose points."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY).astype(np.float32)
    grey = cv2.GaussianBlur(grey, (0, 0), 0.6 * sheet.scale)
    ink = np.percentile(grey, 1)
    level = ink + (255 - ink) * rng.uniform(0.55, 0.72)
    bits = grey + rng.normal(0, 6, grey.shape) > level
    specks = rng.random(grey.shape) < rng.uniform(0.0003, 0.0015)
    bits = np.where(specks, False, bits)
    return np.repeat(np.where(bits, 255, 0).astype(np.uint8)[..., None], 3, axis=2)


def streaks(page: Page, rng: np.random.Generator, sheet: Sheet) -> Page:
    """Thin dark and light lines down the page, as a dirty copier draws them."""
    worn = page.astype(np.float32)
    height, width = page.shape[:2]
    for _ in range(int(rng.integers(2, 6))):
        x = int(rng.integers(0, width))
        wide = max(1, round(rng.uniform(1, 2.5) * sheet.scale))
        run = np.clip(_smooth_field((height, 1), rng, knots=6)[:, 0] + 0.4, 0, 1)
        strength = (run * rng.uniform(0.15, 0.5))[:, None, None]
        shade = 40.0 if rng.random() < 0.7 else 255.0
        band = worn[:, x : x + wide]
        worn[:, x : x + wide] = band + (shade - band) * strength
    return _clip(worn)


def black_edges(page: Page, rng: np.random.Generator, sheet: Sheet) -> Page:
    """The lid stood open: black, ragged borders on one to three sides."""
    worn = page.copy()
    for side in rng.permutation(4)[: int(rng.integers(1, 4))]:
        view = np.rot90(worn, int(side))
        width = view.shape[1]
        depth = rng.uniform(10, 40) * sheet.scale
        edge = depth * (1 + 0.3 * _smooth_field((width, 1), rng, knots=9)[:, 0])
        dark = np.arange(view.shape[0])[:, None] < edge[None, :]
        view[dark] = int(rng.integers(5, 40))
    return worn


def show_through(page: Page, rng: np.random.Generator, sheet: Sheet) -> Page:
    """Thin paper: the back shines through, mirrored, pale and blurred."""
    back = page if sheet.back is None else sheet.back
    back = cv2.resize(back, page.shape[1::-1], interpolation=cv2.INTER_AREA)
    back = cv2.GaussianBlur(back[:, ::-1], (0, 0), 1.6 * sheet.scale)
    moved = np.float32(((1, 0, rng.uniform(-30, 30)), (0, 1, rng.uniform(-30, 30))))
    back = cv2.warpAffine(back, moved, page.shape[1::-1], borderValue=WHITE)
    ink = (255 - back.astype(np.float32)) * rng.uniform(0.12, 0.28)
    return _clip(page - ink * (page / 255.0))


STEPS: Mapping[str, Step] = {
    "skew": partial(skew, least=0.8, most=3.0),
    "skew_small": partial(skew, least=0.1, most=0.8),
    "turn": turn,
    "gaussian_noise": partial(gaussian_noise, least=12, most=24),
    "gaussian_noise_small": partial(gaussian_noise, least=4, most=10),
    "salt": salt,
    "jpeg": partial(jpeg, least=30, most=60),
    "jpeg_good": partial(jpeg, least=65, most=85),
    "uneven_light": uneven_light,
    "light_gradient": light_gradient,
    "fold": fold,
    "seal": seal,
    "soften": soften,
    "blur": blur,
    "fade": fade,
    "binarise": binarise,
    "streaks": streaks,
    "black_edges": black_edges,
    "show_through": show_through,
    "photograph": lambda page, rng, sheet: photograph(page, rng, tilt=0.035),
    "photograph_steep": lambda page, rng, sheet: photograph(page, rng, tilt=0.075),
}
