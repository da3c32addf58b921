"""Group B, second part: targets not met, and sums that hide it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.flag import Severity
from pipeline.core.link import IndicatorStatus, Verdict
from pipeline.core.record import IndicatorRecord
from pipeline.flagging.cases import Case, cases, reasoned
from pipeline.flagging.catalogue import cue
from pipeline.flagging.doubts import is_hair, is_weak, table_disagrees
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.view import (
    FormView,
    outcome_evidence,
    row_evidence,
    row_label,
    target_evidence,
)

# What a row hides is inferred, whatever the links behind it.
_HIDDEN = 0.6
_REACHED = (IndicatorStatus.MET, IndicatorStatus.EXCEEDED)


@flag("target_not_met")
def target_not_met(view: FormView) -> Iterator[Finding]:
    """An outcome below its target; sums, unsure links and a hair weigh less."""
    for case in cases(view, Verdict.SHORTFALL):
        kind = "sum" if case.summed else "stated" if case.stated else ""
        yield Finding(
            case.evidence(view),
            case.values(view),
            _severity(view, case),
            case.confidence,
            variant=kind,
        )


def _severity(view: FormView, case: Case) -> Severity | None:
    if is_hair(view, case):
        return Severity.LOW
    return Severity.MEDIUM if is_weak(view, case) else None


@flag("target_not_met_unexplained")
def target_not_met_unexplained(view: FormView) -> Iterator[Finding]:
    """A shortfall whose indicator rows give no reason.

    A shortfall of the text alone has no reason cell of its own, so it is left out;
    reasons in the outcome text make it ``medium``.
    """
    short = cases(view, Verdict.SHORTFALL)
    elsewhere = bool(short and cue("reason").search(view.form.outcome_text or ""))
    for case in short:
        if not case.rows or reasoned(view, case) or _hiding(view, case):
            continue
        if table_disagrees(view, case) or is_hair(view, case):
            continue  # that row has nothing to explain
        weak = elsewhere or is_weak(view, case)
        cells = tuple(e for i in case.rows for e in row_evidence(view, i, "deviation"))
        yield Finding(
            (*case.evidence(view), *cells),
            case.values(view),
            Severity.MEDIUM if weak else None,
            case.confidence,
        )


@flag("aggregate_shortfall_hidden")
def aggregate_shortfall_hidden(view: FormView) -> Iterator[Finding]:
    """Promised parts add up to more than the outcome; their row does not show it.

    The row counts per each (每站4篇) or claims success. Where it does, nobody looks
    for a reason in it, so ``target_not_met_unexplained`` leaves the case alone.
    """
    for case in cases(view, Verdict.SHORTFALL):
        rows = _hiding(view, case)
        if not rows:
            continue
        cells = tuple(
            e for i in rows for e in row_evidence(view, i, "target_text", "actual_text")
        )
        quotes = target_evidence(view, case.targets)
        answers = outcome_evidence(view, case.outcomes)
        yield Finding(
            (*quotes, *answers, *cells),
            case.values(view) | {"row": row_label(view.indicators[rows[0]])},
            confidence=min(case.confidence, _HIDDEN),
        )


def _hiding(view: FormView, case: Case) -> tuple[int, ...]:
    """Rows of a sum's targets or outcomes that hide its shortfall."""
    if not case.summed:
        return ()
    return tuple(
        i
        for i, row in enumerate(view.indicators)
        if (set(row.targets) & set(case.targets))
        or (set(row.outcomes) & set(case.outcomes))
        if row.status is IndicatorStatus.STATUS_ONLY or _passes_per_each(row)
    )


def _passes_per_each(row: IndicatorRecord) -> bool:
    per = row.target.per if row.target is not None else None
    each = per or cue("per_each").search(row.target_text or "")
    return row.status in _REACHED and bool(each)
