"""What is left alone on both sides of two sentences that tell of one another."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import answers, links, read

Answers = dict[str, tuple[str, ...]]

SENTENCES: list[tuple[str, str, Answers]] = [
    (
        "举办渔业增殖放流活动6场，放流鱼苗500万尾。",
        "放流鱼苗512万尾，举行集中仪式7场。",
        {"6场": ("7场",)},
    ),
    (
        "常年免费对外开放300天，接待研学团队60批。",
        "本年度开放308天，接待研学团队66批。",
        {"300天": ("308天",)},
    ),
    (
        "发放消费券300万元，拉动消费2000万元。",
        "发放消费券298万元，带动成交3100万元。",
        {"2000万元": ("3100万元",)},
    ),
    # parts of one thing
    (
        "举办病虫害防治培训2期、果树栽培培训3期，培训果农300人次。",
        "开展病虫害培训2期、果树培训3期，分别培训120人和150人。",
        {"300人次": ("120人", "150人")},
    ),
    (
        "举办制种培训8期、农机培训3期，共培训700人次。",
        "制种培训8期412人次，农机培训3期195人次。",
        {"700人次": ("412人次", "195人次")},
    ),
    # one of them is named
    (
        "举办制种培训8期、农机培训3期，培训农机手200人次。",
        "制种培训8期412人次，农机培训3期195人次。",
        {"200人次": ("195人次",)},
    ),
    # told of another statement
    (
        "举办渔业增殖放流活动6场，放流鱼苗500万尾。种植荷花3亩。",
        "放流鱼苗512万尾。荷花种植3亩，举行集中仪式7场。",
        {"6场": ()},
    ),
    # two numbers are left
    (
        "发放消费券300万元，拉动消费2000万元。",
        "发放消费券298万元，带动成交3100万元，签约金额800万元。",
        {"2000万元": ()},
    ),
    # another unit
    (
        "举办渔业增殖放流活动6场，放流鱼苗500万尾。",
        "放流鱼苗512万尾，布置集中仪式展板7块。",
        {"6场": ()},
    ),
    # told besides what was promised
    (
        "举办渔业增殖放流活动6场，放流鱼苗500万尾。",
        "放流鱼苗512万尾，另举行集中仪式7场。",
        {"6场": ()},
    ),
    # one of many kinds in one unit
    (
        "建成重点实验室3家、院士工作站2家，引进博士5名。",
        "重点实验室建成3家，引进孵化器1家，博士引进5名。",
        {"2家": ()},
    ),
    # rates stand in rows of many kinds
    (
        "检修路灯300盏，亮灯率98%。",
        "路灯检修310盏，电缆完好率99%。",
        {"98%": ()},
    ),
]


@pytest.mark.parametrize(("goal", "outcome", "expected"), SENTENCES)
def test_leftovers(goal: str, outcome: str, expected: Answers) -> None:
    found = answers(read(goal, outcome))
    for quote, outcomes in expected.items():
        assert (found[quote].outcomes if quote in found else ()) == outcomes


def test_such_an_answer_is_never_certain() -> None:
    record = read(
        "举办渔业增殖放流活动6场，放流鱼苗500万尾。",
        "放流鱼苗512万尾，举行集中仪式5场。",
    )
    link = next(x for x in record.links if record.targets[x.target].quote == "6场")
    assert link.verdict == "shortfall"
    assert link.confidence < 0.7
    assert not [flag for flag in record.flags if flag.severity == "high"]


# Neighbours on both sides are answered; the number between them is answered by the one between.
BETWEEN: list[tuple[str, str, str, str]] = [
    (
        "培训骨干320人次；开发精品课8门；改造教学点3处。",
        "培训骨干350人次。新课陆续推出7门。改造教学点3处。",
        "8门",
        "7门",
    ),
    (
        "巡检基站46座；保障考试15场次；查处伪基站2起。",
        "巡检基站46座；高考、公考考场值守17场；查处伪基站1起。",
        "15场次",
        "17场",
    ),
]
NOT_BETWEEN: list[tuple[str, str, str]] = [
    # another step
    (
        "培训骨干320人次；省级课题结项2项；改造教学点3处。",
        "培训骨干350人次。省级课题立项3项。改造教学点3处。",
        "2项",
    ),
    # two of one unit: which of them, order does not say
    (
        "培训骨干320人次；开发精品课8门；改造教学点3处。",
        "培训骨干350人次。新课推出7门，选修增加2门。改造教学点3处。",
        "8门",
    ),
    # per each, and a total
    (
        "培育团队100支；每支辅导8次；创作作品12件。",
        "培育团队100支；累计下乡920次；创作作品12件。",
        "8次",
    ),
]


@pytest.mark.parametrize(("goal", "outcome", "target", "answer"), BETWEEN)
def test_between_answered_neighbours(
    goal: str, outcome: str, target: str, answer: str
) -> None:
    assert links(goal, outcome)[target][0] == answer


@pytest.mark.parametrize(("goal", "outcome", "target"), NOT_BETWEEN)
def test_not_between_answered_neighbours(goal: str, outcome: str, target: str) -> None:
    assert target not in links(goal, outcome)
