"""Every sample document, read for real, gives the fields of the index."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import layout, sources
from pipeline.core.form import Form
from pipeline.errors import DocumentError

DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
INDEX = [
    json.loads(line)
    for line in (DOCUMENTS / "expected.jsonl").read_text("utf-8").splitlines()
]
PRINTED = [entry for entry in INDEX if "form" in entry]
FAILING = [entry for entry in INDEX if "reason" in entry]
FILES = sorted({entry["path"] for entry in PRINTED})
SAME_FORM = sorted(path for path in FILES if path.startswith("same-form/"))


def read_forms(path: str) -> tuple[Form, ...]:
    return layout.find_forms(sources.read((DOCUMENTS / path).read_bytes(), path))


def plain(form: Form) -> dict[str, Any]:
    """The form as JSON values, so that it compares with the index."""
    values = asdict(replace(form, provenance={}))
    return dict(json.loads(json.dumps(values, ensure_ascii=False)))


@pytest.mark.parametrize("path", FILES)
def test_a_document_gives_as_many_forms_as_it_holds(path: str) -> None:
    expected = [entry for entry in PRINTED if entry["path"] == path]
    assert len(read_forms(path)) == len(expected)


@pytest.mark.parametrize(
    "entry", PRINTED, ids=lambda e: f"{e['path']}:{e['form_index']}:{e['layout']}"
)
def test_a_form_reads_as_printed(entry: dict[str, Any]) -> None:
    found = plain(read_forms(entry["path"])[entry["form_index"]])
    for name, expected in entry["form"].items():
        assert found[name] == expected, name


def test_one_form_in_every_format_reads_the_same() -> None:
    fields = PRINTED[0]["form"].keys()
    forms = [plain(read_forms(path)[0]) for path in SAME_FORM]
    texts = [{name: form[name] for name in fields} for form in forms]
    assert len(SAME_FORM) == 7
    assert all(text == texts[0] for text in texts)


@pytest.mark.parametrize("entry", FAILING, ids=lambda e: e["path"])
def test_a_bad_input_fails_with_its_reason(entry: dict[str, Any]) -> None:
    if entry["path"] == "bad/not-a-form.txt":  # read well, but no form
        assert read_forms(entry["path"]) == ()
        return
    with pytest.raises(DocumentError) as failure:
        read_forms(entry["path"])
    assert failure.value.reason == entry["reason"]
