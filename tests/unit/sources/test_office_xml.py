"""Word and Excel documents that are one XML text, under any name."""

from __future__ import annotations

import base64
import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from pipeline import sources
from pipeline.core.document import Document, Paragraph
from pipeline.errors import DocumentError
from pipeline.sources.sniff import Kind, sniff
from tests.unit.sources.builders import (
    FORM,
    TITLE,
    make_docx,
    only_table,
    rows_of,
    size_of,
    specs_of,
)

WORD = "http://schemas.microsoft.com/office/word/2003/wordml"
SHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def word_2003(body: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<?mso-application progid="Word.Document"?>\n'
        f'<w:wordDocument xmlns:w="{WORD}" xmlns:wx="x" xmlns:aml="y">'
        '<w:styles><w:style w:type="paragraph" w:styleId="1">'
        '<w:name w:val="heading 1"/></w:style></w:styles>'
        f"<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>"
    ).encode()


def paragraph(text: str, style: str = "") -> str:
    chosen = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    lines = "<w:br/>".join(f"<w:t>{escape(line)}</w:t>" for line in text.split("\n"))
    return f"<w:p>{chosen}<w:r>{lines}</w:r></w:p>"


def word_table() -> str:
    """The form with the attributes of Word 2003."""
    height, width = size_of(FORM)
    below: dict[tuple[int, int], int] = {}
    rows = []
    for r, row in enumerate(rows_of(FORM)):
        cells = {c: (w, h, text) for _, c, h, w, text in row}
        written, c = "", 0
        while c < width:
            if c in cells:
                span, rows_below, text = cells[c]
                merge = '<w:vmerge w:val="restart"/>' if rows_below > 1 else ""
                below.update({(r + k, c): span for k in range(1, rows_below)})
            else:
                span, merge, text = below[r, c], "<w:vmerge/>", ""
            written += (
                f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merge}</w:tcPr>'
                f"{paragraph(text)}</w:tc>"
            )
            c += span
        rows.append(f"<w:tr>{written}</w:tr>")
    assert len(rows) == height
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


@pytest.mark.parametrize("name", ["a.doc", "a.xml", "a"])
def test_word_2003(name: str) -> None:
    data = word_2003(paragraph(TITLE, "1") + word_table())
    assert sniff(data, name) is Kind.WORD_2003
    document = sources.read(data, name)
    assert specs_of(only_table(document)) == list(FORM)
    assert document.blocks[0] == Paragraph(TITLE, heading=True)


def test_tracked_changes_of_word_2003() -> None:
    changes = (
        '<w:p><aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>旧'
        "</w:delText></w:r></aml:content></aml:annotation>"
        '<aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>新</w:t></w:r>'
        "</aml:content></aml:annotation><w:r><w:t>目标</w:t></w:r></w:p>"
    )
    assert sources.read(word_2003(changes)).text == "新目标"


def flat(data: bytes) -> bytes:
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith((".xml", ".rels")):
                plain = content.decode().split("?>", 1)[-1]
                held = f"<pkg:xmlData>{plain}</pkg:xmlData>"
            else:
                encoded = base64.b64encode(content).decode()
                held = f"<pkg:binaryData>{encoded}</pkg:binaryData>"
            parts.append(f'<pkg:part pkg:name="/{name}">{held}</pkg:part>')
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<?mso-application progid="Word.Document"?><pkg:package xmlns:pkg='
        '"http://schemas.microsoft.com/office/2006/xmlPackage">'
        f"{''.join(parts)}</pkg:package>"
    ).encode()


def test_the_flat_form_of_docx() -> None:
    data = flat(make_docx())
    assert sniff(data, "a.doc") is Kind.FLAT_DOCX
    document = sources.read(data, "a.doc")
    assert document.blocks == sources.read(make_docx()).blocks


def excel_2003(rows: str, *, columns: str = "", more: str = "") -> bytes:
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{SHEET}" xmlns:ss="{SHEET}">'
        '<Styles><Style ss:ID="Default"/>'
        '<Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style>'
        '<Style ss:ID="q" ss:Parent="p"/>'
        '<Style ss:ID="n"><NumberFormat ss:Format="Percent"/></Style>'
        '<Style ss:ID="d"><NumberFormat ss:Format="yyyy/m/d"/></Style></Styles>'
        f'<Worksheet ss:Name="表"><Table>{columns}{rows}</Table></Worksheet>{more}'
        "</Workbook>"
    ).encode()


