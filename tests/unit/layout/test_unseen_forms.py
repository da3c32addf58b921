"""Orders of columns and rows that no lexicon can list: known by what stands where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.core.document import Document, Table
from pipeline.core.form import Form
from pipeline.layout import find_forms
from tests.unit.layout.builders import (
    TITLE,
    Row,
    as_dump,
    doc,
    doc_from_tsv,
    read,
    table_from_grid,
    tall,
    wide,
)

HEAD: list[Row] = [
    ["项目名称", wide("公交候车亭提升", 7)],
    ["主管部门", wide("松岭市交通局", 3), "实施单位", wide("松岭市公交中心", 3)],
]
GOAL = "新建候车亭36座，改造站牌120块。"
DONE = "新建候车亭38座，改造站牌115块。"
GOALS: list[Row] = [
    [tall("年度总体目标", 2), wide("预期目标", 3), wide("实际完成情况", 4)],
    [wide(GOAL, 3), wide(DONE, 4)],
]
USUAL: Row = [
    *["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
    "偏差原因",
]
ROWS: list[Row] = [
    [
        tall("产出指标", 2),
        tall("数量指标", 2),
        "候车亭",
        "36座",
        "38座",
        "20",
        "20",
        "",
    ],
    ["站牌", "120块", "115块", "40", "38", "道路改线"],
    ["满意度指标", "服务对象满意度指标", "乘客", "92%", "93%", "40", "40", ""],
]


def fields(form: Form, *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(getattr(r, n) for n in names) for r in form.indicators]


@pytest.mark.parametrize(
    ("columns", "total", "expected"),
    [
        (["得分", "分值"], ["98", "100"], ("100", "98")),
        (["分值", "得分"], ["100", "98"], ("100", "98")),
        (["分值", "得分"], ["100", ""], ("100", None)),
        (["分值", "得分"], ["", "98"], (None, "98")),
        (["得分", "分值"], [wide("98", 2)], (None, "98")),
    ],
    ids=["得分在前", "分值在前", "得分空白", "分值空白", "合并"],
)
def test_totals_by_the_columns_they_stand_under(
    columns: list[str], total: Row, expected: tuple[str | None, str | None]
) -> None:
    header: Row = [*USUAL[:5], *columns, "偏差原因"]
    row: Row = ["产出指标", "数量指标", "候车亭", "36座", "38座", "60", "60", ""]
    form = read(*HEAD, *GOALS, header, row, [wide("合计", 5), *total, ""])
    assert (form.total_weight, form.total_score) == expected


def test_totals_of_a_dump_by_the_order_of_the_columns() -> None:
    text = (
        f"# {TITLE}\n项目名称\t候车亭\n一级指标\t二级指标\t三级指标\t指标值\t完成值\t得分\t分值\n"
        "产出指标\t数量指标\t候车亭\t36座\t38座\t60\t60\n总分\t97.5\t100\n"
    )
    (form,) = find_forms(doc_from_tsv(text))
    assert (form.total_weight, form.total_score) == ("100", "97.5")


def test_the_weight_of_the_indicator_among_those_of_its_levels() -> None:
    header: Row = ["一级指标", "权重", "二级指标", "权重", "三级指标", "权重", "目标值", "完成值", "得分"]  # fmt: skip
    form = read(
        *HEAD,
        header,
        [tall("产出指标", 2), tall("60", 2), "数量指标", "20", "候车亭", "20", "36座", "38座", "20"],
        ["质量指标", "40", "合格率", "40", "100%", "98%", "39"],
    )  # fmt: skip
    assert fields(form, "level2", "name", "weight", "score") == [
        ("数量指标", "候车亭", "20", "20"),
        ("质量指标", "合格率", "40", "39"),
    ]


@pytest.mark.parametrize("dump", [False, True], ids=["表格", "文本"])
def test_direction_and_operator_in_two_columns(dump: bool) -> None:
    header: Row = ["一级指标", "二级指标", "三级指标", "指标方向", "计算符号", "指标值", "计量单位", "完成值", "分值", "得分"]  # fmt: skip
    row: Row = ["产出指标", "成本指标", "造价", "反向", "≤", "6.5", "万元", "6.4万元", "20", "20"]  # fmt: skip
    document = doc(TITLE, [["项目名称", wide("候车亭", 9)], header, row])
    (form,) = find_forms(as_dump(document) if dump else document)
    assert fields(form, "target_text", "actual_text") == [("≤6.5万元", "6.4万元")]


@pytest.mark.parametrize(
    ("label", "texts", "targets"),
    [
        ("评价标准", ["达标得满分，每低1%扣1分", "验收合格得5分"], [None, None]),
        ("评价标准", ["36座", "≥98%"], ["36座", "≥98%"]),
        ("绩效标准", ["36座", "≥98%"], ["36座", "≥98%"]),
    ],
)
def test_a_standard_is_a_target_or_a_rule(
    label: str, texts: list[str], targets: list[str | None]
) -> None:
    header: Row = ["一级指标", "二级指标", "三级指标", label, "分值", "得分"]
    form = read(
        *HEAD,
        header,
        ["产出", "产出数量", "候车亭", texts[0], "30", "30"],
        ["产出", "产出质量", "合格率", texts[1], "30", "29"],
    )
    assert [r.target_text for r in form.indicators] == targets
    assert fields(form, "weight", "score") == [("30", "30"), ("30", "29")]


def test_second_levels_that_are_the_indicators_themselves() -> None:
    form = read(
        *HEAD,
        ["一级指标", "二级指标", "指标值", "完成值", "分值", "得分"],
        ["产出指标", "候车亭座数", "36座", "38座", "60", "60"],
        ["满意度指标", "乘客满意度", "92%", "93%", "40", "40"],
    )
    assert fields(form, "level1", "level2", "name") == [
        ("产出指标", None, "候车亭座数"),
        ("满意度指标", None, "乘客满意度"),
    ]


def test_second_levels_without_a_third_stay_levels() -> None:
    form = read(
        *HEAD,
        ["一级指标", "二级指标", "指标值", "完成值", "分值", "得分"],
        ["产出指标", "数量指标", "36座", "38座", "60", "60"],
    )
    assert fields(form, "level2", "name") == [("数量指标", None)]


def test_two_header_rows_of_a_dump_with_its_blank_fields() -> None:
    rows: list[Row] = [
        ["项目名称", wide("候车亭", 8)],
        [wide("绩效指标", 3), wide("绩效目标值", 1), wide("完成情况", 2), wide("评分", 2), "说明"],
        ["一级指标", "二级指标", "三级指标", "年初目标值", "实际完成值", "完成率", "分值", "得分", ""],
        ["产出指标", "数量指标", "候车亭", "36座", "38座", "105.6%", "20", "19", ""],
    ]  # fmt: skip
    (form,) = find_forms(as_dump(doc(TITLE, rows)))
    names = ("target_text", "actual_text", "weight", "score")
    assert fields(form, *names) == [("36座", "38座", "20", "19")]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (
            ["年初目标", "实际完成情况", "是否完成", "未完成原因"],
            [["建亭36座", "建亭38座", "是", ""], ["换牌120块", "换牌115块", "否", "道路改线"]],
        ),
        (
            ["年度目标", "未完成原因分析", "全年完成情况", "得分"],
            [["建亭36座", "", "建亭38座", "10"], ["换牌120块", "道路改线", "换牌115块", "9"]],
        ),
    ],
    ids=["末列", "中列"],
)  # fmt: skip
def test_columns_of_reasons_and_states_beside_the_goals(
    header: list[str], rows: list[list[str]]
) -> None:
    block: list[Row] = [
        [tall("项目绩效目标", 3), *(wide(h, 2) for h in header[:3]), header[3]],
        *([*(wide(c, 2) for c in row[:3]), row[3]] for row in rows),
    ]
    form = read(*HEAD, *block, USUAL, *ROWS)
    assert form.goal_text == "建亭36座\n换牌120块"
    assert form.outcome_text == "建亭38座\n换牌115块"


def test_goals_of_a_tight_dump_that_fit_no_label_are_doubtful() -> None:
    text = (
        f"# {TITLE}\n项目名称\t候车亭\n年度目标\t未完成原因\t实际完成情况\t是否完成\n"
        "建亭36座\t建亭30座\t否\n"
        "一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分\n"
        "产出指标\t数量指标\t候车亭\t36座\t30座\t60\t50\n"
    )
    (form,) = find_forms(doc_from_tsv(text))
    assert form.outcome_text is None
    assert "reading_doubt" in {note.code for note in form.notes}


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("自评结果", DONE, (DONE, None)),
        ("自评结果", "优", (None, "优")),
        ("自评结论", "良好", (None, "良好")),
    ],
)
def test_a_result_is_an_outcome_or_a_rating(
    label: str, text: str, expected: tuple[str | None, str | None]
) -> None:
    form = read(
        *HEAD, ["绩效目标", wide(GOAL, 7)], [label, wide(text, 7)], USUAL, *ROWS
    )
    assert form.goal_text == GOAL
    assert (form.outcome_text, form.rating) == expected


def test_a_table_of_tasks_with_amounts_and_states_ends_nothing() -> None:
    form = read(
        ["部门名称", wide("松岭市交通局", 7)],
        [tall("年度主要任务", 4), "任务名称", wide("主要内容", 2), "预算数", "执行数", wide("完成情况", 2)],
        ["建亭", wide("新建候车亭36座", 2), "210.00", "205.00", wide("已完成", 2)],
        ["换牌", wide("改造站牌120块", 2), "90.00", "88.00", wide("已完成", 2)],
        ["合计", wide("", 2), "300.00", "293.00", wide("", 2)],
        *GOALS,
        USUAL,
        *ROWS,
    )  # fmt: skip
    assert (form.goal_text, form.outcome_text) == (GOAL, DONE)
    assert [r.name for r in form.indicators] == ["候车亭", "站牌", "乘客"]
    assert (form.total_weight, form.total_score) == (None, None)


@pytest.mark.parametrize("dump", [False, True], ids=["表格", "文本"])
def test_one_indicator_a_column(dump: bool) -> None:
    rows: list[Row] = [
        ["项目名称", wide("候车亭", 3)],
        ["预期目标", wide(GOAL, 3)],
        ["实际完成情况", wide(DONE, 3)],
        ["一级指标", wide("产出指标", 2), "满意度指标"],
        ["三级指标", "候车亭", "站牌", "乘客满意度"],
        ["年度指标值", "36座", "120块", "92%"],
        ["实际完成值", "38座", "115块", "93%"],
        ["分值", "20", "40", "40"],
        ["得分", "20", "38", "40"],
        ["偏差原因", "", "道路改线", ""],
    ]
    document = doc(TITLE, rows)
    (form,) = find_forms(as_dump(document) if dump else document)
    assert (form.goal_text, form.outcome_text) == (GOAL, DONE)
    names = ("name", "target_text", "actual_text", "weight", "score", "deviation")
    assert fields(form, *names) == [
        ("候车亭", "36座", "38座", "20", "20", None),
        ("站牌", "120块", "115块", "40", "38", "道路改线"),
        ("乘客满意度", "92%", "93%", "40", "40", None),
    ]
    assert form.indicators[0].level1 == "产出指标"
    assert form.indicators[2].level1 == "满意度指标"


def test_one_indicator_a_block() -> None:
    form = read(
        ["项目名称", wide("候车亭", 3)],
        ["年度目标", wide(GOAL, 3)],
        ["完成情况", wide(DONE, 3)],
        ["三级指标", "候车亭", "一级指标", "产出指标"],
        ["指标值", "36座", "完成值", "38座"],
        ["分值", "20", "得分", "20"],
        ["三级指标", "乘客满意度", "一级指标", "满意度指标"],
        ["指标值", "92%", "完成值", ""],
        ["分值", "40", "得分", "40"],
    )
    assert (form.goal_text, form.outcome_text) == (GOAL, DONE)
    assert fields(form, "level1", "name", "target_text", "actual_text", "score") == [
        ("产出指标", "候车亭", "36座", "38座", "20"),
        ("满意度指标", "乘客满意度", "92%", None, "40"),
    ]


def paged(rows: list[Row], first_of_next: int) -> Document:
    """One table whose rows from ``first_of_next`` on stand on page 2."""
    document = doc(TITLE, rows)
    blocks = tuple(
        replace(
            block,
            cells=tuple(
                replace(c, page=1 + (c.row >= first_of_next)) for c in block.cells
            ),
        )
        if isinstance(block, Table)
        else block
        for block in document.blocks
    )
    return replace(document, blocks=blocks)


def test_a_row_that_a_page_end_cut_inside_a_level_name() -> None:
    last = ["满意度指", "服务对象", "乘客满意", "92%", "93%", "10", "10", ""]
    rest = ["标", "满意度指标", "度", "", "", "", "", ""]
    (form,) = find_forms(paged([*HEAD, USUAL, *ROWS[:2], last, rest], 6))
    assert fields(form, "level1", "level2", "name", "score")[-1] == (
        "满意度指标",
        "服务对象满意度指标",
        "乘客满意度",
        "10",
    )


def test_a_row_of_levels_on_the_next_page_is_no_rest() -> None:
    row = ["产出指标", "数量指标", "候车亭", "36座", "38座", "10", "10", ""]
    after = ["效益指标", "社会效益指标", "", "", "", "", "", ""]
    (form,) = find_forms(paged([*HEAD, USUAL, row, after], 4))
    assert fields(form, "level1", "level2")[0] == ("产出指标", "数量指标")


def test_paragraphs_of_a_goal_outside_the_tables() -> None:
    (form,) = find_forms(
        doc(
            TITLE,
            HEAD,
            "年度总体目标：",
            "1.新建候车亭36座；",
            "2.改造站牌120块。",
            "实际完成情况：1.新建候车亭38座；",
            "2.改造站牌115块。",
            "四、其他情况",
            "附有照片。",
            [USUAL, *ROWS],
        )
    )
    assert form.goal_text == "1.新建候车亭36座；\n2.改造站牌120块。"
    assert form.outcome_text == "1.新建候车亭38座；\n2.改造站牌115块。"


@pytest.mark.parametrize(
    "line",
    ["单位：万元", "金额单位：萬元", "單位：萬元"],
)
def test_the_currency_below_the_table(line: str) -> None:
    (form,) = find_forms(
        doc(TITLE, [*HEAD, USUAL, *ROWS, ["其他需要说明的事项", wide("无", 7)]], line)
    )
    assert form.currency_unit == "万元"


def test_labels_in_two_languages() -> None:
    form = read(
        ["项目名称\nProject", wide("候车亭", 7)],
        ["年度目标 Annual Goal", wide(GOAL, 7)],
        ["实际完成情况 Actual Results", wide(DONE, 7)],
        [f"{label} Item" for label in USUAL],
        *ROWS,
        [wide("总分 Total Score", 5), "100", "98", ""],
    )
    assert form.project_name == "候车亭"
    assert (form.goal_text, form.outcome_text) == (GOAL, DONE)
    assert fields(form, "actual_text") == [("38座",), ("115块",), ("93%",)]
    assert form.total_score == "98"


def test_score_and_rating_in_one_sentence() -> None:
    form = read(*HEAD, USUAL, *ROWS, [wide("自评总得分：97.30分（自评等级：优）", 8)])
    assert (form.total_score, form.rating) == ("97.30", "优")


def test_pasted_amounts_of_the_form_of_2018() -> None:
    cells = (
        "预算执行情况（万元）|预算数：|260.00|执行数：|241.80|其中：财政拨款|250.00"
        "|其中：财政拨款|231.80|其他资金|10.00|其他资金|10.00"
    )
    table = "一级指标|二级指标|三级指标|指标值|完成值|分值|得分|产出指标|数量指标|候车亭|36座|38座|50|50"
    lines = ["项目名称", "候车亭", *cells.split("|"), *table.split("|")]
    (form,) = find_forms(doc(TITLE, *lines))
    assert [(f.kind, f.full_budget, f.executed) for f in form.funds] == [
        ("total", "260.00", "241.80"),
        ("fiscal", "250.00", "231.80"),
        ("other", "10.00", "10.00"),
    ]


def test_a_header_that_a_page_end_cut_inside_its_labels() -> None:
    labels = [
        "一级指",
        "二级指",
        "三级指标",
        "指标值",
        "完成值",
        wide("分得", 2),
        "原因",
    ]
    rest = ["标", "标", "", "", "", "值", "分", ""]
    row = ["产出指标", "数量指标", "候车亭", "36座", "38座", "10", "9", "选址变更"]
    (form,) = find_forms(paged([*HEAD, labels, rest, row], 3))
    assert fields(form, "level1", "name", "weight", "score", "deviation") == [
        ("产出指标", "候车亭", "10", "9", "选址变更")
    ]


def test_the_rest_of_most_cells_of_a_row_is_no_row() -> None:
    last = ["满意度指", "服务对象", "乘客满意", "完成得满", "93%", "10", "10", ""]
    rest = ["标（10分）", "满意度指标", "度", "分", "", "", "", ""]
    (form,) = find_forms(paged([*HEAD, USUAL, *ROWS[:2], last, rest], 6))
    assert fields(form, "level1", "name")[-1] == ("满意度指标（10分）", "乘客满意度")


@pytest.mark.parametrize(
    ("sign", "confidence", "target"),
    [("二", 0.55, "=100%"), ("N", 0.6, "N100%"), ("≥", 0.95, "≥100%")],
)
def test_a_target_is_no_surer_than_its_sign(
    sign: str, confidence: float, target: str
) -> None:
    head = ["一级指标", "三级指标", "指标性质", "指标值", "完成值", "分值", "得分"]
    row = ["产出指标", "验收合格率", sign, "100%", "100%", "10", "10"]
    table = table_from_grid([*HEAD, head, row])
    cells = tuple(
        replace(c, ocr_confidence=confidence if c.text == sign else 0.99)
        for c in table.cells
    )
    (form,) = find_forms(doc(replace(table, cells=cells)))
    assert form.indicators[0].target_text == target
    place = form.provenance["indicators[0].target_text"]
    assert place.ocr_confidence == confidence
    assert place.alternatives == (("二100%",) if sign == "二" else ())


def test_a_printed_sign_is_not_changed() -> None:
    head = ["一级指标", "三级指标", "指标性质", "指标值", "完成值", "分值", "得分"]
    row = ["产出指标", "验收合格率", "二", "100%", "100%", "10", "10"]
    (form,) = find_forms(doc([*HEAD, head, row]))
    assert form.indicators[0].target_text == "二100%"


@pytest.mark.parametrize(
    ("cell", "score", "doubt"),
    [
        ("45分", "45", None),
        ("44.5（扣0.5）", "44.5", None),
        ("50（满分）", "50", None),
        ("50/45", None, "50/45"),
        ("自评50 复评45", None, "自评50 复评45"),
        ("—", None, None),
    ],
)
def test_a_score_cell_with_more_than_a_number(
    cell: str, score: str | None, doubt: str | None
) -> None:
    rows: list[Row] = [
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "偏差原因"],
        ["产出指标", "数量指标", "改造食堂", "21所", "19所", "50", cell, ""],
        ["产出指标", "数量指标", "受益学生", "6300名", "6412名", "50", "50", ""],
    ]  # fmt: skip
    (form,) = find_forms(doc("项目支出绩效自评表", rows))
    first = form.indicators[0]
    assert (first.weight, first.score, first.deviation) == ("50", score, None)
    doubts = [n.detail for n in form.notes if n.field == "indicators[0].score"]
    assert doubts == ([doubt] if doubt else [])
