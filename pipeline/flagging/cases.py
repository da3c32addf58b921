"""Group B: what was reached of each target, from the text or from the table."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.core.flag import Evidence
from pipeline.core.link import IndicatorStatus, Link, Verdict
from pipeline.core.quantity import Comparator, Quantity
from pipeline.core.record import IndicatorRecord
from pipeline.core.value import value
from pipeline.flagging.catalogue import cue
from pipeline.flagging.spending import tells_spending
from pipeline.flagging.values import achieved, has_digit, is_blank, is_rate, numbers_of
from pipeline.flagging.view import (
    FormView,
    clip,
    once,
    outcome_evidence,
    row_evidence,
    row_label,
    rows_of_targets,
    target_evidence,
    told_as,
)
from pipeline.matching.verdicts import less_is_better

# A row's own numbers are read from one line of the table.
SURE_ROW = 0.95
CAPS = (Comparator.AT_MOST, Comparator.LESS)
_YEAR = re.compile(r"(20\d\d)\s*[年./-]")
FLOORS = (Comparator.AT_LEAST, Comparator.MORE)


@value(frozen=True, slots=True)
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
            target = told_as(view, "goal_text", (view.targets[i] for i in self.targets))
            answer = (view.outcomes[i] for i in self.outcomes)
            return {"target": target, "actual": told_as(view, "outcome_text", answer)}
        row = view.indicators[self.rows[0]]
        target = f"{row_label(row)} {row.target_text or ''}".strip()
        return {"target": clip(target), "actual": clip(row.actual_text or "")}


def cases(view: FormView, verdict: Verdict) -> tuple[Case, ...]:
    """Links with the verdict, one per outcome, then rows that no such link covers."""
    return once(view, ("cases", verdict), lambda: _cases(view, verdict))


def _cases(view: FormView, verdict: Verdict) -> tuple[Case, ...]:
    grouped: dict[tuple[int, ...], list[Link]] = {}
    for link in view.links:
        if link.verdict is verdict and link.outcomes and not _repeats(view, link):
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
        if any(_tells_otherwise(view, i, targets, outcomes, verdict) for i in rows):
            continue
        confidence = min(k.confidence for k in links)
        found.append(Case(targets, outcomes, rows, confidence, len(links) > 1))
    covered = {i for case in found for i in case.rows}
    status = IndicatorStatus(verdict.value)
    for i, row in enumerate(view.indicators):
        late = verdict is Verdict.SHORTFALL and _is_late(view, row)
        if late and i not in covered:
            found.append(Case((), (), (i,), SURE_ROW, stated=True))
        if late or row.status is not status or i in covered:
            continue
        if tells_spending(view, row):
            continue
        if verdict is Verdict.SHORTFALL and _upside_down(row):
            continue
        by_value = has_digit(row.target_text) and has_digit(row.actual_text)
        told = verdict is Verdict.SHORTFALL and _says_unmet(row)
        if by_value or told:
            found.append(Case((), (), (i,), SURE_ROW, stated=not by_value))
    return tuple(found)


def _is_late(view: FormView, row: IndicatorRecord) -> bool:
    """Whether a month of the form's year was promised and a later year is told."""
    year, target, actual = view.form.year, row.target_text or "", row.actual_text or ""
    if year is None or row.status is IndicatorStatus.SHORTFALL:
        return False
    promised = cue("bare_month").search(target) and not cue("dated").search(target)
    done = cue("bare_month").search(actual) and _YEAR.search(actual)
    return bool(promised and done) and all(int(y) > year for y in _YEAR.findall(actual))


def _says_unmet(row: IndicatorRecord) -> bool:
    """Whether the row itself says 未完成; a survey not made is no missed target."""
    text = row.actual_text or ""
    return (
        cue("status_unmet").search(text) is not None
        and cue("no_evidence").search(text) is None
    )


def _repeats(view: FormView, link: Link) -> bool:
    """Whether the outcome is the target word for word: 近百头 keeps 近百头."""
    target = view.targets[link.target].quote
    return [view.outcomes[o].quote for o in link.outcomes] == [target]


def _tells_otherwise(
    view: FormView,
    index: int,
    targets: tuple[int, ...],
    outcomes: tuple[int, ...],
    verdict: Verdict,
) -> bool:
    """Whether a row comes to the same verdict of the same target by another number.

    What stands in one line of the table is surer than what was linked in the text.
    """
    row = view.indicators[index]
    if len(targets) != 1 or row.target is None or row.actual is None:
        return False
    target, told = view.targets[targets[0]], [view.outcomes[o] for o in outcomes]
    same = row.target.value == target.value and row.target.unit == target.unit
    alike = same and row.status is IndicatorStatus(verdict.value)
    return (
        alike
        and all(o.unit == row.actual.unit for o in told)
        and (row.actual.value != achieved(told))
    )


def _upside_down(row: IndicatorRecord) -> bool:
    """A lower bound for what had better be less: 逾期率 ≥100 % is a slip of the form."""
    floor = row.target is not None and row.target.comparator in FLOORS
    return floor and less_is_better(row.name or "")


def reasoned(view: FormView, case: Case) -> bool:
    """Whether a row of the case, or the form as a whole, gives a reason."""
    return not is_blank(view.form.reason_text) or any(
        explains(view.indicators[i]) for i in case.rows
    )


def explains(row: IndicatorRecord) -> bool:
    """Whether a row says why, in the cell for reasons or beside its actual value."""
    beside = cue("told_why").search(row.actual_text or "") is not None
    note = "".join((row.deviation or "").split())
    return beside or not (is_blank(note) or cue("no_reason").fullmatch(note))
