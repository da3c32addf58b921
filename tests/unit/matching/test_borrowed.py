"""What only the phrase of another number joins is not joined."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links


@pytest.mark.parametrize(
    ("goal", "outcome", "lost"),
    [
        # The outcome's words stand before the target as another target's phrase.
        ("组织防汛预案演练3场，安全责任险参保150家。", "防汛预案备案160家。", "150家"),
        ("放心餐饮示范店40家，计量比对2期。", "餐饮提示发布24期。", "2期"),
        # The target's words stand before the outcome as another outcome's phrase.
        (
            "新建电话亭64个。",
            "电话亭投入使用，惠及商户80户；“职工之家”挂牌4个。",
            "64个",
        ),
    ],
)
def test_another_number_lends_no_words(goal: str, outcome: str, lost: str) -> None:
    assert lost not in links(goal, outcome)


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # A heading, what is listed under it, and thin phrases have nothing of their own.
        ("技能培训6期。", "技能培训：插花2期、茶艺4期。", {"6期": ("2期+4期", "met")}),
        ("评选“和美院落”50户。", "“和美院落”评比，评出52户。", {"50户": ("52户", "exceeded")}),
        # Short for it.
        ("户用卫生厕所改造300座。", "改厕310座。", {"300座": ("310座", "exceeded")}),
    ],
)  # fmt: skip
def test_what_leaves_its_name_to_the_words_before(
    goal: str, outcome: str, expected: dict[str, tuple[str, str]]
) -> None:
    assert links(goal, outcome) == expected


def test_no_answer_by_place_for_another_thing() -> None:
    goal = "修剪绿篱4万米，更新渡船3艘，补植花灌木800株。"
    outcome = "修剪绿篱4.1万米，巡逻快艇列编3艘，补植花灌木820株。"
    assert "3艘" not in links(goal, outcome)
    outcome = "修剪绿篱4.1万米，渡轮换新3艘，补植花灌木820株。"
    assert links(goal, outcome)["3艘"] == ("3艘", "met")
