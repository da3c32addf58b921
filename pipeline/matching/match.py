"""Matching one form: links with verdicts, has_outcome, and the rows they touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.core.form import IndicatorRow
from pipeline.core.link import Link, Verdict
from pipeline.core.record import IndicatorRecord
from pipeline.core.statement import Statement
from pipeline.language.clarity import with_outcome
from pipeline.language.indicators import read_target_cell
from pipeline.language.reading import Reading
from pipeline.matching.assign import Choice, assign
from pipeline.matching.echo import echoes
from pipeline.matching.explain import explain_link, explain_undetermined
from pipeline.matching.measures import Measure, measure_of_name, measures_of
from pipeline.matching.score import IMPOSSIBLE, probability, score_pairs
from pipeline.matching.status import read_row
from pipeline.matching.verdicts import compare, less_is_better

_ROW_LINK = 0.5


@dataclass(frozen=True, slots=True)
class MatchResult:
    """Everything that needs both sides: links, leftovers, statements, rows."""

    links: tuple[Link, ...]
    unmatched_targets: tuple[int, ...]
    unmatched_outcomes: tuple[int, ...]
    statements: tuple[Statement, ...]
    indicators: tuple[IndicatorRecord, ...]


def match_form(
    goal: Reading, outcome: Reading, rows: Sequence[IndicatorRow]
) -> MatchResult:
    """Link targets with outcomes; every target is linked or listed as unmatched."""
    targets, outcomes = measures_of(goal), measures_of(outcome)
    hubs = _hubs(rows)
    scores = score_pairs(targets, outcomes, [m for _, m in hubs])
    choices = assign(scores)
    links = tuple(
        link
        for target, choice in zip(targets, choices, strict=True)
        if (link := _link(target, choice, outcomes)) is not None
    )
    linked = {link.target for link in links if link.outcomes}
    used = {o for link in links for o in link.outcomes}
    row_targets, row_outcomes = _rows_touched(hubs, targets, outcomes, links)
    indicators = tuple(
        _indicator(row, row_targets.get(row.row, ()), row_outcomes.get(row.row, ()))
        for row in rows
    )
    return MatchResult(
        links=links,
        unmatched_targets=tuple(t.index for t in targets if t.index not in linked),
        unmatched_outcomes=tuple(o.index for o in outcomes if o.index not in used),
        statements=_with_outcomes(goal, outcome, linked, indicators),
        indicators=indicators,
    )


def _hubs(rows: Sequence[IndicatorRow]) -> list[tuple[int, Measure]]:
    """Rows with a numeric target, amended where the form says so."""
    hubs = []
    for row in rows:
        name = (row.amended and row.amended.name) or row.name or ""
        text = (row.amended and row.amended.target_text) or row.target_text
        quantity = read_target_cell(text, name).quantity
        if quantity is not None and name:
            hubs.append((row.row, measure_of_name(row.row, name, quantity)))
    return hubs


def _link(target: Measure, choice: Choice, outcomes: Sequence[Measure]) -> Link | None:
    if choice.candidates:
        rivals = [outcomes[j] for j in choice.candidates]
        return Link(
            target=target.index,
            outcomes=(),
            verdict=Verdict.UNDETERMINED,
            candidates=choice.candidates,
            confidence=round(choice.confidence, 2),
            method="direct",
            explanation=explain_undetermined(target, rivals),
        )
    if choice.outcome is None:
        return None
    outcome = outcomes[choice.outcome]
    verdict = compare(
        target.quantity,
        outcome.quantity,
        less_is_better=less_is_better(target.local),
    )
    return Link(
        target=target.index,
        outcomes=(outcome.index,),
        verdict=verdict,
        candidates=(),
        confidence=round(choice.confidence, 2),
        method="direct",
        explanation=explain_link(target, [outcome], verdict, "direct"),
    )


def _rows_touched(
    hubs: Sequence[tuple[int, Measure]],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    links: Sequence[Link],
) -> tuple[dict[int, tuple[int, ...]], dict[int, tuple[int, ...]]]:
    """Which targets and outcomes each indicator row speaks of."""
    measures = [m for _, m in hubs]
    to_targets = _best_rows(targets, measures)
    to_outcomes = _best_rows(outcomes, measures)
    for link in links:
        # A link carries a row from its target to its outcomes and back.
        row = to_targets.get(link.target)
        for index in link.outcomes:
            if row is not None:
                to_outcomes.setdefault(index, row)
            elif index in to_outcomes:
                to_targets[link.target] = to_outcomes[index]
    return _by_row(to_targets, hubs), _by_row(to_outcomes, hubs)


def _best_rows(items: Sequence[Measure], hubs: Sequence[Measure]) -> dict[int, int]:
    scores: NDArray[np.float64] = score_pairs(items, hubs)
    best: dict[int, int] = {}
    for i, item in enumerate(items):
        if not hubs or scores[i].max() <= IMPOSSIBLE:
            continue
        j = int(scores[i].argmax())
        if probability(float(scores[i, j])) >= _ROW_LINK:
            best[item.index] = j
    return best


def _by_row(
    best: dict[int, int], hubs: Sequence[tuple[int, Measure]]
) -> dict[int, tuple[int, ...]]:
    rows: dict[int, list[int]] = {}
    for index, j in sorted(best.items()):
        rows.setdefault(hubs[j][0], []).append(index)
    return {row: tuple(indexes) for row, indexes in rows.items()}


def _indicator(
    row: IndicatorRow, targets: tuple[int, ...], outcomes: tuple[int, ...]
) -> IndicatorRecord:
    reading = read_row(row.target_text, row.actual_text, row.name)
    return IndicatorRecord(
        row=row.row,
        level1=row.level1,
        level2=row.level2,
        name=row.name,
        target_text=row.target_text,
        actual_text=row.actual_text,
        weight=row.weight,
        score=row.score,
        deviation=row.deviation,
        target=reading.target,
        actual=reading.actual,
        status=reading.status,
        amended=row.amended,
        targets=targets,
        outcomes=outcomes,
    )


def _with_outcomes(
    goal: Reading,
    outcome: Reading,
    linked: set[int],
    indicators: Sequence[IndicatorRecord],
) -> tuple[Statement, ...]:
    statements = []
    for statement in goal.statements:
        by_number = any(t in linked for t in statement.targets)
        told = by_number or echoes(statement, goal.text, outcome.text)
        statements.append(
            with_outcome(
                statement,
                has_outcome=told,
                verifiability=_verifiability(statement, indicators, told=told),
            )
        )
    return tuple(statements)


def _verifiability(
    statement: Statement, indicators: Sequence[IndicatorRecord], *, told: bool
) -> float:
    """1 with a numeric indicator, ½ with a told outcome or a graded one, else 0."""
    rows = [r for r in indicators if set(r.targets) & set(statement.targets)]
    if any(r.target for r in rows):
        return 1.0
    return 0.5 if told or rows else 0.0




