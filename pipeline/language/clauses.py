"""Where the clause and the sentence around a place begin and end (folded text)."""

from __future__ import annotations

import re

_CLAUSE_STOP = re.compile(r"[，。；！？\n]")
_SENTENCE_STOP = re.compile(r"[。；！？\n]")
# Nothing is looked at further away; documents hold clauses of any length.
_CLAUSE_REACH = 80
_SENTENCE_REACH = 120


def clause_around(folded: str, start: int, end: int) -> tuple[int, int]:
    """The comma clause around a span, half-open, without its stops."""
    begin = left = max(0, start - _CLAUSE_REACH)
    for match in _CLAUSE_STOP.finditer(folded, left, start):
        begin = match.end()
    right = min(len(folded), end + _CLAUSE_REACH)
    stop = _CLAUSE_STOP.search(folded, end, right)
    return begin, stop.start() if stop else right


def sentence_start(folded: str, position: int) -> int:
    """Where the sentence around ``position`` begins."""
    begin = floor = max(0, position - _SENTENCE_REACH)
    for match in _SENTENCE_STOP.finditer(folded, floor, position):
        begin = match.end()
    return begin
