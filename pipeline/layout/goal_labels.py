"""What is a goal or outcome label, and what is a text, in the goals section."""

from __future__ import annotations

import re

from pipeline.layout.labels import bare, roles_of
from pipeline.layout.lines import Slot
from pipeline.layout.numbers import number_in

GOAL_KINDS = (
    "adjusted",
    "annual",
    "generic",
    "longterm",
    "tasks",
)  # the first with text wins
ACTUAL = "actual"
RESULT = "result"  # 自评结果: the outcome where nothing else is labelled as one
OTHER = "other"  # a column beside the goals whose cells are neither
NUMBERED_GOAL = re.compile(r"^(?:年度|预期|绩效)*目标[一二三四五六七八九十\d]{1,2}$")
_POINTS = re.compile(r"[(（]\s*\d{1,3}\s*分\s*[)）]\s*$")
_NUMBERED_ACTUAL = re.compile(
    r"^(?:目标[一二三四五六七八九十\d]{1,2})?(?:实际)?完成情况[一二三四五六七八九十\d]{0,2}$"
)
_FILLER = re.compile(
    r"^(?:(?:目标|完成情况)\s*[一二三四五六七八九十\d]*\s*[:：]?\s*)?[….。]*$"
)
# What the blank form asks for, left where the answer should stand:
# 对照年度目标,说明任务的完成情况(100字以内), 请填写年度总体目标.
_INSTRUCTION = re.compile(
    r"[^。；;\n]{0,80}[(（]\s*(?:限|不超过|不少于|控制在|约)?\s*\d{2,4}\s*个?字(?:以内|左右|以下|以上)?\s*[)）][。.]?"
    r"|[(（]?(?:请|此处)(?:在此)?(?:简要|详细)?(?:填写|描述|概述|说明|填报)[^。；;\d]{0,40}[)）]?[。.]?"
)
# Labels of columns beside the goals, and headings of the block that follows.
_NO_TEXT = ("fund.", "ind.caption", "ind.ignored", "section.")
_BESIDE = ("ind.reason", "ind.factor", "ind.audit", "ind.score", "ind.weight")
COUNTED = re.compile(r"[一二三四五六七八九十\d]$")  # 目标1, 完成情况2
MAX_LEAD = 24  # a goal label before a colon stands within so many characters


def is_filler(text: str) -> bool:
    """Whether a text is only what a blank form prints: 目标1：……, an instruction."""
    text = text.strip()
    return bool(_FILLER.match(text) or _INSTRUCTION.fullmatch(text))


def kind_of_label(text: str) -> str | None:
    """A goal kind, actual, result or other for a label cell; None for any other."""
    roles = roles_of(text)
    for kind in (*GOAL_KINDS, ACTUAL):
        if f"goal.{kind}" in roles:
            return kind
    if RESULT in roles:
        return RESULT
    if any(role in _BESIDE for role in roles):
        return OTHER
    name = bare(text)
    if NUMBERED_GOAL.match(name):
        return "annual"
    return ACTUAL if _NUMBERED_ACTUAL.match(name) else None


def heads_block(text: str) -> bool:
    """年度绩效目标1（40分）: the label of a block of indicators, which holds no text."""
    return _POINTS.search(text) is not None and kind_of_label(text) in GOAL_KINDS


def is_text(slot: Slot) -> bool:
    """Whether a cell can be a goal or outcome: no label, number or filler."""
    return (
        kind_of_label(slot.text) is None
        and not is_filler(slot.text)
        and "goal.taskcolumn" not in roles_of(slot.text)
        and number_in(slot.text) is None
        and not any(r.startswith(_NO_TEXT) for r in roles_of(slot.text))
    )


def is_heading(text: str) -> bool:
    """四、绩效指标完成情况 over the next block: a numbered label of no goal."""
    roles = roles_of(text)
    numbered = re.match(
        r"\s*(?:第?[一二三四五六七八九十]+[、.．]|[（(][一二三四五六]+[）)])", text
    )
    return bool(numbered and roles) and not any(r.startswith("goal.") for r in roles)


def is_numbered(label: str) -> bool:
    """Whether a label counts goals or outcomes: 目标1, 完成情况2."""
    name = bare(label)
    return bool(NUMBERED_GOAL.match(name) or _NUMBERED_ACTUAL.match(name))


def leads_outcome(text: str) -> bool:
    """完成情况1：… beside 目标1：… under one goal label; 目标1：… says nothing."""
    lead, colon, _ = text[:MAX_LEAD].replace("：", ":").partition(":")
    return bool(colon) and _NUMBERED_ACTUAL.match(bare(lead)) is not None


def without_lead(text: str, kind: str) -> str:
    """Drop a repeated label in front of the text: 年度目标：, but not 目标1：."""
    colon = re.search(r"[:：]", text[:MAX_LEAD])
    if colon and not is_numbered(text[: colon.start()]):
        named = kind_of_label(text[: colon.start()])
        rest = text[colon.end() :].strip()
        if named == kind and rest:
            return rest
    return text
