"""Money for other people answers nothing that was promised to these."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links


@pytest.mark.parametrize(
    ("goal", "outcome"),
    [
        ("发放保洁员劳务报酬90万元。", "支付安保人员劳务报酬12万元。"),
        ("落实河道巡查员补贴36万元。", "落实乡村放映员补贴8万元。"),
        ("兑现村级防疫员补助20万元。", "兑现网格人员补助15万元。"),
    ],
)
def test_other_people(goal: str, outcome: str) -> None:
    assert links(goal, outcome) == {}


@pytest.mark.parametrize(
    ("goal", "outcome"),
    [
        ("发放保洁员劳务报酬90万元。", "支付保洁人员劳务报酬90万元。"),
        ("发放护林员补助90万元。", "发放生态护林员管护补助90万元。"),
        ("发放公益性岗位人员补贴60万元。", "发放公岗人员补贴60万元。"),
        ("发放劳务报酬90万元。", "支付保洁员劳务报酬90万元。"),
    ],
)
def test_the_same_people_in_other_words(goal: str, outcome: str) -> None:
    assert [verdict for _, verdict in links(goal, outcome).values()] == ["met"]
