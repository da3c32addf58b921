"""Rows above the first header of their table, whose columns nobody named.

A number behind the unit of a target is the actual value or the weight. Where what
was read as weights cannot be weights, it is the actual values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.core.form import IndicatorRow, ReadingNote
from pipeline.core.provenance import Provenance

FULL_MARKS = 100


def told_apart(
    rows: Sequence[IndicatorRow], places: Mapping[str, Provenance], count: int
) -> tuple[tuple[IndicatorRow, ...], dict[str, Provenance], tuple[ReadingNote, ...]]:
    """Rows, places and notes, the first ``count`` rows being without a header.

    Where a score is above its weight, or all weights are more than the full marks,
    the weights are actual values, and whether the scores are scores is open.
    """
    head = rows[:count]
    if not head or not _cannot_be_weights(head):
        return tuple(rows), dict(places), ()
    kept = dict(places)
    done: list[IndicatorRow] = []
    notes: list[ReadingNote] = []
    for row in head:
        path = f"indicators[{row.row}]"
        weight = kept.pop(f"{path}.weight", None)
        kept.pop(f"{path}.score", None)
        if row.actual_text is None and row.weight is not None and weight is not None:
            kept[f"{path}.actual_text"] = weight
            row = replace(row, actual_text=row.weight)
        done.append(replace(row, weight=None, score=None))
        notes.append(ReadingNote("cells_lost", path))
    return (*done, *rows[count:]), kept, tuple(notes)


def _cannot_be_weights(rows: Sequence[IndicatorRow]) -> bool:
    pairs = [(r.weight, r.score) for r in rows if r.actual_text is None]
    above = any(w and s and Decimal(s) > Decimal(w) for w, s in pairs)
    return above or sum(Decimal(w) for w, _ in pairs if w) > FULL_MARKS
