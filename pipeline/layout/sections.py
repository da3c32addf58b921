"""The lines of one form → its sections, by the labels that open them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from pipeline.layout.columns import is_indicator_header, is_subheader
from pipeline.layout.evidence import content_of, is_level
from pipeline.layout.fund_rows import part_role
from pipeline.layout.labels import has_role, roles_of, simplified, split_fields
from pipeline.layout.lines import Line
from pipeline.layout.numbers import number_in
from pipeline.layout.titles import title_type
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
_HEADING = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.．章]|[（(][一二三四五六七八九十]{1,3}[）)])"
)
MAX_HEADING = 24
MIN_REMARK = 16
_CURRENCY = re.compile(
    r"[(（]?(?:金额|货币|计价)?单\s*位\s*[:：]\s*(?:人民币)?[万亿千]?元"
)
_SENTENCE = re.compile(r"[。；;，]")
MIN_RESULT = 8  # characters of an outcome beside a label that may also name a rating
# Numbers behind a label after white space: 总分 100 95.5, not 合计完成12场.
_TOTAL_NUMBERS = re.compile(r"(?:[\s:：,，/]+\d[\d.]*\s*分?)+\s*$")


class Section(Enum):
    """Parts of a form in their usual order."""

    HEADER = auto()
    FUNDS = auto()
    GOALS = auto()
    INDICATORS = auto()
    TOTALS = auto()
    TAIL = auto()


@dataclass(slots=True)
class Sections:
    """Lines per section; a line belongs to one section."""

    lines: dict[Section, list[Line]] = field(default_factory=dict)

    def of(self, section: Section) -> tuple[Line, ...]:
        """The lines of a section in reading order."""
        return tuple(self.lines.get(section, ()))

    def all(self) -> tuple[Line, ...]:
        """All lines, section by section."""
        return tuple(line for section in Section for line in self.of(section))


def split_sections(lines: tuple[Line, ...]) -> Sections:
    """Walk the lines once; what a line is depends on the section it follows."""
    sections = Sections()
    state = Section.HEADER
    table: int | None = None
    tasks = written = dumped = False
    for line in lines:
        if tasks and state is Section.GOALS and _is_of_tasks(line):
            section = None if is_total_line(line) else Section.GOALS
        elif (written or dumped) and line.table is None and _goes_on(line):
            section = Section.GOALS
        else:
            state, section = _next(line, state, table)
        if section is not None:
            sections.lines.setdefault(section, []).append(line)
        if line.table is not None:
            table = line.table
            tasks = section is Section.GOALS and (
                tasks or _has(line, "goal.taskcolumn")
            )
        written = line.table is None and section is Section.GOALS
        # A row of one cell has no tab, so that a dump shows it as a paragraph.
        dumped = section is Section.GOALS and (line.shaky or (dumped and written))
    return sections


def _is_of_tasks(line: Line) -> bool:
    """A row of the table of tasks, which has amounts and states like other rows."""
    return (
        line.table is not None
        and not _has(line, *GOAL_TEXTS)
        and not is_indicator_header(line)
        and not is_fund_header(line)
        and not has_role(line.slots[0].text, *HEADER_FIELDS, "section.funds")
    )


def _goes_on(line: Line) -> bool:
    """A further paragraph of a goal that is written outside the table."""
    text = line.slots[0].text
    heading = (
        _HEADING.match(text) and len(text) <= MAX_HEADING and text[-1] not in "。；;"
    )
    return not (
        heading
        or split_fields(text)
        or roles_of(text)
        or title_type(text)
        or is_level(text)
    )


def _next(
    line: Line, state: Section, table: int | None
) -> tuple[Section, Section | None]:
    """The state after a line, and the section that the line itself belongs to."""
    if line.table is None:
        return _next_paragraph(line, state)
    if is_indicator_header(line):
        return Section.INDICATORS, Section.INDICATORS
    if state is Section.INDICATORS:
        return _after_indicators(line, table)
    if has_role(line.slots[0].text, *GOALS_AND_TASKS) and not is_fund_header(line):
        return Section.GOALS, Section.GOALS
    if state is Section.GOALS and _is_result(line):
        return Section.GOALS, Section.GOALS
    if state is not Section.GOALS and is_fund_line(line, state):
        # 年度总体, of which a fold hid 目标, is much like 年度总额.
        section = Section.GOALS if _heads_goals(line) else Section.FUNDS
        return section, section
    if is_fund_header(line) and not _has(line, "goal."):
        return Section.FUNDS, Section.FUNDS
    if is_goal_line(line):
        return Section.GOALS, Section.GOALS
    if is_total_line(line) and state is not Section.FUNDS:
        return state, Section.TOTALS
    if has_role(line.slots[0].text, *HEADER_FIELDS) or _field_line(line):
        return Section.HEADER, Section.HEADER
    if is_indicator_row(line):
        return Section.INDICATORS, Section.INDICATORS
    if has_role(line.slots[0].text, "tail"):
        return Section.TAIL, Section.TAIL
    if state is Section.FUNDS:
        has_number = any(number_in(t) is not None for t in line.texts)
        return state, Section.FUNDS if has_number or _is_head(line) else Section.HEADER
    return state, state


def _is_head(line: Line) -> bool:
    """A row of labels of other amounts than those above: 三公经费 | 上年决算数 | …."""
    if all(part_role(text) for text in line.texts):
        return True  # 年初 | 调整后 under 预算数
    return len(line.slots) > 2 and not any(
        s.provenance.cell is None for s in line.slots
    )


def _after_indicators(line: Line, table: int | None) -> tuple[Section, Section | None]:
    first = line.slots[0].text
    if is_total_line(line):
        return Section.INDICATORS, Section.TOTALS
    if is_fund_header(line) and not is_level(first):
        return Section.FUNDS, Section.FUNDS
    if has_role(first, *GOALS_AND_TASKS) and len(line.slots) <= 3:
        return Section.GOALS, Section.GOALS
    if has_role(first, "goal.actual") and len(line.slots) <= 3 and _is_written(line):
        return Section.GOALS, Section.GOALS  # goals and results in two tables
    if has_role(first, "header.project_name", "header.department", "header.unit"):
        return Section.HEADER, Section.HEADER
    if any(_CURRENCY.match(simplified(t)) for t in line.texts):
        return Section.HEADER, Section.HEADER  # 某局 | 单位：万元 over the next form
    if has_role(first, "tail") or _signs(line) or is_common_reason(line):
        return Section.TAIL, Section.TAIL
    if _is_remark(line):
        return Section.TAIL, Section.TAIL
    if line.table != table and not is_indicator_row(line) and not is_subheader(line):
        # Another table that does not continue this one: statistics, annexes.
        return Section.TAIL, Section.TAIL
    return Section.INDICATORS, Section.INDICATORS


def _is_remark(line: Line) -> bool:
    """项目总体评价 | sentences: two cells from the left edge on, and no level."""
    if len(line.slots) != 2 or line.slots[0].column > 0:
        return False
    first, text = line.texts
    content = content_of(first)
    sentences = len(text) >= MIN_REMARK and _SENTENCE.search(text) is not None
    return sentences and not max(content.level1, content.level2)


def _next_paragraph(line: Line, state: Section) -> tuple[Section, Section | None]:
    """Paragraphs never continue a table; they count by their own labels only."""
    fields = split_fields(line.slots[0].text)
    roles = {role for f in fields for role in f.roles}
    if roles & {"total", "rating"} or is_one_cell_total(line.slots[0].text):
        return state, Section.TOTALS
    if any(r.startswith(GOALS) for r in roles):
        return state, Section.GOALS
    if state is Section.INDICATORS and is_level(line.slots[0].text):
        return state, Section.INDICATORS  # a level name over its rows, in a dump
    if state in (Section.INDICATORS, Section.TAIL):
        return state, Section.TAIL
    return state, Section.HEADER


def is_fund_header(line: Line) -> bool:
    """Two amount columns side by side (年初预算数, 全年执行数 …)."""
    found = {r for t in line.texts for r in roles_of(t) if r in FUND_COLUMNS}
    if _has(line, "goal.tasks", "goal.taskcolumn"):
        return False
    return len(found) >= 2


def is_fund_line(line: Line, state: Section) -> bool:
    """A line of the funds block: its header, a fund row, a section label."""
    if is_fund_header(line):
        return True
    first = line.slots[0].text
    if has_role(first, "section.funds") or (
        len(line.slots) > 1 and has_role(line.slots[1].text, "section.funds")
    ):
        return True
    if state is Section.FUNDS:
        return any(has_role(slot.text, *FUND_ROWS) for slot in line.slots[:2])
    has_number = any(number_in(t) is not None for t in line.texts)
    return has_role(first, *FUND_ROWS) and has_number


def is_goal_line(line: Line) -> bool:
    """A line with a goal or outcome label, alone or before a colon."""
    if _has(line, *GOALS) or has_role(line.slots[0].text, "section.goals"):
        return True
    return any(
        r.startswith(GOALS)
        for f in split_fields(line.slots[0].text[:80])[:1]
        for r in f.roles
    )


def _heads_goals(line: Line) -> bool:
    """预期目标 | 实际完成情况 beside each other: what the texts below them are."""
    rest = line.slots[1:]
    goal, actual = (
        {i for i, s in enumerate(rest) if has_role(s.text, *roles)}
        for roles in (GOAL_TEXTS, ("goal.actual",))
    )
    return bool(goal - actual) and bool(actual - goal)


def _is_result(line: Line) -> bool:
    """自评结果 with sentences beside it, not with a rating or a score."""
    return has_role(line.slots[0].text, "result") and _is_written(line)


def _is_written(line: Line) -> bool:
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


def _has(line: Line, *prefixes: str) -> bool:
    return any(has_role(text, *prefixes) for text in line.texts)


def is_common_reason(line: Line) -> bool:
    """未完成原因分析 | text: one reason for the whole form, below its rows."""
    return len(line.slots) <= 2 and has_role(line.slots[0].text, "ind.reason")


def _signs(line: Line) -> bool:
    """填表人：李四 | 联系电话：…: who filled the form in, below its table."""
    found = [split_fields(slot.text[:40])[:1] for slot in line.slots]
    return bool(found[0]) and all(
        not fields or fields[0].roles & {"tail", "header.other"} for fields in found
    )


def _field_line(line: Line) -> bool:
    fields = split_fields(line.slots[0].text[:120])
    return any(r.startswith("header.") for f in fields for r in f.roles)
