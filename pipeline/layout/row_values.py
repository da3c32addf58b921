"""The values of one aligned row: joined, cleaned of placeholders, as printed."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.core.provenance import Provenance
from pipeline.layout.align import Alignment
from pipeline.layout.evidence import content_of, is_nature
from pipeline.layout.lines import Slot
from pipeline.layout.numbers import is_placeholder, number_in, points_in

_EQUALS = frozenset("二ニ")


def level_text(slot: Slot | None) -> str | None:
    """A level name without the line breaks of a narrow cell."""
    return re.sub(r"\s+", "", slot.text) if slot else None


def number_of(alignment: Alignment, role: str) -> tuple[str, Slot] | None:
    """Weight or score with its cell, None for a placeholder or text."""
    slot = alignment.first(role)
    if slot is None:
        return None
    number = points_in(slot.text)
    return None if number is None else (number, slot)


def reason_text(slots: tuple[Slot, ...]) -> str | None:
    """Several reason cells joined by ；, placeholders only if nothing else."""
    texts = [s.text for s in slots]
    if len(texts) > 1:
        real = [t for t in texts if not is_placeholder(t)]
        texts = real or texts[:1]
    return "；".join(texts) or None


def target_of(alignment: Alignment) -> tuple[str, Slot] | None:
    """Operator + value + unit of a row, the adjusted value where one stands."""
    value = alignment.first("target")
    adjusted = alignment.first("adjusted")
    if adjusted is not None and not is_placeholder(adjusted.text):
        value = adjusted
    if value is None:
        return None
    text = value.text
    if is_placeholder(text):
        return text, value
    unit = alignment.first("unit")
    signs = [
        s
        for s in alignment.all("operator")
        if not is_nature(s.text) and not is_placeholder(s.text)
    ]
    if signs and not text.startswith(signs[0].text):
        sign = _with_sign(signs[0])
        text = sign.text + text
        value = replace(value, provenance=_as_sure_as(value, sign))
    if unit and not is_placeholder(unit.text) and not text.endswith(unit.text):
        text = text + unit.text
    return text, value


def _with_sign(slot: Slot) -> Slot:
    """A recognised cell of the column of signs: a lone 二 there can only be ＝."""
    place = slot.provenance
    if place.ocr_confidence is None or slot.text.strip() not in _EQUALS:
        return slot
    other = (*place.alternatives, slot.text)
    return replace(slot, text="=", provenance=replace(place, alternatives=other))


def _as_sure_as(value: Slot, sign: Slot) -> Provenance:
    """The place of a value that is no surer than the sign before it."""
    place, other = value.provenance, sign.provenance
    known = [c for c in (place.ocr_confidence, other.ocr_confidence) if c is not None]
    return replace(
        place,
        ocr_confidence=min(known, default=None),
        alternatives=(
            *place.alternatives,
            *(read + value.text for read in other.alternatives),
        ),
    )


def actual_of(alignment: Alignment) -> Slot | None:
    """The actual value, with the unit that stands in a column of its own."""
    value, unit = alignment.first("actual"), alignment.first("actual_unit")
    if value is None or unit is None or is_placeholder(value.text):
        return value
    if is_placeholder(unit.text) or value.text.endswith(unit.text):
        return value
    return replace(value, text=value.text + unit.text)


def is_blank(text: str) -> bool:
    """Nothing, a placeholder, 无 or 0."""
    number = number_in(text)
    return (
        not text
        or is_placeholder(text)
        or content_of(text).filler
        or (number is not None and float(number) == 0)
    )
