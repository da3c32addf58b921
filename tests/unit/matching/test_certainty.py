"""What may be only a part, or is alike only by its place, is never certain."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import read

CERTAIN = 0.85


@pytest.mark.parametrize(
    ("goal", "outcome", "certain"),
    [
        ("举办讲座12场，培训学员600人。", "举办讲座10场，培训学员650人。", True),
        ("接待专家500人次。", "专家接待到访200人次、返聘110人次。", False),
        ("举办讲座12场。", "讲座城区9场、乡下院4场。", False),
        ("提供法律咨询260人次。", "驻点律师另提供法律咨询128人次。", False),
        ("提供法律咨询260人次。", "驻点律师提供法律咨询128人次。", True),
        ("开展专项审计12个。", "其他专项审计8个。", False),
        ("其他专项审计12个。", "其他专项审计8个。", True),
        ("新建步道12公里。", "新建步道上半年5公里，下半年6公里。", True),
    ],
)
def test_certainty(goal: str, outcome: str, certain: bool) -> None:
    link = read(goal, outcome).links[0]
    assert (link.confidence >= CERTAIN) is certain


def test_a_doubtful_shortfall_is_no_high_flag() -> None:
    record = read("讲座12场。", "讲座城区9场、乡下院2场。")
    found = [f for f in record.flags if f.code == "target_not_met"]
    assert [str(f.severity) for f in found] in ([], ["medium"])
