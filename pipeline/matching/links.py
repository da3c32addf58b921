"""Answers → links: verdict, confidence and explanation of each target's answer."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from pipeline.core.link import Link, Verdict
from pipeline.core.quantity import Comparator, Quantity
from pipeline.language.units import to_base
from pipeline.matching.assign import Choice
from pipeline.matching.certainty import OPEN, carried
from pipeline.matching.explain import (
    explain_disproportion,
    explain_link,
    explain_undetermined,
)
from pipeline.matching.groups.answers import Answer
from pipeline.matching.hub import IndicatorTable
from pipeline.matching.measures.measure import Measure, base_value
from pipeline.matching.proportion import is_out_of_proportion
from pipeline.matching.verdicts import compare, less_is_better


def links_of(
    answers: Mapping[int, Answer],
    choices: Sequence[Choice],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    table: IndicatorTable,
) -> tuple[Link, ...]:
    """One link per target that has an answer, or candidates only (undetermined)."""
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
    found = [outcomes[j] for j in choice.candidates]
    return _open(target, choice, explain_undetermined(target, found))


def _open(target: Measure, choice: Choice, explanation: str) -> Link:
    """A link that names its candidates only, and why none of them was taken."""
    return Link(
        target=target.index,
        outcomes=(),
        verdict=Verdict.UNDETERMINED,
        candidates=choice.candidates,
        confidence=round(choice.confidence, 2),
        method="direct",
        explanation=explanation,
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
    open_choice = Choice(None, answer.confidence, answer.outcomes)
    if verdict is Verdict.SHORTFALL and _of_each_only(target, found):
        return _undetermined(target, open_choice, outcomes)
    if not partners and _is_doubtful(answer, verdict, target, found, table):
        doubted = Choice(None, min(answer.confidence, OPEN), answer.outcomes)
        return _open(target, doubted, explain_disproportion(target, found))
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


def _is_doubtful(
    answer: Answer,
    verdict: Verdict,
    target: Measure,
    found: Sequence[Measure],
    table: IndicatorTable,
) -> bool:
    """Whether a target and its answer are too far apart for words that differ.

    Parts have other names than their whole, so that only a likely sum stands.
    """
    if answer.method not in ("direct", "via_indicator", "sum"):
        return False
    told = found[0]
    if len(found) > 1:
        told = dataclasses.replace(told, quantity=_total(found), local="", clause="")
    return is_out_of_proportion(
        target,
        told,
        verdict,
        _row_of(answer, table) if _over_one_row(answer, table) else None,
        in_row=_is_in_row(told, answer, table),
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


def _row_of(answer: Answer, table: IndicatorTable) -> Measure | None:
    row = table.own_target[answer.target] if table.own_target else None
    return None if row is None else table.rows[row]


def _is_in_row(outcome: Measure, answer: Answer, table: IndicatorTable) -> bool:
    """Whether the target's own row tells the outcome's number."""
    row = table.own_target[answer.target] if table.own_target else None
    told = table.reached.get(row) if row is not None else None
    return told is not None and base_value(told) == base_value(outcome)


def _verdict(
    target: Measure, partners: Sequence[Measure], found: Sequence[Measure], method: str
) -> Verdict:
    # Whoever promises none of a thing promises a limit, whatever the thing.
    none = target.quantity.value == 0
    less = none or less_is_better(target.local, target.unit_class)
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
