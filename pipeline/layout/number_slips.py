"""Characters that recognition took for others in amounts, weights and scores.

Only where the place proves that a number is printed: the amounts above the
indicator table, and the columns of weights and scores. What was read stays with
the cell as another reading, and the form says that a number was repaired.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.core.form import ReadingNote
from pipeline.core.provenance import Provenance
from pipeline.layout.lines import Line, Slot
from pipeline.layout.numbers import is_placeholder, number_in

_LOOK_ALIKE = str.maketrans(
    {"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1", "|": "1", ",": ".", "。": ".", "·": ".", "、": "."}
)  # fmt: skip
# 10,00 is 10.00, but 1,000 and 1,000.00 are no slips, and 1.2.3 is no number.
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,2})?")
_GLUED = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:%\s*\d[\d.,]*%?|%?\s+\d{1,3}(?:\.\d+)?%?)")
_FIELDS = re.compile(
    r"funds\[\d+\]\.(?!label)|indicators\[\d+\]\.(?:weight|score)$|total_"
)


def number_meant(text: str) -> str | None:
    """The number that a misread one must be; None where nothing needs repair."""
    if number_in(text) is not None or is_placeholder(text):
        return None
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    digits = sum(c.isdigit() for c in folded)
    meant = folded.translate(_LOOK_ALIKE)
    # Most of it was read as digits; one character is no evidence of a number.
    if 2 * digits < len(folded) or not digits or not _NUMBER.fullmatch(meant):
        return None
    return meant


def with_number(slot: Slot) -> Slot:
    """A recognised cell with the number that it must hold, what was read beside it."""
    place = slot.provenance
    meant = number_meant(slot.text) if place.ocr_confidence is not None else None
    if meant is None:
        return slot
    other = (*place.alternatives, slot.text)
    return replace(slot, text=meant, provenance=replace(place, alternatives=other))


def glued_notes(field: str, lines: Iterable[Line]) -> Iterator[ReadingNote]:
    """A note for each cell with two numbers: 96.10%9.61, 100 97.35."""
    for line in lines:
        for text in line.texts:
            if _GLUED.fullmatch(unicodedata.normalize("NFKC", text).strip()):
                yield ReadingNote("glued_numbers_suspected", field, text)


def repair_notes(
    places: Mapping[str, Provenance], values: Mapping[str, str | None]
) -> Iterator[ReadingNote]:
    """A note for each number field that holds a repaired number."""
    for path, value in values.items():
        place = places.get(path)
        if value is None or place is None or not _FIELDS.match(path):
            continue
        for read in place.alternatives:
            if number_meant(read) == value:
                yield ReadingNote("number_repaired", path, f"{read} → {value}")
                break
