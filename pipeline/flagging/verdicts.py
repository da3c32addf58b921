"""Group B, second part: targets not met, far exceeded, or contradicted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.core.flag import Evidence, Severity
from pipeline.core.link import IndicatorStatus, Link, Verdict
from pipeline.flagging.catalogue import cue
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import has_digit, is_blank, is_rate
from pipeline.flagging.view import (
    FormView,
    clip,
    outcome_evidence,
    row_evidence,
    row_label,
    rows_of_targets,
    target_evidence,
)

# Below this a link is too unsure for an accusation of weight ``high``.
SURE_LINK = 0.6
# A row's own numbers are read from one line of the table.
SURE_ROW = 0.95


@dataclass(frozen=True, slots=True)
class Case:
    """A target (or a sum of targets) with its answer, from text or table.

    ``rows`` are the indicator rows it concerns; ``targets`` and ``outcomes``
    are empty for a case that only the table knows.
    """

    targets: tuple[int, ...]
    outcomes: tuple[int, ...]
    rows: tuple[int, ...]
    confidence: float
    summed: bool = False

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
        by_value = has_digit(row.target_text) and has_digit(row.actual_text)
        if row.status is status and by_value and i not in covered:
            found.append(Case((), (), (i,), SURE_ROW))
    return tuple(found)


def reasoned(view: FormView, case: Case) -> bool:
    """Whether a row of the case gives a reason for its deviation."""
    return any(not is_blank(view.indicators[i].deviation) for i in case.rows)


@flag("target_not_met")
def target_not_met(view: FormView) -> Iterator[Finding]:
    """An outcome below its target; sums and unsure links weigh less."""
    for case in cases(view, Verdict.SHORTFALL):
        weak = case.summed or case.confidence < SURE_LINK
        yield Finding(
            case.evidence(view),
            case.values(view),
            Severity.MEDIUM if weak else None,
            case.confidence,
            variant="sum" if case.summed else "",
        )


@flag("target_not_met_unexplained")
def target_not_met_unexplained(view: FormView) -> Iterator[Finding]:
    """A shortfall whose indicator rows give no reason.

    A shortfall of the text alone has no reason cell of its own, so it is left out;
    reasons in the outcome text make it ``medium``.
    """
    elsewhere = cue("reason").search(view.form.outcome_text or "") is not None
    for case in cases(view, Verdict.SHORTFALL):
        if not case.rows or reasoned(view, case):
            continue
        weak = case.summed or elsewhere or case.confidence < SURE_LINK
        cells = tuple(e for i in case.rows for e in row_evidence(view, i, "deviation"))
        yield Finding(
            (*case.evidence(view), *cells),
            case.values(view),
            Severity.MEDIUM if weak else None,
            case.confidence,
        )


@flag("aggregate_shortfall_hidden")
def aggregate_shortfall_hidden(view: FormView) -> Iterator[Finding]:
    """Promised parts add up to more than the outcome while the row says 达成."""
    passed = (IndicatorStatus.MET, IndicatorStatus.STATUS_ONLY)
    for case in cases(view, Verdict.SHORTFALL):
        rows = [i for i in case.rows if view.indicators[i].status in passed]
        if case.summed and rows:
            cells = tuple(
                e
                for i in rows
                for e in row_evidence(view, i, "target_text", "actual_text")
            )
            quotes = target_evidence(view, case.targets)
            answers = outcome_evidence(view, case.outcomes)
            yield Finding(
                (*quotes, *answers, *cells),
                case.values(view) | {"row": row_label(view.indicators[rows[0]])},
                confidence=case.confidence,
            )
