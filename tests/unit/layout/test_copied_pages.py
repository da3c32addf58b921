"""Forms copied from web pages, with what copying does to them; nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline
from pipeline import sources
from pipeline.core.form import Form
from pipeline.layout import find_forms
from pipeline.layout.numbers import number_in
from pipeline.layout.wrapped_labels import whole_labels


def forms(text: str) -> tuple[Form, ...]:
    return find_forms(sources.read(text.encode(), "表.txt"))


def only(text: str) -> Form:
    (form,) = forms(text)
    return form


COUNTED = """单位名称 | 石桥镇政府 | |||||
预算执行情况（万元）（20分） | 预算数（A） | 执行数（B） | 执行率（B/A） | 得分（20分*执行率） |
部门整体支出总额 | 512.6 | 512.6 | 100% | 20 |
年度目标1:(40分) | 调解矛盾纠纷90件，修补村道4公里 | ||||||
年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年初目标值（A） | 实际完成值（B） | 得分 |
产出指标 | 数量指标 | 调解纠纷 | 90件 | 97件 | 10 |
数量指标 | 修补村道 | 4公里 | 4公里 | 10 |
日效性指标 | 纠纷受理时间 | 3天以内 | 2天 | 10 |
满意度指标 | 群众满意度指标 | 村民满意度 | ≥90% | 95% | 10 |
总分 | 100分 | ||||||
备注：
1.预算执行情况口径：预算数为调整后的数。
2.定量指标完成数汇总原则：各村的数直接相加。
3.定性指标计分原则：分三档计分。
"""


def test_a_counted_goal_with_its_points_and_notes_below() -> None:
    form = only(COUNTED)
    assert form.document_type == "dept_selfeval"
    assert form.goal_text == "调解矛盾纠纷90件，修补村道4公里"
    assert form.outcome_text is None
    assert [(r.level2, r.name, r.score) for r in form.indicators] == [
        ("数量指标", "调解纠纷", "10"),
        ("数量指标", "修补村道", "10"),
        ("日效性指标", "纠纷受理时间", "10"),
        ("群众满意度指标", "村民满意度", "10"),
    ]
    assert [(f.kind, f.full_budget, f.executed) for f in form.funds] == [
        ("total", "512.6", "512.6")
    ]


@pytest.mark.parametrize(
    "label", ["年度目标1：（40分）", "年度绩效目标1（40分）", "年度目标一(40分)"]
)
def test_a_second_counted_goal_below_the_rows_of_the_first(label: str) -> None:
    first, rest = COUNTED.replace("年度目标1:(40分)", label).split("总分", 1)
    second = "年度目标2：（40分） | 更新消防栓12处，排查隐患60处 | ||||||\n"
    rows = "产出指标 | 数量指标 | 更新消防栓 | 12处 | 12处 | 20 |\n"
    form = only(f"{first}{second}{rows}总分{rest}")
    assert (
        form.goal_text
        == "调解矛盾纠纷90件，修补村道4公里\n更新消防栓12处，排查隐患60处"
    )
    assert [r.name for r in form.indicators][-1] == "更新消防栓"


def test_notes_are_no_outcome_where_no_goal_was_found() -> None:
    text = COUNTED.replace(
        "年度目标1:(40分) | 调解矛盾纠纷90件，修补村道4公里 | ||||||\n", ""
    )
    form = only(text)
    assert (form.goal_text, form.outcome_text) == (None, None)


DECLARED = """2023年项目支出绩效目标申报表
|
填报单位:(盖章) 单位:万元 |
||||||
|
项目支出名称 |
路灯更换 |
预算部门 |
石桥镇城建办 |
|||
|
本年度绩效目标 |
更换路灯300盏，亮灯率达到98% |
|||||
|
本年度 绩效指标 |
一级指标 |
二级指标 |
三级指标 |
指标值及单位 |
绩效标准 |
|
|
产出指标 |
数量指标 |
更换路灯 |
300盏 |
计划标准 |
||
|
质量指标 |
灯具质量 |
优良 |
计划标准 |
|||
|
时效指标 |
完工时间 |
11月底 |
行业标准 |
|||
"""


def test_what_a_value_is_measured_by_is_no_part_of_it() -> None:
    form = only(DECLARED)
    assert (form.project_name, form.department) == ("路灯更换", "石桥镇城建办")
    assert form.unit is None
    assert [(r.name, r.target_text, r.deviation) for r in form.indicators] == [
        ("更换路灯", "300盏", None),
        ("灯具质量", "优良", None),
        ("完工时间", "11月底", None),
    ]


VILLAGES = """2023年小型水利项目绩效目标表
项目名称 |
小型水利维修 |
主管部门（单位）名称 |
石桥镇农业办 |
|||||
总 体 目 标 |
维修水渠5条 |
|||||||
绩效 指标 |
一级指标 |
二级指标 |
三级指标 |
指 标 解 释 |
上坪村 |
下坪村 |
青龙村 |
|
产出 指标 |
数量指标 |
维修水渠（条） |
反映维修情况 |
2 |
1 |
2 |
||
质量指标 |
验收合格率 |
反映工程质量 |
100% |
100% |
100% |
|||
"""


def test_columns_of_villages_are_labels_and_their_values_nobodys() -> None:
    form = only(VILLAGES)
    assert form.goal_text == "维修水渠5条"
    assert {n.detail for n in form.notes if n.code == "label_unrecognised"} == {
        "上坪村",
        "下坪村",
        "青龙村",
    }
    for row in form.indicators:
        assert (row.target_text, row.actual_text) == (None, None)
        assert any(
            n.code == "cells_lost" and n.field == f"indicators[{row.row}]"
            for n in form.notes
        )


def test_a_plan_by_villages_accuses_nobody(tmp_path: Path) -> None:
    path = tmp_path / "表.md"
    path.write_text(VILLAGES, encoding="utf-8")
    (record,) = pipeline.extract(path)
    assert not [f.code for f in record.flags if f.severity == "high"]


LOST_LABEL = """2025年农村改厕补助资金绩效目标表

