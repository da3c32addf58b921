"""Reports whose chapter of results says first what the goal was."""

from __future__ import annotations

import re

import pytest

from pipeline.core.document import Document, Paragraph
from pipeline.core.form import Form
from pipeline.layout import find_forms
from pipeline.resources import load_toml

REPORT = """云岭县2022年河道清淤项目绩效自评报告
一、绩效目标分解下达情况
县财政安排资金700万元。
二、绩效目标完成情况分析
（一）资金投入情况分析
已拨付资金700万元。
（二）总体绩效目标完成情况分析
{told}
（三）绩效指标完成情况分析
1.产出指标完成情况分析。
（1）数量指标。清淤河道12公里，已完成。
（2）质量指标。工程验收合格率100%。
三、下一步改进措施
加快结算。"""


def only(text: str) -> Form:
    blocks = tuple(Paragraph(x) for x in text.splitlines())
    (form,) = find_forms(Document("text/plain", blocks))
    return form


GOAL = "清淤河道12公里，改善沿线村庄排水。"


@pytest.mark.parametrize(
    ("told", "goal"),
    [
        ("本项目总体绩效目标为" + GOAL + "2022年实际基本完成。", GOAL),
        ("按照实施方案，制定项目绩效目标：" + GOAL + "\n总体绩效目标基本完成。", GOAL),
        ("项目绩效总目标：" + GOAL + "完成了河道清淤的全部任务。", GOAL),
        ("年度总体目标：" + GOAL + "\n总体绩效目标全部完成。", GOAL),
        ("2022年度绩效目标是：" + GOAL + "全年已完成。", GOAL),
    ],
)
def test_the_goal_before_the_result(told: str, goal: str) -> None:
    form = only(REPORT.format(told=told))
    assert form.goal_text == goal
    assert form.outcome_text is not None
    assert goal not in form.outcome_text


def test_a_general_sentence_goes_on_with_the_indicators() -> None:
    told = "本项目总体绩效目标为" + GOAL + "2022年实际基本完成。"
    outcome = only(REPORT.format(told=told)).outcome_text
    assert outcome is not None
    assert outcome.startswith("2022年实际基本完成。\n清淤河道12公里")


@pytest.mark.parametrize(
    "told",
    [
        "清淤河道12.4公里，沿线村庄不再积水。",
        "总体目标：已清淤河道12.4公里，沿线村庄不再积水。",
        "项目绩效总目标：全面完成河道清淤12.4公里。",
    ],
)
def test_what_was_done_stays_the_outcome(told: str) -> None:
    form = only(REPORT.format(told=told))
    assert form.outcome_text is not None
    assert "12.4公里" in form.outcome_text
    assert "12.4公里" not in (form.goal_text or "")


def test_words_of_results() -> None:
    rule = load_toml("narrative.toml")["result"]
    assert re.search(rule["pattern"], rule["example"])
    assert not re.search(rule["pattern"], rule["counterexample"])
