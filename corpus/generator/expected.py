"""What a reader must give for a form printed in a layout."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from corpus.generator.grid import goal_items
from corpus.generator.layouts import Layout
from corpus.generator.spec import FormSpec, clean
from pipeline.core.form import Form, FundRow

#: Fields of a form that a sample document is tested on.
TESTED = (
    "document_type",
    "year",
    "project_name",
    "department",
    "unit",
    "currency_unit",
    "funds",
    "goal_text",
    "outcome_text",
    "indicators",
    "total_weight",
    "total_score",
    "rating",
)


def expected_form(spec: FormSpec, layout: Layout, *, with_goal: bool = True) -> Form:
    """The form as printed: fields that the layout does not print are None."""
    goal, outcome = clean(spec.goal_text), clean(spec.outcome_text)
    items = goal_items(spec) if layout.goal_style == "rows" else ()
    if items:
        goal = "\n".join(g for g, _ in items)
        outcome = "\n".join(o for _, o in items)
    return Form(
        document_type=spec.document_type,
        year=spec.year,
        project_name=spec.project_name,
        department=spec.department,  # a name is read without its code
        unit=spec.unit,
        currency_unit=spec.currency_unit,
        funds=expected_funds(spec, layout),
        goal_text=goal if with_goal else None,
        outcome_text=outcome if with_goal else None,
        indicators=spec.indicators,
        total_weight=spec.total_weight if layout.prints_total_weight else None,
        total_score=spec.total_score,
        rating=spec.rating if layout.rating_label else None,
    )


def expected_funds(spec: FormSpec, layout: Layout) -> tuple[FundRow, ...]:
    """The fund rows with the printed columns only."""
    printed = {field for field, _ in layout.fund_columns}
    rows = []
    for index, fund in enumerate(spec.funds):
        fields = set(printed)
        if index == 0 and layout.execution_row:
            fields |= {"weight", "score"}
        rows.append(
            FundRow(
                kind=fund.kind,
                label=fund.label,
                **{name: getattr(fund, name) for name in fields},
            )
        )
    return tuple(rows)


def to_plain(form: Form) -> dict[str, Any]:
    """The tested fields of a form as JSON values."""
    plain = asdict(replace(form, provenance={}))
    return {name: plain[name] for name in TESTED}
