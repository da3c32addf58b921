"""Tables with pipes behind their cells, where line breaks stand within the cells."""

from __future__ import annotations

import pytest

from pipeline import sources
from pipeline.core.form import Form
from pipeline.layout import find_forms


def forms(text: str) -> tuple[Form, ...]:
    return find_forms(sources.read(text.encode(), "表.txt"))


def only(text: str) -> Form:
    (form,) = forms(text)
    return form


PADDED = """2022年度渡口维修项目自评表
项目名称 | 渡口维修 | ||||||
主管部门 | 云岭县交通局 | 项目实施单位 | 云岭县渡口站 | ||||
年度目标 | 预期目标 | 实际完成情况 | |||||
维修渡口6处 | 维修渡口6处 | ||||||
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
产出指标 | 数量指标 | 维修渡口 | 6处 | 6处 | 20 | ||
质量指标 | 验收合格率 | 100% | 100% | 20 | ||
{cost}
效益指标 | 社会效益指标 | 受益群众 | 3000人 | 3100人 | 20 | ||
满意度指标 | 群众满意度指标 | 群众满意度 | ≥90% | 95% | 20 | ||
"""


@pytest.mark.parametrize(
    "cost",
    [
        "成本指标\n| 每处维修费 | 2万元 | 2万元 | 20 | ||",
        "成本\n指标\n| 每处维修费 | 2万元 | 2万元 | 20 | ||",
        "成本指标 | 每处\n维修费\n| 2万元 | 2万元 | 20 | ||",
        "成本指标 | 每处维修费 | 2万元\n| 2万元 | 20 | ||",
    ],
)
def test_a_cell_that_breaks_its_row_loses_no_row(cost: str) -> None:
    form = only(PADDED.format(cost=cost))
    assert len(form.indicators) == 5
    row = form.indicators[2]
    assert "".join((row.name or "").split()) == "每处维修费"
    assert (row.target_text, row.actual_text, row.score) == ("2万元", "2万元", "20")


def test_a_paragraph_between_two_tables_belongs_to_no_cell() -> None:
    text = (
        PADDED.replace("{cost}\n", "") + "以上数据来自县渡口站的台账\n| 附表 | 见后 |\n"
    )
    names = [row.name for row in only(text).indicators]
    assert names == ["维修渡口", "验收合格率", "受益群众", "群众满意度"]


INDENTED = """绩效
       指标
        | 一级指标
        | 二级指标
        | 三级指标
        | 指标值
        | 实际完成值
        | 
产出指标
        | 数量指标
        | 发放
       宣传册
        | 200本
        | 210本
        | |
质量指标
        | 内容合格率
        | 100%
        | 100%
        | ||
满意度指标
        | 满意度指标
        | 群众满意度
        | 90%
        | 92%
        | 
以上为全部指标的完成情况。
"""


def test_each_further_cell_on_a_line_of_its_own() -> None:
    form = only("云岭县普法项目支出绩效自评表\n" + INDENTED)
    assert [
        (r.level1, r.level2, r.target_text, r.actual_text) for r in form.indicators
    ] == [
        ("产出指标", "数量指标", "200本", "210本"),
        ("产出指标", "质量指标", "100%", "100%"),
        ("满意度指标", "满意度指标", "90%", "92%"),
    ]
    assert form.indicators[0].name == "发放宣传册"


CELLS = """项目支出绩效目标表 |
(2025年度) |
项目名称 |
{name} |
主管部门及代码 |
[012]云岭县体育局 |
实施单位 |
云岭县体育馆 |
项目资金
(万元) |
年度资金总额: |
60.00 |
其中:财政拨款 |
60.00 |
其他资金 |
0.00 |
年度
目标 |
举办健身活动12场，参与群众3000人。 |
绩
效
指
标 |
一级
指标 |
二级指标 |
三级指标 |
指标值 |
产出指标 |
数量指标 |
举办活动 |
12场 |
参与群众 |
3000人 |
质量指标 |
活动完成率 |
100% |
效益指标 |
可持续影响指标 |
带动群众长期
健身的氛围 |
逐步形成 |
满意度指标 |
满意度指标 |
群众满意度 |
≥90% |
"""


def test_a_cell_a_line_with_breaks_in_narrow_cells() -> None:
    form = only(CELLS.format(name="全民健身"))
    assert form.goal_text == "举办健身活动12场，参与群众3000人。"
    assert form.project_name == "全民健身"
    assert [(f.kind, f.full_budget) for f in form.funds] == [
        ("total", "60.00"),
        ("fiscal", "60.00"),
        ("other", "0.00"),
    ]
    assert [r.name for r in form.indicators] == [
        "举办活动",
        "参与群众",
        "活动完成率",
        "带动群众长期健身的氛围",
        "群众满意度",
    ]


def test_the_title_of_the_next_form_ends_the_table() -> None:
    text = CELLS.format(name="全民健身") + "|\n|\n|\n" + CELLS.format(name="场馆维修")
    found = forms(text)
    assert [form.project_name for form in found] == ["全民健身", "场馆维修"]
    assert [len(form.indicators) for form in found] == [5, 5]


