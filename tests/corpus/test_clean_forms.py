"""Forms that look suspicious and are in order, with the few flags that are right.

The rules were worked on with them, so this only guards against losing ground.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.analysis import analyze_form
from pipeline.core.flag import Flag, Severity
from pipeline.evaluation.flags import printed_form
from pipeline.flagging import load_catalogue, load_profile

FILE = Path(__file__).resolve().parents[2] / "corpus" / "flags" / "clean.jsonl"
FORMS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
# clean-13: two stretches of a year that only the table adds up.
OPEN = {("clean-13", "target_not_met")}


def flags(entry: dict[str, Any]) -> tuple[Flag, ...]:
    record = analyze_form(
        printed_form(entry),
        profile=load_profile("mof2020"),
        config_hash="",
        record_id=entry["id"],
        source=None,
    )
    return record.flags


@pytest.mark.parametrize("entry", FORMS, ids=lambda e: str(e["id"]))
def test_nothing_but_what_is_right(entry: dict[str, Any]) -> None:
    heavy = {f.code for f in flags(entry) if f.severity in ("high", "medium")}
    extra = heavy - set(entry["raises"])
    assert {(entry["id"], code) for code in extra} <= OPEN
    assert set(entry["raises"]) <= heavy
    grave = {f.code for f in flags(entry) if f.severity is Severity.HIGH}
    assert grave <= set(entry["raises"])


def test_the_expected_codes_are_in_the_catalogue() -> None:
    assert len(FORMS) >= 20
    assert {code for e in FORMS for code in e["raises"]} <= set(load_catalogue())
