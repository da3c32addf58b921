"""The scorer of the scan set, on hand-made forms."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.bench.scan_scores import (
    Miss,
    pair_forms,
    pair_rows,
    printed_form_of,
    score_form,
)
from tests.bench.scans import Case, Result, failure_lines, load_cases, render


def row(name: str, target: str = "≥5场", actual: str = "6场", score: str = "10") -> Any:
    return {
        "level1": "产出指标",
        "level2": "数量指标",
        "name": name,
        "target_text": target,
        "actual_text": actual,
        "weight": "10",
        "score": score,
        "deviation": None,
    }


FORM: dict[str, Any] = {
    "year": 2023,
    "project_name": "夜校课程",
    "department": "某市总工会",
    "unit": "某市职工学校",
    "currency_unit": "万元",
    "total_score": "98",
    "rating": "优",
    "goal_text": "举办夜校课程20场，培训500人次。",
    "outcome_text": "举办夜校课程22场，培训530人次。",
    "indicators": [
        row("课程场次"),
        row("培训人次", "500人次", "530人次"),
        row("学员满意度", "≥90%", "95%"),
    ],
    "funds": [
        {
            "label": "年度资金总额",
            "initial_budget": "80.00",
            "full_budget": "80.00",
            "executed": "76.00",
            "weight": "10",
            "execution_rate": "95.00",
            "score": "9.5",
        }
    ],
}


def changed(**fields: Any) -> dict[str, Any]:
    return copy.deepcopy(FORM) | fields


def test_a_form_read_as_printed_is_all_right() -> None:
    counts, misses = score_form(FORM, copy.deepcopy(FORM))
    assert misses == []
    for group, size in (("cells", 15), ("funds", 6), ("header", 7), ("notes", 6)):
        assert (counts[f"{group}.right"], counts[f"{group}.all"]) == (size, size)
    assert counts["chars.wrong"] == 0 and counts["chars.all"] == 36
    assert counts["tuples.right"] == counts["tuples.gold"] == 4


@pytest.mark.parametrize(
    ("printed", "read", "same"),
    [
        ("≥95%", "⩾ 95％", True),
        ("新增\n就业", "新增就业", True),
        ("（一）", "(一)", True),
        ("15.00", "15.0", False),
        ("-", "—", True),
        (None, "", True),
    ],
)
def test_only_what_looks_different_is_different(
    printed: str | None, read: str, same: bool
) -> None:
    assert (printed_form_of(printed) == printed_form_of(read)) is same


def test_a_lost_row_costs_that_row_and_no_other() -> None:
    read = changed(indicators=FORM["indicators"][1:])
    counts, misses = score_form(FORM, read)
    assert (counts["cells.right"], counts["cells.all"]) == (10, 15)
    assert {m.field.split(".")[0] for m in misses} == {"indicators[0]"}


def test_a_row_that_was_never_printed_counts_as_wrong() -> None:
    read = changed(indicators=[*FORM["indicators"], row("凭空多出", "1", "2")])
    counts, _ = score_form(FORM, read)
    assert (counts["cells.right"], counts["cells.all"]) == (15, 20)


def test_moved_columns_are_found_out() -> None:
    read = changed()
    for line in read["indicators"]:
        line["actual_text"], line["weight"] = line["weight"], line["actual_text"]
    counts, _ = score_form(FORM, read)
    assert (counts["cells.right"], counts["cells.all"]) == (9, 15)


def test_rows_are_paired_by_what_they_say() -> None:
    read = [*reversed(copy.deepcopy(FORM["indicators"]))]
    assert pair_rows(FORM["indicators"], read) == {0: 2, 1: 1, 2: 0}


def test_equal_rows_are_paired_in_order() -> None:
    rows = [row("活动"), row("活动", score="9")]
    assert pair_rows(rows, copy.deepcopy(rows)) == {0: 0, 1: 1}


def test_text_counts_by_edits_and_quantities_by_value() -> None:
    read = changed(goal_text="举办夜校课程20场，培训5OO人次。", outcome_text=None)
    counts, misses = score_form(FORM, read)
    assert counts["chars.wrong"] == 2 + 18
    assert counts["tuples.gold"] == 4
    assert counts["tuples.right"] == 1
    assert Miss("outcome_text", FORM["outcome_text"], "") in misses


def test_a_form_that_was_not_found_loses_everything() -> None:
    counts, misses = score_form(FORM, None)
    assert counts["forms.right"] == 0
    assert counts["cells.right"] == 0 and counts["cells.all"] == 15
    assert counts["chars.wrong"] == counts["chars.all"]
    assert misses[0] == Miss("form", "夜校课程", "")


def test_forms_are_paired_by_what_they_say() -> None:
    other = changed(
        project_name="路灯维修",
        goal_text="更换路灯三百盏，消除暗区。",
        outcome_text="更换路灯三百一十盏。",
        indicators=[row("更换盏数")],
    )
    pairs = pair_forms([FORM, other], [other, changed(year=2022)])
    assert pairs[0][1] is not None and pairs[0][1]["year"] == 2022
    assert pairs[1][1] is other
    assert [r for _, r in pair_forms([FORM], [other])] == [None]


def test_the_table_has_a_line_per_condition_and_photographs_apart() -> None:
    def result(condition: str, *, photo: bool, read: dict[str, Any] | None) -> Result:
        line = {
            "layout": "mof2020",
            "style": "web-grid",
            "font": "ukai",
            "condition": condition,
            "photo": photo,
            "pages": 1,
        }
        counts, misses = score_form(FORM, read)
        counts.update(files=1, pages=1)
        return Result(Case(Path("a.pdf"), (line,)), counts, misses)

    good, bad = changed(), changed(goal_text="举办")
    results = [
        result("photo", photo=True, read=bad),
        result("fax", photo=False, read=good),
    ]
    lines = render(results).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == [
        "| fax",
        "| photo",
        "| **平面扫描**",
        "| **照片**",
        "| **全部**",
    ]
    written = list(failure_lines(results))
    assert len(written) == 1
    assert written[0].split("\t")[5:] == ["goal_text", FORM["goal_text"], "举办"]


def test_the_index_is_grouped_by_file(tmp_path: Path) -> None:
    lines = ['{"path": "a.pdf"}', '{"path": "b.jpg"}', '{"path": "b.jpg"}']
    (tmp_path / "expected.jsonl").write_text("\n".join(lines), encoding="utf-8")
    cases = load_cases(tmp_path)
    assert [(c.path.name, len(c.lines)) for c in cases] == [("a.pdf", 1), ("b.jpg", 2)]
