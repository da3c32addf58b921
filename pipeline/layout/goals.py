"""Goal and outcome texts: cells under, beside or after their labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from pipeline.core.form import ReadingNote
from pipeline.core.provenance import Provenance
from pipeline.layout.columns import year_of
from pipeline.layout.goal_labels import (
    ACTUAL,
    COUNTED,
    GOAL_KINDS,
    MAX_LEAD,
    NUMBERED_GOAL,
    OTHER,
    RESULT,
    is_heading,
    is_numbered,
    is_text,
    kind_of_label,
    leads_outcome,
    without_lead,
)
from pipeline.layout.goal_texts import Label, Reader
from pipeline.layout.goals_below import read_below
from pipeline.layout.labels import bare, has_role, roles_of, split_fields
from pipeline.layout.lines import Line, Slot
from pipeline.layout.numbers import number_in
from pipeline.layout.prose import paragraphs

_LABEL_LIKE = re.compile(r"[^\d。，；、]{2,12}")
_POINTS_BEHIND = re.compile(r"[^，,。；;]{2,16}?[\s(（]*\d{1,3}\s*分[)）]?")
_STOP = re.compile(r"[，,。；;]")
# What became of the tasks of a department: an outcome only if no other stands.
TASKS_DONE = "tasks_done"


@dataclass(frozen=True, slots=True)
class Goals:
    """``goal_text`` and ``outcome_text`` with places and notes."""

    goal_text: str | None = None
    outcome_text: str | None = None
    provenance: dict[str, Provenance] = field(default_factory=dict)
    notes: tuple[ReadingNote, ...] = ()


def read_goals(lines: Sequence[Line]) -> Goals:
    """Read the lines of the goals section in order."""
    reader = Reader()
    kinds = {kind_of_label(text) for line in lines for text in line.texts}
    if ACTUAL in kinds:
        reader.result = OTHER
    for line in _whole_paragraphs(lines):
        _read_line(reader, line)
    goal = next((reader.found[k] for k in GOAL_KINDS if reader.found.get(k)), [])
    outcome = reader.found.get(ACTUAL) or reader.found.get(TASKS_DONE, [])
    places = {}
    if goal:
        places["goal_text"] = goal[0][1]
    if outcome:
        places["outcome_text"] = outcome[0][1]
    unclear = " | ".join(reader.unclear)
    notes = [
        ReadingNote("reading_doubt", name, unclear)
        for name in ("goal_text", "outcome_text")
        if unclear
    ]
    if reader.repeated:
        notes.append(ReadingNote("goal_duplicated_cell", "goal_text"))
    return Goals(joined(goal), joined(outcome), places, tuple(notes))


def _whole_paragraphs(lines: Sequence[Line]) -> list[Line]:
    """Printed lines of texts outside tables joined where they only wrap."""
    whole: list[Line] = []
    for is_text_line, group in groupby(lines, key=lambda line: line.table is None):
        run = list(group)
        if is_text_line and len(run) > 1:
            run = [
                replace(run[0], slots=(slot,), page=slot.provenance.page)
                for slot in paragraphs(run)
            ]
        whole.extend(run)
    return whole


def joined(texts: list[tuple[str, Provenance]]) -> str | None:
    """Several cells or paragraphs of one text, in reading order; None for none."""
    return "\n".join(text for text, _ in texts) or None


def _read_line(reader: Reader, line: Line) -> None:
    if len(line.slots) > 1 and _is_frame(*line.texts[:2]):
        line = replace(line, slots=line.slots[1:])
    labels = [Label(k, s) for s in line.slots if (k := _kind_of(reader, s)) is not None]
    labels = _of_one_year(labels)
    if all(label.kind == OTHER for label in labels) and not reader.above:
        labels = []
    if any("goal.taskcolumn" in roles_of(s.text) for s in line.slots):
        # What became of the tasks stands in their own column 完成情况.
        labels = [
            Label(TASKS_DONE if x.kind == ACTUAL else x.kind, x.slot) for x in labels
        ]
    if len(line.slots) == 1 and is_heading(line.slots[0].text):
        return
    if not labels and line.shaky and _is_of_next_block(line):
        reader.above = ()
        return
    texts = [s for s in line.slots if is_text(s)] or _amounts_only(reader, line)
    if not texts or _is_row_of_labels(labels, texts):
        if labels:
            reader.above = tuple(labels)
        return
    opened = [_opened(slot) for slot in line.slots]
    if all(found is not None for found in opened):
        _read_opened(reader, line, [found for found in opened if found])
    elif labels and not _only_section(labels, reader.above):
        _read_beside(reader, line)
    elif reader.above and line.table is None and not reader.written:
        _read_row_of_one(reader, line)
    elif reader.above:
        read_below(reader, texts, reader.above, shaky=line.shaky)
    elif labels:
        _read_beside(reader, line)
    elif line.table is None and reader.written:
        reader.add(reader.written, line.slots[0].text, line.slots[0])
    else:
        _read_colons(reader, line.slots[0])


def _amounts_only(reader: Reader, line: Line) -> list[Slot]:
    """43.2 | 37.24 below 预期目标 | 实际完成情况: money is all that was written."""
    kinds = [label.kind for label in reader.above if label.kind != OTHER]
    amounts = [s for s in line.slots if number_in(s.text) is not None]
    below = len(kinds) > 1 and kinds[-1] == ACTUAL and kinds.count(ACTUAL) == 1
    alone = len(amounts) == len(line.slots) == 2 and not reader.found
    return amounts if below and alone else []


def _is_of_next_block(line: Line) -> bool:
    """项目资金 10分, or 总预算 | 100 | 类别 | …: short labels and amounts, no goal."""
    first = line.slots[0].text
    if len(line.slots) == 1:
        return _POINTS_BEHIND.fullmatch(first) is not None
    numbers = sum(number_in(text) is not None for text in line.texts[1:])
    return numbers > 0 and number_in(first) is None and not _STOP.search(first)


def _is_frame(first: str, second: str) -> bool:
    """A label of the block, or what is left of one that was written downwards (总)."""
    left = len(first.strip()) == 1 and kind_of_label(second) is not None
    return left or has_role(first, "section.goals")


def _read_row_of_one(reader: Reader, line: Line) -> None:
    """A cell by itself in a dump: of the one kind above, or of nobody knows which."""
    kinds = {label.kind for label in reader.above}
    if len(kinds) == 1:
        reader.add(kinds.pop(), line.slots[0].text, line.slots[0])
    else:
        reader.unclear.append(line.slots[0].text)


def _opened(slot: Slot) -> tuple[str, str] | None:
    """Kind and text of a cell or paragraph with its own label: 年度总体目标：…."""
    colon = re.search(r"[:：]", slot.text[:MAX_LEAD])
    if colon is None:
        return None
    lead = slot.text[: colon.start()]
    kind = kind_of_label(lead)
    if kind is None or kind in (OTHER, RESULT) or COUNTED.search(bare(lead)):
        return None
    return kind, slot.text[colon.end() :].strip()


def _read_opened(reader: Reader, line: Line, opened: Sequence[tuple[str, str]]) -> None:
    """What goes on in further paragraphs, or in cells below, is of the same kind."""
    for slot, (kind, text) in zip(line.slots, opened, strict=True):
        reader.add(kind, text, slot)
    if line.table is None:
        reader.written, reader.above = opened[0][0], ()
    else:
        reader.above = tuple(
            Label(kind, slot)
            for slot, (kind, _) in zip(line.slots, opened, strict=True)
        )


def _is_row_of_labels(labels: list[Label], texts: list[Slot]) -> bool:
    """Goal and outcome labels beside a short cell that must be a label as well."""
    kinds = {label.kind for label in labels}
    return (
        ACTUAL in kinds
        and any(kind in GOAL_KINDS for kind in kinds)
        and all(_LABEL_LIKE.fullmatch("".join(s.text.split())) for s in texts)
    )


def _of_one_year(labels: list[Label]) -> list[Label]:
    """2022年目标 | 2023年目标 | 2023年完成情况: goals of other years are set aside."""
    own = {year for x in labels if x.kind == ACTUAL and (year := year_of(x.slot.text))}
    if len(own) != 1:
        return labels
    return [
        replace(x, kind=OTHER)
        if x.kind != ACTUAL and year_of(x.slot.text) not in (None, *own)
        else x
        for x in labels
    ]


def _kind_of(reader: Reader, slot: Slot) -> str | None:
    kind = kind_of_label(slot.text)
    return reader.result if kind == RESULT else kind


def _only_section(labels: list[Label], above: tuple[Label, ...]) -> bool:
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


def _read_beside(reader: Reader, line: Line) -> None:
    """Label, text, label, text: each text belongs to the label before it."""
    kind: str | None = None
    placed: list[Label] = []
    for slot in line.slots:
        named = _kind_of(reader, slot)
        if named is not None:
            kind = named
        elif kind is not None and is_text(slot):
            kind = ACTUAL if leads_outcome(slot.text) else kind
            reader.add(kind, without_lead(slot.text, kind), slot)
            placed.append(Label(kind, slot))
        elif is_text(slot):
            placed.extend(_read_colons(reader, slot))
    # Further rows of a label that spans rows stand under these texts.
    reader.above = tuple(placed)


def _read_colons(reader: Reader, slot: Slot) -> list[Label]:
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
    return [Label(kind, slot)]
