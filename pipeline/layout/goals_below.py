"""Goal and outcome texts under a row of labels, which may be shifted against them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.layout.goal_labels import ACTUAL, OTHER
from pipeline.layout.goal_texts import Label, Reader
from pipeline.layout.lines import Slot


def read_below(
    reader: Reader, texts: list[Slot], above: tuple[Label, ...], *, shaky: bool
) -> None:
    """Texts under a row of labels, which may be shifted against them."""
    others = tuple(a for a in above if a.kind == OTHER)
    if len(others) == len(above):
        return
    columns = tuple(a for a in above if a.kind != OTHER)
    if shaky or not any(_overlap(text, above[0].slot) > 0 for text in texts):
        columns = _column_labels(columns)
    if others:
        columns = tuple(sorted((*columns, *others), key=lambda c: c.slot.column))
    kinds = [c.kind for c in columns]
    if len(columns) == 1:
        for slot in texts:
            reader.add(kinds[0], slot.text, slot)
        return
    found = _kinds_below(texts, columns, shaky=shaky)
    if found is None:
        _read_by_order(reader, texts, columns)
        return
    for slot, kind in found:
        reader.add(kind, slot.text, slot)


def _kinds_below(
    texts: list[Slot], columns: tuple[Label, ...], *, shaky: bool
) -> list[tuple[Slot, str]] | None:
    """Each text with the kind of the label above it; None where that is unclear."""
    if shaky and len(texts) == 1 and _covers_all(texts[0], columns):
        # Goal and outcome say the same, and the dump repeats merged cells.
        return [(texts[0], c.kind) for c in columns]
    if shaky and _may_lack_one(texts, columns):
        return None
    find = _standing_under if shaky else _covering
    placed = [(s, kind) for s in texts if (kind := find(s, columns)) is not None]
    if len(placed) == len(texts):
        return None if shaky and _share_a_label(placed, columns) else placed
    labels = [c.slot for c in columns]
    if shaky and len(texts) == len(labels) and _no_gaps(labels) and _no_gaps(texts):
        # A dump without blank fields: as many texts as labels, so none is a copy.
        return [(s, c.kind) for s, c in zip(texts, columns, strict=True)]
    return None


def _share_a_label(
    placed: Sequence[tuple[Slot, str]], columns: Sequence[Label]
) -> bool:
    """Goal, goal and outcome under 预期目标 ×3 | 实际完成情况: fewer copies than of its label."""
    kinds = {kind for _, kind in placed}
    several = len({(slot.text, kind) for slot, kind in placed}) > len(kinds)
    return several and ACTUAL not in kinds and any(c.kind == ACTUAL for c in columns)


def _may_lack_one(texts: list[Slot], columns: Sequence[Label]) -> bool:
    """A dump without blank fields, where a reason between the goals may be blank."""
    return (
        any(c.kind == OTHER for c in columns)
        and len(texts) < len(columns)
        and _no_gaps(texts)
        and _no_gaps([c.slot for c in columns])
    )


def _no_gaps(slots: Sequence[Slot]) -> bool:
    return len(slots) > 1 and all(a.end == b.column for a, b in pairwise(slots))


def _column_labels(above: tuple[Label, ...]) -> tuple[Label, ...]:
    """Column labels without the section label that stands left of them.

    年度总体目标 | 预期目标 | 实际完成情况: the first names the block. A long-term
    label first is a column of its own.
    """
    goals = [a for a in above if a.kind != ACTUAL]
    section = above[0]
    if section.kind == ACTUAL and len(goals) == 1 and len(above) > 2:
        # 总体目标完成情况 | 总体目标 | 全年实际完成情况
        return above[1:] if above[-1].kind == ACTUAL else above
    if len(above) > 2 and len(goals) > 1 and section is goals[0]:
        rest = {a.kind for a in above[1:]}
        if section.kind != "longterm" or "longterm" in rest:
            return above[1:]
    return above


def _covering(slot: Slot, columns: Sequence[Label]) -> str | None:
    """The label whose columns overlap most with the slot's."""
    best = max(columns, key=lambda c: _overlap(slot, c.slot))
    return best.kind if _overlap(slot, best.slot) > 0 else None


def _overlap(one: Slot, other: Slot) -> int:
    """Columns that both cover; negative for the columns between them."""
    return min(one.end, other.end) - max(one.column, other.column)


def _covers_all(slot: Slot, columns: Sequence[Label]) -> bool:
    """A merged slot of a dump over the columns of all labels."""
    return slot.width > 1 and all(
        slot.column <= c.slot.column and c.slot.end <= slot.end for c in columns
    )


def _standing_under(slot: Slot, columns: Sequence[Label]) -> str | None:
    """The label in exactly the slot's field of a text dump."""
    return next((c.kind for c in columns if c.slot.column == slot.column), None)


def _read_by_order(reader: Reader, texts: list[Slot], columns: Sequence[Label]) -> None:
    """Assign by order: the first distinct texts are goals, the last is the outcome.

    A text is the outcome's copy of the goal only where it stands at or after
    the outcome label's own column.
    """
    distinct = _distinct(reader, texts)
    actual = next((c.slot for c in columns if c.kind == ACTUAL), None)
    if any(c.kind == OTHER for c in columns):
        _read_among_others(reader, distinct, columns)
        return
    if actual is None:
        for i, slot in enumerate(distinct):
            reader.add(columns[min(i, len(columns) - 1)].kind, slot.text, slot)
        return
    goals = [c.kind for c in columns if c.kind != ACTUAL] or ["annual"]
    if len(distinct) == 1:
        _read_single(reader, texts, actual, goals[-1], distinct[0])
        return
    *before, last = distinct
    for i, slot in enumerate(before):
        reader.add(goals[min(i, len(goals) - 1)], slot.text, slot)
    reader.add(ACTUAL, last.text, last)


def _read_among_others(
    reader: Reader, texts: list[Slot], columns: Sequence[Label]
) -> None:
    """Texts by the order of the labels, where blank fields leave no doubt."""
    goals = [c for c in columns if c.kind != OTHER]
    others_last = all(c.kind != OTHER for c in columns[: len(goals)])
    if len(texts) == len(columns) or (others_last and len(texts) >= len(goals)):
        labels = list(columns)
    elif len(texts) == len(goals):
        labels = goals
    else:
        reader.unclear.extend(slot.text for slot in texts)
        return
    for slot, column in zip(texts, labels, strict=False):
        reader.add(column.kind, slot.text, slot)


def _distinct(reader: Reader, texts: list[Slot]) -> list[Slot]:
    seen: set[str] = set()
    distinct = []
    for slot in texts:
        if slot.text in seen:
            reader.repeated = True
            continue
        seen.add(slot.text)
        distinct.append(slot)
    return distinct


def _read_single(
    reader: Reader, texts: list[Slot], actual: Slot, goal: str, only: Slot
) -> None:
    """One distinct text: a goal, an outcome, or an outcome that copies the goal."""
    before = [s for s in texts if s.column < actual.column]
    after = [s for s in texts if s.column >= actual.column]
    if before:
        reader.add(goal, only.text, before[0])
    if after:
        reader.add(ACTUAL, only.text, after[0])
        if len(texts) == 2 and before:
            reader.repeated = False
