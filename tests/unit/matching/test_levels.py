"""What a year added, how many there are, by how much and to what: four measures."""

from __future__ import annotations

import pytest

import pipeline
from tests.unit.matching.sketch import links

CASES = [
    ("新增科普志愿者200名。", "科普志愿者增至1.2万名。", None),
    ("新增5G基站120座。", "全市5G基站扩至3,800座。", None),
    ("新建社区养老服务站12个。", "社区养老服务站数量增加到86个。", None),
    ("新接入共享单车监管企业3家。", "接入共享单车监管企业升至11家。", None),
    ("新增低保对象260户。", "低保对象在保3,410户。", None),
    ("新招入园幼儿180名。", "在园幼儿612名。", None),
    ("新增廉租住房保障家庭90户。", "廉租住房在保家庭1,106户。", None),
    ("新增签约企业40家。", "在库签约企业213家。", None),
    ("回访结对城市3个。", "结对城市来访5个。", None),
    ("走访侨资企业30家。", "侨资企业来访42家。", None),
    ("旅客平均候检时间压缩至20分钟以内。", "旅客排队等候平均减少8分钟。", None),
    ("业务平均办理用时缩短到30分钟以内。", "业务办理平均缩短12分钟。", None),
    ("新增科普志愿者200名。", "科普志愿者新增214名，总数增至1.2万名。", "214名"),
    ("科普志愿者增至1万名。", "科普志愿者发展到1.2万名。", "1.2万名"),
    ("5G基站达到3500座。", "全市5G基站扩至3,800座。", "3,800座"),
    ("共享单车监管企业达到10家。", "接入共享单车监管企业升至11家。", "11家"),
    ("低保在保对象3300户。", "低保对象在保3,410户。", "3,410户"),
    ("在园幼儿不少于600名。", "在园幼儿612名。", "612名"),
    ("接待侨资企业来访30家。", "侨资企业来访42家。", "42家"),
    (
        "旅客平均候检时间压缩至20分钟以内。",
        "旅客平均候检时间由28分钟压缩到19分钟。",
        "19分钟",
    ),
    ("业务平均办理用时减少10分钟。", "业务办理平均缩短12分钟。", "12分钟"),
    ("新增廉租住房保障家庭90户。", "新纳入廉租住房保障家庭96户，在保1,106户。", "96户"),
    ("回访结对城市3个。", "回访结对城市4个。", "4个"),
    ("监测点位增加到40个。", "监测点位增至42个。", "42个"),
    ("平均通关时间压缩至40分钟以内。", "平均通关时间38分钟。", "38分钟"),
]


@pytest.mark.parametrize(("goal", "outcome", "answer"), CASES)
def test_only_the_same_measure_answers(
    goal: str, outcome: str, answer: str | None
) -> None:
    record = pipeline.analyze(goal_text=goal, outcome_text=outcome)
    answers = [record.outcomes[o].quote for k in record.links for o in k.outcomes]
    assert answers == ([] if answer is None else [answer])


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # The growth of what has just been told is of that alone.
        ("景区门票收入增长12%。", "接待游客86万人次，同比增长15%。", None),
        ("税收收入增长7%。", "新登记企业420家，比上年增长9%。", None),
        ("接待游客60万人次，增长8%。", "旅游总收入4.2亿元，增长11%。", None),
        ("违法停车下降20%。", "受理群众来电310件，同比下降26%。", None),
        ("旅游人次增长12%。", "接待游客86万人次，同比增长15%。", "15%"),
        ("集装箱吞吐量增长9%。", "集装箱装卸41万标箱，比2021年增长12%。", "12%"),
        ("货运量增长9%。", "货物运输量380万吨，比上年的340万吨增长11.8%。", "11.8%"),
        ("网络零售额增长15%。", "网络零售3.8亿元，增速达18%。", "达18%"),
        ("地区生产总值增长5%。", "GDP完成160亿元，同比增长5.4%。", "5.4%"),
    ],
)
def test_what_grew(goal: str, outcome: str, expected: str | None) -> None:
    grown = [told for told, _ in links(goal, outcome).values() if told.endswith("%")]
    assert grown == ([expected] if expected else [])
