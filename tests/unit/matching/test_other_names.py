"""Things that the outcome calls by another name than the goals."""

from __future__ import annotations

import pytest

from pipeline.matching.other_names import FILE
from pipeline.resources import load_lines
from tests.unit.matching.sketch import links

Expected = dict[str, tuple[str, str]]

GROUPS = [line.split() for line in load_lines(FILE)]


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("新增寄宿床位300张。", "宿舍添了铺位312张。", {"300张": ("312张", "exceeded")}),
        (
            "收获马铃薯2.4万亩，收获大豆1.1万亩。",
            "土豆收了2.5万亩，黄豆收了1万亩。",
            {"2.4万亩": ("2.5万亩", "exceeded"), "1.1万亩": ("1万亩", "shortfall")},
        ),
        # Neither is the other one's name.
        ("种植花生900亩。", "种植油菜910亩。", {}),
        # Both names are the goals' own, for two things.
        (
            "种植马铃薯900亩，推广脱毒土豆原种300亩。",
            "推广脱毒土豆原种310亩。",
            {"300亩": ("310亩", "exceeded")},
        ),
    ],
)  # fmt: skip
def test_other_names(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


def test_names_are_words_of_several_characters() -> None:
    assert all(len(group) > 1 for group in GROUPS)
    assert all(len(name) > 1 for group in GROUPS for name in group)


def test_no_name_stands_in_a_group_twice() -> None:
    assert all(len(set(group)) == len(group) for group in GROUPS)
