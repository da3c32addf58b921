"""Dumps whose cells are parted by other signs than tabs."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Sequence

import pytest

from pipeline.api import extract_bytes
from pipeline.sources.separated import with_tabs

Rows = Sequence[Sequence[str]]
TITLE = "项目支出绩效自评表\n（2022年度）\n"
GOAL, OUTCOME = "开展巡诊24次，配送药品1,200盒。", "巡诊26次；配送药品980盒。"
ROWS = (
    ("项目名称", "乡村巡诊", "主管部门", "某县卫健局"),
    ("年度总体目标", "预期目标", "实际完成情况"),
    ("", GOAL, OUTCOME),
    ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
    ("产出指标", "数量指标", "巡诊次数", "≥24次", "26次", "25", "25"),
    ("", "", "配送药品", "≥1,200盒", "980盒", "25", "20.4"),
    ("效益指标", "社会效益指标", "就诊群众", "≥3000人次", "3160人次", "40", "40"),
    ("总分", "", "", "", "", "100", "95.4"),
)


def between(sign: str) -> Callable[[Rows], str]:
    return lambda rows: "\n".join(sign.join(row) for row in rows)


def as_csv(delimiter: str) -> Callable[[Rows], str]:
    def dump(rows: Rows) -> str:
        file = io.StringIO()
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
        return file.getvalue()

    return dump


def as_json(rows: Rows) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def as_python(rows: Rows) -> str:
    return "\n".join(repr([cell or None for cell in row]) for row in rows)


def at_once(rows: Rows) -> str:
    return json.dumps(rows, ensure_ascii=False)


def drawn(corner: str, dash: str, bar: str, *, wrap: int = 99) -> Callable[[Rows], str]:
    """A table drawn with characters, long cells over several lines."""

    def dump(rows: Rows) -> str:
        count = max(map(len, rows))
        parts = [
            [_wrapped(cell, wrap) for cell in (*row, *[""] * (count - len(row)))]
            for row in rows
        ]
        widths = [
            max(_width(line) for row in parts for line in row[i]) for i in range(count)
        ]
        rule = corner + corner.join(dash * (w + 2) for w in widths) + corner
        lines = [rule]
        for row in parts:
            for i in range(max(map(len, row))):
                cells = [cell[i] if i < len(cell) else "" for cell in row]
                padded = [
                    f" {c}{' ' * (w - _width(c))} "
                    for c, w in zip(cells, widths, strict=True)
                ]
                lines.append(bar + bar.join(padded) + bar)
            lines.append(rule)
        return "\n".join(lines)

    return dump


def _wrapped(cell: str, wrap: int) -> list[str]:
    return [cell[i : i + wrap] for i in range(0, len(cell), wrap)] or [""]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def headed(rows: Rows) -> str:
    """Drawn lines around the header only, as for a table that is printed plainly."""
    lines = drawn("+", "-", "|")(rows).split("\n")
    return "\n".join([*lines[:3], *lines[3:-1:2], lines[-1]])


@pytest.mark.parametrize(
    "dump",
    [
        *map(between, (" | ", "|", "｜", " │ ", " / ", "^", "||", " # ")),
        as_csv(","),
        as_csv(";"),
        as_json,
        as_python,
        at_once,
        drawn("+", "-", "|"),
        drawn("┼", "─", "│"),
        drawn("+", "=", "¦", wrap=7),
        headed,
    ],
)
def test_a_form_is_read_whatever_parts_its_cells(dump: Callable[[Rows], str]) -> None:
    (record,) = extract_bytes((TITLE + dump(ROWS)).encode(), path="表.txt").records
    assert (record.project_name, record.department) == ("乡村巡诊", "某县卫健局")
    assert (record.goal_text, record.outcome_text) == (GOAL, OUTCOME)
    assert record.total_score == "95.4"
    rows = [
        (i.name, i.target_text, i.actual_text, i.weight, i.score)
        for i in record.indicators
    ]
    assert rows == [tuple(row[2:]) for row in ROWS[4:7]]


@pytest.mark.parametrize(
    "text",
    [
        # A rule that names the columns, a Markdown table, a title with a bar.
        "指标表列出一级指标、二级指标、三级指标、年度指标值、实际完成值、分值、得分。",
        "一级指标|二级指标|三级指标|指标值|完成值|得分\n按此填报。",
        "| 一级指标 | 三级指标 | 指标值 | 完成值 | 得分 |\n| --- | --- | --- | --- | --- |\n"
        + "| 产出 | 巡诊 | 3次 | 3次 | 5 |\n" * 4,
        "一级指标 | 三级指标 | 指标值 | 完成值 | 得分\n--- | --- | --- | --- | ---\n"
        + "产出 | 巡诊 | 3次 | 3次 | 5\n" * 4,
        "某县财政局｜通知公告｜2022年\n各单位：请于三月底前报送自评表。\n",
        # Commas that sentences have, too, part no cells.
        "一级指标,三级指标,指标值,完成值,得分\n"
        + "产出,巡诊,3次,3次,5\n" * 4
        + "巡诊3次,义诊9次。,完成。\n",
        "一级指标,三级指标,指标值,完成值\n" + "产出,药品,1,200盒,980盒\n" * 4,
        "[1]某文。\n[2]某文。\n[3]某文。\n[三]某文。",
        "['甲', '乙'\n['丙']\n[{'a': 1}]\n[]\n[[]]\n",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert with_tabs(text) == text


@pytest.mark.parametrize(
    "dump", [between(" | "), between("|"), as_csv(","), as_csv(";"), as_python]
)
def test_cells_may_hold_line_breaks(dump: Callable[[Rows], str]) -> None:
    goal, outcome = "1.开展巡诊24次；\n2.配送药品。", "1.巡诊26次；\n2.配送药品980盒。"
    rows = [*ROWS[:2], ("", goal, outcome), *ROWS[3:]]
    (record,) = extract_bytes((TITLE + dump(rows)).encode(), path="表.txt").records
    assert (record.goal_text, record.outcome_text) == (goal, outcome)
    assert len(record.indicators) == 3


def test_a_list_keeps_the_line_breaks_of_a_cell() -> None:
    rows = "['甲', '一\\n二']\n['丙', None]\n['丁', 3.5]"
    assert with_tabs(f"题目\n{rows}") == "题目\n甲\t一<br>二\n丙\t\n丁\t3.5"


def test_tabs_win() -> None:
    text = "甲\t乙|丙\n" * 5
    assert with_tabs(text) is text
