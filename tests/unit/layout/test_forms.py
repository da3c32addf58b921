"""Whole forms: the same content from spanned tables and from flattened dumps."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.core.document import Document
from pipeline.core.form import Amendment, Form
from pipeline.layout import find_forms
from tests.unit.layout import layouts
from tests.unit.layout.builders import as_dump, content, doc, doc_from_tsv, wide

LAYOUTS: list[Callable[[], Document]] = [
    layouts.national,
    layouts.anhui_department,
    layouts.hubei,
    layouts.yunnan,
    layouts.form_2018,
    layouts.transfer,
    layouts.department,
    layouts.goal_left_of_text,
    layouts.two_goals,
    layouts.page_breaks,
]


def only(document: Document) -> Form:
    forms = find_forms(document)
    assert len(forms) == 1
    return forms[0]


def rows(form: Form) -> list[tuple[str | None, ...]]:
    return [
        (
            r.level1,
            r.level2,
            r.name,
            r.target_text,
            r.actual_text,
            r.weight,
            r.score,
            r.deviation,
        )
        for r in form.indicators
    ]


def funds(form: Form) -> list[tuple[str | None, ...]]:
    return [
        (
            f.kind,
            f.label,
            f.initial_budget,
            f.full_budget,
            f.executed,
            f.weight,
            f.execution_rate,
            f.score,
        )
        for f in form.funds
    ]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
def test_spanned_and_flattened_give_the_same(layout: Callable[[], Document]) -> None:
    spanned, flat = only(layout()), only(as_dump(layout()))
    assert content(flat) == content(spanned)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
def test_every_field_has_a_place(layout: Callable[[], Document]) -> None:
    form = only(layout())
    expected = {
        name
        for name in (
            "project_name",
            "department",
            "unit",
            "year",
            "goal_text",
            "outcome_text",
            "total_score",
            "rating",
        )
        if getattr(form, name) is not None
    }
    for group in ("funds", "indicators"):
        for i, row in enumerate(getattr(form, group)):
            expected |= {
                f"{group}[{i}].{name}"
                for name in row.__slots__
                if name not in ("row", "kind", "amended")
                and getattr(row, name) is not None
            }
    assert expected <= set(form.provenance)


def test_国家格式() -> None:
    form = only(layouts.national())
    assert (form.document_type, form.year, form.currency_unit) == (
        "project_selfeval",
        2022,
        "万元",
    )
    assert (form.project_name, form.department, form.unit) == (
        "河道保洁专项",
        "清源县水务局",
        "清源县河道管理所",
    )
    assert funds(form)[0] == (
        "total",
        "年度资金总额：",
        "1200.00",
        "1200.00",
        "1080.00",
        "10",
        "90.00",
        "9",
    )
    assert funds(form)[1] == (
        "fiscal",
        "其中：当年财政拨款",
        "1000.00",
        "1000.00",
        "900.00",
        None,
        "90.00",
        None,
    )
    assert funds(form)[3] == (
        "other",
        "其他资金",
        "0.00",
        "0.00",
        "0.00",
        None,
        None,
        None,
    )
    assert (form.goal_text, form.outcome_text) == (layouts.GOAL, layouts.DONE)
    assert rows(form)[0] == (
        "产出指标（50分）",
        "数量指标",
        "河道巡查次数",
        "≥40次",
        "46次",
        "15",
        "15",
        None,
    )
    assert rows(form)[1] == (
        "产出指标（50分）",
        "数量指标",
        "漂浮物清理量",
        "300吨",
        "280吨",
        "15",
        "14",
        "汛期较短，漂浮物减少",
    )
    assert rows(form)[4][:3] == ("效益指标", "生态效益指标", "水质达标断面")
    assert len(form.indicators) == 6
    assert (form.total_weight, form.total_score, form.rating) == ("100", "98", "优")
    assert form.notes == ()


def test_分值在前() -> None:
    form = only(layouts.anhui_department())
    assert form.department == "松岭市文化和旅游局"
    assert form.currency_unit == "万元"
    assert rows(form)[0] == (
        "产出指标",
        "数量指标",
        "开放天数",
        "300",
        "312",
        "20",
        "20",
        None,
    )
    assert rows(form)[1][3:] == ("12期", "10期", "20", "16.67", "师资不足")
    assert rows(form)[4] == (
        "满意度指标",
        "服务对象满意度",
        "观众满意度",
        "90%",
        "95%",
        "10",
        "10",
        None,
    )
    assert (form.total_weight, form.total_score) == ("100", "96.17")


def test_上年值不是指标值() -> None:
    form = only(layouts.hubei())
    assert form.unit == "荆江县国有林场"
    assert form.year == 2020
    label = "预算执行情况（万元）\n（20分）"
    assert funds(form) == [("total", label, None, "480", "432", None, "90", "18")]
    assert rows(form)[0] == (
        "产出指标",
        "数量指标",
        "抚育面积（亩）",
        "10000",
        "9800",
        "20",
        "19.6",
        None,
    )
    assert [r.target_text for r in form.indicators] == ["10000", "≥96%", "53%", "92%"]
    assert (form.total_weight, form.total_score, form.rating) == (None, "97.6", None)


def test_性质_指标值_单位分列() -> None:
    form = only(layouts.yunnan())
    assert form.currency_unit == "元"
    assert form.funds[0].executed == "256000.00"
    assert form.outcome_text == form.goal_text == "为320名学生提供营养餐。"
    assert [r.target_text for r in form.indicators] == [
        "=320人",
        "≥98%",
        "定性有所增强",
        "≥95%",
    ]
    assert form.indicators[0].actual_text == "320"
    assert form.indicators[2].deviation == "无"
    assert (form.total_score, form.rating) == ("98", "优")


def test_2018年格式() -> None:
    form = only(layouts.form_2018())
    assert form.year == 2018
    assert funds(form) == [
        ("total", "预算执行情况（万元）", None, "43.20", "37.24", None, None, None),
        ("fiscal", "其中：财政拨款", None, "40.00", "35.00", None, None, None),
        ("other", "其他资金", None, "3.20", "2.24", None, None, None),
    ]
    assert form.goal_text == "补贴购置农机85台套。"
    assert form.outcome_text == "补贴购置农机85台套，受益农户79户。"
    assert rows(form)[1] == (
        "产出指标",
        "成本指标",
        "补贴资金",
        "≤43.2万元",
        "37.24万元",
        None,
        None,
        None,
    )


def test_转移支付() -> None:
    form = only(layouts.transfer())
    assert form.document_type == "transfer_selfeval"
    assert form.project_name == "基层医疗服务能力提升补助"
    assert form.department == "云台省卫生健康委员会"
    assert form.unit == "各县（区）卫生院"
    assert [f.kind for f in form.funds] == ["total", "fiscal", "fiscal"]
    assert form.funds[2].execution_rate == "95"
    assert form.goal_text == "改造卫生院24所，培训骨干医师100名。"
    assert len(form.indicators) == 3
    assert rows(form)[1][:4] == ("产出指标", "数量指标", "培训骨干医师数", "≥100名")


def test_部门整体() -> None:
    form = only(layouts.department())
    assert form.document_type == "dept_selfeval"
    assert form.department == "望江区市场监督管理局"
    assert form.goal_text == "抽检食品2000批次，处置投诉举报办结率达到98%。"
    assert form.outcome_text == "抽检食品2100批次，投诉举报办结率99%。"
    assert [r.name for r in form.indicators] == ["食品抽检批次", "投诉办结率"]
    assert (form.total_score, form.rating) == ("93.5", "优")


def test_标签在左() -> None:
    form = only(layouts.goal_left_of_text())
    assert (form.year, form.unit) == (2020, "海棠镇人民政府")
    assert form.goal_text == "更新健身路径15条。"
    assert form.outcome_text == "更新健身路径15条，覆盖9个社区。"
    assert rows(form)[1] == (
        "效益指标",
        "社会效益指标",
        "覆盖社区",
        "9个",
        "9个",
        "40.00",
        "38.00",
        None,
    )


def test_中期目标让位于年度目标() -> None:
    form = only(layouts.two_goals())
    assert form.document_type == "goal_declaration"
    assert form.year == 2024
    assert form.goal_text == "目标1：数字化档案20万页。\n目标2：完成检索平台需求设计。"
    assert form.outcome_text is None
    assert rows(form) == [
        ("产出指标", "数量指标", "指标1：数字化页数", "20万页", None, None, None, None),
        ("效益指标", "社会效益指标", "查档便利度", "有效改善", None, None, None, None),
    ]


def test_跨页与重复表头() -> None:
    form = only(layouts.page_breaks())
    assert [(r.level1, r.level2, r.name) for r in form.indicators] == [
        ("产出指标", "数量指标", "改造小区数"),
        ("产出指标", "质量指标", "验收合格率"),
        ("效益指标", "社会效益指标", "受益户数"),
    ]
    assert form.outcome_text == form.goal_text == "改造小区8个。"
    assert (form.total_score, form.rating) == ("96", "优")


def test_错位的表() -> None:
    form = only(doc_from_tsv(layouts.SHIFTED_TEXT))
    assert (form.goal_text, form.outcome_text) == (layouts.GOAL, layouts.DONE)
    assert form.funds[0].score == "9.50"
    assert form.funds[1].weight is None and form.funds[1].execution_rate == "95.00"
    assert rows(form) == [
        (
            "产出指标",
            "数量指标",
            "科普课程",
            "不少于24节",
            "达成指标",
            "20.00",
            "20.00",
            None,
        ),
        (
            "产出指标",
            "数量指标",
            "科普展览",
            "6期",
            "部分达成指标并具有一定效果",
            "10.00",
            "8.00",
            "场馆检修，只办了5期",
        ),
        (
            "产出指标",
            "数量指标",
            "举办夏令营",
            "2期",
            "达成指标",
            "10.00",
            "10.00",
            None,
        ),
        (
            "产出指标",
            "质量指标",
            "课程完成率",
            "100%",
            "达成指标",
            "10.00",
            "10.00",
            "指标名称修改为“课程达标率”，以修改后指标评价",
        ),
        (
            "产出指标",
            "时效指标",
            "及时性",
            "按时完成",
            "达成指标",
            "10.00",
            "10.00",
            "指标名称调整为“按期开课率”，指标值调整为“95%”",
        ),
        (
            "效益指标",
            "社会效益指标",
            "激发科学兴趣，扩大科普影响。",
            "良好",
            "达成指标",
            "20.00",
            "20.00",
            None,
        ),
        (
            "满意度指标",
            "服务对象满意度指标",
            "学员满意度",
            "85%",
            "部分达成指标并具有一定效果",
            "10.00",
            "7.00",
            "问卷未留存",
        ),
    ]
    assert form.indicators[4].amended == Amendment(name="按期开课率", target_text="95%")
    assert (form.total_weight, form.total_score, form.rating) == ("100", "94.5", "优")
    codes = {note.code for note in form.notes}
    assert codes == {"goal_duplicated_cell", "table_misaligned"}


def test_错位的表_真实单元格() -> None:
    """The same shifts in cells of a real table (an HTML page made from the dump)."""
    dump = doc_from_tsv(layouts.SHIFTED_TEXT)
    tables = [
        [[c.text for c in row] for row in block.rows()]
        for block in dump.blocks
        if hasattr(block, "rows")
    ]
    spanned = doc("财政项目支出绩效自评表", "(2022年度)", *tables)  # type: ignore[arg-type]
    assert content(only(spanned)) == content(only(dump))


def test_一个文件多份表() -> None:
    both = (*layouts.national().blocks, *layouts.anhui_department().blocks)
    forms = find_forms(Document("text/html", both))
    assert [f.project_name for f in forms] == ["河道保洁专项", "基层文化馆免费开放"]
    assert [f.year for f in forms] == [2022, 2021]
    place = forms[1].provenance["project_name"]
    assert place.cell is not None and place.cell.table == 1


def test_无标题的多份表() -> None:
    first, second = layouts.national().blocks[2], layouts.goal_left_of_text().blocks[1]
    forms = find_forms(Document("text/html", (first, second)))
    assert [f.project_name for f in forms] == ["河道保洁专项", "公共体育设施更新"]


@pytest.mark.parametrize(
    "document",
    [
        doc("关于开展绩效自评工作的通知", "各单位：请于三月底前报送绩效自评表。"),
        doc([["序号", "姓名", "部门"], ["1", "甲", "办公室"]]),
        doc("项目支出绩效自评表", "本单位无项目支出。"),
        doc([["序号", "项目名称", "预算数", "执行数"], ["1", "道路养护", "20", "18"]]),
        doc(
            [
                ["序号", "项目名称", "绩效目标", "完成情况"],
                ["1", "养护", "养护3处", "完成"],
            ]
        ),
        Document("text/plain", ()),
    ],
    ids=["通知", "名单", "只有标题", "项目清单", "目标清单", "空"],
)
def test_没有表(document: Document) -> None:
    assert find_forms(document) == ()


def test_只有目标没有完成情况() -> None:
    form = only(
        doc(
            "项目支出绩效自评表",
            [
                ["项目名称", wide("设备采购", 2)],
                ["年度总体目标", "预期目标", "实际完成情况"],
                ["", "采购设备3台。", "无"],
            ],
        )
    )
    assert (form.goal_text, form.outcome_text) == ("采购设备3台。", None)
