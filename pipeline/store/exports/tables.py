"""The tables as people get to see them: which columns, in which order, masked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.resources import load_toml
from pipeline.store import schema
from pipeline.store.connect import corrupt
from pipeline.store.privacy import IDENTIFIERS, NUMBERS, mask

Value = str | int | float | bool | Decimal | None
_BATCH = 1000

DECIMALS = NUMBERS | {"value_text", "value_high_text"}
"""Columns with a number as printed, kept as text in the database."""

# Keys, hashes and times: never masked.
_KEYS = IDENTIFIERS | {"form_id", "run_key", "started_at", "finished_at"}
# Too long for a cell, or twice the same thing.
_HIDDEN = {
    "documents": {"text", "attempts", "attempt_key"},
    "forms": {"record"},
    "quantities": {"value", "value_high"},
}
_VALUES = {
    ("documents", "status"): "document_status",
    ("indicators", "status"): "indicator_status",
    ("goal_statements", "kind"): "statement_kind",
    ("funds", "kind"): "fund_kind",
    ("link_members", "kind"): "member_kind",
    ("quantities", "role"): "role",
    ("quantities", "comparator"): "comparator",
    ("targets", "comparator"): "comparator",
    ("flags", "severity"): "severity",
    ("links", "verdict"): "verdict",
    ("targets", "verdict"): "verdict",
}
# Codes that have their words in the report.
_REPORT_WORDS = {
    ("documents", "reason"): "reason",
    ("forms", "document_type"): "document_type",
    ("forms", "read_by"): "read_by",
    ("links", "method"): "method",
    ("targets", "method"): "method",
}
_UNANSWERED = "none"

_f, _q, _l = schema.forms.c, schema.quantities.c, schema.links.c

_ROLES = ("target", "outcome", "indicator_target", "indicator_actual")
_ROLE_ORDER = sa.case({role: n for n, role in enumerate(_ROLES)}, value=_q.role)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of an export: its name, its column names, what to select."""

    name: str
    columns: tuple[str, ...]
    query: sa.Select[Any]

    @property
    def title(self) -> str:
        """The Chinese name."""
        return str(load_toml("exports.toml")["sheets"][self.name])

    def headings(self) -> list[str]:
        """The Chinese column names."""
        words = load_toml("exports.toml")
        own = words["columns_of"].get(self.name, {})
        return [str(own.get(c) or words["columns"][c]) for c in self.columns]

    def display(self, row: tuple[Value, ...]) -> list[Value]:
        """A row with codes (met, high …) and booleans in Chinese."""
        return [
            self._shown(column, value)
            for column, value in zip(self.columns, row, strict=True)
        ]

    def _shown(self, column: str, value: Value) -> Value:
        place = self.name, column
        words = load_toml("exports.toml")["values"]
        if isinstance(value, bool):
            return str(words["boolean"][str(value).lower()])
        if value is None and place == ("targets", "verdict"):
            value = _UNANSWERED
        if isinstance(value, str) and place in _VALUES:
            return str(words[_VALUES[place]].get(value, value))
        if isinstance(value, str) and place in _REPORT_WORDS:
            entry = load_toml("report.toml")[_REPORT_WORDS[place]].get(value)
            return str(entry["zh"]) if entry else value
        return value


def sheets() -> tuple[Sheet, ...]:
    """Every table, the ones that people look at first in front."""
    c = schema
    return (
        _plain(c.documents, c.documents.c.path),
        _plain(c.forms, _f.path, _f.form_index),
        _of_form(c.flags, c.flags.c.seq),
        _of_form(c.links, _l.target),
        _of_form(c.funds, c.funds.c.seq),
        _of_form(c.goal_statements, c.goal_statements.c.seq),
        _of_form(c.quantities, _ROLE_ORDER, _q.seq),
        _of_form(c.indicators, c.indicators.c.seq),
        _of_form(c.link_members, *c.link_members.primary_key.columns),
        _plain(c.reviews, c.reviews.c.decided_at, c.reviews.c.id),
        _plain(c.runs, c.runs.c.id),
    )


def targets() -> Sheet:
    """One line per target of a goal text, with what answers it and the verdict."""
    columns = {
        "path": _f.path,
        "form_index": _f.form_index,
        "year": _f.year,
        "project_name": _f.project_name,
        "department": _f.department,
        "implementing_unit": _f.unit,
        "seq": _q.seq,
        "quote": _q.quote,
        "subject": _q.subject,
        "comparator": _q.comparator,
        "value_text": _q.value_text,
        "value_high_text": _q.value_high_text,
        "unit": _q.unit,
        "per": _q.per,
        "outcome_quotes": _l.outcome_quotes,
        "verdict": _l.verdict,
        "confidence": _l.confidence,
        "method": _l.method,
        "explanation": _l.explanation,
        "page": _f.goal_page,
        "form_id": _f.id,
    }
    query = (
        sa.select(*(column.label(name) for name, column in columns.items()))
        .select_from(schema.quantities)
        .join(schema.forms, _f.id == _q.form_id)
        .outerjoin(schema.links, (_l.form_id == _q.form_id) & (_l.target == _q.seq))
        .where(_q.role == "target")
        .order_by(_f.path, _f.form_index, _q.seq)
    )
    return Sheet("targets", tuple(columns), query)


def _plain(table: sa.Table, *order: sa.Column[Any]) -> Sheet:
    columns = _shown(table)
    query = sa.select(*columns).order_by(*order)
    return Sheet(table.name, tuple(c.name for c in columns), query)


def _of_form(table: sa.Table, *order: sa.ColumnElement[Any]) -> Sheet:
    """A table of a form's parts, each line saying first whose it is."""
    own = [c for c in _shown(table) if c.name != "form_id"]
    columns = [_f.path, _f.form_index, _f.project_name, *own, table.c.form_id]
    query = (
        sa.select(*columns)
        .select_from(table)
        .join(schema.forms, _f.id == table.c.form_id)
        .order_by(_f.path, _f.form_index, *order)
    )
    return Sheet(table.name, tuple(c.name for c in columns), query)


def _shown(table: sa.Table) -> list[sa.Column[Any]]:
    hidden = _HIDDEN.get(table.name, set())
    return [c for c in table.columns if c.name not in hidden]


def rows(
    connection: Connection, sheet: Sheet, *, keep_personal_data: bool
) -> Iterator[tuple[Value, ...]]:
    """The rows of a sheet, streamed; texts masked unless told otherwise."""
    streaming = connection.execution_options(yield_per=_BATCH)
    masked = [
        not keep_personal_data and name not in _KEYS and name not in DECIMALS
        for name in sheet.columns
    ]
    for row in streaming.execute(sheet.query):
        if any(
            isinstance(value, bytes) for value in row
        ):  # no column of ours is binary
            raise corrupt(connection.engine.url, sheet.name)
        yield tuple(
            mask(value) if hide and isinstance(value, str) else value
            for hide, value in zip(masked, row, strict=True)
        )
