"""Ten neighbours of what once was taken wrongly: who answers, and who never does."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import Row, answers, read, row

Answers = dict[str, tuple[str, ...]]

# A stock, a lower rank and cases of any grade are no answers.
GATES: list[tuple[str, str, Answers]] = [
    ("培训志愿讲解员60人。", "志愿讲解员在册410人。", {}),
    ("新增停车位200个。", "现有停车位2600个。", {}),
    ("招募应急队员150名。", "应急队员登记在册161名。", {"150名": ("161名",)}),
    ("聘用护河员86名。", "在岗护河员84名。", {"86名": ("84名",)}),
    ("较大及以上火灾事故0起。", "全年发生火灾事故7起。", {}),
    ("重大舆情事件0起。", "处置舆情事件12起。", {}),
    ("生产安全事故0起。", "发生生产安全事故1起。", {"0起": ("1起",)}),
    ("较大及以上事故0起。", "较大事故1起。", {"0起": ("1起",)}),
    ("建设省级精品课程15门。", "遴选校级精品课程40门。", {}),
    ("培育国家级示范社3家。", "培育市级示范社9家。", {}),
    ("建设市级以上工作室4个。", "建成省级工作室5个。", {"4个": ("5个",)}),
    ("制定行业标准2项。", "参与制定团体标准5项。", {}),
    ("制定国家、行业标准2项。", "发布行业标准3项。", {"2项": ("3项",)}),
]
# What was signed and granted is done where the target asks for just that.
STEPS: list[tuple[str, str, Answers]] = [
    ("签订采购协议3000万元。", "现场签约2600万元。", {"3000万元": ("2600万元",)}),
    ("承担省级课题8项。", "立项省级课题7项。", {"8项": ("7项",)}),
    ("校企共建实训基地6个。", "签约共建实训基地7个。", {"6个": ("7个",)}),
    ("建成招商项目12个。", "签约招商项目15个。", {}),
    ("建成技改项目12个。", "立项技改项目15个。", {}),
]
UNITS: list[tuple[str, str, Answers]] = [
    ("噪声投诉不多于6起。", "收到噪声投诉4件。", {"不多于6起": ("4件",)}),
    ("办理赔偿案件25件。", "赔偿案件办结23起。", {"25件": ("23起",)}),
    ("办理赔偿案件25件。", "赔偿案件办结23宗。", {"25件": ("23宗",)}),
]
# One number for several things, and what came of a plan.
LISTS: list[tuple[str, str, Answers]] = [
    (
        "征集家谱、契约、老照片200件。",
        "征集实物、照片、契约188件。",
        {"200件": ("188件",)},
    ),
    (
        "举办流动图书展20场。",
        "流动图书展走进学校、军营、村寨23场。",
        {"20场": ("23场",)},
    ),
    (
        "开展“五送”宣讲40场。",
        "“五送”宣讲走进企业、农村、社区和家庭44场。",
        {"40场": ("44场",)},
    ),
    (
        "选派教师跟岗120名。",
        "跟岗研修计划120名，实际选派97名。",
        {"120名": ("97名",)},
    ),
    (
        "接收捐赠图书800册、期刊90种。",
        "捐赠图书任务800册，实际到馆760册。",
        {"800册": ("760册",)},
    ),
    (
        "走访优抚对象260户、困难职工140人。",
        "走访优抚对象和困难职工共395户（人）。",
        {"260户": ("395户（人）",), "140人": ("395户（人）",)},
    ),
    (
        "排查干流及支流岸线120公里，其中支流75公里。",
        "干流45公里、支流78公里岸线全部排查完毕。",
        {"120公里": ("45公里", "78公里"), "75公里": ("78公里",)},
    ),
    (
        "组建宣讲团赴13个县开展宣讲不少于80场。",
        "宣讲团深入机关、乡村、企业宣讲93场。",
        {"不少于80场": ("93场",)},
    ),
]


@pytest.mark.parametrize(("goal", "outcome", "expected"), GATES + STEPS + UNITS + LISTS)
def test_who_answers(goal: str, outcome: str, expected: Answers) -> None:
    assert answers_of(goal, outcome) == expected


SUMS: list[tuple[str, str, Row, Answers]] = [
    (
        "举办创业沙龙10场、职业讲座8场。",
        "创业沙龙办了11场。",
        row("沙龙及讲座", "18场"),
        {"10场": ("11场",)},
    ),
    (
        "举办创业沙龙10场、职业讲座8场。",
        "沙龙及讲座办了19场。",
        row("沙龙及讲座", "18场"),
        {"10场": ("19场",), "8场": ("19场",)},
    ),
    (
        "举办钳工培训2期、焊工培训3期、电工培训1期。",
        "钳工培训2期、焊工培训3期。",
        row("技能培训", "6期"),
        {"2期": ("2期",), "3期": ("3期",)},
    ),
]


@pytest.mark.parametrize(("goal", "outcome", "hub", "expected"), SUMS)
def test_one_member_is_not_the_sum(
    goal: str, outcome: str, hub: Row, expected: Answers
) -> None:
    assert answers_of(goal, outcome, hub) == expected


def answers_of(goal: str, outcome: str, *rows: Row) -> Answers:
    found = answers(read(goal, outcome, *rows))
    return {
        target: answer.outcomes for target, answer in found.items() if answer.outcomes
    }
