"""Forms side by side on one sheet: one after the other, as if on two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.layout.labels import has_role
from pipeline.layout.lines import Line

# A form has a goal or an indicator table; a list of projects has neither.
_BODY = ("goal.", "ind.level")


def one_by_one(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Put the lines of the right-hand form behind those of the left-hand one."""
    ordered: list[Line] = []
    for table, group in groupby(lines, key=lambda line: line.table):
        part = tuple(group)
        ordered.extend(part if table is None else _split(part))
    return tuple(ordered)


def _split(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    border = _border(lines)
    if border is None:
        return lines
    left = tuple(x for line in lines if (x := _part(line, 0, border)) is not None)
    right = tuple(x for line in lines if (x := _part(line, border)) is not None)
    if not (_has_body(left) and _has_body(right)):
        return lines
    return (*left, *_split(right))


def _border(lines: Sequence[Line]) -> int | None:
    """The column where 项目名称 comes a second time in a row, if nothing spans it."""
    for line in lines:
        named = [s for s in line.slots if has_role(s.text, "header.project_name")]
        if len(named) > 1 and named[0].end < named[1].column:
            border = named[1].column
            crossing = [
                x
                for x in lines
                if len(x.slots) > 1 and any(s.column < border < s.end for s in x.slots)
            ]
            return None if crossing else border
    return None


def _part(line: Line, start: int, end: int | None = None) -> Line | None:
    """The slots of a line from column ``start`` on; a title over all stays whole."""
    slots = tuple(
        s for s in line.slots if s.end > start and (end is None or s.column < end)
    )
    return replace(line, slots=slots) if slots else None


def _has_body(lines: Sequence[Line]) -> bool:
    return any(has_role(text, *_BODY) for line in lines for text in line.texts)
