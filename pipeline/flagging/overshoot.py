"""Group B, third part: outcomes far above the target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from pipeline.core.flag import Severity
from pipeline.core.link import IndicatorStatus, Verdict
from pipeline.core.quantity import Quantity
from pipeline.flagging.cases import CAPS, Case, cases, reasoned
from pipeline.flagging.catalogue import cue
from pipeline.flagging.doubts import SURE_LINK
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import achieved, comparable, is_rate, shown
from pipeline.flagging.view import FormView, once
from pipeline.language.clauses import sentence_start
from pipeline.language.fold import fold
from pipeline.matching.measures.counts import are_two_counts

# Units that count anything.
_ANYTHING = frozenset(("个", "项", "件"))
# So many targets at the middle step say together that targets are set low.
_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class _Excess:
    """``ratio`` is None over a zero target."""

    case: Case
    ratio: Decimal | None
    excess: Decimal


def _excesses(view: FormView) -> tuple[_Excess, ...]:
    return once(view, "excesses", lambda: tuple(_measured(view)))


def _measured(view: FormView) -> Iterator[_Excess]:
    for case in cases(view, Verdict.EXCEEDED):
        if _table_differs(view, case) or _for_each(view, case):
            continue
        targets, outcomes = case.quantities(view)
        pairs = product(targets, outcomes) if case.targets else ()
        if not all(_one_unit(t, o) for t, o in pairs):
            continue
        measured = _measure(view, targets, outcomes)
        if measured is not None:
            yield _Excess(case, *measured)


def _table_differs(view: FormView, case: Case) -> bool:
    """Whether rows with numbers of their own know of no such excess: a doubtful link.

    春季2360人、秋季4650人 are no 7010 where the row says 4650人.
    """
    rows = [view.indicators[i] for i in case.rows] if case.targets else []
    told = [row for row in rows if row.actual is not None]
    if told and all(row.status is not IndicatorStatus.EXCEEDED for row in told):
        return True
    reached = achieved(view.outcomes[o] for o in case.outcomes)
    promised = {view.targets[t].value for t in case.targets}
    return any(
        row.target is not None
        and row.actual is not None
        and {row.target.value} == promised
        and row.actual.value < reached
        for row in told
    )


def _for_each(view: FormView, case: Case) -> bool:
    """Whether the sentence promises so much for each: 每个站点宣讲12场、义诊9次."""
    text = fold(view.form.goal_text or "")
    for target in (view.targets[t] for t in case.targets):
        begin = sentence_start(text, target.start)
        if target.per is None and cue("for_each").search(text[begin : target.start]):
            return True
    return False


def _measure(
    view: FormView, targets: tuple[Quantity, ...], outcomes: tuple[Quantity, ...]
) -> tuple[Decimal | None, Decimal] | None:
    """Ratio and excess; None where they would be unsure or say nothing."""
    rules = view.profile.overshoot
    if not targets or not outcomes or any(t.comparator in CAPS for t in targets):
        return None
    if not all(comparable(t, o) for t in targets for o in outcomes):
        return None
    ends = [t.value if t.value_high is None else t.value_high for t in targets]
    planned = sum(ends, Decimal(0))
    rates = any(is_rate(t.unit) for t in targets)
    if rates and (len(targets) > 1 or planned < rules.small_rate):
        return None
    reached = achieved(outcomes)
    if planned == 0:
        zero = rules.zero_target
        return (None, reached) if zero is not None and reached >= zero else None
    return (reached / planned, reached - planned) if planned > 0 else None


def _one_unit(target: Quantity, outcome: Quantity) -> bool:
    """Whether both count the same things: 146个 and 3.1万栋 need not."""
    one, other = target.unit or "", outcome.unit or ""
    loose = are_two_counts(one, other) or bool({one, other} & _ANYTHING)
    return one == other or not loose


def _severity(view: FormView, item: _Excess) -> Severity | None:
    rules = view.profile.overshoot
    if item.ratio is None:
        return Severity.MEDIUM
    if item.ratio < rules.low:
        return None
    big = item.ratio >= rules.medium and item.excess >= rules.small_excess
    return Severity.MEDIUM if big else Severity.LOW


def _times(item: _Excess) -> str:
    return "—" if item.ratio is None else shown(item.ratio * 100, 0)


@flag("target_overshoot")
def target_overshoot(view: FormView) -> Iterator[Finding]:
    """Clearly above the target: for information, where a reason stands or needs none."""
    for item in _excesses(view):
        unexplained = _severity(view, item) and not reasoned(view, item.case)
        far = item.ratio is None or item.ratio > view.profile.overshoot.info
        if far and not unexplained:
            yield Finding(
                item.case.evidence(view),
                item.case.values(view) | {"percent": _times(item)},
                confidence=item.case.confidence,
            )


@flag("target_overshoot_unexplained")
def target_overshoot_unexplained(view: FormView) -> Iterator[Finding]:
    """Far above the target, and no linked indicator row says why.

    A target without an indicator row has no cell for a reason: ``low``.
    """
    for item in _excesses(view):
        severity = _severity(view, item)
        if severity is None or reasoned(view, item.case):
            continue
        values = item.case.values(view) | {"percent": _times(item)}
        yield Finding(
            item.case.evidence(view),
            values,
            severity if item.case.rows else Severity.LOW,
            item.case.confidence,
            rests_on=tuple(f"indicators[{i}].deviation" for i in item.case.rows),
        )


@flag("target_set_too_low")
def target_set_too_low(view: FormView) -> Iterator[Finding]:
    """Twice the target, or several far above: one finding per form."""
    rules = view.profile.overshoot
    far = [
        item
        for item in _excesses(view)
        if item.ratio is not None
        and item.ratio >= rules.medium
        and item.excess >= rules.small_excess
    ]
    # Doubtful links do not weigh in the count, but are shown where nothing else is.
    sure = [item for item in far if item.case.confidence >= SURE_LINK]
    far = sure or far
    twice = [i for i in far if i.ratio is not None and i.ratio >= rules.target_low]
    chosen = far if len(far) >= _SEVERAL else twice
    doubtful = not sure or all(reasoned(view, item.case) for item in chosen)
    if chosen:
        yield Finding(
            tuple(e for item in chosen for e in item.case.evidence(view)),
            {"count": len(chosen), "example": chosen[0].case.values(view)["target"]},
            Severity.LOW if doubtful else None,
            confidence=min(0.7, *(item.case.confidence for item in chosen)),
        )
