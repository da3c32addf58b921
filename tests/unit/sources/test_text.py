from __future__ import annotations

import pytest

from pipeline import sources
from pipeline.core.document import Paragraph, Table
from pipeline.errors import DocumentError
from pipeline.sources import text as reader
from tests.unit.sources.builders import FORM, TITLE, YEAR, make_txt, only_table


def kinds(source: str) -> list[str]:
    return [type(b).__name__ for b in reader.read(source).blocks]


def test_a_dump_in_the_manner_of_the_samples() -> None:
    document = sources.read(make_txt().encode(), "表.txt")
    title, year, table = document.blocks
    assert (title, year) == (Paragraph(TITLE, heading=True), Paragraph(YEAR))
    assert isinstance(table, Table)
    assert table.shaky
    assert {(c.row, c.column): c.text for c in table.cells if c.text} == {
        (r, c): t for r, c, _, _, t in FORM if t
    }
    assert all(len(row) == 8 for row in table.rows())


def test_empty_fields_are_cells_and_rows_keep_their_length() -> None:
    table = only_table(reader.read("甲\t\t乙\t\n\t丙"))
    assert [(c.row, c.column, c.text) for c in table.cells] == [
        (0, 0, "甲"),
        (0, 1, ""),
        (0, 2, "乙"),
        (0, 3, ""),
        (1, 0, ""),
        (1, 1, "丙"),
    ]


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("甲\t乙\n丙\t丁", ["Table"]),
        ("甲\t乙\n\n丙\t丁", ["Table", "Table"]),
        ("甲\t乙\n# 题\n丙\t丁", ["Table", "Paragraph", "Table"]),
        ("甲\t乙\n说明文字\n丙\t丁", ["Table", "Paragraph", "Table"]),
        ("甲\t乙\n\t\t\n丙\t丁", ["Table"]),
        ("甲\t乙\r\n丙\t丁\r\n", ["Table"]),
        ("<p>一</p><p>二</p>", ["Paragraph", "Paragraph"]),
    ],
)
def test_what_ends_a_table(source: str, blocks: list[str]) -> None:
    assert kinds(source) == blocks


def test_markdown_pipe_table() -> None:
    source = (
        "## 自评\n\n| 指标 | 值 |\n|:---|---:|\n| 场次 | 1\\|2<br>3 |\n| | — |\n后记"
    )
    heading, table, note = reader.read(source).blocks
    assert heading == Paragraph("自评", heading=True)
    assert note == Paragraph("后记")
    assert isinstance(table, Table)
    assert [[c.text for c in row] for row in table.rows()] == [
        ["指标", "值"],
        ["场次", "1|2\n3"],
        ["", "—"],
    ]


def test_html_table_inside_markdown_keeps_spans() -> None:
    source = "# 题\n\n<table><tr><td colspan=2>甲</td></tr><tr><td>1</td><td>2</td></tr></table>\n尾"
    document = sources.read(source.encode(), "a.md")
    assert document.media_type == "text/markdown"
    heading, table, tail = document.blocks
    assert isinstance(table, Table)
    assert not table.shaky
    assert table.cells[0].column_span == 2
    assert (heading, tail) == (Paragraph("题", heading=True), Paragraph("尾"))


def test_nothing_but_white_space() -> None:
    with pytest.raises(DocumentError) as caught:
        reader.read("\n  <p> </p>\n\t\t\n")
    assert caught.value.reason == "empty"


def test_too_many_cells() -> None:
    with pytest.raises(DocumentError) as caught:
        reader.read("\t" * 200_001 + "x")
    assert caught.value.reason == "too_many_rows"


def test_an_html_table_that_never_ends_is_text() -> None:
    document = reader.read("<table><tr><td>甲</td>\n乙\t丙")
    assert document.text == "甲\n乙\t丙"


def test_nested_html_tables_in_a_dump_end_at_the_outer_end() -> None:
    inner = "<table><tr><td>一</td></tr><tr><td>二</td></tr></table>"
    rows = "".join(f"<tr><td>标签{i}</td><td>值</td></tr>" for i in range(4))
    source = f"<table>{rows}<tr><td>目标</td><td>{inner}</td></tr></table>\n尾"
    table, tail = reader.read(source).blocks
    assert isinstance(table, Table)
    assert table.cells[-1].text == "一\n二"
    assert tail == Paragraph("尾")


def test_many_openings_are_read() -> None:
    document = reader.read("</table>甲" + "<table>" * 300_000)
    assert "甲" in document.text
