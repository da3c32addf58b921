"""Works named in one breath, kinds of awards and of animals: what adds up and what does not."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("维护更换座椅180把。", "更换座椅70把、维护115把。", "70把+115把"),
        ("维修、更新护栏9公里。", "更新护栏4公里，维修护栏5.2公里。", "4公里+5.2公里"),
        ("修订新编操作规程18项。", "修订规程11项、新编8项。", "11项+8项"),
        ("新植补植行道树900株。", "新植行道树620株、补植310株。", "620株+310株"),
        # One of the two only, another thing, one thing in turn.
        ("维修座椅180把。", "维修座椅150把、更换90把。", "150把"),
        ("维修更换座椅180把。", "维修座椅150把、更换垃圾桶90个。", "150把"),
        ("购置安装探头80套。", "购置探头80套，安装探头78套。", ""),
        # Kinds of awards.
        ("获得奖牌24枚。", "斩获大金奖4枚、金奖13枚、银奖8枚。", "4枚+13枚+8枚"),
        ("获得金奖12枚。", "斩获大金奖4枚、金奖13枚、银奖8枚。", "13枚"),
        # What the target names is not its whole.
        ("检疫肉牛6万头。", "产地检疫肉牛5.4万头、羊0.9万头。", "5.4万头"),
        ("检疫牲畜6万头。", "产地检疫肉牛5.4万头、羊0.9万头。", "5.4万头+0.9万头"),
        # Places of one campaign.
        ("开展急救知识宣传12场。", "急救知识宣传进校园、进企业、进社区共15场。", "15场"),
        ("反诈进社区、进校园、进超市16场次。", "反诈走进社区、校园、商超共18场。", "18场"),
        ("反诈宣传进社区16场。", "反诈宣传进社区、进校园共28场。", ""),
        # What an open list goes on with.
        ("征集票证、海报等资料90件。", "收到票证31件、海报40件、门券25件。", "31件+40件+25件"),
        ("征集票证、海报90件。", "收到票证31件、海报40件、门券25件。", "31件+40件"),
        # Hired again is hired.
        ("聘用巡山员140名。", "续聘巡山员138名。", "138名"),
        ("招聘辅警40名。", "续聘辅警40名。", ""),
    ],
)  # fmt: skip
def test_what_adds_up(goal: str, outcome: str, expected: str) -> None:
    assert [told for told, _ in links(goal, outcome).values()] == [expected] * bool(
        expected
    )


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        (
            "出厂合格率大米98%、面粉95%。",
            "大米、面粉出厂合格率分别为99%和96.1%。",
            {"98%": "99%", "95%": "96.1%"},
        ),
        (
            "公厕达标率城区95%、乡镇80%。",
            "城区公厕达标率96%，乡镇公厕达标率77%。",
            {"95%": "96%", "80%": "77%"},
        ),
    ],
)
def test_rates_of_groups_after_their_name(
    goal: str, outcome: str, expected: dict[str, str]
) -> None:
    assert {t: o for t, (o, _) in links(goal, outcome).items()} == expected
