"""Funds and totals of forms as nobody listed them, one peculiarity each."""

from __future__ import annotations

import pytest

from pipeline import sources
from pipeline.core.form import Form
from pipeline.layout import find_forms
from pipeline.layout.numbers import number_in
from tests.unit.layout.builders import Row, as_dump, doc, doc_from_tsv, tall, wide

TITLE = "项目支出绩效自评表"
NAME: Row = ["项目名称", wide("食堂改造", 7)]
TABLE: list[Row] = [
    [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "完成值",
        "分值",
        "得分",
        "偏差原因",
    ],
    ["产出指标", "数量指标", "改造食堂", "21所", "19所", "90", "85", "学校撤并"],
]


def read(*rows: Row, dump: bool = False) -> Form:
    document = doc(TITLE, [NAME, *rows, *TABLE])
    (form,) = find_forms(as_dump(document) if dump else document)
    return form


def amounts(form: Form) -> list[tuple[str | None, ...]]:
    return [(f.kind, f.full_budget, f.executed, f.execution_rate) for f in form.funds]


SOURCES: list[Row] = [
    [tall("项目资金（万元）", 4), "项目", wide("合计", 2), wide("财政拨款", 2), wide("其他资金", 2)],
    ["全年预算数", wide("698.50", 2), wide("663.50", 2), wide("35.00", 2)],
    ["全年执行数", wide("671.26", 2), wide("640.26", 2), wide("31.00", 2)],
    ["执行率", wide("96.10%", 2), wide("96.50%", 2), wide("88.57%", 2)],
]  # fmt: skip
HEADS: list[Row] = [
    [tall("预算执行情况（万元）", 3), wide("全年预算数", 3), wide("全年执行数", 3), tall("执行率", 2)],
    ["合计", "财政拨款", "其他资金", "合计", "财政拨款", "其他资金"],
    ["698.50", "663.50", "35.00", "671.26", "640.26", "31.00", "96.10%"],
]  # fmt: skip


@pytest.mark.parametrize("dump", [False, True], ids=["表格", "文本"])
@pytest.mark.parametrize(
    ("rows", "rates"),
    [(SOURCES, ("96.10", "96.50", "88.57")), (HEADS, ("96.10", None, None))],
    ids=["来源为列", "两层表头"],
)
def test_funds_as_columns(
    rows: list[Row], rates: tuple[str | None, ...], dump: bool
) -> None:
    assert amounts(read(*rows, dump=dump)) == [
        ("total", "698.50", "671.26", rates[0]),
        ("fiscal", "663.50", "640.26", rates[1]),
        ("other", "35.00", "31.00", rates[2]),
    ]


def test_two_rows_of_labels_in_a_dump_without_blank_fields_give_no_amounts() -> None:
    (form,) = find_forms(
        doc_from_tsv(
            f"# {TITLE}\n项目名称\t食堂\n预算执行情况\t全年预算数\t全年执行数\t执行率\n"
            "合计\t财政拨款\t合计\t财政拨款\n698.50\t663.50\t671.26\t640.26\t96.10%\n"
            "一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分\n"
            "产出指标\t数量指标\t改造食堂\t21所\t19所\t90\t85\n"
        )
    )
    assert not form.funds


BLOCK: list[Row] = [
    [tall("预算执行情况（万元）", 2), wide("", 2), "全年预算数", wide("全年执行数", 2), wide("执行率", 2)],
    [wide("年度资金总额", 2), "698.50", wide("671.26", 2), wide("96.10%", 2)],
]  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        [wide("三公经费控制情况", 2), wide("上年决算数", 2), wide("本年预算数", 2), wide("本年决算数", 2)],
        [wide("“三公”经费", 2), wide("全年预算数", 2), wide("全年执行数", 2), wide("执行率", 2)],
        [wide("政府采购执行情况", 2), wide("采购计划", 2), wide("合同价", 2), wide("备注", 2)],
    ],
    ids=["三公", "同样的栏目", "政府采购"],
)  # fmt: skip
def test_other_amounts_below_the_funds_are_no_funds(head: Row) -> None:
    row: Row = [wide("公务接待费", 2), wide("2.50", 2), wide("1.10", 2), wide("44%", 2)]
    form = read(*BLOCK, head, row)
    assert amounts(form) == [("total", "698.50", "671.26", "96.10")]


