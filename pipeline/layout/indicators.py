"""The indicator table: rows aligned by evidence, levels filled down."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from pipeline.core.form import IndicatorRow, ReadingNote
from pipeline.core.provenance import Provenance
from pipeline.layout.align import Alignment, align
from pipeline.layout.amendments import find_amendment
from pipeline.layout.column_roles import Column, Columns
from pipeline.layout.columns import (
    is_indicator_header,
    is_subheader,
    read_columns,
    usual_columns,
)
from pipeline.layout.evidence import (
    content_of,
    is_execution,
    tells_its_column,
)
from pipeline.layout.execution_rows import (
    Execution,
    execution_of,
    is_leading,
    read_leading,
)
from pipeline.layout.headless import told_apart
from pipeline.layout.labels import has_role
from pipeline.layout.lines import Line, Slot
from pipeline.layout.numbers import are_two_points
from pipeline.layout.packed_rows import unpacked
from pipeline.layout.row_values import (
    actual_of,
    is_filler,
    level_text,
    number_of,
    reason_text,
    target_of,
)
from pipeline.layout.two_tables import as_one

MIN_TIGHT = 4
"""Rows that show whether a dump keeps blank fields."""

_RESULTS = frozenset(("actual", "score"))
"""Columns of a form that may have reasons behind them, with a label or without."""

_TARGETS = frozenset(("target", "adjusted", "operator", "actual"))
"""Columns without any of which nobody knows where the values of a row stand."""

_NOTE_LINE = re.compile(r"^(?:注|备注|说明|填表|填报)[\s:：0-9一二三]")


@dataclass(frozen=True, slots=True)
class Indicators:
    """Rows with places (keys ``indicators[0].name``), notes, the columns last read."""

    rows: tuple[IndicatorRow, ...] = ()
    execution: Execution | None = None
    provenance: dict[str, Provenance] = field(default_factory=dict)
    notes: tuple[ReadingNote, ...] = ()
    columns: Columns = field(default_factory=usual_columns)


@dataclass(slots=True)
class _Reader:
    """Levels and names in force while the rows are read."""

    columns: Columns
    rows: list[IndicatorRow] = field(default_factory=list)
    places: dict[str, Provenance] = field(default_factory=dict)
    notes: list[ReadingNote] = field(default_factory=list)
    execution: Execution | None = None
    levels: dict[str, Slot] = field(default_factory=dict)
    name: Slot | None = None
    captioned: bool = False
    """Whether level 1 stands in rows of its own, over the whole table."""
    tight: bool = False
    """Whether the dump has no blank fields, so that what a row lacks is unknown."""
    starts: list[int] = field(default_factory=list)
    """Rows read before each header."""


def read_indicators(lines: Sequence[Line]) -> Indicators:
    """Read the lines of the indicator section; a repeated header is dropped."""
    headless = tuple(takewhile(lambda x: not is_indicator_header(x), lines))
    signs = any(content_of(t).operator for line in headless for t in line.texts)
    reader = _Reader(usual_columns(parted=signs), tight=_is_tight(headless))
    pending = list(unpacked(lines))
    while pending:
        line = pending.pop(0)
        if is_indicator_header(line):
            below = pending[0] if pending and is_subheader(pending[0], line) else None
            if below is not None:
                pending.pop(0)
            body = tuple(takewhile(lambda x: not is_indicator_header(x), pending))
            _use_header(reader, read_columns(line, below, body))
            reader.tight = _is_tight(body)
        else:
            _read_row(reader, line)
    rows, places = tuple(reader.rows), reader.places
    count = reader.starts[0] if reader.starts else len(rows)
    rows, places, notes = told_apart(rows, places, count if signs else 0)
    if len(reader.starts) == 2:
        rows, places = as_one(rows, places, reader.starts[1])
    return Indicators(
        rows,
        reader.execution,
        places,
        (*reader.notes, *notes),
        reader.columns,
    )


def _is_tight(rows: Sequence[Line]) -> bool:
    """Rows of a dump that all begin in the first field and have no blank between.

    Where blank fields are kept, a row without a level name begins further right.
    """
    whole = [row for row in rows if len(row.slots) > 1]
    named = [max(content_of(t).level1 for t in row.texts[:2]) for row in whole]
    return (
        len(whole) >= MIN_TIGHT
        and not all(named)
        and all(
            row.shaky and all(s.column == i for i, s in enumerate(row.slots))
            for row in whole
        )
    )


def _use_header(reader: _Reader, columns: Columns) -> None:
    reader.starts.append(len(reader.rows))
    reader.captioned = False
    for slot in columns.unknown:
        note = ReadingNote("label_unrecognised", "indicators", slot.text)
        if note not in reader.notes:
            reader.notes.append(note)
    if "reason" not in columns.roles() and columns.roles() & _RESULTS:
        end = columns.order[-1].end
        order = (*columns.order, Column("reason", end, end + 1))
        columns = Columns(order, columns.unknown)
    reader.columns = columns


def _read_row(reader: _Reader, line: Line) -> None:
    slots = _body_slots(line, reader.columns)
    if not slots or _NOTE_LINE.match(slots[0].text):
        return
    if any(has_role(s.text, "subtotal") for s in slots[:3]):
        return
    if len(slots) == 1:
        if not _continue_reason(reader, slots[0]):
            _read_caption(reader, slots[0])
        return
    if is_leading(slots, reader.columns):
        found = read_leading(slots, reader.columns, shaky=line.shaky)
        reader.execution = found or reader.execution
        return
    columns = replace(reader.columns, printed=False) if reader.tight else reader.columns
    alignment = align(slots, columns, shaky=line.shaky)
    levels_given = _take_levels(reader, alignment)
    name = alignment.first("level3")
    if name is not None and _is_execution_row(name.text, reader):
        reader.execution = execution_of(alignment, name)
        return
    _take_row(reader, alignment, levels_given)


def _body_slots(line: Line, columns: Columns) -> tuple[Slot, ...]:
    """Cells of a row without left captions; a cell printed twice counts once."""
    kept: list[Slot] = []
    for slot in line.slots:
        if not kept and has_role(slot.text, "ind.caption", "goal."):
            continue
        if (
            kept
            and kept[-1].text == slot.text
            and _same_column(kept[-1], slot, columns)
        ):
            continue
        kept.append(slot)
    return tuple(kept)


def _same_column(left: Slot, right: Slot, columns: Columns) -> bool:
    """Whether two neighbours are one merged cell, repeated by flattening."""
    column = columns.at(left.column) if columns.printed else None
    return column is not None and columns.at(right.column) == column


def _read_caption(reader: _Reader, slot: Slot) -> None:
    """A row of one cell: a level name spanning the table, or a note."""
    content = content_of(slot.text)
    if content.level1 == 2:
        reader.levels = {"level1": slot}
        reader.captioned = True
    elif content.level2 == 2:
        reader.levels["level2"] = slot


def _continue_reason(reader: _Reader, slot: Slot) -> bool:
    """A row with nothing but a reason: the rest of the reason above it."""
    column = reader.columns.at(slot.column) if reader.columns.printed else None
    if column is None or column.role != "reason" or not reader.rows:
        return False
    row = reader.rows[-1]
    text = slot.text if row.deviation is None else f"{row.deviation}\n{slot.text}"
    reader.rows[-1] = replace(row, deviation=text, amended=find_amendment(text))
    reader.places.setdefault(f"indicators[{row.row}].deviation", slot.provenance)
    return True


def _take_levels(reader: _Reader, alignment: Alignment) -> bool:
    """Fill levels down; a new level 1 ends the level 2 in force."""
    level1, level2 = alignment.first("level1"), alignment.first("level2")
    if level1 is not None and level2 is None and _is_below_caption(reader, level1):
        level1, level2 = None, level1
    if level1 is None and level2 is not None and _is_satisfaction(reader, level2):
        level1, level2 = level2, None
    if level1 is not None and not content_of(level1.text).filler:
        reader.levels = {"level1": level1}
    if level2 is not None and not content_of(level2.text).filler:
        reader.levels["level2"] = level2
    return level1 is not None or level2 is not None


def _is_below_caption(reader: _Reader, slot: Slot) -> bool:
    """数量指标 in the only column of levels, below a row 一、产出指标（50分）."""
    return reader.captioned and content_of(slot.text).level2 == 2


def _is_satisfaction(reader: _Reader, slot: Slot) -> bool:
    """满意度指标 in the level-2 place below 产出指标: a level 1 over both columns."""
    above = reader.levels.get("level1")
    content = content_of(slot.text)
    return (
        above is not None
        and content.level1 > 0
        and "满意" in slot.text
        and re.search(r"产出|成本|决策|过程|管理", above.text) is not None
    )


def _take_row(reader: _Reader, alignment: Alignment, levels_given: bool) -> None:
    name = alignment.first("level3")
    target = target_of(alignment)
    actual = actual_of(alignment)
    weight = number_of(alignment, "weight")
    score = number_of(alignment, "score")
    if name is None and not levels_given and target is not None:
        name = reader.name  # a name that spans the rows of several targets
    if is_filler(name, target, actual, weight, score):
        return
    if (
        reader.tight
        and (target is None) != (actual is None)
        and "actual" in reader.columns.roles()
    ):
        only = target[0] if target else actual.text if actual else ""
        if not tells_its_column(only):
            path = f"indicators[{len(reader.rows)}]"
            reader.notes.append(ReadingNote("reading_doubt", path, only))
            target = actual = None
    if name is None and target is None and actual is None:
        return
    if (reader.tight and None in (target, actual, weight, score)) or (
        target is None and not reader.columns.roles() & _TARGETS
    ):
        reader.notes.append(
            ReadingNote("cells_lost", f"indicators[{len(reader.rows)}]")
        )
    reader.name = name
    reasons = alignment.all("reason")
    if score is None and any(are_two_points(r.text) for r in reasons):
        # Two scores in one cell stand in the place of a reason by their content.
        path = f"indicators[{len(reader.rows)}].score"
        reader.notes.append(ReadingNote("reading_doubt", path, reasons[0].text))
        reasons = tuple(r for r in reasons if not are_two_points(r.text))
    slots = {
        "level1": reader.levels.get("level1"),
        "level2": reader.levels.get("level2"),
        "name": name,
        "target_text": target[1] if target else None,
        "actual_text": actual,
        "weight": weight[1] if weight else None,
        "score": score[1] if score else None,
        "deviation": reasons[0] if reasons else None,
    }
    deviation = reason_text(reasons)
    row = IndicatorRow(
        row=len(reader.rows),
        level1=level_text(slots["level1"]),
        level2=level_text(slots["level2"]),
        name=name.text if name else None,
        target_text=target[0] if target else None,
        actual_text=actual.text if actual else None,
        weight=weight[0] if weight else None,
        score=score[0] if score else None,
        deviation=deviation,
        amended=find_amendment(deviation),
    )
    _add_row(reader, row, slots, realigned=alignment.realigned)


def _add_row(
    reader: _Reader,
    row: IndicatorRow,
    slots: Mapping[str, Slot | None],
    *,
    realigned: bool,
) -> None:
    """Keep a row with the place of each of its fields."""
    path = f"indicators[{row.row}]"
    reader.rows.append(row)
    for key, slot in slots.items():
        if slot is not None:
            reader.places[f"{path}.{key}"] = slot.provenance
    if realigned:
        reader.notes.append(ReadingNote("table_misaligned", path))


def _is_execution_row(name: str, reader: _Reader) -> bool:
    """预算执行率 by itself; below 部门管理 or 产出指标 it is an indicator."""
    level1 = reader.levels.get("level1")
    return is_execution(name) and (level1 is None or is_execution(level1.text))
