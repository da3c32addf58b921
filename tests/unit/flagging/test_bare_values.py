"""Values printed without unit, or on the scale of the target, are numbers like others."""

from __future__ import annotations

import pytest

import pipeline


def codes(name: str, target: str, actual: str, weight: str, score: str) -> set[str]:
    row = {
        **{"level1": "产出指标", "level2": "数量指标", "name": name},
        **{"target_text": target, "actual_text": actual},
        **{"weight": weight, "score": score},
    }
    record = pipeline.analyze(
        goal_text="完成年度巡护任务。",
        outcome_text="已完成年度巡护任务。",
        indicators=[row],
    )
    return {flag.code for flag in record.flags}


@pytest.mark.parametrize(
    ("name", "target", "actual"),
    [
        ("培训人次", "≥520人次", "468"),
        ("管护面积", "36万亩", "34"),
        ("管护面积（万亩）", "36", "34"),
        ("项目成本", "≤60万元", "66"),
    ],
)
def test_full_marks_for_a_bare_shortfall(name: str, target: str, actual: str) -> None:
    found = codes(name, target, actual, "10", "10")
    assert {"full_score_despite_shortfall", "target_not_met"} <= found


@pytest.mark.parametrize(
    ("name", "target", "actual"),
    [
        ("培训人次", "≥520人次", "520"),
        ("管护面积", "36万亩", "36"),
        ("管护面积", "36万亩", "360000"),
        ("项目成本", "≤60万元", "58.2"),
        ("项目成本", "≤60万元", "582000"),
        # On which scale, nobody can say.
        ("满意度", "≥90%", "0.95"),
        ("巡查次数", "每月2次", "24"),
        ("接待人次", "2万人次", "300"),
    ],
)
def test_none_is_accused_for_a_number_that_may_fit(
    name: str, target: str, actual: str
) -> None:
    found = codes(name, target, actual, "10", "10")
    assert not found & {
        "full_score_despite_shortfall",
        "target_not_met",
        "score_formula_mismatch",
        "target_overshoot_unexplained",
    }


def test_an_overshoot_is_measured_on_one_scale() -> None:
    assert "target_overshoot_unexplained" in codes(
        "接待人次", "2万人次", "61000", "10", "10"
    )
    assert "target_overshoot_unexplained" not in codes(
        "接待人次", "2万人次", "2.1", "10", "10"
    )
