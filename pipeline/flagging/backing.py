"""Group F: what the claims are backed with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.core.flag import Evidence
from pipeline.core.link import IndicatorStatus
from pipeline.flagging.catalogue import cue
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import amount, is_blank, is_rate
from pipeline.flagging.view import (
    FormView,
    clip,
    evidence,
    row_evidence,
    row_label,
)

_ROUND_SHARE, _ROUND_ROWS = Decimal("0.6"), 5
_HUNDRED = Decimal(100)
# Reasons shorter than this cannot say what happened.
_SHORT_REASON = 4
# How far back a negation, and the year of a clause, are looked for.
_CLOSE, _BEFORE = 6, 20
_CLAUSE = re.compile("[，。；：、\n]")
_SENTENCE_END = re.compile("[。；;\n]")


def _told(view: FormView) -> Iterator[tuple[str, str]]:
    """Fields in which the author tells what was done and why not, with their texts."""
    if view.form.outcome_text:
        yield "outcome_text", view.form.outcome_text
    for i, row in enumerate(view.indicators):
        if row.actual_text:
            yield f"indicators[{i}].actual_text", row.actual_text
        if row.deviation:
            yield f"indicators[{i}].deviation", row.deviation


@flag("evidence_absent_admitted")
def evidence_absent_admitted(view: FormView) -> Iterator[Finding]:
    """The author says that records, surveys or figures are missing: once per row."""
    places: dict[str, list[tuple[Evidence, str]]] = {}
    for field, text in _told(view):
        found = _lacking(text)
        if found is not None:
            place = evidence(view, field, *found)
            told = _sentence_of(text, *found)
            places.setdefault(field.partition(".")[0], []).append((place, told))
    for group in places.values():
        quote = "；".join(clip(told) for _, told in group)
        yield Finding(tuple(place for place, _ in group), {"quote": quote})


def _sentence_of(text: str, start: int, end: int) -> str:
    """The words from stop to stop around a place."""
    stop = _SENTENCE_END.search(text, end)
    before = _SENTENCE_END.split(text[:start])[-1]
    return before + text[start : stop.start() if stop else len(text)]


def _lacking(text: str) -> tuple[int, int] | None:
    """Where the first admission stands; last year's, and denied ones, are none."""
    for found in cue("no_evidence").finditer(text):
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        if cue("negated").search(before[-_CLOSE:]):
            continue
        if cue("earlier_year").search(_CLAUSE.split(before)[-1]):
            continue
        return found.start(), found.end()
    return None


@flag("satisfaction_no_survey")
def satisfaction_no_survey(view: FormView) -> Iterator[Finding]:
    """A satisfaction figure, and no word of a survey anywhere in the form."""
    claimed: list[Evidence] = []
    for i, row in enumerate(view.indicators):
        if "满意" in (row.name or "") and row.actual is not None:
            claimed.extend(row_evidence(view, i, "actual_text"))
    for quantity in view.outcomes:
        if "满意" in quantity.subject:
            claimed.append(evidence(view, "outcome_text", quantity.start, quantity.end))
    if not claimed:
        return
    texts = [text for _, text in _told(view)]
    texts.append(view.form.goal_text or "")
    if not any(cue("survey").search(t) for t in texts):
        yield Finding(tuple(claimed), {"quote": clip(claimed[0].quote or "")})


@flag("rounded_claims")
def rounded_claims(view: FormView) -> Iterator[Finding]:
    """Most actual values are exactly 100 %."""
    filled = [i for i, r in enumerate(view.indicators) if not is_blank(r.actual_text)]
    full = [
        i
        for i in filled
        if (actual := view.indicators[i].actual) is not None
        and is_rate(actual.unit)
        and actual.value == _HUNDRED
    ]
    if len(full) >= _ROUND_ROWS and len(full) >= _ROUND_SHARE * len(filled):
        yield Finding(
            tuple(e for i in full for e in row_evidence(view, i, "actual_text")),
            {"count": len(full), "total": len(filled)},
        )


@flag("reason_generic")
def reason_generic(view: FormView) -> Iterator[Finding]:
    """Points were taken off, the reason is a commonplace or too short."""
    for i, row in enumerate(view.indicators):
        weight, score = amount(row.weight), amount(row.score)
        if weight is None or score is None or score >= weight:
            continue
        if row.amended is not None or is_blank(row.deviation):
            continue
        reason = "".join((row.deviation or "").split())
        short = len(reason) < _SHORT_REASON
        if short or cue("generic_reason").fullmatch(reason.rstrip("。；;，,")):
            yield Finding(
                row_evidence(view, i, "deviation"),
                {"row": row_label(row), "reason": clip(reason)},
            )


def _says(reason: str, words: str) -> bool:
    """Whether a reason says so; 不存在未完成情况 does not."""
    return any(
        not cue("negated").search(reason[max(0, m.start() - _CLOSE) : m.start()])
        for m in cue(words).finditer(reason)
    )


@flag("reason_contradicts")
def reason_contradicts(view: FormView) -> Iterator[Finding]:
    """The reason speaks of an overshoot where numbers fall short, or the reverse."""
    for i, row in enumerate(view.indicators):
        if row.target is None or row.actual is None or is_blank(row.deviation):
            continue
        reason = row.deviation or ""
        if cue("points_taken").search(reason):
            continue  # it says why points were taken off, whatever the numbers
        over, under = _says(reason, "over_reason"), _says(reason, "under_reason")
        wrong = (row.status is IndicatorStatus.SHORTFALL and over and not under) or (
            row.status is IndicatorStatus.EXCEEDED and under and not over
        )
        if wrong:
            yield Finding(
                row_evidence(view, i, "target_text", "actual_text", "deviation"),
                {"row": row_label(row), "reason": clip(reason)},
            )
