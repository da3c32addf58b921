"""Text of web pages saved without their tables: pipes behind cells, cells as paragraphs."""

from __future__ import annotations

import pytest

from pipeline.core.document import Paragraph, Table
from pipeline.sources import text as reader

PADDED = """绩效自评表 | ||||
项目名称 | 候船亭翻新 | |||
主管部门 | 河口县港航中心 |
实施单位 | 渡口管理站 | |
合计 | 100 | |||"""


def rows(source: str) -> list[list[str]]:
    (table,) = [b for b in reader.read(source).blocks if isinstance(b, Table)]
    return [[c.text for c in row if c.text] for row in table.rows()]


def cells(source: str) -> list[str]:
    blocks = reader.read(source).blocks
    assert all(isinstance(b, Paragraph) for b in blocks)
    return [b.text for b in blocks if isinstance(b, Paragraph)]


def test_rows_padded_to_one_width_and_a_row_broken_by_a_cell() -> None:
    assert rows(PADDED) == [
        ["绩效自评表"],
        ["项目名称", "候船亭翻新"],
        ["主管部门", "河口县港航中心", "实施单位", "渡口管理站"],
        ["合计", "100"],
    ]


def test_lines_with_pipes_between_their_cells_are_rows() -> None:
    source = "项目名称 | 候船亭翻新 |\n预算数 | 执行数 | 执行率 |\n20 | 19 | 95% |"
    assert rows(source) == [
        ["项目名称", "候船亭翻新"],
        ["预算数", "执行数", "执行率"],
        ["20", "19", "95%"],
    ]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("得分 |\n|\n|\n总额 |\n20 |", ["得分", "", "", "总额", "20"]),
        (
            "执行率 |\n得分 |\n总额 |\n| 20 | 19 |",
            ["执行率", "得分", "总额", "", "20", "19"],
        ),
        ("名称 |\n甲\\|乙 |\n|\n丙 |", ["名称", "甲\\|乙", "", "丙"]),
    ],
)
def test_empty_cells_that_broke_the_rows_are_known(
    source: str, found: list[str]
) -> None:
    assert cells(source) == found


def test_a_markdown_table_stays_one() -> None:
    source = "| 指标 | 值 |\n|---|---|\n| 场次 | 3 |\n| | |\n| 人次 | 40 |"
    assert rows(source) == [["指标", "值"], ["场次", "3"], [], ["人次", "40"]]


def test_words_with_a_pipe_among_them_are_text() -> None:
    source = "首页 | 公开\n通知正文。\n联系我们 |"
    assert cells(source) == ["首页 | 公开", "通知正文。", "联系我们 |"]


def test_cells_with_blank_lines_between_them() -> None:
    source = "\n\n".join(
        ["项目名称", "岸线\n清理", *["数量", " ", "质量", "　"] * 8, "完"]
    )
    found = cells(source)
    assert found[:6] == ["项目名称", "岸线", "清理", "数量", "", "质量"]
    assert found.count("") == 16


def test_paragraphs_with_blank_lines_between_them_are_text() -> None:
    source = "\n\n".join(["岸线清理工作已经全部完成，群众反映良好。", " "] * 12)
    assert "" not in cells(source)
