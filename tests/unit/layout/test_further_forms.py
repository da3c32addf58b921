"""Layouts met later: signs without a label, tables cut in two, numbered blocks."""

from __future__ import annotations

import pytest

from pipeline import sources
from pipeline.core.document import Document
from pipeline.core.form import Form
from pipeline.layout import find_forms
from tests.unit.layout.builders import Row, doc, tall, wide

HEAD: list[Row] = [
    ["项目名称", wide("渡口维修", 3), "实施单位", wide("青溪县渡口管理所", 3)],
    ["年度目标", wide("维修渡口6座，更换缆绳300米。", 3), "完成情况", wide("维修渡口6座，更换缆绳290米。", 3)],
]  # fmt: skip


def only(document: Document) -> Form:
    (form,) = find_forms(document)
    return form


def table(*rows: Row) -> Document:
    return doc("项目支出绩效自评表", "（2023年度）", [*HEAD, *rows])


@pytest.mark.parametrize(
    ("header", "parted"),
    [
        (["一级指标", "二级指标", "三级指标", wide("指标值", 3), "完成值", "得分"], ("≥", "6", "座")),
        (["一级指标", "二级指标", "三级指标", "", "指标值", "", "完成值", "得分"], ("≥", "6", "座")),
        (["一级指标", "二级指标", "三级指标", "", "指标值", "计量单位", "完成值", "得分"], ("≥", "6", "座")),
        (["一级指标", "二级指标", "三级指标", wide("指标值", 2), "单位", "完成值", "得分"], ("≥", "6", "座")),
        (["一级指标", "二级指标", "三级指标", "比较符", "指标值", "单位", "完成值", "得分"], ("≥", "6", "座")),
    ],
    ids=["wide", "bare", "bare sign", "wide with unit", "labelled"],
)  # fmt: skip
def test_a_sign_in_a_column_of_its_own(
    header: Row, parted: tuple[str, str, str]
) -> None:
    rows: list[Row] = [
        ["产出指标", "数量指标", "维修渡口", *parted, "6", "20"],
        ["产出指标", "成本指标", "单座造价", "≤", "8", "万元", "7.5", "20"],
        ["产出指标", "质量指标", "验收合格率", "＝", "100", "%", "100", "10"],
    ]
    found = only(table(header, *rows)).indicators
    assert [r.target_text for r in found] == ["≥6座", "≤8万元", "＝100%"]
    assert [r.actual_text for r in found] == ["6", "7.5", "100"]


INDICATORS: Row = ["一级", "二级", "指标名称", "目标值", "完成值", "分值", "自评分", "说明"]  # fmt: skip
FIRST: Row = ["产出", "产出数量", "维修渡口", "6座", "6座", "20", "20", ""]
SECOND: list[Row] = [
    ["", "产出成本", "单座造价", "≤8万元", "7.5万元", "20", "20", ""],
    ["效果", "社会效果", "过渡乘客", "≥3万人次", "3.4万人次", "30", "30", ""],
]


@pytest.mark.parametrize(
    "mark",
    ["（续上表）", "续表", "续表1", "（续）", "表2（续）", "接上页", "（转下页）"],
)
def test_what_stands_below_a_mark_belongs_to_the_table_above(mark: str) -> None:
    document = doc("项目支出绩效自评表", [*HEAD, INDICATORS, FIRST], mark, SECOND)
    form = only(document)
    names = [r.name for r in form.indicators]
    assert names == ["维修渡口", "单座造价", "过渡乘客"]
    assert form.outcome_text == "维修渡口6座，更换缆绳290米。"


def test_the_next_numbered_heading_ends_the_goals() -> None:
    form = only(
        doc(
            "项目支出绩效自评表（2023年度）",
            [
                [wide("一、基本信息", 4)],
                ["项目名称", "渡口维修", "实施单位", "青溪县渡口管理所"],
                [wide("二、年度目标", 4)],
                [wide("维修渡口6座。", 4)],
                [wide("三、实际完成情况", 4)],
                [wide("维修渡口6座。", 4)],
                [wide("四、经费使用", 4)],
                [wide("按规定使用，无挪用。", 4)],
                ["一级指标", "三级指标", "指标值", "完成值"],
                ["产出指标", "维修渡口", "6座", "6座"],
            ],
        )
    )
    assert (form.goal_text, form.outcome_text) == ("维修渡口6座。", "维修渡口6座。")


