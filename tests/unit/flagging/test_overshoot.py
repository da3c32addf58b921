"""An excess must be of the same thing, and surely linked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.flagging.sketch import Raw, raised

Number = tuple[str, str, float, str]


def over(goal: str, target: Number, told: str, *outcomes: Number, **more: Any) -> Raw:
    link: Raw = {
        **{"target": 0, "outcomes": list(range(len(outcomes)))},
        **{"verdict": "exceeded", "confidence": more.pop("confidence", 1.0)},
    }
    return {
        **{"goal_text": goal, "outcome_text": told},
        **{"targets": [target], "outcomes": list(outcomes), "links": [link]},
        **more,
    }


TWELVE: Number = ("12场", "=", 12, "场")
MANY: Number = ("60场", "=", 60, "场")


@pytest.mark.parametrize(
    ("form", "severity"),
    [
        (over("宣讲12场。", TWELVE, "宣讲60场。", MANY), "medium"),
        (over("宣讲12场。", TWELVE, "宣讲60场。", MANY, confidence=0.7), "low"),
        (over("每个卫生院义诊3次、宣讲12场。", TWELVE, "宣讲60场。", MANY), None),
        (over("每年宣讲12场。", TWELVE, "宣讲60场。", MANY), "medium"),
        (
            over(
                "排查146个村。", ("146个", "=", 146, "个"),
                "排查3100栋。", ("3100栋", "=", 3100, "栋"),
            ),
            None,
        ),
    ],
    ids=["同一件事", "对应不确定", "每个单位", "每年", "两样东西"],
)  # fmt: skip
def test_a_target_set_too_low(form: Raw, severity: str | None) -> None:
    found = [f.severity.value for f in raised(form, "target_set_too_low")]
    assert found == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("actual", "value", "found"), [("465人", 465, False), ("700人", 700, True)]
)
def test_the_row_of_the_same_target_decides(
    actual: str, value: int, found: bool
) -> None:
    row: Raw = {
        **{"name": "资助人数", "target_text": "460人", "actual_text": actual},
        **{"target": ["460人", "=", 460, "人"], "actual": [actual, "=", value, "人"]},
        **{"status": "exceeded", "targets": [0], "outcomes": [0, 1]},
    }
    form = over(
        "资助460人。",
        ("460人", "=", 460, "人"),
        "春季235人、秋季465人。",
        ("235人", "=", 235, "人"),
        ("465人", "=", 465, "人"),
        indicators=[row],
    )
    assert bool(raised(form, "target_overshoot_unexplained")) is found
