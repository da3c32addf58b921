"""Small forms from plain data, as models/flags.toml writes its examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipeline.core.flag import Flag
from pipeline.core.form import Amendment, Form, FundRow, IndicatorRow, ReadingNote
from pipeline.core.link import IndicatorStatus, Link, Verdict
from pipeline.core.provenance import Provenance
from pipeline.core.quantity import Comparator, Quantity
from pipeline.core.record import IndicatorRecord
from pipeline.core.statement import Clarity, Statement, StatementKind
from pipeline.flagging import FormView, load_profile, raise_flags
from pipeline.flagging.archive import Amount, ArchivedForm, ArchivedRow, ArchiveView

Raw = Mapping[str, Any]


def view_of(
    raw: Raw,
    *,
    profile: str = "mof2020",
    provenance: Mapping[str, Provenance] | None = None,
) -> FormView:
    """A view with defaults for all that the sketch leaves out."""
    goal, outcome = raw.get("goal_text"), raw.get("outcome_text")
    rows = tuple(_record(i, r) for i, r in enumerate(raw.get("indicators", ())))
    form = Form(
        year=raw.get("year"),
        project_name=raw.get("project_name"),
        unit=raw.get("unit"),
        funds=tuple(
            FundRow(**({"kind": "total", "label": "年度资金总额"} | dict(r)))
            for r in raw.get("funds", ())
        ),
        goal_text=goal,
        outcome_text=outcome,
        indicators=tuple(_printed(r) for r in rows),
        reason_text=raw.get("reason_text"),
        total_weight=raw.get("total_weight"),
        total_score=raw.get("total_score"),
        rating=raw.get("rating"),
        document_type=raw.get("document_type", "project_selfeval"),
        provenance=provenance or {},
        notes=tuple(ReadingNote(**n) for n in raw.get("notes", ())),
    )
    return FormView(
        form=form,
        profile=load_profile(profile),
        targets=quantities(goal, raw.get("targets", ())),
        outcomes=quantities(outcome, raw.get("outcomes", ())),
        statements=tuple(_statement(goal, s) for s in raw.get("statements", ())),
        links=tuple(_link(k) for k in raw.get("links", ())),
        indicators=rows,
        archive=_archive(raw["archive"]) if "archive" in raw else None,
    )


def _archive(raw: Sequence[Raw]) -> ArchiveView:
    """Other forms: each is looked at both as a past year and as a possible source."""
    forms = tuple(
        ArchivedForm(
            year=entry.get("year"),
            project=entry.get("project_name"),
            unit=entry.get("unit"),
            tasks=tuple(entry.get("tasks", ())),
            rows=tuple(_archived_row(r) for r in entry.get("rows", ())),
        )
        for entry in raw
    )
    return ArchiveView(earlier=forms, alike=forms)


def _archived_row(raw: Raw) -> ArchivedRow:
    quote, comparator, value, unit = raw["actual"]
    amount = Amount(quote, Comparator(comparator), Decimal(str(value)), unit)
    return ArchivedRow(name=raw["name"], actual=amount)


def raised(raw: Raw, code: str) -> list[Flag]:
    """The flags of one code that a sketch raises."""
    return [f for f in raise_flags(view_of(raw)) if f.code == code]


def quantities(text: str | None, raw: Sequence[Sequence[Any]]) -> tuple[Quantity, ...]:
    """``[quote, comparator, value, unit, subject]`` found in order in the text."""
    found, at = [], 0
    for item in raw:
        quantity = quantity_of(text, item, at)
        at = quantity.end
        found.append(quantity)
    return tuple(found)


def quantity_of(text: str | None, raw: Sequence[Any], at: int = 0) -> Quantity:
    quote, comparator, value, unit, *rest = raw
    assert text is not None
    start = text.index(quote, at)
    return Quantity(
        quote=quote,
        start=start,
        end=start + len(quote),
        subject=rest[0] if rest else "",
        comparator=Comparator(comparator),
        value=Decimal(str(value)),
        value_high=Decimal(str(rest[1])) if len(rest) > 1 else None,
        unit=unit or None,
    )


def _record(index: int, raw: Raw) -> IndicatorRecord:
    texts = {
        name: raw.get(name)
        for name in (
            *("level1", "level2", "name", "target_text", "actual_text"),
            *("weight", "score", "deviation"),
        )
    }
    target, actual = raw.get("target"), raw.get("actual")
    amended = raw.get("amended")
    return IndicatorRecord(
        row=index,
        **texts,
        target=quantity_of(texts["target_text"], target) if target else None,
        actual=quantity_of(texts["actual_text"], actual) if actual else None,
        status=IndicatorStatus(raw.get("status", "unparseable")),
        amended=Amendment(**amended) if amended else None,
        targets=tuple(raw.get("targets", ())),
        outcomes=tuple(raw.get("outcomes", ())),
    )


def _printed(row: IndicatorRecord) -> IndicatorRow:
    names = IndicatorRow.__dataclass_fields__
    return IndicatorRow(**{name: getattr(row, name) for name in names})


def _statement(goal: str | None, raw: Raw) -> Statement:
    assert goal is not None
    start = goal.index(raw["quote"])
    return Statement(
        quote=raw["quote"],
        start=start,
        end=start + len(raw["quote"]),
        kind=StatementKind(raw.get("kind", "task")),
        quantified=raw.get("quantified", False),
        vague=raw.get("vague", False),
        has_outcome=raw.get("has_outcome"),
        clarity=Clarity(50),
        targets=tuple(raw.get("targets", ())),
    )


def _link(raw: Raw) -> Link:
    return Link(
        target=raw["target"],
        outcomes=tuple(raw.get("outcomes", ())),
        verdict=Verdict(raw["verdict"]),
        candidates=tuple(raw.get("candidates", ())),
        confidence=raw.get("confidence", 0.9),
        method=raw.get("method", "direct"),
        explanation="",
    )
