"""Rows of a tab dump whose cells were broken over lines, where rows differ in width.

Word pastes every paragraph of a cell as a line of its own. Where all rows have as many
tabs, ``fields.rejoined`` puts them together; here the row above a broken one tells how
many tabs it has, and what the lines hold tells that they go on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

BREAK = "<br>"
MOST_LINES = 12
"""Lines of one broken row."""

_OPEN = ("，", "、", "；", ",", ";", "：")
_ITEM = re.compile(
    r"(?:目标|任务)?\s?(?:[（(]?(\d{1,2})[）)]?[.、．:：]?|([①-⑳]))(?!\d)"
)
_PLAIN = re.compile(r"[^\d％%]*[\u4e00-\u9fff）)]")


def with_whole_rows(lines: Sequence[str]) -> list[str]:
    """The lines with broken rows as one line each, a break inside a cell as ``<br>``."""
    whole: list[str] = []
    at = 0
    while at < len(lines):
        count = _lines_of_row(lines, at, whole[-1].count("\t") if whole else 0)
        row = BREAK.join(lines[at : at + count])
        at += count
        rest = at
        while "\t" in row and _is_rest(lines[rest - 1], lines, rest, rest - at):
            rest += 1
        whole.append(BREAK.join([row, *lines[at:rest]]))
        at = rest
    return whole


def _lines_of_row(lines: Sequence[str], at: int, width: int) -> int:
    """How many lines make a row of as many tabs as the row above; 1 where none do."""
    tabs = lines[at].count("\t")
    if not 0 < tabs < width:
        return 1
    for end in range(at + 1, min(at + MOST_LINES, len(lines))):
        more = lines[end].count("\t")
        if not lines[end].strip():
            return 1
        if not more:
            continue
        broken = end > at + 1 or _is_cut(lines[at], lines[end])
        return end - at + 1 if tabs + more == width and broken else 1
    return 1


def _is_cut(line: str, following: str) -> bool:
    """Whether the last cell of a line, words without a number, goes on in the next one."""
    last, first = line.rsplit("\t", 1)[-1].strip(), following.split("\t", 1)[0].strip()
    return bool(_PLAIN.fullmatch(last)) and bool(_PLAIN.fullmatch(first))


def _is_rest(before: str, lines: Sequence[str], at: int, taken: int) -> bool:
    """Whether a line without tabs goes on with the last cell of the line before it."""
    line = lines[at].strip() if at < len(lines) else ""
    if not line or "\t" in lines[at] or taken == MOST_LINES:
        return False
    if not any("\t" in x for x in lines[at : at + MOST_LINES]):
        return False  # what follows the table is text
    last = before.rsplit("\t", 1)[-1].strip()
    return last.endswith(_OPEN) or _follows(last, line)


def _follows(last: str, line: str) -> bool:
    """2.… after 1.…: the next item of a list."""
    before, now = _ITEM.match(last), _ITEM.match(line)
    if before is None or now is None:
        return False
    if now[2]:
        return before[2] is not None and ord(now[2]) == ord(before[2]) + 1
    return before[1] is not None and int(now[1]) == int(before[1]) + 1
