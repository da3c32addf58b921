"""Every annotation file holds together: offsets, links, statements, rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

ANNOTATIONS = Path(__file__).resolve().parents[2] / "corpus" / "annotations"
COMPARATORS = {"=", ">=", "<=", ">", "<", "approx", "range"}
VERDICTS = {"met", "exceeded", "shortfall"}
STATUSES = {"met", "exceeded", "shortfall", "partial", "status_only", "unparseable"}
KINDS = {"task", "context", "funding"}
RATINGS = {None, "优", "良", "中", "差", "優"}  # 優: forms in traditional script


def read_lines() -> Iterator[Any]:
    for path in sorted(ANNOTATIONS.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            entry = json.loads(line)
            yield pytest.param(entry, id=f"{path.stem}:{entry['id']}")


def by_split() -> dict[str, list[Any]]:
    return {
        path.stem: [json.loads(x) for x in path.read_text("utf-8").splitlines()]
        for path in sorted(ANNOTATIONS.glob("*.jsonl"))
    }


def test_ids_are_unique() -> None:
    ids = [entry["id"] for entries in by_split().values() for entry in entries]
    assert len(ids) == len(set(ids))


FIRST_ROUND = ("train", "dev", "test", "twins")


def shared(field: str, splits: Iterable[str]) -> int:
    lines = by_split()
    values = [{e["form"][field] for e in lines[split]} for split in splits]
    return sum(len(v) for v in values) - len(set().union(*values))


def test_splits_share_no_organisation() -> None:
    assert shared("unit", by_split()) == 0


def test_the_first_round_shares_no_province() -> None:
    assert shared("province", FIRST_ROUND) == 0


def test_readme_counts_what_lies_here() -> None:
    readme = (ANNOTATIONS.parent / "README.md").read_text("utf-8")
    for split, entries in by_split().items():
        golds = [entry["gold"] for entry in entries]
        counts = [
            sum(len(gold[name]) for gold in golds)
            for name in ("targets", "outcomes", "links", "goal_statements")
        ]
        rows = sum(len(gold["indicators"]) for gold in golds)
        cells = [f"`{split}`", len(entries), *counts, rows]
        assert f"| {' | '.join(str(c) for c in cells)} |" in readme


def check_quotes_stand_where_they_say(entry: dict[str, Any]) -> None:
    gold = entry["gold"]
    fields = (
        ("targets", "goal_text"),
        ("outcomes", "outcome_text"),
        ("goal_statements", "goal_text"),
    )
    for name, field in fields:
        for item in gold[name]:
            start, end = item["start"], item["end"]
            assert start < end
            assert entry[field][start:end] == item["quote"]


def check_quantities_and_statements_stand_in_reading_order(
    entry: dict[str, Any],
) -> None:
    for name in ("targets", "outcomes", "goal_statements"):
        spans = [(i["start"], i["end"]) for i in entry["gold"][name]]
        assert all(a[1] <= b[0] for a, b in pairwise(spans)), name


def check_quantities_are_well_formed(entry: dict[str, Any]) -> None:
    for name in ("targets", "outcomes"):
        for item in entry["gold"][name]:
            assert item["comparator"] in COMPARATORS
            assert isinstance(item["value"], int | float)
            assert (item["value_high"] is not None) == (item["comparator"] == "range")
            assert item["unit"] != ""


def check_each_target_is_linked_once_or_unmatched(entry: dict[str, Any]) -> None:
    gold = entry["gold"]
    linked = [link["target"] for link in gold["links"]]
    assert sorted(linked + gold["unmatched_targets"]) == list(
        range(len(gold["targets"]))
    )
    for link in gold["links"]:
        assert link["outcomes"]
        assert all(0 <= o < len(gold["outcomes"]) for o in link["outcomes"])
        assert link["verdict"] in VERDICTS


def check_statements_agree_with_targets(entry: dict[str, Any]) -> None:
    gold = entry["gold"]
    starts = [t["start"] for t in gold["targets"]]
    for statement in gold["goal_statements"]:
        inside = [s for s in starts if statement["start"] <= s < statement["end"]]
        assert statement["quantified"] == bool(inside)
        assert not (statement["quantified"] and statement["vague"])
        assert statement["kind"] in KINDS
    spans = [(s["start"], s["end"]) for s in gold["goal_statements"]]
    assert all(any(a <= s < b for a, b in spans) for s in starts)


def check_indicator_rows_are_annotated_in_order(entry: dict[str, Any]) -> None:
    gold = entry["gold"]["indicators"]
    assert [row["row"] for row in gold] == list(range(len(entry["indicators"])))
    for row in gold:
        assert row["status"] in STATUSES
        if row["target"] is not None:
            assert row["target"]["comparator"] in COMPARATORS


def check_header_data_is_complete(entry: dict[str, Any]) -> None:
    form = entry["form"]
    assert form["rating"] in RATINGS
    assert form["currency_unit"] in {"万元", "元"}
    assert form["notes"]
    for row in form["funds"]:
        assert row["kind"] in {"total", "fiscal", "carryover", "other"}
    deliberate = {
        flag.get("field")
        for flag in entry.get("gold_flags", ())
        if flag["code"] == "score_exceeds_weight"
    }
    told = "exceeds its weight" in entry["form"]["notes"]
    for i, row in enumerate(entry["indicators"]):
        if f"indicators[{i}]" not in deliberate and not told:
            assert Decimal(row["score"]) <= Decimal(row["weight"])


@pytest.mark.parametrize("entry", list(read_lines()))
def test_an_annotated_form_holds_together(entry: dict[str, Any]) -> None:
    """One test per form for all checks: there are thousands of forms."""
    check_quotes_stand_where_they_say(entry)
    check_quantities_and_statements_stand_in_reading_order(entry)
    check_quantities_are_well_formed(entry)
    check_each_target_is_linked_once_or_unmatched(entry)
    check_statements_agree_with_targets(entry)
    check_indicator_rows_are_annotated_in_order(entry)
    check_header_data_is_complete(entry)
