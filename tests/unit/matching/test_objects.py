"""The same done to another thing is no answer; another wording for one thing is."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links, row

OTHER = [
    ("培训幼儿园保育员180人。", "培训中小学班主任210人。"),
    ("培训照护人员500人次。", "面向志愿者培训200人次。"),
    ("维修养护水库大坝24座。", "维修养护农村泵站31座。"),
    ("检查加油站60次。", "检查烟花爆竹门店74次。"),
    ("慰问百岁老人32名。", "慰问退役老兵45名。"),
    ("发放耕地地力保护补贴1.3万户。", "发放农机购置补贴1860户。"),
    ("组织高校毕业生专场招聘会10场。", "组织返乡农民工专场招聘会12场。"),
    ("新建公厕8座。", "新建垃圾中转站3座。"),
    ("接种带状疱疹疫苗560人。", "接种流感疫苗610人。"),
    ("抽检蔬菜120批次。", "抽检水产品96批次。"),
    ("更换路灯300盏。", "更换井盖300盏。"),
    ("巡查文物点40次。", "巡查排污口52次。"),
]
SAME = [
    ("培训保育员180人。", "培训幼儿园保育员210人。"),
    ("培训农机手180人。", "培训机手210人。"),
    ("购置自动体外除颤器40台。", "购置AED40台。"),
    ("救助困难群众300人。", "救助群众320人。"),
    ("检查企业60家次。", "检查危化企业、工贸企业共74家次。"),
    ("走访慰问60户。", "春节慰问66户。"),
    ("改造户用厕所800户。", "改造户厕820户。"),
    ("服务对象满意度90%。", "第三方测评满意度93%。"),
    ("茶叶质量抽检120批次。", "抽检样品124批次。"),
    ("检查食品企业60家次。", "食品：检查小作坊64家次。"),
    ("新建现场教学点4个。", "新增教学点4个。"),
]


@pytest.mark.parametrize(("goal", "outcome"), OTHER, ids=lambda t: t)
def test_another_thing_is_no_answer(goal: str, outcome: str) -> None:
    assert links(goal, outcome) == {}


@pytest.mark.parametrize(("goal", "outcome"), SAME, ids=lambda t: t)
def test_another_name_of_it_is(goal: str, outcome: str) -> None:
    assert len(links(goal, outcome)) == 1


def test_a_row_of_the_table_may_know_both_names() -> None:
    goal, outcome = "检查出水口水样24次。", "检查厂区排水24次。"
    assert links(goal, outcome) == {}
    assert len(links(goal, outcome, row("检查出水口厂区排水水样", "24次"))) == 1


NUMBERED = [
    (
        "1.清淤沟渠3公里。（2）职工危房搬迁26户。",
        "1.沟渠清淤2.8公里。（2）搬新居职工26户。",
    ),
    (
        "①架设电网40米。②定量包装抽查60批。",
        "1.电网架设38米。2.净含量抽检62批。",
    ),
]
OTHERWISE_NUMBERED = [
    (
        "1.清淤沟渠3公里。2.报警装置联网率100%。",
        "1.沟渠清淤2.8公里。2.专职保安配备率100%。",
    ),
    (
        "1.清淤沟渠3公里。（2）定量包装抽查60批。",
        "1.沟渠清淤2.8公里。（3）净含量抽检62批。",
    ),
    (
        "1.清淤沟渠3公里。2.定量包装抽查60批。",
        "1.沟渠清淤2.8公里。2.燃油抽检62批，蔬菜抽检9批。",
    ),
]


@pytest.mark.parametrize(("goal", "outcome"), NUMBERED, ids=lambda t: t)
def test_under_one_number_alone_in_the_unit_it_is_one(goal: str, outcome: str) -> None:
    assert len(links(goal, outcome)) == 2


@pytest.mark.parametrize(("goal", "outcome"), OTHERWISE_NUMBERED, ids=lambda t: t)
def test_under_another_number_or_beside_its_like_it_is_not(
    goal: str, outcome: str
) -> None:
    assert len(links(goal, outcome)) == 1
