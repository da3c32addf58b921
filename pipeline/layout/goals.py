"""Goal and outcome texts: cells under, beside or after their labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.core.form import ReadingNote
from pipeline.core.provenance import Provenance
from pipeline.layout.goal_labels import (
    ACTUAL,
    FILLER,
    GOAL_KINDS,
    MAX_LEAD,
    NUMBERED_GOAL,
    is_heading,
    is_numbered,
    is_text,
    kind_of_label,
    leads_outcome,
    without_lead,
)
from pipeline.layout.labels import bare, roles_of, split_fields
from pipeline.layout.lines import Line, Slot
from pipeline.layout.numbers import is_placeholder

# What became of the tasks of a department: an outcome only if no other stands.
TASKS_DONE = "tasks_done"


@dataclass(frozen=True, slots=True)
class Goals:
    """``goal_text`` and ``outcome_text`` with places and notes."""

    goal_text: str | None = None
    outcome_text: str | None = None
    provenance: dict[str, Provenance] = field(default_factory=dict)
    notes: tuple[ReadingNote, ...] = ()


@dataclass(frozen=True, slots=True)
class _Label:
    kind: str
    slot: Slot


@dataclass(slots=True)
class _Reader:
    """What has been collected so far, and the label row that is in force."""

    found: dict[str, list[tuple[str, Provenance]]] = field(default_factory=dict)
    above: tuple[_Label, ...] = ()
    repeated: bool = False

    def add(self, kind: str, text: str, slot: Slot) -> None:
        if is_placeholder(text) or FILLER.match(text.strip()):
            return
        texts = self.found.setdefault(kind, [])
        if any(text == known for known, _ in texts):
            self.repeated = True
            return
        texts.append((text, slot.provenance))


def read_goals(lines: Sequence[Line]) -> Goals:
    """Read the lines of the goals section in order."""
    reader = _Reader()
    for line in lines:
        _read_line(reader, line)
    goal = next((reader.found[k] for k in GOAL_KINDS if reader.found.get(k)), [])
    outcome = reader.found.get(ACTUAL) or reader.found.get(TASKS_DONE, [])
    places = {}
    if goal:
        places["goal_text"] = goal[0][1]
    if outcome:
        places["outcome_text"] = outcome[0][1]
    notes = (
        (ReadingNote("goal_duplicated_cell", "goal_text"),) if reader.repeated else ()
    )
    return Goals(_join(goal), _join(outcome), places, notes)


def _join(texts: list[tuple[str, Provenance]]) -> str | None:
    return "\n".join(text for text, _ in texts) or None


def _read_line(reader: _Reader, line: Line) -> None:
    labels = [
        _Label(k, s) for s in line.slots if (k := kind_of_label(s.text)) is not None
    ]
    if any("goal.taskcolumn" in roles_of(s.text) for s in line.slots):
        # What became of the tasks stands in their own column 完成情况.
        labels = [
            _Label(TASKS_DONE if x.kind == ACTUAL else x.kind, x.slot) for x in labels
        ]
    if len(line.slots) == 1 and is_heading(line.slots[0].text):
        return
    texts = [s for s in line.slots if is_text(s)]
    if not texts:
        if labels:
            reader.above = tuple(labels)
        return
    if labels and not _only_section(labels, reader.above):
        _read_beside(reader, line)
    elif reader.above:
        _read_below(reader, texts, reader.above, shaky=line.shaky)
    elif labels:
        _read_beside(reader, line)
    else:
        _read_colons(reader, line.slots[0])


def _only_section(labels: list[_Label], above: tuple[_Label, ...]) -> bool:
    """A section label beside the texts while both column labels stand above."""
    if (
        len(above) > 2
        and len(labels) == 1
        and labels[0].slot.text == above[0].slot.text
    ):
        return True  # a section label repeated in each row that it spans
    kinds = {label.kind for label in above}
    both = ACTUAL in kinds and len(kinds) > 1
    return (
        both
        and len(labels) == 1
        and labels[0].kind != ACTUAL
        and not (NUMBERED_GOAL.match(bare(labels[0].slot.text)))
    )


def _read_beside(reader: _Reader, line: Line) -> None:
    """Label, text, label, text: each text belongs to the label before it."""
    kind: str | None = None
    placed: list[_Label] = []
    for slot in line.slots:
        named = kind_of_label(slot.text)
        if named is not None:
            kind = named
        elif kind is not None and is_text(slot):
            kind = ACTUAL if leads_outcome(slot.text) else kind
            reader.add(kind, without_lead(slot.text, kind), slot)
            placed.append(_Label(kind, slot))
        elif is_text(slot):
            placed.extend(_read_colons(reader, slot))
    # Further rows of a label that spans rows stand under these texts.
    reader.above = tuple(placed)


def _read_colons(reader: _Reader, slot: Slot) -> list[_Label]:
    """年度总体目标：… in one cell or paragraph."""
    colon = re.search(r"[:：]", slot.text[:MAX_LEAD])
    if colon is None:
        return []
    kind = kind_of_label(slot.text[: colon.start()])
    if kind is None or is_numbered(slot.text[: colon.start()]):
        for found in split_fields(slot.text):
            named = kind_of_label(found.label)
            if named is not None and found.value:
                reader.add(named, found.value, slot)
        return []
    reader.add(kind, slot.text[colon.end() :].strip(), slot)
    return [_Label(kind, slot)]


def _read_below(
    reader: _Reader, texts: list[Slot], above: tuple[_Label, ...], *, shaky: bool
) -> None:
    """Texts under a row of labels, which may be shifted against them."""
    columns = _column_labels(above)
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
    texts: list[Slot], columns: tuple[_Label, ...], *, shaky: bool
) -> list[tuple[Slot, str]] | None:
    """Each text with the kind of the label above it; None where that is unclear."""
    if shaky and len(texts) == 1 and _covers_all(texts[0], columns):
        # Goal and outcome say the same, and the dump repeats merged cells.
        return [(texts[0], c.kind) for c in columns]
    find = _standing_under if shaky else _covering
    placed = [(s, kind) for s in texts if (kind := find(s, columns)) is not None]
    if len(placed) == len(texts):
        return placed
    labels = [c.slot for c in columns]
    if shaky and len(texts) == len(labels) and _no_gaps(labels) and _no_gaps(texts):
        # A dump without blank fields: as many texts as labels, so none is a copy.
        return [(s, c.kind) for s, c in zip(texts, columns, strict=True)]
    return None


def _no_gaps(slots: Sequence[Slot]) -> bool:
    return len(slots) > 1 and all(a.end == b.column for a, b in pairwise(slots))


def _column_labels(above: tuple[_Label, ...]) -> tuple[_Label, ...]:
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


def _covering(slot: Slot, columns: Sequence[_Label]) -> str | None:
    """The label whose columns overlap most with the slot's."""
    overlaps = [
        (min(slot.end, c.slot.end) - max(slot.column, c.slot.column), c.kind)
        for c in columns
    ]
    best = max(overlaps, key=lambda o: o[0])
    return best[1] if best[0] > 0 else None


def _covers_all(slot: Slot, columns: Sequence[_Label]) -> bool:
    """A merged slot of a dump over the columns of all labels."""
    return slot.width > 1 and all(
        slot.column <= c.slot.column and c.slot.end <= slot.end for c in columns
    )


def _standing_under(slot: Slot, columns: Sequence[_Label]) -> str | None:
    """The label in exactly the slot's field of a text dump."""
    return next((c.kind for c in columns if c.slot.column == slot.column), None)


def _read_by_order(
    reader: _Reader, texts: list[Slot], columns: Sequence[_Label]
) -> None:
    """Assign by order: the first distinct texts are goals, the last is the outcome.

    A text is the outcome's copy of the goal only where it stands at or after
    the outcome label's own column.
    """
    distinct = _distinct(reader, texts)
    actual = next((c.slot for c in columns if c.kind == ACTUAL), None)
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


def _distinct(reader: _Reader, texts: list[Slot]) -> list[Slot]:
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
    reader: _Reader, texts: list[Slot], actual: Slot, goal: str, only: Slot
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
