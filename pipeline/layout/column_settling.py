"""Roles of columns that their labels leave open, by the other columns and the cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout.column_roles import IGNORED, LEVELS, Column
from pipeline.layout.evidence import content_of, is_scoring_rule
from pipeline.layout.lines import Line

_TARGETS = ("target", "standard", "goal")
_JOINED = frozenset(("reason", "operator"))  # 指标方向 | 计算符号


def by_content(
    columns: list[Column], rows: Sequence[Line], *, shaky: bool
) -> list[Column]:
    """Standards and second levels as what the rows below show them to be."""
    columns = _parted_target(columns, rows, shaky=shaky)
    roles = {c.role for c in columns}
    if "goal" in roles:
        meant = "ignored" if roles & {"target", "standard", "adjusted"} else "target"
        columns = [_renamed(c, "goal", meant) for c in columns]
    if "standard" in roles:
        place = next(c for c in columns if c.role == "standard")
        rules = any(
            is_scoring_rule(slot.text)
            for line in rows
            for slot in line.slots
            if shaky or place.start <= slot.column < place.end
        )
        meant = "ignored" if rules or "target" in roles else "target"
        columns = [_renamed(c, "standard", meant) for c in columns]
    if "level2" in roles and not roles & {"level3", "caption"} and rows:
        # 一级指标 | 二级指标 | 指标值: the second names the indicators themselves.
        contents = (content_of(t) for line in rows for t in line.texts[:3])
        # 满意度指标 is a first level as well, and says nothing of the column.
        named = any(c.level2 == 2 and not c.level1 for c in contents)
        if not named:
            columns = [_renamed(c, "level2", "level3") for c in columns]
    return columns


def _parted_target(
    columns: list[Column], rows: Sequence[Line], *, shaky: bool
) -> list[Column]:
    """指标值 over ≥ | 95 | %, or beside a column of signs that has no label.

    A sign that is lost turns a limit into a number to be reached.
    """
    targets = [c for c in columns if c.role in _TARGETS]
    if len(targets) != 1 or shaky:
        return columns
    start, end = targets[0].start, targets[0].end
    taken = {x for c in columns if c is not targets[0] for x in range(c.start, c.end)}
    parts = dict.fromkeys(range(start, end), targets[0].role)
    for role, before in (("operator", True), ("unit", False)):
        if any(c.role == role for c in columns):
            continue
        place = _place_of(role, rows)
        beside = start - 1 if before else end
        if (place == beside and place not in taken) or (
            place == (start if before else end - 1) and end - start > 1
        ):
            parts[place] = role
    if targets[0].role not in parts.values():
        return columns
    found = [
        Column(role, min(places), max(places) + 1)
        for role in dict.fromkeys(parts.values())
        if (places := [x for x, r in parts.items() if r == role])
    ]
    rest = [c for c in columns if c is not targets[0]]
    return sorted((*rest, *found), key=lambda c: c.start)


def _place_of(role: str, rows: Sequence[Line]) -> int | None:
    """The column that holds signs, or units, in two rows at least."""
    places = Counter(
        slot.column
        for line in rows
        for slot in line.slots
        if getattr(content_of(slot.text), role)
    )
    found = places.most_common(1)
    return found[0][0] if found and found[0][1] > 1 else None


def _renamed(column: Column, role: str, new: str) -> Column:
    return replace(column, role=new) if column.role == role else column


def settle(columns: list[Column], *, shaky: bool) -> list[Column]:
    """Resolve roles that depend on the rest of the header."""
    roles = {c.role for c in columns}
    renamed = list(columns)
    if not roles & set(LEVELS):
        renamed = _split_caption(renamed, shaky=shaky)
        roles = {c.role for c in renamed}
    if "level3" not in roles and "caption" in roles:
        last = max(i for i, c in enumerate(renamed) if c.role == "caption")
        renamed[last] = Column("level3", renamed[last].start, renamed[last].end)
    if not roles & {"level1", "level2"}:
        # 指标 | 指标名称: the left column holds the level names.
        captions = [i for i, c in enumerate(renamed) if c.role == "caption"]
        for i, role in zip(captions, ("level1", "level2"), strict=False):
            renamed[i] = Column(role, renamed[i].start, renamed[i].end)
    if not roles & {"target", "adjusted"} and "reference" in roles:
        first = next(i for i, c in enumerate(renamed) if c.role == "reference")
        renamed[first] = Column("target", renamed[first].start, renamed[first].end)
    return _only_once(_own_unit(_own_weight(renamed)))


def _own_unit(columns: list[Column]) -> list[Column]:
    """指标值 | 单位 | 完成值 | 单位: the second is that of the actual value."""
    units = [i for i, c in enumerate(columns) if c.role == "unit"]
    if len(units) != 2 or columns[units[1] - 1].role != "actual":
        return columns
    unit = replace(columns[units[1]], role="actual_unit")
    return [*columns[: units[1]], unit, *columns[units[1] + 1 :]]


def _own_weight(columns: list[Column]) -> list[Column]:
    """一级指标 | 权重 | 二级指标 | 权重 | 三级指标 | 权重: that of the indicator."""
    weights = [i for i, c in enumerate(columns) if c.role == "weight"]
    last_level = max((i for i, c in enumerate(columns) if c.role in LEVELS), default=-1)
    own = [i for i in weights if i > last_level][:1]
    if len(weights) < 2 or not own:
        return columns
    return [
        replace(c, role="ignored") if i in weights and i not in own else c
        for i, c in enumerate(columns)
    ]


def _split_caption(columns: list[Column], *, shaky: bool) -> list[Column]:
    """绩效指标 over all three level columns, whose own labels are not printed."""
    captions = [i for i, c in enumerate(columns) if c.role == "caption"]
    if len(captions) != 1:
        return columns
    at = captions[0]
    start, end = columns[at].start, columns[at].end
    if end - start < len(LEVELS) and not shaky:
        return columns
    levels = [
        Column("level1", start, start + 1),
        Column("level2", start + 1, start + 2),
        Column("level3", start + 2, max(end, start + 3)),
    ]
    return [*columns[:at], *levels, *columns[at + 1 :]]


def _only_once(columns: list[Column]) -> list[Column]:
    """A second column of the same role is ignored, except where both are joined."""
    seen: set[str] = set()
    kept = []
    for column in columns:
        repeated = column.role in seen and column.role not in {*_JOINED, *IGNORED}
        role = "ignored" if repeated else column.role
        seen.add(role)
        kept.append(Column(role, column.start, column.end))
    return kept
