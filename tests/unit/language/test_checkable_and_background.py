"""Statements that can be checked, wishes beside them, and what is no promise at all."""

from __future__ import annotations

import pytest

from pipeline.core.statement import StatementKind
from pipeline.language.clarity import read_statements

CHECKABLE = [
    "防止疫情反弹",
    "防止水污染扩散蔓延",
    "组队参加市运会",
    "参加国际旅游博览会展演",
    "实现村村通公路",
    "聘请第三方参与评审，弥补力量不足",
    "杜绝重大安全事故发生",
    "按规定使用项目经费",
]
VAGUE = [
    "不断提升展演水平",
    "有效防范各类风险",
    "积极邀请专家参与评审",
    "推进村级道路建设",
    "规范经费使用，提高资金效益",
    "深化部门协作，形成工作合力",
]
BACKGROUND = [
    "保护湿地对维护生态安全具有重要意义",
    "就业是民生之本，受外部环境影响，稳就业压力加大",
    "为打赢蓝天保卫战提供有力支撑",
    "为群众查阅提供便利",
]


@pytest.mark.parametrize("text", CHECKABLE)
def test_checkable(text: str) -> None:
    assert not read_statements(text, ())[0].vague


@pytest.mark.parametrize("text", VAGUE)
def test_vague(text: str) -> None:
    assert read_statements(text, ())[0].vague


@pytest.mark.parametrize("text", BACKGROUND)
def test_background(text: str) -> None:
    assert read_statements(text, ())[0].kind is StatementKind.CONTEXT
