"""What speaks against a shortfall, and what it is called by."""

from __future__ import annotations

from typing import Any

import pytest

import pipeline
from pipeline.core.flag import Flag, Severity
from tests.unit.flagging.sketch import Raw, raised

Number = tuple[str, str, float, str]


def short(goal: str, target: Number, told: str, *outcomes: Number, **more: Any) -> Raw:
    """A form whose first outcome falls short of its only target."""
    return {
        **{"goal_text": goal, "outcome_text": told},
        **{"targets": [target], "outcomes": list(outcomes)},
        "links": [{"target": 0, "outcomes": [0], "verdict": "shortfall"}],
        **more,
    }


def weight(form: Raw) -> Severity | None:
    flags: list[Flag] = raised(form, "target_not_met")
    return flags[0].severity if flags else None


POSTS: Number = ("1150个", "=", 1150, "个")
POSTS_TOLD: tuple[Number, Number] = (
    ("460个", "=", 460, "个"),
    ("905个", "=", 905, "个"),
)


@pytest.mark.parametrize(
    ("goal", "told", "severity"),
    [
        ("开发保洁岗位1150个。", "城镇保洁岗位460个、乡村保洁岗位905个。", "medium"),
        ("开发保洁岗位1150个。", "城镇保洁岗位460个、乡村护林岗位905个。", "high"),
        ("开发保洁岗位1150个。", "城镇保洁岗位460个。乡村保洁岗位905个。", "high"),
    ],
    ids=["两类之和", "另一类", "另一句"],
)
def test_kinds_of_what_was_promised_may_add_up(
    goal: str, told: str, severity: str
) -> None:
    form = short(goal, POSTS, told, *POSTS_TOLD)
    taken = {"target": 1, "outcomes": [1], "verdict": "met"}
    second: Raw = {
        "goal_text": goal + "另开发岗位900个。",
        "targets": [POSTS, ("900个", "=", 900, "个")],
        "links": [*form["links"], taken],
    }
    assert weight(form | second) == severity


@pytest.mark.parametrize(
    ("target", "told", "severity"),
    [
        (("2.4万人次", "=", 24000, "人次"), ("5900人", "=", 5900, "人"), "medium"),
        (("300名", "=", 300, "名"), ("280人次", "=", 280, "人次"), "medium"),
        (("300名", "=", 300, "名"), ("280人", "=", 280, "人"), "high"),
        (("300人次", "=", 300, "人次"), ("280人次", "=", 280, "人次"), "high"),
        (("近百头", "approx", 100, "头"), ("近百头", "approx", 100, "头"), None),
    ],
)
def test_people_against_visits(
    target: Number, told: Number, severity: str | None
) -> None:
    form = short(f"惠及{target[0]}。", target, f"惠及{told[0]}。", told)
    assert weight(form) == severity


@pytest.mark.parametrize(
    ("goal", "told", "severity"),
    [
        ("向省台报送短片2部。", "其中1部入选省台展播。", "medium"),
        ("向省台报送短片2部。", "向省台报送1部。", "high"),
        ("入选省台短片2部。", "其中1部入选省台展播。", "high"),
    ],
)
def test_handed_in_is_not_granted(goal: str, told: str, severity: str) -> None:
    two, one = ("2部", "=", 2, "部"), ("1部", "=", 1, "部")
    assert weight(short(goal, two, told, one)) == severity


@pytest.mark.parametrize(
    ("goal", "told", "severity"),
    [
        ("全年改造危桥50座。", "截至7月底，改造危桥41座。", "medium"),
        ("全年改造危桥50座。", "1月至10月改造危桥，其中省道，共41座。", "medium"),
        ("全年改造危桥50座。", "前三季度开工较慢，改造危桥41座。", "medium"),
        ("全年改造危桥50座。", "截至12月底，改造危桥41座。", "high"),
        ("全年改造危桥50座。", "截至7月底开工过半，全年改造危桥41座。", "high"),
        ("7月底前改造危桥50座。", "截至7月底，改造危桥41座。", "high"),
    ],
)
def test_a_number_of_some_month_is_no_number_of_the_year(
    goal: str, told: str, severity: str
) -> None:
    fifty, some = ("50座", "=", 50, "座"), ("41座", "=", 41, "座")
    assert weight(short(goal, fifty, told, some)) == severity


