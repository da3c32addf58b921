"""Group A: is the goal there, whole, clear and measurable."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.flag import Severity
from pipeline.core.statement import Statement, StatementKind
from pipeline.flagging.catalogue import cue
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import is_blank
from pipeline.flagging.view import FormView, clip, evidence, is_part

# How much of the end of a cut text is shown.
_TAIL = 20
_PAIRS = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」", "【": "】"}
_CLAUSE_ENDS = "。；;，,：:\n"


def goal_of(view: FormView) -> str | None:
    """The goal text, None where the cell holds a placeholder or points elsewhere."""
    text = view.form.goal_text
    return None if is_blank(text) or _points_elsewhere(text or "") else text


def _points_elsewhere(text: str) -> bool:
    """详见附件 stands in place of the goal."""
    bare = "".join(text[: _TAIL * 2].split()).strip("（）()。")
    short = len(text) <= _TAIL * 2
    return short and cue("elsewhere").fullmatch(bare) is not None


@flag("goal_missing")
def goal_missing(view: FormView) -> Iterator[Finding]:
    """No goal text; a doubt about our reading of that cell weakens it."""
    if goal_of(view) is not None:
        return
    text = view.form.goal_text
    if text is not None and not is_blank(text):
        values = {"quote": clip(text)}
        place = evidence(view, "goal_text")
        yield Finding((place,), values, Severity.MEDIUM, variant="elsewhere")
        return
    if any(
        n.code == "reading_doubt" and n.field == "goal_text" and n.detail
        for n in view.form.notes
    ):
        return  # texts were seen, only which of them is the goal is open
    doubtful = any(
        n.field in ("", "goal_text") and n.code != "multiple_forms_in_file"
        for n in view.form.notes
    )
    yield Finding(
        (evidence(view, "goal_text"),),
        severity=Severity.LOW if doubtful else None,
        confidence=0.5 if doubtful else None,
    )


@flag("goal_vague")
def goal_vague(view: FormView) -> Iterator[Finding]:
    """Vague tasks; vague context and funding only in a goal without any number.

    A statement that breaks off cannot be called vague: low.
    """
    measured = any(s.quantified for s in view.statements)
    if goal_of(view) is None or is_only_amount(view):
        return  # goal_missing, goal_is_budget say it better
    for statement in view.statements:
        if is_period(statement):
            continue
        task = statement.kind is StatementKind.TASK
        if statement.vague and (task or not measured):
            yield Finding(
                (evidence(view, "goal_text", statement.start, statement.end),),
                {"quote": clip(statement.quote)},
                Severity.LOW if breaks_off(view, statement) else None,
            )


def breaks_off(view: FormView, statement: Statement) -> bool:
    """Whether the statement is the one at whose end the goal text is surely cut."""
    body = (goal_of(view) or "").rstrip()
    last = bool(body) and statement.end >= len(body)
    return last and _surely_cut(body)


def _surely_cut(body: str) -> bool:
    end = body[-_TAIL * 2 :]
    return cue("cut_surely").search(end) is not None or _open_at_end(body)


@flag("goal_unquantified")
def goal_unquantified(view: FormView) -> Iterator[Finding]:
    """The whole goal holds no quantity; low where indicators hold numbers."""
    if goal_of(view) is None or view.targets or is_only_amount(view):
        return
    if any(s.quantified for s in view.statements):
        return
    covered = sum(row.target is not None for row in view.indicators)
    if not covered and is_part(view):
        return  # the cells that were left out may hold the numbers
    yield Finding(
        (evidence(view, "goal_text"),),
        {"count": covered},
        severity=Severity.LOW if covered else None,
        variant="covered" if covered else "",
    )


@flag("goal_truncated")
def goal_truncated(view: FormView) -> Iterator[Finding]:
    """The text breaks off. Many goals end without 。, so that alone says nothing."""
    text = goal_of(view)
    if text is None:
        return
    body = text.rstrip()
    sure = _surely_cut(body)
    if not sure and cue("cut_maybe").search(body[-_TAIL * 2 :]) is None:
        return
    start = max(len(body) - _TAIL, _last_clause(body))
    yield Finding(
        (evidence(view, "goal_text", start, len(body)),),
        {"quote": clip(body[start:])},
        severity=None if sure else Severity.LOW,
        confidence=None if sure else 0.6,
    )


def _open_at_end(body: str) -> bool:
    """Whether the last clause opens a bracket or quote that never closes."""
    tail = body[_last_clause(body) :]
    for opening, closing in _PAIRS.items():
        at = tail.rfind(opening)
        if at >= 0 and closing not in tail[at:]:
            # （ closed by ) is a slip of the keyboard, not a cut.
            slip = {"（": ")", "(": "）", "“": '"'}.get(opening, closing)
            return slip not in tail[at:]
    return False


def _last_clause(body: str) -> int:
    """Where the last clause begins (0 when there is only one)."""
    return max(body.rfind(stop, 0, len(body) - 1) for stop in _CLAUSE_ENDS) + 1


@flag("goal_no_timeline")
def goal_no_timeline(view: FormView) -> Iterator[Finding]:
    """Neither the goal nor the form (its year) says by when."""
    text = goal_of(view)
    if text is None or view.form.year is not None:
        return
    if cue("timeline").search(text) is None:
        yield Finding((evidence(view, "goal_text"),))


@flag("goal_slogan")
def goal_slogan(view: FormView) -> Iterator[Finding]:
    """Every statement is a policy formula, none can be checked."""
    pieces = [s for s in view.statements if s.kind is not StatementKind.FUNDING]
    if pieces and all(_is_slogan(s) for s in pieces):
        yield Finding(
            tuple(evidence(view, "goal_text", s.start, s.end) for s in pieces),
            {"quote": clip(pieces[0].quote)},
        )


def _is_slogan(statement: Statement) -> bool:
    return statement.vague and cue("slogan").search(statement.quote) is not None


@flag("goal_is_budget")
def goal_is_budget(view: FormView) -> Iterator[Finding]:
    """Amounts of money stand in place of a goal."""
    text = goal_of(view)
    if text is None:
        return
    only_funding = bool(view.statements) and all(
        s.kind is StatementKind.FUNDING for s in view.statements
    )
    if is_only_amount(view) or only_funding:
        yield Finding((evidence(view, "goal_text"),), {"quote": clip(text)})


def is_period(statement: Statement) -> bool:
    """Whether a statement says no more than from when to when: 自2023年3月起至11月止."""
    rest = cue("from_to").cut_out(statement.quote)
    return (
        "|" in rest and cue("period_words").fullmatch("".join(rest.split())) is not None
    )


def is_only_amount(view: FormView) -> bool:
    """Whether nothing but an amount stands in place of the goal: 43.2."""
    text = goal_of(view) or ""
    bare = "".join(text[: _TAIL * 4].split())
    short = 0 < len(text) <= _TAIL * 4
    return short and cue("amount_only").fullmatch(bare) is not None


@flag("goal_is_activity_only")
def goal_is_activity_only(view: FormView) -> Iterator[Finding]:
    """Every task says what will be done, none what comes of it; no number either.

    Where all tasks are vague, ``goal_vague`` says it better.
    """
    tasks = [s for s in view.statements if s.kind is StatementKind.TASK]
    if not tasks or view.targets or all(s.vague for s in tasks):
        return
    if all(
        cue("activity").search(s.quote) and not cue("result").search(s.quote)
        for s in tasks
    ):
        yield Finding(
            tuple(evidence(view, "goal_text", s.start, s.end) for s in tasks),
            {"quote": clip(tasks[0].quote)},
        )