def cell(text: str, kind: str = "String", **attributes: str) -> str:
    shown = "".join(f' ss:{key}="{value}"' for key, value in attributes.items())
    held = escape(text).replace("\n", "&#10;")
    return f'<Cell{shown}><Data ss:Type="{kind}">{held}</Data></Cell>'


def excel_rows() -> str:
    rows = []
    for row in rows_of(FORM):
        cells = "".join(
            cell(
                text,
                Index=str(column + 1),
                MergeAcross=str(width - 1),
                MergeDown=str(height - 1),
            )
            for _, column, height, width, text in row
        )
        rows.append(f"<Row>{cells}</Row>")
    return "".join(rows)


@pytest.mark.parametrize("name", ["a.xls", "a.xml", "a"])
def test_excel_2003(name: str) -> None:
    data = excel_2003(excel_rows())
    assert sniff(data, name) is Kind.EXCEL_2003
    assert specs_of(only_table(sources.read(data, name))) == list(FORM)


@pytest.mark.parametrize(
    ("text", "kind", "style", "shown"),
    [
        ("0.95", "Number", "p", "95%"),
        ("0.95", "Number", "q", "95%"),
        ("0.95", "Number", "n", "95.00%"),
        ("0.95", "Number", "Default", "0.95"),
        ("2024-03-05T00:00:00.000", "DateTime", "d", "2024/3/5"),
        ("2024-03-05T00:00:00.000", "DateTime", "Default", "2024/3/5"),
        ("1", "Boolean", "Default", "TRUE"),
        ("≥90%", "String", "p", "≥90%"),
        ("#DIV/0!", "Error", "p", "#DIV/0!"),
        ("no date", "DateTime", "d", "no date"),
    ],
)
def test_values_of_excel_2003(text: str, kind: str, style: str, shown: str) -> None:
    data = excel_2003(f"<Row>{cell(text, kind, StyleID=style)}</Row>")
    assert sources.read(data).text == shown


def test_hidden_parts_of_excel_2003() -> None:
    rows = (
        f"<Row>{cell('甲')}{cell('藏')}{cell('乙')}</Row>"
        f'<Row ss:Hidden="1">{cell("藏")}</Row>'
        f'<Row ss:Index="9">{cell("丙", Index="3")}</Row>'
    )
    hidden = (
        '<Worksheet ss:Name="二"><Table><Row><Cell><Data ss:Type="String">藏</Data>'
        '</Cell></Row></Table><WorksheetOptions xmlns="urn:x"><Visible>SheetHidden'
        "</Visible></WorksheetOptions></Worksheet>"
    )
    columns = '<Column ss:Index="2" ss:Hidden="1"/>'
    data = excel_2003(rows, columns=columns, more=hidden)
    assert sources.read(data).text == "甲\t乙\n\t丙"


def test_text_in_runs_of_excel_2003() -> None:
    rich = (
        '<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">'
        "<B>年度</B>目标</ss:Data></Cell></Row>"
    )
    assert sources.read(excel_2003(rich)).text == "年度目标"


@pytest.mark.parametrize(
    "make", [lambda: word_2003(word_table()), lambda: excel_2003(excel_rows())]
)
def test_a_wrong_declaration_of_the_charset(make: object) -> None:
    assert callable(make)
    whole = sources.read(make())
    text = make().decode().replace("—", "-").replace("≥", "&#8805;")
    data = text.encode("gbk")
    found = sources.read(data)
    assert found.text.replace("-", "") == whole.text.replace("—", "").replace("-", "")


@pytest.mark.parametrize("share", [0.3, 0.9])
@pytest.mark.parametrize(
    "make", [lambda: word_2003(word_table()), lambda: excel_2003(excel_rows())]
)
def test_cut_texts_keep_what_is_there(make: object, share: float) -> None:
    assert callable(make)
    data = make()
    document = read_cut(data[: int(len(data) * share)])
    assert "项目名称" in document.text
    assert [page.reason for page in document.unread] == ["truncated"]


def read_cut(data: bytes) -> Document:
    return sources.read(data, "a.xml")


@pytest.mark.parametrize("root", ["wordDocument", "Workbook"])
def test_entities_are_refused(root: str) -> None:
    data = (
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><{root} '
        f'xmlns="{SHEET}">&b;</{root}>'
    ).encode()
    with pytest.raises(DocumentError):
        sources.read(
            word_2003("").replace(b"<w:wordDocument", b"<w:wordDocument x='&b;'")
        )
    try:
        assert "c" not in sources.read(data).text.split()
    except DocumentError as error:
        assert error.reason in ("corrupt", "empty", "unsupported")
