"""Shortfalls that rounding or an approximate word may explain never weigh high."""

from __future__ import annotations

import pytest

from pipeline.core.flag import Severity
from pipeline.core.quantity import Role
from pipeline.flagging.margins import may_be_met
from pipeline.language.quantities import find_quantities
from tests.unit.flagging.sketch import raised


@pytest.mark.parametrize(
    ("target", "done", "open_"),
    [
        # rounded to the last printed place
        ("12345户", "1.23万户", True),
        ("76600人次", "7.6万人次", False),
        ("76040人次", "7.6万人次", True),
        ("30400株", "3万株", True),
        ("8000亩", "533.3公顷", True),
        ("8000亩", "533公顷", False),
        ("95.25%", "95.2%", True),
        ("98%以上", "97.6%", False),
        ("12000户", "11999户", False),
        ("2.3万人", "22980人", False),
        # 约 and 余 on either side
        ("约1500名", "1480名", True),
        ("约1500名", "1400名", False),
        ("80余名", "76名", True),
        ("600人", "近600人", True),
        ("15万人次", "约12.7万人次", False),
        ("不超过30分钟", "约31分钟", True),
        ("不超过30分钟", "31分钟", False),
        # nothing to compare
        ("12场", "98.5%", False),
        ("20公里", "3亩", False),
    ],
)
def test_what_the_printed_numbers_leave_open(
    target: str, done: str, open_: bool
) -> None:
    targets = find_quantities(target, Role.GOAL)
    outcomes = find_quantities(done, Role.OUTCOME)
    assert may_be_met(targets, outcomes) is open_


def test_sums_of_targets_are_left_alone() -> None:
    targets = find_quantities("30场、12场", Role.GOAL)
    assert not may_be_met(targets, find_quantities("约41场", Role.OUTCOME))


def form(target: list[object], actual: list[object], score: str) -> dict[str, object]:
    row = {
        **{"name": "修复面积", "target_text": target[0], "actual_text": actual[0]},
        **{"target": target, "actual": actual, "status": "shortfall"},
        **{"weight": "8", "score": score},
    }
    return {"indicators": [row]}


def test_full_marks_by_the_formula_are_no_fault() -> None:
    target: list[object] = ["8000亩", "=", 8000, "亩"]
    hair = form(target, ["7999.5亩", "=", 7999.5, "亩"], "8")
    assert not raised(hair, "full_score_despite_shortfall")
    short = form(target, ["7990亩", "=", 7990, "亩"], "8")
    (flag,) = raised(short, "full_score_despite_shortfall")
    assert flag.severity is Severity.HIGH


def test_a_rounded_shortfall_is_shown_and_weighs_less() -> None:
    target: list[object] = ["12345户", "=", 12345, "户"]
    near = form(target, ["1.23万户", "=", 12300, "户"], "7.9")
    (flag,) = raised(near, "target_not_met")
    assert flag.severity is Severity.LOW
    assert not raised(near, "target_not_met_unexplained")
    missed = form(target, ["1.1万户", "=", 11000, "户"], "7.1")
    (flag,) = raised(missed, "target_not_met")
    assert flag.severity is Severity.HIGH