项目名称

农村改厕补助资金

主管部门

石桥镇城建办

资金情况(万元)

年度资金总额



地方资金





支持农户改造卫生厕所，保障粪污得到处理。


一级指标

二级指标

三级指标

指标值

产出指标

数量指标

改厕户数

≥210户

质量指标

改厕合格率

100%
"""


def test_a_goal_that_lost_its_label_is_not_said_to_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "表.txt"
    path.write_text(LOST_LABEL, encoding="utf-8")
    (record,) = pipeline.extract(path)
    assert record.goal_text is None
    codes = [f.code for f in record.flags]
    assert "goal_missing" not in codes
    assert "reading_doubt" in codes


SCORING = """2022年度渡口管理工作绩效评价指标和评价标准 一级指标 二级指标 三级指标 分值 评价标准 产出指标 数量指标 船员培训 5 1.培训不少于2次的得3分。 2.资料齐全的得2分。 质量指标 船舶检验 6 1.检验合格的得6分。"""


@pytest.mark.parametrize("gap", [" ", "\n"])
def test_how_points_are_given_is_no_form(gap: str) -> None:
    assert forms(SCORING.replace(" ", gap)) == ()


NO_CORNER = """2024年度部门整体绩效自评表 | ||||||||||
项目名称: | 石桥镇科协整体监控 | 项目编码: | 50000 | 自评总分: | 96.2 | |||||
资金情况 | ||||||||||
年初预算数 | 全年（调整）预算数 | 全年执行数 | 执行率 | 执行率权重 | 执行率得分 | |||||
年度总金额 | 1,200,000.00? | 1,500,000.00? | 1,350,000.00? | |||||||
其中:财政拨款 | 1,200,000.00? | 1,500,000.00? | 1,350,000.00? | 90 | 10.00 | 9.00? | ||||
绩效目标 | ||||||||||
年初绩效目标 | 全年（调整）绩效目标 | 全年目标实际完成情况 | ||||||||
开展科普讲座12场，发放资料3000份。 |
开展科普讲座14场，发放资料3600份，接待参观者2万人次。
"""


def test_amounts_never_stand_under_the_label_of_their_row() -> None:
    form = only(NO_CORNER)
    amounts = ("initial_budget", "full_budget", "executed", "execution_rate")
    assert [tuple(getattr(f, a) for a in amounts) for f in form.funds] == [
        ("1200000.00", "1500000.00", "1350000.00", None),
        ("1200000.00", "1500000.00", "1350000.00", "90"),
    ]


def test_a_text_that_may_be_the_outcome_is_not_said_to_be_missing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "表.md"
    path.write_text(NO_CORNER, encoding="utf-8")
    (record,) = pipeline.extract(path)
    assert record.outcome_text is None
    codes = {f.code for f in record.flags}
    assert "goal_without_outcome" not in codes
    assert "reading_doubt" in codes
    assert not [f.code for f in record.flags if f.severity == "high"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3,724.05?", "3724.05"),
        ("?96.85", "96.85"),
        ("86%?", "86"),
        ("?", None),
        ("12?5", None),
        ("可?", None),
    ],
)
def test_question_marks_of_lost_spaces(text: str, number: str | None) -> None:
    assert number_in(text) == number


def test_the_year_behind_a_remark_in_the_title_row() -> None:
    title = "详情见附件（注：以下由附件图片识别而来，个别文字可能不准确，请以附件原件为准，特此说明）部门预算项目支出绩效自评表（2023年度）"
    text = f"{title} | | | |\n" + COUNTED.replace(
        "单位名称", "项目名称 | 渡口 | |\n单位名称"
    )
    assert only(text).year == 2023


PRINTED = """渡船更新专项经费绩效自评表(2022年度)
项目名称 渡船更新专项经费
主管部门 石桥镇政府   实施单位 石桥镇航运站
项目资金 年初预算数 全年预算数 全年执行数 分值 执行率 得分
(万元) 年度资金总额 31 31 29.6 10 0.955 9
其中:当年财政拨款 31 31 29.6 10 0.955 9
      上年结转资金
  其他资金
