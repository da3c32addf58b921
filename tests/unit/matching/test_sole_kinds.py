"""All of a kind, where the goal names one thing of that kind or more."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("增殖放流鱼苗600万尾。", "投放各类鱼苗712万尾。", ["712万尾"]),
        ("增设警示标牌90块。", "安装各类标牌104块。", ["104块"]),
        ("举办果树栽培技术培训20期。", "组织各类技术培训22期。", ["22期"]),
        # Both of the kind together, a wider kind, anything, and far more than promised.
        (
            "开展栽培技术培训20期、养殖技术培训9期。",
            "组织各类技术培训32期。",
            ["32期", "32期"],
        ),
        ("发放防汛手册2万册。", "发放各类宣传资料2.9万份。", []),
        ("举办果树栽培技术培训20期。", "组织各类培训22期。", []),
        ("办理公益性公证140件。", "办结各类公证1980件。", []),
    ],
)
def test_all_of_a_kind(goal: str, outcome: str, expected: list[str]) -> None:
    assert [told for told, _ in links(goal, outcome).values()] == expected
