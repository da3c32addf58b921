"""Forms as different bureaus publish them; each case is one peculiarity."""

from __future__ import annotations

import pytest

from pipeline.core.form import Form
from pipeline.layout import find_forms
from pipeline.layout.evidence import is_level
from pipeline.layout.labels import roles_of
from pipeline.resources import load_toml
from tests.unit.layout.builders import (
    TITLE,
    Row,
    doc,
    doc_from_tsv,
    read,
    tall,
    texts,
    wide,
)

SLIPS = load_toml("confusable.toml")["slip"]
LEVEL_SLIPS = load_toml("confusable.toml")["level_slip"]
INDICATORS: list[Row] = [
    ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
    ["产出指标", "数量指标", "巡河次数", "120次", "131次", "50", "50"],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "90%", "93%", "10", "9"],
    [wide("总分", 5), "60", "59"],
]
GOALS: list[Row] = [
    [tall("年度目标", 2), wide("预期目标", 3), wide("实际完成情况", 3)],
    [wide("巡河120次。", 3), wide("巡河131次。", 3)],
]


def name(text: str, columns: int = 6) -> Row:
    return ["项目名称", wide(text, columns)]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda s: s["example"])
def test_slips_of_recognition_in_labels(slip: dict[str, str]) -> None:
    printed = [slip["example"].replace(p, slip["meant"]) for p in slip["printed"]]
    assert any(roles_of(slip["example"]) == roles_of(t) != set() for t in printed)
    assert not roles_of(slip["counterexample"])


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("-级指标", "ind.level1"),
        ("年度总休日标", "goal.annual"),
        ("偏差原囚分析及改迸措施", "ind.reason"),
        ("实施第位", "header.unit"),
    ],
)
def test_labels_with_two_slips(label: str, role: str) -> None:
    assert role in roles_of(label)


@pytest.mark.parametrize(
    "text", ["培训资金到位率", "项目资金拨付率", "时效指标", "节日目标"]
)
def test_two_slips_do_not_make_a_label(text: str) -> None:
    assert not roles_of(text)


def test_tasks_done_are_no_outcome() -> None:
    form = read(
        name("统计"),
        ["年度主要任务", "任务名称", wide("主要内容", 2), wide("完成情况", 3)],
        ["", "普查", wide("清查单位", 2), wide("已完成", 3)],
        *GOALS,
        *INDICATORS,
    )
    assert texts(form) == ("巡河120次。", "巡河131次。")


def test_numbered_outcomes_beside_numbered_goals() -> None:
    form = read(
        name("养老"),
        [
            tall("年度总体目标", 2),
            wide("目标1：建站4个", 3),
            wide("完成情况1：建站4个", 3),
        ],
        [wide("目标2：培训90人", 3), wide("完成情况2：培训95人", 3)],
        *INDICATORS,
    )
    assert texts(form) == (
        "目标1：建站4个\n目标2：培训90人",
        "完成情况1：建站4个\n完成情况2：培训95人",
    )


def test_numbers_in_a_column_of_their_own_beside_the_goals() -> None:
    form = read(
        name("养老"),
        [tall("年度目标", 3), "序号", wide("预期目标", 2), wide("实际完成情况", 3)],
        ["1", wide("建站4个", 2), wide("建站5个", 3)],
        ["2", wide("培训90人", 2), wide("培训95人", 3)],
        *INDICATORS,
    )
    assert texts(form) == ("建站4个\n培训90人", "建站5个\n培训95人")


def test_a_heading_between_goals_and_indicators_is_no_text() -> None:
    form = read(
        name("管网"),
        ["年度目标", wide("普查860公里", 6)],
        ["实际完成情况", wide("普查872公里", 6)],
        [wide("三、绩效指标完成情况", 7)],
        *INDICATORS,
    )
    assert texts(form) == ("普查860公里", "普查872公里")


def test_an_outcome_label_over_both_columns() -> None:
    form = only_dump(
        "总体目标完成情况\t总体目标\t全年实际完成情况\n造林3万亩\t造林4万亩"
    )
    assert texts(form) == ("造林3万亩", "造林4万亩")


def only_dump(goal_lines: str, rest: str = "") -> Form:
    text = f"# {TITLE}\n项目名称\t造林\n{goal_lines}\n{INDICATOR_DUMP}{rest}"
    (form,) = find_forms(doc_from_tsv(text))
    return form


INDICATOR_DUMP = (
    "一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分\n"
    "产出指标\t数量指标\t造林面积\t3万亩\t4万亩\t50\t50\n"
)


def test_same_text_for_goal_and_outcome_in_a_dump_without_blanks() -> None:
    form = only_dump("年度目标\t预期目标\t实际完成情况\n安全率100%\t安全率100%")
    assert texts(form) == ("安全率100%", "安全率100%")


@pytest.mark.parametrize("outcome", ["造林4万亩", "造林3万亩"], ids=["不同", "相同"])
def test_merged_cells_repeated_in_every_column(outcome: str) -> None:
    text = (
        f"# {TITLE}\n" + "项目名称\t项目名称" + "\t造林" * 5 + "\n"
        "年度目标\t预期目标\t预期目标\t预期目标\t实际完成情况\t实际完成情况\t实际完成情况\n"
        "年度目标" + "\t造林3万亩" * 3 + f"\t{outcome}" * 3 + "\n" + INDICATOR_DUMP
        + "总分\t总分\t总分\t总分\t100\t100\t93\n"
    )  # fmt: skip
    (form,) = find_forms(doc_from_tsv(text))
    assert form.project_name == "造林"
    assert texts(form) == ("造林3万亩", outcome)
    assert (form.total_weight, form.total_score) == ("100", "93")
    assert len(form.indicators) == 1


def test_two_forms_side_by_side() -> None:
    left = [name("良种"), *GOALS, *INDICATORS]
    right = [name("农机"), *GOALS, *INDICATORS]
    both: list[Row] = [[*a, *b] for a, b in zip(left, right, strict=True)]
    forms = find_forms(doc([[wide("2023年度绩效自评表", 14)], *both]))
    assert [f.project_name for f in forms] == ["良种", "农机"]
    assert all(texts(f) == ("巡河120次。", "巡河131次。") for f in forms)
    assert all(len(f.indicators) == 2 and f.total_score == "59" for f in forms)


def test_a_list_of_projects_beside_another_is_no_form() -> None:
    row: Row = ["序号", "项目名称", "金额", "序号", "项目名称", "金额"]
    assert not find_forms(doc([row, ["1", "甲", "20", "2", "乙", "30"]]))


PASTED = """项目名称|农田水利|主管部门|某县水利局|实施单位|某站|项目资金（万元）|年初预算数|全年预算数|全年执行数|分值|执行率|得分
年度资金总额|18.00|18.00|17.10|10|95%|9.5|年度总体目标|预期目标|实际完成情况|1.清淤20公里；|2.建闸2座。|1.清淤22公里；|2.建闸2座。
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|清淤长度|20公里|22公里|25|25|建闸座数|2座|2座|25|25
质量指标|验收合格率|100%|96%|25|24|个别工程待整改|效益指标|社会效益指标|受益面积|提高|提高|15|15
总分|100|98.5|评分等级|优"""  # fmt: skip


def test_a_form_pasted_with_one_cell_a_line() -> None:
    cells = [t for line in PASTED.splitlines() for t in line.split("|")]
    (form,) = find_forms(doc(TITLE, "（2023年度）", *cells))
    assert (form.project_name, form.department, form.unit) == (
        "农田水利",
        "某县水利局",
        "某站",
    )
    assert form.funds[0].executed == "17.10"
    assert texts(form) == ("1.清淤20公里；\n2.建闸2座。", "1.清淤22公里；\n2.建闸2座。")
    assert [
        (r.level2, r.name, r.actual_text, r.score, r.deviation) for r in form.indicators
    ] == [
        ("数量指标", "清淤长度", "22公里", "25", None),
        ("数量指标", "建闸座数", "2座", "25", None),
        ("质量指标", "验收合格率", "96%", "24", "个别工程待整改"),
        ("社会效益指标", "受益面积", "提高", "15", None),
    ]
    assert (form.total_score, form.rating) == ("98.5", "优")


def test_pasted_texts_without_a_clear_border_are_left_out() -> None:
    cells = [t for line in PASTED.splitlines() for t in line.split("|")]
    unclear = [t.removeprefix("1.").removeprefix("2.") for t in cells]
    (form,) = find_forms(doc(TITLE, *unclear))
    assert texts(form) == (None, None)


def test_a_reason_in_a_row_of_its_own() -> None:
    header, row, *_ = INDICATORS
    form = read(
        name("河湖"),
        [*header, "偏差原因"],
        [*row, "水位偏高，"],
        [*[""] * 7, "已加派人员"],
    )
    assert [r.deviation for r in form.indicators] == ["水位偏高，\n已加派人员"]


