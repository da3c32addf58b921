"""Group C, second part: the score of each indicator row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from pipeline.core.flag import Severity
from pipeline.core.link import IndicatorStatus, Verdict
from pipeline.core.quantity import Comparator
from pipeline.core.record import IndicatorRecord
from pipeline.flagging.cases import explains
from pipeline.flagging.catalogue import cue
from pipeline.flagging.contradictions import Claim, claim_of
from pipeline.flagging.margins import may_be_met
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.scores import execution_row, is_extra
from pipeline.flagging.spending import tells_spending
from pipeline.flagging.values import (
    amount,
    is_blank,
    is_unfilled,
    judge,
    numbers_of,
    shown,
)
from pipeline.flagging.view import (
    FormView,
    called,
    clip,
    evidence,
    once,
    row_evidence,
    row_label,
)

# Scores are printed with two decimals at most.
_HAIR = Decimal("0.005")
_CENT = Decimal("0.01")
_CAPS = (Comparator.AT_MOST, Comparator.LESS)


_Scored = tuple[int, IndicatorRecord, Decimal, Decimal]


def scored_rows(view: FormView) -> list[_Scored]:
    """Rows with both a positive weight and a score."""
    return once(view, "scored", lambda: list(_with_scores(view)))


def _with_scores(view: FormView) -> Iterator[_Scored]:
    for i, row in enumerate(view.indicators):
        weight, score = amount(row.weight), amount(row.score)
        if weight is not None and score is not None and weight > 0:
            yield i, row, weight, score


def marks_of(row: IndicatorRecord, weight: Decimal, score: Decimal) -> dict[str, str]:
    """Placeholders ``row``, ``weight`` and ``score`` of the messages."""
    return {"row": row_label(row), "weight": shown(weight), "score": shown(score)}


def _printed(row: IndicatorRecord) -> dict[str, str]:
    return {
        "target": clip(row.target_text or ""),
        "actual": clip(row.actual_text or ""),
    }


@flag("score_exceeds_weight")
def score_exceeds_weight(view: FormView) -> Iterator[Finding]:
    """A score above its weight. Bonus rows are left out.

    Where no row scores below its weight and several above, the two columns may
    be swapped in the form or in our reading: medium.
    """
    rows = scored_rows(view)
    above = [r for r in rows if r[3] > r[2] + _HAIR and not is_extra(r[1])]
    swapped = len(above) > 1 and all(r[3] >= r[2] - _HAIR for r in rows)
    for i, row, weight, score in above:
        yield Finding(
            row_evidence(view, i, "weight", "score"),
            marks_of(row, weight, score),
            Severity.MEDIUM if swapped else None,
            0.5 if swapped else None,
        )
    found = execution_row(view)
    if found is None:
        return
    top, got = amount(found[1].weight), amount(found[1].score)
    if top is not None and got is not None and got > top + _HAIR:
        field = f"funds[{found[0]}]"
        yield Finding(
            (evidence(view, f"{field}.weight"), evidence(view, f"{field}.score")),
            {"row": "预算执行率", "weight": shown(top), "score": shown(got)},
        )


@flag("score_negative")
def score_negative(view: FormView) -> Iterator[Finding]:
    """A score below zero. Deduction rows are left out."""
    for i, row in enumerate(view.indicators):
        score = amount(row.score)
        named = called(row)
        if (
            score is not None
            and score < 0
            and not any(w in named for w in ("减分", "扣分"))
        ):
            yield Finding(
                row_evidence(view, i, "score"),
                {"row": row_label(row), "score": shown(score)},
            )


@flag("score_below_without_reason")
def score_below_without_reason(view: FormView) -> Iterator[Finding]:
    """Points taken off without a reason; one finding where no row gives any.

    A form without a single reason may have no such column.
    """
    rows = [r for r in scored_rows(view) if r[3] < r[2] - _HAIR and not explains(r[1])]
    if not rows or not is_blank(view.form.reason_text):
        return
    elsewhere = cue("reason").search(view.form.outcome_text or "") is not None
    confidence = 0.6 if elsewhere else None
    if any(not is_blank(row.deviation) for row in view.indicators) or len(rows) == 1:
        for i, row, weight, score in rows:
            yield Finding(
                row_evidence(view, i, "score", "deviation"),
                marks_of(row, weight, score),
                confidence=confidence,
                rests_on=(f"indicators[{i}].weight",),
            )
        return
    yield Finding(
        tuple(e for i, *_ in rows for e in row_evidence(view, i, "score", "deviation")),
        {"count": len(rows), "row": row_label(rows[0][1])},
        confidence=confidence,
        variant="all",
        rests_on=tuple(f"indicators[{i}].weight" for i, *_ in rows),
    )


@flag("reason_on_full_score")
def reason_on_full_score(view: FormView) -> Iterator[Finding]:
    """Full marks beside a reason that speaks of a shortfall."""
    for i, row, weight, score in scored_rows(view):
        if score == weight and cue("shortfall_reason").search(row.deviation or ""):
            yield Finding(
                row_evidence(view, i, "score", "deviation"),
                marks_of(row, weight, score) | {"reason": clip(row.deviation or "")},
            )


@flag("full_score_despite_shortfall")
def full_score_despite_shortfall(view: FormView) -> Iterator[Finding]:
    """Full marks though the row's own numbers, or words, fall short.

    Not where the proportion comes to full marks at two decimals.
    """
    for i, row, weight, score in scored_rows(view):
        if abs(score - weight) > _HAIR:
            continue  # more than full marks: score_exceeds_weight says so
        claim = claim_of(row)
        short = (
            _numbers_short(row)
            and not _due_in_full(view, row, weight)
            and not tells_spending(view, row)
        )
        if not short and claim not in (Claim.PARTIAL, Claim.UNMET):
            continue
        yield Finding(
            row_evidence(view, i, "target_text", "actual_text", "score"),
            marks_of(row, weight, score) | _printed(row),
            None if short else Severity.MEDIUM,
            rests_on=(f"indicators[{i}].weight",),
        )


def _due_in_full(view: FormView, row: IndicatorRecord, weight: Decimal) -> bool:
    due = max(_due_scores(view, row, weight), default=Decimal(0))
    return due.quantize(_CENT, ROUND_HALF_UP) >= weight


def _numbers_short(row: IndicatorRecord) -> bool:
    if (numbers := numbers_of(row)) is None:
        return False
    target, actual = numbers
    verdict = judge(target, (actual,), name=called(row))
    if actual.value_high is not None:
        return False  # 85%-92% may be enough
    if target.value == 0 < actual.value:
        return row.status is IndicatorStatus.SHORTFALL  # 0起 | 1起
    both = row.status is IndicatorStatus.SHORTFALL and verdict is Verdict.SHORTFALL
    return both and not may_be_met((target,), (actual,))


@flag("full_score_without_actual")
def full_score_without_actual(view: FormView) -> Iterator[Finding]:
    """Full marks though the actual value of a numeric target is empty.

    Not where a column was not understood and no row has one: it may be that column.
    """
    unread = any(note.code == "label_unrecognised" for note in view.form.notes)
    if unread and not any(row.actual_text for row in view.indicators):
        return
    for i, row, weight, score in scored_rows(view):
        said = "".join((row.actual_text or "").split())
        empty = is_unfilled(row.actual_text) or cue("not_yet").fullmatch(said)
        if score == weight and row.target is not None and empty:
            yield Finding(
                row_evidence(view, i, "target_text", "actual_text", "score"),
                marks_of(row, weight, score) | _printed(row),
                rests_on=(f"indicators[{i}].weight",),
            )


@flag("score_formula_mismatch")
def score_formula_mismatch(view: FormView) -> Iterator[Finding]:
    """A score off every accepted formula for the row's own numbers.

    Satisfaction is scored in steps by rule, overshoots may lose points by rule,
    status words have bands of their own: none of these is judged here.
    """
    rules = view.profile.tolerances
    for i, row, weight, score in scored_rows(view):
        due = _due_scores(view, row, weight)
        slack = max(rules.score, rules.score_share * weight)
        if not due or any(abs(score - d) <= slack for d in due):
            continue
        if score > weight + _HAIR or score < 0:
            continue
        if score >= weight and _numbers_short(row):
            continue  # full_score_despite_shortfall says it better
        reasons = (row.deviation, view.form.reason_text)
        if score < min(due) and not all(map(is_blank, reasons)):
            continue  # stricter than the formula, with a reason: the author's right
        yield Finding(
            row_evidence(view, i, "target_text", "actual_text", "score"),
            marks_of(row, weight, score)
            | _printed(row)
            | {"due": "或".join(shown(d) for d in due)},
            None if score > max(due) else Severity.LOW,
            rests_on=(f"indicators[{i}].weight",),
        )


def _due_scores(
    view: FormView, row: IndicatorRecord, weight: Decimal
) -> tuple[Decimal, ...]:
    """Scores by proportion; both formulas where less is better. Empty: not judged."""
    numbers, named = numbers_of(row), called(row)
    if numbers is None or "满意" in named or claim_of(row):
        return ()
    target, actual = numbers
    verdict = judge(target, (actual,), name=named)
    if verdict is None or target.value <= 0 or actual.value < 0:
        return ()
    if actual.value_high is not None:
        return ()  # 每周2至4次: the proportion may be of either end
    ratio = actual.value / target.value
    if verdict is not Verdict.SHORTFALL:
        return () if ratio > view.profile.overshoot.info else (weight,)
    if target.comparator not in _CAPS:
        return (ratio * weight,)
    mirrored = max(Decimal(0), (2 - ratio) * weight)
    return tuple(sorted({mirrored, weight / ratio}))
