"""Goals and indicators of forms as nobody listed them, one peculiarity each."""

from __future__ import annotations

import pytest

from pipeline.layout import find_forms
from tests.unit.layout.builders import (
    TITLE,
    Row,
    as_dump,
    doc,
    doc_from_tsv,
    read,
    tall,
    texts,
    wide,
)

GOAL = "改造学校食堂21所，受益学生6300名。"
DONE = "改造学校食堂19所，受益学生6412名。"
NAME: Row = ["项目名称", wide("食堂改造", 6)]
USUAL: list[Row] = [
    ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
    ["产出指标", "数量指标", "改造食堂", "21所", "19所", "50", "45"],
]


@pytest.mark.parametrize(
    ("section", "adjusted", "expected"),
    [
        (["年度总体目标"], GOAL, GOAL),
        ([], GOAL, GOAL),
        ([], "—", "改造学校食堂30所。"),
    ],
    ids=["有总栏", "无总栏", "未调整"],
)
def test_the_adjusted_goal_counts_where_one_stands(
    section: list[str], adjusted: str, expected: str
) -> None:
    rest = 7 - len(section) - 4
    block: list[Row] = [
        [*(tall(s, 2) for s in section), wide("年初目标", 2), wide("调整后目标", 2), wide("全年完成情况", rest)],
        [wide("改造学校食堂30所。", 2), wide(adjusted, 2), wide(DONE, rest)],
    ]  # fmt: skip
    assert texts(read(NAME, *block, *USUAL)) == (expected, DONE)


@pytest.mark.parametrize(
    "block",
    [
        [["年度目标及完成情况", wide(f"年度目标：{GOAL}\n完成情况：{DONE}", 6)]],
        [["年度目标及完成情况", wide(f"年度目标：{GOAL} 完成情况：{DONE}", 6)]],
        [["绩效目标", wide(f"{GOAL}\n实际完成情况：\n{DONE}", 6)]],
        [[wide(f"年度总体目标：{GOAL}", 3), wide(f"实际完成情况：{DONE}", 4)]],
        [[wide(f"年度总体目标：{GOAL}", 7)], [wide(f"实际完成情况：{DONE}", 7)]],
    ],
    ids=["一格", "一格一行", "完成情况在后", "并排两格", "上下两格"],
)
def test_goal_and_outcome_behind_labels_in_their_cells(block: list[Row]) -> None:
    assert texts(read(NAME, *block, *USUAL)) == (GOAL, DONE)


def test_numbered_goals_with_their_outcomes_in_one_cell() -> None:
    cell = "目标1：建亭36座\n完成情况：建亭38座\n目标2：换牌120块\n完成情况：换牌115块"
    form = read(NAME, ["年度目标", wide(cell, 6)], *USUAL)
    assert texts(form) == (
        "目标1：建亭36座\n目标2：换牌120块",
        "建亭38座\n换牌115块",
    )


def test_numbered_states_behind_the_only_label_of_an_outcome() -> None:
    cell = (
        "目标1：建亭36座\n目标2：换牌120块\n完成情况：\n目标1：已完成\n目标2：换牌115块"
    )
    form = read(NAME, ["年度目标", wide(cell, 6)], *USUAL)
    assert texts(form) == (
        "目标1：建亭36座\n目标2：换牌120块",
        "目标1：已完成\n目标2：换牌115块",
    )


def test_numbered_states_in_an_outcome_cell() -> None:
    states = "目标1：已完成\n目标2：换牌115块"
    form = read(
        NAME, ["年度目标", wide(GOAL, 6)], ["完成情况", wide(states, 6)], *USUAL
    )
    assert texts(form) == (GOAL, states)


def test_a_lone_cell_of_a_dump_between_two_columns_is_doubtful() -> None:
    (form,) = find_forms(
        doc_from_tsv(
            f"# {TITLE}\n项目名称\t食堂\n年度目标\t预期目标\t实际完成情况\n"
            "建亭36座；\t建亭38座，换牌115块。\n换牌120块。\n"
            "一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分\n"
            "产出指标\t数量指标\t候车亭\t36座\t38座\t60\t60\n"
        )
    )
    assert texts(form) == ("建亭36座；", "建亭38座，换牌115块。")
    doubts = [n for n in form.notes if n.code == "reading_doubt"]
    assert {n.field for n in doubts} == {"goal_text", "outcome_text"}
    assert doubts[0].detail == "换牌120块。"


