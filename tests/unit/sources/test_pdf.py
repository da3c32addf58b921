from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline import sources
from pipeline.core.document import Document, Paragraph, Table
from pipeline.errors import DocumentError
from pipeline.sources import pdf_pages, pdfminer_page
from pipeline.sources.scan.options import Backend, OcrOptions
from tests.unit.sources.builders import (
    FORM,
    TITLE,
    YEAR,
    canvas_pdf,
    make_pdf,
    only_table,
    specs_of,
    squeezed,
)

GRID = ("GRID", (0, 0), (-1, -1), 0.5, "black")


def texts(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Paragraph)]


def cell_texts(data: bytes) -> list[str]:
    return [c.text for c in only_table(sources.read(data)).cells]


@pytest.mark.parametrize(
    "style",
    [
        [GRID],
        [("INNERGRID", (0, 0), (-1, -1), 0.5, "black")],
        [("GRID", (0, 0), (-1, -1), 0.5, "black", None, None, None, 2, 2)],
        [("GRID", (0, 0), (-1, -1), 0.5, "black", None, (2, 2))],
        [
            GRID,
            ("BOX", (0, 0), (-1, -1), 2, "black"),
            ("BACKGROUND", (0, 0), (-1, 0), "lightgrey"),
        ],
    ],
    ids=[
        "plain",
        "no outer border",
        "double rules",
        "dashed",
        "thick frame and shading",
    ],
)
def test_ruled_table_with_spans(style: list[tuple[object, ...]]) -> None:
    document = sources.read(make_pdf(style=style), "表.pdf")
    assert squeezed(specs_of(only_table(document))) == squeezed(FORM)
    assert texts(document) == [TITLE, YEAR]
    assert document.media_type == "application/pdf"


def test_boxes_are_points_from_the_top_left() -> None:
    document = sources.read(make_pdf())
    title, _, table = document.blocks
    assert isinstance(title, Paragraph)
    assert isinstance(table, Table)
    assert title.heading
    assert title.bbox is not None
    assert 60 < title.bbox.y0 < title.bbox.y1 < 110
    first, second = table.cells[0].bbox, table.cells[1].bbox
    assert first is not None
    assert second is not None
    assert (round(first.x1 - first.x0), first.x1) == (125, second.x0)
    assert first.y0 > title.bbox.y1
    for cell in table.cells:
        assert cell.bbox is not None
        assert 0 <= cell.bbox.x0 < cell.bbox.x1 <= 595
        assert 0 <= cell.bbox.y0 < cell.bbox.y1 <= 842


