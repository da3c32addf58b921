"""Labels of neighbouring columns that were read as one cell, put apart."""

from __future__ import annotations

from dataclasses import replace

from pipeline.layout.labels import (
    MAX_LABEL,
    bare,
    fold,
    lexicon,
    roles_of,
)
from pipeline.layout.lines import Line, Slot
from pipeline.layout.near_labels import SHORTEST

KNOWN = 2
"""Labels of columns that make a header in which others may be parted."""


def parts_of(slot: Slot, prefix: str) -> tuple[Slot, ...]:
    """Labels of neighbouring columns that were read as one cell."""
    words = slot.text.split()
    if slot.width > 1 and len(words) == 1 and not _is_label(slot.text, prefix):
        words = _labels_in(slot.text, prefix)
    elif roles_of(slot.text):
        words = [slot.text]
    if not 2 <= len(words) <= slot.width:
        return (slot,)
    if not all(any(r.startswith(prefix) for r in roles_of(w)) for w in words):
        return (slot,)
    # Where the second begins is left open: its cells stand further to the right.
    last = len(words) - 1
    return tuple(
        replace(
            slot,
            text=word,
            column=slot.column + i,
            width=slot.width - last if i == last else 1,
        )
        for i, word in enumerate(words)
    )


def _labels_in(text: str, prefix: str) -> list[str]:
    """全年预算数全年执行数: the two labels that a text is, itself where it is not."""
    if len(text) > 2 * MAX_LABEL:
        return [text]
    for i in range(SHORTEST, len(text) - SHORTEST + 1):
        both = text[:i], text[i:]
        if text[i] not in "(（" and all(_is_label(part, prefix) for part in both):
            return list(both)
    return [text]


def _is_label(text: str, prefix: str) -> bool:
    found = lexicon().get(fold(text)) or lexicon().get(bare(text)) or ()
    return any(role.startswith(prefix) for role in found)


def with_parts(line: Line) -> Line:
    """A header without rulings, with the labels of neighbouring columns apart."""
    for prefix in ("ind.", "fund."):
        if sum(_is_label(s.text, prefix) for s in line.slots) >= KNOWN:
            parts = [part for slot in line.slots for part in parts_of(slot, prefix)]
            return replace(line, slots=tuple(parts))
    return line
