"""Rows that do not fit: gaps, shifts, fillers, extra columns, execution rows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.form import Form
from pipeline.layout import find_forms
from tests.unit.layout.builders import (
    Row,
    as_dump,
    content,
    doc,
    doc_from_tsv,
    tall,
    wide,
)
from tests.unit.layout.layouts import NATIONAL_HEAD

TITLE = "项目支出绩效自评表"


def table_form(head: Row, *body: Row) -> Form:
    """The form of a table, read from spans and from a dump with equal content."""
    document = doc(TITLE, [["项目名称", wide("泵站改造", len(head) - 1)], head, *body])
    spanned, flat = find_forms(document), find_forms(as_dump(document))
    assert [content(f) for f in spanned] == [content(f) for f in flat]
    assert len(spanned) == 1
    return spanned[0]


def values(form: Form) -> list[tuple[str | None, ...]]:
    return [
        (r.name, r.target_text, r.actual_text, r.weight, r.score, r.deviation)
        for r in form.indicators
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            ["泵站数", "3座", "", "10", "10", ""],
            ("泵站数", "3座", None, "10", "10", None),
        ),
        (
            ["泵站数", "", "3座", "10", "8", ""],
            ("泵站数", None, "3座", "10", "8", None),
        ),
        (
            ["泵站数", "", "达成指标", "10", "8", ""],
            ("泵站数", None, "达成指标", "10", "8", None),
        ),
        (
            ["泵站数", "20", "20", "20", "20", "/"],
            ("泵站数", "20", "20", "20", "20", "/"),
        ),
        (
            ["泵站数", "3座", "2座", "10", "", "推迟"],
            ("泵站数", "3座", "2座", "10", None, "推迟"),
        ),
        (
            ["泵站数", "3座", "2座", "", "8", ""],
            ("泵站数", "3座", "2座", None, "8", None),
        ),
        (["泵站数", "/", "/", "10", "-", ""], ("泵站数", "/", "/", "10", None, None)),
        (
            ["泵站数", "3座", "3座", "10", "10", "无"],
            ("泵站数", "3座", "3座", "10", "10", "无"),
        ),
        (
            ["泵站数", "3座", "3座", "10", "10", "0"],
            ("泵站数", "3座", "3座", "10", "10", "0"),
        ),
        (
            ["数量", "3座", "3座", "10", "10", ""],
            ("数量", "3座", "3座", "10", "10", None),
        ),
    ],
)
def test_gaps(cells: list[str], expected: tuple[str | None, ...]) -> None:
    form = table_form(NATIONAL_HEAD, ["产出指标", "数量指标", *cells])
    assert values(form) == [expected]
    assert (form.indicators[0].level1, form.indicators[0].level2) == (
        "产出指标",
        "数量指标",
    )


def test_缺值_错位的行() -> None:
    form = find_forms(
        doc_from_tsv(
            "# 项目支出绩效自评表\n"
            "\t\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
            "产出指标\t数量指标\t修路\t3公里\t\t20\t20\t\n"
            "\t\t植树\t\t100株\t20\t18\t略有不足\n"
            "\t养护\t5次\t4次\t10\t8\n"
            "\t质量指标\t合格率\t100%\t100%\t20\t0\t验收推迟到次年\n"
        )
    )[0]
    assert values(form) == [
        ("修路", "3公里", None, "20", "20", None),
        ("植树", None, "100株", "20", "18", "略有不足"),
        ("养护", "5次", "4次", "10", "8", None),
        ("合格率", "100%", "100%", "20", "0", "验收推迟到次年"),
    ]
    assert [n.field for n in form.notes] == [f"indicators[{i}]" for i in range(4)]


@pytest.mark.parametrize(
    "filler",
    [
        ["", "", "……", "", "", "", "", ""],
        ["", "成本指标", "指标1：", "", "", "", "", ""],
        ["", "成本指标", "无", "/", "/", "0", "0", ""],
        ["小计", "", "", "", "", "50", "48", ""],
        ["注：得分保留两位小数，指标权重由部门确定。", "", "", "", "", "", "", ""],
        list(NATIONAL_HEAD),
    ],
    ids=["省略号", "指标1", "无", "小计", "注", "表头"],
)
def test_rows_that_are_none(filler: Row) -> None:
    real: Row = ["产出指标", "数量指标", "泵站数", "3座", "3座", "50", "48", ""]
    last: Row = ["效益指标", "社会效益指标", "受益村", "9个", "9个", "40", "40", ""]
    form = table_form(NATIONAL_HEAD, real, filler, last)
    assert [r.name for r in form.indicators] == ["泵站数", "受益村"]
    assert [r.row for r in form.indicators] == [0, 1]


def test_一级指标独占一行() -> None:
    form = table_form(
        NATIONAL_HEAD,
        [wide("产出指标（50分）", 8)],
        ["", "数量指标", "泵站数", "3座", "3座", "50", "50", ""],
        [wide("效益指标（40分）", 8)],
        ["", "社会效益指标", "受益村", "9个", "9个", "40", "40", ""],
    )
    assert [r.level1 for r in form.indicators] == [
        "产出指标（50分）",
        "效益指标（40分）",
    ]


def test_审定分与系数不算() -> None:
    head: Row = [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "全年完成值",
        "得分系数（%）",
        "权重",
        "自评得分",
        "财政审定评分",
        "备注",
    ]
    form = table_form(
        head,
        [
            "产出指标",
            "数量指标",
            "监测点位",
            "50个",
            "52个",
            "100",
            "60",
            "60",
            "58",
            "",
        ],
        [
            "效益指标",
            "生态效益指标",
            "优良天数率",
            "85%",
            "84%",
            "98.8",
            "40",
            "39.5",
            "39",
            "气象不利",
        ],
        [wide("总分", 6), "100", "99.5", "97", ""],
    )
    assert values(form)[1] == ("优良天数率", "85%", "84%", "40", "39.5", "气象不利")
    assert (form.total_weight, form.total_score) == ("100", "99.5")


def test_调整后指标值优先() -> None:
    head: Row = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年初指标值",
        "调整指标值",
        "实际完成值",
        "分值",
        "得分",
        "原因分析",
        "改进措施",
    ]
    form = table_form(
        head,
        [
            "产出指标",
            "数量指标",
            "监测点位",
            "50个",
            "40个",
            "42个",
            "60",
            "60",
            "",
            "",
        ],
        [
            "效益指标",
            "生态效益指标",
            "优良天数率",
            "85%",
            "",
            "84%",
            "40",
            "39.5",
            "气象不利",
            "加强会商",
        ],
    )
    assert [r.target_text for r in form.indicators] == ["40个", "85%"]
    assert form.indicators[1].deviation == "气象不利；加强会商"


def test_预算执行率行归入资金() -> None:
    form = table_form(
        NATIONAL_HEAD,
        [wide("预算执行率", 3), "100%", "92%", "10", "9.2", ""],
        ["产出指标", "数量指标", "泵站数", "3座", "3座", "90", "90", ""],
    )
    assert [r.name for r in form.indicators] == ["泵站数"]
    (row,) = form.funds
    assert (row.kind, row.weight, row.execution_rate, row.score) == (
        "total",
        "10",
        "92",
        "9.2",
    )


def test_预算执行率作为指标保留() -> None:
    form = table_form(
        NATIONAL_HEAD,
        [
            tall("部门管理", 2),
            tall("资金管理", 2),
            "预算执行率",
            "100%",
            "95%",
            "10",
            "9",
            "",
        ],
        ["公用经费控制率", "≤100%", "80%", "10", "10", ""],
    )
    assert [r.name for r in form.indicators] == ["预算执行率", "公用经费控制率"]
    assert form.funds == ()


def test_无表头_按内容认列() -> None:
    form = find_forms(
        doc(
            TITLE,
            [
                ["项目名称", wide("泵站改造", 6)],
                ["产出指标", "数量指标", "泵站数", "3座", "达成指标", "50.00", "50.00"],
                ["", "质量指标", "合格率", "100%", "达成指标", "40.00", "40.00"],
            ],
        )
    )[0]
    assert values(form)[1] == ("合格率", "100%", "达成指标", "40.00", "40.00", None)


def test_未识别的表头有说明() -> None:
    head: Row = [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "完成值",
        "分值",
        "得分",
        "甲方印象",
    ]
    form = table_form(
        head, ["产出指标", "数量指标", "泵站数", "3座", "3座", "50", "50", "好"]
    )
    assert [(n.code, n.detail) for n in form.notes] == [
        ("label_unrecognised", "甲方印象")
    ]


TOKENS = [
    "", "项目名称", "主管部门", "年度总体目标", "预期目标", "实际完成情况", "一级指标", "二级指标",
    "三级指标", "指标值", "完成值", "分值", "得分", "产出指标", "数量指标", "总分", "合计", "优",
    "10.00", "-", "3座", "达成指标", "年初预算数", "全年执行数", "年度资金总额", "建设泵站3座。",
    "项目支出绩效自评表", "≥", "%", "（2022年度）", "指标1：", "预算执行率", "评分等级", "单位：万元",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(TOKENS), min_size=1, max_size=9),
        min_size=1,
        max_size=14,
    )
)
def test_any_grid_is_read_without_failure(grid: list[list[str]]) -> None:
    document = doc(grid)  # type: ignore[arg-type]
    for source in (document, as_dump(document)):
        forms = find_forms(source)
        assert forms == find_forms(source)
        for form in forms:
            assert [r.row for r in form.indicators] == list(range(len(form.indicators)))
            assert form.goal_text != "" and form.outcome_text != ""
            printed = {c.text for b in source.blocks for c in getattr(b, "cells", ())}
            assert {r.name for r in form.indicators if r.name} <= printed


def test_many_rows_are_all_read() -> None:
    row: Row = ["产出指标", "数量指标", "泵站数", "3座", "达成指标", "1.00", "1.00", ""]
    document = doc(TITLE, [["项目名称", wide("泵站", 7)], NATIONAL_HEAD, *[row] * 200])
    assert len(find_forms(document)[0].indicators) == 200


@pytest.mark.parametrize("column", ["指标类别", "一级指标"])
def test_level_1_over_the_whole_table_and_level_2_in_the_only_column(
    column: str,
) -> None:
    rows: list[Row] = [
        ["项目名称", wide("养护", 5)],
        ["年度目标", wide("养护村道36公里。", 5)],
        [column, "指标名称", "目标值", "完成值", "分值", "得分"],
        [wide("一、产出指标（50分）", 6)],
        ["数量指标", "养护村道", "36公里", "36公里", "40", "40"],
        ["成本指标", "每公里造价", "≤3万元", "2.8万元", "10", "10"],
        [wide("二、效益指标（50分）", 6)],
        ["社会效益指标", "受益村", "≥9个", "9个", "50", "50"],
    ]
    (form,) = find_forms(doc(rows))
    assert [(r.level1, r.level2) for r in form.indicators] == [
        ("一、产出指标（50分）", "数量指标"),
        ("一、产出指标（50分）", "成本指标"),
        ("二、效益指标（50分）", "社会效益指标"),
    ]
