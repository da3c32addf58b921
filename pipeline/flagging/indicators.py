"""Group E: how the indicators are designed, and whether they were changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.core.flag import Severity
from pipeline.core.quantity import Comparator, Quantity
from pipeline.core.record import IndicatorRecord
from pipeline.flagging.catalogue import cue
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import amount, is_rate, is_unfilled
from pipeline.flagging.view import FormView, clip, evidence, row_evidence, row_label
from pipeline.language.fold import fold

_SEPARATORS = re.compile(r"[，,、；;。\s]+")
_BARE_NUMBER = re.compile(r"[≥≤＞＜><=＝≧≦]*\d+(?:\.\d+)?")
# A table this small may be an excerpt of the indicators.
_WHOLE_TABLE = 3


def _note(row: IndicatorRecord) -> str:
    return row.deviation or ""


def _says_changed(row: IndicatorRecord, words: str) -> bool:
    """Whether the note tells of a change that was made; plans are none."""
    note = _note(row)
    return any(
        cue("change_planned").search(note[max(0, m.start() - 12) : m.start()]) is None
        for m in cue(words).finditer(note)
    )


@flag("indicator_changed_posthoc")
def indicator_changed_posthoc(view: FormView) -> Iterator[Finding]:
    """The deviation column says that the indicator was changed; medium if approved."""
    for i, row in enumerate(view.indicators):
        if row.amended is None and not _says_changed(row, "changed"):
            continue
        place = f"indicators[{i}].deviation"
        yield Finding(
            (evidence(view, place),),
            {"row": row_label(row), "quote": clip(_note(row), 60)},
            Severity.MEDIUM if cue("approved").search(_note(row)) else None,
        )


@flag("indicator_value_changed_posthoc")
def indicator_value_changed_posthoc(view: FormView) -> Iterator[Finding]:
    """The same of the target value."""
    for i, row in enumerate(view.indicators):
        amended = row.amended is not None and row.amended.target_text is not None
        if not amended and not _says_changed(row, "value_changed"):
            continue
        yield Finding(
            row_evidence(view, i, "target_text", "deviation"),
            {"row": row_label(row), "target": clip(row.target_text or "未填")},
            Severity.MEDIUM if cue("approved").search(_note(row)) else None,
        )


@flag("indicator_missing_dimension")
def indicator_missing_dimension(view: FormView) -> Iterator[Finding]:
    """No output or no benefit indicator in a project form that names its levels."""
    if not view.form.document_type.startswith("project"):
        return
    levels = [fold(row.level1 or "") for row in view.indicators]
    if len(levels) < _WHOLE_TABLE or not all(levels):
        return
    missing = [
        kind
        for kind, words in (("产出", "产出"), ("效益", "效益|效果"))
        if not any(re.search(words, level) for level in levels)
    ]
    if missing and len(missing) < 2:
        yield Finding(
            tuple(
                e for i in range(len(levels)) for e in row_evidence(view, i, "level1")
            ),
            {"missing": "、".join(missing)},
        )


@flag("indicator_target_missing")
def indicator_target_missing(view: FormView) -> Iterator[Finding]:
    """A named or weighted row without a target value.

    A whole empty column is rather one that we did not recognise: one finding.
    """
    empty = [i for i, row in enumerate(view.indicators) if _no_target(row)]
    if not empty:
        return
    if len(empty) == len(view.indicators) > 1:
        cells = (e for i in empty for e in row_evidence(view, i, "target_text"))
        yield Finding(
            tuple(cells), {"count": len(empty)}, Severity.MEDIUM, 0.5, variant="all"
        )
        return
    for i in empty:
        yield Finding(
            row_evidence(view, i, "target_text"),
            {"row": row_label(view.indicators[i])},
        )


def _no_target(row: IndicatorRecord) -> bool:
    named = row.name is not None or amount(row.weight) is not None
    return named and is_unfilled(row.target_text)


@flag("indicator_target_vague")
def indicator_target_vague(view: FormView) -> Iterator[Finding]:
    """A qualitative target made of nothing but adjectives and verbs of increase."""
    for i, row in enumerate(view.indicators):
        if row.target is not None or row.target_text is None:
            continue
        pieces = [p for p in _SEPARATORS.split(row.target_text) if p]
        if pieces and all(cue("vague_target").fullmatch(p) for p in pieces):
            yield Finding(
                row_evidence(view, i, "target_text"),
                {"row": row_label(row), "target": clip(row.target_text)},
            )


@flag("indicator_placeholder")
def indicator_placeholder(view: FormView) -> Iterator[Finding]:
    """Template fillers that were never replaced."""
    for i, row in enumerate(view.indicators):
        for name in ("name", "target_text", "actual_text"):
            text = "".join((getattr(row, name) or "").split())
            if text and cue("placeholder").fullmatch(text):
                yield Finding(
                    row_evidence(view, i, name),
                    {"row": row_label(row), "quote": clip(text)},
                )
                break


@flag("indicator_unit_missing")
def indicator_unit_missing(view: FormView) -> Iterator[Finding]:
    """A bare number as target where the name does not say what is counted."""
    for i, row in enumerate(view.indicators):
        text = "".join((row.target_text or "").split())
        if row.target is None or row.target.unit or not _BARE_NUMBER.fullmatch(text):
            continue
        if row.target.value and cue("unitless").search(row.name or "") is None:
            yield Finding(
                row_evidence(view, i, "target_text"),
                {"row": row_label(row), "target": clip(text)},
            )


@flag("cost_lower_bound")
def cost_lower_bound(view: FormView) -> Iterator[Finding]:
    """A cost indicator whose target is a lower bound; savings are none."""
    for i, row in enumerate(view.indicators):
        levels = (row.level1 or "") + (row.level2 or "")
        bound = row.target is not None and row.target.comparator in (
            Comparator.AT_LEAST,
            Comparator.MORE,
        )
        saving = cue("saving").search(row.name or "") is not None
        if bound and "成本" in levels and not saving:
            yield Finding(
                row_evidence(view, i, "target_text"),
                {"row": row_label(row), "target": clip(row.target_text or "")},
            )


@flag("percent_over_100")
def percent_over_100(view: FormView) -> Iterator[Finding]:
    """A share that by its nature ends at 100 % is above it."""
    for i, row in enumerate(view.indicators):
        if cue("closed_rate").search(row.name or "") is None:
            continue
        for name, quantity in (
            ("target_text", row.target),
            ("actual_text", row.actual),
        ):
            if quantity is not None and _over_100(quantity):
                yield Finding(
                    row_evidence(view, i, name),
                    {"row": row_label(row), "quote": clip(quantity.quote)},
                )


def _over_100(quantity: Quantity) -> bool:
    unit = quantity.unit
    return is_rate(unit) and unit in ("%", "％") and quantity.value > 100


@flag("duplicate_indicator")
def duplicate_indicator(view: FormView) -> Iterator[Finding]:
    """The same name and target twice under the same levels."""
    seen: dict[tuple[str, ...], int] = {}
    for i, row in enumerate(view.indicators):
        if row.name is None:
            continue
        fields = (row.level1, row.level2, row.name, row.target_text)
        key = tuple("".join((f or "").split()) for f in fields)
        if key in seen:
            first = seen[key]
            yield Finding(
                (*row_evidence(view, first, "name"), *row_evidence(view, i, "name")),
                {"row": row_label(row)},
            )
        else:
            seen[key] = i
