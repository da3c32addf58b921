"""Where the clause and the sentence around a place begin and end (folded text)."""

from __future__ import annotations

import re

_CLAUSE_STOPS = "，。；！？\n"
_SENTENCE_STOPS = "。；！？\n"
_CLAUSE_STOP = re.compile(rf"[{_CLAUSE_STOPS}]")
# Nothing is looked at further away; documents hold clauses of any length.
_CLAUSE_REACH = 80
_SENTENCE_REACH = 120


def clause_around(folded: str, start: int, end: int) -> tuple[int, int]:
    """The comma clause around a span, half-open, without its stops."""
    begin = _after_last(_CLAUSE_STOPS, folded, max(0, start - _CLAUSE_REACH), start)
    right = min(len(folded), end + _CLAUSE_REACH)
    stop = _CLAUSE_STOP.search(folded, end, right)
    return begin, stop.start() if stop else right


def sentence_start(folded: str, position: int) -> int:
    """Where the sentence around ``position`` begins."""
    floor = max(0, position - _SENTENCE_REACH)
    return _after_last(_SENTENCE_STOPS, folded, floor, position)


def _after_last(stops: str, folded: str, floor: int, end: int) -> int:
    """The place after the last stop between two places; the first without any."""
    last = max([folded.rfind(stop, floor, end) for stop in stops])
    return floor if last < 0 else last + 1
