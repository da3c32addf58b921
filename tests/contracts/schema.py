"""The record's JSON Schema, generated from the dataclasses of pipeline.core.

pydantic is used here only; the product has no such dependency.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from pipeline.core.provenance import BBox
from pipeline.core.record import SCHEMA_VERSION, Record

PATH = Path(__file__).resolve().parents[2] / "docs" / "record.schema.json"

DECIMAL = {"pattern": r"^-?\d+(\.\d+)?$"}
SHARE = {"minimum": 0, "maximum": 1}
INDEX = {"minimum": 0}

# What the types of Python do not say: closed sets, ranges, decimal strings.
REFINEMENTS: dict[tuple[str, str], dict[str, Any]] = {
    ("Record", "schema_version"): {"const": SCHEMA_VERSION},
    ("Record", "total_score"): DECIMAL,
    ("Source", "form_index"): INDEX,
    ("Source", "read_by"): {"enum": ["text", "ocr", "mixed"]},
    ("Source", "sha256"): {"pattern": "^[0-9a-f]{64}$"},
    ("Source", "ocr_confidence"): SHARE,
    ("FundRow", "kind"): {"enum": ["total", "fiscal", "carryover", "other"]},
    ("FundRow", "initial_budget"): DECIMAL,
    ("FundRow", "full_budget"): DECIMAL,
    ("FundRow", "executed"): DECIMAL,
    ("FundRow", "weight"): DECIMAL,
    ("FundRow", "execution_rate"): DECIMAL,
    ("FundRow", "score"): DECIMAL,
    ("IndicatorRecord", "row"): INDEX,
    ("IndicatorRecord", "weight"): DECIMAL,
    ("IndicatorRecord", "score"): DECIMAL,
    ("Quantity", "start"): INDEX,
    ("Quantity", "confidence"): SHARE,
    ("Statement", "start"): INDEX,
    ("Clarity", "score"): {"minimum": 0, "maximum": 100},
    ("Link", "target"): INDEX,
    ("Link", "confidence"): SHARE,
    ("Flag", "confidence"): SHARE,
    ("Provenance", "page"): {"minimum": 1},
    ("Provenance", "ocr_confidence"): SHARE,
    ("Evidence", "start"): INDEX,
    ("Evidence", "page"): {"minimum": 1},
}

# None while a record is being made, never in a finished one.
NEVER_NULL = {("Statement", "has_outcome")}


class RecordSchema(GenerateJsonSchema):
    """Says what ``pipeline.core.record.to_plain`` writes, field by field."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """An exact Decimal inside is a JSON number outside."""
        return {"type": "number"}

    def field_is_required(self, field: Any, total: bool) -> bool:
        """Every field is always there; what was not found is null."""
        return True

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Titles would only repeat the names."""
        return False

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        """Objects are closed; a box is four numbers."""
        if schema["cls"] is BBox:
            number = {"type": "number"}
            return {"type": "array", "items": number, "minItems": 4, "maxItems": 4}
        made = super().dataclass_schema(schema)
        made["additionalProperties"] = False
        for name, shape in made["properties"].items():
            shape.pop("default", None)
            key = (schema["cls"].__name__, name)
            _refine(shape, REFINEMENTS.get(key, {}))
            if key in NEVER_NULL:
                shape.update(shape.pop("anyOf")[0])
        return made


def _refine(shape: dict[str, Any], extra: dict[str, Any]) -> None:
    """Add constraints to the branch that is not null."""
    branches = [b for b in shape.get("anyOf", [shape]) if b.get("type") != "null"]
    for branch in branches:
        branch.update(extra)


def build() -> dict[str, Any]:
    """The schema as a dict, keys in the order of the record."""
    made = TypeAdapter(Record).json_schema(
        schema_generator=RecordSchema, mode="serialization"
    )
    head = {
        "$schema": RecordSchema.schema_dialect,
        "title": "jixiao record",
    }
    return {**head, **{k: v for k, v in made.items() if k != "title"}}


def text() -> str:
    """The schema as the file holds it."""
    return json.dumps(build(), ensure_ascii=False, indent=2) + "\n"
