"""What a single one costs is not what all of them cost."""

from __future__ import annotations

import pytest

import pipeline

CASES = [
    ("单车年运行费不超过2.6万元。", "运行费合计1175940元。", None),
    ("单船年维护费不超过9万元。", "维护费合计72万元。", None),
    ("单井年运行成本不超过1.2万元。", "机井运行成本共计36万元。", None),
    ("单校改造费用控制在40万元以内。", "改造费用合计360万元。", None),
    ("单站建设成本不超过30万元。", "建设成本合计270万元。", None),
    ("单车年运行费不超过2.6万元。", "折合每车25020元。", "25020元"),
    ("单车年运行费不超过2.6万元。", "车均运行费25020元。", "25020元"),
    ("单校改造费用控制在40万元以内。", "校均改造费用36万元。", "36万元"),
    ("单站建设成本不超过30万元。", "单站建设成本27万元。", "27万元"),
    ("单井年运行成本不超过1.2万元。", "每眼井运行成本1.1万元。", "1.1万元"),
    ("购置共享单车600辆。", "共享单车投放620辆。", "620辆"),
    ("共享单车运维费用不超过80万元。", "共享单车运维费用合计76万元。", "76万元"),
    ("编制清单3份。", "形成清单3份。", "3份"),
    ("订单成交额800万元。", "订单成交额合计860万元。", "860万元"),
    ("单车道改造8公里。", "单车道改造合计8.6公里。", "8.6公里"),
]


@pytest.mark.parametrize(("goal", "outcome", "answer"), CASES)
def test_what_is_per_single_thing(goal: str, outcome: str, answer: str | None) -> None:
    record = pipeline.analyze(goal_text=goal, outcome_text=outcome)
    answers = [record.outcomes[o].quote for k in record.links for o in k.outcomes]
    assert answers == ([] if answer is None else [answer])