def test_how_to_fill_in_a_form_is_no_form() -> None:
    guide: list[Row] = [
        ["栏目", "填写要求"],
        ["项目名称", "填写预算批复的项目名称"],
        ["年度总体目标", "填写批复的绩效目标，不得自行修改"],
        ["实际完成情况", "与预期目标逐项对应，说明完成数量"],
    ]
    assert not find_forms(doc("填表说明", guide))


@pytest.mark.parametrize("dump", [False, True], ids=["表格", "文本"])
def test_years_in_the_labels_of_columns(dump: bool) -> None:
    header: Row = ["一级指标", "二级指标", "三级指标", "2022年完成值", "2023年目标值", "2023年完成值", "分值", "得分"]  # fmt: skip
    row: Row = ["产出指标", "数量指标", "改造食堂", "12所", "21所", "19所", "50", "45"]
    document = doc(TITLE, [["项目名称", wide("食堂改造", 7)], header, row])
    (form,) = find_forms(as_dump(document) if dump else document)
    assert (form.indicators[0].target_text, form.indicators[0].actual_text) == (
        "21所",
        "19所",
    )


@pytest.mark.parametrize(
    ("labels", "target", "actual"),
    [
        (["年初设定", "全年完成"], "21所", "19所"),
        (["设定数目", "达成数目"], None, None),
    ],
    ids=["认得", "不认得"],
)
def test_a_second_header_row_divides_wide_cells(
    labels: list[str], target: str | None, actual: str | None
) -> None:
    form = read(
        ["项目名称", wide("食堂改造", 6)],
        [*(tall(text, 2) for text in ("一级指标", "二级指标", "三级指标")), wide("指标值", 2), wide("自评情况", 2)],
        [*labels, "分值", "得分"],
        USUAL[1],
    )  # fmt: skip
    (row,) = form.indicators
    assert (row.name, row.weight, row.score) == ("改造食堂", "50", "45")
    assert (row.target_text, row.actual_text) == (target, actual)


def test_goals_of_other_years_are_set_aside() -> None:
    block: list[Row] = [
        [tall("绩效目标", 2), wide("2022年目标", 2), wide("2023年目标", 2), wide("2023年完成情况", 2)],
        [wide("改造学校食堂30所。", 2), wide(GOAL, 2), wide(DONE, 2)],
    ]  # fmt: skip
    assert texts(read(NAME, *block, *USUAL)) == (GOAL, DONE)


def test_a_unit_column_of_the_actual_value() -> None:
    form = read(
        ["项目名称", wide("食堂改造", 9)],
        ["一级指标", "二级指标", "三级指标", "符号", "指标值", "单位", "完成值", "单位", "分值", "得分"],
        ["产出指标", "数量指标", "改造食堂", "≥", "21", "所", "19", "所", "50", "45"],
        ["产出指标", "质量指标", "合格率", "≥", "98", "%", "—", "%", "50", "0"],
    )  # fmt: skip
    assert [(r.target_text, r.actual_text) for r in form.indicators] == [
        ("≥21所", "19所"),
        ("≥98%", "—"),
    ]


def test_a_target_column_named_after_the_goal() -> None:
    form = read(
        NAME,
        ["一级指标", "二级指标", "三级指标", "绩效目标", "完成情况", "分值", "得分"],
        USUAL[1],
    )
    assert form.indicators[0].target_text == "21所"
    assert not form.notes


def test_two_kinds_of_level_labels() -> None:
    form = read(
        NAME,
        ["指标类型", "指标类别", "指标内容", "计划值", "实际值", "分值", "得分"],
        USUAL[1],
    )
    row = form.indicators[0]
    assert (row.level1, row.level2, row.name) == ("产出指标", "数量指标", "改造食堂")


TARGETS: list[Row] = [
    ["一级指标", "二级指标", "三级指标", "指标值", "分值"],
    ["产出指标", "数量指标", "改造食堂", "21所", "50"],
    ["效益指标", "社会效益指标", "受益学生", "6300名", "40"],
]


def results(*names: str) -> list[Row]:
    rows: list[Row] = [
        ["一级指标", "二级指标", "三级指标", "完成值", "得分", "偏差原因"],
        ["产出指标", "数量指标", names[0], "19所", "45", "学校撤并"],
        ["效益指标", "社会效益指标", names[1], "6412名", "40", ""],
    ]
    return rows


