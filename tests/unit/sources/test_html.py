from __future__ import annotations

import pytest

from pipeline import sources
from pipeline.core.document import Paragraph, Table
from pipeline.errors import DocumentError
from pipeline.sources.html import blocks
from tests.unit.sources.builders import FORM, make_html, only_table, specs_of

PAGE = """<!DOCTYPE html><html><head><title>公开</title><style>td{{}}</style></head>
<body><nav><a href="/">首页</a></nav><script>var a="<td>x</td>";</script>
<table width="100%"><tr><td><div class="menu">栏目</div></td><td>
<h1>自评表</h1><p>（2024年度）</p>{table}</td></tr></table>
<footer>版权</footer></body></html>"""


def texts(source: str) -> list[str]:
    return [b.text for b in blocks(source) if isinstance(b, Paragraph)]


def cells(source: str) -> list[tuple[int, int, int, int, str]]:
    (table,) = [b for b in blocks(source) if isinstance(b, Table)]
    return specs_of(table)


def test_table_in_a_layout_table_of_a_web_page() -> None:
    document = sources.read(PAGE.format(table=make_html()).encode(), "index")
    assert document.media_type == "text/html"
    assert specs_of(only_table(document)) == list(FORM)
    assert [b for b in document.blocks if isinstance(b, Paragraph)] == [
        Paragraph("栏目"),
        Paragraph("自评表", heading=True),
        Paragraph("（2024年度）"),
    ]


def test_line_breaks_come_from_tags_only() -> None:
    source = "<table><tr><td>年度\n   总体<br>目标</td><td>a\n b<p>二</p>三<div>四</div></td></tr></table>"
    assert [c[4] for c in cells(source)] == ["年度总体\n目标", "a b\n二\n三\n四"]


def test_row_span_zero_and_spans_over_the_end() -> None:
    source = "<table><tr><td rowspan=0>甲<td>1<tr><td rowspan=99>2</table>"
    assert cells(source) == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2")]


def test_silly_spans_are_capped() -> None:
    source = "<table><tr><td colspan=1000000 rowspan=-3>甲</td><td colspan=x>乙</td></tr></table>"
    assert cells(source) == [(0, 0, 1, 1000, "甲"), (0, 1000, 1, 1, "乙")]


def test_too_wide_in_all() -> None:
    row = "<tr>" + "<td colspan=1000>甲</td>" * 10 + "</tr>"
    with pytest.raises(DocumentError) as caught:
        blocks("<table>" + row * 30 + "</table>")
    assert caught.value.reason == "too_many_rows"


def test_overlapping_spans_give_way() -> None:
    source = "<table><tr><td>1<td rowspan=2>2<tr><td colspan=2>3<td>4</table>"
    assert cells(source) == [
        (0, 0, 1, 1, "1"),
        (0, 1, 2, 1, "2"),
        (1, 0, 1, 1, "3"),
        (1, 2, 1, 1, "4"),
    ]


def test_a_small_table_in_a_cell_of_a_form_follows_it() -> None:
    inner = "<table><tr><td>季度</td><td>场次</td></tr></table>"
    outer = "".join(f"<tr><td>标签{i}</td><td>值{i}</td></tr>" for i in range(4))
    found = blocks(f"<table>{outer}<tr><td>附</td><td>见表{inner}</td></tr></table>")
    assert [len(t.cells) for t in found if isinstance(t, Table)] == [10, 2]
    assert isinstance(found[0], Table)
    assert found[0].cells[-1].text == "见表"


def test_a_one_column_table_in_a_cell_is_its_text() -> None:
    source = (
        "<table><tr><td>目标</td><td><table><tr><td>一</td></tr><tr><td>二</td></tr></table></td></tr>"
        + "".join(f"<tr><td>a{i}</td><td>b{i}</td></tr>" for i in range(4))
    )
    assert cells(source + "</table>")[1][4] == "一\n二"


def test_footer_rows_come_last() -> None:
    source = "<table><tfoot><tr><td>总分</td></tr></tfoot><tbody><tr><td>甲</td></tr></tbody></table>"
    assert [c[4] for c in cells(source)] == ["甲", "总分"]


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("gb2312", "gbk"),
        ("iso-8859-1", "utf-8"),
        ("utf-16", "gbk"),
    ],
)
def test_the_declared_charset_is_a_hint(declared: str, actual: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>项目绩效：居民满意度达到百分之九十，喆。</p></body></html>'
    document = sources.read(page.encode(actual), "a.html")
    assert document.text == "项目绩效：居民满意度达到百分之九十，喆。"


def test_xml_declaration() -> None:
    page = '<?xml version="1.0" encoding="gb2312"?><html><body>甲</body></html>'
    assert sources.read(page.encode("gbk"), "a.html").text == "甲"


def test_text_without_paragraph_tags() -> None:
    assert texts("<body>甲<br>乙<b>丙</b><div>丁</div>戊</body>") == [
        "甲",
        "乙丙",
        "丁",
        "戊",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "<html></html>",
        "<html><head><title>x</title></head><body><nav>a</nav></body></html>",
    ],
)
def test_empty_page(source: str) -> None:
    with pytest.raises(DocumentError) as caught:
        sources.read(source.encode(), "a.html")
    assert caught.value.reason == "empty"


@pytest.mark.parametrize(
    "source",
    [
        "<html><body>" + "<div>" * 100_000 + "深</div>",
        "<html><body><table>" + "<tr><td>" * 30_000,
        "<html><body><table><tr><td>" * 5_000 + "深",
        "<html><body><p>" + "长" * 4_000_000,
    ],
    ids=["divs", "rows", "nested tables", "line"],
)
def test_hostile_pages_end(source: str) -> None:
    try:
        sources.read(source.encode(), "a.html")
    except DocumentError as error:
        assert error.reason in {"empty", "corrupt", "too_many_rows"}
