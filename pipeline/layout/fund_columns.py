"""Funds as columns: 年度资金总额 | 财政拨款 | 其他资金, alone or under 预算数 and 执行数."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.layout.fund_rows import (
    FIELDS,
    Draft,
    column_role,
    kind_of,
    part_role,
    row_names,
)
from pipeline.layout.labels import roles_of
from pipeline.layout.line_kinds import is_fund_header
from pipeline.layout.lines import Line, Slot
from pipeline.layout.numbers import is_value


def is_across_header(line: Line) -> bool:
    """年度资金总额 | 财政拨款 | 其他资金 as columns, amounts in the rows below."""
    names = row_names(line)
    other = [
        s
        for s in line.slots[1:]
        if names and s.column > names[0].column and not roles_of(s.text)
    ]
    return len(names) > 1 and not other and not is_fund_header(line)


def read_across(line: Line, drafts: list[Draft]) -> bool:
    """年初预算数 | 40.00 | 40.00 | 0.00: one value for each column."""
    role = column_role(line.slots[0].text)
    values = list(line.slots[1:])
    if role is None or not all(is_value(s.text) for s in values):
        return False
    if len(values) != len(drafts):
        # A dump repeats merged numbers: the first one under each label counts.
        starts = {s.column: s for s in values}
        values = [starts[d.label.column] for d in drafts if d.label.column in starts]
    if len(values) != len(drafts):
        return False
    for draft, value in zip(drafts, values, strict=True):
        draft.values[FIELDS[role]] = value
    return True


def is_second_head(line: Line) -> bool:
    """合计 | 财政拨款 | 合计 | 财政拨款 under the amounts that each of them is of."""
    return len(line.slots) > 1 and len(row_names(line)) == len(line.slots)


def is_part_head(line: Line, head: Line) -> bool:
    """年初 | 调整后 under 预算数: words only, right below the row of labels.

    In a dump a wide label covers the blank fields behind it.
    """
    heads = [s for s in head.slots if column_role(s.text)]
    if not heads or any(
        is_value(s.text) or part_role(s.text) is None for s in line.slots
    ):
        return False
    ends = [s.column for s in heads[1:]] + [heads[-1].end]
    wide = [
        (s.column, end if line.shaky else s.end)
        for s, end in zip(heads, ends, strict=True)
    ]
    return all(
        any(start <= s.column < end and end - start > 1 for start, end in wide)
        for s in line.slots
    )


def read_under_heads(line: Line, head: Line, second: Line) -> list[Draft]:
    """A row of amounts under two rows of labels; empty where columns are not kept."""
    heads = [s for s in head.slots if column_role(s.text)]
    padded = any(a.end < b.column for a, b in pairwise(heads))
    if (line.shaky and not padded) or not all(is_value(s.text) for s in line.slots):
        return []
    found: dict[str, Draft] = {}
    first = second.slots[0]
    for value in line.slots:
        over = _over(value, heads, shaky=line.shaky)
        if over is None:
            return []
        under = _over(value, second.slots, shaky=False) or first
        draft = found.setdefault(
            under.text, Draft(kind_of(under.text), under, under.text)
        )
        role = column_role(over.text)
        if role is not None:
            draft.values[FIELDS[role]] = value
    return list(found.values())


def _over(value: Slot, heads: Sequence[Slot], *, shaky: bool) -> Slot | None:
    """The label over a value; in a dump a label covers the blank fields behind it."""
    for label, after in zip(heads, [*heads[1:], None], strict=True):
        end = after.column if shaky and after is not None else label.end
        if label.column <= value.column < end:
            return label
    return None
