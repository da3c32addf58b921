"""Group E: how the indicators are designed, and whether they were changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.core.flag import Severity
from pipeline.core.quantity import Comparator, Quantity
from pipeline.core.record import IndicatorRecord
from pipeline.flagging.catalogue import cue
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import amount, has_digit, is_rate, is_unfilled
from pipeline.flagging.view import (
    FormView,
    clip,
    evidence,
    is_part,
    row_evidence,
    row_label,
)
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
    return bool(note) and any(
        cue("change_planned").search(note[max(0, m.start() - 12) : m.start()]) is None
        for m in cue(words).finditer(note)
    )


def _changed(row: IndicatorRecord) -> bool:
    """Whether more than the value was changed: the name, or the row as a whole."""
    if row.amended is not None and row.amended.name is not None:
        return True
    if _says_changed(row, "changed_as_a_whole"):
        return True
    return _says_changed(row, "changed") and not _says_changed(row, "value_changed")


@flag("indicator_changed_posthoc")
def indicator_changed_posthoc(view: FormView) -> Iterator[Finding]:
    """The deviation column says that the indicator was changed; medium if approved.

    It carries a change of the value that goes with it.
    """
    for i, row in enumerate(view.indicators):
        if not _changed(row):
            continue
        place = f"indicators[{i}].deviation"
        yield Finding(
            (evidence(view, place),),
            {"row": row_label(row), "quote": clip(_note(row), 60)},
            Severity.MEDIUM if cue("approved").search(_note(row)) else None,
        )


@flag("indicator_value_changed_posthoc")
def indicator_value_changed_posthoc(view: FormView) -> Iterator[Finding]:
    """Only the target value was changed, not the indicator that it belongs to."""
    for i, row in enumerate(view.indicators):
        amended = row.amended is not None and row.amended.target_text is not None
        if _changed(row) or not (amended or _says_changed(row, "value_changed")):
            continue
        yield Finding(
            row_evidence(view, i, "target_text", "deviation"),
            {
                "row": row_label(row),
                "target": clip(row.target_text or "未填"),
                "quote": clip(_note(row), 60),
            },
            Severity.MEDIUM if cue("approved").search(_note(row)) else None,
        )


@flag("indicator_missing_dimension")
def indicator_missing_dimension(view: FormView) -> Iterator[Finding]:
    """No output or no benefit indicator in a project form that names its levels."""
    if not view.form.document_type.startswith("project") or is_part(view):
        return
    levels = [fold(row.level1 or "") for row in view.indicators]
    if len(levels) < _WHOLE_TABLE or not all(levels):
        return
    missing = [
        kind
        for kind, words in (("产出", "output_level"), ("效益", "benefit_level"))
        if not any(cue(words).search(level) for level in levels)
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

    A whole empty column is rather one that we did not recognise: one finding; a
    value put into its column by us weakens the rest.
    """
    lost = {n.field for n in view.form.notes if n.code == "cells_lost"}
    empty = [
        i
        for i, row in enumerate(view.indicators)
        if _no_target(row) and f"indicators[{i}]" not in lost
    ]
    if not empty:
        return
    if len(empty) == len(view.indicators) > 1:
        cells = (e for i in empty for e in row_evidence(view, i, "target_text"))
        yield Finding(
            tuple(cells), {"count": len(empty)}, Severity.MEDIUM, 0.5, variant="all"
        )
        return
    moved = {n.field for n in view.form.notes if n.code == "table_misaligned"}
    for i in empty:
        # Of one value left in a row whose cells had moved, we only guess the column.
        row = view.indicators[i]
        guessed = f"indicators[{i}]" in moved and has_digit(row.actual_text)
        # 见方案: a value may stand where it points to.
        guessed = guessed or not is_unfilled(row.target_text)
        yield Finding(
            row_evidence(view, i, "target_text"),
            {"row": row_label(row)},
            Severity.MEDIUM if guessed else None,
            0.5 if guessed else None,
        )


def _no_target(row: IndicatorRecord) -> bool:
    named = row.name is not None or amount(row.weight) is not None
    said = _closed_up(row.target_text)
    empty = is_unfilled(row.target_text) or cue("target_unset").fullmatch(said)
    return named and bool(empty or cue("elsewhere").fullmatch(said.strip("（）()。")))


@flag("indicator_target_vague")
def indicator_target_vague(view: FormView) -> Iterator[Finding]:
    """Targets made of nothing but adjectives and verbs of increase: one per form."""
    rows = [i for i, row in enumerate(view.indicators) if _vague_target(row)]
    if rows:
        named = [
            f"{row_label(row)}“{clip(row.target_text or '')}”"
            for row in (view.indicators[i] for i in rows)
        ]
        yield Finding(
            tuple(e for i in rows for e in row_evidence(view, i, "target_text")),
            {"count": len(rows), "rows": "、".join(named)},
        )


def _closed_up(text: str | None) -> str:
    """A cell without the spaces and line ends of its layout."""
    return "".join((text or "").split())


def _vague_target(row: IndicatorRecord) -> bool:
    if row.target is not None or row.target_text is None:
        return False
    pieces = [p for p in _SEPARATORS.split(row.target_text) if p]
    return bool(pieces) and all(cue("vague_target").fullmatch(p) for p in pieces)


@flag("indicator_placeholder")
def indicator_placeholder(view: FormView) -> Iterator[Finding]:
    """Template fillers that were never replaced."""
    for i, row in enumerate(view.indicators):
        for name in ("name", "target_text", "actual_text"):
            text = _closed_up(getattr(row, name))
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


@flag("indicator_wrong_class")
def indicator_wrong_class(view: FormView) -> Iterator[Finding]:
    """A row under a level-2 name that its own name or unit does not belong to."""
    for i, row in enumerate(view.indicators):
        due = _due_class(row)
        if due is not None:
            yield Finding(
                row_evidence(view, i, "level2", "name", "target_text"),
                {"row": row_label(row), "level": clip(row.level2 or ""), "due": due},
            )


def _due_class(row: IndicatorRecord) -> str | None:
    """The class that the row speaks of, where it is surely another one."""
    level, name = fold(row.level2 or ""), row.name or ""
    unit = row.target.unit if row.target is not None else None
    if "数量" in level and unit == "元" and cue("input_money").search(name):
        return "成本指标"
    if "质量" in level and cue("timely_name").search(name):
        return "时效指标"
    if ("数量" in level or "质量" in level) and "满意度" in name:
        return "满意度指标"
    counted = unit is not None and cue("plain_count").fullmatch(unit)
    timed = cue("time_words").search(f"{name}{row.target_text or ''}")
    if "时效" in level and counted and not timed:
        return "数量指标"
    return None


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
    named = [(i, row) for i, row in enumerate(view.indicators) if row.name is not None]
    if len({_closed_up(row.name) for _, row in named}) == len(named):
        return  # in most tables
    seen: dict[tuple[str, ...], int] = {}
    for i, row in named:
        fields = (row.level1, row.level2, row.name, row.target_text)
        key = tuple(map(_closed_up, fields))
        if key in seen:
            first = seen[key]
            yield Finding(
                (*row_evidence(view, first, "name"), *row_evidence(view, i, "name")),
                {"row": row_label(row)},
            )
        else:
            seen[key] = i
