"""Totals, parts and other kinds beside what a target counts."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Links = dict[str, tuple[str, str]]

SENTENCES: list[tuple[str, str, Links]] = [
    # per each, in a list: no total answers
    ("每个村举办讲座不少于4次、义诊3次。", "各村共举办讲座66次、义诊51次。", {}),
    ("每所学校组织演练2次、讲座3场。", "组织演练40次、讲座66场。", {}),
    (
        "每个村举办讲座不少于4次、义诊3次。",
        "平均每个村举办讲座5次、每个村义诊4次。",
        {"不少于4次": ("5次", "exceeded"), "3次": ("4次", "exceeded")},
    ),
    (
        "每个社区组织演练2次、全区义诊3场。",
        "全区义诊4场。",
        {"3场": ("4场", "exceeded")},
    ),
    # a kind that is named, beside another one
    (
        "组织实战演练2次。",
        "开展实战演练2场、桌面推演4场。",
        {"2次": ("2场", "met")},
    ),
    (
        "组织消防演练2次。",
        "举行消防演练3次、防汛演练4次。",
        {"2次": ("3次", "exceeded")},
    ),
    (
        "组织应急演练6次。",
        "开展实战演练2场、桌面推演4场。",
        {"6次": ("2场+4场", "met")},
    ),
    # parts and their printed total, under the name of what is summed
    (
        "养护公路100公里。",
        "养护省道30公里、县道41公里、乡道40公里，总里程111公里。",
        {"100公里": ("111公里", "exceeded")},
    ),
    (
        "绿化面积100亩。",
        "公园绿化40亩、街头绿化71亩，总面积111亩。",
        {"100亩": ("111亩", "exceeded")},
    ),
    (
        "养护公路100公里。",
        "养护省道30公里、县道41公里、乡道40公里，总里程150公里。",
        {"100公里": ("30公里+41公里+40公里", "exceeded")},
    ),
    # an event and the works sent to it
    ("举办机器人比赛1届。", "机器人比赛收到作品120件。", {}),
    (
        "举办机器人比赛1届。",
        "第三届机器人比赛如期举办1次，收到作品120件。",
        {"1届": ("1次", "met")},
    ),
    ("举办机器人比赛2届。", "机器人比赛举办2场。", {"2届": ("2场", "met")}),
    # some of the trainees are given a title
    (
        "举办刺绣培训6期，培训绣娘300人。",
        "举办培训7期，参训316人次，评出刺绣能手10名、刺绣新秀5名。",
        {"6期": ("7期", "exceeded"), "300人": ("316人次", "exceeded")},
    ),
    ("培训绣娘300人。", "评出优秀绣娘20名。", {}),
    ("评选刺绣能手10名。", "评出刺绣能手12名。", {"10名": ("12名", "exceeded")}),
    ("选树最美绣娘10名。", "评出最美绣娘12名。", {"10名": ("12名", "exceeded")}),
    # where the parts were held
    (
        "举办果树培训10场。",
        "果树培训线上4场、田间7场。",
        {"10场": ("4场+7场", "exceeded")},
    ),
    (
        "举办果树培训10场。",
        "果树培训课堂4场、田间7场。",
        {"10场": ("4场+7场", "exceeded")},
    ),
    (
        "举办果树田间培训10场。",
        "果树培训课堂4场、田间11场。",
        {"10场": ("11场", "exceeded")},
    ),
    (
        "果农田间课30次。",
        "田间地头讲课33场次。",
        {"30次": ("33场次", "exceeded")},
    ),
    # what is put under supervision is no limit
    (
        "火灾隐患单位挂牌督办5家。",
        "火灾隐患单位挂牌督办4家。",
        {"5家": ("4家", "shortfall")},
    ),
]


@pytest.mark.parametrize(("goal", "outcome", "expected"), SENTENCES)
def test_links(goal: str, outcome: str, expected: Links) -> None:
    assert links(goal, outcome) == expected
