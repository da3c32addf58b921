"""What a line is by its own labels and values, whatever stands above it."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.layout.evidence import content_of, is_level
from pipeline.layout.goal_labels import is_numbered, is_text
from pipeline.layout.labels import has_role, roles_of, split_fields
from pipeline.layout.lines import Line
from pipeline.layout.numbers import number_in
from pipeline.layout.totals import rating_in

GOALS = ("goal.",)
GOAL_TEXTS = ("goal.adjusted", "goal.annual", "goal.generic", "goal.longterm")
GOALS_AND_TASKS = (*GOAL_TEXTS, "goal.tasks")
FUND_COLUMNS = ("fund.initial", "fund.full", "fund.executed", "fund.rate")
FUND_ROWS = ("fundrow.",)
HEADER_FIELDS = (
    "header.project_name", "header.department", "header.unit", "header.year",
    "header.other",
)  # fmt: skip
MIN_REMARK = 16  # characters of a remark beside its label
_SENTENCE = re.compile(r"[。；;，]")
_SEALED = re.compile(r"[(（](?:盖章|公章|签章|签字)[)）]\s*(?:年\s*月\s*日)?\s*$")
MIN_RESULT = 8  # characters of an outcome beside a label that may also name a rating
# Numbers behind a label after white space: 总分 100 95.5, not 合计完成12场.
_TOTAL_NUMBERS = re.compile(r"(?:[\s:：,，/]+\d[\d.]*\s*分?)+\s*$")


def is_remark(line: Line) -> bool:
    """项目总体评价 | sentences: two cells from the left edge on, and no level."""
    if len(line.slots) != 2 or line.slots[0].column > 0:
        return False
    first, text = line.texts
    content = content_of(first)
    sentences = len(text) >= MIN_REMARK and _SENTENCE.search(text) is not None
    return sentences and not max(content.level1, content.level2)


def is_fund_header(line: Line) -> bool:
    """Two amount columns side by side (年初预算数, 全年执行数 …)."""
    found = {r for t in line.texts for r in roles_of(t) if r in FUND_COLUMNS}
    if has_any(line, "goal.tasks", "goal.taskcolumn"):
        return False
    return len(found) >= 2


def is_fund_line(line: Line, *, in_funds: bool) -> bool:
    """A line of the funds block: its header, a fund row, a section label.

    Within the block (``in_funds``) a row needs no number.
    """
    if is_fund_header(line):
        return True
    first = line.slots[0].text
    if has_role(first, "section.funds") or (
        len(line.slots) > 1 and has_role(line.slots[1].text, "section.funds")
    ):
        return True
    if in_funds:
        return any(has_role(slot.text, *FUND_ROWS) for slot in line.slots[:2])
    has_number = any(number_in(t) is not None for t in line.texts)
    return has_role(first, *FUND_ROWS) and has_number


def is_goal_line(line: Line) -> bool:
    """A line with a goal or outcome label, alone or before a colon."""
    if has_any(line, *GOALS) or has_role(line.slots[0].text, "section.goals"):
        return True
    return any(
        r.startswith(GOALS)
        for f in split_fields(line.slots[0].text[:80])[:1]
        for r in f.roles
    )


def heads_goals(line: Line) -> bool:
    """预期目标 | 实际完成情况 beside each other: what the texts below them are."""
    rest = line.slots[1:]
    goal, actual = (
        {i for i, s in enumerate(rest) if has_role(s.text, *roles)}
        for roles in (GOAL_TEXTS, ("goal.actual",))
    )
    return bool(goal - actual) and bool(actual - goal)


def is_counted_goal(line: Line) -> bool:
    """年度目标1（80分） | a text: one of several goals, each with its indicators."""
    if not 2 <= len(line.slots) <= 3 or not is_numbered(line.slots[0].text):
        return False
    return is_text(line.slots[1]) and len(line.slots[1].text) >= MIN_RESULT


def is_result(line: Line) -> bool:
    """自评结果 with sentences beside it, not with a rating or a score."""
    return has_role(line.slots[0].text, "result") and is_written(line)


def is_written(line: Line) -> bool:
    """Sentences beside the first cell."""
    return any(
        len(t) >= MIN_RESULT and rating_in(t) is None and number_in(t) is None
        for t in line.texts[1:]
    )


def is_total_line(line: Line) -> bool:
    """A line that opens with 总分, 合计, 小计, 评分等级 and the like."""
    return (
        any(
            has_role(slot.text, "total", "rating", "subtotal")
            for slot in line.slots[:2]
        )
        or any(
            f.roles & {"total", "rating"}
            for slot in line.slots[:2]
            for f in split_fields(slot.text[:60])
        )
        or is_one_cell_total(line.slots[0].text)
    )


def is_one_cell_total(text: str) -> bool:
    """总分 100 95.5: the label and its numbers in one cell."""
    if len(text) > 200:  # the pattern below takes the square of the length
        return False
    label = _TOTAL_NUMBERS.sub("", text)
    return label != text and has_role(label, "total")


def is_indicator_row(line: Line) -> bool:
    """Evidence of an indicator row without looking at any header."""
    if len(line.slots) < 4:
        return False
    contents = [content_of(t) for t in line.texts]
    if any(is_level(t) for t in line.texts[:3]):
        return True
    pair = any(
        a.two_decimals and b.two_decimals and a.number >= b.number
        for a, b in pairwise(contents)
        if a.number is not None and b.number is not None
    )
    return any(c.status and c.length > 1 for c in contents) and pair


def has_any(line: Line, *prefixes: str) -> bool:
    """Whether any cell is a label of one of the roles."""
    return any(has_role(text, *prefixes) for text in line.texts)


def is_common_reason(line: Line) -> bool:
    """未完成原因分析 | text: one reason for the whole form, below its rows."""
    return len(line.slots) <= 2 and has_role(line.slots[0].text, "ind.reason")


def is_signature(line: Line) -> bool:
    """填表人：李四 | 联系电话：… or 某科室（盖章） 年 月 日, below the table."""
    if all(_SEALED.search(text) for text in line.texts):
        return True
    found = [split_fields(slot.text[:40])[:1] for slot in line.slots]
    return bool(found[0]) and all(
        not fields or fields[0].roles & {"tail", "header.other"} for fields in found
    )


def names_field(line: Line) -> bool:
    """实施单位：某局: a field of the header before a colon."""
    fields = split_fields(line.slots[0].text[:120])
    return any(r.startswith("header.") for f in fields for r in f.roles)
