"""A value per each answers only a value per the same."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

SAME: list[tuple[str, str]] = [
    ("每人每月上门服务不少于2次。", "人均每月上门服务2.1次。"),
    ("每个基地连片不低于1000亩。", "单个基地连片1200亩。"),
    ("每月开展防火检查不少于80家次。", "月均防火检查86家次。"),
    ("每名指导员联系示范户不少于10户。", "指导员人均联系示范户9户。"),
    ("流动车每台造价不超过120万元。", "流动车单车成交价124万元。"),
    ("公寓改造每间造价4万元以内。", "公寓改造间均造价3.8万元。"),
    ("钻探每米综合造价不超过920元。", "钻探综合单价905元/米。"),
    ("公益岗补贴每人每月500元。", "公益岗补贴标准500元/人·月。"),
    ("向每个教学点送课不少于4节。", "平均每点送课5节。"),
    ("示范区每亩增产8%以上。", "示范区平均亩增产9.1%。"),
    ("人均场地面积由2.7平方米提高到2.8平方米。", "人均场地面积2.85平方米。"),
    ("单个食堂改造平均造价不超过45万元。", "食堂改造平均造价43万元。"),
    ("每场招聘会参会企业50家。", "招聘会场均参会企业46家。"),
]
OTHER: list[tuple[str, str]] = [
    ("每季度举办公益讲座3讲。", "全年举办公益讲座12讲。"),
    ("每周推文不少于2篇。", "全年推文116篇。"),
    ("每期招收学员30人。", "招收学员300人。"),
    ("每项赛事参赛人数不少于100人。", "参赛人数4.7万人。"),
    ("每村宣讲2场。", "每月宣讲2场。"),
    ("每户补助3000元。", "补助资金共30万元。"),
    ("举办宣讲40场。", "每村宣讲2场。"),
]
NOT_PER: list[tuple[str, str]] = [
    ("检查用人单位60家。", "用人单位检查58家。"),
    ("处理能力提升至12万吨。", "处理能力达12万吨。"),
]


@pytest.mark.parametrize(("goal", "outcome"), [*SAME, *NOT_PER], ids=lambda t: t)
def test_the_same_per_each_is_compared(goal: str, outcome: str) -> None:
    assert len(links(goal, outcome)) == 1


@pytest.mark.parametrize(("goal", "outcome"), OTHER, ids=lambda t: t)
def test_another_per_each_is_not(goal: str, outcome: str) -> None:
    assert links(goal, outcome) == {}
