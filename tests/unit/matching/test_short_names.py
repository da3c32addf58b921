"""Short names that one side uses and the other spells out."""

from __future__ import annotations

import pytest

from pipeline.core.quantity import Quantity, Role
from pipeline.language.quantities import find_quantities
from pipeline.matching.measures.measure import Measure, measure_of_name
from pipeline.matching.measures.wording import FILE
from pipeline.matching.short_names import with_full_names
from pipeline.resources import load_toml
from tests.unit.matching.sketch import links

DATA = load_toml(FILE)["short_names"]
NUMBER: Quantity = find_quantities("共9个", Role.GOAL)[0]


def named(text: str) -> Measure:
    return measure_of_name(0, text, NUMBER)


def in_full(text: str, other: str) -> str:
    (measure,) = with_full_names([named(text)], [named(other)])
    return measure.local


@pytest.mark.parametrize("short", DATA["of"])
def test_known_short_names(short: str) -> None:
    full = DATA["of"][short]
    assert full not in DATA["of"]
    assert in_full(f"本县{short}", full) == f"本县{full}"
    assert in_full(f"本县{short}", short) == f"本县{short}"
    for character in DATA["not_before"].get(short, ""):
        assert in_full(short + character, full) == short + character


def test_the_examples() -> None:
    text, full = DATA["example"]
    assert in_full(text, full) == full
    for name in DATA["of"].values():
        assert in_full(DATA["counterexample"], name) == DATA["counterexample"]
    assert set(DATA["not_before"]) <= set(DATA["of"])


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("茶园低改面积", "低产茶园改造", "茶园低产茶园改造面积"),
        ("电梯定检", "电梯定期检验", "电梯定期检验"),
        ("区试品种", "区域试验品种", "区域试验品种"),
        ("供地", "供应国有建设用地", "供应国有建设用地"),
        # A modifier that tells is not left out, several meanings are none.
        ("鉴定农房", "农村危房鉴定", "鉴定农房"),
        ("新投设备", "新增资金投入", "新投设备"),
        ("体检", "体质检测", "体检"),
    ],
)
def test_short_names_made_on_the_spot(text: str, other: str, expected: str) -> None:
    assert in_full(text, other) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        (
            "选育新品系6个，区域试验品种4个。",
            "育成品系7个，区试品种5个。",
            {"6个": ("7个", "exceeded"), "4个": ("5个", "exceeded")},
        ),
        (
            "新造油桐林500亩，低产林改造800亩。",
            "油桐低改面积820亩，新造面积480亩。",
            {"500亩": ("480亩", "shortfall"), "800亩": ("820亩", "exceeded")},
        ),
    ],
)
def test_links_by_short_names(
    goal: str, outcome: str, expected: dict[str, tuple[str, str]]
) -> None:
    assert links(goal, outcome) == expected
