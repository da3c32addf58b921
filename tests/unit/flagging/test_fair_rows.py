"""What a row may say without being accused, beside what it may not."""

from __future__ import annotations

import pytest

from pipeline.core.flag import Severity
from tests.unit.flagging.sketch import Raw, raised


def severities(form: Raw, code: str) -> list[str]:
    return [f.severity.value for f in raised(form, code)]


def row(**cells: object) -> Raw:
    return {"indicators": [{"name": "事项", **cells}]}


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("6期 240人", "7期 251人", ["low"]),
        ("6期、240人", "7期、251人", ["low"]),
        ("85家、140家", "85家、138家", ["medium"]),
        ("6期 240人", "251人", ["medium"]),
        ("6期 240人", "达成指标", ["medium"]),
        ("6期", "7期", []),
    ],
)
def test_several_values_in_one_cell(
    target: str, actual: str, expected: list[str]
) -> None:
    form = row(target_text=target, actual_text=actual, status="unparseable")
    assert severities(form, "ambiguous_multi_value") == expected


@pytest.mark.parametrize(
    ("actual", "count"),
    [("150户全部通过验收", 0), ("3批均合格", 0), ("150户通过验收", 1)],
)
def test_all_of_them_answers_a_rate(actual: str, count: int) -> None:
    form = row(
        target_text="100%",
        actual_text=actual,
        target=["100%", "=", 100, "%"],
        actual=[actual[:-1], "=", 150, "户"],
    )
    assert len(raised(form, "outcome_unit_mismatch")) == count


@pytest.mark.parametrize(
    ("told", "numbers", "count"),
    [
        ("种植培训41人次，养殖培训19人次。", [41, 19], 0),
        ("种植培训41人次。养殖培训19人次。", [41, 19], 1),
        ("种植培训40人次，养殖培训19人次。", [40, 19], 1),
        ("种植培训30人次，养殖培训19人次、桑蚕培训41人次。", [30, 19, 41], 0),
    ],
)
def test_a_row_may_add_up_what_the_text_tells_in_parts(
    told: str, numbers: list[int], count: int
) -> None:
    form: Raw = {
        "goal_text": "养殖培训60人次。",
        "outcome_text": told,
        "targets": [["60人次", "=", 60, "人次"]],
        "outcomes": [[f"{n}人次", "=", n, "人次"] for n in numbers],
        "links": [{"target": 0, "outcomes": [1], "verdict": "shortfall"}],
        "indicators": [
            {
                **{"name": "养殖培训", "target_text": "60人次", "actual_text": "60人次"},
                **{"target": ["60人次", "=", 60, "人次"], "status": "met"},
                **{"actual": ["60人次", "=", 60, "人次"]},
                **{"targets": [0], "outcomes": [1]},
            }
        ],
    }  # fmt: skip
    assert len(raised(form, "narrative_table_conflict")) == count


@pytest.mark.parametrize(
    ("actual", "count"),
    [("0（因招标流标）", 0), ("尚未到结题期", 0), ("正在施工", 1), (None, 1)],
)
def test_a_reason_may_stand_beside_the_value(actual: str | None, count: int) -> None:
    form = row(target_text="3座", actual_text=actual, weight="10", score="8")
    assert len(raised(form, "score_below_without_reason")) == count


@pytest.mark.parametrize(
    ("score", "expected"), [("10", ["medium"]), ("12", []), ("8", [])]
)
def test_more_than_full_marks_are_another_fault(
    score: str, expected: list[str]
) -> None:
    form = row(
        target_text="健全",
        actual_text="部分达成指标",
        **{"status": "partial", "weight": "10", "score": score},
    )
    assert severities(form, "full_score_despite_shortfall") == expected


@pytest.mark.parametrize(("target", "count"), [("通过验收", 1), ("10月底前", 0)])
def test_bands_are_for_targets_without_numbers(target: str, count: int) -> None:
    cells = {"status": "shortfall", "weight": "10", "score": "8"}
    form = row(target_text=target, actual_text="未完成", **cells)
    assert len(raised(form, "grade_band_mismatch")) == count


def test_a_range_has_no_proportion() -> None:
    cells = {"target": ["≥3次", ">=", 3, "次"], "weight": "5", "score": "4"}
    form = row(
        target_text="≥3次",
        actual_text="2至4次",
        actual=["2至4次", "range", 2, "次", "", 4],
        status="shortfall",
        **cells,
    )
    assert not raised(form, "score_formula_mismatch")
    plain = form["indicators"][0] | {"actual": ["2", "=", 2, "次"]}
    assert raised({"indicators": [plain]}, "score_formula_mismatch")


@pytest.mark.parametrize(
    ("note", "whole", "value"),
    [
        ("指标值调整为380人，以调整后指标评价", False, True),
        ("指标名称修改为“出勤率”，指标值修改为95%", True, False),
        ("指标调整为线上参训人数", True, False),
    ],
)
def test_what_was_changed(note: str, whole: bool, value: bool) -> None:
    form = row(target_text="420人", deviation=note)
    assert bool(raised(form, "indicator_changed_posthoc")) is whole
    assert bool(raised(form, "indicator_value_changed_posthoc")) is value


