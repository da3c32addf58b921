"""Group C, first part: totals and grades recomputed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from pipeline.core.flag import Evidence, Severity
from pipeline.core.form import FundRow
from pipeline.core.record import IndicatorRecord
from pipeline.flagging.catalogue import cue
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import amount, shown, unit_of
from pipeline.flagging.view import (
    FormView,
    called,
    clip,
    evidence,
    is_part,
    is_plan,
    once,
    row_evidence,
    row_label,
)
from pipeline.layout.titles import REPORTS

_HUNDRED = Decimal(100)
# 评价等级：良（80-90分） is 良.
_GRADE_FRAME = re.compile(
    r"^(?:自评|评价|评定|评分|综合|绩效)*(?:等级|等次|结论|结果|级别)[：:为]?"
    r"|[（(][^（()）]*[)）]$|(?:等次|等级|[级等档])$"
)


def execution_row(view: FormView) -> tuple[int, FundRow] | None:
    """The fund row that carries the execution weight and score."""
    scored = [
        (i, row)
        for i, row in enumerate(view.form.funds)
        if amount(row.weight) is not None or amount(row.score) is not None
    ]
    totals = [item for item in scored if item[1].kind == "total"]
    chosen = totals or scored
    return chosen[0] if chosen else None


def execution_number(view: FormView, name: str) -> Decimal | None:
    """``weight`` or ``score`` of budget execution; None when not printed."""
    found = execution_row(view)
    return None if found is None else amount(getattr(found[1], name))


def column(view: FormView, name: str) -> tuple[Decimal, ...] | None:
    """A number column of the indicators; None as soon as one is missing.

    A merged cell that several rows share counts once.
    """
    return once(view, ("column", name), lambda: _column(view, name))


def _column(view: FormView, name: str) -> tuple[Decimal, ...] | None:
    numbers: list[Decimal] = []
    seen = set()
    for i, row in enumerate(view.indicators):
        place = view.form.provenance.get(f"indicators[{i}].{name}")
        cell = place.cell if place else None
        if cell is not None and cell in seen:
            continue
        seen.add(cell)
        number = amount(getattr(row, name))
        if number is None:
            return None
        numbers.append(number)
    return tuple(numbers) if numbers else None


def is_extra(row: IndicatorRecord) -> bool:
    """Bonus and deduction rows, which come on top of the weights."""
    return cue("extra_points").search(called(row)) is not None


def used(view: FormView, name: str) -> tuple[str, ...]:
    """Fields behind a sum of a number column."""
    rows = tuple(f"indicators[{i}].{name}" for i in range(len(view.indicators)))
    found = execution_row(view)
    return rows if found is None else (*rows, f"funds[{found[0]}].{name}")


@flag("score_total_mismatch")
def score_total_mismatch(view: FormView) -> Iterator[Finding]:
    """Indicator scores and execution score against the printed total.

    Readings that explain the total are accepted: without the execution score,
    rounded to whole points, or rescaled to 100 where indicators do not apply.
    """
    total, scores = amount(view.form.total_score), column(view, "score")
    if total is None or scores is None or is_part(view):
        return
    execution = execution_number(view, "score")
    if execution is None and _execution_open(view, total - sum(scores)):
        return
    plain = sum(scores, Decimal(0))
    whole = plain + (execution or 0)
    readings = [plain, whole, *_rescaled(view, plain, whole)]
    slack = view.profile.tolerances.score
    if any(_fits(total, r, view.form.total_score, slack) for r in readings):
        return
    found = execution_row(view)
    place = () if found is None else (evidence(view, f"funds[{found[0]}].score"),)
    moved = _moved_point(view, total, readings)
    yield Finding(
        (evidence(view, "total_score"), *place, *moved),
        {
            "indicators": shown(plain),
            "execution": "未列" if execution is None else shown(execution),
            "sum": shown(whole),
            "total": shown(total),
        },
        Severity.LOW if moved else None,
        0.5 if moved else None,
        rests_on=used(view, "score"),
    )


def _moved_point(
    view: FormView, total: Decimal, readings: Sequence[Decimal]
) -> tuple[Evidence, ...]:
    """The recognised score that explains the total with its point moved: 0.6 for 6."""
    slack = view.profile.tolerances.score
    for i, row in enumerate(view.indicators):
        name = f"indicators[{i}].score"
        place, score = view.form.provenance.get(name), amount(row.score)
        if place is None or place.ocr_confidence is None or not score:
            continue
        for other in (score * 10, score / 10):
            if any(abs(total - r + score - other) <= slack for r in readings):
                return (evidence(view, name),)
    return ()


def _execution_open(view: FormView, gap: Decimal) -> bool:
    """Whether an execution score that we have not seen could fill the gap."""
    weight = execution_number(view, "weight")
    if weight is None:
        weights = column(view, "weight")
        if weights is None:
            return True
        weight = view.profile.total_weight - sum(weights)
    return 0 <= gap <= weight + view.profile.tolerances.score


def _rescaled(view: FormView, plain: Decimal, whole: Decimal) -> Iterator[Decimal]:
    """Totals scaled to 100 where the weights in use add up to less."""
    weights = column(view, "weight")
    if weights is None:
        return
    bare = sum(weights, Decimal(0))
    full = bare + (execution_number(view, "weight") or 0)
    for score, weight in ((plain, bare), (whole, full)):
        if 0 < weight < view.profile.total_weight:
            yield score / weight * view.profile.total_weight


def _fits(total: Decimal, value: Decimal, printed: str | None, slack: Decimal) -> bool:
    """Within tolerance, or equal once rounded to the places that are printed."""
    if abs(total - value) <= slack:
        return True
    return value.quantize(unit_of(printed), ROUND_HALF_UP) == total


@flag("rating_mismatch")
def rating_mismatch(view: FormView) -> Iterator[Finding]:
    """The printed grade against the grade of the printed total.

    Abstains on unknown or several grades, on totals that are not out of 100, and
    in the gap between whole points (89.5), where rounding decides.
    """
    total, rating = amount(view.form.total_score), view.form.rating
    if total is None or rating is None:
        return
    scale = amount(view.form.total_weight)
    if scale is not None and scale != _HUNDRED:
        return
    printed = _grade_of_words(view, rating)
    due = {
        _grade_of_score(view, total),
        _grade_of_score(view, total.to_integral_value(ROUND_HALF_UP)),
    }
    if printed is None or printed in due or not 0 <= total <= _HUNDRED:
        return
    yield Finding(
        (evidence(view, "rating"), evidence(view, "total_score")),
        {
            "rating": clip(rating),
            "total": shown(total),
            "due": _grade_of_score(view, total),
        },
    )


def _grade_of_words(view: FormView, text: str) -> str | None:
    plain = _GRADE_FRAME.sub("", "".join(text.split()))
    for rating in view.profile.ratings:
        if plain in rating.words:
            return rating.name
    return None


def _grade_of_score(view: FormView, total: Decimal) -> str:
    for rating in view.profile.ratings:
        if total >= rating.floor:
            return rating.name
    return view.profile.ratings[-1].name


@flag("uniform_full_marks")
def uniform_full_marks(view: FormView) -> Iterator[Finding]:
    """Every one of at least eight indicators has full marks."""
    weights, scores = column(view, "weight"), column(view, "score")
    if weights is None or weights != scores or len(weights) < 8:
        return
    yield Finding(
        tuple(
            e
            for i in range(len(view.indicators))
            for e in row_evidence(view, i, "score")
        ),
        {"count": len(weights)},
    )


@flag("high_score_low_execution")
def high_score_low_execution(view: FormView) -> Iterator[Finding]:
    """A top total beside low budget execution."""
    total = amount(view.form.total_score)
    if total is None or total < view.profile.ratings[0].floor or total > _HUNDRED:
        return
    for i, row in enumerate(view.form.funds):
        budget, spent = amount(row.full_budget), amount(row.executed)
        if row.kind != "total" or not budget or spent is None:
            continue
        rate = spent / budget * 100
        if rate < view.profile.execution.low:
            very_low = rate < view.profile.execution.very_low
            yield Finding(
                (evidence(view, "total_score"), evidence(view, f"funds[{i}].executed")),
                {"total": shown(total), "rate": shown(rate)},
                None if very_low else Severity.LOW,
                rests_on=(f"funds[{i}].full_budget",),
            )
        return


@flag("score_missing")
def score_missing(view: FormView) -> Iterator[Finding]:
    """Rows with a weight but no score, or the reverse: one finding per form.

    A plan weighs its indicators; scores come with the evaluation. A report that
    tells its indicators in sentences may give scores only.
    """
    holes = [
        (i, "score" if amount(row.score) is None else "weight")
        for i, row in enumerate(view.indicators)
        if (amount(row.score) is None) != (amount(row.weight) is None)
    ]
    # 15/15 is not missing: something stands there that is no number.
    unread = {n.field for n in view.form.notes if n.code == "reading_doubt"}
    holes = [(i, name) for i, name in holes if f"indicators[{i}].{name}" not in unread]
    # Nor is what a row of a text that breaks off, or lost its empty cells, may lack.
    lost = {n.field for n in view.form.notes if n.code == "cells_lost"}
    holes = [(i, name) for i, name in holes if f"indicators[{i}]" not in lost]
    if not holes:
        return
    columns = {name for _, name in holes}
    if columns == {"score"} and is_plan(view):
        return
    everywhere = len(columns) == 1 and all(
        amount(getattr(row, name)) is None
        for row in view.indicators
        for name in columns
    )
    if everywhere and columns == {"weight"} and view.form.document_type in REPORTS:
        return
    yield Finding(
        tuple(e for i, name in holes for e in row_evidence(view, i, name)),
        {"count": len(holes), "row": row_label(view.indicators[holes[0][0]])},
        # A whole empty column is rather a column that we did not recognise.
        Severity.LOW if everywhere else None,
        0.5 if everywhere else None,
    )
