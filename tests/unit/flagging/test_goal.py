from __future__ import annotations

import pytest

from pipeline.core.flag import Severity
from tests.unit.flagging.sketch import raised


@pytest.mark.parametrize("text", [None, "", " ", "/", "无", "……", "—", "不适用"])
def test_missing_goal(text: str | None) -> None:
    (flag,) = raised({"goal_text": text}, "goal_missing")
    assert flag.severity is Severity.HIGH
    if text is None:
        (place,) = flag.evidence
        assert (place.field, place.start, place.quote) == ("goal_text", None, None)


def test_missing_goal_is_weaker_when_our_reading_is_in_doubt() -> None:
    notes = [{"code": "label_unrecognised", "field": "goal_text"}]
    (flag,) = raised({"notes": notes}, "goal_missing")
    assert flag.severity is Severity.LOW


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("组织开展专题活动1-", Severity.MEDIUM),
        ("组织开展专题活动1～", Severity.MEDIUM),
        ("改造管网（含支管", Severity.MEDIUM),
        ("开展“平安", Severity.MEDIUM),
        ("巡查山塘、", Severity.MEDIUM),
        ("完善水利设施和", Severity.MEDIUM),
        ("完成绿化补植，", Severity.LOW),
        ("举办培训班共2", Severity.MEDIUM),
        ("举办培训班2", Severity.LOW),
        ("举办培训班2期", None),
        ("举办培训班2期；", None),
        ("完成率达到100", None),
        ("推进科学普及", None),
        ("引导群众广泛参与", None),
        ("新建泵站（含配电房）", None),
        ("新建泵站（含配电房)", None),
        ("1）修缮屋面", None),
        ("开展“平安校园”建设", None),
        ("（一）修缮屋面2000平方米", None),
        ("开展公益讲座、文艺演出等", None),
    ],
)
def test_truncated(text: str, severity: Severity | None) -> None:
    flags = raised({"goal_text": text}, "goal_truncated")
    assert [f.severity for f in flags] == ([severity] if severity else [])
    for flag in flags:
        assert text.endswith(flag.evidence[0].quote or "?")


def statement(quote: str, **more: object) -> dict[str, object]:
    return {"quote": quote, **more}


VAGUE = {
    "goal_text": "以生态优先为导向。安排资金用于管护。不断提升管护水平。",
    "statements": [
        statement("以生态优先为导向", kind="context", vague=True),
        statement("安排资金用于管护", kind="funding", vague=True),
        statement("不断提升管护水平", vague=True),
    ],
}


def test_vague_context_counts_only_without_any_number() -> None:
    assert len(raised(VAGUE, "goal_vague")) == 3
    measured = VAGUE | {
        "goal_text": f"{VAGUE['goal_text']}管护林地300亩。",
        "targets": [["300亩", "=", 300, "亩"]],
        "statements": [
            *VAGUE["statements"],
            statement("管护林地300亩", quantified=True, targets=[0]),
        ],
    }
    (flag,) = raised(measured, "goal_vague")
    assert flag.evidence[0].quote == "不断提升管护水平"


def test_unquantified_is_low_beside_numeric_indicators() -> None:
    goal = {"goal_text": "完成消防设施检修。"}
    (flag,) = raised(goal, "goal_unquantified")
    assert flag.severity is Severity.MEDIUM
    row = {"name": "检修点", "target_text": "9处", "target": ["9处", "=", 9, "处"]}
    (flag,) = raised(goal | {"indicators": [row]}, "goal_unquantified")
    assert flag.severity is Severity.LOW
    assert "1项" in flag.message
    assert not raised({"goal_text": "/"}, "goal_unquantified")


def test_unquantified_is_not_said_where_indicators_could_not_be_read() -> None:
    unread = {"code": "reading_doubt", "field": "indicators", "detail": "9处"}
    goal = {"goal_text": "完成消防设施检修。"}
    assert not raised(goal | {"notes": [unread]}, "goal_unquantified")
    assert raised(goal | {"notes": [unread | {"field": "unit"}]}, "goal_unquantified")


