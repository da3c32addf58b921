"""Targets for any of several kinds, that are told kind by kind."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Expected = dict[str, tuple[str, str]]


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        (
            "引进央企、外资或民企100强项目不少于4个。",
            "引进央企项目3个；引进外资项目1个；引进民企100强项目2个。",
            {"不少于4个": ("3个+1个+2个", "exceeded")},
        ),
        (
            "引进央企、外资、上市公司或行业龙头企业项目不少于4个。",
            "引进央企项目3个；引进外资项目1个；引进上市公司或行业龙头企业项目2个。签约项目9个。",
            {"不少于4个": ("3个+1个+2个", "exceeded")},
        ),
        (
            "走访慰问特困户、低保户、优抚户260户。",
            "走访慰问特困户60户；走访慰问低保户120户；走访慰问优抚户70户。",
            {"260户": ("60户+120户+70户", "shortfall")},
        ),
        (
            "维修公厕、中转站和分类亭18座。",
            "维修公厕9座；中转站3座；分类亭6座。",
            {"18座": ("9座+3座+6座", "met")},
        ),
        # Of one kind only, and of all kinds together.
        (
            "维修公厕、中转站和分类亭18座。",
            "维修公厕、中转站和分类亭19座；公厕管理员培训3场。",
            {"18座": ("19座", "exceeded")},
        ),
    ],
)
def test_the_kinds_add_up(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected
