"""One form through language, matching and flagging to a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline._version import __version__
from pipeline.core.form import Form, IndicatorRow, ReadingNote
from pipeline.core.quantity import Role
from pipeline.core.record import SCHEMA_VERSION, ProducedBy, Record, Source
from pipeline.flagging import FormView, note_flags, raise_flags
from pipeline.flagging.profiles import Profile
from pipeline.flagging.suppress import Suppression, drop_suppressed
from pipeline.language.quantities import find_quantities
from pipeline.language.reading import Reading, read_text
from pipeline.layout.amendments import find_amendment
from pipeline.layout.numbers import number_in
from pipeline.matching import MatchResult, match_form
from pipeline.sources.limits import MAX_QUANTITIES, MAX_ROWS, MAX_TEXT

BEYOND_LIMITS = "beyond_limits"
"""Code of the reading note of a form that is too large to be analysed."""


def bounded(form: Form) -> Form:
    """The form; one beyond the limits with a note that says so.

    Of such a form nothing is analysed: what is read of half a goal would accuse.
    """
    field = _beyond(form)
    if field is None:
        return form
    note = ReadingNote(BEYOND_LIMITS, field)
    return replace(
        form, indicators=form.indicators[:MAX_ROWS], notes=(*form.notes, note)
    )


def is_beyond_limits(form: Form) -> bool:
    """Whether ``bounded`` found the form too large."""
    return any(note.code == BEYOND_LIMITS for note in form.notes)


def _beyond(form: Form) -> str | None:
    """The field that is beyond the limits."""
    if len(form.indicators) > MAX_ROWS:
        return "indicators"
    for name, text, role in (
        ("goal_text", form.goal_text or "", Role.GOAL),
        ("outcome_text", form.outcome_text or "", Role.OUTCOME),
    ):
        # A quantity has two characters at least, so that most texts are not counted.
        if len(text) > MAX_TEXT or (
            len(text) > 2 * MAX_QUANTITIES
            and len(find_quantities(text, role)) > MAX_QUANTITIES
        ):
            return name
    for i, row in enumerate(form.indicators):
        for name in _TEXT_KEYS:
            if len(getattr(row, name) or "") > MAX_TEXT:
                return f"indicators[{i}].{name}"
    return None


def analyze_form(
    form: Form,
    *,
    profile: Profile,
    config_hash: str,
    record_id: str | int | float | bool | None,
    source: Source | None,
    suppress: tuple[Suppression, ...] = (),
    ocr: str | None = None,
) -> Record:
    """Everything that is understood of a form, as the record others rely on.

    A form that is beyond the limits (``bounded``) keeps its texts and its notes.
    """
    skipped = is_beyond_limits(form)
    goal = read_text(None if skipped else form.goal_text, Role.GOAL)
    outcome = read_text(None if skipped else form.outcome_text, Role.OUTCOME)
    match = match_form(goal, outcome, () if skipped else form.indicators)
    view = _view(form, profile, goal, outcome, match)
    flags = note_flags(view) if skipped else raise_flags(view)
    return Record(
        schema_version=SCHEMA_VERSION,
        id=record_id,
        produced_by=ProducedBy(__version__, profile.name, config_hash, ocr),
        source=source,
        document_type=form.document_type,
        year=form.year,
        project_name=form.project_name,
        department=form.department,
        unit=form.unit,
        currency_unit=form.currency_unit,
        funds=form.funds,
        goal_text=form.goal_text,
        outcome_text=form.outcome_text,
        targets=goal.quantities,
        outcomes=outcome.quantities,
        goal_statements=match.statements,
        links=match.links,
        unmatched_targets=match.unmatched_targets,
        unmatched_outcomes=match.unmatched_outcomes,
        indicators=match.indicators,
        total_score=form.total_score,
        rating=form.rating,
        flags=drop_suppressed(
            flags,
            suppress,
            units=(form.unit, form.department),
            path=source.path if source else None,
        ),
        provenance=form.provenance if source else None,
    )


def _view(
    form: Form,
    profile: Profile,
    goal: Reading,
    outcome: Reading,
    match: MatchResult,
) -> FormView:
    """What flags look at."""
    return FormView(
        form=form,
        profile=profile,
        targets=goal.quantities,
        outcomes=outcome.quantities,
        statements=match.statements,
        links=match.links,
        unmatched_targets=match.unmatched_targets,
        indicators=match.indicators,
    )


_TEXT_KEYS = ("level1", "level2", "name", "target_text", "actual_text", "deviation")
_NUMBER_KEYS = ("weight", "score")


def form_from_texts(
    *,
    goal_text: str | None,
    outcome_text: str | None,
    indicators: Sequence[Mapping[str, object]] = (),
    year: int | None = None,
) -> Form:
    """A form of texts that a caller already has; kept exactly as given."""
    return Form(
        year=year,
        goal_text=goal_text or None,
        outcome_text=outcome_text or None,
        indicators=tuple(_row(i, entry) for i, entry in enumerate(indicators)),
    )


def _row(index: int, entry: Mapping[str, object]) -> IndicatorRow:
    texts = {key: str(entry[key]) for key in _TEXT_KEYS if _is_told(entry.get(key))}
    numbers = {key: _number(entry.get(key)) for key in _NUMBER_KEYS}
    deviation = texts.get("deviation")
    return IndicatorRow(
        row=index,
        **texts,
        **numbers,
        amended=find_amendment(deviation) if deviation else None,
    )


def _is_told(value: object) -> bool:
    return value is not None and value != ""


def _number(value: object) -> str | None:
    """10, "1,200.00" or "10分" as a decimal string; anything else is no number."""
    return number_in(str(value)) if _is_told(value) else None