SPACED = """项目支出绩效目标申报表
(2021年度)
项目名称 困难家庭帮扶
预算单位 区民政局
总体
目标
年度目标
对本区困难家庭开展帮扶，发放帮扶金。
绩效指标 一级指标 二级指标 三级指标 指标值(包含数字及文字描述)
绩效指标 {level}
数量指标 帮扶困难家庭 63户
质量指标 审核准确率 100%
时效指标 帮扶金发放时间 12月底前
成本指标 帮扶标准 1000元/户
项目效益
指标
社会效益
指标
提升困难家庭生活水平 有效提升
满意度指标 满意度指标 帮扶家庭满意度 ≥90%
"""


@pytest.mark.parametrize(
    "level", ["项目完成\n指标", "项目完成指标", "任务完成\n指标", "产出\n指标"]
)
def test_level_names_broken_over_lines(level: str) -> None:
    form = only(SPACED.format(level=level))
    assert form.goal_text == "对本区困难家庭开展帮扶，发放帮扶金。"
    assert [(r.name, r.target_text, r.actual_text) for r in form.indicators] == [
        ("帮扶困难家庭", "63户", None),
        ("审核准确率", "100%", None),
        ("帮扶金发放时间", "12月底前", None),
        ("帮扶标准", "1000元/户", None),
        ("提升困难家庭生活水平", "有效提升", None),
        ("帮扶家庭满意度", "≥90%", None),
    ]
    assert form.indicators[0].level1 == level.replace("\n", "")


def test_a_first_row_that_is_not_clear_does_not_take_the_header_along() -> None:
    form = only(SPACED.format(level="扶助完成项"))
    assert form.goal_text == "对本区困难家庭开展帮扶，发放帮扶金。"
    assert all(r.actual_text is None for r in form.indicators)


SPENDING = """项目名称 | 管道改造 | 项目单位 | 云岭县燃气站 | ||||
年度 绩效目标 | 预期目标 | 全年实际完成情况 | |||||
改造管道8公里，惠及居民600户。 | 改造管道8公里，惠及居民612户。 | ||||||
{head} | 债券资金管理指标(10分) | 总体支出进度 | 实际支出金额 | 下达额度 | 实际完成值 | 分值 | 得分 |
500 | 500 | 500 | 10 | 10 | |||
一级指标 | 二级指标 | 三级指标 | 目标值 | 实际 完成值 | 分值 | 得分 | |
产出指标 (50分) | 数量指标 | 改造管道 | 8公里 | 8公里 | 20 | 20 | |
惠及居民 | 600户 | 612户 | 20 | 20 | |||
满意度指标 | 满意度指标 | 居民满意度 | ≥90% | 93% | 10 | 10 | |
"""


@pytest.mark.parametrize("head", ["当年绩效指标", "年度绩效指标", "绩效指标"])
def test_a_block_on_spending_above_the_indicators_is_no_goal(head: str) -> None:
    form = only("专项债券项目支出绩效自评表\n" + SPENDING.format(head=head))
    assert form.goal_text == "改造管道8公里，惠及居民600户。"
    assert form.outcome_text == "改造管道8公里，惠及居民612户。"
    named = [r for r in form.indicators if r.name]
    assert [r.name for r in named] == ["改造管道", "惠及居民", "居民满意度"]
    lost = {n.field for n in form.notes if n.code == "cells_lost"}
    assert {f"indicators[{r.row}]" for r in form.indicators if not r.name} <= lost


def test_one_empty_cell_breaks_its_row_and_no_other() -> None:
    form = only(
        "项目名称: | 绿地养护 | 项目编号: |\n|\n"
        "项目联系人: | 王某 | 联系电话: | 略 |\n"
        "项目绩效目标 | 绩效目标 总体描述 | 养护全市绿地，改善环境。 |\n"
        "指标类型 | 指标名称 | 指标值 | 指标描述 |\n"
        "产出指标 | 养护绿地 | 375万平方米 | 全市绿地 |\n"
        "养护覆盖率 | 100% | 全部覆盖 |\n"
        "效益指标 | 改善环境 | 明显 | 居民受益 |\n"
        "满意度指标 | 群众满意度 | ≥95% | 问卷 |\n"
        "最近年度绩效评价情况 | 优秀□ 良好□ |\n"
    )
    assert form.project_name == "绿地养护"
    assert form.goal_text == "养护全市绿地，改善环境。"
    assert [(r.name, r.target_text) for r in form.indicators] == [
        ("养护绿地", "375万平方米"),
        ("养护覆盖率", "100%"),
        ("改善环境", "明显"),
        ("群众满意度", "≥95%"),
    ]


def test_rows_above_the_title_of_their_form_accuse_nobody() -> None:
    form = forms(
        "某专项绩效目标申报表\n专项年度绩效指标\n一级指标\n二级指标\n三级指标\n指标值\n"
        "产出指标\n数量指标\n培训学员\n300人\n质量指标\n结业率\n95%\n"
        "某专项绩效目标申报表\n（2018年度）\n专项名称\n技能培训\n部门名称\n区培训站\n"
    )[0]
    assert form.goal_text is None
    assert [(n.code, n.field) for n in form.notes if n.field == "goal_text"] == [
        ("reading_doubt", "goal_text")
    ]