def test_items_numbered_like_headings_stay_in_the_goal() -> None:
    form = only(
        doc(
            "项目支出绩效自评表（2023年度）",
            [
                ["项目名称", "渡口维修", "实施单位", "青溪县渡口管理所"],
                [wide("三、年度总体目标", 4)],
                [wide("一、维修渡口6座", 4)],
                [wide("二、更换缆绳300米", 4)],
                [wide("三、培训船工20人", 4)],
                [wide("四、购置救生衣90件", 4)],
                ["一级指标", "三级指标", "指标值", "完成值"],
                ["产出指标", "维修渡口", "6座", "6座"],
            ],
        )
    )
    assert form.goal_text is not None
    assert form.goal_text.endswith("四、购置救生衣90件")


def test_a_title_of_no_known_kind_goes_with_its_own_form() -> None:
    def form(year: int, name: str) -> list[Row]:
        return [
            [wide("青溪县财政项目绩效对照一览", 4)],
            [wide(f"预算年度：{year}　　金额单位：万元", 4)],
            ["项目名称", name, "实施单位", "青溪县渡口管理所"],
            ["年度目标", "维修渡口6座。", "完成情况", "维修渡口6座。"],
            ["一级指标", "三级指标", "指标值", "完成值"],
            ["产出指标", "维修渡口", "6座", "6座"],
        ]

    forms = find_forms(doc(form(2022, "渡口维修"), form(2023, "缆绳更换")))
    assert [(f.project_name, f.year) for f in forms] == [("渡口维修", 2022), ("缆绳更换", 2023)]  # fmt: skip


ONE_LEVEL = """项目支出绩效自评表
（2023年度）
项目名称
渡口维修
主管部门
青溪县交通运输局
年初绩效目标
维修渡口6座，更换缆绳300米，乘客满意度90%以上。
总体目标实际完成
维修渡口6座，更换缆绳290米，乘客满意度93%。
指标类别
指标名称
年初目标
全年完成
得分
数量
维修渡口
6座
6座
20
数量
更换缆绳
≥300米
290米
18
成本
单座造价
≤8万元
7.5万元
20
满意度
乘客满意度
≥90%
93%
10
自评总分
96
"""


def test_a_cell_a_line_with_one_column_of_levels() -> None:
    form = only(sources.read(ONE_LEVEL.encode(), "渡口.txt"))
    assert [(r.level1, r.name, r.target_text) for r in form.indicators] == [
        ("数量", "维修渡口", "6座"),
        ("数量", "更换缆绳", "≥300米"),
        ("成本", "单座造价", "≤8万元"),
        ("满意度", "乘客满意度", "≥90%"),
    ]
    assert form.outcome_text == "维修渡口6座，更换缆绳290米，乘客满意度93%。"


REPORT = """青溪县交通运输局2023年度渡口维修项目绩效自评报告
一、项目概况
{told}
（一）年度绩效目标
维修渡口6座，更换缆绳300米。
二、项目完成情况
维修渡口6座，更换缆绳290米。
三、自评结论
自评得分96分，等级为优。
"""


@pytest.mark.parametrize(
    ("told", "department", "unit"),
    [
        ("主管部门为青溪县交通运输局，由青溪县渡口管理所具体实施。", "青溪县交通运输局", "青溪县渡口管理所"),
        ("项目实施单位为青溪县渡口管理所，工期90天。", None, "青溪县渡口管理所"),
        ("主管部门是青溪县交通运输局。维修由青溪县航道工程公司实施。", "青溪县交通运输局", "青溪县交通运输局"),
        ("渡口建于1985年。", None, "青溪县交通运输局"),
    ],
    ids=["both", "unit", "builder", "none"],
)  # fmt: skip
def test_whose_project_a_sentence_says(
    told: str, department: str | None, unit: str
) -> None:
    form = only(sources.read(REPORT.format(told=told).encode(), "报告.txt"))
    assert (form.department, form.unit) == (department, unit)


@pytest.mark.parametrize(
    "columns",
    [
        ["类别", "分类", "具体指标", "上年完成", "本年计划", "本年完成", "完成得分", "标准分"],
        ["维度", "分类", "指标内容", "2022年实绩", "2023年目标", "2023年实绩", "得分", "满分"],
        ["类别", "分类", "指标内容", "上年值", "计划", "实际", "得分", "满分"],
        ["维度", "分类", "指标名称", "去年实际", "年度计划", "年末实际", "自评得分", "分值"],
    ],
    ids=["this year", "years", "bare", "end of year"],
)  # fmt: skip
def test_what_another_year_brought_is_no_value(columns: Row) -> None:
    row: Row = ["产出", "数量", "维修渡口", "4座", "≥6座", "5座", "16", "20"]
    (found,) = only(table(columns, row)).indicators
    told = (found.target_text, found.actual_text, found.score, found.weight)
    assert told == ("≥6座", "5座", "16", "20")


