"""Group B, first part: does the outcome text answer the goal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.core.flag import Evidence, Severity
from pipeline.core.link import IndicatorStatus
from pipeline.core.record import IndicatorRecord
from pipeline.core.statement import Statement, StatementKind
from pipeline.flagging.catalogue import cue
from pipeline.flagging.copying import Copied, find_copied, grams_of, shared_run
from pipeline.flagging.goal import breaks_off
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import has_digit, is_blank, is_unfilled, shown
from pipeline.flagging.view import (
    FormView,
    absence,
    clip,
    evidence,
    is_plan,
    once,
    row_evidence,
    rows_of_targets,
)
from pipeline.matching.echo import blanket_claim
from pipeline.matching.measures.wording import own_bigrams

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
# So many characters in common name the same thing: a row by its name, …
_SAME_NAME = 4
# … and something in the outcome text that a reader should look at first.
_NEAR = 3
# So many characters before a number say what it counts.
_BESIDE = 16
_ECHO_SHARE, _ECHO_ROWS = 0.6, 4
_STOP = re.compile("[，,、。；;：\n]")
_RATE = re.compile("[一-鿿]{2}(?=率)|(?:满意|知晓|认可|知悉)(?=度)")
# 率达9, the head of a number, is no wording in common.
_NO_WORDS = re.compile(r"^[^一-鿿A-Za-z]+|[^一-鿿A-Za-z]+$")


@flag("goal_without_outcome")
def goal_without_outcome(view: FormView) -> Iterator[Finding]:
    """Once per task without an outcome in the outcome text (group B, contract 2).

    Not where an indicator row of the same thing gives a number; ``low`` where it
    gives only a status word, and where the goal text breaks off in the statement.
    ``high`` is left for a promised number of which the outcome text holds no trace:
    a task without a number, one whose words do occur, one with candidates that
    were too close to choose from, all tasks of a text that claims the rest to be
    done, and those of a report in free text are ``medium``.
    """
    if is_plan(view):
        return
    for statement in view.statements:
        task = statement.kind is StatementKind.TASK
        silent = task and statement.has_outcome is False
        if silent and not _told_in_rows(view, statement):
            status = _status_in_rows(view, statement)
            yield status or _unanswered(view, statement)


def _rows_of(view: FormView, statement: Statement) -> Iterator[int]:
    """Rows that are linked with the statement's targets, or name the same thing."""
    wanted = set(statement.targets)
    if wanted:
        yield from rows_of_targets(view, wanted)
        return
    grams = grams_of(statement.quote, _SAME_NAME)
    for i, row in enumerate(view.indicators):
        if shared_run(row.name or "", grams, _SAME_NAME):
            yield i


def _told_in_rows(view: FormView, statement: Statement) -> bool:
    """Whether a row of the same thing gives a number as actual value."""
    return any(
        view.indicators[i].actual is not None
        or has_digit(view.indicators[i].actual_text)
        for i in _rows_of(view, statement)
    )


def _status_in_rows(view: FormView, statement: Statement) -> Finding | None:
    """The weaker finding where only a status word stands in the table."""
    stated = tuple(
        evidence(view, f"indicators[{i}].actual_text")
        for i in _rows_of(view, statement)
        if not is_unfilled(view.indicators[i].actual_text)
    )
    if not stated:
        return None
    return Finding(
        (*_places(view, statement), *stated),
        {"quote": clip(statement.quote)},
        Severity.LOW,
        variant="status",
    )


def _unanswered(view: FormView, statement: Statement) -> Finding:
    wanted = set(statement.targets)
    values = {"quote": clip(statement.quote)}
    places = _places(view, statement)
    if breaks_off(view, statement):
        return Finding(places, values, Severity.LOW, 0.5, variant="cut")
    if any(k.target in wanted and k.candidates for k in view.links):
        return Finding(places, values, Severity.MEDIUM, 0.5, variant="close")
    told = view.form.outcome_text or ""
    grams = once(view, "near", lambda: grams_of(told, _NEAR))
    run = _NO_WORDS.sub("", shared_run(statement.quote, grams, _NEAR))
    near = (
        (run if len(run) >= _NEAR else "")
        or _like_count(view, statement)
        or _rated_deed(view, statement)
    )
    if near:
        return Finding(
            places, values | {"near": clip(near)}, Severity.MEDIUM, 0.6, variant="near"
        )
    claimed = once(view, "blanket", lambda: blanket_claim(told))
    if claimed:
        return Finding(
            places,
            values | {"claim": clip(claimed)},
            Severity.MEDIUM,
            0.6,
            variant="blanket",
        )
    # A report tells results in many places, of which we may have missed one.
    sure = statement.quantified and view.form.document_type != "selfeval_report"
    return Finding(places, values, None if sure else Severity.MEDIUM)


def _rated_deed(view: FormView, statement: Statement) -> str:
    """What a promised rate is a rate of, where the outcome text tells of it.

    竣工小区15个 says something of 竣工率, though not how high it is.
    """
    told = view.form.outcome_text or ""
    for match in _RATE.finditer(statement.quote):
        if match[0] in told:
            return match[0]
    return ""


def _like_count(view: FormView, statement: Statement) -> str:
    """A number that answers nothing, in a promised unit and beside a promised word.

    各类专利培训班8期 may or may not include 专利代理人辅导班2期.
    """
    units = {view.targets[t].unit for t in statement.targets}
    told = view.form.outcome_text or ""
    taken = {o for link in view.links for o in link.outcomes}
    for index, outcome in enumerate(view.outcomes):
        if index in taken or outcome.unit not in units:
            continue
        before = told[max(0, outcome.start - _BESIDE) : outcome.start]
        phrase = re.split(r"[，。；：、,;\n]", before)[-1]
        if own_bigrams(phrase) & own_bigrams(statement.quote):
            return phrase + outcome.quote
    return ""


def _places(view: FormView, statement: Statement) -> tuple[Evidence, Evidence]:
    return (
        evidence(view, "goal_text", statement.start, statement.end),
        absence(view, "outcome_text"),
    )


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
        {"count": len(rows), "told": told},
        Severity.LOW if told == len(rows) else None,
        rests_on=tuple(f"indicators[{i}].target_text" for i in rows),
    )


def _status_only(row: IndicatorRecord) -> bool:
    numeric = row.target is not None and row.actual is None
    words = row.status in _STATUS_WORDS and not has_digit(row.actual_text)
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
