"""Numbers as clerks write them, over many sectors: every quantity, and nothing else.

The tables in ``clerks/`` were annotated by the guideline before the grammar saw
them. A line ``g …`` is a goal, ``o …`` an outcome; each ``+ …`` under it is one
quantity: quote, comparator, value and unit, or the quote alone where it is just
digits and a unit (``+ 12场``). ``#`` begins a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.core.quantity import Role
from pipeline.language.quantities import find_quantities

TABLES = Path(__file__).with_name("clerks")
ROLES = {"g": Role.GOAL, "o": Role.OUTCOME}
PLAIN = re.compile(r"([\d.]+)(.+)")
WHOLE = re.compile(r"(.+?) (>=|<=|=|>|<|approx|range) (\S+) (\S+)")


class Expected(NamedTuple):
    quote: str
    comparator: str
    value: float
    high: float | None
    unit: str | None


def expected(line: str) -> Expected:
    whole = WHOLE.fullmatch(line)
    if whole is None:
        plain = PLAIN.fullmatch(line)
        assert plain, line
        return Expected(line, "=", float(plain[1]), None, plain[2])
    low, _, high = whole[3].partition("..")
    unit = None if whole[4] == "-" else whole[4]
    return Expected(whole[1], whole[2], float(low), float(high) if high else None, unit)


def texts() -> Iterator[tuple[Role, str, list[Expected]]]:
    for path in sorted(TABLES.glob("*.txt")):
        found: list[Expected] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            mark, _, rest = line.partition(" ")
            if mark == "+":
                found.append(expected(rest.strip()))
            elif mark in ROLES:
                found = []
                yield ROLES[mark], rest, found


CASES = list(texts())


def test_the_tables_are_read() -> None:
    assert len(CASES) >= 250
    assert len({(role, text) for role, text, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("role", "text", "wanted"), CASES)
def test_quantities(role: Role, text: str, wanted: list[Expected]) -> None:
    read = [
        Expected(
            quote=q.quote,
            comparator=q.comparator.value,
            value=float(q.value),
            high=None if q.value_high is None else float(q.value_high),
            unit=q.unit,
        )
        for q in find_quantities(text, role)
    ]
    assert read == wanted
