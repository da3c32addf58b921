"""The record's shape is a promise: fields, order and schema stay in step."""

from __future__ import annotations

import copy
import dataclasses
from typing import Any

import pytest

from pipeline.core.flag import Evidence, Flag
from pipeline.core.form import FundRow
from pipeline.core.link import Link
from pipeline.core.provenance import Provenance
from pipeline.core.quantity import Quantity
from pipeline.core.record import IndicatorRecord, ProducedBy, Record, Source
from pipeline.core.statement import Clarity, Cue, Statement
from tests.contracts import example, schema
from tests.helpers.invariants import assert_schema

# Written out on purpose: a change here is a change of the contract and needs a
# step of schema_version, a migration and a line in CHANGELOG.md.
FIELDS = {
    Record: "schema_version id produced_by source document_type year project_name "
    "department unit currency_unit funds goal_text outcome_text targets outcomes "
    "goal_statements links unmatched_targets unmatched_outcomes indicators "
    "total_score rating flags provenance",
    ProducedBy: "version profile config ocr",
    Source: "path sha256 media_type form_index pages read_by ocr_confidence",
    FundRow: "kind label initial_budget full_budget executed weight execution_rate "
    "score",
    Quantity: "quote start end subject comparator value value_high unit per confidence",
    Statement: "quote start end kind quantified vague has_outcome clarity targets",
    Clarity: "score dimensions cues",
    Cue: "quote start end",
    Link: "target outcomes verdict candidates confidence method explanation",
    IndicatorRecord: "row level1 level2 name target_text actual_text weight score "
    "deviation target actual status amended targets outcomes",
    Flag: "code name severity confidence message basis evidence",
    Evidence: "field start end quote page bbox",
    Provenance: "page bbox cell ocr_confidence alternatives",
}

BROKEN = {
    "float money": (("funds", 0, "executed"), 47.52),
    "money with separator": (("funds", 0, "executed"), "1,047.52"),
    "score with unit": (("total_score",), "97.9分"),
    "fund kind": (("funds", 0, "kind"), "central"),
    "verdict": (("links", 0, "verdict"), "failed"),
    "comparator": (("targets", 0, "comparator"), "≥"),
    "value as string": (("targets", 0, "value"), "24"),
    "has_outcome undecided": (("goal_statements", 0, "has_outcome"), None),
    "confidence above one": (("links", 0, "confidence"), 1.5),
    "box of three": (("provenance", "goal_text", "bbox"), [0, 0, 1]),
    "page zero": (("provenance", "goal_text", "page"), 0),
    "schema version": (("schema_version",), 2),
    "unknown key": (("remark",), "x"),
}


def test_the_published_schema_is_in_step() -> None:
    published = schema.PATH.read_text(encoding="utf-8")
    assert published == schema.text(), "run: make schema"


@pytest.mark.parametrize("noun", FIELDS, ids=lambda noun: noun.__name__)
def test_fields_and_order_are_those_of_the_contract(noun: type) -> None:
    assert [f.name for f in dataclasses.fields(noun)] == FIELDS[noun].split()


def test_a_record_is_valid_and_in_order() -> None:
    plain = example.record().to_dict()
    assert_schema(plain)
    assert list(plain) == FIELDS[Record].split()


def test_texts_alone_have_no_source() -> None:
    record = dataclasses.replace(
        example.record(), source=None, provenance=None, id=7, goal_text=None
    )
    assert_schema(record.to_dict())


@pytest.mark.parametrize(("path", "value"), BROKEN.values(), ids=BROKEN)
def test_what_breaks_the_contract_is_invalid(
    path: tuple[str | int, ...], value: object
) -> None:
    plain = copy.deepcopy(example.record().to_dict())
    place: Any = plain
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(AssertionError):
        assert_schema(plain)


@pytest.mark.parametrize("field", FIELDS[Record].split())
def test_no_field_may_be_left_out(field: str) -> None:
    plain = example.record().to_dict()
    del plain[field]
    with pytest.raises(AssertionError):
        assert_schema(plain)
