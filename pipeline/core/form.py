"""A form as laid out: fields as printed, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.core.provenance import Provenance


@dataclass(frozen=True, slots=True)
class FundRow:
    """A line of the funds block.

    Amounts are decimal strings as printed, without thousands separators, in
    the form's ``currency_unit``; the rate is in percent without its sign. A placeholder (-, —, /) is None. ``kind`` is
    ``total``, ``fiscal``, ``carryover`` or ``other``.
    """

    kind: str
    label: str
    initial_budget: str | None = None
    full_budget: str | None = None
    executed: str | None = None
    weight: str | None = None
    execution_rate: str | None = None
    score: str | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """What the deviation column says an indicator was changed to."""

    name: str | None = None
    target_text: str | None = None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A line of the 三级指标 table, levels filled down, texts as printed."""

    row: int
    level1: str | None = None
    level2: str | None = None
    name: str | None = None
    target_text: str | None = None
    actual_text: str | None = None
    weight: str | None = None
    score: str | None = None
    deviation: str | None = None
    amended: Amendment | None = None


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """A doubt about our own reading (codes of group G), e.g. a shifted row.

    ``field`` names what it concerns, as in ``Evidence.field``.
    """

    code: str
    field: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One self-evaluation form of a document.

    ``provenance`` is keyed by the record's paths (``goal_text``,
    ``indicators[0].weight``, ``funds[1].executed``, ``project_name`` …).
    ``reason_text`` is the reason for deviations that stands once for the whole form:
    a line 未完成原因分析 below the table, the chapter of a report.
    """

    document_type: str = "project_selfeval"
    year: int | None = None
    project_name: str | None = None
    department: str | None = None
    unit: str | None = None
    currency_unit: str | None = None
    funds: tuple[FundRow, ...] = ()
    goal_text: str | None = None
    outcome_text: str | None = None
    indicators: tuple[IndicatorRow, ...] = ()
    reason_text: str | None = None
    total_weight: str | None = None
    total_score: str | None = None
    rating: str | None = None
    pages: tuple[int, ...] = (1,)
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    notes: tuple[ReadingNote, ...] = ()
