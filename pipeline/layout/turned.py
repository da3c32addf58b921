"""Indicator tables that are turned: a label before its values, row by row.

Either each row holds one field of all indicators (一级指标 | 产出 | 产出 | 效益), or each
indicator is a block of label and value (三级指标 | … / 指标值 | … | 完成值 | …). Both
become a header with rows below it, so that one reader reads them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.layout.columns import is_indicator_header
from pipeline.layout.labels import roles_of
from pipeline.layout.lines import Line, Slot

NAME = "ind.level3"
LEVELS = ("ind.level1", "ind.level2", NAME)
RESULTS = frozenset(("ind.target", "ind.actual"))
MIN_FIELDS = 4
"""Fields that show a turned table; fewer may be any list of labels and values."""

MIN_INDICATORS = 2

_ORDER = (
    *LEVELS, "ind.operator", "ind.adjusted", "ind.target", "ind.unit", "ind.actual",
    "ind.weight", "ind.score", "ind.reason", "ind.factor", "ind.reference", "ind.ignored",
)  # fmt: skip


def upright(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with turned indicator tables as a header with rows."""
    done: list[Line] = []
    for table, group in groupby(lines, key=lambda line: line.table):
        part = list(group)
        if table is not None and not any(is_indicator_header(x) for x in part):
            part = _across(part) or _blocks(part) or part
        done.extend(part)
    return tuple(done)


def _role(slot: Slot) -> str | None:
    """The indicator field that a label names, the likeliest where it has several."""
    roles = roles_of(slot.text)
    return next((role for role in _ORDER if role in roles), None)


def _header(labels: Sequence[Slot], like: Line) -> Line:
    slots = tuple(replace(s, column=i, width=1) for i, s in enumerate(labels))
    return replace(like, slots=slots, shaky=False)


def _across(lines: list[Line]) -> list[Line] | None:
    """One field a row: the longest run of rows that begin with different labels."""
    start = next((i for i, x in enumerate(lines) if _opens_across(x)), None)
    if start is None:
        return None
    fields: dict[str, Line] = {}
    end = start
    for line in lines[start:]:
        role = _role(line.slots[0])
        if role is None or role in fields or _labels_within(line):
            break
        fields[role] = line
        end += 1
    names = fields[NAME].slots[1:] if NAME in fields else ()
    if len(fields) < MIN_FIELDS or len(names) < MIN_INDICATORS:
        return None
    if not RESULTS & fields.keys():
        return None
    ordered = sorted(fields, key=_ORDER.index)
    rows = [
        replace(fields[NAME], slots=slots, shaky=False)
        for name in names
        if (slots := _column(name, [fields[role] for role in ordered]))
    ]
    header = _header([fields[role].slots[0] for role in ordered], fields[NAME])
    return [*lines[:start], header, *rows, *lines[end:]]


def _opens_across(line: Line) -> bool:
    return (
        _role(line.slots[0]) in LEVELS
        and len(line.slots) > 1
        and not _labels_within(line)
    )


def _labels_within(line: Line) -> bool:
    return any(_role(slot) is not None for slot in line.slots[1:])


def _column(name: Slot, fields: list[Line]) -> tuple[Slot, ...]:
    """The cells over and under a name, each in the column of its field."""
    found: list[Slot] = []
    for i, line in enumerate(fields):
        cell = next(
            (s for s in line.slots[1:] if s.column < name.end and name.column < s.end),
            None,
        )
        if cell is not None:
            found.append(replace(cell, column=i, width=1))
    return tuple(found)


def _blocks(lines: list[Line]) -> list[Line] | None:
    """One indicator a block: the label of the block's first field comes again."""
    start = next(
        (i for i, x in enumerate(lines) if _pairs(x) and _pairs(x)[0][0] in LEVELS),
        None,
    )
    if start is None:
        return None
    blocks: list[dict[str, tuple[Slot, Slot | None]]] = []
    end = start
    for line in lines[start:]:
        pairs = _pairs(line)
        if not pairs:
            break
        for role, label, value in pairs:
            if not blocks or role in blocks[-1]:
                blocks.append({})
            blocks[-1][role] = (label, value)
        end += 1
    fields = set().union(*blocks) if blocks else set()
    if len(blocks) < MIN_INDICATORS or len(fields) < MIN_FIELDS or NAME not in fields:
        return None
    if any(next(iter(b)) != next(iter(blocks[0])) for b in blocks):
        return None  # a field comes twice within a block: where one ends is unclear
    ordered = sorted(fields, key=_ORDER.index)
    labels = [next(b[role][0] for b in blocks if role in b) for role in ordered]
    like = lines[start]
    rows = [
        replace(like, slots=s, shaky=False) for b in blocks if (s := _row(b, ordered))
    ]
    return [*lines[:start], _header(labels, like), *rows, *lines[end:]]


def _row(
    block: dict[str, tuple[Slot, Slot | None]], ordered: list[str]
) -> tuple[Slot, ...]:
    return tuple(
        replace(value, column=i, width=1)
        for i, role in enumerate(ordered)
        if role in block and (value := block[role][1]) is not None
    )


def _pairs(line: Line) -> list[tuple[str, Slot, Slot | None]]:
    """(role, label, value) of a row of labels and values; empty for any other row."""
    pairs: list[tuple[str, Slot, Slot | None]] = []
    for slot in line.slots:
        role = _role(slot)
        if role is not None:
            pairs.append((role, slot, None))
        elif not pairs or pairs[-1][2] is not None:
            return []
        else:
            pairs[-1] = (*pairs[-1][:2], slot)
    return pairs
