"""Twins of two real forms: their figures and faults, sentences of our own."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.core.flag import Flag, Severity
from pipeline.flagging import raise_flags
from tests.unit.flagging.sketch import Raw, view_of

PARTLY = "部分达成指标并具有一定效果"
FUNDS = [
    {
        **{"initial_budget": "115.00", "full_budget": "115.00", "executed": "115.00"},
        **{"weight": "10.00", "execution_rate": "100.00", "score": "10.00"},
    },
    {
        **{"kind": "fiscal", "label": "其中：当年财政拨款", "execution_rate": "100.00"},
        **{"initial_budget": "115.00", "full_budget": "115.00", "executed": "115.00"},
    },
    {
        **{"kind": "carryover", "label": "上年结转资金", "execution_rate": "0.00"},
        **{"initial_budget": "0.00", "full_budget": "0.00", "executed": "0.00"},
    },
    {
        **{"kind": "other", "label": "其他资金", "execution_rate": "0.00"},
        **{"initial_budget": "0.00", "full_budget": "0.00", "executed": "0.00"},
    },
]
SCORE_FLAGS = {
    *("score_total_mismatch", "score_exceeds_weight", "weight_total_mismatch"),
    *("rating_mismatch", "score_below_without_reason", "execution_rate_mismatch"),
    "funds_sum_mismatch",
}


def row(
    levels: str,
    name: str,
    aim: str,
    actual: str,
    marks: str,
    reason: str | None = None,
    **more: object,
) -> Raw:
    level1, level2 = levels.split("/")
    weight, score = marks.split("/")
    status = "partial" if actual == PARTLY else "status_only"
    return {
        **{"level1": f"{level1}指标", "level2": f"{level2}指标", "name": name},
        **{"target_text": aim, "actual_text": actual, "status": status},
        **{"weight": weight, "score": score, "deviation": reason},
        **more,
    }


OK = "达成指标"
VAGUE_GOAL = "以开放协作为导向，集聚各方资源。不断增进两地青年了解。持续提升公众素养。"
FIRST = {
    "year": 2023,
    "goal_text": VAGUE_GOAL,
    "outcome_text": "全年合作社团3家，报送稿件25篇，公众满意度达到90%。",
    "outcomes": [
        ["3家", "=", 3, "家"],
        ["25篇", "=", 25, "篇"],
        ["达到90%", "=", 90, "%", "公众满意度"],
    ],
    "statements": [
        {"quote": "以开放协作为导向，集聚各方资源", "kind": "context", "vague": True},
        {"quote": "不断增进两地青年了解", "kind": "context", "vague": True},
        {"quote": "持续提升公众素养", "kind": "context", "vague": True},
    ],
    "funds": FUNDS,
    "indicators": [
        row("产出/数量", "合作社团", "2-3", OK, "15.00/15.00"),
        row("产出/数量", "参与人员 交流稿件", "3人 10篇 5篇 6-8人", OK, "15.00/15.00"),
        row(
            *("产出/质量", "引智活动", "务实有效", OK, "10.00/10.00"),
            "三级指标名称修改为“活动达标率”，指标值修改为“100%”，按修改后指标评价",
            amended={"name": "活动达标率", "target_text": "100%"},
        ),
        row("产出/时效", "完成及时率", "100%", OK, "10.00/10.00"),
        row("效益/社会效益", "项目影响力", "提升", OK, "20.00/20.00"),
        row(
            "效益/可持续影响",
            "协作机制",
            "可持续发展",
            PARTLY,
            "10.00/8.00",
            "协作机制有待健全",
        ),
        row(
            *("满意度/服务对象满意度", "公众满意度", "90%", PARTLY, "10.00/7.00"),
            "回访表未留存纸质件",
            target=["90%", "=", 90, "%"],
            outcomes=[2],
        ),
    ],
    "total_weight": "100",
    "total_score": "95",
    "rating": "优",
}

SECOND = {
    "year": 2023,
    "goal_text": (
        "1. 辅导不少于30家企业设站，引进专家不少于100名，办讲堂、沙龙不少于20场。"
        "2. 办对接活动不少于10场，编制一套换届手册，宣传案例不少于5篇。"
        "3. 办能力提升活动不少于12场次，服务不少于4000人次。"
        "4. 国家站报送信息不少于76篇，市级站不少于58篇，组织站点交流1-"
    ),
    "outcome_text": (
        "为4000人提供申报服务，办能力提升活动10场，新设站89家，开展创新活动56场，"
        "编制1套换届手册，采集报告94篇，引进专家408名，形成5篇宣传案例，满意度达到85%以上。"
    ),
    "targets": [
        ["不少于30家", ">=", 30, "家"],
        ["不少于100名", ">=", 100, "名"],
        ["不少于20场", ">=", 20, "场"],
        ["不少于10场", ">=", 10, "场"],
        ["一套", "=", 1, "套"],
        ["不少于5篇", ">=", 5, "篇"],
        ["不少于12场次", ">=", 12, "场次"],
        ["不少于4000人次", ">=", 4000, "人次"],
        ["不少于76篇", ">=", 76, "篇"],
        ["不少于58篇", ">=", 58, "篇"],
    ],
    "outcomes": [
        ["4000人", "=", 4000, "人"],
        ["10场", "=", 10, "场"],
        ["89家", "=", 89, "家"],
        ["56场", "=", 56, "场"],
        ["1套", "=", 1, "套"],
        ["94篇", "=", 94, "篇"],
        ["408名", "=", 408, "名"],
        ["5篇", "=", 5, "篇"],
        ["达到85%以上", ">=", 85, "%", "满意度"],
    ],
    "links": [
        {"target": 0, "outcomes": [2], "verdict": "exceeded"},
        {"target": 1, "outcomes": [6], "verdict": "exceeded"},
        {"target": 2, "outcomes": [3], "verdict": "exceeded", "method": "sum"},
        {"target": 3, "outcomes": [3], "verdict": "exceeded", "method": "sum"},
        {"target": 4, "outcomes": [4], "verdict": "met"},
        {"target": 5, "outcomes": [7], "verdict": "met"},
        {"target": 6, "outcomes": [1], "verdict": "shortfall"},
        {"target": 7, "outcomes": [0], "verdict": "met"},
    ],
    "funds": FUNDS,
    "indicators": [
        row(
            *("产出/数量", "申报服务", "不少于4000人", OK, "2.00/2.00"),
            target=["不少于4000人", ">=", 4000, "人"],
            **{"targets": [7], "outcomes": [0]},
        ),
        row(
            *("产出/数量", "能力提升活动", "12场", PARTLY, "5.00/4.00", "实际办了10场"),
            target=["12场", "=", 12, "场"],
            **{"targets": [6], "outcomes": [1]},
        ),
        row(
            *("产出/数量", "新设站", "30家", OK, "4.00/4.00"),
            target=["30家", "=", 30, "家"],
            **{"targets": [0], "outcomes": [2]},
        ),
        row(
            *("产出/数量", "创新活动", "不少于30次", OK, "4.00/4.00"),
            target=["不少于30次", ">=", 30, "次"],
            **{"targets": [2, 3], "outcomes": [3]},
        ),
        row("产出/数量", "站点采集", "每个站点每年4篇", OK, "4.00/4.00"),
        row(
            *("产出/数量", "引进专家", "不少于100名", OK, "3.00/3.00"),
            target=["不少于100名", ">=", 100, "名"],
            **{"targets": [1], "outcomes": [6]},
        ),
        row(
            "产出/数量",
            "其余事项",
            "1次",
            OK,
            "8.00/8.00",
            target=["1次", "=", 1, "次"],
        ),
        row(
            *("产出/质量", "计划完成率", "100%", OK, "10.00/10.00"),
            "指标名称修改为“活动达标率”，以修改后指标进行评价",
            target=["100%", "=", 100, "%"],
            amended={"name": "活动达标率"},
        ),
        row(
            *("产出/时效", "时效性", "按时完成", OK, "10.00/10.00"),
            "指标名称修改为“完成及时率”，指标值修改为“100%”，以修改后指标进行评价",
            amended={"name": "完成及时率", "target_text": "100%"},
        ),
        row("效益/社会效益", "创新氛围", "良好", OK, "20.00/20.00"),
        row(
            "效益/可持续影响",
            "长效机制",
            "制度健全",
            PARTLY,
            "10.00/8.00",
            "长效机制有待健全",
        ),
        row(
            *("满意度/服务对象满意度", "满意度", "85%", PARTLY, "10.00/7.00"),
            "回访表未留存纸质件",
            target=["85%", "=", 85, "%"],
            outcomes=[8],
        ),
    ],
    "total_weight": "100",
    "total_score": "94",
    "rating": "优",
}


def by_code(flags: tuple[Flag, ...], code: str) -> list[Flag]:
    return [f for f in flags if f.code == code]


@pytest.fixture(scope="module")
def first() -> tuple[Flag, ...]:
    return raise_flags(view_of(FIRST))


@pytest.fixture(scope="module")
def second() -> tuple[Flag, ...]:
    return raise_flags(view_of(SECOND))


def test_sums_are_confirmed(first: tuple[Flag, ...], second: tuple[Flag, ...]) -> None:
    for flags in (first, second):
        assert not SCORE_FLAGS & {f.code for f in flags}


def test_first(first: tuple[Flag, ...]) -> None:
    counts = Counter(f.code for f in first)
    assert counts["goal_vague"] == 3
    assert counts["goal_unquantified"] == 1
    assert counts["indicator_changed_posthoc"] == 1
    assert counts["evidence_absent_admitted"] == 1
    assert counts["ambiguous_multi_value"] == 1
    (satisfied,) = by_code(first, "status_contradicts_values")
    assert satisfied.severity is Severity.INFO
    assert "90%" in satisfied.message


def test_second(second: tuple[Flag, ...]) -> None:
    counts = Counter(f.code for f in second)
    assert counts["goal_truncated"] == 1
    assert counts["indicator_changed_posthoc"] == 2
    assert counts["indicator_value_changed_posthoc"] == 0
    assert counts["outcome_status_only"] == 1
    assert counts["target_overshoot_unexplained"] == 3
    assert counts["status_contradicts_values"] == 1
    (short,) = by_code(second, "target_not_met")
    assert [e.quote for e in short.evidence] == ["不少于12场次", "10场"]
    assert not by_code(second, "target_not_met_unexplained")
    overs = " ".join(f.message for f in by_code(second, "target_overshoot_unexplained"))
    assert "297%" in overs and "408%" in overs and "187%" in overs


def test_high_flags_of_the_second_are_the_expected_ones(
    second: tuple[Flag, ...],
) -> None:
    high = {f.code for f in second if f.severity is Severity.HIGH}
    assert high == {
        *("target_not_met", "indicator_changed_posthoc", "evidence_absent_admitted"),
    }
