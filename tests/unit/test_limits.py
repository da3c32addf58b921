"""A form beyond the limits keeps its texts, is not analysed, and says so."""

from __future__ import annotations

import pytest

import pipeline
from pipeline import analysis
from pipeline.api import Settings
from pipeline.errors import DocumentError
from pipeline.runner.work import Task, read_document, status_of
from tests.e2e.command import FORM

GOAL = "新建图书角不少于8个；举办读书会12场。"
OUTCOME = "新建图书角8个，举办读书会10场。"
ROW = next(line for line in FORM.splitlines() if "新建图书角\t" in line)
MANY = "；".join(f"新建第{i}号图书角{i + 3}个" for i in range(10_000))


def read(text: str):
    return read_document(Task("表.txt", text.encode(), Settings()))


@pytest.mark.parametrize(
    ("name", "limit", "old", "new", "field"),
    [
        ("MAX_QUANTITIES", 3, GOAL, GOAL * 2, "预期目标"),
        ("MAX_QUANTITIES", 3, OUTCOME, OUTCOME * 2, "实际完成情况"),
        ("MAX_TEXT", 60, GOAL, GOAL * 4, "预期目标"),
        ("MAX_TEXT", 60, "宣传不够", "宣传不够" * 20, "指标"),
        ("MAX_TEXT", 60, "≥8个", "≥8个，" * 20, "指标"),
        ("MAX_ROWS", 4, ROW, "\n".join([ROW] * 3), "指标"),
    ],
)
def test_a_limit_that_is_hit_is_told(monkeypatch, name, limit, old, new, field) -> None:
    monkeypatch.setattr(analysis, name, limit)
    fine = read(FORM)
    assert fine.trouble is None
    assert any(f.code != "beyond_limits" for f in fine.records[0].flags)
    found = read(FORM.replace(old, new, 1))
    assert found.trouble is not None
    assert (found.trouble.reason, found.trouble.code) == ("too_large", "form_too_large")
    assert status_of(True, found.trouble.reason, named=True) == "partial"
    (record,) = found.records
    assert record.project_name == "社区图书角建设"
    assert record.goal_text and record.outcome_text and record.total_score == "98"
    # Nothing that rests on half a text.
    assert not record.targets and not record.links and not record.goal_statements
    ((code, message),) = [
        (f.code, f.message) for f in record.flags if f.code != "multiple_forms_in_file"
    ]
    assert code == "beyond_limits"
    assert "超过上限" in message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (GOAL, MANY),
        (OUTCOME, MANY),
        ("≥8个", MANY),
        ("\t8个\t50", f"\t{MANY}\t50"),
        (ROW, "\n".join([ROW] * 2_500)),
    ],
    ids=["goal", "outcome", "target cell", "actual cell", "rows"],
)
def test_ten_thousand_quantities_are_not_compared(monkeypatch, old, new) -> None:
    compared = []
    whole = analysis.match_form

    def match(goal, outcome, rows):
        compared.append(len(goal.quantities) * len(outcome.quantities) + len(rows))
        return whole(goal, outcome, rows)

    monkeypatch.setattr(analysis, "match_form", match)
    found = read(FORM.replace(old, new, 1))
    assert found.trouble is not None and found.trouble.reason == "too_large"
    assert sum(compared) == 0


def test_texts_at_hand_are_refused_as_a_whole() -> None:
    with pytest.raises(DocumentError) as refused:
        pipeline.analyze(goal_text=MANY, outcome_text="已完成。")
    assert (refused.value.reason, refused.value.code) == ("too_large", "form_too_large")
