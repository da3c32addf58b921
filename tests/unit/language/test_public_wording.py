"""Wordings of public tables and work reports: units, classes by size, names, restated tasks."""

from __future__ import annotations

import pytest

from pipeline.core.quantity import Role
from pipeline.language.statements import cut_statements
from tests.unit.language.tables import read

GOALS = [
    ("治理水土流失436.18hm，其中封育120.5hm²", ["436.18hm = 436.18 hm", "120.5hm² = 120.5 hm²"]),
    ("年发电2.6GWh", ["2.6GWh = 2.6 GWh"]),
    ("供水压力不低于0.3MPa", ["不低于0.3MPa >= 0.3 MPa"]),
    ("浓度≤33ug/m³", ["≤33ug/m³ <= 33 ug/m³"]),
    ("成灾率≤0.7千分之", ["≤0.7千分之 <= 0.7 ‰"]),
    ("成灾率不超过千分之三", ["不超过千分之三 <= 3 ‰"]),
    ("惠及4.6万群众", ["4.6万群众 = 46000 群众"]),
    ("为3000残疾人提供康复服务", ["3000残疾人 = 3000 残疾人"]),
    ("引进世界500强、民企100强企业项目6个", ["6个 = 6 个"]),
    ("新签约投资5亿元以上项目8个、亿元以上项目40个", ["8个 = 8 个", "40个 = 40 个"]),
    ("年产值3000万元以上企业新增12家", ["12家 = 12 家"]),
    ("完成投资5亿元以上，新开工项目8个", ["5亿元以上 >= 500000000 元", "8个 = 8 个"]),
    ("项目总投资额为2.4亿元，建成占地面积约6万平方米的体育公园一座", ["一座 = 1 座"]),
    ("完成投资额2.4亿元", ["2.4亿元 = 240000000 元"]),
    ("市外到位资金61亿元", ["61亿元 = 6100000000 元"]),
    ("省级到位资金61万元", []),
    ("召开七届五次全会、七届常委会", []),
    ("召开会议五次", ["五次 = 5 次"]),
    ("煤炭占一次能源消费比重降至52%", ["52% = 52 %"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GOALS, ids=[t for t, _ in GOALS])
def test_goals(text: str, expected: list[str]) -> None:
    assert read(text, Role.GOAL) == expected


OUTCOMES = [
    ("检测9480人，占全年检测任务（9000人）的105.3%", ["9480人 = 9480 人", "105.3% = 105.3 %"]),
    ("合格率97.2%，超出年度目标（95%）2.2个百分点", ["97.2% = 97.2 %"]),
    ("完成市外到位资金58亿元，占下达任务数61亿元的95.1%", ["58亿元 = 5800000000 元", "95.1% = 95.1 %"]),
    ("共投资286万元新修道路3.1万平方米", ["3.1万平方米 = 31000 平方米"]),
    ("完成投资286万元", ["286万元 = 2860000 元"]),
    ("一次退回补充侦查9件，二次退回补充侦查4件", ["9件 = 9 件", "4件 = 4 件"]),
    ("全年检查二次", ["二次 = 2 次"]),
    ("引进亿元及以上项目37个，5亿元以上项目9个", ["37个 = 37 个", "9个 = 9 个"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OUTCOMES, ids=[t for t, _ in OUTCOMES])
def test_outcomes(text: str, expected: list[str]) -> None:
    assert read(text, Role.OUTCOME) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("目标1：落实资助政策，应助尽助；目标2：住校学生的基本生活得到保障： 目标3：改善办学条件", 3),
        ("（1）为特困学生发放伙食补助：（2）提升办学水平", 2),
        ("1.主要目标：2.建成数据平台", 1),
        ("一、主要任务：1.培训5期；2.完成检查", 2),
    ],
)  # fmt: skip
def test_an_item_that_ends_with_a_colon_by_a_slip(text: str, expected: int) -> None:
    spans = cut_statements(text)
    assert len(spans) == expected
    assert not any(text[b - 1] in "：:" for _, b in spans)
