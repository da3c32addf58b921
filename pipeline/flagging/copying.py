"""Which passages of one text stand in another, whatever the punctuation."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

# Common runs are built from grams of this length …
_GRAM = 8
# … and shorter runs than this are names of things, not copied prose.
_RUN = 12


@dataclass(frozen=True, slots=True)
class Copied:
    """``spans`` index the copying text; lengths count letters and digits only."""

    spans: tuple[tuple[int, int], ...]
    length: int
    longest: int
    share: Decimal


def find_copied(text: str, source: str) -> Copied:
    """The passages of ``text`` that stand in ``source``, longest names left out."""
    letters, places = _letters(text)
    original, _ = _letters(source)
    grams = {original[i : i + _GRAM] for i in range(len(original) - _GRAM + 1)}
    runs: list[tuple[int, int]] = []
    for i in range(len(letters) - _GRAM + 1):
        if letters[i : i + _GRAM] not in grams:
            continue
        if runs and i <= runs[-1][1]:
            runs[-1] = (runs[-1][0], i + _GRAM)
        else:
            runs.append((i, i + _GRAM))
    # A text shorter than a run counts when it is copied from end to end.
    runs = [(a, b) for a, b in runs if b - a >= min(_RUN, len(letters))]
    length = sum(b - a for a, b in runs)
    return Copied(
        spans=tuple((places[a], places[b - 1] + 1) for a, b in runs),
        length=length,
        longest=max((b - a for a, b in runs), default=0),
        share=Decimal(length) / len(letters) if letters else Decimal(0),
    )


def _letters(text: str) -> tuple[str, list[int]]:
    """Letters and digits only, with the place of each in the text."""
    places = [i for i, ch in enumerate(text) if ch.isalnum()]
    return "".join(text[i] for i in places), places