def test_targets_and_results_in_two_tables() -> None:
    form = read(
        ["项目名称", wide("食堂改造", 4)],
        ["年度绩效目标", wide(GOAL, 4)],
        *TARGETS,
        ["目标完成情况", wide(DONE, 4)],
        *results("改造食堂", "受益学生"),
    )
    assert texts(form) == (GOAL, DONE)
    assert [
        (r.row, r.target_text, r.actual_text, r.weight, r.score, r.deviation)
        for r in form.indicators
    ] == [
        (0, "21所", "19所", "50", "45", "学校撤并"),
        (1, "6300名", "6412名", "40", "40", None),
    ]
    assert "indicators[0].actual_text" in form.provenance
    assert not any(path.startswith("indicators[2]") for path in form.provenance)


def test_results_of_other_indicators_stay_rows_of_their_own() -> None:
    form = read(
        ["项目名称", wide("食堂改造", 4)], *TARGETS, *results("改造食堂", "用餐人数")
    )
    assert len(form.indicators) == 4


def test_an_unknown_label_beside_those_of_goal_and_outcome() -> None:
    block: list[Row] = [
        [tall("部门使命与方向", 2), wide("预期目标", 3), wide("实际完成情况", 3)],
        [wide(GOAL, 3), wide(DONE, 3)],
    ]
    assert texts(read(NAME, *block, *USUAL)) == (GOAL, DONE)


def test_labels_with_numbers_of_two_levels() -> None:
    form = read(
        ["1.1 项目名称", wide("食堂改造", 6)],
        ["2.1 预期目标", wide(GOAL, 6)],
        ["2.2实际完成情况", wide(DONE, 6)],
        *USUAL,
    )
    assert form.project_name == "食堂改造"
    assert texts(form) == (GOAL, DONE)


def test_a_remark_from_the_left_edge_is_no_indicator() -> None:
    remark = "项目总体完成较好，改造19所，资金执行率97%，自评得分45分。"
    form = read(NAME, *USUAL, [wide("项目总体评价", 2), wide(remark, 5)])
    assert [row.name for row in form.indicators] == ["改造食堂"]


@pytest.mark.parametrize("dump", [False, True], ids=["表格", "文本"])
def test_words_exactly_under_a_level_label_are_a_level(dump: bool) -> None:
    rows: list[Row] = [
        NAME,
        USUAL[0],
        ["预算管理", "预算执行", "预算编制准确性", "≥95%", "97%", "20", "20"],
        ["制度保障", "长效机制", "管理办法", "2项", "2项", "20", "20"],
    ]
    document = doc(TITLE, rows)
    (form,) = find_forms(as_dump(document) if dump else document)
    assert [(r.level1, r.level2, r.name) for r in form.indicators] == [
        ("预算管理", "预算执行", "预算编制准确性"),
        ("制度保障", "长效机制", "管理办法"),
    ]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("对照年初目标，概述完成情况（200字以内）", None),
        ("请填写目标的实际完成情况", None),
        ("印发手册200字以内的摘要9份", "印发手册200字以内的摘要9份"),
        (DONE, DONE),
    ],
)
def test_what_the_blank_form_asks_for_is_no_outcome(
    printed: str, expected: str | None
) -> None:
    form = read(
        NAME,
        ["年度总体目标", wide("预期目标", 3), wide("实际完成情况", 3)],
        ["", wide(GOAL, 3), wide(printed, 3)],
        *USUAL,
    )
    assert texts(form) == (GOAL, expected)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("43.2", "37.24"), ("43.2", "37.24")),
        (("43.2万元", "37.24万元"), ("43.2万元", "37.24万元")),
        (("43.2", DONE), (None, DONE)),
        (("—", "37.24"), (None, None)),
    ],
)
def test_money_may_be_all_that_stands_for_a_goal(
    cells: tuple[str, str], expected: tuple[str | None, str | None]
) -> None:
    block: list[Row] = [
        [tall("年度总体目标", 2), wide("预期目标", 3), wide("实际完成情况", 3)],
        [wide(cells[0], 3), wide(cells[1], 3)],
    ]
    assert texts(read(NAME, *block, *USUAL)) == expected