TASK = {
    "goal_text": "订购图书800册。",
    "outcome_text": "书架安装完毕。",
    "targets": [["800册", "=", 800, "册"]],
    "statements": [
        statement("订购图书800册", quantified=True, has_outcome=False, targets=[0])
    ],
}


def row(text: str | None, *, linked: bool = True, **more: object) -> dict[str, object]:
    return {
        "name": "订购图书",
        "target_text": "800册",
        "target": ["800册", "=", 800, "册"],
        "actual_text": text,
        "targets": [0] if linked else [],
        **more,
    }


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        ([], Severity.HIGH),
        ([row("820册", actual=["820册", "=", 820, "册"], status="exceeded")], None),
        ([row("820册、报刊12种")], None),
        ([row("达成指标", status="status_only")], Severity.LOW),
        ([row("/")], Severity.HIGH),
        ([row("无")], Severity.LOW),
        ([row(None)], Severity.HIGH),
        ([row("820册", linked=False)], Severity.HIGH),
    ],
    ids=["无指标", "有数值", "多个数值", "仅状态", "斜线", "无", "空", "未关联"],
)
def test_without_outcome(
    rows: list[dict[str, object]], severity: Severity | None
) -> None:
    flags = raised(TASK | {"indicators": rows}, "goal_without_outcome")
    assert [f.severity for f in flags] == ([severity] if severity else [])
    for flag in flags:
        assert "未在文中找到对应完成情况" in flag.message
        missing = flag.evidence[1]
        assert (missing.field, missing.start, missing.quote) == (
            "outcome_text",
            None,
            None,
        )


def test_without_outcome_is_weaker_for_a_vague_task() -> None:
    vague = {
        "goal_text": "不断改善服务环境。",
        "statements": [statement("不断改善服务环境", vague=True, has_outcome=False)],
    }
    (flag,) = raised(vague, "goal_without_outcome")
    assert flag.severity is Severity.MEDIUM


def test_without_outcome_is_weaker_in_a_report_in_free_text() -> None:
    report = TASK | {"document_type": "selfeval_report"}
    (flag,) = raised(report, "goal_without_outcome")
    assert flag.severity is Severity.MEDIUM


def test_without_outcome_is_weaker_where_candidates_are_close() -> None:
    close = TASK | {
        "outcome_text": "到货500册，另有300册。",
        "outcomes": [["500册", "=", 500, "册"], ["300册", "=", 300, "册"]],
        "links": [{"target": 0, "verdict": "undetermined", "candidates": [0, 1]}],
    }
    (flag,) = raised(close, "goal_without_outcome")
    assert flag.severity is Severity.LOW


@pytest.mark.parametrize(
    ("outcome", "claim"),
    [
        ("书架安装完毕。其余目标均已完成。", "其余目标均已完成"),
        ("各项工作任务已全部完成，成效明显。", "各项工作任务已全部完成"),
        ("书架安装任务已完成。", ""),
        (
            "所有实事项目均按照时间节点完成目标任务。",
            "所有实事项目均按照时间节点完成目标任务",
        ),
        ("全部项目按期完工。", "全部项目按期完工"),
    ],
)
def test_without_outcome_is_weaker_beside_a_blanket_claim(
    outcome: str, claim: str
) -> None:
    (flag,) = raised(TASK | {"outcome_text": outcome}, "goal_without_outcome")
    assert flag.severity is (Severity.MEDIUM if claim else Severity.HIGH)
    assert f"只有笼统的“{claim}”" in flag.message or not claim


@pytest.mark.parametrize(
    ("outcome", "severity"),
    [
        ("年末竣工的泵站有7座。", Severity.LOW),
        ("泵站开工7座。", Severity.HIGH),
    ],
)
def test_without_outcome_is_weaker_where_the_deed_of_a_rate_is_told(
    outcome: str, severity: Severity
) -> None:
    rate = {
        "goal_text": "年度竣工率90%以上。",
        "outcome_text": outcome,
        "targets": [["90%以上", ">=", 90, "%"]],
        "statements": [
            statement(
                "年度竣工率90%以上", quantified=True, has_outcome=False, targets=[0]
            )
        ],
    }
    (flag,) = raised(rate, "goal_without_outcome")
    assert flag.severity is severity


