from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.core.flag import Severity
from tests.unit.flagging.sketch import raised


@pytest.mark.parametrize(
    ("note", "severity"),
    [
        ("三级指标名称修改为“工单办结率”，以修改后指标进行评价", Severity.HIGH),
        ("指标调整为线上参训人数", Severity.HIGH),
        ("该项指标已取消", Severity.HIGH),
        ("经区财政局同意，指标调整为线上参训人数", Severity.MEDIUM),
        ("指标值调整为80%", None),
        ("建议下年度将指标值调整为80%", None),
        ("预算调整为35万元", None),
        ("完成年度指标", None),
        (None, None),
    ],
)
def test_changed_afterwards(note: str | None, severity: Severity | None) -> None:
    form = {"indicators": [{"name": "事项", "target_text": "5次", "deviation": note}]}
    flags = raised(form, "indicator_changed_posthoc")
    assert [f.severity for f in flags] == ([severity] if severity else [])


def test_an_amendment_found_by_the_reader_counts() -> None:
    row = {
        **{"name": "事项", "target_text": "5次", "deviation": "现以参会率95%考核"},
        "amended": {"name": "参会率", "target_text": "95%"},
    }
    assert raised({"indicators": [row]}, "indicator_changed_posthoc")
    # One flag carries both changes.
    assert not raised({"indicators": [row]}, "indicator_value_changed_posthoc")


@pytest.mark.parametrize(
    ("note", "severity"),
    [
        ("指标值调整为80%", Severity.HIGH),
        ("经区财政局同意，指标值调整为80%", Severity.MEDIUM),
        ("指标名称修改为“参会率”，指标值修改为“95%”", None),
        ("建议下年度将指标值调整为80%", None),
    ],
)
def test_only_the_value_changed(note: str, severity: Severity | None) -> None:
    form = {"indicators": [{"name": "事项", "target_text": "5次", "deviation": note}]}
    flags = raised(form, "indicator_value_changed_posthoc")
    assert [f.severity for f in flags] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("note", "flagged"),
    [
        ("调研问卷未留存纸质件", True),
        ("本年未开展服务对象满意度调查", True),
        ("无法提供签到资料", True),
        ("覆盖人数未统计", True),
        ("问卷已全部留存", False),
        ("不存在未留存资料的情形", False),
        ("未发现资料缺失问题", False),
        ("未收集到负面意见", False),
        ("场地紧张", False),
    ],
)
def test_no_evidence_admitted(note: str, flagged: bool) -> None:
    form = {"indicators": [{"name": "事项", "deviation": note}]}
    flags = raised(form, "evidence_absent_admitted")
    assert bool(flags) is flagged
    for flag in flags:
        place = flag.evidence[0]
        assert place.field == "indicators[0].deviation"
        assert note[place.start : place.end] == place.quote


def test_an_empty_target_column_is_one_doubt() -> None:
    rows = [{"name": f"事项{i}", "weight": "10"} for i in range(6)]
    (flag,) = raised({"indicators": rows}, "indicator_target_missing")
    assert flag.severity is Severity.MEDIUM
    rows[0] = {**rows[0], "target_text": "3次"}
    flags = raised({"indicators": rows}, "indicator_target_missing")
    assert [f.severity for f in flags] == [Severity.HIGH] * 5


@pytest.mark.parametrize("text", ["提升、改善", "良好，有所提高", "可持续发展"])
def test_vague_target(text: str) -> None:
    form = {"indicators": [{"name": "影响", "target_text": text}]}
    assert raised(form, "indicator_target_vague")


@pytest.mark.parametrize("text", ["验收合格，效果良好", "较上年提升", "建成并投用"])
def test_checkable_target(text: str) -> None:
    form = {"indicators": [{"name": "影响", "target_text": text}]}
    assert not raised(form, "indicator_target_vague")


def test_what_a_dump_lost_is_not_missing() -> None:
    rows = [
        {"name": "补种树苗", "weight": "10"},
        {"name": "浇水次数", "target_text": "9次"},
    ]
    lost = {
        "indicators": rows,
        "notes": [{"code": "cells_lost", "field": "indicators[0]"}],
    }
    assert raised({"indicators": rows}, "indicator_target_missing")
    assert not raised(lost, "indicator_target_missing")


def test_no_sum_of_a_table_of_which_cells_are_unread() -> None:
    rows = [
        {"name": n, "weight": "25", "score": "25"} for n in ("树苗", "草籽", "围栏")
    ]
    form = {"indicators": rows, "total_score": "60"}
    part = {**form, "notes": [{"code": "reading_doubt", "field": "indicators"}]}
    for code in ("weight_total_mismatch", "score_total_mismatch"):
        assert raised(form, code)
        assert not raised(part, code)


@pytest.mark.parametrize(
    ("moved", "severity"), [(True, Severity.MEDIUM), (False, Severity.HIGH)]
)
def test_a_value_of_a_moved_row_may_be_the_target(
    moved: bool, severity: Severity
) -> None:
    note = {"code": "table_misaligned", "field": "indicators[0]"}
    form = {
        "indicators": [
            {"name": "补种树苗", "actual_text": "3", "weight": "10"},
            {"name": "浇水次数", "target_text": "9次"},
        ],
        "notes": [note] if moved else [],
    }
    (flag,) = raised(form, "indicator_target_missing")
    assert flag.severity is severity


@pytest.mark.parametrize(
    ("target", "actual", "flagged"),
    [
        ("56.5", "48.2", False),
        ("565000元", "482000元", False),
        ("56.5", "50", True),
        ("56.5%", "48.2%", True),
    ],
)
def test_a_row_that_repeats_the_budget_breaks_no_promise(
    target: str, actual: str, flagged: bool
) -> None:
    quantities = [
        [text, "=", Decimal(text.rstrip("元%")), text.lstrip("0123456789.") or None]
        for text in (target, actual)
    ]
    fund = {"kind": "total", "label": "合计", "full_budget": "56.5", "executed": "48.2"}
    row = {
        "name": "工程款金额",
        "target_text": target,
        "actual_text": actual,
        "target": quantities[0],
        "actual": quantities[1],
        "status": "shortfall",
        "weight": "10",
        "score": "10",
    }
    form = {"funds": [fund], "indicators": [row]}
    for code in ("target_not_met", "full_score_despite_shortfall"):
        assert bool(raised(form, code)) is flagged
