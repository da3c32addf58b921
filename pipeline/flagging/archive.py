"""Groups A and E over several forms: goals used again, targets below the past.

The rules see one form and a small view of the archive: earlier years of the same
project, and forms whose task statements are word for word the same. Whoever holds
an archive makes the view (pipeline/runner/archive.py); a form by itself has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.core.flag import Evidence, Severity
from pipeline.core.form import Form
from pipeline.core.provenance import Provenance
from pipeline.core.quantity import Comparator, Quantity
from pipeline.core.record import IndicatorRecord
from pipeline.core.statement import Statement, StatementKind
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import is_rate
from pipeline.flagging.view import FormView, clip
from pipeline.language.fold import fold
from pipeline.matching.verdicts import less_is_better

# Sentences shorter than this are common property; so short a goal proves nothing.
_SENTENCE, _GOAL = 12, 40
# Share of the tasks that stand in the other form too, word for word.
REUSED = 0.8
# A target this much below what was reached before; rates by so many points.
_BELOW, _BELOW_RATE = Decimal("0.9"), Decimal(5)
_FAR_BELOW = Decimal("0.7")
# Years back that still say what is usual.
REACH = 3
_AT_LEAST = (Comparator.EQUAL, Comparator.AT_LEAST, Comparator.MORE, Comparator.APPROX)
_NOISE = re.compile(
    # Numbers of projects hold digits that look like a year.
    r"[\W_]+|(?<!\d)(?:19|20)\d{2}(?!\d)年?度?|第[一二三四五六七八九十\d]+届"
)
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Amount:
    """A value of an indicator: what two years of a row are compared by."""

    quote: str
    comparator: Comparator
    value: Decimal
    unit: str | None
    per: str | None = None


@dataclass(frozen=True, slots=True)
class ArchivedRow:
    """An indicator row with its numeric target and actual value, if any."""

    name: str
    target: Amount | None = None
    actual: Amount | None = None
    target_text: str | None = None


@dataclass(frozen=True, slots=True)
class ArchivedForm:
    """What the archive rules need of a form, whether just read or stored.

    ``tasks`` are the quotes of its task statements; ``places`` where its fields
    stand, by their paths.
    """

    year: int | None
    project: str | None
    unit: str | None
    tasks: tuple[str, ...] = ()
    rows: tuple[ArchivedRow, ...] = ()
    goal_text: str | None = None
    places: Mapping[str, Provenance] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """Other forms, in the order in which they are to be named.

    ``earlier``: the same project of the same unit in earlier years, latest first;
    ``alike``: forms that share the task statements, the same project's or others'.
    """

    earlier: tuple[ArchivedForm, ...] = ()
    alike: tuple[ArchivedForm, ...] = ()


def archived(
    form: Form,
    statements: Iterable[Statement],
    rows: Iterable[IndicatorRecord],
) -> ArchivedForm:
    """A form that was just read, as the rules see it."""
    return ArchivedForm(
        year=form.year,
        project=form.project_name,
        unit=form.unit or form.department,
        tasks=tuple(s.quote for s in statements if s.kind is StatementKind.TASK),
        rows=tuple(_row(row) for row in rows),
        goal_text=form.goal_text,
        places=form.provenance,
    )


def _row(row: IndicatorRecord) -> ArchivedRow:
    return ArchivedRow(
        row.name or "", _amount(row.target), _amount(row.actual), row.target_text
    )


def _amount(quantity: Quantity | None) -> Amount | None:
    if quantity is None:
        return None
    q = quantity
    return Amount(q.quote, q.comparator, q.value, q.unit, q.per)


def plain_name(text: str | None) -> str:
    """A name or sentence without years, marks and spaces, to be compared."""
    return _NOISE.sub("", fold(text or ""))


def project_key(form: ArchivedForm) -> tuple[str, str] | None:
    """Unit and project; None where one is not known and nothing can be said."""
    key = plain_name(form.unit), plain_name(form.project)
    return key if all(key) else None


def sentences(form: ArchivedForm) -> Mapping[str, int]:
    """The task statements that are long enough to be someone's own: text → length."""
    plain = (plain_name(quote) for quote in form.tasks)
    return {text: len(text) for text in plain if len(text) >= _SENTENCE}


def reused_share(own: Mapping[str, int], other: Iterable[str]) -> float:
    """How much of a goal's own sentences stand in another; 0 for a short goal."""
    whole = sum(own.values())
    known = sum(own.get(text, 0) for text in set(other))
    return known / whole if whole >= _GOAL else 0.0


