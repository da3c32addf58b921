"""The paragraphs of a narrative text: printed lines joined where they wrap.

Word and text files hold whole paragraphs. PDF and recognised pages hold printed
lines, known by their boxes: a line that reaches the right margin goes on in the
next one unless that is indented or numbered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.core.provenance import BBox, Provenance
from pipeline.layout.lines import Line, Slot

FULL = 2.0
"""Line heights that a full line may end before the right margin, besides the room
of a word or number that was too long and begins the next line."""

HALF = 0.6
"""Line heights that a half-width character is wide."""

INDENT = 1.0
"""Line heights from the left margin on that are an indent."""

_PAGE_NUMBER = re.compile(r"\s*[-—–·第]?\s*\d{1,4}\s*(?:[-—–·页]|/\s*\d{1,4})?\s*")
_NUMBERED = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+[部章节]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}\s*[、.．](?!\d(?!\d?岁))|[①-⑳]|[一二三四五六七八九十]是)"
)
_WORD = re.compile(r"[!-~％‰]+[，。；、）”]?")
_SENTENCE_END = ("。", "；", "：", ":", ";", "！")


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float
    indented: bool


def paragraphs(lines: Iterable[Line]) -> tuple[Slot, ...]:
    """Texts outside tables in reading order, without page numbers.

    Each has the place of its first line; the box covers the lines of that page.
    """
    slots = [
        line.slots[0]
        for line in lines
        if line.table is None and not _PAGE_NUMBER.fullmatch(line.slots[0].text)
    ]
    margins = _margins(slots)
    done: list[Slot] = []
    last: Provenance | None = None
    for slot in slots:
        if done and last and margins and _goes_on(done[-1], last, slot, margins):
            done[-1] = _joined(done[-1], slot)
        else:
            done.append(slot)
        last = slot.provenance
    return tuple(done)


def is_numbered(text: str) -> bool:
    """Whether a text opens with the number of a heading or of a list."""
    return _NUMBERED.match(text) is not None


def _margins(slots: Sequence[Slot]) -> _Margins | None:
    """Where full lines begin and end; None for files without boxes."""
    boxes = [s.provenance.bbox for s in slots if s.provenance.bbox is not None]
    if len(boxes) < 3 or len(boxes) < len(slots):
        return None
    left = min(box.x0 for box in boxes)
    right = max(box.x1 for box in boxes)
    wide = [b for b in boxes if b.x1 > right - FULL * _height(b)]
    indented = any(b.x0 > left + INDENT * _height(b) for b in wide)
    return _Margins(left, right, indented)


def _goes_on(before: Slot, last: Provenance, slot: Slot, margins: _Margins) -> bool:
    upper, box = last.bbox, slot.provenance.bbox
    if upper is None or box is None or is_numbered(slot.text):
        return False
    word = _WORD.match(slot.text)
    room = FULL + HALF * (word.end() if word else 0)
    if upper.x1 < margins.right - room * _height(upper):
        return False
    if margins.indented:
        return box.x0 <= margins.left + INDENT * _height(box)
    return not before.text.endswith(_SENTENCE_END)


def _joined(before: Slot, slot: Slot) -> Slot:
    between = " " if _latin(before.text[-1:]) and _latin(slot.text[:1]) else ""
    place, other = before.provenance, slot.provenance
    if place.bbox and other.bbox and place.page == other.page:
        a, b = place.bbox, other.bbox
        box = BBox(min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1))
        place = replace(place, bbox=box)
    return replace(before, text=before.text + between + slot.text, provenance=place)


def _latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _height(box: BBox) -> float:
    return max(box.y1 - box.y0, 1.0)
