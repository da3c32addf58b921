"""Group B: tasks of the goal that the outcome text does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.core.flag import Evidence, Severity
from pipeline.core.quantity import Quantity
from pipeline.core.statement import Statement, StatementKind
from pipeline.flagging.catalogue import cue
from pipeline.flagging.copying import grams_of, shared_run
from pipeline.flagging.goal import breaks_off, goal_of, is_only_amount, is_period
from pipeline.flagging.hints import has_readings, hint_of, shares_topic
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import comparable, has_digit, is_rate, is_unfilled
from pipeline.flagging.view import (
    FormView,
    absence,
    clip,
    evidence,
    is_plan,
    once,
    rows_of_targets,
)
from pipeline.language.units import unit_class
from pipeline.matching.echo import blanket_claim

# So many characters in common name the same thing as a row.
_SAME_NAME = 4
_ALL = Decimal(100)
# Most often a result comes so near to what was promised.
_SAME_UNIT = Decimal("0.5"), Decimal("2")
_SAME_COUNT = Decimal("0.75"), Decimal("1.35")


@flag("goal_without_outcome")
def goal_without_outcome(view: FormView) -> Iterator[Finding]:
    """Once per task without an outcome in the outcome text (group B, contract 2).

    Not where an indicator row of the same thing gives a number; ``low`` where it
    gives only a status word, where the goal text breaks off in the statement, and
    where something in the outcome text may be the answer that we failed to see.
    ``high`` is left for a promised number of which the outcome text holds no trace:
    a task without a number, one whose subject does occur, all tasks of a text that
    claims the rest to be done, one beside which a number is left that may be meant,
    and those of a report in free text are ``medium``.
    """
    if is_plan(view) or goal_of(view) is None or is_only_amount(view):
        return
    if _seen_unplaced(view):
        return
    for statement in view.statements:
        task = statement.kind is StatementKind.TASK
        silent = task and statement.has_outcome is False and not is_period(statement)
        if silent and not _told_in_rows(view, statement):
            status = _status_in_rows(view, statement)
            yield status or _unanswered(view, statement)


def _seen_unplaced(view: FormView) -> bool:
    """Texts were seen, and one of them may be the outcome that was not read."""
    return view.form.outcome_text is None and any(
        n.code == "reading_doubt" and n.field == "outcome_text" and n.detail
        for n in view.form.notes
    )


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
        return Finding(places, values, Severity.LOW, 0.5, variant="close")
    hint = hint_of(view, statement)
    if hint:
        values |= {"near": clip(hint)}
        return Finding(places, values, Severity.LOW, 0.5, variant="near")
    told = view.form.outcome_text or ""
    claimed = once(view, "blanket", lambda: blanket_claim(told) or _bare_status(told))
    if claimed:
        values |= {"claim": clip(claimed)}
        return Finding(places, values, Severity.MEDIUM, 0.6, variant="blanket")
    if has_readings(told) or has_readings(statement.quote):
        return Finding(places, values, Severity.LOW, 0.5)  # a damaged copy
    sure = _is_sure(view, statement)
    return Finding(places, values, None if sure else Severity.MEDIUM)


def _bare_status(told: str) -> str:
    """The outcome text where it is no more than 已完成."""
    plain = "".join(told.split()).rstrip("。")
    return plain if cue("status_met").fullmatch(plain) else ""


def _is_sure(view: FormView, statement: Statement) -> bool:
    """Whether a number was promised and nothing may have been overlooked.

    A report tells results in many places, of which we may have missed one; a form
    without the cell may have it on a page that we do not have. How money is spent
    stands in the rows of funds; 100 % may be told in words.
    """
    if view.form.document_type == "selfeval_report" or view.form.outcome_text is None:
        return False
    asserted = statement.quantified and not statement.vague
    soft = _is_spending(view, statement) or _asks_for_all(view, statement)
    near = shares_topic(view, statement) or _may_be_left(view, statement)
    return asserted and not soft and not near


def _may_be_left(view: FormView, statement: Statement) -> bool:
    """Whether a number that answers nothing may be the promised one in other words.

    One in the same unit, or of any count, and near in value: 奖补海葬60例 may be told
    as 骨灰撒海57例, 监控36路 as 探头36个.
    """
    taken = {o for link in view.links for o in link.outcomes}
    left = [o for i, o in enumerate(view.outcomes) if i not in taken]
    promised = [view.targets[t] for t in statement.targets]
    return any(_is_near(target, other) for target in promised for other in left)


def _is_near(promised: Quantity, told: Quantity) -> bool:
    if promised.unit == told.unit:
        least, most = _SAME_UNIT
    elif comparable(promised, told) and _of_people(promised) == _of_people(told):
        least, most = _SAME_COUNT
    else:
        return False
    return promised.value * least <= told.value <= promised.value * most


def _of_people(quantity: Quantity) -> bool:
    return (unit_class(quantity.unit) or "").startswith("person")


def _is_spending(view: FormView, statement: Statement) -> bool:
    """Whether the statement promises nothing but to spend money."""
    units = {view.targets[t].unit for t in statement.targets}
    return units == {"元"} and cue("project_money").search(statement.quote) is not None


def _asks_for_all(view: FormView, statement: Statement) -> bool:
    """Whether only rates of 100 % are promised: any 均已 or 全部 may answer them."""
    promised = [view.targets[t] for t in statement.targets]
    return bool(promised) and all(is_rate(t.unit) and t.value == _ALL for t in promised)


def _places(view: FormView, statement: Statement) -> tuple[Evidence, Evidence]:
    return (
        evidence(view, "goal_text", statement.start, statement.end),
        absence(view, "outcome_text"),
    )
