"""Picture files and PDF pages before anything is read on them."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from pipeline import sources
from pipeline.errors import DocumentError
from pipeline.sources.scan import images, raster
from pipeline.sources.scan.images import Page
from tests.unit.sources.builders import canvas_pdf
from tests.unit.sources.scan.pictures import encoded

MARKED = Image.new("RGB", (60, 40), "white")
MARKED.putpixel((0, 0), (255, 0, 0))


def only(data: bytes) -> Page:
    (page,) = images.pages(data)
    assert isinstance(page, Page)
    return page


@pytest.mark.parametrize(
    ("orientation", "corner", "size"),
    [
        (1, (0, 0), (60, 40)),
        (3, (39, 59), (60, 40)),
        (6, (0, 39), (40, 60)),
        (8, (59, 0), (40, 60)),
    ],
)
def test_exif_orientation_is_applied(
    orientation: int, corner: tuple[int, int], size: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    page = only(encoded(MARKED, "PNG", exif=exif))
    assert page.pixels.shape == (size[1], size[0], 3)
    assert tuple(page.pixels[corner]) == (0, 0, 255)


def test_every_page_of_a_tiff_is_a_page() -> None:
    second = Image.new("1", (50, 70), 1)
    data = encoded(MARKED, "TIFF", save_all=True, append_images=[second])
    first, other = images.pages(data)
    assert isinstance(first, Page) and isinstance(other, Page)
    assert other.pixels.shape == (70, 50, 3)
    assert other.pixels.min() == 255


def test_what_is_transparent_is_paper() -> None:
    clear = Image.new("RGBA", (30, 20), (0, 0, 0, 0))
    assert only(encoded(clear)).pixels.min() == 255


def test_deep_grey_keeps_its_tones() -> None:
    deep = Image.fromarray(np.array([[0, 30000], [60000, 60000]], np.uint16))
    assert only(encoded(deep)).pixels[:, :, 0].tolist() == [[0, 127], [255, 255]]


def test_a_fax_has_square_pixels_again() -> None:
    fax = encoded(Image.new("L", (1728, 1100), 255), "TIFF", dpi=(204, 98))
    page = only(fax)
    assert page.pixels.shape[:2] == (2290, 1728)
    assert page.units == pytest.approx((1, 98 / 204), rel=1e-3)
    assert page.points == pytest.approx(72 / 204)


@pytest.mark.parametrize(("dpi", "believed"), [(200, True), (72, False), (9, False)])
def test_only_a_paper_size_is_believed(dpi: int, believed: bool) -> None:
    page = only(encoded(Image.new("L", (1654, 2339)), dpi=(dpi, dpi)))
    assert (page.points is not None) is believed


def test_too_many_pixels_are_never_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_PIXELS", 2000)
    assert list(images.pages(encoded(MARKED))) == ["too_many_pixels"]
    with pytest.raises(DocumentError) as caught:
        sources.read(encoded(MARKED), "a.png")
    assert caught.value.reason == "too_many_pixels"


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.mark.parametrize("side", [10_000, 30_000, 100_000])
def test_pixel_bombs(side: int) -> None:
    with pytest.raises(DocumentError) as caught:
        sources.read(bomb(side, side), "a.png")
    assert caught.value.reason == "too_many_pixels"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"])
def test_cut_files_are_corrupt(kind: str) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (90, 90, 3), np.uint8)
    whole = encoded(Image.fromarray(noise), kind)
    with pytest.raises(DocumentError) as caught:
        sources.read(whole[: len(whole) // 3], "a")
    assert caught.value.reason in {"corrupt", "truncated"}


def test_a_pdf_page_is_rendered_as_displayed() -> None:
    data = canvas_pdf(lambda c: c.rect(0, 742, 100, 100, stroke=0, fill=1))
    document = pypdfium2.PdfDocument(data)
    document[0].set_rotation(90)
    out = io.BytesIO()
    document.save(out)
    with raster.opened(out.getvalue()) as turned:
        page = raster.render(turned, 1)
    height, width = page.pixels.shape[:2]
    assert width > height
    assert page.pixels[10, width - 10].tolist() == [0, 0, 0]
    assert page.units[0] == pytest.approx(72 / 200, rel=1e-3)


def test_a_giant_page_is_refused_before_it_is_drawn() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(1_000_000, 1_000_000)
    with pytest.raises(DocumentError) as caught:
        raster.render(document, 1)
    assert caught.value.reason == "too_many_pixels"
