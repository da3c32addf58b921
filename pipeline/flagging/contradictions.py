"""Group B, fourth part: status words against numbers, cells that hold too much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from pipeline.core.flag import Severity
from pipeline.core.link import IndicatorStatus, Verdict
from pipeline.core.quantity import Quantity
from pipeline.core.record import IndicatorRecord
from pipeline.flagging.catalogue import cue
from pipeline.flagging.doubts import SURE_LINK
from pipeline.flagging.margins import may_be_met
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import has_digit, is_blank, judge
from pipeline.flagging.view import (
    FormView,
    called,
    clip,
    outcome_evidence,
    row_evidence,
    row_label,
)

# Digits, and what stands between the two ends of a range.
_NUMBERS = re.compile(r"[\d.\s~～—–至-]+")
_REACHED = (Verdict.MET, Verdict.EXCEEDED)


class Claim(StrEnum):
    """What the status word of a row says."""

    MET = "met"
    PARTIAL = "partial"
    UNMET = "unmet"


def claim_of(row: IndicatorRecord) -> Claim | None:
    """The official status word of the actual cell; 部分 and 未 before 达成."""
    return _claim(row.actual_text or "", row.status is IndicatorStatus.PARTIAL)


@lru_cache(maxsize=4096)
def _claim(actual: str, partial: bool) -> Claim | None:
    text = "".join(actual.split())
    if partial or cue("status_partial").search(text):
        # 基本完成 is the top grade for some and partial for others.
        return None if cue("status_mostly").search(text) else Claim.PARTIAL
    if cue("status_unmet").search(text):
        return Claim.UNMET
    if cue("status_met").search(text):
        return Claim.MET
    return None


@flag("status_contradicts_values")
def status_contradicts_values(view: FormView) -> Iterator[Finding]:
    """达成 while the numbers fall short, or 部分/未达成 while they reach the target.

    A status below the numbers with a stated reason is for information only.
    An amended target cannot be compared with what is printed.
    """
    for i, row in enumerate(view.indicators):
        claim = claim_of(row)
        if claim is None or row.target is None:
            continue
        if row.amended is not None and row.amended.target_text is not None:
            continue
        verdict, shown_outcomes = _numbers(view, row)
        cells = row_evidence(view, i, "target_text", "actual_text")
        answers = outcome_evidence(view, shown_outcomes)
        quotes = "、".join(view.outcomes[k].quote for k in shown_outcomes)
        values = {
            "row": row_label(row),
            "target": clip(row.target_text or ""),
            "status": clip(row.actual_text or "", 20),
            "actual": clip(quotes or row.actual_text or ""),
        }
        if claim is Claim.MET and verdict is Verdict.SHORTFALL:
            answers_of = (row.actual,) if row.actual else _told(view, row)
            sure = _sure(view, row) and not may_be_met((row.target,), answers_of)
            yield Finding((*cells, *answers), values, None if sure else Severity.MEDIUM)
        elif claim is not Claim.MET and verdict in _REACHED:
            excused = not is_blank(row.deviation)
            reason = row_evidence(view, i, "deviation")
            yield Finding(
                (*cells, *answers, *reason),
                values | {"reason": clip(row.deviation or "")},
                Severity.INFO if excused else Severity.MEDIUM,
                0.8,
                variant="below_reason" if excused else "below",
            )


def _numbers(
    view: FormView, row: IndicatorRecord
) -> tuple[Verdict | None, tuple[int, ...]]:
    """What numbers say of the row: its own, then linked outcomes of the text."""
    assert row.target is not None
    name = called(row)
    if row.actual is not None:
        return judge(row.target, (row.actual,), name=name), ()
    if has_digit(row.actual_text):
        return None, ()
    return judge(row.target, _told(view, row), name=name), row.outcomes


def _told(view: FormView, row: IndicatorRecord) -> tuple[Quantity, ...]:
    """The numbers of the outcome text that the row is linked with."""
    return tuple(view.outcomes[k] for k in row.outcomes)


def _sure(view: FormView, row: IndicatorRecord) -> bool:
    """Whether no link between the row's outcomes and its targets is doubtful."""
    used = [
        k.confidence
        for k in view.links
        if k.target in row.targets and set(k.outcomes) & set(row.outcomes)
    ]
    return row.actual is not None or min(used, default=1.0) >= SURE_LINK


@flag("ambiguous_multi_value")
def ambiguous_multi_value(view: FormView) -> Iterator[Finding]:
    """A target cell with several quantities: which belongs to what stays open."""
    for i, row in enumerate(view.indicators):
        if row.target is not None or row.target_text is None:
            continue
        units = _units(row.target_text)
        count = len(units)
        if count > 1 and cue("date").search(row.target_text) is None:
            paired = len(set(units)) == count and units == _units(row.actual_text or "")
            yield Finding(
                row_evidence(view, i, "name", "target_text"),
                {"row": row_label(row), "count": count},
                Severity.LOW if paired else None,
                variant="paired" if paired else "",
            )


def _units(text: str) -> list[str]:
    """The units of a cell in order; 6期 240人 | 7期 251人 pair off by them."""
    found = (m[0] for m in cue("counted").finditer(text))
    return [_NUMBERS.sub("", counted) for counted in found]
