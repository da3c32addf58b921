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
from pipeline.layout.levels import Levels
from pipeline.layout.lines import Line, Slot
from pipeline.layout.numbers import are_two_points, tells_deduction
from pipeline.layout.packed_rows import unpacked
from pipeline.layout.row_cells import RowCells, cells_of
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
    levels: Levels = field(default_factory=Levels)
    name: Slot | None = None
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
    reader.levels.captioned = False
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
            reader.levels.take_caption(slots[0])
        return
    if is_leading(slots, reader.columns):
        found = read_leading(slots, reader.columns, shaky=line.shaky)
        reader.execution = found or reader.execution
        return
    columns = replace(reader.columns, printed=False) if reader.tight else reader.columns
    alignment = align(slots, columns, shaky=line.shaky)
    levels_given = reader.levels.take(alignment)
    name = alignment.first("level3")
    if (
        name is not None
        and is_execution(name.text)
        and reader.levels.may_hold_execution()
    ):
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


def _take_row(reader: _Reader, alignment: Alignment, levels_given: bool) -> None:
    cells = cells_of(alignment)
    if cells.name is None and not levels_given and cells.target is not None:
        # A name that spans the rows of several targets.
        cells = replace(cells, name=reader.name)
    if cells.are_filler:
        return
    cells = _without_lone_value(reader, cells)
    if cells.name is None and cells.target is None and cells.actual is None:
        return
    path = f"indicators[{len(reader.rows)}]"
    if (reader.tight and cells.has_gaps) or (
        cells.target is None and not reader.columns.roles() & _TARGETS
    ):
        reader.notes.append(ReadingNote("cells_lost", path))
    reader.name = cells.name
    cells = _without_unread_score(reader, cells)
    row = cells.row(len(reader.rows), reader.levels.names)
    slots = cells.slots(reader.levels.names)
    _add_row(reader, row, slots, realigned=alignment.realigned)


def _without_lone_value(reader: _Reader, cells: RowCells) -> RowCells:
    """A lone value of a dump without blank fields may be the target or what was done."""
    only = cells.only_value
    if not reader.tight or only is None or "actual" not in reader.columns.roles():
        return cells
    if tells_its_column(only):
        return cells
    path = f"indicators[{len(reader.rows)}]"
    reader.notes.append(ReadingNote("reading_doubt", path, only))
    return replace(cells, target=None, actual=None)


def _without_unread_score(reader: _Reader, cells: RowCells) -> RowCells:
    """What no score can be read from stands in the place of a reason by its content.

    Two scores in one cell, or what was taken off.
    """
    if cells.score is not None or "score" not in reader.columns.roles():
        return cells
    unread = [r for r in cells.reasons if _is_of_score(r.text)]
    if not unread:
        return cells
    path = f"indicators[{len(reader.rows)}].score"
    reader.notes.append(ReadingNote("reading_doubt", path, unread[0].text))
    return replace(
        cells, reasons=tuple(r for r in cells.reasons if not _is_of_score(r.text))
    )


def _is_of_score(text: str) -> bool:
    return are_two_points(text) or tells_deduction(text)


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
