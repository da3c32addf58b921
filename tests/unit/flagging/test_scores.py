from __future__ import annotations

import pytest

from pipeline.core.flag import Severity
from pipeline.core.provenance import CellRef, Provenance
from pipeline.flagging import raise_flags
from tests.unit.flagging.sketch import Raw, raised, view_of


def rows(*marks: tuple[str | None, str | None], **more: object) -> list[Raw]:
    return [
        {"name": f"事项{i}", "weight": w, "score": s, **more}
        for i, (w, s) in enumerate(marks)
    ]


def form(
    marks: list[tuple[str | None, str | None]],
    *,
    total: str | None = None,
    execution: tuple[str | None, str | None] | None = ("10", "10"),
    **more: object,
) -> Raw:
    funds = (
        [] if execution is None else [{"weight": execution[0], "score": execution[1]}]
    )
    return {"indicators": rows(*marks), "funds": funds, "total_score": total, **more}


@pytest.mark.parametrize(
    ("raw", "flagged"),
    [
        (form([("50.00", "48.00"), ("40.00", "36.00")], total="94"), False),
        (form([("50.00", "48.00"), ("40.00", "36.00")], total="94.1"), False),
        (form([("50.00", "48.00"), ("40.00", "36.00")], total="95"), True),
        (form([("50", "48"), ("40", None)], total="70"), False),
        (form([("50", "48.3"), ("40", "36.2")], total="95"), False),
        (form([("50", "48.3"), ("40", "36.2")], total="94.00"), True),
        (form([("60", "58"), ("40", "36")], total="94"), False),
        (form([("50", "48"), ("40", "36")], total="93", execution=None), False),
        (form([("50", "48"), ("40", "36")], total="99", execution=None), True),
        (form([("50", "48"), ("40", "36")], total="93", execution=("10", None)), False),
        (form([("40", "36"), ("40", "40")], total="95.56"), False),
        (form([("50", "48"), ("40", "36")], total=None), False),
        (form([], total="90"), False),
    ],
    ids=[
        "相符",
        "容差",
        "不符",
        "缺一项",
        "取整",
        "不能取整",
        "不含执行率",
        "执行率未列",
        "执行率填不满",
        "执行率缺分",
        "剔除后折算",
        "无总分",
        "无指标",
    ],
)
def test_total(raw: Raw, flagged: bool) -> None:
    assert bool(raised(raw, "score_total_mismatch")) is flagged


def test_total_message_shows_the_inputs() -> None:
    (flag,) = raised(form([("90", "84.5")], total="99"), "score_total_mismatch")
    assert "84.5" in flag.message and "94.5" in flag.message and "99" in flag.message
    assert flag.evidence[0].field == "total_score"


@pytest.mark.parametrize(
    ("raw", "flagged"),
    [
        (form([("50", None), ("40", None)]), False),
        (form([("50", None), ("30", None)]), True),
        (form([("50", None), ("30", None)], execution=None), False),
        (form([("50", None), ("35", None)], execution=None), True),
        (form([("60", None), ("40", None)]), False),
        (form([("60", None), ("40", None)], execution=None), False),
        (form([("50", None), ("40", None)], execution=None), False),
        (form([("50", None), (None, None)]), False),
        (form([("0.6", None), ("0.4", None)], execution=None), False),
        (form([("60", None), ("60", None)], execution=None, total_weight="120"), False),
        (form([("50", None), ("39", None)], total_weight="100"), True),
        (form([("50%", None), ("40%", None)]), False),
    ],
)
def test_weights(raw: Raw, flagged: bool) -> None:
    assert bool(raised(raw, "weight_total_mismatch")) is flagged


@pytest.mark.parametrize(
    ("level", "flagged"),
    [
        ("产出指标（50分）", False),
        ("产出指标（60分）", False),
        ("产出指标(45分)", True),
        ("产出指标（一）", False),
    ],
)
def test_declared_weights(level: str, flagged: bool) -> None:
    raw = form([("30", None), ("20", None)])
    for row in raw["indicators"]:
        row["level1"] = level
    found = [f for f in raised(raw, "weight_total_mismatch") if "注明" in f.message]
    assert bool(found) is flagged


def test_a_level_that_heads_two_blocks() -> None:
    marks = [("30", None), ("30", None), ("30", None)]
    raw = form(marks)
    for row, level in zip(
        raw["indicators"], ("效益（30分）", "产出（30分）", "效益（30分）"), strict=True
    ):
        row["level1"] = level
    assert not raised(raw, "weight_total_mismatch")


def test_a_merged_weight_cell_counts_once() -> None:
    raw = form([("45", None), ("45", None), ("45", None)])
    cells = {
        f"indicators[{i}].weight": Provenance(1, cell=CellRef(0, max(i, 1), 5))
        for i in range(3)
    }
    codes = {f.code for f in raise_flags(view_of(raw, provenance=cells))}
    assert "weight_total_mismatch" not in codes
    assert raised(raw, "weight_total_mismatch")


