"""Matching one form: links with verdicts, has_outcome, and the rows they touch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.core.form import IndicatorRow
from pipeline.core.link import Link
from pipeline.core.record import IndicatorRecord
from pipeline.core.statement import Statement
from pipeline.language.indicators import read_target_cell
from pipeline.language.reading import Reading
from pipeline.matching.assign import assign
from pipeline.matching.bars import bar_by_text
from pipeline.matching.carried_names import with_carried_names, with_rates_of_deeds
from pipeline.matching.groups.answers import Answer, first_answers, take_left_rivals
from pipeline.matching.groups.literal import prefer_literal_deeds
from pipeline.matching.groups.settle import settle
from pipeline.matching.groups.told_in_rows import with_reached
from pipeline.matching.hub import IndicatorTable, indicator_table
from pipeline.matching.links import links_of
from pipeline.matching.measures.measure import Measure, measure_of_name
from pipeline.matching.measures.of_form import measures_of
from pipeline.matching.mentions import topic_of
from pipeline.matching.other_names import with_names_of
from pipeline.matching.row_records import row_records
from pipeline.matching.score import score_pairs
from pipeline.matching.short_names import with_full_names
from pipeline.matching.sole_kinds import without_sole_kinds
from pipeline.matching.told import with_outcomes
from pipeline.matching.whom_it_helps import with_who_benefits


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
    told = with_rates_of_deeds(measures_of(goal))
    reported = with_carried_names(measures_of(outcome), told)
    targets = with_full_names(with_who_benefits(told, reported), reported)
    named = with_names_of(with_full_names(reported, told), targets)
    outcomes = without_sole_kinds(named, targets)
    table = with_reached(tabulate(targets, outcomes, row_measures(rows)), rows)
    scores = score(targets, outcomes, table)
    odds = bar_by_text(scores, targets, outcomes, table, topic_of(goal.text), goal.text)
    choices = assign(odds.likely)
    first = first_answers(choices, targets, outcomes)
    prefer_literal_deeds(first, choices, targets, outcomes, odds)
    answers = join(first, targets, outcomes, odds, table)
    take_left_rivals(answers, choices, targets)
    links = links_of(answers, choices, targets, outcomes, table)
    used = {o for answer in answers.values() for o in answer.outcomes}
    indicators = row_records(rows, links, table)
    # A link without a verdict leaves its target and its candidates unmatched.
    decided = {link.target for link in links if link.outcomes}
    answering = {o for link in links for o in link.outcomes}
    return MatchResult(
        links=links,
        unmatched_targets=tuple(t.index for t in targets if t.index not in decided),
        unmatched_outcomes=tuple(o.index for o in outcomes if o.index not in answering),
        statements=with_outcomes(goal, outcome, set(answers), used, indicators),
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
