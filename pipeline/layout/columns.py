"""The header of an indicator table: roles in printed order with their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.layout.column_roles import LEVELS, Column, Columns
from pipeline.layout.column_settling import by_content, settle
from pipeline.layout.evidence import content_of
from pipeline.layout.goal_labels import heads_block
from pipeline.layout.labels import roles_of
from pipeline.layout.lines import Line, Slot
from pipeline.resources import load_toml

# The order of the national form, for tables whose header was lost.
USUAL = ("level1", "level2", "level3", "target", "actual", "weight", "score", "reason")
PARTED = (
    "level1", "level2", "level3", "operator", "target", "unit", "actual", "weight",
    "score", "reason",
)  # fmt: skip
MAX_HEAD = 12  # characters of a label that no lexicon has
GOAL_NAMED = ("goal.annual", "goal.generic")  # 绩效目标 over the target values
_EARLIER = re.compile(r"上|前|往年|历|去年|同期|近.{0,2}年")
_YEAR = re.compile(r"(?:预期|预计|计划)?(20\d{2})(?=\s*年)")
_YEAR_LONG = re.compile(r"全年(?:度|累计|合计)?|年度|年末|年底|1[-—–~至]12月(?:累计)?")
_PERIOD = re.compile(
    r"(?:其中[:：]?)?(?:第?[一二三四1-4]季度|[上下]半年|1?\d(?:[-—–~至]1?\d)?月)(?:累计)?"
)
_BARE = ("level1", "level2", "target", "actual")
_BY_PERIOD = frozenset(("actual", "target"))
_REASON = re.compile(r"原\s*因|改进|整改|措施")  # in a label that no lexicon has
_VALUES = frozenset(
    ("target", "standard", "adjusted", "reference", "operator", "unit", "actual")
)
_MERGED = frozenset(("caption", "target", "standard"))  # labels over several columns
# Where one label has several roles, the position of the others decides; these
# are read only if nothing else fits.
_PREFERENCE = (
    "level1", "level2", "level3", "adjusted", "standard", "target", "reference", "operator",
    "actual", "weight", "score", "audit", "factor", "reason", "unit", "ignored",
    "caption",
)  # fmt: skip


def is_indicator_header(line: Line) -> bool:
    """At least three indicator labels, with a level and with a value among them."""
    roles = [r for slot in line.slots for r in _indicator_roles(slot.text)[:1]]
    found = set(roles)
    levels = found & {*LEVELS, "caption"}
    values = found & {"target", "actual", "weight", "score", "adjusted", "standard"}
    if len(found) >= 3 and levels and values:
        return True
    return len(set(LEVELS) & found) > 1 and _heads_unknown(line)


def _heads_unknown(line: Line) -> bool:
    """一级指标 | 二级指标 | 三级指标 | 上河村 | 下河村: columns of no known kind."""
    levels = [
        i
        for i, slot in enumerate(line.slots)
        if _indicator_roles(slot.text)[:1] and _indicator_roles(slot.text)[0] in LEVELS
    ]
    behind = [s for s in line.slots[levels[-1] + 1 :] if not roles_of(s.text)]
    contents = [content_of(s.text) for s in behind]
    return (
        levels[-1] - levels[0] == len(levels) - 1
        and len(behind) > 1
        and all(roles_of(s.text) for s in line.slots[: levels[0]])
        and not any(c.digits or c.status or c.length > MAX_HEAD for c in contents)
    )


def is_subheader(line: Line, header: Line | None = None) -> bool:
    """A second header row: nothing but indicator labels, two at least.

    Below a header, labels of any wording that divide its wide cells are one too.
    """
    roles = [_indicator_roles(slot.text) for slot in line.slots]
    if len(roles) < 2:
        return False
    if all(roles):
        return True
    return header is not None and not line.shaky and _divides(line, header)


def _divides(line: Line, header: Line) -> bool:
    """Whether each cell is a part of a wide cell above, by words and not by values."""
    wide = [s for s in header.slots if s.width > 1]
    parts = {
        i: [s for s in line.slots if w.column <= s.column and s.end <= w.end]
        for i, w in enumerate(wide)
    }
    contents = [content_of(text) for text in line.texts if not _is_period(text)]
    return (
        sum(len(found) for found in parts.values()) == len(line.slots)
        and all(len(found) != 1 for found in parts.values())
        and not any(c.digits or c.status or max(c.level1, c.level2) for c in contents)
    )


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
        lower, lower_unknown = _whole_year(columns, lower, lower_unknown)
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
    columns = by_content(columns, rows, shaky=header.shaky)
    columns = settle(columns, shaky=header.shaky)
    return Columns(tuple(columns), tuple(unknown))


def _is_period(text: str) -> bool:
    """一季度, 1-6月, 全年: what only parts a column by time."""
    squeezed = "".join(text.split())
    return bool(_YEAR_LONG.fullmatch(squeezed) or _PERIOD.fullmatch(squeezed))


def _whole_year(
    upper: Sequence[Column], lower: list[Column], unknown: list[Slot]
) -> tuple[list[Column], list[Slot]]:
    """实际完成情况 over 一季度 … 全年: the year's is the value, the others are none."""
    for above in upper:
        parts = [c for c in lower if above.start <= c.start and c.end <= above.end]
        under = [s for s in unknown if above.start <= s.column < above.end]
        years = [s for s in under if _YEAR_LONG.fullmatch("".join(s.text.split()))]
        if (
            above.role in _BY_PERIOD
            and len(years) == 1
            and len(under) == len(parts)
            and all(_is_period(s.text) for s in under)
        ):
            lower = [
                replace(c, role=above.role) if c.start == years[0].column else c
                for c in lower
            ]
            unknown = [s for s in unknown if s not in under]
    return lower, unknown


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
    known = {c.role for c in upper}
    # Labels that refine none of those above divide the one that was not understood.
    rest = [
        c.role
        for c in lower
        if _group(c.role) not in parts and c.role not in {*known, "ignored"}
    ]
    order: list[str] = []
    for column in upper:
        finer = parts.get(_group(column.role), [])
        if column.role == "ignored" and rest:
            order.extend(rest)
            rest = []
            continue
        if finer and column.role in _MERGED:
            order.extend(finer)
        elif column.role not in finer:
            order.append(column.role)
    return [Column(role, i, i + 1) for i, role in enumerate(order)]


