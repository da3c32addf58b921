"""The ways of a pattern side by side, each looked for by itself.

The engine passes quickly over text that lacks the letters of one way, and slowly over
text that lacks those of any of several. What is found is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex


def branches(pattern: str) -> tuple[str, ...]:
    """The alternatives of a pattern at its top level: a, b(?:c|d) of a|b(?:c|d)."""
    ways, depth, in_class, begin, i = [], 0, False, 0, 0
    while i < len(pattern):
        char = pattern[i]
        if char == "\\":
            i += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
            i += pattern.startswith("^", i + 1)
            i += pattern.startswith("]", i + 1)
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and not depth:
            ways.append(pattern[begin:i])
            begin = i + 1
        i += 1
    return (*ways, pattern[begin:])


def find_all(
    whole: regex.Pattern[str],
    ways: Sequence[regex.Pattern[str]],
    text: str,
    *,
    timeout: float | None,
) -> Iterator[tuple[int, int]]:
    """The spans that ``whole`` finds in a text, of whose ways only these may match."""
    found = [(way, way.search(text, timeout=timeout)) for way in ways]
    left = [(way, match.start()) for way, match in found if match]
    while left:
        start = min(first for _, first in left)
        match = whole.match(text, start, timeout=timeout)
        end = max(start + 1, match.end() if match else start)
        yield start, end
        left = [
            (way, first) if first >= end else (way, again.start())
            for way, first in left
            if first >= end or (again := way.search(text, end, timeout=timeout))
        ]