def row(actual: str, deviation: str | None = None, **more: Any) -> Raw:
    return {
        **{"name": "验收合格率", "target_text": "100%", "actual_text": actual},
        **{"target": ["100%", "=", 100, "%"], "actual": [actual[:1], "=", 0, "%"]},
        **{"status": "shortfall", "deviation": deviation, **more},
    }


@pytest.mark.parametrize(
    ("cells", "severity", "unexplained"),
    [
        (row("0", "项目尚在建设期，未到验收环节"), "medium", False),
        (row("0，因项目仍处于施工期"), "medium", False),
        (row("0，受汛情影响推迟"), "high", False),
        (row("0", "施工期间降雨偏多"), "high", False),
        (row("0"), "high", True),
        (row("0", "无"), "high", True),
    ],
)
def test_a_row_that_says_why(cells: Raw, severity: str, unexplained: bool) -> None:
    form: Raw = {"indicators": [cells]}
    assert weight(form) == severity
    assert bool(raised(form, "target_not_met_unexplained")) is unexplained


@pytest.mark.parametrize(
    ("name", "found"), [("逾期发放率", False), ("及时发放率", True)]
)
def test_a_floor_for_what_had_better_be_less_is_a_slip(name: str, found: bool) -> None:
    cells = row("0", name=name) | {"target": ["100%", ">=", 100, "%"]}
    assert bool(raised({"indicators": [cells]}, "target_not_met")) is found


def test_the_row_knows_better_than_the_text() -> None:
    cells: Raw = {
        **{"name": "培训人次", "target_text": "700人次", "actual_text": "607人次"},
        **{"target": ["700人次", "=", 700, "人次"], "status": "shortfall"},
        **{"actual": ["607人次", "=", 607, "人次"], "targets": [0], "outcomes": [0]},
    }
    form = short(
        "培训700人次。",
        ("700人次", "=", 700, "人次"),
        "农技班培训195人次。",
        ("195人次", "=", 195, "人次"),
        indicators=[cells],
    )
    (flag,) = raised(form, "target_not_met")
    assert "607人次" in flag.message and "195" not in flag.message


def test_numbers_are_shown_with_their_words() -> None:
    form = short(
        "一是修缮戏台3座，巡演不少于9场。",
        ("不少于9场", ">=", 9, "场"),
        "修缮戏台3座、巡演7场。",
        ("7场", "=", 7, "场"),
    )
    (flag,) = raised(form, "target_not_met")
    assert flag.message == "目标“巡演不少于9场”，完成“巡演7场”，提示未达到目标值。"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("3.巡演7场。", "巡演7场"),
        ("二是巡演7场。", "巡演7场"),
        ("（1）巡演7场。", "巡演7场"),
        ("文艺活动23场（含巡演7场）。", "含巡演7场"),
        ("乡镇（含街道）巡演7场。", "乡镇（含街道）巡演7场"),
        ("1.5公里外巡演7场。", "1.5公里外巡演7场"),
    ],
)
def test_words_before_a_number(told: str, shown: str) -> None:
    nine, seven = ("9场", "=", 9, "场"), ("7场", "=", 7, "场")
    (flag,) = raised(short("巡演9场。", nine, told, seven), "target_not_met")
    assert f"完成“{shown}”" in flag.message


@pytest.mark.parametrize(
    ("told", "outcome", "severity"),
    [
        ("保洁岗位300个。", ("300个", "=", 300, "个"), "medium"),
        ("保洁岗位400个。", ("400个", "=", 400, "个"), "high"),
    ],
    ids=["不到三分之一", "三分之一以上"],
)
def test_less_than_a_third_may_be_a_part(
    told: str, outcome: Number, severity: str
) -> None:
    assert weight(short("开发保洁岗位1150个。", POSTS, told, outcome)) == severity


@pytest.mark.parametrize("actual", ["未达到90%", "没有达到90%", "不到90%"])
def test_what_was_not_reached_contradicts_no_status(actual: str) -> None:
    record = pipeline.analyze(
        goal_text=None,
        outcome_text=None,
        indicators=[
            {
                "level1": "产出指标",
                "level2": "质量指标",
                "name": "验收达标率",
                "target_text": "≥90%",
                "actual_text": actual,
                "weight": "10",
                "score": "8",
            }
        ],
    )
    assert record.indicators[0].status == "shortfall"
    assert "status_contradicts_values" not in {f.code for f in record.flags}
