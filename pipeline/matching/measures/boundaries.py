"""Where the sentences, clauses and list items around a number begin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.core.quantity import Quantity

# Stops, and <p>, </p>, <br>, <br/>: what begins with a character of a few is found fast.
# 3、, （一）, 一是: what stands before the words of a list item.
ITEM_MARK = re.compile(r"^[^一-鿿]*(?:[一二三四五六七八九十]+[是、)])?")
SENTENCE = re.compile(r"[。；！？\n<](?:(?<!<)|/?p>|br/?>)")
_CLAUSE_STOP = re.compile(r"[。；！？\n，：]")
_SENTENCE_STOP = re.compile(r"[。；！？\n]")
_ITEM = re.compile(
    r"(?<![^。；\n >])(?:\d{1,2}[.、]|\(?\d{1,2}\)|\(?[一二三四五六七八九十]{1,2}[、)]|[①-⑳]|[一二三四五六七八九]是|目标\d)"
)
_NOT_NUMBER = re.compile(r"[^\d一二三四五六七八九十①-⑳]")


class Places(dict[str, tuple[Sequence[int], Sequence[int]]]):
    """By text where the matches of a pattern begin and end.

    It is asked for several times per number of a text; a few texts are remembered.
    """

    __slots__ = ("_find",)

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._find = pattern.finditer

    def __missing__(self, folded: str) -> tuple[Sequence[int], Sequence[int]]:
        if len(self) >= _TEXTS:
            self.clear()
        spans = [match.span() for match in self._find(folded)]
        found = self[folded] = [start for start, _ in spans], [end for _, end in spans]
        return found


_CLAUSE_STOPS, _SENTENCES, _ITEMS = map(Places, (_CLAUSE_STOP, SENTENCE, _ITEM))

# So many texts are looked at by turns.
_TEXTS = 4

# Characters before a number that can say what it measures.
MAX_CONTEXT = 240


def clause_left(folded: str, start: int) -> str:
    """What stands before a place within its sentence, 40 characters at most."""
    begin = max(0, start - 40)
    for match in _SENTENCE_STOP.finditer(folded, begin, start):
        begin = match.end()
    return folded[begin:start]


def clause_before(folded: str, quantities: Sequence[Quantity], index: int) -> str:
    """国家级、省级示范社7家: unlike the phrase, an enumeration stays whole."""
    start = quantities[index].start
    floor = max(quantities[index - 1].end if index else 0, start - MAX_CONTEXT)
    begin = last_end(_CLAUSE_STOPS, folded, floor, start)
    return folded[floor if begin is None else begin : start]


def sentence_start(folded: str, position: int) -> int:
    """Where the sentence of a place begins, looking back 400 characters."""
    return last_end(_SENTENCES, folded, max(0, position - 400), position) or 0


def item_start(folded: str, position: int, sentence: int) -> int:
    """Where the list item begins: its topic often stands sentences before."""
    begin = last_end(_ITEMS, folded, max(0, position - MAX_CONTEXT), position)
    return sentence if begin is None else min(sentence, begin)


def item_number(folded: str, position: int) -> str:
    """What the list item is numbered: 4 of 目标4：, ④, （4） and 4., 一 of （一） and 一是."""
    starts, ends = _ITEMS[folded]
    last = bisect_right(ends, position) - 1
    if last < 0:
        return ""
    mark = _NOT_NUMBER.sub("", folded[starts[last] : ends[last]])
    return str(ord(mark) - ord("①") + 1) if "①" <= mark <= "⑳" else mark


def last_end(places: Places, folded: str, floor: int, position: int) -> int | None:
    """Where the last match between two places ends."""
    starts, ends = places[folded]
    last = bisect_right(ends, position) - 1
    return ends[last] if last >= 0 and starts[last] >= floor else None
