"""Whole pages through the real engine: few, because each takes seconds."""

from __future__ import annotations

import sys

import pytest
from PIL import ImageOps

from pipeline import sources
from pipeline.core.document import Document, Table
from pipeline.errors import DocumentError
from pipeline.sources.scan.options import Backend, OcrOptions
from tests.unit.sources.builders import canvas_pdf, make_pdf, only_table
from tests.unit.sources.scan.pictures import encoded, pages, right_cells, scanned_pdf


@pytest.fixture(scope="module")
def scan() -> Document:
    return sources.read(scanned_pdf(*pages()), "a.pdf")


def test_a_scanned_form_has_the_cells_of_the_printed_one(scan: Document) -> None:
    assert right_cells(scan) >= 0.93
    assert (scan.read_by, scan.ocr_pages) == ("ocr", (1,))
    assert scan.ocr is not None and scan.ocr.startswith("rapidocr ")
    assert all(0 < c.ocr_confidence <= 1 for c in only_table(scan).cells if c.text)


def test_boxes_are_where_the_print_is(scan: Document) -> None:
    printed = only_table(sources.read(make_pdf())).cells
    for cell, other in zip(only_table(scan).cells, printed, strict=True):
        assert cell.bbox is not None and other.bbox is not None
        for mine, theirs in zip(cell.bbox.as_list(), other.bbox.as_list(), strict=True):
            assert abs(mine - theirs) < 3


def test_an_image_file_is_read_in_its_pixels() -> None:
    (image,) = pages()
    document = sources.read(encoded(image), "a.png")
    assert right_cells(document) >= 0.93
    assert document.media_type == "image/png"
    boxes = [c.bbox for b in document.blocks if isinstance(b, Table) for c in b.cells]
    assert max(b.x1 for b in boxes if b) > 0.85 * image.width


def test_a_mixed_file_is_read_page_by_page() -> None:
    strip = pages()[0].crop((0, 0, 1240, 330))
    mixed = sources.read(
        canvas_pdf(
            lambda c: c.drawString(100, 700, "正文" * 20),
            lambda c: c.drawInlineImage(strip, 0, 684, 595, 158),
        )
    )
    assert mixed.read_by == "mixed"
    assert mixed.ocr_pages == (2,)
    assert "老年人健康体检服务" in mixed.text


HIDDEN = "这页的文字层与图像不符，是扫描仪当年认错的。" * 6


def test_hidden_text_of_a_scanner_is_read_anew() -> None:
    document = sources.read(scanned_pdf(*pages(), hidden=HIDDEN), "a.pdf")
    assert right_cells(document) >= 0.93
    assert (document.read_by, document.unread) == ("ocr", ())
    assert "扫描仪" not in document.text


def test_hidden_text_is_better_than_nothing() -> None:
    data = scanned_pdf(*pages(), hidden=HIDDEN)
    document = sources.read(data, "a.pdf", ocr=OcrOptions(backend=Backend.OFF))
    assert "扫描仪" in document.text
    assert (document.read_by, document.unread) == ("text", ())


@pytest.mark.parametrize("down", [False, True], ids=["mirrored", "and turned"])
def test_a_mirrored_page_is_a_failure_and_no_guess(down: bool) -> None:
    mirrored = ImageOps.mirror(pages()[0])
    if down:
        mirrored = mirrored.rotate(180)
    with pytest.raises(DocumentError) as caught:
        sources.read(encoded(mirrored), "a.png")
    assert caught.value.reason == "ocr_failed"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "TIFF", "WEBP", "GIF"])
def test_pictures_need_an_engine(kind: str) -> None:
    off = OcrOptions(backend=Backend.OFF)
    with pytest.raises(DocumentError) as caught:
        sources.read(encoded(pages()[0].resize((40, 40)), kind), ocr=off)
    assert caught.value.reason == "needs_ocr"


def test_the_engine_reports_nothing(scan: Document) -> None:
    assert scan.ocr
    assert sys.modules.get("openvino_telemetry") is None
