"""The record: one JSON object per form, as others rely on it (docs/record.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.core.flag import Flag
from pipeline.core.form import Amendment, FundRow
from pipeline.core.link import IndicatorStatus, Link
from pipeline.core.plain import to_plain, write_json
from pipeline.core.provenance import Provenance
from pipeline.core.quantity import Quantity
from pipeline.core.statement import Statement

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class ProducedBy:
    """What made the record; two records with equal values here are comparable."""

    version: str
    profile: str
    config: str
    ocr: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The file and the place in it. ``path`` is relative, with ``/``."""

    path: str
    sha256: str
    media_type: str
    form_index: int
    pages: tuple[int, ...]
    read_by: str
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class IndicatorRecord:
    """An indicator row with what was understood of it."""

    row: int
    level1: str | None
    level2: str | None
    name: str | None
    target_text: str | None
    actual_text: str | None
    weight: str | None
    score: str | None
    deviation: str | None
    target: Quantity | None
    actual: Quantity | None
    status: IndicatorStatus
    amended: Amendment | None = None
    targets: tuple[int, ...] = ()
    outcomes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Everything known of one form. Field order is the order in JSON."""

    schema_version: int
    id: str | int | float | bool | None
    produced_by: ProducedBy
    source: Source | None
    document_type: str
    year: int | None
    project_name: str | None
    department: str | None
    unit: str | None
    currency_unit: str | None
    funds: tuple[FundRow, ...]
    goal_text: str | None
    outcome_text: str | None
    targets: tuple[Quantity, ...]
    outcomes: tuple[Quantity, ...]
    goal_statements: tuple[Statement, ...]
    links: tuple[Link, ...]
    unmatched_targets: tuple[int, ...]
    unmatched_outcomes: tuple[int, ...]
    indicators: tuple[IndicatorRecord, ...]
    total_score: str | None
    rating: str | None
    flags: tuple[Flag, ...]
    provenance: Mapping[str, Provenance] | None = field(default=None)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, exact numbers, keys in contract order."""
        plain = to_plain(self)
        assert isinstance(plain, dict)
        return plain

    def to_json(self) -> str:
        """One line of JSON, Chinese as it is, lone surrogates escaped."""
        return write_json(self)
