"""Group B, first part: status words, copies and empty phrases in place of results."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.core.flag import Severity
from pipeline.core.link import IndicatorStatus
from pipeline.core.record import IndicatorRecord
from pipeline.flagging.catalogue import cue
from pipeline.flagging.copying import Copied, find_copied
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import has_digit, is_blank, shown
from pipeline.flagging.view import FormView, evidence, labels_of, row_evidence

_STATUS_WORDS = (
    IndicatorStatus.STATUS_ONLY,
    IndicatorStatus.PARTIAL,
    IndicatorStatus.SHORTFALL,
)
# Share of the outcome text that must be copied for the whole to count as a copy.
_WHOLE = 0.9
# Half the text, and not only a name: at least so many characters.
_HALF, _HALF_LENGTH = 0.5, 40
# A single copied sentence worth showing (longer than the names of things).
_PASSAGE = 24
_ECHO_SHARE, _ECHO_ROWS = 0.6, 4
_STOP = re.compile("[，,、。；;：\n]")


@flag("outcome_status_only")
def outcome_status_only(view: FormView) -> Iterator[Finding]:
    """Rows with a numeric target whose actual value is only a status word.

    One finding per form; ``low`` where the outcome text has a number for each.
    """
    rows = [i for i, row in enumerate(view.indicators) if _status_only(row)]
    if not rows:
        return
    told = sum(bool(view.indicators[i].outcomes) for i in rows)
    yield Finding(
        tuple(e for i in rows for e in row_evidence(view, i, "actual_text")),
        {"count": len(rows), "told": told, "rows": labels_of(view, rows)},
        Severity.LOW if told == len(rows) else None,
        rests_on=tuple(f"indicators[{i}].target_text" for i in rows),
    )


def _status_only(row: IndicatorRecord) -> bool:
    numeric = row.target is not None and row.actual is None
    ticked = cue("ticked").fullmatch("".join((row.actual_text or "").split()))
    told = ticked is not None or row.status in _STATUS_WORDS
    words = told and not has_digit(row.actual_text)
    if not numeric or not words or is_blank(row.actual_text):
        return False
    said = "".join((row.actual_text or "").split())
    nought = row.target is not None and row.target.value == 0
    return not (nought and cue("nothing_happened").fullmatch(said))


@flag("outcome_copies_goal")
def outcome_copies_goal(view: FormView) -> Iterator[Finding]:
    """The outcome text repeats the goal text, as a whole or in whole sentences."""
    goal, outcome = view.form.goal_text, view.form.outcome_text
    if is_blank(goal) or is_blank(outcome):
        return
    copied = find_copied(outcome or "", goal or "")
    measured = bool(view.outcomes) or has_digit(outcome)
    severity = _weigh(copied, measured=measured)
    if severity is None:
        return
    if measured and _STOP.search((outcome or "").strip("。；; \n")) is None:
        severity = Severity.LOW  # one task, done as planned, reads like itself
    yield Finding(
        tuple(evidence(view, "outcome_text", a, b) for a, b in copied.spans),
        {"share": shown(copied.share * 100, 0)},
        severity,
        rests_on=("goal_text",),
    )


def _weigh(copied: Copied, *, measured: bool) -> Severity | None:
    if copied.share >= _WHOLE:
        return Severity.MEDIUM if measured else Severity.HIGH
    if copied.share >= _HALF and copied.length >= _HALF_LENGTH:
        return Severity.LOW if measured else Severity.MEDIUM
    return Severity.LOW if copied.longest >= _PASSAGE else None


@flag("outcome_vague")
def outcome_vague(view: FormView) -> Iterator[Finding]:
    """Numbers were promised, the outcome text gives none at all."""
    text = view.form.outcome_text
    if not view.targets or view.outcomes or is_blank(text) or has_digit(text):
        return
    tabled = any(row.actual is not None for row in view.indicators)
    yield Finding(
        (evidence(view, "outcome_text"),),
        {"count": len(view.targets)},
        Severity.LOW if tabled else None,
        rests_on=("goal_text",),
    )


@flag("exact_echo")
def exact_echo(view: FormView) -> Iterator[Finding]:
    """Most actual values repeat the target value word for word."""
    filled = [
        i
        for i, row in enumerate(view.indicators)
        if not is_blank(row.target_text) and not is_blank(row.actual_text)
    ]
    same = [
        i
        for i in filled
        if view.indicators[i].target_text == view.indicators[i].actual_text
    ]
    if len(same) >= _ECHO_ROWS and len(same) >= _ECHO_SHARE * len(filled):
        yield Finding(
            tuple(e for i in same for e in row_evidence(view, i, "actual_text")),
            {"count": len(same), "total": len(filled)},
        )
