"""The rest of a row that a page end cut inside a label: put back where it belongs.

A reader of pages sees only lines and boxes; whether 标 on the next page completes
满意度指 is known here, where the names of levels and labels are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout.evidence import is_level
from pipeline.layout.labels import roles_of
from pipeline.layout.lines import Line, Slot
from pipeline.layout.numbers import is_value

MAX_REST = 6
"""Characters of the rest of a label that stands alone below the table's end."""


def whole_rows(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with the rests of cut rows joined to the rows that they end."""
    kept: list[Line] = []
    for line in lines:
        mended = _mended(kept[-1], line) if kept else None
        if mended is None:
            kept.append(line)
        else:
            kept[-1] = mended
    return tuple(kept)


def _mended(above: Line, rest: Line) -> Line | None:
    """Both as one line; None unless the rest completes the name of a level."""
    if above.table is None or rest.page <= above.page:
        return None
    if rest.table is None:
        found = _completed(above, rest.slots[0])
        pairs = {} if found is None else {found: rest.slots[0]}
    elif rest.table == above.table:
        above = _parted(above, rest)
        pairs = _below(above, rest)
    else:
        return None
    if not any(_completes(above.slots[i].text, s.text) for i, s in pairs.items()):
        return None
    slots = (
        replace(slot, text=slot.text + pairs[i].text) if i in pairs else slot
        for i, slot in enumerate(above.slots)
    )
    return replace(above, slots=tuple(slots))


def _parted(above: Line, rest: Line) -> Line:
    """The line with 分得 over 值 | 分 as the starts of two labels."""
    slots: list[Slot] = []
    for slot in above.slots:
        under = [s for s in rest.slots if slot.column <= s.column < slot.end]
        size = len(slot.text) // max(1, len(under))
        starts = [slot.text[i * size : (i + 1) * size] for i in range(len(under))]
        if (
            len(under) < 2
            or "".join(starts) != slot.text
            or not all(map(_completes, starts, [s.text for s in under]))
        ):
            slots.append(slot)
            continue
        ends = [*(s.column for s in under[1:]), slot.end]
        slots += [
            replace(slot, text=text, column=s.column, width=end - s.column)
            for text, s, end in zip(starts, under, ends, strict=True)
        ]
    return replace(above, slots=tuple(slots))


def _below(above: Line, rest: Line) -> dict[int, Slot]:
    """Each slot of the rest by the slot over it; empty where one has none."""
    found: dict[int, Slot] = {}
    for slot in rest.slots:
        over = [i for i, s in enumerate(above.slots) if s.column == slot.column]
        if not over or is_value(slot.text) or is_value(above.slots[over[0]].text):
            return {}
        found[over[0]] = slot
    return found


def _completed(above: Line, rest: Slot) -> int | None:
    """The one slot whose name a lone text below the table completes."""
    if len(rest.text) > MAX_REST:
        return None
    found = [i for i, s in enumerate(above.slots) if _completes(s.text, rest.text)]
    return found[0] if len(found) == 1 else None


def _completes(start: str, rest: str) -> bool:
    """满意度指 and 标 are a name only together."""
    if is_level(start) or is_level(rest):
        return False
    whole = start + rest
    return is_level(whole) or (bool(roles_of(whole)) and not roles_of(start))
