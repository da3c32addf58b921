"""The record: one JSON object per form, as others rely on it (docs/record.md)."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, cast

from pipeline.core.flag import Flag
from pipeline.core.form import Amendment, FundRow
from pipeline.core.link import IndicatorStatus, Link
from pipeline.core.provenance import BBox, Provenance
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
        return dump_json(self.to_dict())


_PLAIN = frozenset((str, int, float, bool))
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=64)
def _field_names(kind: Hashable) -> tuple[str, ...]:
    """The fields of a dataclass, which are asked for once per noun of a record."""
    if not dataclasses.is_dataclass(kind):
        return ()
    return tuple(f.name for f in dataclasses.fields(kind))


def to_plain(value: object) -> Any:
    """Turn nouns into dicts, lists, strings and numbers for JSON."""
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, BBox):
        return value.as_list()
    names = _field_names(cast(Hashable, type(value)))
    if names:
        return {name: to_plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Mapping):
        return {str(k): to_plain(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(v) for v in value]
    return value


def number(value: Decimal) -> int | float:
    """An integer where whole, else the shortest float that prints the same."""
    return int(value) if value == value.to_integral_value() else float(value)


def dump_json(value: object) -> str:
    """JSON on one line; text stays readable, unpaired surrogates are escaped."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _LONE_SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
