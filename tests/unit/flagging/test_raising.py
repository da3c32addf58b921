from __future__ import annotations

import random
from dataclasses import replace

import pytest

from pipeline.core.flag import Severity
from pipeline.core.provenance import BBox, Provenance
from pipeline.flagging import load_catalogue, raise_flags
from pipeline.flagging.registry import checks
from tests.unit.flagging.sketch import Raw, view_of

WRONG = {
    "total_score": "98",
    "rating": "良",
    "funds": [{"weight": "10", "score": "10"}],
    "indicators": [
        {"name": "甲", "weight": "90", "score": "80", "deviation": "雨季停工两周"}
    ],
}


@pytest.mark.parametrize(
    ("note", "lowered"),
    [
        ({"code": "number_repaired", "field": "total_score"}, True),
        ({"code": "number_repaired", "field": "indicators[0].score"}, True),
        ({"code": "glued_numbers_suspected", "field": "indicators[0]"}, True),
        ({"code": "low_ocr_confidence", "field": ""}, True),
        ({"code": "number_repaired", "field": "goal_text"}, False),
        ({"code": "number_repaired", "field": "indicators[0].name"}, False),
        ({"code": "table_misaligned", "field": "indicators[0]"}, False),
    ],
)
def test_repaired_input_is_never_high(note: Raw, lowered: bool) -> None:
    (flag,) = [
        f
        for f in raise_flags(view_of({**WRONG, "notes": [note]}))
        if f.code == "score_total_mismatch"
    ]
    assert flag.severity is (Severity.MEDIUM if lowered else Severity.HIGH)
    assert flag.confidence == (0.57 if lowered else 0.95)


def test_badly_recognised_input_is_never_high() -> None:
    places = {"total_score": Provenance(2, BBox(1, 2, 3, 4), ocr_confidence=0.6)}
    flags = raise_flags(view_of(WRONG, provenance=places))
    by_code = {f.code: f for f in flags}
    assert by_code["score_total_mismatch"].severity is Severity.MEDIUM
    first = by_code["score_total_mismatch"].evidence[0]
    assert (first.page, first.bbox) == (2, BBox(1, 2, 3, 4))


def test_a_field_with_other_readings_is_never_high() -> None:
    places = {"total_score": Provenance(1, alternatives=("93",))}
    resting = {
        f.code: f.severity
        for f in raise_flags(view_of(WRONG, provenance=places))
        if any(e.field == "total_score" for e in f.evidence)
    }
    assert "score_total_mismatch" in resting
    assert Severity.HIGH not in resting.values()


def test_evidence_in_an_empty_text_has_no_place() -> None:
    (flag,) = [
        f for f in raise_flags(view_of({"goal_text": ""})) if f.code == "goal_missing"
    ]
    assert (flag.evidence[0].start, flag.evidence[0].quote) == (None, None)


def test_order_is_that_of_the_catalogue_then_of_place() -> None:
    rows = [{"name": f"事项{i}", "weight": "10", "score": "12"} for i in range(12)]
    form = {
        **WRONG,
        "indicators": [*rows, {"name": "乙", "weight": "10", "score": "1"}],
    }
    flags = raise_flags(view_of(form))
    orders = [load_catalogue()[f.code].order for f in flags]
    assert orders == sorted(orders)
    places = [f.evidence[0].field for f in flags if f.code == "score_exceeds_weight"]
    assert places == [f"indicators[{i}].weight" for i in range(12)]


def test_same_flags_whatever_the_order_of_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = view_of(WRONG)
    expected = raise_flags(view)
    shuffled = list(checks().items())
    random.Random(7).shuffle(shuffled)
    monkeypatch.setattr("pipeline.flagging.raising.checks", lambda: dict(shuffled))
    assert raise_flags(view) == expected


def test_an_unknown_note_is_kept_as_a_doubt(caplog: pytest.LogCaptureFixture) -> None:
    note = {"code": "new_code", "field": "pages[3]", "detail": "页脚"}
    flags = raise_flags(view_of({**WRONG, "notes": [note]}))
    assert [f.message for f in flags if f.code == "reading_doubt"] == [
        "pages[3]识读存疑：页脚"
    ]
    assert "new_code" in caplog.text


def test_a_good_form_has_no_flag_but_the_missing_goal() -> None:
    good = {
        **WRONG,
        "total_score": "90",
        "rating": "优",
        "goal_text": "2023年清淤沟渠9公里。",
        "targets": [["9公里", "=", 9, "公里"]],
        "indicators": [{**WRONG["indicators"][0], "target_text": "9公里"}],
    }
    view = view_of(good)
    assert raise_flags(view) == ()
    bare = replace(view, form=replace(view.form, goal_text=None), targets=())
    assert [f.code for f in raise_flags(bare)] == ["goal_missing"]
