"""What is in doubt in a form of which only the order of the cells was left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.core.form import IndicatorRow, ReadingNote
from pipeline.layout.columns import is_indicator_header
from pipeline.layout.evidence import begins_level, content_of
from pipeline.layout.labels import split_fields
from pipeline.layout.lines import Line
from pipeline.layout.pasted_cells import LOSSY, UNREAD
from pipeline.layout.sections import Section, Sections
from pipeline.layout.titles import title_type

MIN_ROWS = 3
"""Rows with values above a row that breaks off."""

SCRAP = 12
"""Characters of what may be left of a cell behind a row that breaks off."""

MOST_LEFT = 3
"""Cells of such a row: two levels and the name."""

MIN_SENTENCE = 16
"""Characters of a cell by itself that may be the goal."""

_STOP = re.compile(r"[，,。；;]")
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
    if not unread and _ends_within_name(lines, rows):
        unread = [lines[-1].texts[-1]]
    if not unread and _breaks_off(lines, rows):
        last = [line for line in lines if line.table is not None][-1]
        unread = list(last.texts)
        if rows[-1].name in unread:
            notes.append(ReadingNote("cells_lost", f"indicators[{rows[-1].row}]"))
    if not rows and lines and lines[-1].shaky and is_indicator_header(lines[-1]):
        unread = list(lines[-1].texts)  # the text ends before the first row
    if unread:
        notes.append(ReadingNote("reading_doubt", "indicators", " | ".join(unread)))
    if any(line.table == LOSSY for line in lines):
        notes += [
            ReadingNote("cells_lost", f"indicators[{row.row}]")
            for row in rows
            if any(getattr(row, name) is None for name in _MAY_LACK)
        ]
    noted = {note.field for note in notes}
    notes += [
        ReadingNote("cells_lost", f"indicators[{row.row}]")
        for row in rows
        if _says_not_what(row) and f"indicators[{row.row}]" not in noted
    ]
    return tuple(notes)


def _says_not_what(row: IndicatorRow) -> bool:
    """Numbers under labels of another kind of table: neither name nor target is read."""
    return row.name is None and row.target_text is None


def _ends_within_name(lines: Sequence[Line], rows: Sequence[IndicatorRow]) -> bool:
    """Whether the text ends with the first characters of a level (可 of 可持续影响)."""
    if len(rows) < MIN_ROWS or not lines or not lines[-1].shaky:
        return False
    text = "".join(lines[-1].texts[-1].split())
    return text == rows[-1].deviation and begins_level(text)


def _breaks_off(lines: Sequence[Line], rows: Sequence[IndicatorRow]) -> bool:
    """Whether the text of a dump ends within an indicator row.

    The last row lacks what all the rows above it have, and no total follows.
    """
    at = max((i for i, x in enumerate(lines) if x.table is not None), default=-1)
    if len(rows) < MIN_ROWS or at < 0 or not lines[at].shaky:
        return False
    rest = [text for line in lines[at + 1 :] for text in line.texts]
    if len(rest) > 1 or any(len(text) > SCRAP for text in rest):
        return False
    last, row, above = lines[at].texts, rows[-1], rows[:-1]
    if row.name in last:
        return any(
            all(getattr(r, name) for r in above)
            and all(getattr(row, n) is None for n in (name, "score"))
            for name in ("actual_text", "target_text")
        )
    contents = [content_of(text) for text in last]
    told = any(c.number is not None or c.status or c.placeholder for c in contents)
    levels = [max(c.level1, c.level2) for c in contents]
    return not told and len(last) <= MOST_LEFT and max(levels) > 0


def unplaced_goal(sections: Sections) -> Iterator[ReadingNote]:
    """A sentence by itself above the indicators: the goal may have lost its label."""
    for line in (*sections.of(Section.HEADER), *sections.of(Section.FUNDS)):
        text = line.slots[0].text
        loose = line.table is None or line.shaky
        if len(line.slots) == 1 and loose and _is_sentence(text):
            yield ReadingNote("reading_doubt", "goal_text", text)
            return


def _is_sentence(text: str) -> bool:
    """Words of what is to be done; no label with its value, no heading."""
    return (
        len(text) >= MIN_SENTENCE
        and _STOP.search(text) is not None
        and not split_fields(text)
        and title_type(text) is None
    )
