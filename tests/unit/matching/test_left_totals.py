"""One number for several that were promised side by side, under the name they share."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links, read

Expected = dict[str, tuple[str, str]]

TOTALS: list[tuple[str, str, Expected]] = [
    (
        "在外地举办航线推介会6场、茶叶推介会4场，推出产品5个。",
        "在外地举办各类推介会8场，推出产品5个。",
        {"6场": ("8场", "shortfall"), "4场": ("8场", "shortfall")},
    ),
    (
        "开展市级综合演练1次、县乡级演练28场次，训练队员300人。",
        "全年各级演练31场次，训练队员310人。",
        {"1次": ("31场次", "exceeded"), "28场次": ("31场次", "exceeded")},
    ),
    (
        "农村妇女技术培训200人次，城镇妇女技能培训60人次，发放补贴30万元。",
        "举办妇女培训班4期，培训275人次，发放补贴30万元。",
        {"200人次": ("275人次", "exceeded"), "60人次": ("275人次", "exceeded")},
    ),
    # one of them is named
    (
        "在外地举办航线推介会6场、茶叶推介会4场，推出产品5个。",
        "举办航线推介会8场，推出产品5个。",
        {"6场": ("8场", "exceeded")},
    ),
    (
        "建成省级幸福河湖3条，申报国家级幸福河湖1条，巡河400次。",
        "建成省级幸福河湖3条，巡河410次。",
        {"3条": ("3条", "met")},
    ),
    # another kind
    (
        "举办文艺活动3场、体育活动2场，慰问职工60人。",
        "志愿活动5场，慰问职工60人。",
        {},
    ),
]


@pytest.mark.parametrize(("goal", "outcome", "expected"), TOTALS)
def test_totals(goal: str, outcome: str, expected: Expected) -> None:
    found = links(goal, outcome)
    *listed, _beside = read(goal, outcome).targets
    quotes = [target.quote for target in listed]
    assert {q: told for q, told in found.items() if q in quotes} == expected
