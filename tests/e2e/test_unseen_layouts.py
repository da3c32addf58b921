"""Five layouts that no lexicon lists, as real files of every format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import pipeline
from corpus.generator.grid import FormGrid, GridCell
from corpus.generator.render_docx import render_docx
from corpus.generator.render_html import render_html
from corpus.generator.render_pdf import render_pdf
from corpus.generator.render_txt import plain_form, render_txt
from corpus.generator.render_xls import render_xls
from corpus.generator.render_xlsx import render_xlsx
from pipeline.core.plain import to_plain

GOAL = "疏浚沟渠18公里，新建泵站3座。"
DONE = "疏浚沟渠17.2公里，新建泵站3座。"
HEAD = [["项目名称", ("灌区改造", 8)], ["主管部门", ("石桥县水利局", 8)]]
WIDTH = 9

Item = str | tuple[str, int] | tuple[str, int, int]
RENDERERS: dict[str, Callable[[FormGrid], bytes]] = {
    "docx": lambda grid: render_docx([grid]),
    "xlsx": lambda grid: render_xlsx([grid]),
    "xls": lambda grid: render_xls([grid]),
    "html": lambda grid: render_html([grid]),
    "pdf": lambda grid: render_pdf([grid]),
    "txt": lambda grid: render_txt([plain_form(grid)]),
}


def grid(rows: Sequence[Sequence[Item]]) -> FormGrid:
    """Cells as text, (text, columns) or (text, columns, rows)."""

    def cell(item: Item) -> GridCell:
        text, columns, high = (*((item,) if isinstance(item, str) else item), 1, 1)[:3]
        return GridCell(str(text), row_span=int(high), col_span=int(columns))

    made = tuple(tuple(cell(item) for item in row) for row in rows)
    return FormGrid("项目支出绩效自评表", ("（2023年度）",), WIDTH, made, 1)


BESIDE: list[list[Item]] = [
    [("年度总体目标", 1, 2), ("预期目标", 4), ("实际完成情况", 4)],
    [(GOAL, 4), (DONE, 4)],
]
SCORE_FIRST: list[list[Item]] = [
    *HEAD,
    *BESIDE,
    ["偏差原因", "一级指标", "二级指标", "三级指标", "评价标准", "目标值", "完成值", "得分", "分值"],
    ["", ("产出指标", 1, 2), "数量指标", "沟渠", "每少1公里扣2分", "18公里", "17.2公里", "38.2", "40"],
    ["", "质量指标", "泵站合格率", "达到得满分", "100%", "100%", "60", "60"],
    [("总分", 7), "98.2", "100"],
]  # fmt: skip
STATES: list[list[Item]] = [
    *HEAD,
    [("项目绩效目标", 1, 3), ("年初目标", 3), ("全年完成情况", 3), "是否完成", "未完成原因"],
    [("疏浚沟渠18公里；", 3), ("疏浚沟渠17.2公里；", 3), "否", "汛期停工"],
    [("新建泵站3座。", 3), ("新建泵站3座。", 3), "是", ""],
    [("绩效指标", 3), ("指标值", 2), ("自评情况", 3), ("偏差原因", 1, 2)],
    ["一级指标", "二级指标", "三级指标", "年初目标值", "调整后目标值", "实际完成值", "分值", "得分"],
    [("产出指标", 1, 2), "数量指标", "沟渠", "20公里", "18公里", "17.2公里", "40", "38.2", ""],
    ["质量指标", "泵站合格率", "100%", "/", "100%", "60", "60", ""],
    [("合计", 6), "100", "98.2", ""],
]  # fmt: skip
TASKS: list[list[Item]] = [
    ["部门名称", ("石桥县水利局", 8)],
    [("预算执行情况（万元）", 1, 2), ("", 2), ("全年预算数", 2), ("全年执行数", 2), ("执行率", 2)],
    [("年度资金总额", 2), ("512.60", 2), ("498.20", 2), ("97.19%", 2)],
    ["三公经费控制情况", ("上年决算数", 3), ("本年预算数", 3), ("本年决算数", 2)],
    ["公务接待费", ("3.00", 3), ("2.50", 3), ("1.10", 2)],
    [("年度主要任务", 1, 4), ("任务名称", 2), ("主要内容", 3), "预算数", "执行数", "完成情况"],
    [("沟渠", 2), ("疏浚沟渠18公里", 3), "210.00", "205.00", "已完成"],
    [("泵站", 2), ("新建泵站3座", 3), "90.00", "88.00", "已完成"],
    [("合计", 2), ("", 3), "300.00", "293.00", ""],
    *BESIDE,
    ["一级指标", "权重", "二级指标", "权重", "三级指标", "权重", "指标值", "完成值", "得分"],
    [("产出指标", 1, 2), ("100", 1, 2), "数量指标", "40", "沟渠", "40", "18公里", "17.2公里", "38.2"],
    ["质量指标", "60", "泵站合格率", "60", "100%", "100%", "60"],
]  # fmt: skip
TURNED: list[list[Item]] = [
    *HEAD,
    [("年度目标及完成情况", 1), (f"年度目标：{GOAL}\n完成情况：{DONE}", 8)],
    ["一级指标", ("产出指标", 8)],
    ["二级指标", ("数量指标", 4), ("质量指标", 4)],
    ["三级指标", ("沟渠", 4), ("泵站合格率", 4)],
    ["年度指标值", ("18公里", 4), ("100%", 4)],
    ["实际完成值", ("17.2公里", 4), ("100%", 4)],
    ["分值", ("40", 4), ("60", 4)],
    ["得分", ("38.2", 4), ("60", 4)],
    [("自评总得分：98.2分（自评等级：优）", 9)],
]
TWO_TABLES: list[list[Item]] = [
    *HEAD,
    ["年初目标", ("疏浚沟渠20公里，新建泵站3座。", 8)],
    ["调整后目标", (GOAL, 8)],
    ["一级指标", ("二级指标", 2), ("三级指标", 2), ("2023年目标值", 2), ("分值", 2)],
    [("产出指标", 1, 2), ("数量指标", 2), ("沟渠", 2), ("18公里", 2), ("40", 2)],
    [("质量指标", 2), ("泵站合格率", 2), ("100%", 2), ("60", 2)],
    ["目标完成情况", (DONE, 8)],
    ["一级指标", ("二级指标", 2), ("三级指标", 2), "2022年完成值", ("2023年完成值", 2), "得分"],
    [("产出指标", 1, 2), ("数量指标", 2), ("沟渠", 2), "9公里", ("17.2公里", 2), "38.2"],
    [("质量指标", 2), ("泵站合格率", 2), "97%", ("100%", 2), "60"],
]  # fmt: skip
LAYOUTS = {
    "score-first": SCORE_FIRST,
    "states": STATES,
    "tasks": TASKS,
    "turned": TURNED,
    "two-tables": TWO_TABLES,
}
ROWS = [
    ("产出指标", "数量指标", "沟渠", "18公里", "17.2公里", "40", "38.2"),
    ("产出指标", "质量指标", "泵站合格率", "100%", "100%", "60", "60"),
]
KEYS = ("level1", "level2", "name", "target_text", "actual_text", "weight", "score")


@pytest.mark.parametrize("suffix", RENDERERS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_nobody_listed(layout: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"form.{suffix}"
    path.write_bytes(RENDERERS[suffix](grid(LAYOUTS[layout])))
    (found,) = pipeline.extract(path)
    record = to_plain(found)
    assert plain(record["goal_text"]) == plain(
        GOAL if layout != "states" else "疏浚沟渠18公里；新建泵站3座。"
    )
    assert plain(record["outcome_text"]) == plain(
        DONE if layout != "states" else "疏浚沟渠17.2公里；新建泵站3座。"
    )
    assert [tuple(row[k] for k in KEYS) for row in record["indicators"]] == ROWS
    total = "98.2" if layout in ("score-first", "states", "turned") else None
    assert record["total_score"] == total
    funds = [(f["full_budget"], f["executed"]) for f in record["funds"]]
    assert funds == ([("512.60", "498.20")] if layout == "tasks" else [])
    assert not accused(record)


def plain(text: str | None) -> str:
    return "".join((text or "").split())


def accused(record: dict[str, Any]) -> list[str]:
    """Grave hints about sums: none of these forms has a wrong one."""
    return [f["code"] for f in record["flags"] if "mismatch" in f["code"]]
