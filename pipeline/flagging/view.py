"""What the rules look at: a finished form, read only."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from pipeline.core.flag import Evidence
from pipeline.core.form import Form
from pipeline.core.link import Link
from pipeline.core.quantity import Quantity
from pipeline.core.record import IndicatorRecord
from pipeline.core.statement import Statement
from pipeline.flagging.profiles import Profile
from pipeline.language.clauses import after_stop

if TYPE_CHECKING:
    from pipeline.flagging.archive import ArchiveView

# ``indicators[3].score``; also a bare ``indicators[3]``, which has no text.
_ITEM = re.compile(r"(indicators|funds)\[(\d+)\](?:\.(\w+))?")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FormView:
    """A form with everything that was understood of it.

    Indexes in ``links``, ``statements`` and ``indicators`` count in ``targets``
    and ``outcomes``, as in the record. ``archive`` is there only where several
    forms were seen.
    """

    form: Form
    profile: Profile
    targets: tuple[Quantity, ...] = ()
    outcomes: tuple[Quantity, ...] = ()
    statements: tuple[Statement, ...] = ()
    links: tuple[Link, ...] = ()
    unmatched_targets: tuple[int, ...] = ()
    indicators: tuple[IndicatorRecord, ...] = ()
    archive: ArchiveView | None = None
    known: dict[Hashable, object] = field(default_factory=dict, compare=False)
    """What several rules ask for, worked out once (see ``once``)."""


def once(view: FormView, key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` gives for the form; the same key always means the same thing."""
    if key not in view.known:
        view.known[key] = make()
    found: T = view.known[key]  # type: ignore[assignment]
    return found


_PLANS = ("goal_declaration", "dept_goal", "adjust")


def is_plan(view: FormView) -> bool:
    """Whether a form states goals only: it has no room for what became of them."""
    form = view.form
    return (
        form.document_type in _PLANS
        and form.outcome_text is None
        and not any(row.actual_text for row in view.indicators)
    )


def is_part(view: FormView) -> bool:
    """Whether cells of the indicator table were left out, so that no sum is whole."""
    return any(
        n.code == "reading_doubt" and n.field == "indicators" for n in view.form.notes
    )


def field_text(view: FormView, field: str) -> str | None:
    """The text of a field of the record by its path; None when not found."""
    if field in ("goal_text", "outcome_text"):
        told: str | None = getattr(view.form, field)
        return told
    item = _ITEM.fullmatch(field)
    if item is None:
        text: object = getattr(view.form, field)
    elif item[3] is None:
        return None
    else:
        rows = view.indicators if item[1] == "indicators" else view.form.funds
        text = getattr(rows[int(item[2])], item[3])
    return text if isinstance(text, str) else None


def evidence(
    view: FormView, field: str, start: int | None = None, end: int | None = None
) -> Evidence:
    """A place in a field: the whole text by default, nulls when it is empty."""
    return _evidence(view, field, field_text(view, field), start, end)


def _evidence(
    view: FormView, field: str, text: str | None, start: int | None, end: int | None
) -> Evidence:
    place = view.form.provenance.get(field)
    page, bbox = (place.page, place.bbox) if place else (None, None)
    if not text:
        return Evidence(field, page=page, bbox=bbox)
    start = 0 if start is None else start
    end = len(text) if end is None else end
    return Evidence(field, start, end, text[start:end], page, bbox)


def absence(view: FormView, field: str) -> Evidence:
    """Evidence that something does not stand in a field that may hold text."""
    place = view.form.provenance.get(field)
    if place is None:
        return Evidence(field)
    return Evidence(field, page=place.page, bbox=place.bbox)


def target_evidence(view: FormView, indexes: Iterable[int]) -> tuple[Evidence, ...]:
    """The quotes of targets in the goal text."""
    return tuple(
        evidence(view, "goal_text", view.targets[i].start, view.targets[i].end)
        for i in indexes
    )


def outcome_evidence(view: FormView, indexes: Iterable[int]) -> tuple[Evidence, ...]:
    """The quotes of outcomes in the outcome text."""
    return tuple(
        evidence(view, "outcome_text", view.outcomes[i].start, view.outcomes[i].end)
        for i in indexes
    )


def row_evidence(view: FormView, index: int, *fields: str) -> tuple[Evidence, ...]:
    """Whole cells of an indicator row."""
    row = view.indicators[index]
    return tuple(
        _evidence(view, f"indicators[{index}].{name}", getattr(row, name), None, None)
        for name in fields
    )


def rows_of_targets(view: FormView, targets: Iterable[int]) -> tuple[int, ...]:
    """Indexes of the indicator rows that are linked with any of the targets."""
    wanted = set(targets)
    return tuple(
        i for i, row in enumerate(view.indicators) if wanted.intersection(row.targets)
    )


def row_label(row: IndicatorRecord) -> str:
    """What to call a row in a message: its name, or its place."""
    return clip(row.name, 30) if row.name else f"第{row.row + 1}行"


def labels_of(view: FormView, indexes: Sequence[int]) -> str:
    """The first few rows by their names, for a message."""
    names = "、".join(row_label(view.indicators[i]) for i in indexes[:_NAMED])
    return f"{names}等" if len(indexes) > _NAMED else names


def unit_of_money(view: FormView) -> str:
    """The currency unit as printed (万元); empty where the form names none."""
    return view.form.currency_unit or ""


def called(row: IndicatorRecord) -> str:
    """The name of a row with those of its levels: 成本指标 says what money is."""
    return f"{row.level1 or ''}{row.level2 or ''}{row.name or ''}"


# So many rows are named in a message.
_NAMED = 3
# What ends the words that belong to a number, and how many of them are shown.
_STOPS = "，,、；;。：:！!？?\n>"
_WORDS, _TOLD = 20, 80
# The number of an item is no part of what it says.
_LIST_MARK = re.compile(
    r"^(?:[（(]?[\d一二三四五六七八九十]{1,3}[）).．](?!\d)|[一二三四五六七八九十]是|[①-⑳])\s*"
)


def with_words(text: str, quantity: Quantity) -> str:
    """A number with the words before it, back to the last stop: 修桥2座 for 2座."""
    begin = after_stop(_STOPS, text, 0, quantity.start)
    before = text[begin : quantity.start].lstrip()
    if "（" in before and "）" not in before:
        before = before.rpartition("（")[2]  # 强检17.3万台件（含四表7.6万只
    before = _LIST_MARK.sub("", before)
    if len(before) > _WORDS:
        before = f"…{before[-_WORDS:]}"
    return before + quantity.quote


def told_as(view: FormView, field: str, quantities: Iterable[Quantity]) -> str:
    """Numbers of the goal or outcome text for a message, each with its words."""
    text = field_text(view, field) or ""
    return clip("、".join(with_words(text, q) for q in quantities), _TOLD)


def clip(text: str, limit: int = 40) -> str:
    """A quote on one line for a message, shortened in the middle of nothing."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
