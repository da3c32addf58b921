"""Group B, second part: targets not met, far exceeded, or contradicted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.core.flag import Evidence, Severity
from pipeline.core.link import IndicatorStatus, Link, Verdict
from pipeline.core.quantity import Comparator, Quantity
from pipeline.core.record import IndicatorRecord
from pipeline.flagging.catalogue import cue
from pipeline.flagging.margins import may_be_met
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.spending import tells_spending
from pipeline.flagging.values import (
    comparable,
    has_digit,
    is_blank,
    is_rate,
    numbers_of,
)
from pipeline.flagging.view import (
    FormView,
    clip,
    once,
    outcome_evidence,
    row_evidence,
    row_label,
    rows_of_targets,
    target_evidence,
)
from pipeline.matching.measures.wording import own_bigrams

# Below this a link is too unsure for an accusation of weight ``high``.
SURE_LINK = 0.85
# A row's own numbers are read from one line of the table.
SURE_ROW = 0.95
# Such a share of targets without an answer makes the other answers doubtful too.
_MANY_OPEN = 0.4
# What a row hides is inferred, whatever the links behind it.
_HIDDEN = 0.6
_SENTENCE_END = re.compile("[。；;\n]")
CAPS = (Comparator.AT_MOST, Comparator.LESS)
_REACHED = (IndicatorStatus.MET, IndicatorStatus.EXCEEDED)


@dataclass(frozen=True, slots=True)
class Case:
    """A target (or a sum of targets) with its answer, from text or table.

    ``rows`` are the indicator rows it concerns; ``targets`` and ``outcomes``
    are empty for a case that only the table knows; ``stated`` says that it knows
    it in words.
    """

    targets: tuple[int, ...]
    outcomes: tuple[int, ...]
    rows: tuple[int, ...]
    confidence: float
    summed: bool = False
    stated: bool = False

    def evidence(self, view: FormView) -> tuple[Evidence, ...]:
        """Both quotes, then the cells of the rows."""
        cells = tuple(
            e
            for i in self.rows
            if not self.targets or view.indicators[i].actual is not None
            for e in row_evidence(view, i, "target_text", "actual_text")
        )
        quotes = target_evidence(view, self.targets)
        return (*quotes, *outcome_evidence(view, self.outcomes), *cells)

    def quantities(
        self, view: FormView
    ) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...]]:
        """Targets and outcomes, of the text or of the row; empty where not read."""
        if self.targets:
            return (
                tuple(view.targets[i] for i in self.targets),
                tuple(view.outcomes[i] for i in self.outcomes),
            )
        numbers = numbers_of(view.indicators[self.rows[0]])
        return ((numbers[0],), (numbers[1],)) if numbers else ((), ())

    def values(self, view: FormView) -> dict[str, str | int | Decimal]:
        """Placeholders ``target`` and ``actual`` of the messages."""
        if self.targets:
            target = "、".join(view.targets[i].quote for i in self.targets)
            actual = "、".join(view.outcomes[i].quote for i in self.outcomes)
        else:
            row = view.indicators[self.rows[0]]
            target = f"{row_label(row)} {row.target_text or ''}".strip()
            actual = row.actual_text or ""
        return {"target": clip(target), "actual": clip(actual)}


def cases(view: FormView, verdict: Verdict) -> tuple[Case, ...]:
    """Links with the verdict, one per outcome, then rows that no such link covers."""
    return once(view, ("cases", verdict), lambda: _cases(view, verdict))


def _cases(view: FormView, verdict: Verdict) -> tuple[Case, ...]:
    grouped: dict[tuple[int, ...], list[Link]] = {}
    for link in view.links:
        if link.verdict is verdict and link.outcomes:
            # One outcome of counts reported for several targets is compared with
            # their sum, whatever the method says; a joint rate answers each alone.
            rate = any(is_rate(view.outcomes[o].unit) for o in link.outcomes)
            alone = rate and link.method != "sum"
            key = (-1, link.target) if alone else link.outcomes
            grouped.setdefault(key, []).append(link)
    found: list[Case] = []
    for links in grouped.values():
        targets = tuple(k.target for k in links)
        outcomes = tuple(sorted({o for k in links for o in k.outcomes}))
        rows = rows_of_targets(view, targets)
        confidence = min(k.confidence for k in links)
        found.append(Case(targets, outcomes, rows, confidence, len(links) > 1))
    covered = {i for case in found for i in case.rows}
    status = IndicatorStatus(verdict.value)
    for i, row in enumerate(view.indicators):
        if row.status is not status or i in covered or tells_spending(view, row):
            continue
        by_value = has_digit(row.target_text) and has_digit(row.actual_text)
        told = verdict is Verdict.SHORTFALL and _says_unmet(row)
        if by_value or told:
            found.append(Case((), (), (i,), SURE_ROW, stated=not by_value))
    return tuple(found)


def _says_unmet(row: IndicatorRecord) -> bool:
    """Whether the row itself says 未完成; a survey not made is no missed target."""
    text = row.actual_text or ""
    return (
        cue("status_unmet").search(text) is not None
        and cue("no_evidence").search(text) is None
    )


def reasoned(view: FormView, case: Case) -> bool:
    """Whether a row of the case, or the form as a whole, gives a reason."""
    return not is_blank(view.form.reason_text) or any(
        not is_blank(view.indicators[i].deviation) for i in case.rows
    )


def _table_disagrees(view: FormView, case: Case) -> bool:
    """Whether a shortfall of the text is none by the numbers of its rows."""
    rows = [view.indicators[i] for i in case.rows] if case.targets else []
    told = [row.status for row in rows if row.actual is not None]
    return bool(told) and all(status in _REACHED for status in told)


def _unconfirmed(view: FormView, case: Case) -> bool:
    """Whether only the text tells, in a form that leaves many promises unanswered.

    There an unanswered target easily catches what was told of another.
    """
    told = any(view.indicators[i].actual is not None for i in case.rows)
    open_ = len(view.unmatched_targets)
    return bool(case.targets) and not told and open_ >= _MANY_OPEN * len(view.targets)


def _rest_beside(view: FormView, case: Case) -> bool:
    """Whether a number that answers nothing, in the same sentence, fills the gap.

    新品种12个、新技术10项 may be two parts of what was promised as one.
    """
    if len(case.targets) != 1 or len(case.outcomes) != 1:
        return False
    target, found = view.targets[case.targets[0]], view.outcomes[case.outcomes[0]]
    if is_rate(target.unit) or target.comparator in CAPS:
        return False
    told = view.form.outcome_text or ""
    promised = _phrase(view.form.goal_text or "", target)
    taken = {o for link in view.links for o in link.outcomes}
    return any(
        i not in taken
        and comparable(target, other)
        and found.value + other.value >= target.value
        and not _SENTENCE_END.search(told, *_between(found, other))
        and own_bigrams(_phrase(told, other)) & own_bigrams(promised)
        for i, other in enumerate(view.outcomes)
    )


def _phrase(text: str, quantity: Quantity) -> str:
    """What stands before a number since the last stop or number."""
    before = text[max(0, quantity.start - 16) : quantity.start]
    return re.split(r"[，。；：、,;\n\d]", before)[-1]


def _between(one: Quantity, other: Quantity) -> tuple[int, int]:
    return min(one.end, other.end), max(one.start, other.start)


def _is_weak(view: FormView, case: Case) -> bool:
    """Whether a shortfall is too unsure, or too small, to weigh ``high``.

    A row that reaches the target with a number of its own speaks against the link.
    """
    unsure = case.summed or case.stated or case.confidence < SURE_LINK
    unsure = unsure or _table_disagrees(view, case) or _rest_beside(view, case)
    unsure = unsure or _unconfirmed(view, case)
    return unsure or may_be_met(*case.quantities(view))


@flag("target_not_met")
def target_not_met(view: FormView) -> Iterator[Finding]:
    """An outcome below its target; sums, unsure links and a hair weigh less."""
    for case in cases(view, Verdict.SHORTFALL):
        weak = _is_weak(view, case)
        kind = "sum" if case.summed else "stated" if case.stated else ""
        yield Finding(
            case.evidence(view),
            case.values(view),
            Severity.MEDIUM if weak else None,
            case.confidence,
            variant=kind,
        )


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
        if _table_disagrees(view, case):
            continue  # that row has nothing to explain
        weak = elsewhere or _is_weak(view, case)
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
