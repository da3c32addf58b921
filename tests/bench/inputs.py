"""What is measured: the annotated texts and the sample PDF files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import sources
from pipeline.core.quantity import Role
from pipeline.errors import DocumentError

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
SPLITS = ("train", "dev")


@dataclass(frozen=True)
class Pdf:
    """A readable file: its name, bytes and number of pages."""

    name: str
    data: bytes
    pages: int


def annotated_forms() -> list[dict[str, Any]]:
    """The arguments of ``analyze`` for every form of train and dev."""
    return [
        {
            key: entry.get(key)
            for key in ("goal_text", "outcome_text", "indicators", "year", "id")
        }
        for split in SPLITS
        for entry in map(json.loads, _lines(split))
    ]


def archive_forms(years: int = 5) -> list[dict[str, Any]]:
    """The same forms as handed in year after year: other numbers, the same names.

    An archive is like that: units, projects and indicators return, and so do
    most words. The first year is as annotated.
    """
    return [_of_year(form, year) for year in range(years) for form in annotated_forms()]


def _of_year(form: dict[str, Any], year: int) -> dict[str, Any]:
    rows = [
        {**row, **{key: _moved(row.get(key), year) for key in _VALUES}}
        for row in form["indicators"]
    ]
    texts = {key: _moved(form[key], year) for key in ("goal_text", "outcome_text")}
    return {**form, **texts, "indicators": rows}


_VALUES = ("target_text", "actual_text")


def _moved(text: Any, year: int) -> Any:
    """Every number but 0 a little larger, years by as many years."""
    if not isinstance(text, str) or not year:
        return text
    return re.sub(r"[1-9]\d*(?![\d.]*[%％分])", lambda m: str(int(m[0]) + year), text)


def _lines(split: str) -> list[str]:
    path = CORPUS / "annotations" / f"{split}.jsonl"
    return path.read_text(encoding="utf-8").splitlines()


def texts_of(form: dict[str, Any]) -> list[str]:
    """Every text of a form that the language stages see."""
    cells = [
        row.get(key)
        for row in form["indicators"]
        for key in ("name", "target_text", "actual_text")
    ]
    return [t for t in (form["goal_text"], form["outcome_text"], *cells) if t]


def annotated_texts() -> list[tuple[str, Role]]:
    """The goal and outcome texts of the same forms."""
    return [
        (form[key], role)
        for form in annotated_forms()
        for key, role in (("goal_text", Role.GOAL), ("outcome_text", Role.OUTCOME))
        if form[key]
    ]


def sample_pdfs() -> list[Pdf]:
    """The sample PDF files that can be read."""
    found = []
    for path in sorted((CORPUS / "documents").rglob("*.pdf")):
        data = path.read_bytes()
        try:
            pages = sources.read(data, path.name).page_count
        except DocumentError:
            continue  # the files of bad/
        found.append(Pdf(path.name, data, pages))
    return found
