"""One number for a list of targets, and wholes told by their parts."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Expected = dict[str, tuple[str, str]]
GOAL = "举办焊工培训2期、电工培训3期、钳工培训1期。"


def all_by(outcome: str, verdict: str) -> Expected:
    return dict.fromkeys(("2期", "3期", "1期"), (outcome, verdict))


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("全年共举办各类培训6期。", all_by("6期", "met")),
        ("各类培训班举办5期。", all_by("5期", "shortfall")),
        ("培训7期，150人参加。", all_by("7期", "exceeded")),
        ("培训共6期。", all_by("6期", "met")),
        # What else was held is counted in, or the list is answered one by one.
        ("举办各类培训9期（含安全讲座3期）。", {}),
        ("举办茶艺培训6期。", {}),
        # One of the list is no kind of it.
        ("焊工培训共6期。", {"2期": ("6期", "exceeded")}),
        ("举办培训会展6期。", {}),
        ("历年累计举办培训60期。", {}),
        ("焊工培训2期，全年各类培训6期。", {"2期": ("2期", "met")}),
    ],
)
def test_a_total_of_the_kind_answers_the_list(outcome: str, expected: Expected) -> None:
    assert links(GOAL, outcome) == expected


def test_two_lists_of_the_kind_are_not_answered_by_one_total() -> None:
    goal = "举办焊工培训2期、电工培训3期。组织村干部培训4期、会计培训5期。"
    assert links(goal, "全年举办各类培训14期。") == {}


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        (
            "管护渠道60公里，其中干渠42公里、支渠18公里。",
            "管护干渠44公里、支渠15公里。",
            {
                "60公里": ("44公里+15公里", "shortfall"),
                "42公里": ("44公里", "exceeded"),
                "18公里": ("15公里", "shortfall"),
            },
        ),
        (
            "采集样品500份，其中水样200份、土样150份。",
            "采集：水样210份、土样160份、其他140份。",
            {
                "500份": ("210份+160份+140份", "exceeded"),
                "200份": ("210份", "exceeded"),
                "150份": ("160份", "exceeded"),
            },
        ),
        # A part that the answer has within is not added to it once more.
        (
            "新建压缩站和公厕11座，其中公厕2座。",
            "压缩站9座，其中公厕2座。",
            {"11座": ("9座", "shortfall"), "2座": ("2座", "met")},
        ),
        # The list ends with its own total.
        (
            "救助儿童65名，其中听力20名、肢体45名。",
            "救助中，肢体42名、听力18名，共62名。",
            {
                "65名": ("62名", "shortfall"),
                "20名": ("18名", "shortfall"),
                "45名": ("42名", "shortfall"),
            },
        ),
        # Parts that leave something out are not the whole.
        (
            "采集样品500份，其中水样200份、土样150份。",
            "采集：水样210份、土样160份。",
            {"200份": ("210份", "exceeded"), "150份": ("160份", "exceeded")},
        ),
    ],
)
def test_a_whole_is_told_by_all_its_parts(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        (
            "检查化学品企业20家次、仓储物流企业30家次、餐饮服务场所40家次；对15家重点餐饮场所抽样。",
            "对化工企业、物流企业、餐饮场所检查共95家次。",
            dict.fromkeys(("20家次", "30家次", "40家次"), ("95家次", "exceeded")),
        ),
        (
            "组织教师疗养60人、护士疗养90人、司机疗养30人。",
            "慰问护士300人。疗养方面，教师、护士、司机共成行170人。",
            dict.fromkeys(("60人", "90人", "30人"), ("170人", "shortfall")),
        ),
        (
            "扶持竹编、木雕企业5家。",
            "扶持竹编企业4家、木雕企业2家。",
            {"5家": ("4家+2家", "exceeded")},
        ),
        (
            "新发展志愿者800人，大学生志愿者入队200人。",
            "发展志愿者820人，其中大学生150人。",
            {"800人": ("820人", "exceeded"), "200人": ("150人", "shortfall")},
        ),
    ],
)
def test_totals_that_name_their_list(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("产前检查完成年度任务的97%。", {"900人次": ("97%", "shortfall")}),
        ("听力检查完成年度任务的102%。", {"700例": ("102%", "exceeded")}),
        ("听力检查完成率102%。", {}),
        ("体检完成年度任务的102%。", {}),
    ],
)
def test_a_share_of_the_task_goes_to_the_target_it_names(
    outcome: str, expected: Expected
) -> None:
    goal = "开展免费产前检查900人次、新生儿听力检查700例。"
    assert links(goal, outcome) == expected


def test_a_share_of_the_task_that_two_targets_could_mean_goes_to_none() -> None:
    goal = "更换照明灯管900支，检修灯管300支。"
    assert links(goal, "灯管完成年度任务的103%。") == {}


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("越野类比赛4场。", {}),
        ("举办比赛28场。", {"25场": ("28场", "exceeded")}),
    ],
)
def test_what_names_a_part_does_not_answer_the_whole(
    outcome: str, expected: Expected
) -> None:
    found = links("举办比赛25场，其中越野赛3场、棋类赛10场。", outcome)
    assert {k: v for k, v in found.items() if k == "25场"} == expected
