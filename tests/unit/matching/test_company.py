"""Answers that stand beside answered numbers, or whose head stands before a list."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import answers, links, read

Expected = dict[str, tuple[str, str]]

BESIDE: list[tuple[str, str, Expected]] = [
    (
        "承接委托班30期，培训2400人次。举办主体班14期，培训900人次。",
        "承接委托班46期，参训3580人次。举办主体班13期，参训880人次。",
        {
            "30期": ("46期", "exceeded"),
            "2400人次": ("3580人次", "exceeded"),
            "14期": ("13期", "shortfall"),
            "900人次": ("880人次", "shortfall"),
        },
    ),
    (
        "举办电商培训5期、家政培训4期、焊工培训3期，累计受训400人次。",
        "电商培训5期186人，家政培训4期150人，焊工培训3期90人。",
        {
            "5期": ("5期", "met"),
            "4期": ("4期", "met"),
            "3期": ("3期", "met"),
            "400人次": ("186人+150人+90人", "exceeded"),
        },
    ),
    # The people are those of the training before them, whoever is trained next.
    (
        "培训村级护林员2期、130人，培训防火志愿者300名。",
        "举办护林员培训2期，参训141人。",
        {"2期": ("2期", "met"), "130人": ("141人", "exceeded")},
    ),
    # Other people than the target's are named: nothing is taken for granted.
    (
        "举办门球赛5场，参赛运动员300人。举办象棋赛6场。",
        "举办门球赛5场，观众800人。举办象棋赛6场，裁判20人。",
        {"5场": ("5场", "met"), "6场": ("6场", "met")},
    ),
]
HEADED: list[tuple[str, str, Expected]] = [
    (
        "机械岩心钻探4200米。",
        "完成岩心钻探：东矿段2150米、西矿段1830米。",
        {"4200米": ("2150米+1830米", "shortfall")},
    ),
    (
        "新购纯电动公交车60辆。",
        "公交车更新方面，上半年到车35辆，下半年到车20辆。",
        {"60辆": ("35辆+20辆", "shortfall")},
    ),
    # Two targets fit the head: neither is answered.
    (
        "机械岩心钻探4200米。机械岩心复测4200米。",
        "完成岩心作业：东矿段2150米、西矿段1830米。",
        {},
    ),
]


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"), [*BESIDE, *HEADED], ids=lambda v: str(v)[:16]
)
def test_company(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


def test_what_only_its_place_tells_is_never_certain() -> None:
    goal, outcome, _ = HEADED[0]
    record = read(goal, outcome)
    assert answers(record)["4200米"].method == "sum"
    assert all(link.confidence <= 0.8 for link in record.links)
