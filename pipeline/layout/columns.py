"""The header of an indicator table: roles in printed order with their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.layout.evidence import content_of, is_scoring_rule
from pipeline.layout.labels import roles_of
from pipeline.layout.lines import Line, Slot

IGNORED = frozenset(("caption", "reference", "audit", "factor", "ignored"))
LEVELS = ("level1", "level2", "level3")
# The order of the national form, for tables whose header was lost.
USUAL = ("level1", "level2", "level3", "target", "actual", "weight", "score", "reason")
GOAL_NAMED = ("goal.annual", "goal.generic")  # 绩效目标 over the target values
_YEAR = re.compile(r"20\d{2}(?=\s*年)")
_REASON = re.compile(r"原\s*因|改进|整改|措施")  # in a label that no lexicon has
_VALUES = frozenset(
    ("target", "standard", "adjusted", "reference", "operator", "unit", "actual")
)
_JOINED = frozenset(("reason", "operator"))  # 指标方向 | 计算符号
_MERGED = frozenset(("caption", "target", "standard"))  # labels over several columns
# Where one label has several roles, the position of the others decides; these
# are read only if nothing else fits.
_PREFERENCE = (
    "level1", "level2", "level3", "adjusted", "standard", "target", "reference", "operator",
    "actual", "weight", "score", "audit", "factor", "reason", "unit", "ignored",
    "caption",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A role with the columns [start, end) that its label covers."""

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of an indicator table; ``unknown`` are labels not understood."""

    order: tuple[Column, ...]
    unknown: tuple[Slot, ...] = ()
    printed: bool = True

    def roles(self) -> frozenset[str]:
        """All roles of the header."""
        return frozenset(c.role for c in self.order)

    def at(self, column: int) -> Column | None:
        """The column that covers a grid column."""
        return next((c for c in self.order if c.start <= column < c.end), None)


def is_indicator_header(line: Line) -> bool:
    """At least three indicator labels, with a level and with a value among them."""
    roles = [r for slot in line.slots for r in _indicator_roles(slot.text)[:1]]
    found = set(roles)
    levels = found & {*LEVELS, "caption"}
    values = found & {"target", "actual", "weight", "score", "adjusted", "standard"}
    return len(found) >= 3 and bool(levels) and bool(values)


def is_subheader(line: Line) -> bool:
    """A second header row: nothing but indicator labels, two at least."""
    roles = [_indicator_roles(slot.text) for slot in line.slots]
    return len(roles) >= 2 and all(roles)


def read_columns(
    header: Line, below: Line | None = None, rows: Sequence[Line] = ()
) -> Columns:
    """Roles of a header row, refined by a second header row below it.

    ``rows`` are those under the header: what they hold tells a column that one label
    leaves open.
    """
    columns, unknown = _columns_of(header)
    if below is not None:
        lower, lower_unknown = _columns_of(below)
        unknown = [*unknown, *lower_unknown]
        padded = any(a.end < b.start for a, b in pairwise(columns))
        if padded and header.shaky:
            # Blank fields were kept, so the second row stands under the first.
            columns = _stretch(columns)
        if header.shaky and not padded and not _stands_under(lower, columns):
            columns = _replaced(columns, lower)
        else:
            covered = {x for c in lower for x in range(c.start, c.end)}
            upper = [
                c for c in columns if not covered.intersection(range(c.start, c.end))
            ]
            columns = sorted((*upper, *lower), key=lambda c: c.start)
    if header.shaky:
        columns = _stretch(columns)
    columns = _by_content(columns, rows, shaky=header.shaky)
    columns = _settle(columns, shaky=header.shaky)
    return Columns(tuple(columns), tuple(unknown))


def _by_content(
    columns: list[Column], rows: Sequence[Line], *, shaky: bool
) -> list[Column]:
    """Standards and second levels as what the rows below show them to be."""
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


def _renamed(column: Column, role: str, new: str) -> Column:
    return replace(column, role=new) if column.role == role else column


def _group(role: str) -> str:
    """What a label of a second header row may stand under."""
    if role in LEVELS or role == "caption":
        return "levels"
    return "values" if role in _VALUES else role


def _stands_under(lower: list[Column], upper: list[Column]) -> bool:
    """Whether each label of the second row refines the one above it."""
    above = Columns(tuple(upper))
    for column in lower:
        found = above.at(column.start)
        if found is None or _group(found.role) != _group(column.role):
            return False
    return True


def _replaced(upper: list[Column], lower: list[Column]) -> list[Column]:
    """Two header rows of a dump without blank fields, put together by meaning.

    绩效指标 | 指标值 | 分值 over 一级指标 | 二级指标 | 三级指标 | 预期值 | 实际值.
    """
    parts = {
        "levels": [c.role for c in lower if _group(c.role) == "levels"],
        "values": [c.role for c in lower if _group(c.role) == "values"],
    }
    order: list[str] = []
    for column in upper:
        finer = parts.get(_group(column.role), [])
        if finer and column.role in _MERGED:
            order.extend(finer)
        elif column.role not in finer:
            order.append(column.role)
    return [Column(role, i, i + 1) for i, role in enumerate(order)]


def usual_columns() -> Columns:
    """The national order without positions, for a table without a header."""
    order = tuple(Column(role, i, i + 1) for i, role in enumerate(USUAL))
    return Columns(order, printed=False)


def _indicator_roles(text: str) -> tuple[str, ...]:
    roles = {r.removeprefix("ind.") for r in roles_of(text) if r.startswith("ind.")}
    return tuple(r for r in _PREFERENCE if r in roles)


def _columns_of(line: Line) -> tuple[list[Column], list[Slot]]:
    columns: list[Column] = []
    unknown: list[Slot] = []
    years = [_year_of(slot.text) for slot in line.slots]
    latest = max((year for year in years if year), default=None)
    for i, slot in enumerate(line.slots):
        roles = _indicator_roles(slot.text)
        year = years[i]
        if latest and year and year < latest:
            roles = ("reference",)  # 2022年完成值 | 2023年完成值
        if not roles and _REASON.search(slot.text):
            roles = ("reason",)
        if not roles and any(r in GOAL_NAMED for r in roles_of(slot.text)):
            roles = ("goal",)
        if not roles:
            unknown.append(slot)
            columns.append(Column("ignored", slot.column, slot.end))
        elif columns and columns[-1].role == roles[0] and roles[0] in LEVELS:
            if line.slots[i - 1].text == slot.text:
                # One merged label printed once per column it covered.
                columns[-1] = Column(roles[0], columns[-1].start, slot.end)
            else:  # 指标类型 | 指标类别: the second is the next level
                next_level = LEVELS[min(LEVELS.index(roles[0]) + 1, 2)]
                columns.append(Column(next_level, slot.column, slot.end))
        else:
            columns.append(Column(roles[0], slot.column, slot.end))
    return columns, unknown


def _year_of(text: str) -> int | None:
    found = _YEAR.match(text.strip())
    return int(found.group()) if found else None


def _settle(columns: list[Column], *, shaky: bool) -> list[Column]:
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


def _stretch(columns: list[Column]) -> list[Column]:
    """In a text dump a label covers the blank fields up to the next label."""
    stretched = []
    for i, column in enumerate(columns):
        end = columns[i + 1].start if i + 1 < len(columns) else column.end
        stretched.append(Column(column.role, column.start, max(end, column.start + 1)))
    return stretched
