"""Text dumps whose rows are not one line with tabs each."""

from __future__ import annotations

import pytest

from pipeline import sources
from pipeline.core.document import Paragraph, Table
from pipeline.sources.fields import csv_rows, prepared, spaced_fields, unquoted


def rows(data: str | bytes, name: str) -> list[list[str]]:
    raw = data.encode() if isinstance(data, str) else data
    (table,) = [b for b in sources.read(raw, name).blocks if isinstance(b, Table)]
    return [[cell.text for cell in row] for row in table.rows()]


def test_csv_with_quoted_line_breaks_and_separators() -> None:
    text = '自评表,,\n项目名称,"甲,乙",\n年度目标,"1.建站;\n2.培训""骨干""",12\n,,\n'
    assert rows(text, "a.csv") == [
        ["自评表", "", ""],
        ["项目名称", "甲,乙", ""],
        ["年度目标", '1.建站;\n2.培训"骨干"', "12"],
    ]
    assert sources.read(text.encode("gb18030"), "a.CSV").media_type == "text/csv"


def test_csv_file_with_tabs_in_it() -> None:
    assert csv_rows("题名\n甲\t1,5\n乙\t2,5") == [
        ["题名"],
        ["甲", "1,5"],
        ["乙", "2,5"],
    ]


def test_lines_laid_out_with_spaces_are_rows() -> None:
    text = (
        "        绩效自评表\n"
        "主管部门    某局      实施单位   某站\n"
        "            预期目标        实际完成情况\n"
        "产出指标　　数量指标　　场次\n"
        "正文没有间隔\n"
    )
    document = sources.read(text.encode(), "a.txt")
    title, table, prose = document.blocks
    assert isinstance(title, Paragraph)
    assert isinstance(prose, Paragraph)
    assert isinstance(table, Table)
    assert [[c.text for c in r] for r in table.rows()] == [
        ["主管部门", "某局", "实施单位", "某站"],
        ["", "预期目标", "实际完成情况"],
        ["产出指标", "数量指标", "场次"],
    ]


@pytest.mark.parametrize(
    "line", ["　　开展培训三场。", "    缩进的正文", "项目 名称", "一行"]
)
def test_ordinary_lines_have_no_fields(line: str) -> None:
    assert spaced_fields(line) is None


def test_two_spaced_lines_are_typed_text() -> None:
    text = "单位：某局    日期：3月\n年度：2023    元\n"
    assert all(isinstance(b, Paragraph) for b in sources.read(text.encode()).blocks)


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (
            ["名称\t公园\t\t", "目标\t1.管护；", "2.补植。\t1.已管护；", "2.已补植。\t", "总分\t\t\t9", "等级\t优\t\t"],
            ["名称\t公园\t\t", "目标\t1.管护；<br>2.补植。\t1.已管护；<br>2.已补植。\t", "总分\t\t\t9", "等级\t优\t\t"],
        ),
        (
            ["a\t1\t10", "年度", "总体", "目标\t预期\t实际", "b\t2\t3", "c\t3\t说明已经", "补充完整的原因", "d\t1\t1"],
            ["a\t1\t10", "年度<br>总体<br>目标\t预期\t实际", "b\t2\t3", "c\t3\t说明已经<br>补充完整的原因", "d\t1\t1"],
        ),
        # Trailing blanks were dropped: nothing proves where a row ends.
        (["a\tb\tc\td", "e\tf", "g\th\ti", "j\tk\tl\tm"], None),
        (["a\tb", "c\td", "e\tf", "后面的正文段落"], None),
        (["a\tb", "总分\t9", "绩效自评表", "（2023年度）", "名称\t甲", "c\td"], None),
    ],
    ids=["目标分行", "窄标签和原因", "行尾空格丢失", "表后正文", "两表之间的标题"],
)  # fmt: skip
def test_cells_broken_over_lines(lines: list[str], whole: list[str] | None) -> None:
    assert prepared(lines) == (whole or lines)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ('"甲<br>乙"', "甲<br>乙"),
        ('"含""引号"""', '含"引号"'),
        ('"强制引号"', '"强制引号"'),
        ('"甲"和"乙"', '"甲"和"乙"'),
    ],
)
def test_quotation_marks_of_a_spreadsheet(field: str, text: str) -> None:
    assert unquoted(field) == text


def test_unicode_text_of_a_spreadsheet() -> None:
    text = 'a\tb\tc\n目标\t"1.甲；\n2.乙。"\t"1.甲"\nd\te\tf\ng\th\ti\n'
    assert rows(text.encode("utf-16"), "a.txt")[1] == [
        "目标",
        "1.甲；\n2.乙。",
        '"1.甲"',
    ]


def test_markdown_table_without_outer_pipes() -> None:
    text = "指标 | 目标\n--- | ---\n场次 | 12场\n\n正文|不是表\n"
    assert rows(text, "a.md") == [["指标", "目标"], ["场次", "12场"]]
