"""One form in every way in which programs save a table without its rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline import sources
from pipeline.core.form import Form
from pipeline.layout import find_forms, holds_run_together

TITLE = ["项目支出绩效自评表", "（2022年度）"]
HEAD: list[list[str]] = [
    ["项目名称", "候船亭翻新"],
    ["主管部门", "河口县港航中心", "实施单位", "渡口管理站"],
    [
        "项目资金（万元）",
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
    ],
    ["年度资金总额", "", "48.6", "47.9", "10", "98.56%", "9.86"],
    ["其中：当年财政拨款", "", "48.6", "47.9", "—", "98.56%", "—"],
    ["年度总体目标", "预期目标", "实际完成情况"],
    ["翻新候船亭6座，安装护栏350米。", "翻新候船亭6座，安装护栏362米。"],
]
COLUMNS = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
]
ROWS: list[list[str]] = [
    ["产出指标", "数量指标", "翻新候船亭数量", "≥6座", "6座", "20", "20", ""],
    ["安装护栏长度", "≥350米", "362米", "15", "15", ""],
    ["质量指标", "验收合格率", "100%", "96%", "15", "14", "一处护栏返工"],
    ["成本指标", "总成本", "≤48.6万元", "47.9万元", "10", "10", ""],
    [
        "效益指标",
        "社会效益指标",
        "候船条件",
        "明显改善",
        "达成预期指标",
        "20",
        "20",
        "",
    ],
    ["满意度指标", "服务对象满意度指标", "乘客满意度", "≥90%", "93%", "10", "10", ""],
    ["总分", "100", "98.86"],
]
FORM = [*HEAD, COLUMNS, *ROWS]


def padded(form: list[list[str]]) -> str:
    width = max(map(len, form)) + 1
    lines = [f"{t} | " + "|" * (width - 1) for t in TITLE]
    lines += [" | ".join(r) + " |" + " " + "|" * (width - len(r)) for r in form]
    return "\n".join(lines)


def by_line(form: list[list[str]]) -> str:
    lines = [f"{t} |" for t in TITLE]
    return "\n".join([*lines, *(" | ".join(c for c in r if c) + " |" for r in form)])


def piped_cells(form: list[list[str]]) -> str:
    cells = [*TITLE, *(c for row in form for c in row)]
    return "\n".join(f"{c} |" if c else "|" for c in cells)


def run_on_pipes(form: list[list[str]]) -> str:
    cells = [*TITLE, *(c for row in form for c in row)]
    text = " | ".join(c or "\n" for c in cells) + " |\n|\n|"
    return text.replace("| \n |", "|\n|")


def blank_lines(form: list[list[str]]) -> str:
    """Narrow labels broken, empty cells as a space, fillers 指标2 with empty cells."""
    broken = {
        "年初预算数": "年初\n\n预算数",
        "年度指标值": "年度\n\n指标值",
        "实际完成值": "实际\n\n完成值",
        "社会效益指标": "社会效\n\n益指标",
        "偏差原因分析及改进措施": "偏差原因\n\n分析及\n\n改进措施",
        "项目资金（万元）": "项目资金\n（万元）",
    }
    filler = ["指标2", "", "", "", "", "", "……", "", "", "", "", ""]
    rows = [r if r[0] != "总分" else [*filler, *r] for r in form]
    cells = [*TITLE, *(c for row in rows for c in row)]
    return "\n\n".join(broken.get(c, c) or " " for c in cells)


def spaced_lines(form: list[list[str]]) -> str:
    lines = [" ".join(c for c in row if c) for row in form]
    text = "\n    ".join([*TITLE, *lines])
    return text.replace("社会效益指标", "社会效益\n    指标")


def one_line(form: list[list[str]]) -> str:
    cells = [c for row in form for c in row if c]
    return " ".join(["附件：", *TITLE, *cells])


DUMPS: list[Callable[[list[list[str]]], str]] = [
    padded, by_line, piped_cells, run_on_pipes, blank_lines, spaced_lines, one_line,
]  # fmt: skip


def read(text: str) -> tuple[Form, ...]:
    return find_forms(sources.read(text.encode(), "表.txt"))


@pytest.mark.parametrize("dump", DUMPS, ids=lambda d: d.__name__)
def test_the_same_form_from_every_dump(dump: Callable[[list[list[str]]], str]) -> None:
    (form,) = read(dump(FORM))
    head = (
        form.project_name,
        form.department,
        form.unit,
        form.year,
        form.currency_unit,
    )
    assert head == ("候船亭翻新", "河口县港航中心", "渡口管理站", 2022, "万元")
    assert (form.goal_text, form.outcome_text) == tuple(HEAD[-1])
    total = form.funds[0]
    assert (total.initial_budget, total.full_budget, total.executed) == (
        None, "48.6", "47.9",
    )  # fmt: skip
    assert (total.weight, total.execution_rate, total.score) == ("10", "98.56", "9.86")
    assert [
        (r.level1, r.level2, r.name, r.target_text, r.actual_text, r.weight, r.score)
        for r in form.indicators
    ] == [
        ("产出指标", "数量指标", "翻新候船亭数量", "≥6座", "6座", "20", "20"),
        ("产出指标", "数量指标", "安装护栏长度", "≥350米", "362米", "15", "15"),
        ("产出指标", "质量指标", "验收合格率", "100%", "96%", "15", "14"),
        ("产出指标", "成本指标", "总成本", "≤48.6万元", "47.9万元", "10", "10"),
        ("效益指标", "社会效益指标", "候船条件", "明显改善", "达成预期指标", "20", "20"),
        ("满意度指标", "服务对象满意度指标", "乘客满意度", "≥90%", "93%", "10", "10"),
    ]  # fmt: skip
    assert [r.deviation for r in form.indicators][2] == "一处护栏返工"
    assert form.total_score == "98.86"
    assert not [n for n in form.notes if n.code != "table_misaligned"]


SICHUAN = """部门预算项目支出绩效自评表（2023年度） |
项目名称 |
山洪预警喇叭维护 |
主管部门 |
石梁县水务局 |
实施单位 （盖章） |
石梁县防汛站 |
项目基本情况 |
1.项目年度目标完成情况 |
项目年度目标 |
年度目标完成情况 |
维护预警喇叭84只。 |
维护预警喇叭81只。 |
2.项目实施内容及过程概述 |
|
预算执行情况（10分） |
年度预算数（万元） |
年初预算 |
调整后预算数 |
预算执行数 |
预算执行率 |
权重 |
得分 |
原因 |
总额 |
12.40 |
13.50 |
13.50 |
100.00% |
10 |
|
其他资金包括社会投入。 |
其他资金 |
|
|
|
|
/ |
/ |
绩效指标（90分） |
一级指标 |
二级指标 |
三级指标 |
指标性质 |
指标值 |
度量单位 |
完成值 |
权重 |
得分 |
未完成原因分析 |
产出指标 |
数量指标 |
维护喇叭 |
≥ |
84 |
只 |
|
60 |
|
|
效益指标 |
社会效益指标 |
预警能力 |
定性 |
有效提升 |
|
有效提升 |
30 |
30 |
|
合计 |
100 |
|
|"""


def test_cells_that_are_empty_stay_empty_and_a_caption_is_no_column() -> None:
    (form,) = read(SICHUAN)
    assert form.project_name == "山洪预警喇叭维护"
    assert (form.goal_text, form.outcome_text) == (
        "维护预警喇叭84只。",
        "维护预警喇叭81只。",
    )
    total = form.funds[0]
    assert (total.initial_budget, total.full_budget, total.executed) == (
        "12.40", "13.50", "13.50",
    )  # fmt: skip
    assert (total.execution_rate, total.weight, total.score) == ("100.00", "10", None)
    assert [
        (r.target_text, r.actual_text, r.weight, r.score) for r in form.indicators
    ] == [
        ("≥84只", None, "60", None),
        ("定性有效提升", "有效提升", "30", "30"),
    ]
    assert not any(n.code == "cells_lost" for n in form.notes)


TWO_HEADERS = (
    "绩效指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施|一级指标|二级指标|三级指标"
    "|指标性质|指标值|度量单位"
)


def test_a_header_of_two_rows_in_the_order_of_the_cells() -> None:
    rows = "产出指标|数量指标|修补渡船|≧|9|艘|10|25|25||质量指标|检验合格率|═|100|%|100%|25|25|"
    cells = [
        "项目支出绩效自评表",
        "项目名称",
        "渡船修补",
        *TWO_HEADERS.split("|"),
        *rows.split("|"),
    ]
    (form,) = read("\n".join(f"{c} |" if c else "|" for c in cells))
    assert [
        (r.name, r.target_text, r.actual_text, r.score) for r in form.indicators
    ] == [
        ("修补渡船", "≧9艘", "10", "25"),
        ("检验合格率", "═100%", "100%", "25"),
    ]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("岸标刷新 ≥40根 10 10", ("≥40根", None)),
        ("岸标刷新 达成预期指标 10 10", (None, "达成预期指标")),
        ("岸标刷新 40 10 10", (None, None)),
        ("岸标刷新 10 10", (None, None)),
    ],
)
def test_a_value_that_may_be_either_is_left_out_and_said(
    row: str, found: tuple[str | None, str | None]
) -> None:
    head = " ".join([*TITLE, "项目名称 航标维护", *COLUMNS])
    before = "产出指标 数量指标 岸标除锈 ≥55根 56根 30 30"
    after = "质量指标 完好率 ≥98% 99% 20 20"
    (form,) = read(f"{head} {before} {row} {after}")
    assert (form.indicators[1].target_text, form.indicators[1].actual_text) == found
    assert form.indicators[0].actual_text == "56根"
    assert form.indicators[2].score == "20"
    assert "indicators[1]" in [n.field for n in form.notes if n.code == "cells_lost"]


def test_goals_that_run_into_each_other_are_left_out_and_said() -> None:
    form = [*HEAD[:-1], ["疏浚航道。", "设置浮标。", "航道已疏浚。"], COLUMNS, *ROWS]
    (found,) = read(one_line(form))
    assert (found.goal_text, found.outcome_text) == (None, None)
    assert {n.field for n in found.notes} >= {"goal_text", "outcome_text"}
    assert len(found.indicators) == 6


@pytest.mark.parametrize("dump", [padded, one_line], ids=["padded", "one line"])
def test_a_table_that_breaks_off_says_so(
    dump: Callable[[list[list[str]]], str],
) -> None:
    cut = [*FORM[:-2], ["满意度指标", "服务对象满意度指标", "乘客满"]]
    (form,) = read(dump(cut))
    assert form.indicators[4].name == "候船条件"
    assert {"indicators", "indicators[5]"} & {n.field for n in form.notes}


def test_a_text_that_ends_with_the_labels_of_its_rows_says_so() -> None:
    form = [*HEAD, COLUMNS]
    (found,) = read(padded(form))
    assert found.indicators == ()
    assert ("reading_doubt", "indicators") in {(n.code, n.field) for n in found.notes}
    (whole,) = read(padded([*form, *ROWS]))
    assert "indicators" not in {n.field for n in whole.notes}


def test_words_without_any_space_are_seen_and_left_alone() -> None:
    text = "".join(c for row in [TITLE, *FORM] for c in row)
    document = sources.read(text.encode(), "表.txt")
    assert find_forms(document) == ()
    assert holds_run_together(document)


def test_words_run_together_with_a_label_read_downwards_are_seen_too() -> None:
    text = "".join(c for row in [TITLE, *FORM] for c in row)
    text = text.replace("一级指标", "分级标一指")
    document = sources.read(text.encode(), "表.txt")
    assert find_forms(document) == ()
    assert holds_run_together(document)


@pytest.mark.parametrize(
    "text",
    [
        "自评表应当填写一级指标、二级指标、三级指标、年度指标值、实际完成值、分值和得分，"
        "其中数量指标20分、质量指标15分、时效指标15分，满意度指标10分，总分100分，执行率10分。",
        "一级指标二级指标三级指标年度指标值实际完成值分值得分产出指标数量指标质量指标时效指标",
        "二级指标、三级指标年度指标值按6:4赋分，数量指标、质量指标、时效指标各15分，得分1、2、3、4、5。",
        "候船亭翻新6座，护栏350米。",
    ],
)
def test_rules_and_blank_forms_are_no_lost_tables(text: str) -> None:
    document = sources.read(text.encode(), "说明.txt")
    assert find_forms(document) == ()
    assert not holds_run_together(document)


def test_the_head_of_the_next_form_is_no_indicator() -> None:
    one = (
        "项目名称 | 航标灯更换 | |||\n绩效目标 | 更换航标灯30盏。 |\n"
        "一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | 指标值 |\n"
        "产出指标 | 数量指标 | 更换航标灯 | 更换数量 | ≥30盏 |\n"
        "质量指标 | 合格率 | 验收合格率 | ≥98% | |\n"
    )
    head = "河口县航道段 | 单位：万元 | |||\n"
    first, second = read(f"项目支出绩效目标表\n{head}{one}{head}{one}")
    assert [r.name for r in first.indicators] == ["更换航标灯", "合格率"]
    assert len(second.indicators) == 2


DECLARED = """项目支出绩效目标申报表
（2022年度）
项目名称
航标灯更换
总体目标
年度目标
更换航标灯30盏。
一级指标
二级指标
三级指标
指标值
产出指标
数量指标
更换航标灯
≥30盏
效益指标
经济效益
指标
节约电费
2万元
社会效益
指标
航行事故
减少
"""


def test_a_declaration_with_broken_level_names_and_a_label_in_a_label() -> None:
    (form,) = read(DECLARED)
    assert (form.document_type, form.goal_text) == (
        "goal_declaration",
        "更换航标灯30盏。",
    )
    assert [(r.level2, r.name, r.target_text) for r in form.indicators] == [
        ("数量指标", "更换航标灯", "≥30盏"),
        ("经济效益指标", "节约电费", "2万元"),
        ("社会效益指标", "航行事故", "减少"),
    ]


def test_a_level_name_in_the_place_of_a_value_shows_that_cells_are_lost() -> None:
    lost = DECLARED.replace("节约电费\n2万元\n", "节约电费\n").replace("减少\n", "")
    document = sources.read(lost.encode(), "表.txt")
    assert not any(form.indicators for form in find_forms(document))


def test_a_table_of_pipes_whose_widest_line_is_not_a_whole_row() -> None:
    rows = [["项目名称", "航标灯更换"], ["总", "年度目标"], ["更换航标灯30盏。"]]
    rows += [["一级指标", "二级指标", "三级指标", "指标值"]]
    rows += [
        ["产出指标", "数量指标", "更换航标灯", "≥30盏"],
        ["质量指标", "合格率", "98%"],
    ]
    text = "\n".join(
        "\n".join(f"{c} |" for c in r) + "\n" + "|" * (8 - len(r)) for r in rows
    )
    (form,) = read(f"项目支出绩效目标表 |\n|||||||\n{text}")
    assert (form.project_name, form.goal_text) == ("航标灯更换", "更换航标灯30盏。")
    assert [(r.name, r.target_text) for r in form.indicators] == [
        ("更换航标灯", "≥30盏"),
        ("合格率", "98%"),
    ]


def test_brackets_with_spaces_in_them_are_one_cell() -> None:
    lines = ["项目名称 航标灯更换", " ".join(COLUMNS)]
    lines += ["产出指标 数量指标 更换航标灯( ≥**盏 ) ≥30盏 30盏 50 50"]
    lines += ["质量指标 合格率（ 含复检 ） 98% 99% 20 20", "总分 100 98"]
    (form,) = read("\n".join([*TITLE, *lines]))
    assert [(r.name, r.target_text) for r in form.indicators] == [
        ("更换航标灯( ≥**盏 )", "≥30盏"),
        ("合格率（ 含复检 ）", "98%"),
    ]


BY_BLOCKS = """绩效自评表
项目名称\t校舍翻新
年度绩效目标1（40分）\t一级指标\t二级指标\t三级指标\t年初目标值\t实际完成值\t得分
\t产出指标\t数量指标\t翻新教室\t12间\t12间\t40
"""


@pytest.mark.parametrize(
    "text",
    [
        BY_BLOCKS,
        BY_BLOCKS.replace("目标1（40分）", "目标（40分）"),
        BY_BLOCKS.replace("\t\t", "\t").replace("\t", "\n"),
        BY_BLOCKS.replace("\t\t", "\t")
        .replace("\t", "\n")
        .replace("1（40分）", "\n40分）"),
    ],
)
def test_a_form_whose_goals_are_blocks_of_indicators_lacks_none(text: str) -> None:
    (form,) = read(text)
    assert form.goal_text is None
    (note,) = [n for n in form.notes if n.field == "goal_text"]
    assert note.detail.startswith("年度绩效目标")
    assert [(r.level1, r.name, r.score) for r in form.indicators] == [
        ("产出指标", "翻新教室", "40")
    ]


LINES = """项目支出绩效自评表
（2021年度）
单位名称 白沙渡口所 联系人及电话 张工，555
一级
指标
二级指标 三级指标 指标值 完成值
数量指标 指标1.检修渡船 ≥3 4
指标2.检测批次
指标3：更换缆绳 20根 22根
质量指标 检修合格率 100% 100%
指标2.培训标准
指标3.培训覆盖面
"""


def test_lines_that_hold_a_name_only_are_rows_of_their_own() -> None:
    (form,) = read(LINES)
    assert form.unit == "白沙渡口所"
    assert [(r.name, r.target_text, r.actual_text) for r in form.indicators] == [
        ("指标1.检修渡船", "≥3", "4"),
        ("指标3：更换缆绳", "20根", "22根"),
        ("检修合格率", "100%", "100%"),
    ]
    assert form.indicators[0].level2 == "数量指标"
    (note,) = [n for n in form.notes if n.field == "indicators"]
    assert note.detail == "指标2.检测批次 | 指标2.培训标准 | 指标3.培训覆盖面"


CUT_SHORT = """绩效目标自评表 |
|||||||
项目名称 |
航标灯更换 |
||||||
一级指标 |
二级指标 |
三级指标 |
分值 |
年度指标值 |
实际完成值 |
得分 |
|
产出指标 |
数量指标 |
更换航标灯 |
40 |
≥30盏 |
31盏 |
40 |
|
质量指标 |
合格率 |
30 |
98% |
99% |
30 |
||
时效指标 |
完成及时率 |
20 |
100% |
100% |
20 |
||
满意度指标 |
船员满意度 |
10 |
≥9"""


def test_a_dump_that_ends_within_a_cell_says_so() -> None:
    (form,) = read(CUT_SHORT)
    assert [(r.name, r.actual_text, r.score) for r in form.indicators][:3] == [
        ("更换航标灯", "31盏", "40"),
        ("合格率", "99%", "30"),
        ("完成及时率", "100%", "20"),
    ]
    assert {"indicators", "indicators[3]"} <= {n.field for n in form.notes}


TIGHT = """绩效自评表 | |||||||
项目名称 | 航标灯更换 | ||||||
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | |
产出指标 | 数量指标 | 更换航标灯 | ≥30盏 | 31盏 | 40 | 40 | |
更换浮标 | 9 | 10 | 10 | ||||
质量指标 | 合格率 | 98% | 99% | 30 | 30 | ||
时效指标 | 完成时限 | ≥9月 | 20 | 20 | |||
总分 | 100 | 100 | |||||"""


def test_rows_of_a_dump_without_blank_fields_may_lack_a_value() -> None:
    (form,) = read(TIGHT)
    assert [
        (r.name, r.target_text, r.actual_text, r.score) for r in form.indicators
    ] == [
        ("更换航标灯", "≥30盏", "31盏", "40"),
        ("更换浮标", None, None, "10"),
        ("合格率", "98%", "99%", "30"),
        ("完成时限", "≥9月", None, "20"),
    ]
    notes = {(n.code, n.field, n.detail) for n in form.notes}
    assert ("reading_doubt", "indicators[1]", "9") in notes
    assert ("cells_lost", "indicators[1]", "") in notes
    assert ("cells_lost", "indicators[3]", "") in notes


HEADLESS = """成本指标 | 更换成本 | ≤ | 9000 | 元 | 5 | 5 | |||
效益指标 | 社会效益指标 | 航标正常率 | = | 100 | % | 15 | 15 | ||
航标巡检率 | = | 100 | % | 5 | 5 | ||||
满意度指标 | 服务对象满意度指标 | 船员满意度 | ≥ | 90 | % | 10 | 10 | ||
合计 | 100 | ||||||||"""


def test_a_table_without_its_header_whose_targets_stand_in_parts() -> None:
    (form,) = read(HEADLESS)
    assert [
        (r.name, r.target_text, r.actual_text, r.weight) for r in form.indicators
    ] == [
        ("更换成本", "≤9000元", None, "5"),
        ("航标正常率", "=100%", None, "15"),
        ("航标巡检率", "=100%", None, "5"),
        ("船员满意度", "≥90%", None, "10"),
    ]


def test_a_hint_how_to_fill_in_is_no_outcome() -> None:
    filled = SICHUAN.replace(
        "维护预警喇叭81只。", "对照年度目标，说明完成情况（100字以内）"
    )
    (form,) = read(filled)
    assert (form.goal_text, form.outcome_text) == ("维护预警喇叭84只。", None)
