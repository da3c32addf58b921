"""Flags counted against annotated flags, by place where there is one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigError
from pipeline.evaluation import evaluate
from pipeline.evaluation.flags import EXTENDED, MEASURED, flag_rows
from pipeline.flagging import load_catalogue

GOAL = "举办讲座12场，培训学员60人。不断提升服务水平。"
DONE = "讲座举办10场，培训学员55人。"
ROWS = [
    {
        **{"name": "讲座", "target_text": "≥12场", "actual_text": "10场"},
        **{"weight": "50", "score": "40"},
    },
    {
        **{"name": "学员满意度", "target_text": "≥90%", "actual_text": "95%"},
        **{"weight": "40", "score": "38"},
    },
]


def quantity(text: str, quote: str, value: int, unit: str) -> dict[str, Any]:
    start = text.index(quote)
    return {
        **{"quote": quote, "start": start, "end": start + len(quote)},
        **{"comparator": "=", "value": value, "value_high": None, "unit": unit},
    }


def line(flags: list[dict[str, str]] | None) -> dict[str, Any]:
    vague = GOAL.index("不断")
    entry: dict[str, Any] = {
        **{"id": "甲", "year": 2023, "goal_text": GOAL, "outcome_text": DONE},
        "indicators": ROWS,
        "form": {
            "funds": [{"kind": "total", "label": "总额", "weight": 10, "score": 9}],
            "total_score": "87",
            "rating": "优",
        },
        "gold": {
            "targets": [
                quantity(GOAL, "12场", 12, "场"),
                quantity(GOAL, "60人", 60, "人"),
            ],
            "outcomes": [],
            "links": [],
            "unmatched_targets": [],
            "goal_statements": [
                {
                    **{"quote": GOAL[vague:-1], "start": vague, "end": len(GOAL) - 1},
                    **{"kind": "task", "vague": True, "has_outcome": False},
                }
            ],
            "indicators": [],
        },
    }
    return entry if flags is None else {**entry, "gold_flags": flags}


def rows(tmp_path: Path, entry: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    file = tmp_path / "annotations" / "dev.jsonl"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(entry, ensure_ascii=False) + "\n", encoding="utf-8")
    (split,) = evaluate(file).splits
    return {code: tuple(rest) for code, *rest in flag_rows(split.tally.counts)}


def test_every_measured_code_is_in_the_catalogue() -> None:
    assert {*MEASURED, *EXTENDED} <= set(load_catalogue())
    assert not set(MEASURED) & set(EXTENDED)


def test_places_and_counts(tmp_path: Path) -> None:
    found = rows(
        tmp_path,
        line(
            [
                {"code": "target_not_met", "field": "targets[0]"},
                {"code": "target_not_met", "field": "indicators[0].actual_text"},
                {"code": "goal_vague", "field": "goal_text"},
                {"code": "rating_mismatch"},
                {"code": "score_below_without_reason", "field": "indicators[1]"},
                {"code": "goal_truncated"},
            ]
        ),
    )
    # One flag answers both gold flags of the lectures; that of the 55 is extra.
    assert found["target_not_met"] == ("0.500", "1.000", 2, 2)
    assert found["goal_vague"] == ("1.000", "1.000", 1, 1)
    assert found["rating_mismatch"] == ("1.000", "1.000", 1, 1)
    assert found["score_below_without_reason"] == ("1.000", "1.000", 1, 1)
    assert found["goal_truncated"] == ("–", "0.000", 0, 1)
    assert "score_total_mismatch" not in found


def test_a_form_without_annotated_flags_is_not_counted(tmp_path: Path) -> None:
    assert rows(tmp_path, line(None)) == {}


def test_flags_of_a_file_beside(tmp_path: Path) -> None:
    beside = tmp_path / "flags" / "dev.jsonl"
    beside.parent.mkdir()
    gold = {"id": "甲", "gold_flags": [{"code": "rating_mismatch"}]}
    beside.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    assert rows(tmp_path, line(None))["rating_mismatch"][:2] == ("1.000", "1.000")
    beside.write_text('{"id": "甲"}', encoding="utf-8")
    with pytest.raises(ConfigError):
        rows(tmp_path, line(None))


def test_further_codes_count_only_where_they_were_annotated(tmp_path: Path) -> None:
    entry = line([])
    entry["indicators"] = [
        *ROWS,
        {"name": "回访", "target_text": "≥9次", "actual_text": "达成指标"},
        {"name": "巡查", "target_text": "≥9次", "actual_text": "4次"},
    ]
    assert "outcome_status_only" not in rows(tmp_path, entry)
    wider = {**entry, "extended": True}
    wider["gold_flags"] = [{"code": "outcome_status_only", "field": "indicators[2]"}]
    found = rows(tmp_path, wider)
    assert found["outcome_status_only"] == ("1.000", "1.000", 1, 1)
    assert found["medium"][2] > rows(tmp_path, entry)["medium"][2]


def test_the_table_and_the_mistakes_name_them(tmp_path: Path) -> None:
    entry = line([{"code": "goal_truncated"}])
    rows(tmp_path, entry)
    evaluation = evaluate(tmp_path / "annotations" / "dev.jsonl")
    assert "提示 goal_truncated\tdev\tP/R –/0.000" in evaluation.render()
    assert "flag goal_truncated" in evaluation.render("en")
    stages = {m.stage for m in evaluation.errors}
    assert {"flag.goal_truncated.missed", "flag.goal_vague.wrong"} <= stages
