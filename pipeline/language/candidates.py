"""A number with what stands around it, as the rules of exclusions look at it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pipeline.language.clauses import clause_around, sentence_start
from pipeline.language.counterparts import is_answered
from pipeline.language.exclusions import Candidate
from pipeline.language.readings import NumberReading
from pipeline.language.units import unit_class

_REACH = 30


def candidate_at(
    folded: str, readings: Sequence[NumberReading], index: int
) -> Candidate:
    """One of the numbers of a text in its clause and sentence."""
    reading = readings[index]
    start, end = reading.start, reading.end
    clause_start, clause_end = clause_around(folded, start, end)
    return Candidate(
        left=folded[clause_start:start],
        sentence_left=folded[sentence_start(folded, start) : start],
        quote=folded[start:end],
        right=folded[end : end + _REACH],
        clause=folded[clause_start:clause_end],
        unit=reading.unit,
        unit_class=unit_class(reading.unit),
        value=reading.value,
        han=reading.han,
        bare=reading.bare,
        answered=partial(is_answered, folded, readings, index),
    )
