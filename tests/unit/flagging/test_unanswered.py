"""What takes an unanswered task for answered, perhaps, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.core.flag import Flag, Severity
from tests.unit.flagging.sketch import Raw, raised

HEAD = "修缮戏台3座；"
Number = tuple[str, str, float, str]


def unanswered(task: str, outcome: str | None, **more: Any) -> Flag:
    """The flag of a task of which the matcher has found nothing."""
    form: Raw = {"goal_text": f"{HEAD}{task}。", "outcome_text": outcome, **more}
    statement = {"quote": task, "has_outcome": False}
    if "targets" in more:
        statement |= {"quantified": True, "targets": list(range(len(more["targets"])))}
    (flag,) = raised(form | {"statements": [statement]}, "goal_without_outcome")
    return flag


PEOPLE: Number = ("46人", "=", 46, "人")
VISITS: Number = ("5万人次", "=", 50000, "人次")
FAST: Number = ("10分钟内", "<=", 10, "分钟")


@pytest.mark.parametrize(
    ("task", "target", "outcome", "told", "severity"),
    [
        ("编印古村村志2部", ("2部", "=", 2, "部"), "古村村志征稿。", None, Severity.LOW),
        ("编印古村村志2部", ("2部", "=", 2, "部"), "村志征稿。", None, Severity.HIGH),
        ("资助孤儿46人", PEOPLE, "助学46人。", PEOPLE, Severity.LOW),
        ("资助孤儿46人", PEOPLE, "植树46株。", ("46株", "=", 46, "株"), Severity.HIGH),
        ("资助孤儿4人", ("4人", "=", 4, "人"), "值班4人。", ("4人", "=", 4, "人"), Severity.MEDIUM),
        ("监控36路", ("36路", "=", 36, "路"), "探头39个。", ("39个", "=", 39, "个"), Severity.MEDIUM),
        ("监控36路", ("36路", "=", 36, "路"), "探头90个。", ("90个", "=", 90, "个"), Severity.HIGH),
        ("监控36路", ("36路", "=", 36, "路"), "值班36人。", ("36人", "=", 36, "人"), Severity.HIGH),
        ("海葬奖补60例", ("60例", "=", 60, "例"), "撒海34例。", ("34例", "=", 34, "例"), Severity.MEDIUM),
        ("接待游客5万人次", VISITS, "乘车6万人次。", None, Severity.HIGH),
        ("每个小区挂牌5块", ("5块", "=", 5, "块"), "有2个小区开工。", None, Severity.HIGH),
        ("台风预报10分钟内发出", FAST, "发布预报台风消息。", None, Severity.LOW),
        ("台风预报10分钟内发出", FAST, "发布预报消息。", None, Severity.HIGH),
        ("安排专项资金45万元", ("45万元", "=", 450000, "元"), "植树。", None, Severity.MEDIUM),
        ("发放助学金45万元", ("45万元", "=", 450000, "元"), "植树。", None, Severity.HIGH),
        ("信访答复率100%", ("100%", "=", 100, "%"), "植树。", None, Severity.MEDIUM),
        ("信访答复率95%", ("95%", "=", 95, "%"), "植树。", None, Severity.HIGH),
    ],
)  # fmt: skip
def test_what_may_be_the_answer_weakens(
    task: str, target: Number, outcome: str, told: Number | None, severity: Severity
) -> None:
    outcomes = [told] if told else []
    flag = unanswered(task, outcome, targets=[target], outcomes=outcomes)
    assert flag.severity is severity
    assert ("相近字句" in flag.message) is (severity is Severity.LOW)


def test_a_number_that_answers_another_target_is_no_hint() -> None:
    link = {"target": 1, "outcomes": [0], "verdict": "met"}
    form: Raw = {
        "goal_text": "资助孤儿46人；聘用护工46人。",
        "outcome_text": "聘用护工46人。",
        "targets": [PEOPLE, PEOPLE],
        "outcomes": [PEOPLE],
        "links": [link],
        "statements": [
            {
                "quote": "资助孤儿46人",
                "quantified": True,
                "has_outcome": False,
                "targets": [0],
            }
        ],
    }
    (flag,) = raised(form, "goal_without_outcome")
    assert flag.severity is Severity.HIGH


@pytest.mark.parametrize(
    ("head", "severity"),
    [("古戏台周边整治", Severity.MEDIUM), ("村容整治", Severity.LOW)],
)
def test_what_the_project_is_about_is_no_hint(head: str, severity: Severity) -> None:
    flag = unanswered(
        "清理古戏台周边沟渠8处",
        "古戏台周边环境有改善。",
        project_name=head,
        targets=[("8处", "=", 8, "处")],
    )
    assert flag.severity is severity
    assert ("相近字句" in flag.message) is (severity is Severity.LOW)


@pytest.mark.parametrize(
    ("task", "outcome"),
    [
        ("发放护林員經(jīng)費8筆", "護林員經(jīng)費到賬。"),
        ("发放护林員經jīng費8筆", "護林員經 jīng 費到賬。"),
        ("签订道路項(xiàng)目保洁協(xié)議8份", "项(xiàng)目保洁有序。"),
    ],
)
def test_readings_of_converters_are_no_words_of_a_hint(task: str, outcome: str) -> None:
    message = unanswered(task, outcome, targets=[("8", "=", 8, "")]).message
    near = message.rpartition("相近字句")[2]
    assert near
    assert not any(c in near for c in "īéà")


def test_a_copy_with_readings_in_it_is_weak_evidence() -> None:
    target = [("8株", "=", 8, "株")]
    flag = unanswered("植樹(shù)8株", "經(jīng)費到賬。", targets=target)
    assert flag.severity is Severity.LOW
    assert "相近字句" not in flag.message


def test_a_cell_that_was_not_found_is_no_proof() -> None:
    flag = unanswered("植树8株", None, targets=[("8株", "=", 8, "株")])
    assert flag.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    ("outcome", "claim"), [("完成", True), ("已完成。", True), ("巡山4次。", False)]
)
def test_a_bare_status_is_a_blanket_claim(outcome: str, claim: bool) -> None:
    flag = unanswered("植树8株", outcome, targets=[("8株", "=", 8, "株")])
    assert (flag.severity is Severity.MEDIUM) is claim
    assert ("只有笼统的" in flag.message) is claim
