"""What must hold for every record, whatever the document.

Unit, golden, property and end-to-end tests share these. Each takes a record as
plain JSON (``Record.to_dict()`` or a line of ``jixiao extract``) and raises
AssertionError naming the place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

JsonRecord = Mapping[str, Any]

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "record.schema.json"
STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
DECIMAL = re.compile(r"-?\d+(\.\d+)?")
DECIMAL_FIELDS = frozenset(
    [
        "initial_budget",
        "full_budget",
        "executed",
        "weight",
        "execution_rate",
        "score",
        "total_score",
    ]
)
REPAIRED = frozenset(
    {"number_repaired", "low_ocr_confidence", "glued_numbers_suspected"}
)
"""Flags that doubt our own reading of the fields they name."""
SURE_OCR = 0.8
"""Below this recognition confidence a field carries no high flag."""


def assert_record(record: JsonRecord) -> None:
    """All invariants at once."""
    assert_schema(record)
    assert_traceable(record)
    assert_conservation(record)
    assert_exact(record)
    assert_low_accusation(record)


def assert_schema(record: JsonRecord) -> None:
    """The record is what docs/record.schema.json promises."""
    errors = [
        f"{error.json_path}: {error.message}"
        for error in _validator().iter_errors(record)
    ]
    assert not errors, "\n".join(errors)


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def assert_traceable(record: JsonRecord) -> None:
    """Everything quoted slices back to its quote; places are of the document."""
    for name, text, quoted in _quoted(record):
        assert isinstance(text, str), f"{name} quotes a text that is not there"
        start, end = quoted["start"], quoted["end"]
        assert 0 <= start < end <= len(text), f"{name}: {start}:{end} of {len(text)}"
        got = text[start:end]
        assert got == quoted["quote"], f"{name}: {got!r} is not {quoted['quote']!r}"
    for i, statement in enumerate(record["goal_statements"]):
        inside = [
            k
            for k, target in enumerate(record["targets"])
            if statement["start"] <= target["start"] < statement["end"]
        ]
        assert statement["targets"] == inside, f"goal_statements[{i}].targets"
        assert statement["quantified"] == bool(inside), f"goal_statements[{i}]"
    if record["source"] is None:
        assert record["provenance"] is None, "provenance without a source"
        return
    for name in ("goal_text", "outcome_text"):
        if record[name] is not None:
            assert name in (record["provenance"] or {}), f"{name} has no place"


def _quoted(record: JsonRecord) -> Iterator[tuple[str, object, Mapping[str, Any]]]:
    """Name, text and span of everything that claims to be a piece of a text."""
    goal, outcome = record["goal_text"], record["outcome_text"]
    for i, quantity in enumerate(record["targets"]):
        yield f"targets[{i}]", goal, quantity
    for i, quantity in enumerate(record["outcomes"]):
        yield f"outcomes[{i}]", outcome, quantity
    for i, statement in enumerate(record["goal_statements"]):
        yield f"goal_statements[{i}]", goal, statement
        for k, cue in enumerate(statement["clarity"]["cues"]):
            yield f"goal_statements[{i}].clarity.cues[{k}]", goal, cue
    for i, row in enumerate(record["indicators"]):
        for side in ("target", "actual"):
            if row[side] is not None:
                yield f"indicators[{i}].{side}", row[f"{side}_text"], row[side]
    for i, flag in enumerate(record["flags"]):
        for k, evidence in enumerate(flag["evidence"]):
            name = f"flags[{i}].evidence[{k}] ({flag['code']}, {evidence['field']})"
            given = [evidence[key] is not None for key in ("start", "end", "quote")]
            assert all(given) or not any(given), f"{name} is half a place"
            if all(given):
                yield name, resolve(record, evidence["field"]), evidence


def resolve(record: JsonRecord, path: str) -> object:
    """The value at a path such as ``indicators[3].actual_text``."""
    value: Any = record
    for key, index in STEP.findall(path):
        value = value[key] if key else value[int(index)]
    return value


def assert_conservation(record: JsonRecord) -> None:
    """No target or outcome is lost, counted twice or both linked and unmatched."""
    links = record["links"]
    targets = [link["target"] for link in links]
    assert len(set(targets)) == len(targets), f"two links for one target: {targets}"
    linked, answering = set(), set()
    for link in links:
        decided = link["verdict"] != "undetermined"
        if decided:
            linked.add(link["target"])
            answering.update(link["outcomes"])
            assert link["outcomes"], f"a verdict without outcomes: {link}"
        else:
            assert not link["outcomes"], f"undetermined with outcomes: {link}"
            assert link["candidates"], f"undetermined without candidates: {link}"
        _assert_indexes(link["candidates"], record["outcomes"], "candidates")
    _assert_indexes(linked, record["targets"], "links")
    _assert_indexes(answering, record["outcomes"], "links")
    rest = [i for i in range(len(record["targets"])) if i not in linked]
    assert record["unmatched_targets"] == rest, f"unmatched_targets is not {rest}"
    rest = [i for i in range(len(record["outcomes"])) if i not in answering]
    assert record["unmatched_outcomes"] == rest, f"unmatched_outcomes is not {rest}"
    for row in record["indicators"]:
        _assert_indexes(row["targets"], record["targets"], f"indicator {row['row']}")
        _assert_indexes(row["outcomes"], record["outcomes"], f"indicator {row['row']}")
    rows = [row["row"] for row in record["indicators"]]
    assert rows == list(range(len(rows))), f"rows are not counted from 0: {rows}"


def _assert_indexes(indexes: Iterable[int], items: list[object], name: str) -> None:
    wrong = [i for i in indexes if not 0 <= i < len(items)]
    assert not wrong, f"{name}: no such index {wrong}"


def assert_exact(record: JsonRecord) -> None:
    """Amounts are decimal strings, whole values integers, nothing empty or NaN."""
    for path, value in _leaves(record, ""):
        name = path.rpartition(".")[2]
        if name in DECIMAL_FIELDS and ".clarity" not in path:
            sound = value is None or (
                isinstance(value, str) and DECIMAL.fullmatch(value) is not None
            )
            assert sound, f"{path} is no decimal string: {value!r}"
        if name in ("value", "value_high") and isinstance(value, float):
            assert not value.is_integer(), f"{path} is whole but a float: {value!r}"
        if isinstance(value, float):
            assert value == value and abs(value) != float("inf"), f"{path}: {value}"
        if name == "confidence":
            assert round(value, 2) == value, f"{path} has more than two decimals"


def _leaves(value: object, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{i}]")
    else:
        yield path, value


def assert_low_accusation(record: JsonRecord) -> None:
    """A flag that rests on repaired or badly recognised input is never high."""
    doubtful = set(_doubtful(record))
    for flag in record["flags"]:
        if flag["severity"] != "high":
            continue
        for evidence in flag["evidence"]:
            resting = {p for p in doubtful if _covers(p, evidence["field"])}
            assert not resting, f"{flag['code']} is high on doubtful {resting}"


def _doubtful(record: JsonRecord) -> Iterator[str]:
    for flag in record["flags"]:
        if flag["code"] in REPAIRED:
            yield from (evidence["field"] for evidence in flag["evidence"])
    for path, place in (record["provenance"] or {}).items():
        confidence = place["ocr_confidence"]
        if place["alternatives"] or (confidence is not None and confidence < SURE_OCR):
            yield path


def _covers(doubtful: str, path: str) -> bool:
    """Whether a doubt about one path touches another (a row and its cells)."""
    return (
        doubtful == path
        or path.startswith((f"{doubtful}.", f"{doubtful}["))
        or doubtful.startswith((f"{path}.", f"{path}["))
    )
