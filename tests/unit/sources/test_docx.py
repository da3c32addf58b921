from __future__ import annotations

import docx
import pytest
from docx.document import Document as DocxDocument

from pipeline import sources
from pipeline.core.document import Paragraph, Table
from pipeline.errors import DocumentError
from tests.unit.sources.builders import (
    FORM,
    TITLE,
    YEAR,
    make_docx,
    only_table,
    saved,
    specs_of,
    with_part,
)

MAIN = "word/document.xml"


def read_xml(**change: str) -> list[Paragraph | Table]:
    """A document whose paragraphs ``MARK1`` … are replaced by raw XML."""
    document = docx.Document()
    for mark in change:
        document.add_paragraph(mark)
    data = with_part(
        saved(document),
        MAIN,
        {
            f"<w:p><w:r><w:t>{mark}</w:t></w:r></w:p>": xml
            for mark, xml in change.items()
        },
    )
    return list(sources.read(data, "a.docx").blocks)


def text_of(xml: str) -> str:
    return "|".join(b.text for b in read_xml(MARK=xml) if isinstance(b, Paragraph))


def test_body_order_headings_and_spans() -> None:
    document = sources.read(make_docx(), "表.docx")
    title, year, table, note = document.blocks
    assert title == Paragraph(TITLE, heading=True)
    assert (year, note) == (Paragraph(YEAR), Paragraph("填表人：张三"))
    assert isinstance(table, Table)
    assert specs_of(table) == list(FORM)
    assert document.media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:p><w:r><w:t>12</w:t></w:r><w:r><w:t>8.50</w:t></w:r></w:p>", "128.50"),
        (
            "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>",
            "甲|乙 丙",
        ),
        (
            "<w:p><w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>",
            "增",
        ),
        (
            "<w:p><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo></w:p>",
            "新",
        ),
        (
            "<w:p><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink><w:r><w:t>接</w:t></w:r></w:p>",
            "链接",
        ),
        (
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>显</w:t></w:r></w:p>",
            "显",
        ),
        (
            "<w:p><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>1</w:t></w:r></w:p>",
            "1",
        ),
        (
            '<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t></w:r></w:p>',
            "≥95%",
        ),
        (
            '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r></w:p>',
            "☑是",
        ),
        (
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>jì</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>绩</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
            "绩",
        ),
        (
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            "控件",
        ),
        (
            "<w:p><w:r><w:t>前</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r><w:r><w:t>后</w:t></w:r></w:p>",
            "前后|框",
        ),
    ],
    ids=[
        "cut number",
        "breaks",
        "insertion",
        "move",
        "link",
        "hidden",
        "field",
        "symbol",
        "check box",
        "ruby",
        "control",
        "text box",
    ],
)
def test_text_of_a_paragraph(xml: str, text: str) -> None:
    assert text_of(xml) == text


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def table_specs(rows: str) -> list[tuple[int, int, int, int, str]]:
    (table,) = [
        b for b in read_xml(MARK=f"<w:tbl>{rows}</w:tbl>") if isinstance(b, Table)
    ]
    return specs_of(table)


def test_grid_before_shifts_a_row() -> None:
    rows = (
        f"<w:tr>{cell('甲')}{cell('乙')}</w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("丙")}</w:tr>'
    )
    assert table_specs(rows) == [
        (0, 0, 1, 1, "甲"),
        (0, 1, 1, 1, "乙"),
        (1, 1, 1, 1, "丙"),
    ]


def test_vertical_merges() -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        f"<w:tr>{cell('甲', start)}{cell('1')}</w:tr>"
        f"<w:tr>{cell('', on)}{cell('2')}</w:tr>"
        f"<w:tr>{cell('乙', start)}{cell('3')}</w:tr>"
        f"<w:tr>{cell('', on)}{cell('4', on)}</w:tr>"
    )
    assert table_specs(rows) == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 1, "1"),
        (1, 1, 1, 1, "2"),
        (2, 0, 2, 1, "乙"),
        (2, 1, 1, 1, "3"),
        (3, 1, 1, 1, "4"),
    ]


def test_old_horizontal_merge() -> None:
    first = cell("甲", '<w:hMerge w:val="restart"/>')
    rows = f"<w:tr>{first}{cell('', '<w:hMerge/>')}{cell('乙')}</w:tr>"
    assert table_specs(rows) == [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙")]


def test_deleted_and_hidden_rows_are_gone() -> None:
    rows = (
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('删')}</w:tr>"
        f"<w:tr><w:trPr><w:hidden/></w:trPr>{cell('隐')}</w:tr>"
        f"<w:tr>{cell('留')}</w:tr>"
    )
    assert table_specs(rows) == [(0, 0, 1, 1, "留")]


def test_nested_table_is_a_table_of_its_own() -> None:
    inner = f"<w:tbl><w:tr>{cell('季')}{cell('场')}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr>{cell('标签')}<w:tc><w:p><w:r><w:t>见表</w:t></w:r></w:p>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    found = [b for b in read_xml(MARK=outer) if isinstance(b, Table)]
    assert [[c.text for c in t.cells] for t in found] == [
        ["标签", "见表"],
        ["季", "场"],
    ]


def test_literal_tags_and_entities_in_a_cell() -> None:
    document: DocxDocument = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "<p>一</p><p>二</p>"
    table.cell(0, 1).text = "响应<5天&nbsp;"
    read = only_table(sources.read(saved(document)))
    assert [c.text for c in read.cells] == ["一\n二", "响应<5天"]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]>',
    ],
)
def test_entities_are_refused(doctype: str) -> None:
    data = make_docx()
    data = with_part(data, MAIN, {"?>\n<w:document": f"?>\n{doctype}<w:document"})
    with pytest.raises(DocumentError) as caught:
        sources.read(data, "a.docx")
    assert (caught.value.reason, caught.value.code) == ("corrupt", "corrupt_docx")


def test_empty_document() -> None:
    with pytest.raises(DocumentError) as caught:
        sources.read(saved(docx.Document()), "a.docx")
    assert caught.value.reason == "empty"