def test_a_row_admits_once() -> None:
    form = row(actual_text="未开展调查", deviation="当年未组织满意度调查")
    (flag,) = raised(form, "evidence_absent_admitted")
    assert [e.field for e in flag.evidence] == [
        "indicators[0].actual_text",
        "indicators[0].deviation",
    ]
    assert "未开展调查；当年未组织满意度调查" in flag.message


@pytest.mark.parametrize(
    ("levels", "missing"),
    [
        (("项目完成指标", "效益指标", "满意度指标"), []),
        (("项目完成指标", "项目完成指标", "满意度指标"), ["效益"]),
        (("产出指标", "项目效果", "满意度指标"), []),
        (("效益指标", "效益指标", "满意度指标"), ["产出"]),
    ],
)
def test_levels_by_other_names(levels: tuple[str, ...], missing: list[str]) -> None:
    form: Raw = {"indicators": [{"name": "甲", "level1": level} for level in levels]}
    flags = raised(form, "indicator_missing_dimension")
    wanted = [f"未在一级指标中找到{kind}指标，请核对。" for kind in missing]
    assert [f.message for f in flags] == wanted


@pytest.mark.parametrize(
    ("rows", "severity"), [(3, Severity.LOW), (4, Severity.MEDIUM)]
)
def test_a_long_goal_does_not_fit_in_a_table(rows: int, severity: Severity) -> None:
    numbers = [["8座", "=", 8, "座"], ["6公里", "=", 6, "公里"]] * 2
    goal = "修桥8座、挖渠6公里、建房8座、铺路6公里。"
    form: Raw = {
        **{"goal_text": goal, "targets": numbers},
        "indicators": [{"name": f"宣传{i}", "target_text": "2次"} for i in range(rows)],
    }
    (flag,) = raised(form, "goal_indicator_uncovered")
    assert flag.severity is severity
    assert "修桥8座、挖渠6公里、建房8座等" in flag.message


@pytest.mark.parametrize(
    ("goal", "count"),
    [
        ("安排资金2400万元，其中县级2000万元、自筹400万元。", 0),
        ("项目总投资2400万元，2021年已完成投资1800万元。", 1),
        ("2021-2022年安排资金2400万元。", 1),
    ],
)
def test_two_thousand_is_no_year(goal: str, count: int) -> None:
    assert len(raised({"year": 2024, "goal_text": goal}, "phase_amount_mix")) == count


def test_a_cell_shared_by_the_rows_of_funds_is_judged_once() -> None:
    fund = {"full_budget": "32.4", "executed": "31.69", "weight": "10", "score": "8"}
    form: Raw = {"funds": [fund, fund | {"kind": "fiscal", "label": "财政拨款"}]}
    assert len(raised(form, "execution_score_mismatch")) == 1


@pytest.mark.parametrize(
    ("name", "count"), [("附加项", 0), ("附加值提高", 1), ("奖励分", 0)]
)
def test_points_on_top_have_no_upper_end(name: str, count: int) -> None:
    form = row(level1=name, weight="5", score="6")
    assert len(raised(form, "score_exceeds_weight")) == count


@pytest.mark.parametrize(
    ("notes", "others", "flagged"),
    [
        ([], [None], True),
        ([{"code": "label_unrecognised", "field": "indicators"}], [None], False),
        ([{"code": "label_unrecognised", "field": "indicators"}], ["6场"], True),
    ],
    ids=["no-column", "unread-column", "read-column"],
)
def test_full_marks_without_a_value_where_no_value_was_read(
    notes: list[Raw], others: list[str | None], flagged: bool
) -> None:
    rows = [
        {
            "name": "修路",
            "target_text": "8公里",
            "target": ["8公里", "=", 8, "公里"],
            "weight": "10",
            "score": "10",
        },
        *({"name": "培训", "target_text": "6场", "actual_text": o} for o in others),
    ]
    form = {"indicators": rows, "notes": notes}
    assert bool(severities(form, "full_score_without_actual")) is flagged


@pytest.mark.parametrize(("end", "count"), [(92, 0), (None, 1)])
def test_a_range_that_reaches_the_target_is_no_shortfall(
    end: int | None, count: int
) -> None:
    actual = ["85%-92%", "range", 85, "%", "", end] if end else ["85%", "=", 85, "%"]
    form = row(
        target_text="90%",
        target=["90%", "=", 90, "%"],
        actual_text=actual[0],
        actual=actual,
        **{"status": "shortfall", "weight": "10", "score": "10"},
    )
    assert len(raised(form, "full_score_despite_shortfall")) == count


def test_money_is_shown_with_its_unit() -> None:
    total = {"full_budget": "120.00", "executed": "42.00"}
    part = {"kind": "fiscal", "label": "财政拨款", "full_budget": "90.00"}
    form: Raw = {"funds": [total, part]}
    (low,) = raised(form, "execution_low")
    assert "全年执行数42.00，全年预算数120.00" in low.message
    (parts,) = raised(form, "funds_sum_mismatch")
    assert "总额120，分项为90（单位未注明）" in parts.message


def test_the_quote_of_an_admission_is_its_sentence() -> None:
    told = "乘客满意度测评86.4分。培训9期，培训记录未留存。更新车辆35辆。"
    (flag,) = raised({"outcome_text": told}, "evidence_absent_admitted")
    assert "“培训9期，培训记录未留存”" in flag.message