def test_a_total_beside_the_head_and_a_subtotal_of_all() -> None:
    rows: list[Row] = [
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "得分", "分值"],
        ["产出指标", "数量指标", "维修渡口", "6座", "6座", "60", "60"],
        ["效益指标", "社会效益", "过渡乘客", "3万人次", "2.9万人次", "38.5", "40"],
    ]
    head: Row = ["实施单位", wide("渡口管理所", 3), "自评总分", wide("98.5分（满分100分）", 2)]  # fmt: skip
    assert only(table(head, *rows)).total_score == "98.5"
    assert only(table(*rows, [wide("小　计", 5), "98.5", "100"])).total_score == "98.5"
    part: Row = [wide("小　计", 5), "38.5", "40"]
    assert only(table(*rows, part)).total_score is None


def test_a_caption_of_the_next_table_is_no_goal() -> None:
    form = only(
        doc(
            "财政项目支出绩效自评表（2023年度）",
            [["项目名称", "渡口维修"], ["项目单位（盖章）", "渡口管理所（公章）"]],
            [["年初绩效目标", "目标完成概述"], ["维修渡口6座。", "维修渡口5座。"]],
            [
                [wide("表4-1　产出指标自评", 4)],
                ["一级指标", "三级指标", "指标值", "完成值"],
                ["产出指标", "维修渡口", "6座", "5座"],
            ],
        )
    )
    assert (form.goal_text, form.outcome_text) == ("维修渡口6座。", "维修渡口5座。")
    assert form.unit == "渡口管理所"


REPEATED = (
    "项目支出绩效自评表\n（2023年度）\n"
    "项目名称\t\t渡口维修\n"
    "年度总体目标\t预期目标\t预期目标\t预期目标\t实际完成情况\t实际完成情况\n"
    "年度总体目标\t维修渡口6座，乘客满意度≥90\t维修渡口6座，乘客满意度≥90\t维修渡口5座，满意度93%。\n"
    "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
    "产出指标\t数量指标\t维修渡口\t6座\t5座\t50\t41.7\n"
)


def test_fewer_copies_of_a_goal_than_of_its_label() -> None:
    form = only(sources.read(REPEATED.encode(), "表.txt"))
    assert form.goal_text == "维修渡口6座，乘客满意度≥90"
    assert form.outcome_text == "维修渡口5座，满意度93%。"


BROKEN = (
    "项目支出绩效自评表\n（2023年度）\n"
    "项目名称\t渡口维修\n"
    "年度总体目标\t预期目标\t实际完成情况\n"
    "\t目标1：维修渡口6座；\n目标2：更换缆绳300米；\n目标3：培训船工20人。"
    "\t1.维修渡口5座；\n2.更换缆绳310米；\n3.培训船工22人。\n"
    "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t原因\n"
    "\t产出指标\t数量指标\t维修渡口\t6座\t5座\t20\t16.7\t水位偏高，\n一座延期\n"
    "\t\t\t取得船员证书\n（含换证）人数\t≥20人\t22人\t20\t20\t\n"
    "\t满意度指标\t乘客满意度\t乘客满意度\t≥90%\t93%\t10\t10\t\n"
    "总分\t100\t96.7\n"
)


def test_cells_of_several_paragraphs_in_a_dump() -> None:
    form = only(sources.read(BROKEN.encode(), "表.txt"))
    assert form.goal_text is not None
    assert form.goal_text.split() == ["目标1：维修渡口6座；", "目标2：更换缆绳300米；", "目标3：培训船工20人。"]  # fmt: skip
    assert form.outcome_text is not None
    assert form.outcome_text.split()[1:] == ["2.更换缆绳310米；", "3.培训船工22人。"]
    assert [(r.name or "").replace("\n", "") for r in form.indicators] == [
        "维修渡口",
        "取得船员证书（含换证）人数",
        "乘客满意度",
    ]
    assert (form.indicators[0].deviation or "").split() == ["水位偏高，", "一座延期"]


MAIL = """各位同事：
    请核对下表。

-------- 原始邮件 --------
> 张科：
> 　　自评表见下。
>{blank}
> 项目支出绩效自评表
> （2023年度）
> 项目名称	渡口维修
> 主管部门	青溪县交通运输局	项目单位	渡口管理所
> 年度总体目标
> 预期目标	维修渡口6座，更换缆绳300米，培训船工20人，沿线三个乡镇群众出行
> 满意度90%以上。
> 实际完成情况	维修渡口6座，更换缆绳310米，培训船工22人，群众满意度为93%。
> 二级指标	三级指标	年度指标值	实际完成值	分值	得分
> 数量指标	维修渡口	6座	6座	50	50
> 	更换缆绳	≥300米	310米	50	50
> 总分	100	100
"""