@pytest.mark.parametrize(
    ("total", "rating", "flagged"),
    [
        ("95", "优", False),
        ("95", "优秀", False),
        ("95", "良", True),
        ("90", "优", False),
        ("89.6", "优", False),
        ("89.6", "良", False),
        ("89.4", "优", True),
        ("80.00", "良 好", False),
        ("59.9", "差", False),
        ("85", "合格", False),
        ("95", "A", False),
        ("95", "优□良□中□差□", False),
        (None, "优", False),
        ("950", "优", False),
    ],
)
def test_rating(total: str | None, rating: str, flagged: bool) -> None:
    raw = {"total_score": total, "rating": rating}
    assert bool(raised(raw, "rating_mismatch")) is flagged


def test_rating_out_of_another_scale_is_not_judged() -> None:
    raw = {"total_score": "55", "rating": "优", "total_weight": "60"}
    assert not raised(raw, "rating_mismatch")


def test_swapped_columns_are_not_an_accusation() -> None:
    flags = raised(
        {"indicators": rows(("8", "10"), ("7", "10"), ("10", "10"))},
        "score_exceeds_weight",
    )
    assert [f.severity for f in flags] == [Severity.MEDIUM] * 2
    (flag,) = raised(
        {"indicators": rows(("8", "10"), ("10", "7"))}, "score_exceeds_weight"
    )
    assert flag.severity is Severity.HIGH


def test_execution_score_above_its_weight() -> None:
    raw = {"funds": [{"weight": "10.00", "score": "10.50"}]}
    (flag,) = raised(raw, "score_exceeds_weight")
    assert [e.field for e in flag.evidence] == ["funds[0].weight", "funds[0].score"]


@pytest.mark.parametrize("reason", [None, "", "无", "0", "/", "—", "无偏差", " - "])
def test_points_off_without_reason(reason: str | None) -> None:
    row = {"name": "培训", "weight": "10", "score": "9", "deviation": reason}
    assert raised({"indicators": [row]}, "score_below_without_reason")


def test_points_off_once_per_form_where_no_row_has_a_reason() -> None:
    marks = rows(("10", "9"), ("10", "8"), ("10", "10"))
    (flag,) = raised({"indicators": marks}, "score_below_without_reason")
    assert "2行" in flag.message
    marks[2] = {**marks[2], "deviation": "提前完工"}
    assert len(raised({"indicators": marks}, "score_below_without_reason")) == 2


def measured(
    target: list[object],
    actual: list[object],
    status: str,
    marks: tuple[str, str],
    **more: object,
) -> Raw:
    row = {
        **{"name": "事项", "target_text": target[0], "actual_text": actual[0]},
        **{"target": target, "actual": actual, "status": status},
        **{"weight": marks[0], "score": marks[1]},
    }
    return {"indicators": [row | more]}


@pytest.mark.parametrize(
    ("raw", "flagged"),
    [
        (
            measured(
                ["12场", "=", 12, "场"],
                ["10场", "=", 10, "场"],
                "shortfall",
                ("5", "4"),
            ),
            False,
        ),
        (
            measured(
                ["12场", "=", 12, "场"],
                ["10场", "=", 10, "场"],
                "shortfall",
                ("5", "2"),
            ),
            True,
        ),
        # 1.25 of a cap: mirrored 7.5, quotient 8
        (
            measured(
                ["≤40天", "<=", 40, "天"],
                ["50天", "=", 50, "天"],
                "shortfall",
                ("10", "8"),
            ),
            False,
        ),
        (
            measured(
                ["≤40天", "<=", 40, "天"],
                ["50天", "=", 50, "天"],
                "shortfall",
                ("10", "7.5"),
            ),
            False,
        ),
        (
            measured(
                ["≤40天", "<=", 40, "天"],
                ["50天", "=", 50, "天"],
                "shortfall",
                ("10", "9.5"),
            ),
            True,
        ),
        (
            measured(
                ["90%", "=", 90, "%"],
                ["80%", "=", 80, "%"],
                "shortfall",
                ("10", "5"),
                name="满意度",
            ),
            False,
        ),
        (
            measured(
                ["12场", "=", 12, "场"], ["12场", "=", 12, "场"], "met", ("5", "3")
            ),
            True,
        ),
        (
            measured(
                ["12场", "=", 12, "场"], ["30场", "=", 30, "场"], "exceeded", ("5", "4")
            ),
            False,
        ),
        (
            measured(
                ["12场", "=", 12, "场"],
                ["10%", "=", 10, "%"],
                "unparseable",
                ("5", "2"),
            ),
            False,
        ),
    ],
)
def test_formula(raw: Raw, flagged: bool) -> None:
    assert bool(raised(raw, "score_formula_mismatch")) is flagged