年度总体目标 预期目标 实际完成情况
通过更新渡船，保障两岸村民过河安全。 基本完成年度目标。
绩效指标 一级指标 二级指标 三级指标 年度 实际 分值 得分 偏差原因分析及改进措施
指标值 完成值
产出指标 数量指标 指标1:更新渡船 3艘 3艘
12 12
指标2:维修码头 2座 2座 12 12
质量指标 指标1:检验合格率 100% 98% 10 9
指标2:船员持证率 ≥95% 100% 10 10
成本指标 单船费用 ≤9万元 8.6万元 10 10
效益指标 社会效益指标 过河安全 村民过河更安全 程度较高 26 26
{end}"""


def test_labels_of_which_the_halves_stand_in_two_lines() -> None:
    form = only(PRINTED.format(end="总分 90 88"))
    assert [
        (r.name, r.target_text, r.actual_text, r.weight, r.score)
        for r in form.indicators
    ] == [
        ("指标1:更新渡船", "3艘", "3艘", "12", "12"),
        ("指标2:维修码头", "2座", "2座", "12", "12"),
        ("指标1:检验合格率", "100%", "98%", "10", "9"),
        ("指标2:船员持证率", "≥95%", "100%", "10", "10"),
        ("单船费用", "≤9万元", "8.6万元", "10", "10"),
        ("过河安全", "村民过河更安全", "程度较高", "26", "26"),
    ]
    assert [(f.weight, f.execution_rate, f.score) for f in form.funds][:2] == [
        ("10", "0.955", "9"),
        ("10", "0.955", "9"),
    ]
    assert form.currency_unit == "万元"


@pytest.mark.parametrize("end", ["可", "可持续", "满意"])
def test_a_text_that_ends_within_the_name_of_a_level_is_a_part(
    tmp_path: Path, end: str
) -> None:
    path = tmp_path / "表.txt"
    path.write_text(PRINTED.format(end=end), encoding="utf-8")
    (record,) = pipeline.extract(path)
    assert "weight_total_mismatch" not in {f.code for f in record.flags}


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["年度 实际 分值", "指标值 完成值"], ["年度指标值 实际完成值 分值", ""]),
        (
            ["项目资金 年初 全年 全年 分值", "预算数 预算数 执行数"],
            ["项目资金 年初预算数 全年预算数 全年执行数 分值", ""],
        ),
        (
            ["项目资金 年初预算数 全年执行数", "(万元) 年度资金总额 3 3"],
            ["项目资金(万元) 年初预算数 全年执行数", "年度资金总额 3 3"],
        ),
        (["分值 得分", "指标值 完成值"], ["分值 得分", "指标值 完成值"]),
        (["更新 维修 清理", "渡船 码头"], ["更新 维修 清理", "渡船 码头"]),
    ],
)
def test_which_halves_make_labels(lines: list[str], whole: list[str]) -> None:
    found = whole_labels([line.split() for line in lines])
    assert found == [line.split() for line in whole]


HEADLESS = """清障及时率 | = | 100 | % | 100 | 8 |
|
| |||
成本指标 | 清障费用 | ≤ | {target} | 万元 | {actual} | 8 |
|
| ||
标牌费用 | = | 5 | 万元 | 5 | 8 |
|
| |||
效益指标 | 社会效益指标 | 航道畅通率 | ≥ | 90 | % | 94 | 12 |
|
| |
满意度指标 | 服务对象满意度指标 | 船员满意度 | ≥ | 95 | % | 97 | 10 |
|
| |
合计 | 100 |
"""


@pytest.mark.parametrize(("target", "actual"), [("6", "6"), ("120", "96")])
def test_values_without_a_header_are_no_weights(
    tmp_path: Path, target: str, actual: str
) -> None:
    path = tmp_path / "表.md"
    path.write_text(HEADLESS.format(target=target, actual=actual), encoding="utf-8")
    (record,) = pipeline.extract(path)
    rows = {r.name: r for r in record.indicators}
    assert rows["清障费用"].actual_text == actual
    assert rows["航道畅通率"].actual_text == "94"
    assert not [r for r in record.indicators if r.weight or r.score]
    assert not [f.code for f in record.flags if f.severity == "high"]


APPROVED = """财政项目支出绩效目标审批表 | |||||||
（2023年度） | |||||||
项目名称 | 航道清障 | 项目分类 | 运转类 | ||||
年度主要目标 和成果 | 清理航道40公里，更换航标15座。 | ||||||
项目资金 预算执行 10分 |
项目总预算 | 60 | 财政资金预算分类 | 一般公共预算 | |||
当年年度预算 | 60 | ||||||
年度绩效目标（90分） | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值 | 指标解释 | |
成本指标（0-20）分 | 经济成本指标 | 0 | 0.00% | 0 | 反映直接成本 | ||
社会成本指标 | 0 | 0.00% | 0 | 反映负面影响 | |||
产出指标 （40-50）分 |
数量指标 | 清理航道 | ≥40公里 | 20 | 0 | ||
更换航标 | ≥15座 | 20 | 0 | |||
"""


def test_blank_rows_of_noughts_and_the_money_below_a_goal() -> None:
    form = only(APPROVED)
    assert form.goal_text == "清理航道40公里，更换航标15座。"
    assert [(r.name, r.target_text) for r in form.indicators] == [
        ("清理航道", "≥40公里"),
        ("更换航标", "≥15座"),
    ]


YEARS = """项目支出绩效目标批复表 | ||||||
（2022年度） | ||||||
项目名称 | 船员培训 | 项目负责人 | ||||
年度绩效目标（文字） | 培训船员160人次，组织演练4次。 | |||||
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 指标标准或依据 | |
2021年实际实现值 | 预期2022年实现值 | |||||
数量指标 | 培训船员人次 | 160人次 | ||||
组织演练次数 | 4次 | |||||
质量指标 | 培训合格率 | 100% | ||||
成本指标 | 成本控制率 | 100% | ||||
财政管理科室（盖章） 年 月 日 | 绩效管理科室（盖章） 年 月 日 |
"""


def test_values_of_two_years_and_seals_are_no_indicators() -> None:
    form = only(YEARS)
    assert [(r.name, r.target_text, r.actual_text) for r in form.indicators] == [
        ("培训船员人次", "160人次", None),
        ("组织演练次数", "4次", None),
        ("培训合格率", "100%", None),
        ("成本控制率", "100%", None),
    ]


TITLE_ROW = """2023年渡口经费部门整体支出绩效自评表 |
|
|
|
单位名称 | 石桥镇航运站 | 单位负责人及电话 | 陈某 |
主管部门 | 石桥镇政府 | 实施单位 | 石桥镇航运站 |
总体目标 | 年度目标 | 年度总体目标完成情况 |
渡船每日开行6班 | 渡船每日开行7班 |
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 全年实际完成值 | 产生差异的原因及改进措施 |
产出指标 | 数量指标 | 每日开行班次 | =6班 | =7班 | |
开行天数 | =365天 | =365天 | |
质量指标 | 准点率 | =95% | =96% | |
"""


def test_a_title_over_all_columns_leaves_lines_of_pipes() -> None:
    form = only(TITLE_ROW)
    assert (form.goal_text, form.outcome_text) == ("渡船每日开行6班", "渡船每日开行7班")
    assert [(r.name, r.target_text, r.actual_text) for r in form.indicators] == [
        ("每日开行班次", "=6班", "=7班"),
        ("开行天数", "=365天", "=365天"),
        ("准点率", "=95%", "=96%"),
    ]


@pytest.mark.parametrize(
    "label", ["主管部门及其编码", "主管部门及编码", "主管部门代码及名称"]
)
def test_a_department_may_be_asked_for_with_its_code(label: str) -> None:
    form = only(TITLE_ROW.replace("主管部门 |", f"{label} |"))
    assert form.department == "石桥镇政府"


DATA_OF_A_PAGE = """号: /202212-00031 信息分类: 项目绩效目标
内容分类: 财政、审计,其他 发文日期: 2022-12-28
发布机构: 石桥镇财政所 生成日期: 2022-12-28
来源单位: 石桥镇财政所
生效时间: 废止时间:

发布时间:2022-12-28 15:20 阅读次数: 打印
"""

GOALS_OF_A_PAGE = """项目支出绩效目标表
(2023年度)
项目名称 渡口维修
主管部门及代码 [107]石桥镇政府 实施单位 石桥镇航运站
项目资金
(万元)
 年度资金总额: 36
   其中:财政拨款 36
年度
目标
维修渡口3处,保障学生过河安全。
一级
指标
二级指标 三级指标 指标值
产出指标 数量指标 维修渡口数 ≥3处
质量指标 验收合格率 100%
"""


def test_the_data_of_a_web_page_are_no_form() -> None:
    form = only(DATA_OF_A_PAGE + GOALS_OF_A_PAGE)
    assert form.project_name == "渡口维修"
    assert form.goal_text == "维修渡口3处,保障学生过河安全。"


@pytest.mark.parametrize("behind", ["项目经办人:", "经办人员: 陈某", "经办科室："])
def test_a_name_ends_before_a_label_that_nobody_knows(behind: str) -> None:
    form = only(
        "绩效目标表\n"
        "单位信息: 324007-石桥镇航运站 项目名称: 渡口维修\n"
        f"主管部门: 324-石桥镇政府 {behind}\n"
        "整体目标: 维修渡口3处,保障学生过河安全。\n"
        "一级指标 二级指标 三级指标 指标性质 指标值 度量单位 权重(%)\n"
        "产出指标 数量指标 维修渡口数 ≥ 3 处 30\n"
        "产出指标 质量指标 验收合格率 = 100 % 20\n"
    )
    assert form.department == "石桥镇政府"
    assert (form.unit, form.project_name) == ("石桥镇航运站", "渡口维修")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("石桥镇政府 308001", "石桥镇政府"),
        ("308001-石桥镇政府", "石桥镇政府"),
        ("石桥镇政府-308001", "石桥镇政府"),
        ("石桥镇政府（308001）", "石桥镇政府"),
        ("【308】石桥镇政府", "石桥镇政府"),
        ("308001 石桥镇政府", "石桥镇政府"),
        ("石桥镇政府（本级）308001", "石桥镇政府（本级）"),
        ("308-石桥镇政府、309-白沙镇政府", "308-石桥镇政府、309-白沙镇政府"),
        ("石桥镇政府（2023年）", "石桥镇政府（2023年）"),
        ("2023-石桥镇政府", "2023-石桥镇政府"),
        ("12345热线中心", "12345热线中心"),
        ("120 急救中心", "120 急救中心"),
        ("石桥镇第101中学", "石桥镇第101中学"),
    ],
)
def test_a_body_is_named_without_its_code(printed: str, name: str) -> None:
    row = "主管部门 | 石桥镇政府"
    assert row in TITLE_ROW
    assert only(TITLE_ROW.replace(row, f"主管部门 | {printed}")).department == name


def test_a_project_may_have_a_colon_in_its_name() -> None:
    form = only(
        TITLE_ROW.replace("单位名称 | 石桥镇航运站", "项目名称 | 航道提升 一期: 渡口")
    )
    assert form.project_name == "航道提升 一期: 渡口"


WORK_OF_A_YEAR = """2021年度部门整体支出绩效评价自评报告
一、部门（单位）基本概况 | | | |
联系人 | 陈某 | 人员编制 | 12 |
职能职责概述 | 管理渡口和航道。 |
年度主要工作内容 | 任务1：维修渡口3处。任务2：培训船工40人。 |
年度部门（单位）总体运行情况及取得的成绩 | 维修渡口3处，培训船工42人。 |
二、部门（单位）收支情况 | | | |
年度收入情况（万元） | | | |
机构名称 | 收入合计 | 基本支出 | 项目支出 |
石桥镇政府 | 800 | 600 | 200 |
"""


def test_the_work_of_a_department_and_its_results_are_goal_and_outcome() -> None:
    form = only(WORK_OF_A_YEAR)
    assert form.goal_text == "任务1：维修渡口3处。任务2：培训船工40人。"
    assert form.outcome_text == "维修渡口3处，培训船工42人。"


def test_money_at_the_beginning_beside_money_put_in() -> None:
    form = only(
        "项目支出绩效自评表 | | | |\n项目名称 | 渡口维修 | | |\n"
        "项目资金（万元） | 年初预算资金总额 | 60 | 实际投入资金额 | 58 |\n"
        "其中：财政资金 | 60 | 其中：财政资金 | 58 |\n"
        "年度目标 | 维修渡口3处。 | 实际完成情况 | 维修渡口3处。 |\n"
    )
    assert [(f.kind, f.initial_budget, f.executed) for f in form.funds] == [
        ("total", "60", "58"),
        ("fiscal", "60", "58"),
    ]
