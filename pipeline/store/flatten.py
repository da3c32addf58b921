"""A record as rows of the tables, ready to insert."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.core.plain import dump_json, to_plain
from pipeline.core.quantity import Quantity
from pipeline.core.record import Record
from pipeline.store.rows import FlatForm, Rows, Value, clean

Row = dict[str, Value]


def flat_form(record: Record, path: str) -> FlatForm:
    """A record as rows; ``path`` is the document's key."""
    tables = {
        name: Rows(tuple(rows[0]), [tuple(row.values()) for row in rows])
        for name, rows in flatten(record, path).items()
        if rows
    }
    severities = tuple(str(flag.severity) for flag in record.flags)
    return FlatForm(str(record.id), severities, tables)


def flatten(record: Record, path: str) -> dict[str, list[Row]]:
    """All rows of a record by table name; ``path`` is the document's key."""
    form_id = str(record.id)
    rows: dict[str, Iterable[Row]] = {
        "forms": [_form(record, path)],
        "funds": _funds(record),
        "goal_statements": _statements(record),
        "quantities": _quantities(record),
        "indicators": _indicators(record),
        "links": _links(record),
        "link_members": _link_members(record),
        "flags": (flag_row(i, to_plain(f)) for i, f in enumerate(record.flags)),
    }
    keyed = {
        name: [row if name == "forms" else {"form_id": form_id, **row} for row in table]
        for name, table in rows.items()
    }
    return {name: [cleaned(row) for row in table] for name, table in keyed.items()}


def cleaned(row: Row) -> Row:
    """A row with nothing in its texts that a database refuses."""
    return {k: clean(v) if isinstance(v, str) else v for k, v in row.items()}


def _form(record: Record, path: str) -> Row:
    source, made = record.source, record.produced_by
    if source is None:
        raise ValueError("only records of documents are stored")
    return {
        "id": str(record.id),
        "path": path,
        "form_index": source.form_index,
        "document_type": record.document_type,
        "year": record.year,
        "project_name": record.project_name,
        "department": record.department,
        "unit": record.unit,
        "currency_unit": record.currency_unit,
        "goal_text": record.goal_text,
        "goal_page": _page(record, "goal_text"),
        "outcome_text": record.outcome_text,
        "outcome_page": _page(record, "outcome_text"),
        "total_score": record.total_score,
        "rating": record.rating,
        "pages": dump_json(list(source.pages)),
        "read_by": source.read_by,
        "ocr_confidence": source.ocr_confidence,
        "schema_version": record.schema_version,
        "version": made.version,
        "profile": made.profile,
        "config": made.config,
        "ocr": made.ocr,
        "record": record.to_json(),
    }


def _page(record: Record, field: str) -> int | None:
    place = (record.provenance or {}).get(field)
    return place.page if place else None


def _funds(record: Record) -> Iterator[Row]:
    for seq, fund in enumerate(record.funds):
        yield {
            "seq": seq,
            "kind": fund.kind,
            "label": fund.label,
            "initial_budget": fund.initial_budget,
            "full_budget": fund.full_budget,
            "executed": fund.executed,
            "weight": fund.weight,
            "execution_rate": fund.execution_rate,
            "score": fund.score,
        }


def _statements(record: Record) -> Iterator[Row]:
    for seq, statement in enumerate(record.goal_statements):
        yield {
            "seq": seq,
            "quote": statement.quote,
            "start_pos": statement.start,
            "end_pos": statement.end,
            "kind": statement.kind.value,
            "quantified": statement.quantified,
            "vague": statement.vague,
            "has_outcome": statement.has_outcome,
            "clarity": statement.clarity.score,
            "dimensions": dump_json(to_plain(statement.clarity.dimensions)),
            "cues": dump_json(to_plain(statement.clarity.cues)),
            "targets": dump_json(list(statement.targets)),
        }


def _quantities(record: Record) -> Iterator[Row]:
    loose = set(record.unmatched_targets)
    for seq, target in enumerate(record.targets):
        yield _quantity("target", seq, target, matched=seq not in loose)
    loose = set(record.unmatched_outcomes)
    for seq, outcome in enumerate(record.outcomes):
        yield _quantity("outcome", seq, outcome, matched=seq not in loose)
    for seq, row in enumerate(record.indicators):
        if row.target is not None:
            yield _quantity("indicator_target", seq, row.target, matched=None)
        if row.actual is not None:
            yield _quantity("indicator_actual", seq, row.actual, matched=None)


def _quantity(role: str, seq: int, quantity: Quantity, *, matched: bool | None) -> Row:
    # As text, which every database makes its number of; cheaper than a Decimal.
    value = format(quantity.value, "f")
    high = None if quantity.value_high is None else format(quantity.value_high, "f")
    return {
        "role": role,
        "seq": seq,
        "quote": quantity.quote,
        "start_pos": quantity.start,
        "end_pos": quantity.end,
        "subject": quantity.subject,
        "comparator": quantity.comparator.value,
        "value": value,
        "value_text": value,
        "value_high": high,
        "value_high_text": high,
        "unit": quantity.unit,
        "per": quantity.per,
        "confidence": quantity.confidence,
        "matched": matched,
    }


def _indicators(record: Record) -> Iterator[Row]:
    for seq, row in enumerate(record.indicators):
        places = (f"indicators[{seq}].target_text", f"indicators[{seq}].name")
        pages = (_page(record, place) for place in places)
        yield {
            "seq": seq,
            "row_no": row.row,
            "level1": row.level1,
            "level2": row.level2,
            "name": row.name,
            "target_text": row.target_text,
            "actual_text": row.actual_text,
            "weight": row.weight,
            "score": row.score,
            "deviation": row.deviation,
            "status": row.status.value,
            "amended_name": row.amended.name if row.amended else None,
            "amended_target": row.amended.target_text if row.amended else None,
            "targets": dump_json(list(row.targets)),
            "outcomes": dump_json(list(row.outcomes)),
            "page": next((page for page in pages if page is not None), None),
        }


def _links(record: Record) -> Iterator[Row]:
    for link in record.links:
        quotes = [record.outcomes[i].quote for i in link.outcomes]
        yield {
            "target": link.target,
            "verdict": link.verdict.value,
            "method": link.method,
            "confidence": link.confidence,
            "outcome_quotes": "；".join(quotes) or None,
            "explanation": link.explanation,
        }


def _link_members(record: Record) -> Iterator[Row]:
    for link in record.links:
        for kind, members in (
            ("outcome", link.outcomes),
            ("candidate", link.candidates),
        ):
            for outcome in members:
                yield {"target": link.target, "kind": kind, "outcome": outcome}


def flag_row(seq: int, flag: Mapping[str, Any]) -> Row:
    """The row of a flag in plain JSON, without the form's id."""
    first = flag["evidence"][0] if flag["evidence"] else {}
    names = ("code", "name", "severity", "confidence", "message", "basis")
    return {
        "seq": seq,
        **{name: flag[name] for name in names},
        **{name: first.get(name) for name in ("field", "quote", "page")},
        "evidence": dump_json(flag["evidence"]),
    }
