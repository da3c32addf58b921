"""Labels with a wrong or lost character, known by their row; values never change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.core.document import Cell, Document, Table
from pipeline.core.form import Form
from pipeline.layout import find_forms
from pipeline.layout.misread import near

GOAL = "建设村级养老服务站12个，培训护理员60人次，服务老人不少于900人。"
DONE = "建成村级养老服务站11个，培训护理员64人次，服务老人935人。"
ROWS: list[list[tuple[str, int]]] = [
    [("项目名称", 1), ("村级养老服务补助", 7)],
    [("主管部门", 1), ("某县民政局", 3), ("实施单位", 1), ("某县养老中心", 3)],
    [("年度总体目标", 1), ("预期目标", 3), ("实际完成情况", 4)],
    [("", 1), (GOAL, 3), (DONE, 4)],
    [(t, 1) for t in ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析")],
    [(t, 1) for t in ("产出指标", "数量指标", "建站数量", "12个", "11个", "20", "18.3", "一处选址变更")],
    [(t, 1) for t in ("", "质量指标", "验收合格率", "100%", "100%", "30", "30", "")],
    [(t, 1) for t in ("效益指标", "社会效益指标", "服务老人", "≥900人", "935人", "40", "40", "")],
    [("总分", 5), ("100", 1), ("98.3", 1), ("", 1)],
]  # fmt: skip


def form_of(
    slips: dict[str, str] | None = None, *, recognised: bool = True
) -> Form | None:
    """The form with some texts printed otherwise."""
    cells = []
    for r, row in enumerate(ROWS):
        column = 0
        for text, width in row:
            shown = (slips or {}).get(text, text)
            confidence = 0.93 if recognised else None
            cells.append(
                Cell(r, column, shown, column_span=width, ocr_confidence=confidence)
            )
            column += width
    found = find_forms(Document("image/png", (Table(tuple(cells)),)))
    return found[0] if found else None


def plain(form: Form | None) -> object:
    assert form is not None
    return replace(form, provenance={}, notes=())


@pytest.mark.parametrize(
    "slips",
    [
        {"得分": "得兮"},
        {"分值": "刀值", "得分": "得介"},
        {"三级指标": "三级指杯"},
        {"三级指标": "级指标"},
        {"年度指标值": "年度指标直", "实际完成值": "实际完戍值"},
        {"预期目标": "顶期目标"},
        {"实际完成情况": "实际曰成情况"},
        {"预期目标": "预期标"},
        {"项目名称": "项名称", "主管部门": "主管部冂"},
        {"总分": "总兮"},
        {"分值": "囗兀", "得分": "·"},
        {"一级指标": "一纵指标", "二级指标": "二级旨标", "三级指标": "三级指怀"},
    ],
    ids=lambda slips: "+".join(slips.values()),
)
def test_a_misread_label_changes_nothing(slips: dict[str, str]) -> None:
    assert plain(form_of(slips)) == plain(form_of())


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("建站数量", "建站数星"),
        ("某县民政局", "某县民攻局"),
        ("12个", "l2个"),
        (GOAL, GOAL.replace("养老", "养孝")),
        ("验收合格率", "三级指杯"),
    ],
)
def test_a_misread_value_stays_as_read(printed: str, read: str) -> None:
    form = form_of({printed: read})
    assert form is not None
    values = [form.department, form.goal_text]
    values += [t for row in form.indicators for t in (row.name, row.target_text)]
    assert read in values


def test_printed_text_is_not_mended() -> None:
    form = form_of({"得分": "得兮"}, recognised=False)
    assert form is not None
    assert [row.score for row in form.indicators] == [None, None, None]


def test_labels_of_two_columns_read_as_one_cell() -> None:
    header = ["一级指标", "二级指标 三级指标", "", *[t for t, _ in ROWS[4][3:]]]
    cells = [
        Cell(0, c, text, column_span=2 if c == 1 else 1, ocr_confidence=0.9)
        for c, text in enumerate(header)
        if c != 2
    ]
    for r, row in enumerate(ROWS[5:8], start=1):
        cells += [Cell(r, c, t, ocr_confidence=0.9) for c, (t, _) in enumerate(row)]
    (form,) = find_forms(Document("image/png", (Table(tuple(cells)),)))
    assert [row.name for row in form.indicators] == [
        "建站数量",
        "验收合格率",
        "服务老人",
    ]
    assert form.indicators[0].level2 == "数量指标"


@pytest.mark.parametrize(
    ("text", "prefixes", "label"),
    [
        ("午值", ("ind.weight",), "分值"),
        ("实际曰成情况", ("goal.actual",), "实际完成情况"),
        ("群众满意度", ("ind.", "goal."), None),
        ("值", ("ind.",), None),
        ("2023", ("ind.",), None),
        ("资金拨付及时率情况说明会次数", ("ind.",), None),
    ],
)
def test_near_labels(text: str, prefixes: Sequence[str], label: str | None) -> None:
    found = [name for name, _ in near(text, *prefixes)]
    assert (label in found) if label else not found


FUNDS: list[list[tuple[str, int]]] = [
    [("项目资金（万元）", 2), ("年初预算数", 2), ("全年预算数", 2), ("全年执行数", 2)],
    [("年度资金总额", 2), ("62", 2), ("62", 2), ("58.9", 2)],
]


@pytest.mark.parametrize("label", ["年度总体", "年度总", "年度", "总额", ""])
def test_goals_below_funds_begin_at_their_labels(label: str) -> None:
    """A fold hid part of the label in front: 年度总体 is much like 年度总额."""
    rows = [*ROWS[:2], *FUNDS, [(label, 1), *ROWS[2][1:]], *ROWS[3:]]
    cells = []
    for r, row in enumerate(rows):
        column = 0
        for text, width in row:
            high = 2 if r == 4 and not column else 1
            if (r, column) != (5, 0):
                cells.append(Cell(r, column, text, high, width, ocr_confidence=0.93))
            column += width
    (form,) = find_forms(Document("image/png", (Table(tuple(cells)),)))
    assert (form.goal_text, form.outcome_text) == (GOAL, DONE)
    assert [fund.label for fund in form.funds] == ["年度资金总额"]
