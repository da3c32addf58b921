"""The lines of one form → its sections, by the labels that open them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from pipeline.layout.columns import is_indicator_header, is_subheader
from pipeline.layout.evidence import is_level
from pipeline.layout.fund_rows import part_role
from pipeline.layout.labels import has_role, roles_of, simplified, split_fields
from pipeline.layout.line_kinds import (
    GOAL_TEXTS,
    GOALS,
    GOALS_AND_TASKS,
    HEADER_FIELDS,
    has_any,
    heads_goals,
    is_common_reason,
    is_counted_goal,
    is_fund_header,
    is_fund_line,
    is_goal_line,
    is_indicator_row,
    is_one_cell_total,
    is_remark,
    is_result,
    is_signature,
    is_total_line,
    is_written,
    names_field,
)
from pipeline.layout.lines import Line
from pipeline.layout.numbers import number_in
from pipeline.layout.titles import title_type

_HEADING = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.．章]|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_CAPTION = re.compile(r"附?表\s*\d+(?:[-—–.]\d+)*[\s　:：]")
_CHAPTERS = "一二三四五六七八九十"
_CHAPTER = re.compile(rf"([{_CHAPTERS}])[、.．]")
MAX_HEADING = 24
_CURRENCY = re.compile(
    r"[(（]?(?:金额|货币|计价)?单\s*位\s*[:：]\s*(?:人民币)?[万亿千]?元"
)


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
    chapter = 0  # the number of the last heading, 0 where a goal numbers its items
    for line in lines:
        number = _number_of_heading(line)
        ends = (chapter and number == chapter + 1) or _is_caption(line)
        if state is Section.GOALS and ends:
            state = Section.HEADER
        if tasks and state is Section.GOALS and _is_of_tasks(line):
            section = None if is_total_line(line) else Section.GOALS
        elif (written or dumped) and line.table is None and _goes_on(line):
            section = Section.GOALS
        else:
            state, section = _next(line, state, table)
        if number:
            is_item = section is Section.GOALS and not has_any(
                line, "goal.", "section."
            )
            chapter = 0 if is_item else number
        if section is not None:
            sections.lines.setdefault(section, []).append(line)
        if line.table is not None:
            table = line.table
            tasks = section is Section.GOALS and (
                tasks or has_any(line, "goal.taskcolumn")
            )
        written = line.table is None and section is Section.GOALS
        # A row of one cell has no tab, so that a dump shows it as a paragraph.
        dumped = section is Section.GOALS and (line.shaky or (dumped and written))
    return sections


def _number_of_heading(line: Line) -> int:
    """The number of a heading that has a row for itself (四、自我评价), 0 for any other line."""
    text = line.slots[0].text
    found = (
        _CHAPTER.match(text)
        if len(line.slots) == 1 and line.table is not None
        else None
    )
    if found is None or len(text) > MAX_HEADING or text[-1] in "。；;":
        return 0
    return _CHAPTERS.index(found[1]) + 1


def _is_caption(line: Line) -> bool:
    """表4-1 产出指标自评, over the next table of one form."""
    return len(line.slots) == 1 and _CAPTION.match(line.slots[0].text) is not None


def _is_of_tasks(line: Line) -> bool:
    """A row of the table of tasks, which has amounts and states like other rows."""
    return (
        line.table is not None
        and not has_any(line, *GOAL_TEXTS)
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
    if is_counted_goal(line):
        return Section.GOALS, Section.GOALS
    if state is Section.GOALS and is_result(line):
        return Section.GOALS, Section.GOALS
    if state is not Section.GOALS and is_fund_line(
        line, in_funds=state is Section.FUNDS
    ):
        # 年度总体, of which a fold hid 目标, is much like 年度总额.
        section = Section.GOALS if heads_goals(line) else Section.FUNDS
        return section, section
    if is_fund_header(line) and not has_any(line, "goal."):
        return Section.FUNDS, Section.FUNDS
    if is_goal_line(line):
        return Section.GOALS, Section.GOALS
    if is_total_line(line) and state is not Section.FUNDS:
        return state, Section.TOTALS
    if has_role(line.slots[0].text, *HEADER_FIELDS) or names_field(line):
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
    if is_counted_goal(line):
        return Section.GOALS, Section.GOALS
    if has_role(first, *GOALS_AND_TASKS) and len(line.slots) <= 3:
        return Section.GOALS, Section.GOALS
    if has_role(first, "goal.actual") and len(line.slots) <= 3 and is_written(line):
        return Section.GOALS, Section.GOALS  # goals and results in two tables
    if has_role(first, "header.project_name", "header.department", "header.unit"):
        return Section.HEADER, Section.HEADER
    if any(_CURRENCY.match(simplified(t)) for t in line.texts):
        return Section.HEADER, Section.HEADER  # 某局 | 单位：万元 over the next form
    if has_role(first, "tail") or is_signature(line) or is_common_reason(line):
        return Section.TAIL, Section.TAIL
    if is_remark(line):
        return Section.TAIL, Section.TAIL
    if line.table != table and not is_indicator_row(line) and not is_subheader(line):
        # Another table that does not continue this one: statistics, annexes.
        return Section.TAIL, Section.TAIL
    return Section.INDICATORS, Section.INDICATORS


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