@pytest.mark.parametrize(
    ("actual", "status", "marks", "severity"),
    [
        ("部分达成指标并具有一定效果", "partial", ("10", "7"), None),
        ("部分达成指标并具有一定效果", "partial", ("10", "8"), Severity.INFO),
        ("部分达成指标并具有一定效果", "partial", ("10", "9"), Severity.MEDIUM),
        ("达成指标", "status_only", ("10", "10"), None),
        ("达成指标", "status_only", ("10", "8"), None),
        ("达成指标", "status_only", ("10", "7"), Severity.MEDIUM),
        ("未达成指标且效果较差", "shortfall", ("10", "6"), Severity.INFO),
        ("未达成指标且效果较差", "shortfall", ("10", "5"), None),
        ("良好", "status_only", ("10", "5"), None),
    ],
)
def test_bands(
    actual: str, status: str, marks: tuple[str, str], severity: Severity | None
) -> None:
    row = {
        "name": "机制",
        "target_text": "健全",
        "actual_text": actual,
        "status": status,
    }
    raw = {"indicators": [{**row, "weight": marks[0], "score": marks[1]}]}
    flags = raised(raw, "grade_band_mismatch")
    assert [f.severity for f in flags] == ([severity] if severity else [])


def test_bands_follow_the_profile() -> None:
    row = {
        **{"name": "机制", "target_text": "健全", "status": "partial"},
        **{"actual_text": "部分达成指标", "weight": "10", "score": "5.5"},
    }
    for profile, expected in (("mof2020", True), ("mof2018", False)):
        flags = raise_flags(view_of({"indicators": [row]}, profile=profile))
        assert ("grade_band_mismatch" in {f.code for f in flags}) is expected


@pytest.mark.parametrize(
    ("weights", "severity"),
    [
        (["20"], Severity.LOW),
        (["20", "30"], Severity.LOW),
        (["50", "15"], Severity.HIGH),
        (["50", "30", "5"], Severity.HIGH),
        (["50", "60", "10"], Severity.HIGH),
    ],
)
def test_a_part_of_a_table_weighs_less(weights: list[str], severity: Severity) -> None:
    rows = [{"name": f"指标{i}甲", "weight": w} for i, w in enumerate(weights)]
    (flag,) = raised({"indicators": rows}, "weight_total_mismatch")
    assert flag.severity is severity


@pytest.mark.parametrize(
    ("marks", "severity"),
    [
        ([("40", "40"), ("50", None)], Severity.MEDIUM),
        ([("40", "40"), (None, "50")], Severity.MEDIUM),
        ([("40", None), (None, "50")], Severity.MEDIUM),
        ([(None, "40"), (None, "50")], Severity.LOW),
        # Forms that give weights to groups only: one score stands for several rows.
        ([(None, "40"), (None, None), (None, "10")], Severity.LOW),
        ([("40", None), (None, None)], Severity.LOW),
    ],
)
def test_a_column_that_is_empty_throughout_is_hardly_a_gap(
    marks: list[tuple[str | None, str | None]], severity: Severity
) -> None:
    flags = raise_flags(view_of(form(marks)))
    assert [f.severity for f in flags if f.code == "score_missing"] == [severity]


@pytest.mark.parametrize("kind", ["selfeval_report", "third_party_report"])
def test_a_report_may_give_scores_without_weights(kind: str) -> None:
    told = form([(None, "40"), (None, "50")], document_type=kind)
    assert not raised(told, "score_missing")
    assert raised(told | {"document_type": "project_selfeval"}, "score_missing")
    partly = form([("40", "40"), (None, "50")], document_type=kind)
    assert raised(partly, "score_missing")


def test_a_plan_has_no_scores_yet() -> None:
    plan = form([("40", None), ("60", None)], document_type="goal_declaration")
    assert not raised(plan, "score_missing")
    assert raised(plan | {"document_type": "project_selfeval"}, "score_missing")


def test_a_row_that_lost_cells_lacks_no_score() -> None:
    rows = [
        {"name": "修渠", "weight": "20", "score": "20"},
        {"name": "修桥", "score": "1"},
    ]
    assert raised({"indicators": rows}, "score_missing")
    notes = [{"code": "cells_lost", "field": "indicators[1]"}]
    assert not raised({"indicators": rows, "notes": notes}, "score_missing")


@pytest.mark.parametrize(
    ("confidence", "score", "severity"),
    [
        (0.96, "0.6", Severity.LOW),
        (0.96, "60", Severity.LOW),
        (None, "0.6", Severity.HIGH),
        (0.96, "0.9", Severity.HIGH),
    ],
)
def test_a_point_that_recognition_moved_is_no_wrong_total(
    confidence: float | None, score: str, severity: Severity
) -> None:
    raw = form([("6", score), ("84", "80")], total="96")
    place = {"indicators[0].score": Provenance(1, ocr_confidence=confidence)}
    (flag,) = (
        f
        for f in raise_flags(view_of(raw, provenance=place))
        if f.code == "score_total_mismatch"
    )
    assert flag.severity is severity