@pytest.mark.parametrize(
    ("rows", "total", "rating"),
    [
        ([[wide("总分 100 95.5", 7)]], ("100", "95.5"), None),
        ([[wide("总分", 5), "100", "95", "优"]], ("100", "95"), "优"),
        ([[wide("总分", 5), "100", "95", "（自评等级） 优"]], ("100", "95"), "优"),
        ([[wide("总得分：97分", 4), wide("评价等级：良", 3)]], (None, "97"), "良"),
        ([[wide("自评等级", 2), wide("优 良□ 中□", 5)]], (None, None), None),
    ],
)
def test_totals(
    rows: list[Row], total: tuple[str | None, str | None], rating: str | None
) -> None:
    form = read(name("河湖"), *INDICATORS[:-1], *rows)
    assert (form.total_weight, form.total_score) == total
    assert form.rating == rating
    assert len(form.indicators) == 2


@pytest.mark.parametrize(
    "row",
    [
        ["填表人：李某", wide("联系电话：000", 3), wide("填报日期：2024.3.1", 3)],
        ["偏差大或目标未完成原因分析", wide("汛期提前，巡河增加。", 6)],
        ["未完成原因分析", wide("汛期提前，巡河增加。", 6)],
    ],
    ids=["签名行", "共同原因", "未完成原因"],
)
def test_lines_below_the_rows_are_no_indicators(row: Row) -> None:
    assert len(read(name("河湖"), *INDICATORS, row).indicators) == 2


def test_one_caption_over_the_level_columns() -> None:
    form = read(
        name("河湖"),
        [wide("绩效指标", 3), "目标值", "完成值", "分值", "得分"],
        *INDICATORS[1:],
    )
    first = form.indicators[0]
    assert (first.level1, first.level2) == ("产出指标", "数量指标")


def test_two_header_rows_of_a_dump_without_blanks() -> None:
    text = (
        f"# {TITLE}\n项目名称\t河湖\n"
        "绩效指标\t年度指标值\t实际完成值\t分值\t得分\n"
        "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\n"
        "产出指标\t质量指标\t合格率\t=\t100\t%\t100%\t15\t14\n"
    )
    (form,) = find_forms(doc_from_tsv(text))
    row = form.indicators[0]
    assert (row.target_text, row.actual_text) == ("=100%", "100%")
    assert (row.weight, row.score) == ("15", "14")


def test_a_level_over_both_level_columns_in_a_dump_without_blanks() -> None:
    form = only_dump("年度目标\t造林", "满意度指标\t林农满意度\t90%\t92%\t10\t10\n")
    assert [r.level1 for r in form.indicators] == ["产出指标", "满意度指标"]


@pytest.mark.parametrize(
    ("rows", "amounts"),
    [
        (
            [
                ["年初预算数", wide("10.00万元", 2), "全年预算数", wide("12.00万元", 3)],
                ["全年执行数", wide("11.40万元", 2), "执行率", wide("95%", 3)],
            ],
            [("total", "10.00", "12.00", "11.40", "95")],
        ),
        (
            [
                ["资金构成（万元）", wide("年度资金总额", 2), wide("财政拨款", 4)],
                ["年初预算数", wide("40", 2), wide("38", 4)],
                ["全年执行数", wide("36", 2), wide("36", 4)],
            ],
            [("total", "40", None, "36", None), ("fiscal", "38", None, "36", None)],
        ),
        (
            [
                [tall("资金总额（万元）", 2), "年初预算数", "全年预算数", "全年执行数"],
                ["30", "30", "28"],
            ],
            [("total", "30", "30", "28", None)],
        ),
    ],
    ids=["一行两对", "转置", "表头行的资金总额"],
)  # fmt: skip
def test_funds(rows: list[Row], amounts: list[tuple[str | None, ...]]) -> None:
    form = read(name("河湖"), *rows, *GOALS, *INDICATORS)
    assert [
        (f.kind, f.initial_budget, f.full_budget, f.executed, f.execution_rate)
        for f in form.funds
    ] == amounts
    assert form.currency_unit == "万元"


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (["某局2023年度项目绩效自评情况公开", "一、工作开展情况"], 2023),
        (["2024年政府信息公开"], None),
        (["2022年度部门决算", "2023年度绩效自评"], None),
    ],
)
def test_a_year_far_above_the_form(lines: list[str], year: int | None) -> None:
    prose = ["共有项目三个。", "第一点。", "第二点。", "第三点。", "第四点。"]
    (form,) = find_forms(doc(*lines, *prose, TITLE, [name("河湖"), *INDICATORS]))
    assert form.year == year


@pytest.mark.parametrize("slip", LEVEL_SLIPS, ids=lambda slip: slip["meant"])
def test_level_slips(slip: dict[str, str]):
    assert is_level(slip["example"])
    assert not is_level(slip["counterexample"])