def usual_columns(*, parted: bool = False) -> Columns:
    """The national order without positions, for a table without a header.

    ``parted``: sign, value and unit of the targets stand in columns of their own.
    """
    roles = PARTED if parted else USUAL
    order = tuple(Column(role, i, i + 1) for i, role in enumerate(roles))
    return Columns(order, printed=False)


def _indicator_roles(text: str) -> tuple[str, ...]:
    roles = {r.removeprefix("ind.") for r in roles_of(text) if r.startswith("ind.")}
    return tuple(r for r in _PREFERENCE if r in roles)


def _columns_of(line: Line) -> tuple[list[Column], list[Slot]]:
    columns: list[Column] = []
    unknown: list[Slot] = []
    years = [year_of(slot.text) for slot in line.slots]
    latest = max((year for year in years if year), default=None)
    for i, slot in enumerate(line.slots):
        roles = _indicator_roles(slot.text)
        year = years[i]
        if latest and year and year < latest:
            roles = ("ignored",)  # 2022年完成值 | 2023年完成值
        if roles[:1] == ("reference",) and _EARLIER.search(slot.text):
            roles = ("ignored",)  # a mere 参考值 may be the target
        if not roles:
            roles = bare_role(slot.text)
        if not roles and heads_block(slot.text):
            roles = ("caption",)
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


def bare_role(text: str) -> tuple[str, ...]:
    """维度 | 计划 | 实际 are columns in a header; elsewhere they are halves of labels."""
    words = load_toml("indicator_words.toml")
    squeezed = "".join(text.split())
    named = [r for r in _BARE if squeezed in words[f"{r}_column"]["words"]]
    return tuple(named)


def year_of(text: str) -> int | None:
    """The year that a label begins with (2023年目标值)."""
    found = _YEAR.match(text.strip())
    return int(found.group(1)) if found else None


def _stretch(columns: list[Column]) -> list[Column]:
    """In a text dump a label covers the blank fields up to the next label."""
    stretched = []
    for i, column in enumerate(columns):
        end = columns[i + 1].start if i + 1 < len(columns) else column.end
        stretched.append(Column(column.role, column.start, max(end, column.start + 1)))
    return stretched
