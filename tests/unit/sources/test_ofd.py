from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from corpus.generator.render_ofd import HABITS, NAMESPACE, Habits, Sheet, write_ofd
from pipeline import sources
from pipeline.core.document import Document, Paragraph, Table
from pipeline.errors import DocumentError
from pipeline.messages import explain
from pipeline.sources import limits
from pipeline.sources.ofd.package import located, opened
from pipeline.sources.ofd.paths import _subpaths
from pipeline.sources.ofd.texts import _deltas
from pipeline.sources.scan.options import Backend, OcrOptions
from tests.unit.sources.builders import (
    FORM,
    GOAL,
    OUTCOME,
    TITLE,
    YEAR,
    make_ofd,
    make_zip,
    only_table,
    specs_of,
    squeezed,
)

OFF = OcrOptions(backend=Backend.OFF)


def read(data: bytes) -> Document:
    return sources.read(data, "a.ofd", ocr=OFF)


def package(content: str, *, res: str = "", **files: bytes) -> bytes:
    """One page with hand-written content; names in ``files`` are resources."""

    def root(name: str, inner: str) -> bytes:
        return f'<ofd:{name} xmlns:ofd="{NAMESPACE}">{inner}</ofd:{name}>'.encode()

    return make_zip(
        {
            "OFD.xml": root(
                "OFD",
                "<ofd:DocBody><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody>",
            ),
            "D/Document.xml": root(
                "Document",
                "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
                "</ofd:PhysicalBox></ofd:PageArea><ofd:DocumentRes>Res.xml"
                "</ofd:DocumentRes></ofd:CommonData>"
                '<ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages>',
            ),
            "D/Res.xml": root("Res", res),
            "D/P.xml": root(
                "Page", f"<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content>"
            ),
            **{f"D/{name.replace('__', '.')}": data for name, data in files.items()},
        }
    )


def text_object(
    text: str, *, boundary: str = "20 20 100 5", code: str = 'X="0" Y="3"', **more: str
) -> str:
    inner = more.pop("inner", "")
    extra = "".join(f' {key}="{value}"' for key, value in more.items())
    return (
        f'<ofd:TextObject Boundary="{boundary}" Font="3" Size="3.5"{extra}>{inner}'
        f"<ofd:TextCode {code}>{text}</ofd:TextCode></ofd:TextObject>"
    )


@pytest.mark.parametrize("habits", HABITS, ids=lambda h: f"{h.text}-{h.frame}")
def test_the_form_in_the_habits_of_each_producer(habits: Habits) -> None:
    document = read(make_ofd(habits=habits))
    table = only_table(document)
    assert squeezed(specs_of(table)) == squeezed(FORM)
    texts = [cell.text for cell in table.cells]
    assert GOAL in texts
    assert OUTCOME in texts
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == [
        TITLE,
        YEAR,
    ]
    assert document.media_type == "application/ofd"
    assert document.unread == ()


def test_a_table_over_several_pages_is_whole() -> None:
    rows = [(r, 0, 1, 1, f"指标{r}") for r in range(60)]
    rows += [(r, 1, 1, 1, f"≥{r}人") for r in range(60)]
    document = read(make_ofd(sorted(rows)))
    assert document.page_count == 2
    assert squeezed(specs_of(only_table(document))) == sorted(rows)
    assert only_table(document).pages == (1, 2)


def test_boxes_are_in_points_of_the_page() -> None:
    (line,) = read(package(text_object("目标", boundary="25.4 50.8 20 5"))).blocks
    assert isinstance(line, Paragraph)
    assert line.bbox is not None
    # 3 mm down to the base line, which is 88 % of 3.5 mm below the top.
    assert line.bbox.x0 == pytest.approx(72, abs=0.1)
    assert line.bbox.y0 == pytest.approx(72 * (50.8 + 3 - 0.88 * 3.5) / 25.4, abs=0.1)
    assert line.bbox.x1 == pytest.approx(72 + 7 * 72 / 25.4, abs=0.1)


@pytest.mark.parametrize(
    ("delta", "count", "steps"),
    [
        ("3.5 3.5 1.75", 4, [3.5, 3.5, 1.75]),
        ("g 3 5.2", 4, [5.2, 5.2, 5.2]),
        ("g 2 5 3 g 2 4", 6, [5, 5, 3, 4, 4]),
        ("G 2 5", 3, [5, 5]),
        ("g 1000000000 5", 3, [5, 5, 5]),
        ("g x", 3, []),
        ("3.5 nan 4", 3, [3.5]),
        (None, 3, []),
    ],
)
def test_steps(delta: str | None, count: int, steps: list[float]) -> None:
    assert _deltas(delta, count) == steps


