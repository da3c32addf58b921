"""Documents that hold nothing but pasted pictures of pages."""

from __future__ import annotations

import base64
import io
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import docx
import openpyxl
import pytest
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from pipeline import sources
from pipeline.errors import DocumentError
from pipeline.sources import pasted, soffice
from pipeline.sources.scan.options import Backend, OcrOptions
from tests.unit.sources.builders import saved
from tests.unit.sources.scan.pictures import encoded, pages, right_cells

OFF = OcrOptions(backend=Backend.OFF)
PAGE = encoded(Image.new("RGB", (620, 877), "white"))
SEAL = encoded(Image.new("RGB", (200, 200), "red"))


def word(*pictures: bytes, text: str = "") -> bytes:
    document = docx.Document()
    if text:
        document.add_paragraph(text)
    for picture in pictures:
        document.add_picture(io.BytesIO(picture))
    return saved(document)


def sheet(*pictures: bytes) -> bytes:
    book = openpyxl.Workbook()
    for number, picture in enumerate(pictures):
        page = book.active if number == 0 else book.create_sheet()
        page.add_image(SheetImage(io.BytesIO(picture)))
    return saved(book)


def web(picture: bytes) -> bytes:
    held = base64.b64encode(picture).decode()
    return (
        f'<html><body><img src="data:image/png;base64,{held}"></body></html>'.encode()
    )


def saved_web(picture: bytes) -> bytes:
    message = MIMEMultipart("related", type="text/html")
    message.attach(MIMEText('<html><img src="cid:a"></html>', "html", "utf-8"))
    message.attach(MIMEImage(picture, "png"))
    return b"From: <Saved by a browser>\n" + message.as_bytes()


@pytest.mark.parametrize(
    "data",
    [word(PAGE), sheet(PAGE), web(PAGE), saved_web(PAGE)],
    ids=["docx", "xlsx", "html", "mht"],
)
def test_pictures_alone_need_ocr(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        sources.read(data, "a", ocr=OFF)
    assert caught.value.reason == "needs_ocr"


@pytest.mark.parametrize(
    "data",
    [word(SEAL), sheet(SEAL), web(SEAL), saved_web(SEAL), web(b"no picture")],
    ids=["docx", "xlsx", "html", "mht", "damaged"],
)
def test_small_pictures_are_no_pages(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        sources.read(data, "a", ocr=OFF)
    assert caught.value.reason == "empty"


def test_a_document_with_text_is_not_recognised() -> None:
    text = "本单位2023年度绩效目标已全部完成，现将自评情况报告如下。" * 3
    document = sources.read(word(PAGE, text=text), ocr=OFF)
    assert (document.text, document.unread) == (text, ())


def test_a_heading_over_a_picture_is_no_text_of_its_own() -> None:
    document = sources.read(word(PAGE, text="附件1"), ocr=OFF)
    assert document.text == "附件1"
    assert [page.reason for page in document.unread] == ["needs_ocr"]


def test_pictures_come_in_the_order_of_the_document() -> None:
    other = encoded(Image.new("RGB", (640, 900), "white"))
    assert list(pasted.in_docx(word(other, PAGE))) == [other, PAGE]
    assert list(pasted.in_xlsx(sheet(other, PAGE))) == [other, PAGE]


def test_a_picture_that_is_pasted_is_read_as_it_is() -> None:
    document = sources.read(word(encoded(pages()[0]), text="附件"), "a.docx")
    assert document.text.startswith("附件\n")
    assert right_cells(document) > 0.9
    assert document.read_by == "mixed"
    assert document.ocr_pages == (1,)
    assert document.media_type.endswith("wordprocessingml.document")


@pytest.mark.libreoffice
def test_pictures_in_an_old_word_document() -> None:
    if soffice.find() is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    (made,) = soffice.convert([word(PAGE)], suffix="docx", target="doc")
    assert made is not None
    with pytest.raises(DocumentError) as caught:
        sources.read(made, "a.doc", ocr=OFF)
    assert caught.value.reason == "needs_ocr"
