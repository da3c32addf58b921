"""各类: when a number for all kinds answers what was promised, and when it does not."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Expected = dict[str, tuple[str, str]]

CASES: list[tuple[str, str, Expected]] = [
    # the target names the kind itself, and none of its kinds
    (
        "为优抚家庭3900户发放补助。",
        "为3876户各类优抚家庭按月发放生活补助。",
        {"3900户": ("3876户", "shortfall")},
    ),
    ("举办讲座10场。", "举办各类讲座14场。", {"10场": ("14场", "exceeded")}),
    ("举办养生讲座10场。", "举办各类讲座14场。", {}),
    ("农机培训5期。", "各类培训60期。", {}),
    ("培训农机手30期。", "各类培训60期。", {}),
    ("慰问困难党员30人。", "慰问各类困难群众300人。", {}),
    # what is true of each kind is true of the one
    (
        "入托幼儿计划疫苗接种率不低于94%。",
        "各类疫苗接种率均高于95.5%。",
        {"不低于94%": ("高于95.5%", "exceeded")},
    ),
    # a rate of its own after all kinds were counted
    (
        "补贴资金发放率100%。",
        "为212户各类养殖户发放补贴资金，发放率100%。",
        {"100%": ("100%", "met")},
    ),
]


@pytest.mark.parametrize(("goal", "outcome", "expected"), CASES)
def test_all_kinds_answer_the_kind_itself(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected
