"""Numbers of another thing, and of another kind, that the goal names as well."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

OTHERS = [
    # damaged numbers are no targets, but their things are named
    (
        "疏浚航道3公里，新建灯塔1座；安装导航浮标1O座。",
        "疏浚航道3公里，灯塔主体完工，尚未验收，导航浮标10座已安装。",
        "1座",
    ),
    (
        "硬化村道6公里，新建凉亭1座；增设太阳能路灯l2座。",
        "村道硬化6公里，凉亭主体完工，尚未验收，太阳能路灯12座已点亮。",
        "1座",
    ),
    # kinds of one thing, each with a target of its own
    (
        "接待研学游客同比增长8%，境外游客2万人次。",
        "接待研学游客96万人次，同比增长9%。",
        "2万人次",
    ),
    (
        "优质粮源占比提高到60%，储备粮源5万吨。",
        "优质粮源收购7万吨，占比62%。",
        "5万吨",
    ),
]

OWN = [
    (
        "疏浚航道3公里，新建灯塔1座；安装导航浮标1O座。",
        "疏浚航道3公里，灯塔新建1座，导航浮标10座已安装。",
        ("1座", "1座", "met"),
    ),
    (
        "疏浚航道3公里，新建灯塔1座；安装导航浮标9座。",
        "疏浚航道3公里，灯塔1座完工，导航浮标10座已安装。",
        ("9座", "10座", "exceeded"),
    ),
    (
        "接待研学游客同比增长8%，境外游客2万人次。",
        "接待研学游客96万人次，境外游客2.4万人次。",
        ("2万人次", "2.4万人次", "exceeded"),
    ),
    # no kind of its own: all visitors, or those of the very kind
    (
        "接待游客同比增长8%，接待游客20万人次。",
        "全年接待游客21万人次，同比增长9%。",
        ("20万人次", "21万人次", "exceeded"),
    ),
    # a deed is no head of kinds
    (
        "护林员技能培训4期、检测人员业务培训2期。",
        "护林员培训5期，检测人员培训2期。",
        ("2期", "2期", "met"),
    ),
]


@pytest.mark.parametrize(("goal", "outcome", "target"), OTHERS)
def test_what_is_of_another_thing_answers_nothing(
    goal: str, outcome: str, target: str
) -> None:
    assert target not in links(goal, outcome)


@pytest.mark.parametrize(("goal", "outcome", "link"), OWN)
def test_what_is_of_the_thing_itself_answers(
    goal: str, outcome: str, link: tuple[str, str, str]
) -> None:
    target, *answer = link
    assert links(goal, outcome)[target] == tuple(answer)
