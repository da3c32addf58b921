"""What is in doubt in a form of which only the order of the cells was left."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.form import IndicatorRow, ReadingNote
from pipeline.layout.lines import Line
from pipeline.layout.pasted_cells import LOSSY, UNREAD

_MAY_LACK = ("target_text", "actual_text", "weight", "score")


def read_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without the cells that stand in no row."""
    return tuple(line for line in lines if line.table != UNREAD)


def lost_cells(
    lines: Sequence[Line], rows: Sequence[IndicatorRow]
) -> tuple[ReadingNote, ...]:
    """Cells that stand in no row, and rows that an empty cell may be missing from."""
    notes: list[ReadingNote] = []
    unread = [text for line in lines if line.table == UNREAD for text in line.texts]
    if unread:
        notes.append(ReadingNote("reading_doubt", "indicators", " | ".join(unread)))
    if any(line.table == LOSSY for line in lines):
        notes += [
            ReadingNote("cells_lost", f"indicators[{row.row}]")
            for row in rows
            if any(getattr(row, name) is None for name in _MAY_LACK)
        ]
    return tuple(notes)
