"""Rows and texts that look like a fault and are none, beside those that are one."""

from __future__ import annotations

from dataclasses import replace

import pytest

import pipeline
from pipeline.core.flag import Severity
from pipeline.flagging import raise_flags
from tests.unit.flagging.sketch import raised, view_of


def row(name: str, target: str, actual: str, **more: object) -> dict[str, object]:
    levels = {"level1": "产出指标", "level2": "数量指标"}
    cells = {"name": name, "target_text": target, "actual_text": actual}
    return {**levels, **cells, "weight": "100", "score": "100", **more}


def said(*rows: dict[str, object], **texts: object) -> set[str]:
    """Codes of weight medium and high."""
    record = pipeline.analyze(
        goal_text="巡河300次。", outcome_text="巡河312次。", indicators=rows, **texts
    )
    heavy = (Severity.HIGH, Severity.MEDIUM)
    return {f.code for f in record.flags if f.severity in heavy}


COST = {"level1": "成本指标", "level2": "经济成本指标"}


@pytest.mark.parametrize(
    "clean",
    [
        row("补助标准", "300元/人·月", "280元/人·月", **COST),
        row("应急到场时间", "20分钟", "18分钟", level2="时效指标"),
        row("药品送达时间", "2小时", "1.5小时", level2="时效指标"),
        row("安全事故", "0起", "未发生", level1="效益指标"),
        row("有效投诉", "0件", "全年未接到有效投诉", level1="效益指标"),
        row("清漂", "60吨", "66吨", deviation="已完成，不存在未完成情况"),
    ],
    ids=lambda r: str(r["name"]),
)
def test_clean(clean: dict[str, object]) -> None:
    assert said(clean) == set()


@pytest.mark.parametrize(
    ("faulty", "code"),
    [
        (
            row("补助标准", "300元/人·月", "330元/人·月", **COST),
            "target_not_met",
        ),
        (row("药品送达时间", "2小时", "3小时", level2="时效指标"), "target_not_met"),
        (row("安全事故", "0起", "达成指标"), "outcome_status_only"),
        (row("清漂", "60吨", "未统计"), "evidence_absent_admitted"),
        (
            row("清漂", "60吨", "66吨", deviation="因汛期推迟未完成"),
            "reason_contradicts",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value["name"]),
)
def test_faulty(faulty: dict[str, object], code: str) -> None:
    assert code in said(faulty)


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("上年未开展满意度调查，本年已补做。", 0),
        ("去年此项未统计，今年统计为36人。", 0),
        ("未开展满意度调查，上年亦同。", 1),
        ("较上年增加2次，未开展满意度调查。", 1),
        ("本年未开展满意度调查。", 1),
    ],
)
def test_what_was_missing_last_year_is_no_fault_of_this(told: str, count: int) -> None:
    found = raised({"outcome_text": told}, "evidence_absent_admitted")
    assert len(found) == count


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("全年不发生卷宗档案损毁事件。", 0),
        ("未发生资料丢失。", 0),
        ("没有出现数据缺失。", 0),
        ("实现零数据丢失。", 0),
        ("汛期档案损毁12卷，尚未修复。", 1),
        ("零件台账缺失。", 1),
    ],
)
def test_what_did_not_get_lost_is_no_admission(told: str, count: int) -> None:
    found = raised({"outcome_text": told}, "evidence_absent_admitted")
    assert len(found) == count


@pytest.mark.parametrize("spent", ["0.00", "12.00"])
def test_no_execution_score_is_due_on_a_budget_of_nought(spent: str) -> None:
    fund = {"initial_budget": "50.00", "full_budget": "0.00", "executed": spent}
    form = {"funds": [{**fund, "weight": "10", "score": "10"}]}
    assert not raised(form, "execution_score_mismatch")


LINK = {
    "goal_text": "培训教师500人次。",
    "outcome_text": "暑期培训教师312人次。",
    "targets": [["500人次", "=", 500, "人次"]],
    "outcomes": [["312人次", "=", 312, "人次"]],
    "links": [{"target": 0, "outcomes": [0], "verdict": "shortfall"}],
}


@pytest.mark.parametrize(
    ("actual", "value", "status", "severity", "unexplained"),
    [
        ("523人次", 523, "exceeded", Severity.MEDIUM, 0),
        ("500人次", 500, "met", Severity.MEDIUM, 0),
        ("312人次", 312, "shortfall", Severity.HIGH, 1),
        ("已完成", None, "status_only", Severity.HIGH, 1),
    ],
)
def test_a_row_that_reaches_the_target_speaks_against_the_link(
    actual: str, value: int | None, status: str, severity: Severity, unexplained: int
) -> None:
    cells: dict[str, object] = {
        **{"name": "培训教师", "target_text": "500人次", "actual_text": actual},
        **{"target": ["500人次", "=", 500, "人次"], "status": status, "targets": [0]},
    }
    if value is not None:
        cells["actual"] = [actual, "=", value, "人次"]
    form = {**LINK, "indicators": [cells]}
    (flag,) = raised(form, "target_not_met")
    assert flag.severity is severity
    assert len(raised(form, "target_not_met_unexplained")) == unexplained


