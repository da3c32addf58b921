"""Readings that once went wrong; each case is the smallest that failed."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.core.quantity import Role
from pipeline.language.indicators import read_deadline, read_target_cell
from pipeline.language.statements import cut_statements
from tests.unit.language.tables import read


@pytest.mark.parametrize("role", [Role.GOAL, Role.OUTCOME])
def test_a_zero_rate_at_the_end_of_the_text(role: Role) -> None:
    assert read("重大安全事故发生率为0", role) == ["0 = 0 -"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年底", date(2023, 12, 31)),
        ("13月", None),
        ("2023年13月", None),
        ("十一月底前", date(2000, 11, 30)),
        ("2023.6", date(2023, 6, 30)),
        ("1月1日-12月31日", date(2000, 12, 31)),
        ("第十二季度", None),
    ],
)
def test_deadlines_misread(text: str, expected: date | None) -> None:
    assert read_deadline(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "PM2.5达标",
        "3-6岁儿童受益",
        "24/7值守",
        "全年稳定运行",
        "年内未发生事故",
        "12/12",
        "1/3",
    ],
)
def test_no_dates_at_all(text: str) -> None:
    assert read_target_cell(text, None).deadline is None


def test_numbers_of_pumps_are_taken_for_a_list_marker() -> None:
    text = "疏浚沟渠3处，1、2号泵站改造"
    assert [text[a:b] for a, b in cut_statements(text)] == [text]