def reuse(own: ArchivedForm, archive: ArchiveView) -> Iterator[Finding]:
    """The goal is word for word that of another project, or of an earlier year.

    Numbers count: a goal with new numbers is a new goal. Purpose and policy prose
    (no task) does not. One project name in several units is often one programme,
    and a yearly project repeats itself: these are ``low``.
    """
    mine = sentences(own)
    found: dict[str, list[ArchivedForm]] = {}
    for other in archive.alike:
        if reused_share(mine, sentences(other)) >= REUSED:
            found.setdefault(_relation(own, other), []).append(other)
    for variant in ("", "shared", "years"):
        others = found.get(variant)
        if others:
            named = "、".join(_title(o) for o in others[:_NAMED])
            more = "等" if len(others) > _NAMED else ""
            yield Finding(
                (_evidence(own, "goal_text", own.goal_text),),
                {"others": named + more, "count": len(others)},
                Severity.LOW if variant else None,
                variant=variant,
            )
            return


def _relation(own: ArchivedForm, other: ArchivedForm) -> str:
    mine, theirs = project_key(own), project_key(other)
    if mine == theirs:
        return "years"
    return "shared" if mine and theirs and mine[1] == theirs[1] else ""


def _title(form: ArchivedForm) -> str:
    year = f"{form.year}年" if form.year is not None else ""
    return f"{year}{clip(form.unit or '', 20)}“{clip(form.project or '', 20)}”"


def below_history(own: ArchivedForm, archive: ArchiveView) -> Iterator[Finding]:
    """A target lower than what the same row of the same project reached before."""
    for i, row in enumerate(own.rows):
        past = _past_row(row, archive)
        if past is None or row.target is None:
            continue
        form, before = past
        assert before.actual is not None
        severity = _weigh(row.target, before.actual)
        if severity is not None:
            text = f"indicators[{i}].target_text"
            yield Finding(
                (_evidence(own, text, row.target_text),),
                {
                    "row": clip(row.name, 30),
                    "target": clip(row.target_text or row.target.quote),
                    "year": form.year or 0,
                    "actual": clip(before.actual.quote),
                },
                severity,
            )


def _past_row(
    row: ArchivedRow, archive: ArchiveView
) -> tuple[ArchivedForm, ArchivedRow] | None:
    """The same row of the latest earlier year that has a comparable value."""
    target, name = row.target, plain_name(row.name)
    if target is None or not name or target.comparator not in _AT_LEAST:
        return None
    if less_is_better(row.name):
        return None
    for form in archive.earlier:
        same = [
            r
            for r in form.rows
            if plain_name(r.name) == name
            and r.actual is not None
            and (r.actual.unit, r.actual.per) == (target.unit, target.per)
        ]
        if same:
            return (form, same[0]) if len(same) == 1 else None
    return None


def _weigh(target: Amount, before: Amount) -> Severity | None:
    """Rates move within points and are ``low``; counts by how far they fall."""
    if is_rate(target.unit):
        return Severity.LOW if before.value - target.value >= _BELOW_RATE else None
    if target.value >= before.value * _BELOW:
        return None
    return (
        None
        if before.value <= 0
        else (
            Severity.MEDIUM
            if target.value < before.value * _FAR_BELOW
            else Severity.LOW
        )
    )


def _evidence(form: ArchivedForm, field: str, text: str | None) -> Evidence:
    place = form.places.get(field)
    page, bbox = (place.page, place.bbox) if place else (None, None)
    if not text:
        return Evidence(field, page=page, bbox=bbox)
    return Evidence(field, 0, len(text), text, page, bbox)


ArchiveRule = Callable[[ArchivedForm, ArchiveView], Iterator[Finding]]
RULES: Mapping[str, ArchiveRule] = {
    "goal_boilerplate_reuse": reuse,
    "target_below_history": below_history,
}


def _of_view(view: FormView, rule: ArchiveRule) -> Iterator[Finding]:
    if view.archive is not None:
        own = archived(view.form, view.statements, view.indicators)
        yield from rule(own, view.archive)


@flag("goal_boilerplate_reuse")
def goal_boilerplate_reuse(view: FormView) -> Iterator[Finding]:
    """See ``reuse``; nothing for a form without an archive."""
    return _of_view(view, reuse)


@flag("target_below_history")
def target_below_history(view: FormView) -> Iterator[Finding]:
    """See ``below_history``; nothing for a form without an archive."""
    return _of_view(view, below_history)