def turned(turn: int) -> bytes:
    """A landscape page stored as a turned portrait one."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        if turn == 90:
            canvas.transform(0, 1, -1, 0, 595, 0)
        elif turn == 180:
            canvas.transform(-1, 0, 0, -1, 595, 842)
        else:
            canvas.transform(0, -1, 1, 0, 0, 842)
        for y in (300, 340, 380):
            canvas.line(100, y, 500, y)
        for x in (100, 300, 500):
            canvas.line(x, 300, x, 380)
        for x, y, text in [
            (110, 355, "项目名称"),
            (310, 355, "甲"),
            (110, 315, "得分"),
            (310, 315, "9.50"),
        ]:
            canvas.drawString(x, y, text)

    # reportlab exchanges the sides of the page for 270 degrees, but not for 90.
    size = (842.0, 595.0) if turn == 270 else (595.0, 842.0)
    return canvas_pdf(draw, size=size)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_rotated_pages_read_as_displayed(turn: int) -> None:
    table = only_table(sources.read(turned(turn)))
    assert specs_of(table) == [
        (0, 0, 1, 1, "项目名称"),
        (0, 1, 1, 1, "甲"),
        (1, 0, 1, 1, "得分"),
        (1, 1, 1, 1, "9.50"),
    ]
    box = table.cells[0].bbox
    height = 842 if turn == 180 else 595
    assert box is not None
    assert [round(v) for v in box.as_list()] == [100, height - 380, 300, height - 340]


def ruled(canvas: Canvas, xs: list[float], ys: list[float]) -> None:
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)
    for x in xs:
        canvas.line(x, ys[0], x, ys[-1])


def thin_rectangles() -> bytes:
    def draw(canvas: Canvas) -> None:
        for y in (300, 340, 380):
            canvas.rect(100, y, 400, 0.7, stroke=0, fill=1)
        canvas.rect(100, 300, 200, 80, stroke=1, fill=0)
        canvas.rect(300, 300, 200, 80, stroke=1, fill=0)
        for x, y, text in [
            (110, 355, "甲"),
            (310, 355, "乙"),
            (110, 315, "丙"),
            (310, 315, "丁"),
        ]:
            canvas.drawString(x, y, text)

    return canvas_pdf(draw)


def test_rulings_drawn_as_thin_rectangles_and_frames() -> None:
    assert cell_texts(thin_rectangles()) == ["甲", "乙", "丙", "丁"]


def form_object() -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        canvas.setFont("STSong-Light", 10)
        ruled(canvas, [0, 100, 200], [0, 40, 80])
        canvas.drawString(10, 55, "甲")
        canvas.drawString(110, 15, "丁")
        canvas.endForm()
        canvas.translate(100, 300)
        canvas.doForm("inner")

    return canvas_pdf(draw)


def test_rulings_inside_a_form_object() -> None:
    assert cell_texts(form_object()) == ["甲", "", "", "丁"]


def test_underlines_and_frames_make_no_cells() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(20, 20, 555, 802, stroke=1, fill=0)
        ruled(canvas, [100, 300, 500], [300, 340, 380])
        canvas.drawString(310, 355, "按期完成")
        canvas.line(310, 353, 350, 353)
        canvas.drawString(110, 315, "时效")
        canvas.drawString(110, 700, "说明")

    document = sources.read(canvas_pdf(draw))
    assert specs_of(only_table(document)) == [
        (0, 0, 1, 1, ""),
        (0, 1, 1, 1, "按期完成"),
        (1, 0, 1, 1, "时效"),
        (1, 1, 1, 1, ""),
    ]
    assert texts(document) == ["说明"]


def test_diagonal_watermarks_are_left_out_and_turned_labels_read() -> None:
    def draw(canvas: Canvas) -> None:
        ruled(canvas, [100, 140, 500], [300, 380])
        canvas.drawString(150, 340, "完成 128.50 万元")
        canvas.saveState()
        canvas.translate(160, 310)
        canvas.rotate(35)
        canvas.drawString(0, 0, "内部资料 12345")
        canvas.restoreState()
        canvas.translate(125, 310)
        canvas.rotate(90)
        canvas.drawString(0, 0, "产出指标")

    assert cell_texts(canvas_pdf(draw)) == ["产出指标", "完成 128.50 万元"]


def test_bold_by_printing_twice_counts_once() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.4):
            canvas.drawString(100 + shift, 700, "总分 99.00")

    assert texts(sources.read(canvas_pdf(draw))) == ["总分 99.00"]


def test_lines_with_wide_gaps() -> None:
    def one(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "填报单位：某局")
        canvas.drawString(400, 700, "金额单位：万元")

    def several(canvas: Canvas) -> None:
        for row in range(3):
            canvas.drawString(60, 700 - 20 * row, f"指标{row}")
            canvas.drawString(200, 700 - 20 * row, f"{row}.00")

    document = sources.read(canvas_pdf(one, several))
    left, right, table = document.blocks
    assert isinstance(left, Paragraph)
    assert isinstance(right, Paragraph)
    assert isinstance(table, Table)
    assert (left.text, right.text, table.shaky) == (
        "填报单位：某局",
        "金额单位：万元",
        True,
    )
    assert [c.text for c in table.cells] == [
        "指标0",
        "0.00",
        "指标1",
        "1.00",
        "指标2",
        "2.00",
    ]
    assert table.cells[0].page == 2


@pytest.mark.parametrize("height", [330.0, 400.0, 480.0])
def test_a_table_over_several_pages_is_whole(height: float) -> None:
    document = sources.read(make_pdf(page_height=height))
    table = only_table(document)
    assert squeezed(specs_of(table)) == squeezed(FORM)
    assert table.pages == tuple(range(1, document.page_count + 1))
    assert table.cells[-1].page == document.page_count


def test_several_forms_stay_apart() -> None:
    document = sources.read(make_pdf(forms=3))
    tables = [b for b in document.blocks if isinstance(b, Table)]
    assert [squeezed(specs_of(t)) for t in tables] == [squeezed(FORM)] * 3
    assert texts(document) == [TITLE, YEAR] * 3


def picture(canvas: Canvas) -> None:
    image = io.BytesIO()
    Image.new("L", (60, 80), 200).save(image, "PNG")
    canvas.drawImage(ImageReader(image), 0, 0, 595, 842)


OFF = OcrOptions(backend=Backend.OFF)


def test_image_only_pages_need_ocr() -> None:
    with pytest.raises(DocumentError) as caught:
        sources.read(canvas_pdf(picture, picture), "a.pdf", ocr=OFF)
    assert caught.value.reason == "needs_ocr"


def test_a_picture_without_text_holds_no_form() -> None:
    with pytest.raises(DocumentError) as caught:
        sources.read(canvas_pdf(picture), "a.pdf")
    assert caught.value.reason == "no_form"


def test_a_page_number_on_a_scan_is_no_text_layer() -> None:
    def scan(canvas: Canvas) -> None:
        picture(canvas)
        canvas.drawString(290, 20, "2")

    def page(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "正文" * 20)

    document = sources.read(canvas_pdf(page, scan, page), ocr=OFF)
    assert [(u.page, u.reason) for u in document.unread] == [(2, "needs_ocr")]
    assert document.page_count == 3
    assert [b.page for b in document.blocks if isinstance(b, Paragraph)] == [1, 2, 3]


def test_blank_pages_are_read() -> None:
    document = sources.read(
        canvas_pdf(lambda c: c.drawString(100, 700, "甲"), lambda c: None)
    )
    assert (document.page_count, document.unread, document.text) == (2, (), "甲")
    with pytest.raises(DocumentError) as caught:
        sources.read(canvas_pdf(lambda c: None))
    assert caught.value.reason == "empty"


def encrypted(user: str) -> bytes:
    lock = pdfencrypt.StandardEncryption(user, ownerPassword="owner", strength=128)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(100, 700, "score 9.50")

    return canvas_pdf(draw, encrypt=lock)


def test_user_password() -> None:
    with pytest.raises(DocumentError) as caught:
        sources.read(encrypted("secret"))
    assert (caught.value.reason, caught.value.code) == ("encrypted", "encrypted_pdf")


def test_owner_password_only_is_read() -> None:
    assert sources.read(encrypted("")).text == "score 9.50"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_cut_files(share: float) -> None:
    data = make_pdf(forms=3)
    try:
        document = sources.read(data[: int(len(data) * share)])
    except DocumentError as error:
        assert error.reason in {"corrupt", "empty"}
    else:
        assert document.blocks


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n",
        b"%PDF-1.4\n" + b"\x00\xff" * 500,
        b"%PDF-1.4\n1 0 obj\n"
        + b"[" * 20_000
        + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 9 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    ],
    ids=["header only", "noise", "nested arrays", "page loop", "no pages"],
)
def test_broken_files(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        sources.read(data)
    assert (caught.value.reason, caught.value.code) == ("corrupt", "corrupt_pdf")


def test_damage_anywhere_never_ends_in_another_exception() -> None:
    data = make_pdf()
    for start in range(0, len(data), max(1, len(data) // 60)):
        damaged = data[:start] + b"\xff\x00(<[" + data[start + 5 :]
        try:
            sources.read(damaged, ocr=OFF)
        except DocumentError as error:
            assert error.reason in {
                "corrupt",
                "empty",
                "encrypted",
                "needs_ocr",
                "unsupported",
            }


def fail_on_page(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let pdfminer fail as it does on damaged objects."""
    real = pdfminer_page.ClippingInterpreter.process_page
    seen: list[object] = []

    def fails_once(self: object, page: object) -> None:
        seen.append(page)
        if len(seen) == number:
            raise TypeError("as pdfminer does")
        real(self, page)

    monkeypatch.setattr(pdfminer_page.ClippingInterpreter, "process_page", fails_once)


