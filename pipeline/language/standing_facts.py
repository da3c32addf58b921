"""Which statements of a goal only tell how things stand: 全市现有水库219座，……问题较为普遍.

Their numbers are no targets (guideline section 1), whatever they count.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language.clarity_rules import holds, may_hold_within
from pipeline.language.readings import NumberReading
from pipeline.language.statement_kinds import tells_facts
from pipeline.language.statements import cut_statements


def without_standing_facts(
    text: str, folded: str, readings: Sequence[NumberReading]
) -> Sequence[NumberReading]:
    """The readings of a goal that stand in no statement of facts."""
    if not readings or not may_hold_within("fact_told", folded):
        return readings
    facts = [
        span
        for span in cut_statements(text)
        if any(span[0] <= r.start < span[1] for r in readings)
        and _is_fact(folded[slice(*span)])
    ]
    return [r for r in readings if not any(a <= r.start < b for a, b in facts)]


def _is_fact(statement: str) -> bool:
    """Whether nothing is promised, no bound is set, and the state of things is named."""
    return holds("fact_sign", statement) and tells_facts(statement)