@pytest.mark.parametrize("blank", ["", " "])
def test_a_form_in_a_mail_that_was_sent_on(blank: str) -> None:
    form = only(sources.read(MAIL.format(blank=blank).encode(), "邮件.txt"))
    assert (form.project_name, form.department) == ("渡口维修", "青溪县交通运输局")
    assert form.goal_text == "维修渡口6座，更换缆绳300米，培训船工20人，沿线三个乡镇群众出行满意度90%以上。"  # fmt: skip
    assert [r.name for r in form.indicators] == ["维修渡口", "更换缆绳"]
    assert form.total_score == "100"


LIST_HEAD: Row = [
    "序号", "项目名称", "主管部门", "项目单位", "预算数", "执行数", "年度绩效目标", "绩效目标完成情况",
    "指标类型", "指标名称", "目标值", "完成值", "得分", "分值", "总分",
]  # fmt: skip


def test_a_list_of_projects_in_one_table() -> None:
    def first(name: str, *rest: str) -> Row:
        goal, done = f"{name}6处。", f"完成{name}5处。"
        told = [name, "青溪县交通运输局", "渡口管理所", "12.6", "11.8", goal, done]
        return ["1", *(tall(text, 2) for text in told), *rest[:-1], tall(rest[-1], 2)]

    forms = find_forms(
        doc(
            "青溪县交通运输局2023年度项目支出绩效自评情况一览表",
            [
                LIST_HEAD,
                first("渡口维修", "数量指标", "维修渡口", "6处", "5处", "40", "50", "90"),
                ["", "质量指标", "验收合格率", "100%", "100%", "50", "50"],
                first("航标更换", "数量指标", "更换航标", "6处", "5处", "45", "50", "94.5"),
                ["", "满意度指标", "船员满意度", "≥90%", "93%", "49.5", "50"],
                [wide("两个项目平均得分", 14), "92.25"],
            ],
        )
    )  # fmt: skip
    assert [(f.project_name, f.unit, f.total_score, f.year) for f in forms] == [
        ("渡口维修", "渡口管理所", "90", 2023),
        ("航标更换", "渡口管理所", "94.5", 2023),
    ]
    assert [(f.goal_text, f.outcome_text) for f in forms] == [
        ("渡口维修6处。", "完成渡口维修5处。"),
        ("航标更换6处。", "完成航标更换5处。"),
    ]
    assert [[r.name for r in f.indicators] for f in forms] == [
        ["维修渡口", "验收合格率"],
        ["更换航标", "船员满意度"],
    ]


DESCRIBED = """<html><body><h2>2023年渡口维修经费绩效自评表</h2>
<dl><dt>项目名称</dt><dd>渡口维修</dd><dt>主管部门</dt><dd>青溪县交通运输局</dd></dl>
<h3>年度绩效目标</h3><p>维修渡口6座。</p><h3>绩效目标完成情况</h3><p>维修渡口5座。</p>
<h3>3. 绩效指标</h3>
<table><tr><th>一级指标</th><th>三级指标</th><th>年度指标值</th><th>实际完成值</th></tr>
<tr><td>产出指标</td><td>维修渡口</td><td>6座</td><td>5座</td></tr></table>
<p>综合得分：91.5分（其中预算执行9.5分）；等级：优</p></body></html>"""


def test_terms_with_descriptions_on_a_page() -> None:
    form = only(sources.read(DESCRIBED.encode(), "公开.html"))
    assert (form.project_name, form.department) == ("渡口维修", "青溪县交通运输局")
    assert (form.goal_text, form.outcome_text) == ("维修渡口6座。", "维修渡口5座。")
    assert form.total_score == "91.5"


def test_rate_and_points_of_execution_behind_one_label() -> None:
    money: Row = ["资金情况", "年度执行数", wide("312万元", 2), "执行率及得分", "96.5%", wide("9.65分", 2)]  # fmt: skip
    head: Row = [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "完成值",
        "得分",
        "分值",
        "",
    ]
    row: Row = ["产出指标", "数量指标", "维修渡口", "6座", "6座", "90", "90", ""]
    rows = [HEAD[0], money, HEAD[1], head, row]
    (fund,) = only(doc("项目支出绩效自评表", rows)).funds
    assert (fund.execution_rate, fund.score) == ("96.5", "9.65")