@pytest.mark.parametrize(
    ("weight", "flagged"),
    [("95", False), ("90", False), ("80", False), ("93", True)],
)
def test_the_weight_of_execution_may_stand_elsewhere(
    weight: str, flagged: bool
) -> None:
    form = {"indicators": [{"name": "巡河次数", "weight": weight}]}
    assert bool(raised(form, "weight_total_mismatch")) is flagged


@pytest.mark.parametrize(
    ("level", "weight", "flagged"),
    [("加分项", "2", False), ("效益指标", "2", True), ("扣分项", "0", False)],
)
def test_bonus_rows_come_on_top_of_the_weights(
    level: str, weight: str, flagged: bool
) -> None:
    rows = [
        {"name": "巡河次数", "level1": "产出指标", "weight": "90"},
        {"name": "表彰", "level1": level, "weight": weight},
    ]
    form = {"indicators": rows, "funds": [{"weight": "10"}]}
    assert bool(raised(form, "weight_total_mismatch")) is flagged


@pytest.mark.parametrize(
    ("note", "count"),
    [
        ("改进措施：下年度将指标值调整为320次", 0),
        ("建议明年把指标值修改为320次", 0),
        ("后续拟将该指标值调整为320次", 0),
        ("汛期停航，指标值调整为280次", 1),
        ("下年度加强管理；本年指标值已调整为280次", 1),
    ],
)
def test_a_change_meant_for_later_is_no_change(note: str, count: int) -> None:
    rows = [row("巡河次数", "300次", "312次", deviation=note)]
    record = pipeline.analyze(
        goal_text="巡河。", outcome_text="已巡。", indicators=rows
    )
    changed = [f for f in record.flags if f.code == "indicator_value_changed_posthoc"]
    assert len(changed) == count


@pytest.mark.parametrize(
    ("told", "severity"),
    [
        ("推广新品种12个、新技术10项。", Severity.MEDIUM),
        ("推广新技术10项。另有新品种12个。", Severity.HIGH),
        ("推广新品种3个、新技术10项。", Severity.HIGH),
        ("推广新技术10项，走访农户12个。", Severity.HIGH),
    ],
)
def test_a_part_of_a_list_may_be_the_rest(told: str, severity: Severity) -> None:
    goal = "推广新品种新技术20项。"
    numbers = [["12个", "=", 12, "个"], ["3个", "=", 3, "个"], ["10项", "=", 10, "项"]]
    found = sorted((n for n in numbers if n[0] in told), key=lambda n: told.index(n[0]))
    at = [n[0] for n in found].index("10项")
    form = {
        "goal_text": goal,
        "outcome_text": told,
        "targets": [["20项", "=", 20, "项"]],
        "outcomes": found,
        "links": [{"target": 0, "outcomes": [at], "verdict": "shortfall"}],
    }
    (flag,) = raised(form, "target_not_met")
    assert flag.severity is severity


@pytest.mark.parametrize(
    ("actual", "value", "status", "count"),
    [("5公里", 5, "met", 0), ("26公里", 26, "exceeded", 1), ("已完成", None, "met", 1)],
)
def test_a_row_that_knows_of_no_excess_speaks_against_the_link(
    actual: str, value: int | None, status: str, count: int
) -> None:
    cells: dict[str, object] = {
        **{"name": "管网长度", "target_text": "5公里", "actual_text": actual},
        **{"target": ["5公里", "=", 5, "公里"], "status": status, "targets": [0]},
    }
    if value is not None:
        cells["actual"] = [actual, "=", value, "公里"]
    form = {
        "goal_text": "完成管网5公里。",
        "outcome_text": "累计完成管网26公里。",
        "targets": [["5公里", "=", 5, "公里"]],
        "outcomes": [["26公里", "=", 26, "公里"]],
        "links": [{"target": 0, "outcomes": [0], "verdict": "exceeded"}],
        "indicators": [cells],
    }
    for code in ("target_overshoot_unexplained", "target_set_too_low"):
        assert len(raised(form, code)) == count


@pytest.mark.parametrize(
    ("unanswered", "row", "severity"),
    [
        (0, None, Severity.HIGH),
        (1, None, Severity.HIGH),
        (2, None, Severity.MEDIUM),
        (2, "312人次", Severity.HIGH),
    ],
)
def test_text_alone_weighs_less_where_much_is_unanswered(
    unanswered: int, row: str | None, severity: Severity
) -> None:
    goal = "培训教师500人次，慰问教师9人，建设操场8座。"
    targets = [["500人次", "=", 500, "人次"], ["9人", "=", 9, "人"]]
    cells: dict[str, object] = {
        **{"name": "培训教师", "target_text": "500人次", "actual_text": row},
        **{"target": targets[0], "targets": [0], "status": "shortfall"},
        "actual": [row, "=", 312, "人次"],
    }
    form = {
        **LINK,
        "goal_text": goal,
        "targets": [*targets, ["8座", "=", 8, "座"]],
        "indicators": [cells] if row else [],
    }
    view = view_of(form)
    open_ = tuple(range(1, 1 + unanswered))
    flags = raise_flags(replace(view, unmatched_targets=open_))
    (flag,) = (f for f in flags if f.code == "target_not_met")
    assert flag.severity is severity
