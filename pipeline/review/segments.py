"""A text cut at the ends of all marks, so that marks may overlap or nest.

Offsets count Unicode code points, so the cutting is done here: JavaScript counts
UTF-16 units and would slip after the first rare character.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_ENDS = frozenset("。；;！!？?\n")
_COMMAS = frozenset("，,、")
_ENOUGH = 12  # code points either side of a quote before a comma ends its clause
_CONTEXT = 48  # code points shown either side of a quote at most


@dataclass(frozen=True, slots=True)
class Mark:
    """``text[start:end]`` is a ``kind`` (target, outcome, cue …) called ``key``."""

    start: int
    end: int
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same marks. ``first`` lists the keys that begin."""

    text: str
    kinds: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


def cut(
    text: str, marks: Iterable[Mark], *, start: int = 0, end: int | None = None
) -> tuple[Segment, ...]:
    """``text[start:end]`` as segments; joined they give exactly that text.

    Marks beyond the window are cut to it; empty and reversed ones are dropped.
    """
    stop = len(text) if end is None else min(end, len(text))
    start = max(0, start)
    inside = [
        m for m in marks if max(m.start, start) < min(m.end, stop) and m.start >= 0
    ]
    edges = sorted(
        {start, stop}
        | {max(m.start, start) for m in inside}
        | {min(m.end, stop) for m in inside}
    )
    segments = []
    for left, right in pairwise(edges):
        over = [m for m in inside if m.start <= left and m.end >= right]
        segments.append(
            Segment(
                text=text[left:right],
                kinds=tuple(dict.fromkeys(m.kind for m in over if m.kind)),
                keys=tuple(dict.fromkeys(m.key for m in over)),
                first=tuple(
                    dict.fromkeys(m.key for m in over if max(m.start, start) == left)
                ),
            )
        )
    return tuple(segments)


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The window of the clause that holds ``text[start:end]``.

    It ends at a full stop; in a long sentence at a comma once there is enough to
    understand the quote by; at the latest 48 code points from the quote.
    """
    left = start
    while left > 0 and not _clause_ends(text[left - 1], start - left):
        left -= 1
    right = end
    while right < len(text) and not _clause_ends(text[right], right - end):
        right += 1
    return left, right


def in_clause(
    text: str, marks: Iterable[Mark], start: int, end: int
) -> tuple[Segment, ...]:
    """The clause round ``text[start:end]`` as segments, with … where it is cut."""
    left, right = clause_around(text, start, end)
    before = (Segment("…"),) if left > 0 and text[left - 1] not in _ENDS else ()
    after = (Segment("…"),) if right < len(text) and text[right] not in _ENDS else ()
    return (*before, *cut(text, marks, start=left, end=right), *after)


def _clause_ends(ch: str, distance: int) -> bool:
    if ch in _ENDS or distance >= _CONTEXT:
        return True
    return ch in _COMMAS and distance >= _ENOUGH