@pytest.mark.parametrize(
    ("data", "operators"),
    [
        ("M 0 0 L 10 0", ["ml"]),
        ("S 0 0 L 10 0 L 10 5 C", ["mllh"]),
        ("M0,0L10,0", ["ml"]),
        ("M 0 0 10 0 10 5", ["mll"]),
        ("M 0 0 L 5 0 M 0 5 L 5 5", ["ml", "ml"]),
        ("M 0 0 Q 1 1 2 0 B 1 1 2 2 3 0 A 1 1 0 0 1 5 0", ["mccc"]),
        ("M -.5 1e1 L 5 10", ["ml"]),
        ("L 5 5 L 6 6", []),
        ("", []),
        ("M 0 0 L 5", []),
    ],
)
def test_paths(data: str, operators: list[str]) -> None:
    assert [found for found, _ in _subpaths(data)] == operators


def test_turned_and_scaled_text() -> None:
    up = text_object(
        "上行", CTM="0 -1 1 0 0 40", boundary="20 20 10 60", code='X="0" Y="0"'
    )
    large = text_object("放大", CTM="2 0 0 2 0 0", boundary="60 20 40 10")
    down = text_object(
        "竖排", CharDirection="90", ReadDirection="90", boundary="120 20 10 60"
    )
    texts = {
        b.text
        for b in read(package(up + large + down)).blocks
        if isinstance(b, Paragraph)
    }
    assert texts == {"上行", "放大", "竖排"}


def test_what_is_not_shown_is_not_read() -> None:
    content = (
        text_object("看得见")
        + text_object("藏", Visible="false", boundary="20 40 100 5")
        + text_object("空", Fill="false", boundary="20 50 100 5")
        + text_object("页外", boundary="400 50 100 5")
        + text_object("斜印", CTM="0.7 0.7 -0.7 0.7 0 0", boundary="20 60 100 50")
    )
    assert read(package(content)).text == "看得见"


def test_lines_that_go_on_from_the_line_before() -> None:
    content = text_object(
        "第一行", code='X="0" Y="3"', boundary="20 20 100 20"
    ).replace(
        "</ofd:TextObject>",
        '<ofd:TextCode Y="12">第二行</ofd:TextCode></ofd:TextObject>',
    )
    assert read(package(content)).text == "第一行\n第二行"


def test_drawings_used_several_times() -> None:
    unit = (
        "<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='9'><ofd:Content>"
        + text_object("复用")
        + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    use = '<ofd:CompositeObject ResourceID="9" Boundary="0 {} 100 50"/>'
    assert read(package(use.format(0) + use.format(60), res=unit)).text == "复用\n复用"


def test_a_drawing_in_itself_ends() -> None:
    use = '<ofd:CompositeObject ResourceID="9" Boundary="0 0 100 50"/>'
    unit = (
        "<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='9'><ofd:Content>"
        + use * 4
        + text_object("圈")
        + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    assert "圈" in read(package(use, res=unit)).text


def truetype(characters: str) -> bytes:
    """A font that maps characters to the glyphs 1, 2, …, and nothing else."""
    import struct

    codes = sorted((ord(char), number) for number, char in enumerate(characters, 1))
    segments = [(code, code, (glyph - code) & 0xFFFF) for code, glyph in codes]
    segments.append((0xFFFF, 0xFFFF, 1))
    count = len(segments)
    body = struct.pack(">HHHHHHH", 4, 16 + 8 * count, 0, 2 * count, 0, 0, 0)
    body += b"".join(struct.pack(">H", end) for _, end, _ in segments) + b"\0\0"
    body += b"".join(struct.pack(">H", start) for start, _, _ in segments)
    body += b"".join(struct.pack(">H", delta) for _, _, delta in segments)
    body += b"\0\0" * count
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + body
    head = struct.pack(">4sHHHH", b"\0\1\0\0", 1, 16, 0, 0)
    return head + struct.pack(">4sIII", b"cmap", 0, 28, len(cmap)) + cmap


def test_characters_that_only_the_font_knows() -> None:
    font = (
        '<ofd:Fonts><ofd:Font ID="3" FontName="F"><ofd:FontFile>f.ttf</ofd:FontFile>'
        "</ofd:Font></ofd:Fonts>"
    )
    glyphs = (
        '<ofd:CGTransform CodePosition="1" CodeCount="2" GlyphCount="2">'
        "<ofd:Glyphs>2 1</ofd:Glyphs></ofd:CGTransform>"
    )
    content = text_object("满\ue001\ufffd度", inner=glyphs)
    data = package(content, res=font, f__ttf=truetype("意民"))
    assert read(data).text == "满民意度"


def test_unknown_characters_are_not_made_up() -> None:
    document = read(package(text_object("\ue001\ue002\ue003\ue004\ue005")))
    assert document.text == "\ufffd" * 5
    assert [page.reason for page in document.unread] == ["needs_ocr"]


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (210, 297), "white").save(buffer, "PNG")
    return buffer.getvalue()


def test_a_page_that_is_a_picture_needs_ocr() -> None:
    res = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image"><ofd:MediaFile>p.png'
        "</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>"
    )
    image = (
        '<ofd:ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="7"/>'
    )
    with pytest.raises(DocumentError) as caught:
        read(package(image, res=res, p__png=picture()))
    assert caught.value.reason == "needs_ocr"


