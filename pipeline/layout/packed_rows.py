"""Rows that hold several indicators, one below the other in each of their cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.layout.lines import Line, Slot
from pipeline.layout.numbers import number_in

FEWEST = 4
"""Cells with as many lines each (name, target, actual value, points) that show it."""


def unpacked(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, those with several indicators as one line for each of them.

    1.灯具数量 ⏎ 2.控制器数量 | ≥46盏 ⏎ ≥12套 | 47盏 ⏎ 11套 | 10 ⏎ 10 | 10 ⏎ 9.
    Cells with one text for all, such as the reason, belong to each.
    """
    for line in lines:
        count = _count(line)
        if count < 2:
            yield line
            continue
        packed = {id(s): _parts(s) for s in line.slots if len(_parts(s)) == count}
        first = min(i for i, s in enumerate(line.slots) if id(s) in packed)
        for i in range(count):
            slots = (
                replace(s, text=packed[id(s)][i]) if id(s) in packed else s
                for s in line.slots[first if i else 0 :]
            )
            yield replace(line, slots=tuple(slots))


def _count(line: Line) -> int:
    """How many indicators a row holds; 1 where its cells do not agree."""
    if line.table is None:
        return 1
    parts = [_parts(slot) for slot in line.slots]
    several = Counter(len(p) for p in parts if len(p) > 1)
    if not several:
        return 1
    count, cells = several.most_common(1)[0]
    same = [p for p in parts if len(p) == count]
    points = [p for p in same if all(number_in(text) is not None for text in p)]
    # Points for all of them together cannot be shared out.
    lone = sum(len(p) == 1 and number_in(p[0]) is not None for p in parts)
    if cells < FEWEST or not points or len(points) == cells or lone:
        return 1
    return count


def _parts(slot: Slot) -> list[str]:
    return [text for part in slot.text.split("\n") if (text := part.strip())]