def test_the_total_beside_what_was_spent() -> None:
    form = read(
        ["资金总额（万元）", wide("698.50", 3), "实际支出（万元）", wide("671.26", 3)]
    )
    assert amounts(form) == [("total", "698.50", "671.26", None)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("100 97.35", None),
        ("100\n97", None),
        ("96.10%9.61", None),
        ("1 200.00", "1200.00"),
        ("97.35 分", "97.35"),
        ("97 . 35", "97.35"),
    ],
)
def test_two_numbers_in_a_cell_are_not_one(text: str, number: str | None) -> None:
    assert number_in(text) == number


def test_two_numbers_in_a_cell_are_noted() -> None:
    form = read(
        *BLOCK, ["其中：财政拨款", wide("", 1), "660.00", wide("96.10%9.61", 4)]
    )
    assert [(n.code, n.field) for n in form.notes] == [
        ("glued_numbers_suspected", "funds")
    ]


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("合计\t90", ("90", None)),
        ("合计\t85", (None, "85")),
        ("合计\t88", (None, "88")),
    ],
    ids=["是分值之和", "是得分之和", "都不是"],
)
def test_a_lone_total_of_a_dump(
    total: str, expected: tuple[str | None, str | None]
) -> None:
    (form,) = find_forms(
        doc_from_tsv(
            f"# {TITLE}\n项目名称\t食堂\n"
            "一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分\n"
            f"产出指标\t数量指标\t改造食堂\t21所\t19所\t90\t85\n{total}\n"
        )
    )
    assert (form.total_weight, form.total_score) == expected


def test_score_and_rating_told_below_the_table() -> None:
    table = [NAME, *TABLE, [wide("合计", 5), "90", "", ""]]
    (form,) = find_forms(doc(TITLE, table, "自评总分85.5分，自评等级为良。"))
    assert (form.total_weight, form.total_score, form.rating) == ("90", "85.5", "良")


@pytest.mark.parametrize("dump", [False, True], ids=["表格", "文本"])
def test_a_budget_in_two_columns_below_its_label(dump: bool) -> None:
    form = read(
        [tall("资金（万元）", 3), tall("", 2), wide("预算数", 2), tall("执行数（B）", 2), tall("执行率（B/A）", 2), tall("分值", 2), tall("得分", 2)],
        ["年初", "调整后（A）"],
        ["年度资金总额", "520.00", "505.00", "489.85", "97.00%", "10", "9.70"],
        dump=dump,
    )  # fmt: skip
    (row,) = form.funds
    amounts = (row.initial_budget, row.full_budget, row.executed, row.execution_rate)
    assert amounts == ("520.00", "505.00", "489.85", "97.00")
    assert (row.weight, row.score) == ("10", "9.70")


TABLE_OF_ONE = [
    ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
    ["产出指标", "数量指标", "岸灯", "9盏", "9盏", "50", "50"],
]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (["48", "36", "10", "75%", "7.5"], (None, "48", "36", "10", "75")),
        (["50", "48", "36"], ("50", "48", "36", None, None)),
        (["48", "48", "10", "75%", "7.5"], (None, None, None, None, "75")),
    ],
)
def test_a_dump_without_blank_fields_keeps_the_rate_under_its_label(
    values: list[str], found: tuple[str | None, ...]
) -> None:
    labels = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    rows = [
        ["项目名称", "岸灯"],
        ["项目资金", *labels],
        ["年度资金总额", *values],
        *TABLE_OF_ONE,
    ]
    text = "\n".join("\t".join(row) for row in rows)
    (form,) = find_forms(sources.read(f"项目支出绩效自评表\n{text}".encode(), "表.txt"))
    (fund,) = form.funds
    assert (
        fund.initial_budget, fund.full_budget, fund.executed, fund.weight,
        fund.execution_rate,
    ) == found  # fmt: skip


@pytest.mark.parametrize("dump", [False, True])
def test_a_budget_without_any_header(dump: bool) -> None:
    form = read(
        ["项目资金（万元）", "年度资金总额：", "80"],
        ["", "其中：财政拨款", "60"],
        ["", "其他资金", "20"],
        dump=dump,
    )
    assert [(f.kind, f.full_budget, f.executed) for f in form.funds] == [
        ("total", "80", None),
        ("fiscal", "60", None),
        ("other", "20", None),
    ]


@pytest.mark.parametrize(
    "rest", [["80", "75"], ["80", "75", "93.75%"], ["已到位", "80"], ["见附表"]]
)
def test_amounts_of_unknown_columns_stay_out(rest: list[str]) -> None:
    assert read(["项目资金（万元）", "年度资金总额：", *rest]).funds == ()
