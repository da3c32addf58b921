"""Group B, fifth part: the outcome text beside the table, and their units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.core.flag import Severity
from pipeline.core.link import Verdict
from pipeline.core.quantity import Comparator, Quantity
from pipeline.core.record import IndicatorRecord
from pipeline.flagging.catalogue import cue
from pipeline.flagging.copying import grams_of
from pipeline.flagging.doubts import SURE_LINK
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import PERSONS, comparable, is_rate
from pipeline.flagging.view import (
    FormView,
    clip,
    outcome_evidence,
    row_evidence,
    row_label,
    target_evidence,
)
from pipeline.language.clauses import sentence_start
from pipeline.language.fold import fold
from pipeline.language.segment import words

_WORD = 2
_CLAUSE_ENDS = "，,；;。：:\n"
_SENTENCE_ENDS = "；;。\n"
_DIGITS = re.compile(r"\d+(?:\.(\d+))?\s*(万|亿)?")
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


@flag("narrative_table_conflict")
def narrative_table_conflict(view: FormView) -> Iterator[Finding]:
    """The same measure with one number in the text and another in its row.

    Judged only where both numbers are exact, the row has one outcome of its own
    and its name recurs beside it; differences that rounding explains are none.
    """
    for i, row in enumerate(view.indicators):
        if row.actual is None or len(row.outcomes) != 1 or len(row.targets) > 1:
            continue
        outcome = view.outcomes[row.outcomes[0]]
        if _agree(row.actual, outcome) or not _same_measure(view, row, outcome):
            continue
        if _adds_up(view, row.actual, outcome):
            continue
        yield Finding(
            (
                *row_evidence(view, i, "name", "actual_text"),
                *outcome_evidence(view, row.outcomes),
            ),
            {
                "row": row_label(row),
                "actual": clip(row.actual_text or ""),
                "told": clip(outcome.quote),
            },
            confidence=min(0.8, _confidence(view, row)),
        )


def _same_measure(view: FormView, row: IndicatorRecord, outcome: Quantity) -> bool:
    exact = (Comparator.EQUAL,)
    if row.actual is None or not comparable(row.actual, outcome):
        return False
    if row.actual.comparator not in exact or outcome.comparator not in exact:
        return False
    if _confidence(view, row) < SURE_LINK:
        return False
    before = _before(view, outcome, _CLAUSE_ENDS)
    # A part (其中), a change (同比) or a plan beside the total is another measure.
    other = cue("other_measure").search(before) is not None
    return not other and (
        _named(row.name or "", before)
        or _named(row.name or "", _before_others(view, outcome))
    )


def _adds_up(view: FormView, actual: Quantity, part: Quantity) -> bool:
    """Whether the row gives the sum of the number and others of its sentence.

    技术培训412人次，农机手培训195人次 are 607人次 of 培训人次.
    """
    text = fold(view.form.outcome_text or "")
    begin = sentence_start(text, part.start)
    told = [
        o
        for o in view.outcomes
        if o.unit == part.unit and sentence_start(text, o.start) == begin
    ]
    runs = (told[i:j] for i in range(len(told)) for j in range(i + 2, len(told) + 1))
    return any(
        part in run and sum((o.value for o in run), Decimal(0)) == actual.value
        for run in runs
    )


def _named(name: str, clause: str) -> bool:
    """Whether all of the row's name recurs, apart from words such as 数量."""
    pieces = [p for p in cue("counting").cut_out(name).split("|") if p]
    grams = grams_of(clause, _WORD)
    # Words may be turned round (购置音响, 音响购置): pairs across them say nothing.
    wanted = [g for p in pieces for w in words(p) for g in grams_of(w, _WORD)]
    return bool(wanted) and all(g in grams for g in wanted)


def _before(view: FormView, outcome: Quantity, ends: str) -> str:
    text, end = view.form.outcome_text or "", outcome.start
    if text[end - 1 : end] == "\n":  # a name may end its line, its number begin one
        end -= 1
    begin = max([text.rfind(mark, 0, end) for mark in ends]) + 1
    return text[begin:end]


def _before_others(view: FormView, outcome: Quantity) -> str:
    """What stands before a number in its sentence: 两次走访，共慰问退役军人286户.

    What stands before another number is the name of that.
    """
    said = _before(view, outcome, _SENTENCE_ENDS)
    last = max((o.end for o in view.outcomes if o.end <= outcome.start), default=0)
    return said[max(0, len(said) - (outcome.start - last)) :]


def _confidence(view: FormView, row: IndicatorRecord) -> float:
    used = [
        k.confidence
        for k in view.links
        if k.target in row.targets and set(k.outcomes) & set(row.outcomes)
    ]
    return min(used, default=0.0)


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether the numbers are equal within the digits that are printed."""
    slack = max(_step(one), _step(other))
    return abs(one.value - other.value) < slack


def _step(quantity: Quantity) -> Decimal:
    """One unit of the last printed digit: 1000 for 8.7万."""
    found = _DIGITS.search(quantity.quote)
    if found is None:
        return Decimal(1)
    places = len(found[1] or "")
    return Decimal(1).scaleb(-places) * _SCALES.get(found[2] or "", Decimal(1))


@flag("outcome_unit_mismatch")
def outcome_unit_mismatch(view: FormView) -> Iterator[Finding]:
    """Target and answer in units that do not measure alike.

    A row that answers a rate with a count is ``medium``. A rate beside a count may be
    a share of the plan, and the guideline compares 人 with 人次: ``low``.
    """
    noted: set[int] = set()
    for i, row in enumerate(view.indicators):
        if row.target is None or row.actual is None:
            continue
        severity = _unlike(row.target, row.actual)
        if severity and cue("all_of_them").search(row.actual_text or ""):
            continue  # 150户全部通过验收 is a rate of 100 %
        if severity is not None:
            noted.update(row.targets)
            yield Finding(
                row_evidence(view, i, "target_text", "actual_text"),
                {
                    "target": clip(f"{row_label(row)} {row.target_text or ''}"),
                    "actual": clip(row.actual_text or ""),
                },
                severity,
            )
    for link in view.links:
        if link.target in noted or link.verdict is Verdict.UNDETERMINED:
            continue
        target = view.targets[link.target]
        unlike = [o for o in link.outcomes if _visits(target, view.outcomes[o])]
        if unlike:
            yield Finding(
                (
                    *target_evidence(view, (link.target,)),
                    *outcome_evidence(view, unlike),
                ),
                {
                    "target": clip(target.quote),
                    "actual": clip(view.outcomes[unlike[0]].quote),
                },
                Severity.LOW,
                link.confidence,
            )


def _unlike(target: Quantity, answer: Quantity) -> Severity | None:
    one, other = target.unit, answer.unit
    if one is None or other is None or one == other:
        return None
    if _visits(target, answer) or (is_rate(other) and not is_rate(one)):
        return Severity.LOW
    return Severity.MEDIUM if is_rate(one) and not is_rate(other) else None


def _visits(target: Quantity, answer: Quantity) -> bool:
    """Whether people stand beside visits (人 and 人次)."""
    units = {target.unit, answer.unit}
    return "人次" in units and bool(units & PERSONS)
