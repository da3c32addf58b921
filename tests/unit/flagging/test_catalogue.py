from __future__ import annotations

import re
import string

import pytest

from pipeline.flagging import load_catalogue, raise_flags
from pipeline.flagging.catalogue import GROUPS, cue
from pipeline.flagging.registry import checks, flag
from pipeline.flagging.view import FormView, field_text
from pipeline.resources import load_toml
from tests.unit.flagging.sketch import view_of

RAW = load_toml("flags.toml")
CODES = list(RAW["flags"])
# Raised from the notes of the form, not by a rule of their own.
NOTED = {
    *("goal_duplicated_cell", "low_ocr_confidence", "table_misaligned", "cells_lost"),
    *("glued_numbers_suspected", "number_repaired", "label_unrecognised"),
    *("multiple_forms_in_file", "page_missing", "reading_doubt", "beyond_limits"),
    *("columns_inferred", "text_overruns"),
}
ISSUE = [
    "goal_missing",
    "goal_vague",
    "goal_unquantified",
    "goal_truncated",
    "goal_without_outcome",
    "outcome_status_only",
    "outcome_copies_goal",
    "target_not_met",
    "target_overshoot_unexplained",
    "status_contradicts_values",
    "score_total_mismatch",
    "score_exceeds_weight",
    "weight_total_mismatch",
    "rating_mismatch",
    "score_below_without_reason",
    "execution_rate_mismatch",
    "funds_sum_mismatch",
    "indicator_changed_posthoc",
    "evidence_absent_admitted",
]


def codes(view: FormView) -> set[str]:
    return {f.code for f in raise_flags(view)}


@pytest.mark.parametrize("code", CODES)
def test_example_is_flagged(code: str) -> None:
    assert code in codes(view_of(RAW["flags"][code]["example"]))


@pytest.mark.parametrize("code", CODES)
def test_counterexample_is_not_flagged(code: str) -> None:
    assert code not in codes(view_of(RAW["flags"][code]["counterexample"]))


@pytest.mark.parametrize("code", CODES)
def test_evidence_slices_back_to_its_field(code: str) -> None:
    view = view_of(RAW["flags"][code]["example"])
    for raised in raise_flags(view):
        assert raised.evidence
        for place in raised.evidence:
            if place.quote is None:
                assert place.start is None and place.end is None
            else:
                text = field_text(view, place.field)
                assert text is not None
                assert text[place.start : place.end] == place.quote


def test_every_rule_is_in_the_catalogue_and_the_reverse() -> None:
    assert set(checks()) | NOTED == set(load_catalogue())
    assert set(ISSUE) <= set(load_catalogue())


def test_a_code_has_one_rule() -> None:
    with pytest.raises(ValueError, match="goal_missing"):
        flag("goal_missing")(lambda view: ())


@pytest.mark.parametrize("code", CODES)
def test_entry_is_complete(code: str) -> None:
    entry = load_catalogue()[code]
    assert entry.group in GROUPS
    assert 0 < entry.confidence <= 1
    assert entry.name and entry.checks_zh and entry.checks_en and entry.basis
    for message in entry.messages.values():
        assert list(string.Formatter().parse(message))
        # 未完成 would be an accusation; absence is worded as not found.
        assert "未完成" not in message
        # No article numbers of texts that were not checked.
        assert not re.search(r"第.{1,4}条", entry.basis)


def test_groups_stand_together_in_the_file() -> None:
    groups = [entry.group for entry in load_catalogue().values()]
    assert groups == sorted(groups)


CUES = [
    (name, text, kind == "example")
    for name, raw in RAW["cues"].items()
    for kind in ("example", "counterexample")
    for text in raw.get(kind, ())
]


@pytest.mark.parametrize(("name", "text", "expected"), CUES)
def test_cue(name: str, text: str, expected: bool) -> None:
    pattern = cue(name)
    full = RAW["cues"][name].get("full", False)
    found = pattern.fullmatch(text) if full else pattern.search(text)
    assert (found is not None) is expected


@pytest.mark.parametrize("name", RAW["cues"])
def test_cue_has_both_sides(name: str) -> None:
    raw = RAW["cues"][name]
    assert raw["patterns"] and raw["example"]
    assert raw.get("counterexample"), name


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("status_partial", "部分達成指標", (0, 4)),
        ("status_met", "已完成", (0, 3)),
        ("survey", "問卷３００份", (0, 2)),
        ("counted", "共３００ 份", (1, 6)),
    ],
)
def test_cue_ignores_width_and_script(
    name: str, text: str, place: tuple[int, int]
) -> None:
    found = cue(name).search(text)
    assert found is not None
    assert found.span() == place
