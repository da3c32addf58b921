"""Which statements of the goal are answered in the outcome text, by number or word."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.record import IndicatorRecord
from pipeline.core.statement import Statement, StatementKind
from pipeline.language.clarity import with_outcome
from pipeline.language.reading import Reading
from pipeline.matching.echo import echoes


def with_outcomes(
    goal: Reading,
    outcome: Reading,
    linked: set[int],
    used: set[int],
    indicators: Sequence[IndicatorRecord],
) -> tuple[Statement, ...]:
    """The statements with ``has_outcome`` and their verifiability.

    ``linked`` are the targets with an answer, ``used`` the outcomes that answer one.
    """
    taken = frozenset(outcome.quantities[o].start for o in used)
    rows: dict[int, list[IndicatorRecord]] = {}  # by target
    for row in indicators:
        for target in row.targets:
            rows.setdefault(target, []).append(row)
    money = sum(s.kind is StatementKind.FUNDING for s in goal.statements)
    statements = []
    for statement in goal.statements:
        by_number = any(t in linked for t in statement.targets)
        told = by_number or echoes(
            statement, goal.text, outcome.text, taken, alone=money == 1
        )
        statements.append(
            with_outcome(
                statement,
                has_outcome=told,
                verifiability=_verifiability(
                    [row for t in statement.targets for row in rows.get(t, ())],
                    told=told,
                ),
            )
        )
    return tuple(statements)


def _verifiability(rows: Sequence[IndicatorRecord], *, told: bool) -> float:
    """1 with a numeric indicator, ½ with a told outcome or a graded one, else 0."""
    if any(r.target for r in rows):
        return 1.0
    return 0.5 if told or rows else 0.0
