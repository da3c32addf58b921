from __future__ import annotations

import pytest

from pipeline.layout import may_hold_form


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("项目支出绩效自评表\n项目名称 道路养护", True),
        ("年度 总体 目标 养护道路若干公里并按期完成", True),
        ("产出指标 数量指标 养护里程 ≥40公里 42公里 10 10", True),
        ("服务对象满意度 群众满意度 ≥90% 95% 10 10", True),
        ("科目编码 科目名称 合计 基本支出 项目支出 上缴上级支出", False),
        ("2023 12 31 45.60 78.90 -", True),
        ("", True),
    ],
    ids=["标题", "目标标签", "续页", "满意度", "决算表", "没有文字", "空白"],
)
def test_which_pages_of_a_book_are_read_in_full(text: str, worth: bool) -> None:
    assert may_hold_form(text) is worth
