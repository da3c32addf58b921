"""The unit gate: what may be one measure at all."""

from __future__ import annotations

import pytest

from pipeline.core.quantity import Quantity, Role
from pipeline.language.quantities import find_quantities
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import measure_of_name
from tests.unit.matching.sketch import links


def only(text: str) -> Quantity:
    (found,) = find_quantities(text, Role.OUTCOME)
    return found


def fit(first: str, second: str) -> bool:
    a = measure_of_name(0, "同一事项", only(first))
    b = measure_of_name(1, "同一事项", only(second))
    assert comparable(a, b) == comparable(b, a)
    return comparable(a, b)


@pytest.mark.parametrize(
    "pair",
    [
        "12场/12次",
        "12场/12场次",
        "12期/12次",
        "12期/12场",
        "12届/12次",
        "60人/60名",
        "60人/60人次",
        "60名/60人次",
        "30家/30个",
        "30家/30户",
        "6台/6辆",
        "3栋/3幢",
        "20件/20个",
        "2公里/800米",
        "2公里/3km",
        "30亩/2公顷",
        "3吨/500公斤",
        "90%/95%",
        "2小时/90分钟",
        "500份/500册",
        "500份/500本",
        "5万元/60000元",
        "40处/40个",
        "8批次/8次",
        "12村/12个",
        "90%/5‰",
        "3项/3个",
        "1套/1个",
        "100㎡/100平方米",
        "30亩/2万平方米",
        "25平方公里/2500公顷",
    ],
)
def test_one_measure(pair: str) -> None:
    assert fit(*pair.split("/"))


@pytest.mark.parametrize(
    "pair",
    [
        "12场/12人",
        "12场/12家",
        "12场/12份",
        "12场/95%",
        "12场/3万元",
        "60人/60家",
        "60人/60亩",
        "60人/95%",
        "500份/500家",
        "500份/500人",
        "2公里/30亩",
        "2公里/3吨",
        "30亩/800立方米",
        "3天/3次",
        "3天/3公里",
        "95%/3分钟",
        "95%/5万元",
        "95%/2个百分点",
        "6台/6人",
        "6台/3公里",
        "20起/20家",
        "20起/20人",
        "12场/3小时",
        "5万元/500人",
        "2倍/95%",
    ],
)
def test_two_measures(pair: str) -> None:
    assert not fit(*pair.split("/"))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("每村举办2场", "每村举办3场", True),
        ("每个村举办2场", "每村举办3场", True),
        ("每村举办2场", "举办40场", False),
        ("每村举办2场", "每月举办2场", False),
        ("人均补助300元", "每人补助280元", True),
        ("每年举办2场", "举办2场", True),
    ],
)
def test_per_each_goes_with_per_each(first: str, second: str, expected: bool) -> None:
    assert fit(first, second) is expected


@pytest.mark.parametrize(
    ("goal", "outcome"),
    [
        ("设置便民摊点12个，招募协管员10名。", "划定启用摊点11处，协管员新聘到岗9人。"),
        ("环卫车辆更新30辆。", "洗扫车等环卫车到位26台。"),
        (
            "拆解旧渔船45艘，资源教室新建6间。",
            "完成渔船拆解39条，融合教育资源教室6个。",
        ),
        ("退化草场补播900亩。", "生态补播草场58公顷。"),
    ],
)
def test_variants_of_a_unit_are_as_good_as_the_same(goal: str, outcome: str) -> None:
    targets = goal.count("，") + 1
    assert len(links(goal, outcome)) == targets
