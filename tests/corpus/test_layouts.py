"""Forms of many offices as files (corpus/layouts): what is read of them stays read.

``known.txt`` lists what is read otherwise than a person would copy it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.api import extract_bytes
from pipeline.core.record import Record
from pipeline.sources.soffice import find as converter

FOLDER = Path(__file__).resolve().parents[2] / "corpus" / "layouts"
TEXTS = ("project_name", "department", "unit", "goal_text", "outcome_text")
KNOWN = frozenset((FOLDER / "known.txt").read_text(encoding="utf-8").splitlines())

Gold = dict[str, Any]


def _gold() -> dict[str, list[Gold]]:
    forms: dict[str, list[Gold]] = defaultdict(list)
    for line in (FOLDER / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        form = json.loads(line)
        forms[form["file"]].append(form)
    return forms


GOLD = _gold()


def _plain(text: str | None) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


def _number(value: object) -> float | None:
    found = re.search(r"\d+(?:\.\d+)?", "" if value is None else str(value))
    return float(found[0]) if found else None


def differences(file: str, gold: list[Gold], read: tuple[Record, ...]) -> Iterator[str]:
    """What is read otherwise, one line each: file, form, field or row."""
    if len(gold) != len(read):
        yield f"{file} {len(read)} of {len(gold)} forms"
        return
    for n, (form, record) in enumerate(zip(gold, read, strict=True), 1):
        for name in TEXTS:
            if _plain(form[name]) != _plain(getattr(record, name)):
                yield f"{file} {n} {name}"
        for name in ("year", "total_score"):
            if _number(form[name]) != _number(getattr(record, name)):
                yield f"{file} {n} {name}"
        rows = [_row(row) for row in form["indicators"]]
        told = [_row(_cells(row)) for row in record.indicators]
        yield from (f"{file} {n} lacks {row[0]}" for row in rows if row not in told)
        yield from (f"{file} {n} adds {row[0]}" for row in told if row not in rows)


def _cells(row: Any) -> Gold:
    names = ("name", "target_text", "actual_text", "weight", "score")
    return {name: getattr(row, name) for name in names}


def _row(row: Gold) -> tuple[object, ...]:
    words = (_plain(row[key]) for key in ("name", "target_text", "actual_text"))
    return (*words, _number(row["weight"]), _number(row["score"]))


@pytest.mark.parametrize("file", sorted(GOLD))
def test_a_file_is_read_as_before(file: str) -> None:
    if file.endswith(".doc") and not converter():
        pytest.skip("LibreOffice (soffice) is not installed")
    read = extract_bytes((FOLDER / file).read_bytes(), path=file).records
    found = set(differences(file, GOLD[file], read))
    assert found == {line for line in KNOWN if line.split()[0] == file}


def test_known_differences_are_of_files_here() -> None:
    assert {line.split()[0] for line in KNOWN} <= set(GOLD)
    assert {path.name for path in FOLDER.iterdir()} == {
        *GOLD,
        "gold.jsonl",
        "known.txt",
    }
