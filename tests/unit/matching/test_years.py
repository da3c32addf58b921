"""What was done in another year does not answer for this one."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links


@pytest.mark.parametrize(
    ("goal", "outcome"),
    [
        ("2023年任务：修剪绿篱8000株。", "2022年修剪绿篱7900株。"),
        ("2023年任务：修剪绿篱8000株。", "2022年度，修剪绿篱7900株。"),
        ("2023年度修剪绿篱8000株。", "2021年全年修剪绿篱7900株。"),
        ("修剪绿篱8000株。", "去年修剪绿篱7900株。"),
        ("修剪绿篱8000株。", "上年度修剪绿篱7900株。"),
        ("修剪绿篱8000株。", "上年同期修剪绿篱7900株。"),
    ],
)
def test_another_year_is_no_answer(goal: str, outcome: str) -> None:
    assert links(goal, outcome) == {}


@pytest.mark.parametrize(
    ("goal", "outcome", "verdict"),
    [
        ("2023年任务：修剪绿篱8000株。", "2023年修剪绿篱7900株。", "shortfall"),
        # No year is asked for, and the goal's may be that of a plan's beginning.
        ("修剪绿篱8000株。", "2023年修剪绿篱7900株。", "shortfall"),
        ("2022年计划修剪绿篱8000株。", "2023年修剪绿篱7900株。", "shortfall"),
        ("按照2022年方案，2023年修剪绿篱8000株。", "2022年方案的修剪绿篱8100株。", "exceeded"),
        # The old value of what has grown.
        ("绿化率达到38%。", "绿化率由上年的36%提高到39%。", "exceeded"),
        ("整改考核问题12个。", "整改上年度考核问题12个。", "met"),
        ("修剪绿篱8000株。", "修剪绿篱7900株，上年为8100株。", "shortfall"),
    ],
)  # fmt: skip
def test_this_year_is(goal: str, outcome: str, verdict: str) -> None:
    assert verdict in [told for _, told in links(goal, outcome).values()]
