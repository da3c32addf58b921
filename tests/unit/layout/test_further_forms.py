"""Layouts met later: signs without a label, tables cut in two, numbered blocks."""

from __future__ import annotations

import pytest

from pipeline import sources
from pipeline.core.document import Document
from pipeline.core.form import Form
from pipeline.layout import find_forms
from tests.unit.layout.builders import Row, doc, wide

HEAD: list[Row] = [
    ["项目名称", wide("渡口维修", 3), "实施单位", wide("青溪县渡口管理所", 3)],
    ["年度目标", wide("维修渡口6座，更换缆绳300米。", 3), "完成情况", wide("维修渡口6座，更换缆绳290米。", 3)],
]  # fmt: skip


def only(document: Document) -> Form:
    (form,) = find_forms(document)
    return form


def table(*rows: Row) -> Document:
    return doc("项目支出绩效自评表", "（2023年度）", [*HEAD, *rows])


@pytest.mark.parametrize(
    ("header", "parted"),
    [
        (["一级指标", "二级指标", "三级指标", wide("指标值", 3), "完成值", "得分"], ("≥", "6", "座")),
        (["一级指标", "二级指标", "三级指标", "", "指标值", "", "完成值", "得分"], ("≥", "6", "座")),
        (["一级指标", "二级指标", "三级指标", "", "指标值", "计量单位", "完成值", "得分"], ("≥", "6", "座")),
        (["一级指标", "二级指标", "三级指标", wide("指标值", 2), "单位", "完成值", "得分"], ("≥", "6", "座")),
        (["一级指标", "二级指标", "三级指标", "比较符", "指标值", "单位", "完成值", "得分"], ("≥", "6", "座")),
    ],
    ids=["wide", "bare", "bare sign", "wide with unit", "labelled"],
)  # fmt: skip
def test_a_sign_in_a_column_of_its_own(
    header: Row, parted: tuple[str, str, str]
) -> None:
    rows: list[Row] = [
        ["产出指标", "数量指标", "维修渡口", *parted, "6", "20"],
        ["产出指标", "成本指标", "单座造价", "≤", "8", "万元", "7.5", "20"],
        ["产出指标", "质量指标", "验收合格率", "＝", "100", "%", "100", "10"],
    ]
    found = only(table(header, *rows)).indicators
    assert [r.target_text for r in found] == ["≥6座", "≤8万元", "＝100%"]
    assert [r.actual_text for r in found] == ["6", "7.5", "100"]


INDICATORS: Row = ["一级", "二级", "指标名称", "目标值", "完成值", "分值", "自评分", "说明"]  # fmt: skip
FIRST: Row = ["产出", "产出数量", "维修渡口", "6座", "6座", "20", "20", ""]
SECOND: list[Row] = [
    ["", "产出成本", "单座造价", "≤8万元", "7.5万元", "20", "20", ""],
    ["效果", "社会效果", "过渡乘客", "≥3万人次", "3.4万人次", "30", "30", ""],
]


@pytest.mark.parametrize(
    "mark",
    ["（续上表）", "续表", "续表1", "（续）", "表2（续）", "接上页", "（转下页）"],
)
def test_what_stands_below_a_mark_belongs_to_the_table_above(mark: str) -> None:
    document = doc("项目支出绩效自评表", [*HEAD, INDICATORS, FIRST], mark, SECOND)
    form = only(document)
    names = [r.name for r in form.indicators]
    assert names == ["维修渡口", "单座造价", "过渡乘客"]
    assert form.outcome_text == "维修渡口6座，更换缆绳290米。"


def test_the_next_numbered_heading_ends_the_goals() -> None:
    form = only(
        doc(
            "项目支出绩效自评表（2023年度）",
            [
                [wide("一、基本信息", 4)],
                ["项目名称", "渡口维修", "实施单位", "青溪县渡口管理所"],
                [wide("二、年度目标", 4)],
                [wide("维修渡口6座。", 4)],
                [wide("三、实际完成情况", 4)],
                [wide("维修渡口6座。", 4)],
                [wide("四、经费使用", 4)],
                [wide("按规定使用，无挪用。", 4)],
                ["一级指标", "三级指标", "指标值", "完成值"],
                ["产出指标", "维修渡口", "6座", "6座"],
            ],
        )
    )
    assert (form.goal_text, form.outcome_text) == ("维修渡口6座。", "维修渡口6座。")


def test_items_numbered_like_headings_stay_in_the_goal() -> None:
    form = only(
        doc(
            "项目支出绩效自评表（2023年度）",
            [
                ["项目名称", "渡口维修", "实施单位", "青溪县渡口管理所"],
                [wide("三、年度总体目标", 4)],
                [wide("一、维修渡口6座", 4)],
                [wide("二、更换缆绳300米", 4)],
                [wide("三、培训船工20人", 4)],
                [wide("四、购置救生衣90件", 4)],
                ["一级指标", "三级指标", "指标值", "完成值"],
                ["产出指标", "维修渡口", "6座", "6座"],
            ],
        )
    )
    assert form.goal_text is not None
    assert form.goal_text.endswith("四、购置救生衣90件")


def test_a_title_of_no_known_kind_goes_with_its_own_form() -> None:
    def form(year: int, name: str) -> list[Row]:
        return [
            [wide("青溪县财政项目绩效对照一览", 4)],
            [wide(f"预算年度：{year}　　金额单位：万元", 4)],
            ["项目名称", name, "实施单位", "青溪县渡口管理所"],
            ["年度目标", "维修渡口6座。", "完成情况", "维修渡口6座。"],
            ["一级指标", "三级指标", "指标值", "完成值"],
            ["产出指标", "维修渡口", "6座", "6座"],
        ]

    forms = find_forms(doc(form(2022, "渡口维修"), form(2023, "缆绳更换")))
    assert [(f.project_name, f.year) for f in forms] == [("渡口维修", 2022), ("缆绳更换", 2023)]  # fmt: skip


ONE_LEVEL = """项目支出绩效自评表
（2023年度）
项目名称
渡口维修
主管部门
青溪县交通运输局
年初绩效目标
维修渡口6座，更换缆绳300米，乘客满意度90%以上。
总体目标实际完成
维修渡口6座，更换缆绳290米，乘客满意度93%。
指标类别
指标名称
年初目标
全年完成
得分
数量
维修渡口
6座
6座
20
数量
更换缆绳
≥300米
290米
18
成本
单座造价
≤8万元
7.5万元
20
满意度
乘客满意度
≥90%
93%
10
自评总分
96
"""


def test_a_cell_a_line_with_one_column_of_levels() -> None:
    form = only(sources.read(ONE_LEVEL.encode(), "渡口.txt"))
    assert [(r.level1, r.name, r.target_text) for r in form.indicators] == [
        ("数量", "维修渡口", "6座"),
        ("数量", "更换缆绳", "≥300米"),
        ("成本", "单座造价", "≤8万元"),
        ("满意度", "乘客满意度", "≥90%"),
    ]
    assert form.outcome_text == "维修渡口6座，更换缆绳290米，乘客满意度93%。"


REPORT = """青溪县交通运输局2023年度渡口维修项目绩效自评报告
一、项目概况
{told}
（一）年度绩效目标
维修渡口6座，更换缆绳300米。
二、项目完成情况
维修渡口6座，更换缆绳290米。
三、自评结论
自评得分96分，等级为优。
"""


@pytest.mark.parametrize(
    ("told", "department", "unit"),
    [
        ("主管部门为青溪县交通运输局，由青溪县渡口管理所具体实施。", "青溪县交通运输局", "青溪县渡口管理所"),
        ("项目实施单位为青溪县渡口管理所，工期90天。", None, "青溪县渡口管理所"),
        ("主管部门是青溪县交通运输局。维修由青溪县航道工程公司实施。", "青溪县交通运输局", "青溪县交通运输局"),
        ("渡口建于1985年。", None, "青溪县交通运输局"),
    ],
    ids=["both", "unit", "builder", "none"],
)  # fmt: skip
def test_whose_project_a_sentence_says(
    told: str, department: str | None, unit: str
) -> None:
    form = only(sources.read(REPORT.format(told=told).encode(), "报告.txt"))
    assert (form.department, form.unit) == (department, unit)
