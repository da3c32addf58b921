"""A list of projects in one table → the rows of a form for each of them.

序号 | 项目名称 | 实施单位 | 年度目标 | 完成情况 | 指标名称 | 目标值 | 完成值 | 得分 | 总分: what is
said once of a project stands beside its first indicator.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.layout.labels import has_role, roles_of
from pipeline.layout.lines import Line, Slot

_FIELDS = ("header.department", "header.unit", "header.year")
_NAMES = ("ind.level3",)
_VALUES = ("ind.target", "ind.actual")
_COLUMNS = ("ind.level1", "ind.level2", "ind.level3")


@dataclass(frozen=True, slots=True)
class _Head:
    """The labels of a list: of a project, its goals, its money, its indicators, its total."""

    line: Line
    project: Slot
    fields: tuple[Slot, ...]
    goals: tuple[Slot, ...]
    funds: tuple[Slot, ...]
    indicators: tuple[Slot, ...]
    totals: tuple[Slot, ...]


@dataclass(slots=True)
class _Project:
    first: Line
    rows: list[Line] = field(default_factory=list)


def one_by_project(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with every list of projects as one form after the other."""
    done: list[Line] = []
    at = 0
    while at < len(lines):
        head = _head_of(lines[at])
        end = at + 1
        while head and end < len(lines) and lines[end].table == lines[at].table:
            end += 1
        projects = _projects(head, lines[at + 1 : end]) if head else []
        if head and projects:
            for project in projects:
                done.extend(_form_of(head, project))
        else:
            done.extend(lines[at:end])
        at = end
    return tuple(done)


def _head_of(line: Line) -> _Head | None:
    if line.table is None or line.shaky or len(line.slots) < len(_COLUMNS):
        return None
    names = [s for s in line.slots if has_role(s.text, "header.project_name")]
    columns = [i for i, s in enumerate(line.slots) if has_role(s.text, *_COLUMNS)]
    if len(names) != 1 or not columns:
        return None
    before, after = line.slots[: columns[0]], line.slots[columns[0] :]
    totals = tuple(
        s for s in line.slots if has_role(s.text, "total") and s is line.slots[-1]
    )
    indicators = tuple(s for s in after if s not in totals)
    named = any(has_role(s.text, *_NAMES) for s in indicators)
    valued = any(has_role(s.text, *_VALUES) for s in indicators)
    if names[0] not in before or not (named and valued):
        return None
    goals = tuple(s for s in before if has_role(s.text, "goal."))
    # 项目名称 opens a form, wherever it stands in the list.
    others = (s for s in before if s is not names[0] and has_role(s.text, *_FIELDS))
    fields = (names[0], *others)
    funds = tuple(
        s
        for s in before
        if s not in goals and s not in fields and has_role(s.text, "fund.")
    )
    return _Head(line, names[0], fields, goals, funds, indicators, totals)


def _projects(head: _Head, rows: Sequence[Line]) -> list[_Project]:
    """Each project with its rows; a row over all columns, such as a mean, is of none."""
    projects: list[_Project] = []
    name = ""
    for row in rows:
        named = _under(head.project, row)
        if named is not None and named.text != name:
            name = named.text
            projects.append(_Project(row))
        if projects and _under(_name_column(head), row) is not None:
            projects[-1].rows.append(row)
    return projects if all(p.rows for p in projects) else []


def _name_column(head: _Head) -> Slot:
    return next(s for s in head.indicators if has_role(s.text, *_NAMES))


def _under(label: Slot, row: Line) -> Slot | None:
    """The cell of a row that begins under a label."""
    return next((s for s in row.slots if s.column == label.column), None)


def _form_of(head: _Head, project: _Project) -> Iterator[Line]:
    """Lines as a form has them: label and value side by side, then the indicators."""
    for labels in (head.fields, head.goals, head.funds):
        pairs = [x for s in labels if (v := _under(s, project.first)) for x in (s, v)]
        if pairs:
            yield _row(project.first, pairs)
    yield replace(head.line, slots=head.indicators)
    start, end = head.indicators[0].column, head.indicators[-1].end
    for row in project.rows:
        inside = tuple(s for s in row.slots if start <= s.column < end)
        yield replace(row, slots=inside)
    for label in head.totals:
        value = _under(label, project.first)
        if value is not None and roles_of(label.text):
            yield _row(project.first, [label, value])


def _row(line: Line, slots: Sequence[Slot]) -> Line:
    placed = [replace(s, column=i, width=1) for i, s in enumerate(slots)]
    return replace(line, slots=tuple(placed))