def three_pages() -> bytes:
    page = lambda c: c.drawString(100, 700, "正文")  # noqa: E731
    return canvas_pdf(page, page, page)


def test_a_page_that_pdfminer_cannot_read_is_read_by_pdfium(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = three_pages()
    whole = sources.read(data)
    fail_on_page(monkeypatch, 2)
    mended = sources.read(data)
    assert texts(mended) == texts(whole)
    assert mended.unread == ()


def test_a_bad_page_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(pages: object, index: int) -> None:
        raise DocumentError("corrupt", "corrupt_pdf")

    fail_on_page(monkeypatch, 2)
    monkeypatch.setattr(pdf_pages.Pages, "content", refuse)
    document = sources.read(three_pages())
    assert [(u.page, u.reason) for u in document.unread] == [(2, "corrupt")]
    assert len(document.blocks) == 2


def test_a_file_that_only_pdfium_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_pdf()
    whole = sources.read(data)

    def refuse(data: bytes) -> None:
        raise DocumentError("corrupt", "corrupt_pdf")

    monkeypatch.setattr(pdfminer_page, "_open", refuse)
    assert squeezed(specs_of(only_table(sources.read(data)))) == squeezed(
        specs_of(only_table(whole))
    )


@pytest.mark.parametrize(
    "data",
    [
        *(turned(turn) for turn in (90, 180, 270)),
        thin_rectangles(),
        form_object(),
        make_pdf(style=[("INNERGRID", (0, 0), (-1, -1), 0.5, "black")]),
        make_pdf(style=[("GRID", (0, 0), (-1, -1), 0.5, "black", None, (2, 2))]),
    ],
    ids=["90", "180", "270", "thin rectangles", "form object", "no border", "dashed"],
)
def test_both_readers_see_the_same_page(
    monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    first = only_table(sources.read(data))
    monkeypatch.setattr(
        pdf_pages,
        "_first_pages",
        lambda _, second, __: ((None, "corrupt") for _ in range(second.count())),
    )
    second = only_table(sources.read(data))
    assert squeezed(specs_of(second)) == squeezed(specs_of(first))
    for a, b in zip(first.cells, second.cells, strict=True):
        assert a.bbox is not None and b.bbox is not None
        assert b.bbox.as_list() == pytest.approx(a.bbox.as_list(), abs=0.6)


def test_fault_03_page_limit_keeps_the_pages_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_pages, "MAX_PAGES", 2)
    page = lambda c: c.drawString(100, 700, "甲")  # noqa: E731
    document = sources.read(canvas_pdf(page, page, page, page))
    assert [(u.page, u.reason) for u in document.unread] == [(3, "too_many_pages")]
    assert len(document.blocks) == 2


def test_pages_of_a_book_that_are_worth_nothing_are_bare_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_pages, "LONG", 3)
    draws = [lambda c, n=n: c.drawString(100, 700, f"第{n}页") for n in range(1, 9)]
    data = canvas_pdf(*draws)
    document = sources.read(data, worth=lambda text: "第4页" in text)
    assert texts(document) == [f"第{n}页" for n in range(1, 9)]
    # Boxes tell which pages were read in full: one before it and two after it.
    read = [b.page for b in document.blocks if b.bbox is not None]  # type: ignore[union-attr]
    assert read == [3, 4, 5, 6]
    assert document.page_count == 8


def test_short_files_are_read_in_full() -> None:
    document = sources.read(three_pages(), worth=lambda text: False)
    assert all(isinstance(b, Paragraph) and b.bbox for b in document.blocks)


def test_text_of_private_characters_is_recognised_instead() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def page(canvas: Canvas) -> None:
        canvas.setFont("Vera", 12)
        for i in range(30):
            canvas.drawString(60, 780 - 20 * i, "Target 12 Actual 13 Score 10")

    plain = canvas_pdf(page, pageCompression=0)
    assert not sources.read(plain, "a.pdf", ocr=OFF).unread
    # The table of the font's characters, each moved into the private area.
    private = re.sub(rb"<00([2-7][0-9A-F])>(?=[\s\]])", rb"<E0\1>", plain)
    assert private != plain
    unread = sources.read(private, "a.pdf", ocr=OFF).unread
    assert [page.reason for page in unread] == ["needs_ocr"]
