"""Where the clause and the sentence around a place begin and end (folded text)."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

_CLAUSE_STOPS = "，。；！？\n"
_SENTENCE_STOPS = "。；！？\n"
# Nothing is looked at further away; documents hold clauses of any length.
_CLAUSE_REACH = 80
_SENTENCE_REACH = 120


def clause_around(folded: str, start: int, end: int) -> tuple[int, int]:
    """The comma clause around a span, half-open, without its stops."""
    places = _stop_places(_CLAUSE_STOPS, folded)
    before = bisect_left(places, start)
    floor = max(0, start - _CLAUSE_REACH)
    begin = max(floor, places[before - 1] + 1) if before else floor
    right = min(len(folded), end + _CLAUSE_REACH)
    after = bisect_left(places, end, before)
    return begin, min(right, places[after]) if after < len(places) else right


def sentence_start(folded: str, position: int) -> int:
    """Where the sentence around ``position`` begins."""
    floor = max(0, position - _SENTENCE_REACH)
    return after_stop(_SENTENCE_STOPS, folded, floor, position)


def after_stop(stops: str, folded: str, floor: int, end: int) -> int:
    """The place after the last of the stops between two places; else the first."""
    if floor >= end:  # a cell often begins with its number
        return floor
    places = _stop_places(stops, folded)
    last = bisect_left(places, end) - 1
    return places[last] + 1 if last >= 0 and places[last] >= floor else floor


@lru_cache(maxsize=8)
def _stop_places(stops: str, folded: str) -> tuple[int, ...]:
    """Asked for a few times per number of a text."""
    return tuple([m.start() for m in _pattern(stops).finditer(folded)])


@lru_cache(maxsize=8)
def _pattern(stops: str) -> re.Pattern[str]:
    return re.compile(f"[{stops}]")
