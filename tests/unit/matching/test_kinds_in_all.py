"""A field's name for several kinds answers a list of them, and no list with other things."""

from __future__ import annotations

import pytest

from pipeline.resources import load_toml
from tests.unit.matching.sketch import answers, links, read

Expected = dict[str, tuple[str, str]]
ENTRIES = load_toml("matching.toml")["kinds_in_all"]


def _name(entry: dict[str, list[str]]) -> str:
    return entry["words"][0]


@pytest.mark.parametrize("entry", ENTRIES, ids=_name)
def test_the_example_is_a_sum(entry: dict[str, list[str]]) -> None:
    found = answers(read(*entry["example"]))
    assert [answer.method for answer in found.values()] == ["sum", "sum"]


@pytest.mark.parametrize("entry", ENTRIES, ids=_name)
def test_the_counterexample_is_none(entry: dict[str, list[str]]) -> None:
    found = answers(read(*entry["counterexample"]))
    assert "sum" not in [answer.method for answer in found.values()]


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # what is told apart is not in what is left
        (
            "完成人工造林0.7万亩、退化林修复1.5万亩、封山育林1.1万亩；森林抚育1.9万亩。",
            "完成营造林3.4万亩（人工造林、退化林修复、封山育林都在内）；森林抚育2.2万亩。",
            {
                "1.5万亩": ("3.4万亩", "exceeded"),
                "0.7万亩": ("3.4万亩", "exceeded"),
                "1.1万亩": ("3.4万亩", "exceeded"),
                "1.9万亩": ("2.2万亩", "exceeded"),
            },
        ),
        # each told by itself
        (
            "改造污水管网9公里、雨水管网6公里。",
            "改造污水管网10公里、雨水管网7公里，管网共计17公里。",
            {"9公里": ("10公里", "exceeded"), "6公里": ("7公里", "exceeded")},
        ),
        # promised by its name
        (
            "完成营造林3万亩，其中封山育林1万亩。",
            "完成营造林3.2万亩。",
            {"3万亩": ("3.2万亩", "exceeded")},
        ),
    ],
)
def test_kinds_in_all(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected
