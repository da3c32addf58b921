"""Levels after a fall, rates of a deed alone, classes, and what a value is per."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links, row

Expected = dict[str, tuple[str, str]]

CASES: list[tuple[str, str, Expected]] = [
    # a level that fell to so much, and a fall by so much
    ("供水产销差降到14%以下。", "供水产销差降为12.6%。", {"14%以下": ("12.6%", "met")}),
    ("出行满意率提高到92%。", "出行满意率升为93%。", {"92%": ("93%", "exceeded")}),
    ("供水产销差降到14%以下。", "供水产销差降幅为3.1%。", {}),
    # rates whose names are deeds alone, listed
    (
        "开工率100%、竣工率不低于75%。",
        "开工率、竣工率分别为100%和78.4%。",
        {"100%": ("100%", "met"), "不低于75%": ("78.4%", "exceeded")},
    ),
    # one extent in two words, and two extents
    (
        "充电服务费每度不超过0.6元。",
        "充电服务费每千瓦时0.55元。",
        {"不超过0.6元": ("0.55元", "met")},
    ),
    (
        "渠道衬砌造价每米不超过320元。",
        "渠道衬砌造价每平方米310元。",
        {},
    ),
    # classes of one kind of thing
    ("新增甲级设计单位3家。", "新增乙级设计单位3家。", {}),
    ("新增三级医院1家。", "新增二级医院1家。", {}),
    (
        "新增二级以上医院2家。",
        "新增三级医院2家。",
        {"2家": ("2家", "met")},
    ),
    # whoever lives there
    (
        "惠及居民860户。",
        "改造涉及楼房26栋、住户872户。",
        {"860户": ("872户", "exceeded")},
    ),
    ("惠及居民860户。", "改造涉及楼房26栋、商户72户。", {}),
    # whose prize it is, in short
    (
        "创建省级优质工程5项。",
        "获市优工程9项、省优工程5项。",
        {"5项": ("5项", "met")},
    ),
    # standard containers are no lines
    ("海铁联运箱量不低于2.4万标箱。", "新开海铁联运班线2条。", {}),
    (
        "海铁联运不低于2.4万标箱。",
        "海铁联运2.6万TEU。",
        {"不低于2.4万标箱": ("2.6万TEU", "exceeded")},
    ),
    # power in two units
    (
        "光伏并网装机40兆瓦。",
        "光伏并网装机4.3万千瓦。",
        {"40兆瓦": ("4.3万千瓦", "exceeded")},
    ),
]


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"), CASES, ids=[c[0] + c[1] for c in CASES]
)
def test_works(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


def test_the_number_of_the_row_takes_the_place_of_a_weak_answer() -> None:
    told = links(
        "加装电梯扶手40部，检修路灯60盏。",
        "摸排意向单元52个，楼道已投用33部，旧灯杆20部。",
        row("加装电梯扶手", "40部", "33部"),
    )
    assert told.get("40部") == ("33部", "shortfall")
