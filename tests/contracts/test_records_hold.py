"""The invariants hold for every sample document and every annotated form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import pipeline
from pipeline.errors import DocumentError
from tests.helpers.invariants import assert_record

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
DOCUMENTS = sorted(
    path
    for path in (CORPUS / "documents").rglob("*")
    if path.is_file() and path.name != "expected.jsonl"
)
BAD = CORPUS / "documents" / "bad"
LINES = [
    (f"{path.stem}:{number}", line)
    for path in sorted((CORPUS / "annotations").glob("*.jsonl"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]


@pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda p: p.relative_to(CORPUS / "documents").as_posix()
)
def test_a_document_gives_sound_records_or_a_reason(path: Path) -> None:
    try:
        records = list(pipeline.extract(path))
    except DocumentError:
        if BAD in path.parents:
            return
        raise
    assert records
    for record in records:
        assert_record(json.loads(record.to_json()))


@pytest.mark.parametrize("line", [s for _, s in LINES], ids=[n for n, _ in LINES])
def test_an_annotated_form_gives_a_sound_record(line: str) -> None:
    given = json.loads(line)
    record = pipeline.analyze(
        goal_text=given["goal_text"],
        outcome_text=given["outcome_text"],
        indicators=given["indicators"],
        year=given["year"],
        id=given["id"],
    )
    plain = json.loads(record.to_json())
    assert_record(plain)
    assert plain["id"] == given["id"]
    assert plain["goal_text"] == given["goal_text"]
    assert plain["outcome_text"] == (given["outcome_text"] or None)
