"""The shared invariants hold for a sound record and notice each breach."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.contracts import example
from tests.helpers import invariants

Change = Callable[[dict[str, Any]], object]


def shift_target(r: dict[str, Any]) -> None:
    r["targets"][0]["start"] += 1


def shift_cue(r: dict[str, Any]) -> None:
    r["goal_statements"][1]["clarity"]["cues"][0]["end"] += 1


def shift_evidence(r: dict[str, Any]) -> None:
    r["flags"][0]["evidence"][0]["start"] -= 1


def half_evidence(r: dict[str, Any]) -> None:
    r["flags"][0]["evidence"][0]["quote"] = None


def foreign_indicator(r: dict[str, Any]) -> None:
    r["indicators"][0]["actual"]["quote"] = "25场"


def statement_forgets_target(r: dict[str, Any]) -> None:
    r["goal_statements"][0]["targets"] = []


def no_place(r: dict[str, Any]) -> None:
    del r["provenance"]["goal_text"]


def lose_target(r: dict[str, Any]) -> None:
    r["links"] = []


def linked_and_unmatched(r: dict[str, Any]) -> None:
    r["unmatched_targets"] = [0]


def link_twice(r: dict[str, Any]) -> None:
    r["links"] *= 2


def lose_outcome(r: dict[str, Any]) -> None:
    r["unmatched_outcomes"] = []


def undetermined_keeps_outcomes(r: dict[str, Any]) -> None:
    r["links"][0]["verdict"] = "undetermined"


def link_to_nothing(r: dict[str, Any]) -> None:
    r["links"][0]["outcomes"] = [9]


def rows_from_one(r: dict[str, Any]) -> None:
    r["indicators"][0]["row"] = 1


def float_money(r: dict[str, Any]) -> None:
    r["funds"][0]["executed"] = 47.52


def empty_score(r: dict[str, Any]) -> None:
    r["total_score"] = ""


def whole_float(r: dict[str, Any]) -> None:
    r["outcomes"][0]["value"] = 26.0


def long_confidence(r: dict[str, Any]) -> None:
    r["links"][0]["confidence"] = 0.9666


def high_on_repaired(r: dict[str, Any]) -> None:
    doubt = copy.deepcopy(r["flags"][0])
    doubt["code"], doubt["severity"] = "number_repaired", "info"
    r["flags"][0]["severity"] = "high"
    r["flags"].append(doubt)


def high_on_bad_recognition(r: dict[str, Any]) -> None:
    r["flags"][0]["severity"] = "high"
    r["provenance"]["goal_text"]["ocr_confidence"] = 0.55


BREACHES: list[tuple[Change, Callable[[invariants.JsonRecord], None]]] = [
    *(
        (change, invariants.assert_traceable)
        for change in (
            shift_target,
            shift_cue,
            shift_evidence,
            half_evidence,
            foreign_indicator,
            statement_forgets_target,
            no_place,
        )
    ),
    *(
        (change, invariants.assert_conservation)
        for change in (
            lose_target,
            linked_and_unmatched,
            link_twice,
            lose_outcome,
            undetermined_keeps_outcomes,
            link_to_nothing,
            rows_from_one,
        )
    ),
    *(
        (change, invariants.assert_exact)
        for change in (float_money, empty_score, whole_float, long_confidence)
    ),
    *(
        (change, invariants.assert_low_accusation)
        for change in (high_on_repaired, high_on_bad_recognition)
    ),
]


def test_a_sound_record_passes() -> None:
    invariants.assert_record(example.record().to_dict())


def test_an_undetermined_link_is_also_unmatched() -> None:
    r = example.record().to_dict()
    r["links"][0].update(verdict="undetermined", outcomes=[], candidates=[0, 1])
    r.update(unmatched_targets=[0], unmatched_outcomes=[0, 1])
    invariants.assert_conservation(r)


def test_a_high_flag_on_sound_input_is_allowed() -> None:
    r = example.record().to_dict()
    r["flags"][0]["severity"] = "high"
    invariants.assert_low_accusation(r)


@pytest.mark.parametrize(
    ("change", "check"), BREACHES, ids=[change.__name__ for change, _ in BREACHES]
)
def test_a_breach_is_noticed(
    change: Change, check: Callable[[invariants.JsonRecord], None]
) -> None:
    r = copy.deepcopy(example.record().to_dict())
    check(r)
    change(r)
    with pytest.raises(AssertionError):
        check(r)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("goal_text", example.GOAL),
        ("indicators[0].actual_text", example.ACTUAL_TEXT),
        ("funds[0].executed", "47.52"),
    ],
)
def test_paths_of_evidence_resolve(path: str, value: str) -> None:
    assert invariants.resolve(example.record().to_dict(), path) == value
