"""Matching one form: links with verdicts, has_outcome, and the rows they touch."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from pipeline.core.form import IndicatorRow
from pipeline.core.link import Link, Verdict
from pipeline.core.quantity import Comparator, Quantity
from pipeline.core.record import IndicatorRecord
from pipeline.core.statement import Statement
from pipeline.language.clarity import with_outcome
from pipeline.language.indicators import read_target_cell
from pipeline.language.reading import Reading
from pipeline.language.units import to_base
from pipeline.matching.assign import Choice, assign
from pipeline.matching.bars import bar_by_text
from pipeline.matching.carried_names import with_carried_names
from pipeline.matching.certainty import carried
from pipeline.matching.echo import echoes
from pipeline.matching.explain import explain_link, explain_undetermined
from pipeline.matching.groups.answers import Answer, first_answers
from pipeline.matching.groups.literal import prefer_literal_deeds
from pipeline.matching.groups.settle import settle
from pipeline.matching.hub import IndicatorTable, indicator_table
from pipeline.matching.measures.measure import Measure, measure_of_name
from pipeline.matching.measures.of_form import measures_of
from pipeline.matching.mentions import topic_of
from pipeline.matching.score import score_pairs
from pipeline.matching.short_names import with_full_names
from pipeline.matching.status import read_row
from pipeline.matching.verdicts import compare, less_is_better


@dataclass(frozen=True, slots=True)
class MatchResult:
    """Everything that needs both sides: links, leftovers, statements, rows."""

    links: tuple[Link, ...]
    unmatched_targets: tuple[int, ...]
    unmatched_outcomes: tuple[int, ...]
    statements: tuple[Statement, ...]
    indicators: tuple[IndicatorRecord, ...]


def match_form(
    goal: Reading,
    outcome: Reading,
    rows: Sequence[IndicatorRow],
    *,
    tabulate: Callable[..., IndicatorTable] = indicator_table,
    score: Callable[..., NDArray[np.float64]] = score_pairs,
    join: Callable[..., dict[int, Answer]] = settle,
) -> MatchResult:
    """Link targets with outcomes; every target is linked or listed as unmatched.

    The three steps may be replaced, which training and ablations do.
    """
    told = measures_of(goal)
    reported = with_carried_names(measures_of(outcome), told)
    targets = with_full_names(told, reported)
    outcomes = with_full_names(reported, told)
    table = tabulate(targets, outcomes, row_measures(rows))
    scores = score(targets, outcomes, table)
    odds = bar_by_text(scores, targets, outcomes, table, topic_of(goal.text))
    choices = assign(odds.likely)
    first = first_answers(choices, targets, outcomes)
    prefer_literal_deeds(first, choices, targets, outcomes, odds)
    answers = join(first, targets, outcomes, odds, table)
    links = _links(answers, choices, targets, outcomes, table)
    used = {o for answer in answers.values() for o in answer.outcomes}
    indicators = _indicators(rows, links, table)
    # A link without a verdict leaves its target and its candidates unmatched.
    decided = {link.target for link in links if link.outcomes}
    answering = {o for link in links for o in link.outcomes}
    return MatchResult(
        links=links,
        unmatched_targets=tuple(t.index for t in targets if t.index not in decided),
        unmatched_outcomes=tuple(o.index for o in outcomes if o.index not in answering),
        statements=_with_outcomes(goal, outcome, set(answers), used, indicators),
        indicators=indicators,
    )


def row_measures(rows: Sequence[IndicatorRow]) -> tuple[Measure, ...]:
    """Rows with a numeric target, amended where the form says so.

    A measure's ``index`` is the number of its row.
    """
    hubs = []
    for row in rows:
        name = (row.amended and row.amended.name) or row.name or ""
        text = (row.amended and row.amended.target_text) or row.target_text
        quantity = read_target_cell(text, name).quantity
        if quantity is not None and name:
            hubs.append(measure_of_name(row.row, name, quantity))
    return tuple(hubs)


def _links(
    answers: Mapping[int, Answer],
    choices: Sequence[Choice],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    table: IndicatorTable,
) -> tuple[Link, ...]:
    links = []
    used = {o for answer in answers.values() for o in answer.outcomes}
    for target, choice in zip(targets, choices, strict=True):
        answer = answers.get(target.index)
        if answer is not None:
            confidence = carried(answer, targets, outcomes, used)
            links.append(_answered(answer, confidence, targets, outcomes, table))
        elif choice.candidates:
            links.append(_undetermined(target, choice, outcomes))
    return tuple(links)


def _undetermined(target: Measure, choice: Choice, outcomes: Sequence[Measure]) -> Link:
    return Link(
        target=target.index,
        outcomes=(),
        verdict=Verdict.UNDETERMINED,
        candidates=choice.candidates,
        confidence=round(choice.confidence, 2),
        method="direct",
        explanation=explain_undetermined(
            target, [outcomes[j] for j in choice.candidates]
        ),
    )


def _answered(
    answer: Answer,
    confidence: float,
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    table: IndicatorTable,
) -> Link:
    target = targets[answer.target]
    found = [outcomes[o] for o in answer.outcomes]
    partners = [targets[i] for i in answer.shared]
    verdict = _verdict(target, partners, found, answer.method)
    if verdict is Verdict.SHORTFALL and _of_each_only(target, found):
        open_choice = Choice(None, answer.confidence, answer.outcomes)
        return _undetermined(target, open_choice, outcomes)
    method = answer.method
    if method == "direct" and _over_one_row(answer, table):
        method = "via_indicator"
    return Link(
        target=target.index,
        outcomes=answer.outcomes,
        verdict=verdict,
        candidates=(),
        confidence=round(confidence, 2),
        method=method,
        explanation=explain_link(
            target, partners, found, verdict, method, by_place=answer.by_place
        ),
    )


# 上、下半年各开展1次 is a count of each, of how many nobody says.
_OF_EACH = re.compile(
    "各(?![类项种级界方地族大个位处有相部单科行乡镇街社县区市校村])[^，。；、]{0,6}$"
)


def _of_each_only(target: Measure, found: Sequence[Measure]) -> bool:
    each = [_OF_EACH.search(m.clause) is not None for m in found]
    return all(each) and _OF_EACH.search(target.clause) is None


def _over_one_row(answer: Answer, table: IndicatorTable) -> bool:
    row = table.own_target[answer.target] if table.own_target else None
    return row is not None and all(table.own_outcome[o] == row for o in answer.outcomes)


def _verdict(
    target: Measure, partners: Sequence[Measure], found: Sequence[Measure], method: str
) -> Verdict:
    less = less_is_better(target.local, target.unit_class)
    if method == "task_share":
        whole = dataclasses.replace(
            target.quantity, value=Decimal(100), value_high=None, unit="%"
        )
        return compare(whole, found[0].quantity, less_is_better=False)
    if method == "worst":
        verdicts = [
            compare(target.quantity, o.quantity, less_is_better=less) for o in found
        ]
        return min(verdicts, key=_GOODNESS.index)
    wanted = _total([target, *partners])
    return compare(wanted, _total(found), less_is_better=less)


_GOODNESS = (Verdict.SHORTFALL, Verdict.UNDETERMINED, Verdict.MET, Verdict.EXCEEDED)


def _total(measures: Sequence[Measure]) -> Quantity:
    """One quantity for the sum; of several exact only if all are exact."""
    first = measures[0].quantity
    if len(measures) == 1:
        return first
    values = [to_base(m.quantity.value, m.quantity.unit) for m in measures]
    if len({base for _, base in values}) > 1:
        values = [(m.quantity.value, "") for m in measures]
        unit = first.unit
    else:
        factor = to_base(Decimal(1), first.unit)[0]
        values = [(value / factor, base) for value, base in values]
        unit = first.unit
    comparators = {m.quantity.comparator for m in measures}
    comparator = first.comparator if len(comparators) == 1 else Comparator.AT_LEAST
    return dataclasses.replace(
        first,
        value=sum((value for value, _ in values), Decimal(0)),
        value_high=None,
        unit=unit,
        comparator=comparator,
    )


def _indicators(
    rows: Sequence[IndicatorRow], links: Sequence[Link], table: IndicatorTable
) -> tuple[IndicatorRecord, ...]:
    """Rows with the targets and outcomes that they speak of."""
    to_targets = {i: k for i, k in enumerate(table.own_target) if k is not None}
    to_outcomes = {j: k for j, k in enumerate(table.own_outcome) if k is not None}
    for link in links:
        # A link carries a row from its target to its outcomes and back.
        row = to_targets.get(link.target)
        for index in link.outcomes:
            if row is not None:
                to_outcomes.setdefault(index, row)
            elif index in to_outcomes:
                to_targets[link.target] = to_outcomes[index]
    targets, outcomes = (_by_row(own, table) for own in (to_targets, to_outcomes))
    return tuple(
        _indicator(row, tuple(targets[row.row]), tuple(outcomes[row.row]))
        for row in rows
    )


def _by_row(own: Mapping[int, int], table: IndicatorTable) -> Mapping[int, list[int]]:
    """For the number of each row the indexes that are its own, in order."""
    found = defaultdict[int, list[int]](list)
    for index, k in sorted(own.items()):
        found[table.rows[k].index].append(index)
    return found


def _indicator(
    row: IndicatorRow, targets: tuple[int, ...], outcomes: tuple[int, ...]
) -> IndicatorRecord:
    reading = read_row(
        row.target_text,
        row.actual_text,
        row.name,
        level=f"{row.level1 or ''}{row.level2 or ''}",
    )
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
    used: set[int],
    indicators: Sequence[IndicatorRecord],
) -> tuple[Statement, ...]:
    taken = frozenset(outcome.quantities[o].start for o in used)
    rows: dict[int, list[IndicatorRecord]] = {}  # by target
    for row in indicators:
        for target in row.targets:
            rows.setdefault(target, []).append(row)
    statements = []
    for statement in goal.statements:
        by_number = any(t in linked for t in statement.targets)
        told = by_number or echoes(statement, goal.text, outcome.text, taken)
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
