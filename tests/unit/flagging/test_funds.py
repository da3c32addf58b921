from __future__ import annotations

import pytest

from pipeline.core.flag import Severity
from tests.unit.flagging.sketch import Raw, raised


def fund(
    initial: str | None, full: str | None, executed: str | None, rate: str | None
) -> Raw:
    return {
        **{"initial_budget": initial, "full_budget": full},
        **{"executed": executed, "execution_rate": rate},
    }


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        (fund("80.00", "80.00", "60.00", "75.00"), None),
        (fund("80.00", "80.00", "60.00", "75.4"), None),
        (fund("80.00", "80.00", "60.00", "0.75"), None),
        (fund("80.00", "80.00", "60.00", "76.00"), Severity.HIGH),
        (fund("60.00", "80.00", "60.00", "100.00"), Severity.INFO),
        (fund("0.00", "0.00", "0.00", "0.00"), None),
        (fund("0.00", "0.00", "5.00", "100.00"), None),
        (fund("80.00", None, "60.00", "75.00"), None),
        (fund("80.00", "80.00", None, "75.00"), None),
        (fund("80.00", "80.00", "88.00", "100.00"), None),
        (fund(None, "0.03", "0.02", "75.00"), None),
        (fund("80.00", "80.00", "80.00", "1.00"), None),
        (fund("800000", "800000", "4000", "0.5"), None),
    ],
    ids=[
        "相符",
        "容差",
        "小数",
        "不符",
        "按年初",
        "全零",
        "零预算",
        "无全年",
        "无执行",
        "封顶",
        "小额取整",
        "一百",
        "不足一",
    ],
)
def test_rate(row: Raw, severity: Severity | None) -> None:
    flags = raised({"funds": [row]}, "execution_rate_mismatch")
    assert [f.severity for f in flags] == ([severity] if severity else [])


def part(kind: str, label: str, full: str | None) -> Raw:
    return {"kind": kind, "label": label, "full_budget": full}


FISCAL = ("fiscal", "其中：当年财政拨款")


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        ([part("total", "总额", "115.00"), part(*FISCAL, "115.00")], None),
        ([part("total", "总额", "115.00"), part(*FISCAL, "105.00")], Severity.HIGH),
        ([part("total", "总额", "115.00"), part(*FISCAL, "115.05")], None),
        ([part("total", "总额", "115.00")], None),
        (
            [
                part("total", "总额", "115.00"),
                part(*FISCAL, "105.00"),
                part("other", "其他资金", None),
            ],
            None,
        ),
        (
            [
                part("total", "总额", "115.00"),
                part("fiscal", "财政资金", "100.00"),
                part("fiscal", "其中：省级", "60.00"),
                part("fiscal", "县级", "40.00"),
                part("other", "自筹", "15.00"),
            ],
            None,
        ),
        (
            [
                part("total", "总额", "115.00"),
                part("fiscal", "省级资金", "60.00"),
                part("fiscal", "县级资金", "55.00"),
            ],
            None,
        ),
        (
            [
                part("total", "总额", "115.00"),
                part(*FISCAL, "115.00"),
                part("carryover", "上年结转", "20.00"),
            ],
            Severity.HIGH,
        ),
        (
            [
                part("total", "总额", "115.00"),
                part(*FISCAL, "0.00"),
                part("other", "其他", "0.00"),
            ],
            Severity.MEDIUM,
        ),
        (
            [
                part("total", "总额", "115.00"),
                part("fiscal", "财政拨款", "115.00"),
                part("carryover", "其中：上年结转", "20.00"),
            ],
            None,
        ),
        (
            [
                part("total", "总额", "115.00"),
                part("carryover", "其中：上年结转", "20.00"),
                part("fiscal", "财政拨款", "115.00"),
            ],
            Severity.HIGH,
        ),
    ],
    ids=[
        "相符",
        "不符",
        "容差",
        "无分项",
        "分项缺",
        "明细",
        "分级",
        "结转多出",
        "分项未填",
        "其中结转",
        "首行其中",
    ],
)
def test_sum(rows: list[Raw], severity: Severity | None) -> None:
    flags = raised({"funds": rows}, "funds_sum_mismatch")
    assert [f.severity for f in flags] == ([severity] if severity else [])


def test_a_total_that_is_parted_twice_adds_up() -> None:
    """按支出性质：基本支出、项目支出, then 按来源：财政拨款."""
    rows = [
        part("total", "资金总额", "115.00"),
        part("other", "按支出性质：基本支出", "80.00"),
        part("other", "项目支出", "35.00"),
        part("fiscal", "按来源：财政拨款", "115.00"),
    ]
    assert not raised({"funds": rows}, "funds_sum_mismatch")
    rows[2] = part("other", "项目支出", "25.00")
    assert raised({"funds": rows}, "funds_sum_mismatch")


def test_the_same_amounts_in_several_columns_are_one_finding() -> None:
    rows = [
        fund("115", "115", "110", None) | {"kind": "total"},
        fund("90", "90", "90", None) | {"kind": "fiscal", "label": "财政"},
    ]
    found = {
        f.message.partition("：")[0]: len(f.evidence)
        for f in raised({"funds": rows}, "funds_sum_mismatch")
    }
    assert found == {"年初预算数、全年预算数": 4, "全年执行数": 2}


def test_a_zero_total_is_said_once() -> None:
    rows = [
        fund("0", "0", "0", None) | {"kind": "total"},
        fund("90", "89.97", "89.97", None) | {"kind": "fiscal", "label": "财政"},
    ]
    assert len(raised({"funds": rows}, "funds_total_zero")) == 1
    assert not raised({"funds": rows}, "funds_sum_mismatch")
    assert not raised({"funds": rows}, "budget_zero")


@pytest.mark.parametrize(
    ("score", "flagged"),
    [("8.60", False), ("8.62", False), ("8.7", False), ("9", True), ("10.5", False)],
)
def test_execution_score(score: str, flagged: bool) -> None:
    row = fund(None, "43.20", "37.24", "86.20") | {"weight": "10", "score": score}
    assert bool(raised({"funds": [row]}, "execution_score_mismatch")) is flagged


@pytest.mark.parametrize(
    ("executed", "code", "severity"),
    [
        ("70.00", "execution_low", Severity.LOW),
        ("55.00", "execution_low", Severity.HIGH),
        ("80.00", "execution_low", None),
        ("100.30", "execution_over_100", None),
        ("104.00", "execution_over_100", Severity.MEDIUM),
    ],
)
def test_execution(executed: str, code: str, severity: Severity | None) -> None:
    flags = raised({"funds": [fund(None, "100.00", executed, None)]}, code)
    assert [f.severity for f in flags] == ([severity] if severity else [])


def test_a_long_list_of_parts_is_not_judged() -> None:
    many = [part("fiscal", f"第{i}笔", "7.31") for i in range(40)]
    rows = [part("total", "总额", "115.00"), *many]
    assert not raised({"funds": rows}, "funds_sum_mismatch")
