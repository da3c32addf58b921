"""By how much something changed, beside the levels that it had before and after."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Expected = dict[str, tuple[str, str]]

CASES: list[tuple[str, str, Expected]] = [
    # the difference that follows two levels
    (
        "溺亡人数比去年减少3人以上。",
        "溺亡人数由去年的11人降至7人，减少4人。",
        {"3人以上": ("4人", "exceeded")},
    ),
    (
        "困难职工较上年减少10户。",
        "困难职工由46户降到38户，减少8户。",
        {"10户": ("8户", "shortfall")},
    ),
    (
        "专职社工增加15人。",
        "专职社工由42人增至60人，增加18人。",
        {"15人": ("18人", "exceeded")},
    ),
    # the level says nothing of an increase whose number follows
    (
        "病床增加30张。",
        "病床246张，较上年增加36张。",
        {"30张": ("36张", "exceeded")},
    ),
    # the other way round it is none
    ("火灾较上年减少2起。", "火灾由9起增至11起，增加2起。", {}),
    # a level goes on being one
    (
        "病床达到240张。",
        "病床246张，较上年增加36张。",
        {"达到240张": ("246张", "exceeded")},
    ),
    # what fell was just counted, each in a unit of its own
    (
        "工矿事故起数、伤亡人数较上年分别下降4%和7%。",
        "全年发生工矿事故9起、伤亡8人，同比分别下降10%、11.1%。",
        {"4%": ("10%", "exceeded"), "7%": ("11.1%", "exceeded")},
    ),
    (
        "火灾起数、火灾损失较上年分别下降6%、10%。",
        "全年共发生火灾31起、损失42万元，同比分别下降8.8%、9%。",
        {"6%": ("8.8%", "exceeded"), "10%": ("9%", "shortfall")},
    ),
    # the growth of how many came is not that of what they cost
    ("住院次均费用涨幅控制在6%以内。", "全年住院1.2万人次，较上年增长4.1%。", {}),
    (
        "住院次均费用涨幅控制在6%以内。",
        "住院次均费用8120元，较上年增长4.1%。",
        {"控制在6%以内": ("4.1%", "met")},
    ),
    (
        "规模以上工业增加值增速7%。",
        "规上工业增加值增速7.4%。",
        {"7%": ("7.4%", "exceeded")},
    ),
    (
        "供热面积增加20万平方米。",
        "新增供热面积22万平方米，供热总面积达到860万平方米。",
        {"20万平方米": ("22万平方米", "exceeded")},
    ),
]


@pytest.mark.parametrize(("goal", "outcome", "expected"), CASES)
def test_differences_answer_changes(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected
