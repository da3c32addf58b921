"""Cells of indicator rows (guideline section 6)."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.language.indicators import (
    comparable_dates,
    read_actual_cell,
    read_deadline,
    read_target_cell,
)
from tests.unit.language.tables import line

TARGETS = [
    ("≥95%", None, "≥95% >= 95 %"),
    ("≥95 %", None, "≥95␣% >= 95 %"),
    ("95%", None, "95% = 95 %"),
    ("100%覆盖", None, "100% = 100 %"),
    ("至少5次", None, "至少5次 >= 5 次"),
    ("提升10%", None, "10% = 10 %"),
    ("每月≥2次", None, "≥2次 >= 2 次 每月"),
    ("≥95百分比", None, "≥95百分比 >= 95 %"),
    ("12", None, "12 = 12 -"),
    ("≥12", None, "≥12 >= 12 -"),
    ("达到90%", None, "达到90% >= 90 %"),
    ("达到90%以上", None, "达到90%以上 >= 90 %"),
    ("＝100％", None, "＝100％ = 100 %"),
    ("≤3天", None, "≤3天 <= 3 天"),
    ("3天内", None, "3天内 <= 3 天"),
    ("10-12次", None, "10-12次 range 10..12 次"),
    ("≤80万元", None, "≤80万元 <= 800000 元"),
    ("0起", None, "0起 = 0 起"),
    # a missing unit comes from brackets in the name
    ("≥95", "合格率（%）", "≥95 >= 95 %"),
    ("120", "床位（张）", "120 = 120 张"),
    ("95", "成活率（≥**%）", "95 = 95 %"),
    ("120", "床位数", "120 = 120 -"),
    ("120个", "床位（张）", "120个 = 120 个"),
]


@pytest.mark.parametrize(
    ("text", "name", "expected"), TARGETS, ids=[f"{t}|{n}" for t, n, _ in TARGETS]
)
def test_target_cell(text: str, name: str | None, expected: str) -> None:
    reading = read_target_cell(text, name)
    assert reading.quantity is not None
    assert line(reading.quantity) == expected
    assert (reading.count, reading.deadline) == (1, None)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "/",
        "—",
        "……",
        "显著提升",
        "若干",
        "多场",
        "优良",
        "7l",
        "有效保障",
    ],
)
def test_cells_without_a_number(text: str | None) -> None:
    for read in (read_target_cell, read_actual_cell):
        reading = read(text, None)
        assert (reading.quantity, reading.deadline) == (None, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [("4，318批次", 4318), ("≥1，200，000元", 1200000), ("12，345", 12345)],
)
def test_a_wide_comma_in_a_number(text: str, value: int) -> None:
    for read in (read_target_cell, read_actual_cell):
        found = read(text, None).quantity
        assert found is not None
        assert (found.quote, int(found.value)) == (text, value)


@pytest.mark.parametrize("text", ["4，31批次", "3场，318人", "2022，2023年"])
def test_a_wide_comma_between_two_numbers(text: str) -> None:
    found = read_actual_cell(text, None).quantity
    assert found is None or "，" not in found.quote


def test_several_quantities_in_a_cell_are_none() -> None:
    for read in (read_target_cell, read_actual_cell):
        reading = read("3人 5篇", None)
        assert (reading.quantity, reading.count) == (None, 2)


DEADLINES = [
    ("11月底前", date(2000, 11, 30)),
    ("6月底前完成", date(2000, 6, 30)),
    ("2023年12月31日", date(2023, 12, 31)),
    ("2023年12月31日前", date(2023, 12, 31)),
    ("2023-11-30", date(2023, 11, 30)),
    ("2023.11.30", date(2023, 11, 30)),
    ("２０２３年１１月", date(2023, 11, 30)),
    ("2024年2月", date(2024, 2, 29)),
    ("2023年2月", date(2023, 2, 28)),
    ("3月上旬", date(2000, 3, 10)),
    ("3月中旬", date(2000, 3, 20)),
    ("3月下旬", date(2000, 3, 31)),
    ("第三季度", date(2000, 9, 30)),
    ("2023年第4季度", date(2023, 12, 31)),
    ("年底前", date(2000, 12, 31)),
    ("2023年年底", date(2023, 12, 31)),
    ("2023年底前", date(2023, 12, 31)),
    ("2023年6月30号", date(2023, 6, 30)),
    ("2023/6/30", date(2023, 6, 30)),
    ("2023年", date(2023, 12, 31)),
    ("2023年度", date(2023, 12, 31)),
    ("2021-2023年", date(2023, 12, 31)),
    ("2023年前", date(2023, 12, 31)),
    ("次年2月", date(2001, 2, 28)),
    ("翌年1月15日", date(2001, 1, 15)),
    ("下年度3月底", date(2001, 3, 31)),
]


@pytest.mark.parametrize(("text", "expected"), DEADLINES, ids=[t for t, _ in DEADLINES])
def test_deadline(text: str, expected: date) -> None:
    assert read_deadline(text) == expected
    for read in (read_target_cell, read_actual_cell):
        reading = read(text, "完成时限")
        assert (reading.quantity, reading.deadline) == (None, expected)


@pytest.mark.parametrize("text", ["", "及时", "长期", "2月30日", "2023年计划", "近3年"])
def test_no_deadline(text: str) -> None:
    assert read_deadline(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("2.5个工作日", "2.5"), ("13.6件", "13.6"), ("3.58名", "3.58")]
)
def test_a_cell_holds_no_list(text: str, value: str) -> None:
    found = read_actual_cell(text, None).quantity
    assert found is not None
    assert str(found.value) == value


def test_a_missing_year_is_taken_from_the_other_date() -> None:
    bare, full = date(2000, 6, 30), date(2023, 7, 15)
    assert comparable_dates(bare, full) == (date(2023, 6, 30), full)
    assert comparable_dates(full, bare) == (full, date(2023, 6, 30))
    assert comparable_dates(bare, bare) == (bare, bare)
    # 次年6月 is a year after the other
    assert comparable_dates(date(2001, 6, 30), full)[0] == date(2024, 6, 30)
    assert comparable_dates(bare, date(2001, 2, 28)) == (bare, date(2001, 2, 28))
    # the last of February
    leap = date(2000, 2, 29)
    assert comparable_dates(leap, full)[0] == date(2023, 2, 28)


ACTUALS = [
    ("97%", "97% = 97 %"),
    ("已完成100%", "100% = 100 %"),
    ("95%以上", "95%以上 >= 95 %"),
    ("达到97%", "达到97% = 97 %"),
    ("0", "0 = 0 -"),
    ("12", "12 = 12 -"),
    ("实际举办18场", "18场 = 18 场"),
    ("计划20场，实际18场", "18场 = 18 场"),
    ("≥20场", "≥20场 >= 20 场"),
]


@pytest.mark.parametrize(("text", "expected"), ACTUALS, ids=[t for t, _ in ACTUALS])
def test_actual_cell(text: str, expected: str) -> None:
    reading = read_actual_cell(text, "满意度（%）")
    assert reading.quantity is not None
    assert line(reading.quantity) == expected


@pytest.mark.parametrize(
    ("text", "value"), [("20年", 20), ("达到15年", 15), ("10年以上", 10)]
)
def test_a_span_of_years_is_read_in_both_cells(text: str, value: int) -> None:
    for read in (read_target_cell, read_actual_cell):
        quantity = read(text, "设计使用年限").quantity
        assert quantity and (quantity.value, quantity.unit) == (value, "年")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4.6个工作日", "4.6"),
        ("4.3批次/千人", "4.3"),
        ("2.5个", "2.5"),
        ("6.8册", "6.8"),
    ],
)
def test_the_dot_of_a_cell_is_no_list_mark(text: str, value: str) -> None:
    quantity = read_actual_cell(text, "平均用时").quantity
    assert quantity is not None
    assert (quantity.quote, str(quantity.value)) == (text, value)
