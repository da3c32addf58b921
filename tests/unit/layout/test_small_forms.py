"""Small things that forms of many offices have, and that lost a year, a sign or a form."""

from __future__ import annotations

import pytest

from pipeline.layout import find_forms
from tests.unit.layout.builders import Row, doc, doc_from_tsv

GOAL: list[Row] = [
    ["项目名称", "候车亭维修"],
    ["年度目标", "维修候车亭36座。"],
    ["完成情况", "维修候车亭38座。"],
]
HEAD: Row = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
ROW: Row = ["产出指标", "数量指标", "维修候车亭", "36座", "38座", "50", "50"]


@pytest.mark.parametrize(
    "line",
    [
        "（2022年度）      单位：万元",
        "(2022年度)单位：万元",
        "（二〇二二年度）　金额单位：元",
        "（2022年） 填报单位：交通局",
        "2022年度 单位：万元",
    ],
)
def test_the_year_in_a_bracket_before_a_label(line: str) -> None:
    (form,) = find_forms(doc("项目支出绩效自评表", line, [*GOAL, HEAD, ROW]))
    assert form.year == 2022


def test_a_form_that_was_not_filled_in_is_none() -> None:
    empty = "项目名称\t\n年度目标\t\n完成情况\t\n" + "\t".join(map(str, HEAD))
    rows = "产出指标\t数量指标\t指标1\t\t\t\t\n效益指标\t社会效益指标\t\t\t\t\t"
    title = "项目支出绩效自评表"
    assert find_forms(doc_from_tsv(f"{title}\n{empty}\n{rows}")) == ()
    filled = rows.replace("指标1\t\t\t\t", "维修候车亭\t36座\t38座\t50\t50")
    assert len(find_forms(doc_from_tsv(f"{title}\n{empty}\n{filled}"))) == 1


@pytest.mark.parametrize("label", ["指标关系", "指标\n关系", "比较关系", "关系符号"])
def test_the_column_of_signs_goes_into_the_target(label: str) -> None:
    head: Row = [*HEAD[:3], label, "指标值", "计量单位", *HEAD[4:]]
    row: Row = [*ROW[:3], "≥", "36", "座", *ROW[4:]]
    (form,) = find_forms(doc("项目支出绩效自评表", [*GOAL, head, row]))
    assert form.indicators[0].target_text == "≥36座"


def test_the_labels_of_what_was_to_come_and_came() -> None:
    head: Row = [
        "类别",
        "考核内容",
        "预期产出（效果）",
        "实际产出（效果）",
        "标准分",
        "自评分",
    ]
    rows: list[Row] = [
        ["产出", "维修候车亭", "36座", "38座", "50", "50"],
        ["效果", "乘客满意度", "≥90%", "93%", "40", "40"],
    ]
    (form,) = find_forms(doc("项目支出绩效自评表", [*GOAL, head, *rows]))
    assert [(r.name, r.target_text, r.actual_text) for r in form.indicators] == [
        ("维修候车亭", "36座", "38座"),
        ("乘客满意度", "≥90%", "93%"),
    ]