@pytest.mark.parametrize("kind", ["context", "funding"])
def test_without_outcome_is_for_tasks_only(kind: str) -> None:
    piece = TASK["statements"][0] | {"kind": kind}
    assert not raised(TASK | {"statements": [piece]}, "goal_without_outcome")


def test_without_outcome_waits_for_matching() -> None:
    piece = TASK["statements"][0] | {"has_outcome": None}
    assert not raised(TASK | {"statements": [piece]}, "goal_without_outcome")


@pytest.mark.parametrize(
    ("goal", "quantified", "outcome", "severity", "words"),
    [
        ("新建公厕3座", True, "改造路灯210盏。", Severity.HIGH, "未在文中找到"),
        ("编制公厕导则", False, "改造路灯210盏。", Severity.MEDIUM, "未在文中找到"),
        ("新建社区公厕3座", True, "社区公厕选址已定。", Severity.LOW, "“社区公厕”"),
        ("新建公厕3-", False, "改造路灯210盏。", Severity.LOW, "疑似截断"),
    ],
)
def test_without_outcome_weighs_what_is_known(
    goal: str, quantified: bool, outcome: str, severity: Severity, words: str
) -> None:
    piece = {"quote": goal, "quantified": quantified, "has_outcome": False}
    form = {"goal_text": goal, "outcome_text": outcome, "statements": [piece]}
    (flag,) = raised(form, "goal_without_outcome")
    assert flag.severity is severity
    assert words in flag.message


@pytest.mark.parametrize(("actual", "count"), [("0起", 0), ("已完成", 1), ("/", 1)])
def test_a_row_of_the_same_name_answers_a_task_without_numbers(
    actual: str, count: int
) -> None:
    piece = {"quote": "不发生重大安全事故", "has_outcome": False}
    form = {
        **{"goal_text": "不发生重大安全事故。", "outcome_text": "巡查24次。"},
        "statements": [piece],
        "indicators": [{"name": "重大安全事故数", "actual_text": actual}],
    }
    assert len(raised(form, "goal_without_outcome")) == count


def test_a_cut_statement_is_hardly_vague() -> None:
    piece = {"quote": "不断提升服务能力以及", "vague": True}
    form = {"goal_text": "不断提升服务能力以及", "statements": [piece]}
    (flag,) = raised(form, "goal_vague")
    assert flag.severity is Severity.LOW


@pytest.mark.parametrize(
    ("pieces", "count"),
    [
        ([("组织召开环境日座谈会", False), ("开展入户走访", False)], 1),
        ([("组织召开环境日座谈会", False), ("编制应急预案", False)], 0),
        ([("开展相关工作", True)], 0),
        ([("加强队伍建设", True), ("召开座谈会", False)], 0),
    ],
)
def test_activity_only(pieces: list[tuple[str, bool]], count: int) -> None:
    form = {
        "goal_text": "；".join(quote for quote, _ in pieces),
        "statements": [{"quote": quote, "vague": vague} for quote, vague in pieces],
    }
    assert len(raised(form, "goal_is_activity_only")) == count


def test_a_declaration_of_goals_has_no_outcome_to_miss() -> None:
    plan = {**TASK, "outcome_text": None, "document_type": "goal_declaration"}
    assert not raised(plan, "goal_without_outcome")
    assert raised({**plan, "document_type": "project_selfeval"}, "goal_without_outcome")
    assert raised({**plan, "outcome_text": "书架安装完毕。"}, "goal_without_outcome")


@pytest.mark.parametrize(
    ("goal", "only"), [("43.2", True), ("43.2万元", True), ("保障43.2万元支出", False)]
)
def test_an_amount_for_a_goal_is_one_flag(goal: str, only: bool) -> None:
    piece = {"quote": goal, "vague": True, "has_outcome": False}
    form = {"goal_text": goal, "outcome_text": "37.24", "statements": [piece]}
    for code in ("goal_vague", "goal_without_outcome", "goal_unquantified"):
        assert bool(raised(form, code)) is not only
    assert bool(raised(form, "goal_is_budget")) is only
