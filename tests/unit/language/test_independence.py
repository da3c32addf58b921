"""A sentence is read the same whatever stands before and after it."""

from __future__ import annotations

import pytest

from pipeline.core.quantity import Role
from tests.unit.language.tables import read
from tests.unit.language.test_comparators import EXTENT, RANGES
from tests.unit.language.test_not_quantities import (
    CHANGES,
    COUNTS,
    MONEY,
    NAMES_AND_NUMBERS,
    ONLY_IN_OUTCOMES,
    STANDING,
)
from tests.unit.language.test_numerals import NUMERALS, PERCENT
from tests.unit.language.test_units import PER, UNITS

TABLES = (
    *(NAMES_AND_NUMBERS, STANDING, MONEY, COUNTS, ONLY_IN_OUTCOMES),
    *(NUMERALS, PERCENT, UNITS, PER, EXTENT, RANGES, CHANGES),
)
SENTENCES = [row[0] for table in TABLES for row in table]


@pytest.mark.parametrize("role", [Role.GOAL, Role.OUTCOME])
def test_sentences_do_not_change_each_other(role: Role) -> None:
    alone = {text: read(text + "。", role) for text in SENTENCES}
    for i, text in enumerate(SENTENCES):
        before = SENTENCES[(i * 7 + 3) % len(SENTENCES)]
        after = SENTENCES[(i * 11 + 5) % len(SENTENCES)]
        whole = read(f"{before}。{text}。\n{after}。", role)
        assert whole == alone[before] + alone[text] + alone[after], text
