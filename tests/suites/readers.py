"""Our two readers in the form the scorer takes: numerals alone, and quantities."""

from __future__ import annotations

from pipeline.core.quantity import Comparator, Role
from pipeline.language.numerals import find_numerals
from pipeline.language.quantities import find_quantities
from tests.suites.score import NUMERAL_SUITES, Answer, Reader

# The money suite names each currency once; we tell it as printed.
SAME_CURRENCY = {"港币": "港元", "台币": "新台币", "日币": "日元"}


def read_numerals(text: str) -> list[Answer]:
    """All numerals; per mille is told as the ratio (千分之三 is 0.003)."""
    return [
        Answer(
            n.start,
            n.end,
            float(n.value) / (1000 if n.unit == "‰" else 1),
            None if n.high is None else float(n.high),
            n.unit or None,
            "=" if n.high is None else "range",
        )
        for n in find_numerals(text)
    ]


def read_quantities(text: str) -> list[Answer]:
    """Quantities of a line read as a cell, where a bare number counts as well."""
    return [
        Answer(
            q.start,
            q.end,
            float(q.value),
            None if q.value_high is None else float(q.value_high),
            SAME_CURRENCY.get(q.unit or "", q.unit),
            "~" if q.comparator is Comparator.APPROX else str(q.comparator),
        )
        for q in find_quantities(text, Role.GOAL, cell=True)
    ]


def reader_of(suite: str) -> Reader:
    return read_numerals if suite in NUMERAL_SUITES else read_quantities