@pytest.mark.parametrize(
    ("base", "location", "found"),
    [
        ("OFD.xml", "Doc_0/Document.xml", "Doc_0/Document.xml"),
        ("OFD.xml", "/Doc_0/Document.xml", "Doc_0/Document.xml"),
        ("Doc_0/Document.xml", "Pages/P/C.xml", "Doc_0/Pages/P/C.xml"),
        ("Doc_0/Document.xml", "Pages\\P\\C.xml", "Doc_0/Pages/P/C.xml"),
        ("Doc_0/Document.xml", "./Pages/P/C.xml", "Doc_0/Pages/P/C.xml"),
        ("Doc_0/Document.xml", "Doc_0/Pages/P/C.xml", "Doc_0/Pages/P/C.xml"),
        ("Doc_0/Pages/P/C.xml", "../../Document.xml", "Doc_0/Document.xml"),
        ("Doc_0/Document.xml", "../../../etc/passwd", "../../etc/passwd"),
    ],
)
def test_locations(base: str, location: str, found: str) -> None:
    names = ("OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/P/C.xml")
    held = opened(make_zip(dict.fromkeys(names, b"<a/>")))
    assert located(held, base, location) == found


def test_entities_are_refused() -> None:
    data = make_ofd()
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    with pytest.raises(DocumentError) as caught:
        read(replaced(data, "Doc_0/Document.xml", bomb))
    assert (caught.value.reason, caught.value.code) == ("corrupt", "corrupt_ofd")


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {n: archive.read(n) for n in archive.namelist()}
    assert name in files
    return make_zip({**files, name: content})


def test_a_broken_page_leaves_the_others() -> None:
    sheets = [Sheet(texts=[(20, 40, f"第{n}张", 3.5)]) for n in range(3)]
    data = replaced(write_ofd(sheets), "Doc_0/Pages/Page_1/Content.xml", b"<a>")
    document = read(data)
    assert document.text == "第0张\n第2张"
    assert [(u.page, u.reason) for u in document.unread] == [(2, "corrupt")]


def test_encrypted() -> None:
    with pytest.raises(DocumentError) as caught:
        read(make_zip({"OFD.xml": b"<a/>", "Encryptions.xml": b"<a/>"}))
    assert caught.value.reason == "encrypted"
    assert explain(caught.value)


def test_an_empty_page() -> None:
    with pytest.raises(DocumentError) as caught:
        read(package(""))
    assert caught.value.reason == "empty"


def test_a_part_that_expands_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.sources import ooxml

    monkeypatch.setattr(ooxml, "MAX_PART", 1000)
    with pytest.raises(DocumentError) as caught:
        read(make_ofd())
    assert caught.value.reason in ("expands_too_much", "corrupt")
    assert limits.MAX_PART > 1000


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_cut_file_keeps_its_first_pages(share: float) -> None:
    sheets = [
        Sheet(texts=[(20, 20 + 5 * k, f"第{n}张{k}行", 3.5) for k in range(40)])
        for n in range(9)
    ]
    data = write_ofd(sheets)
    document = read(data[: int(len(data) * share)])
    assert document.text.startswith("第0张0行\n第0张1行")
    assert "truncated" in [u.reason for u in document.unread]


def test_tables_are_found() -> None:
    assert any(isinstance(block, Table) for block in read(make_ofd()).blocks)


def test_cells_over_a_page_end_and_a_row_of_dots_at_the_top() -> None:
    rows = [(r, c, 1, 1, f"{r}行{c}列") for r in range(37) for c in (1, 2)]
    rows += [(0, 0, 30, 1, "产出指标"), (30, 0, 8, 1, "效益指标")]
    rows += [(37, 1, 1, 1, "……"), (37, 2, 1, 1, "")]
    document = read(make_ofd(sorted(rows)))
    assert document.page_count == 2
    assert squeezed(specs_of(only_table(document))) == sorted(rows)
