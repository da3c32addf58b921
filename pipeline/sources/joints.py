"""Lines to the text of a cell.

Line ends that only come from wrapping are joined; those that the author set
become line breaks.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.sources.lines import LIST_MARKER, Line, is_wide

ROOM_ENDED = 1.0
"""Em that must stay free, beside the next word, for a line that ends a sentence
to end a paragraph too (a closing mark may hang over)."""

ROOM_PLAIN = 3.0
"""The same for a line that ends anywhere, measured against the widest line."""

SEVERAL = 3
"""Points at line starts, none elsewhere, that are no chance of wrapping."""

_ENDS = "。；：！？;:!?"
_CLOSING = "”’」』）)】》\"'"
_INNER_MARKER = re.compile(rf"[{_ENDS}]\s*(?:{LIST_MARKER.pattern})")


def join(lines: list[Line], *, left: float, right: float) -> str:
    """The text of lines in a cell that reaches from ``left`` to ``right``."""
    pieces: list[str] = []
    before: Line | None = None
    widest = max((line.end for line in lines), default=0.0)
    # What stays free on the left is taken to stay free on the right as well.
    margin = max(0.0, min((line.start for line in lines), default=left) - left)
    rooms = [right - min(margin, line.size) - line.end for line in lines]
    listed = _is_list(lines, rooms)
    for line, room in zip(lines, [0.0, *rooms], strict=False):
        if before is not None:
            slack = widest - before.end
            if listed and line.lead and _ended(before):
                pieces.append("\n")
            else:
                pieces.append(joint(before, line, room=room, slack=slack))
        pieces.append(line.text)
        before = line
    return "".join(pieces)


def joint(before: Line, after: Line, *, room: float, slack: float) -> str:
    r"""What stands between two lines: ``\n``, a space or nothing.

    ``room`` is the free space after the first line up to the cell's border,
    ``slack`` that up to the end of the widest line.
    """
    em = before.size
    ended = _ended(before)
    token = after.lead or after.token
    fits = room > token + ROOM_ENDED * em
    if before.turn != after.turn:
        return "\n"
    # A marker that had no room with its text was only wrapped.
    if after.lead and (fits or (ended and room >= after.lead)):
        return "\n"
    if ended and fits:
        return "\n"
    if slack > token + ROOM_PLAIN * em:
        return "\n"
    if before.trailing_space:
        return " "
    return _between_words(before, after, slack=slack)


def _ended(line: Line) -> bool:
    return line.text.rstrip(_CLOSING)[-1:] in tuple(_ENDS)


def _is_list(lines: list[Line], rooms: list[float]) -> bool:
    """Whether every point stands on a line of its own.

    One that would have fitted on the line above shows it, and so do several.
    """
    if any(_INNER_MARKER.search(line.text) for line in lines):
        return False
    points = [
        room >= after.lead
        for (before, after), room in zip(pairwise(lines), rooms, strict=False)
        if after.lead and _ended(before)
    ]
    return any(points) or len(points) >= SEVERAL


def _between_words(before: Line, after: Line, *, slack: float) -> str:
    last, first = before.text[-1], after.text[0]
    if is_wide(last) or is_wide(first) or not first.isalnum():
        return ""
    if last in ",;:.)" and not first.isdigit():
        return " "
    if not last.isalnum():
        return ""
    # A number too long for its cell is broken anywhere; its line is one word.
    broken = last.isdigit() and first.isdigit() and not re.search(r"\s", before.text)
    return "" if broken and slack < before.size / 2 else " "
