"""What its place in a list gives away, and what it does not."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import answers, read

Answers = dict[str, tuple[str, ...]]

LISTS: list[tuple[str, str, Answers]] = [
    (
        "修剪行道树4万株次、补植草花31万株、清运绿化垃圾600吨。",
        "修剪行道树4.3万株次，时花更换29万株，清运绿化垃圾640吨。",
        {"31万株": ("29万株",)},
    ),
    # another thing by all its characters
    (
        "修剪行道树4万株次、补植草花31万株、清运绿化垃圾600吨。",
        "修剪行道树4.3万株次，盆景摆放29万株，清运绿化垃圾640吨。",
        {"31万株": ()},
    ),
    (
        "疏浚河道12公里，营造水土保持林3600亩，加固塘坝8座。",
        "疏浚河道13公里，山坡造林240公顷，加固塘坝8座。",
        {"3600亩": ("240公顷",)},
    ),
    # another unit
    (
        "修剪行道树4万株次、补植草花31万株、清运绿化垃圾600吨。",
        "修剪行道树4.3万株次，检查园林企业12家，清运绿化垃圾640吨。",
        {"31万株": ()},
    ),
    # told besides what was promised
    (
        "开设采茶班5期、直播班4期，新建茶亭3座。",
        "开设采茶班6期，另办茶艺师班3期，新建茶亭3座。",
        {"4期": ()},
    ),
    # one number too many between the neighbours
    (
        "修剪行道树4万株次、补植草花31万株、清运绿化垃圾600吨。",
        "修剪行道树4.3万株次，补种乔木2万株，盆景摆放29万株，清运绿化垃圾640吨。",
        {"31万株": ()},
    ),
]


@pytest.mark.parametrize(("goal", "outcome", "expected"), LISTS)
def test_lists(goal: str, outcome: str, expected: Answers) -> None:
    found = answers(read(goal, outcome))
    for quote, outcomes in expected.items():
        assert (found[quote].outcomes if quote in found else ()) == outcomes


def test_such_an_answer_is_never_certain() -> None:
    record = read(
        "修剪乔木4万株、补植草花31万株、清运绿化垃圾600吨。",
        "修剪乔木4.3万株，时花更换29万株，清运绿化垃圾640吨。",
    )
    link = next(x for x in record.links if record.targets[x.target].quote == "31万株")
    assert link.confidence < 0.7
    assert "按前后列举的次序和单位推断" in link.explanation
