"""Reports in prose and forms pasted as paragraphs become forms; articles do not."""

from __future__ import annotations

import re

import pytest

from pipeline.core.document import Cell, Document, Paragraph, Table
from pipeline.core.form import Form
from pipeline.core.provenance import BBox
from pipeline.layout import find_forms
from pipeline.layout.outline import lead_of, role_of
from pipeline.layout.sentence_indicators import _pattern
from pipeline.resources import load_toml

RULES = load_toml("narrative.toml")

REPORT = """青溪县司法局2022年人民调解项目绩效自评报告
根据通知要求，现将自评情况报告如下：
一、项目基本情况
（一）项目概况。2022年预算安排40万元。
（二）项目绩效目标
1.总体目标：排查矛盾纠纷不少于600件，培训调解员4期，群众满意度90%以上。
2.中长期目标：三年内建成品牌调解室9个。
二、绩效自评工作开展情况
抽查了3个调委会。
三、绩效目标完成情况分析
（一）资金投入情况分析
资金到位40万元。
（二）总体绩效目标完成情况
排查矛盾纠纷652件，培训调解员3期，群众满意度93%。
（三）绩效指标完成情况
1.产出指标完成情况分析。
（1）数量指标。排查纠纷目标值600件，实际完成652件，分值10分，得10分；培训期数目标值4期，实际完成3期，分值10分，得7.5分。
（2）质量指标。调解成功率目标值≥95%，实际完成值96.4%。
四、偏离绩效目标的原因及下一步改进措施
受场地限制，少办1期。
五、绩效自评结果
自评得分94分，等级为“优”。"""


def document(text: str) -> Document:
    return Document("text/plain", tuple(Paragraph(x) for x in text.splitlines()))


def only(text: str) -> Form:
    (form,) = find_forms(document(text))
    return form


def test_chaptered_report_becomes_a_form():
    form = only(REPORT)
    assert form.document_type == "selfeval_report"
    assert (form.year, form.unit) == (2022, "青溪县司法局")
    assert form.project_name == "人民调解项目"
    assert form.goal_text == (
        "排查矛盾纠纷不少于600件，培训调解员4期，群众满意度90%以上。"
    )
    assert form.outcome_text == "排查矛盾纠纷652件，培训调解员3期，群众满意度93%。"
    assert form.reason_text == "受场地限制，少办1期。"
    assert (form.total_score, form.rating) == ("94", "优")


def test_indicator_results_in_sentences_become_rows():
    rows = only(REPORT).indicators
    assert [(r.row, r.level1, r.level2, r.name) for r in rows] == [
        (0, "产出指标", "数量指标", "排查纠纷"),
        (1, "产出指标", "数量指标", "培训期数"),
        (2, "产出指标", "质量指标", "调解成功率"),
    ]
    assert [(r.target_text, r.actual_text, r.weight, r.score) for r in rows] == [
        ("600件", "652件", "10", "10"),
        ("4期", "3期", "10", "7.5"),
        ("≥95%", "96.4%", None, None),
    ]


def test_every_field_has_its_place():
    form = only(REPORT)
    fields = {"goal_text", "outcome_text", "total_score", "rating", "year"}
    fields |= {f"indicators[{i}].actual_text" for i in range(3)}
    assert fields <= set(form.provenance)


@pytest.mark.parametrize(
    ("text", "goal", "outcome"),
    [
        (
            "项目名称：河道保洁\n预算数：60万元\n年度目标：\n保洁河道42公里，打捞垃圾300吨。\n"
            "完成情况：\n保洁河道42公里，打捞垃圾285吨。\n自评得分：96分",
            "保洁河道42公里，打捞垃圾300吨。",
            "保洁河道42公里，打捞垃圾285吨。",
        ),
        (
            "关于2021年度助残项目支出绩效自评的报告\n项目绩效目标：适配辅具150件。\n"
            "项目完成情况：适配辅具128件。",
            "适配辅具150件。",
            "适配辅具128件。",
        ),
        (
            "2020年部门整体支出绩效评价报告\n第一部分 绩效目标及完成情况\n"
            "（一）年度绩效目标\n1、建成农田2万亩。\n2、培育示范社12家。\n"
            "（二）年度绩效目标完成情况\n1、建成农田2万亩。\n2、培育示范社9家。\n"
            "第二部分 存在问题\n一是力度不够。",
            "1、建成农田2万亩。\n2、培育示范社12家。",
            "1、建成农田2万亩。\n2、培育示范社9家。",
        ),
        (
            "青溪县2023年校舍维修\n绩效自评报告\n一、绩效目标\n维修校舍6栋。\n"
            "二、取得的成效\n全年维修校舍6栋，师生满意。\n三、存在的问题\n无。",
            "维修校舍6栋。",
            "全年维修校舍6栋，师生满意。",
        ),
        (
            "某中心绩效自评报告\n一、项目概况\n本项目年度绩效目标为：开展义诊30场。\n"
            "二、目标完成情况\n开展义诊31场。",
            "开展义诊30场。",
            "开展义诊31场。",
        ),
    ],
    ids=["标签段落", "关于…的报告", "第一部分", "两行标题与成效", "句首引出目标"],
)
def test_ways_to_tell_goals_and_outcomes(text: str, goal: str, outcome: str):
    form = only(text)
    assert (form.goal_text, form.outcome_text) == (goal, outcome)


@pytest.mark.parametrize(
    "text",
    [
        "关于报送2023年度绩效自评报告的通知\n一、工作目标\n报送报告不少于1份。\n"
        "二、完成情况\n已有12个单位报送。",
        "青溪县2023年工作总结\n一、年度工作目标\n新建学校3所。\n"
        "二、目标完成情况\n新建学校3所。",
        "产业发展规划\n总体目标：培育企业10家。\n完成情况：已培育4家。",
        "绩效自评报告\n目录\n一、项目概况\n二、绩效目标\n三、存在的问题",
    ],
    ids=["通知", "工作总结", "规划", "只有目录"],
)
def test_articles_are_no_forms(text: str):
    assert find_forms(document(text)) == ()


def test_printed_lines_are_joined_where_they_wrap():
    # Lines of a PDF: indented first lines, a number too long for the rest of a line.
    lines = [
        ("青溪县2022年绩效自评报告", 150, 400),
        ("一、绩效目标", 98, 200),
        ("开展义诊30场，服务群众不少于5000人次，建立健康档案，签约率达到", 98, 470),
        ("91.5%。", 70, 110),
        ("二、目标完成情况", 98, 220),
        ("开展义诊31场。", 98, 190),
        ("另赠药品。", 98, 160),
    ]
    blocks = tuple(
        Paragraph(text, 1, BBox(x0, 20.0 * i, x1, 20.0 * i + 14))
        for i, (text, x0, x1) in enumerate(lines)
    )
    wide = (*blocks, Paragraph("- 2 -", 1, BBox(280, 800, 300, 814)))
    (form,) = find_forms(Document("application/pdf", wide))
    assert form.goal_text is not None
    assert form.goal_text.endswith("签约率达到91.5%。")
    assert form.outcome_text == "开展义诊31场。\n另赠药品。"


@pytest.mark.parametrize("rule", RULES["heading"], ids=lambda r: r["example"])
def test_heading_rules(rule: dict[str, str]):
    assert role_of(rule["example"]) == rule["role"]
    assert role_of(rule["counterexample"]) != rule["role"]


@pytest.mark.parametrize("rule", RULES["lead"], ids=lambda r: r["example"])
def test_lead_rules(rule: dict[str, str]):
    found = lead_of(rule["example"])
    assert found is not None
    assert found[0] == rule["role"]
    assert lead_of(rule["counterexample"]) is None


def test_indicator_sentence_words():
    words = RULES["indicator_sentence"]
    assert _pattern().match(words["example"])
    assert not _pattern().match(words["counterexample"])


@pytest.mark.parametrize(
    ("title", "unit", "name"),
    [
        ("白沙镇关于渡口公厕改造项目的绩效自评报告", "白沙镇", "渡口公厕改造项目"),
        (
            "青溪县白沙乡中心学校2023年度项目支出绩效自评报告",
            "青溪县白沙乡中心学校",
            None,
        ),
        ("青溪县残联2022年康复补贴项目绩效自评报告", "青溪县残联", "康复补贴项目"),
        ("2022年康复补贴项目绩效自评报告", None, "康复补贴项目"),
        ("2022年度青溪县水务局部门整体支出绩效自评报告", "青溪县水务局", None),
        (
            "2022年度青溪县水务局泵站改造项目绩效自评报告",
            "青溪县水务局",
            "泵站改造项目",
        ),
        ("关于2022年度养老院改建项目支出绩效自评情况的报告", None, "养老院改建项目"),
        ("2022年社区服务站建设项目绩效自评报告", None, "社区服务站建设项目"),
        ("2022年度县级财政支出项目绩效自评报告", None, None),
        (
            "青溪县职业教育中心学校二〇二二年度助学金项目绩效自评报告",
            "青溪县职业教育中心学校",
            "助学金项目",
        ),
        # An ending that is part of a longer word ends no name.
        ("青溪县污水处理项目绩效自评报告", None, "青溪县污水处理项目"),
        ("青溪县社会救助项目绩效自评报告", None, "青溪县社会救助项目"),
        ("青溪县中心城区绿化项目绩效自评报告", None, "青溪县中心城区绿化项目"),
        ("青溪县办学条件改善项目绩效自评报告", None, "青溪县办学条件改善项目"),
        ("青溪县社保局培训项目绩效自评报告", "青溪县社保局", "培训项目"),
        ("青溪县委组织部培训项目绩效自评报告", "青溪县委组织部", "培训项目"),
        ("青溪市会展中心维修项目绩效自评报告", "青溪市会展中心", "维修项目"),
    ],
)
def test_whose_report_it_is(title: str, unit: str | None, name: str | None):
    form = only(REPORT.replace("青溪县司法局2022年人民调解项目绩效自评报告", title))
    assert (form.unit, form.project_name) == (unit, name)


def test_the_project_in_brackets_below_a_general_title():
    title = "青溪县司法局2022年度项目支出绩效自评报告\n（人民调解员补贴资金）"
    text = REPORT.replace("青溪县司法局2022年人民调解项目绩效自评报告", title)
    assert only(text).project_name == "人民调解员补贴资金"


@pytest.mark.parametrize(
    ("bracket", "name"),
    [
        ("（人民调解员补贴资金）", "人民调解员补贴资金"),
        ("(2022年人民调解员补贴资金)", "人民调解员补贴资金"),
        (
            "（2022年调解中心（站）免费开放县级补助经费）",
            "调解中心（站）免费开放县级补助经费",
        ),
        ("（2022年调解中心补助资金", "调解中心补助资金"),
        ("（2022年度）", None),
        ("（公开版）", None),
        ("（加盖公章）", None),
        ("（部门整体支出）", None),
    ],
)
def test_the_project_in_brackets_behind_a_general_title(bracket: str, name: str | None):
    title = f"青溪县司法局2022年度项目支出绩效自评报告{bracket}"
    form = only(REPORT.replace("青溪县司法局2022年人民调解项目绩效自评报告", title))
    assert (form.unit, form.project_name) == ("青溪县司法局", name)


def test_the_unit_in_brackets_below_a_general_title():
    title = "2022年度部门整体支出绩效自评报告\n（青溪县城市管理局）"
    form = only(REPORT.replace("青溪县司法局2022年人民调解项目绩效自评报告", title))
    assert (form.unit, form.project_name) == ("青溪县城市管理局", None)


@pytest.mark.parametrize(
    ("sentence", "score"),
    [
        ("自评得分94分，等级为“优”。", "94"),
        ("经自评，项目得分93.6分。", "93.6"),
        ("总体得分为88.47分，评级为“良”。", "88.47"),
        ("综合评分结果为91分。", "91"),
        ("本次自评结果为97分。", "97"),
        ("经逐项打分，得95分。", "95"),
        ("项目绩效自评综合得分96（满分100分）。", "96"),
        ("总分100分，自评得分92分。", "92"),
        ("项目产出自评得分38分，项目效益自评得分27分，项目自评得分93分。", "93"),
        ("自评总得分95.5分，其中：决策18分、过程19分、产出38.5分、效益20分。", "95.5"),
        ("预算执行情况自评得分10分。", None),
        ("项目自评得分93分。\n有关单位复核，项目自评得分91分。", None),
        ("自评得分率96%。", None),
    ],
)
def test_scores_told_in_sentences(sentence: str, score: str | None):
    told = only(REPORT.replace("自评得分94分，等级为“优”。", sentence))
    assert told.total_score == score


@pytest.mark.parametrize("rule", RULES["told_score"])
def test_told_score_rules(rule: dict[str, str]):
    pattern = rule["pattern"].replace("{value}", r"\s*\d+(?:\.\d+)?(?![\d.%％])")
    assert re.search(pattern, rule["example"])
    assert not re.search(pattern, rule["counterexample"])


@pytest.mark.parametrize(
    "name", ["told_score_part", "told_score_row", "told_score_whole"]
)
def test_words_of_parts_and_wholes(name: str):
    rule = RULES[name]
    assert re.search(rule["pattern"], rule["example"])
    assert not re.search(rule["pattern"], rule["counterexample"])


ACHIEVED = """青溪县司法局2022年度项目支出绩效自评报告
一、自评结论
（一）绩效目标完成情况
1.执行率情况。全年执行率为96.5%。
2.完成的绩效目标。
产出指标完成情况。一是数量指标：第一，调解员培训期数年初指标值为不少于4期，全年实际完成值6期。第二，走访户数年初指标值为不少于300户，全年实际完成值288户。二是成本指标：培训补助标准指标值每人120元，全年实际完成值每人120元。
3.未完成的绩效目标。
走访户数少12户。"""


def test_what_was_achieved_is_no_goal_and_its_figures_are_rows():
    form = only(ACHIEVED)
    assert form.goal_text is None
    assert [n.field for n in form.notes] == ["goal_text"]
    assert [
        (r.level1, r.level2, r.name, r.target_text, r.actual_text)
        for r in form.indicators
    ] == [
        ("产出指标", "数量指标", "调解员培训期数", "不少于4期", "6期"),
        ("产出指标", "数量指标", "走访户数", "不少于300户", "288户"),
        ("产出指标", "成本指标", "培训补助标准", "每人120元", "每人120元"),
    ]


RESULTS = """2022年度校舍翻新项目自评结果
一、自评结论
（一）自评得分97分
（二）绩效目标完成情况
1.执行率情况。全年执行率100%。
2.完成的绩效目标。
A产出指标（自评分19分）
（1）数量指标
翻新教室间数，年初目标值12间，实际完成值12间。
（2）成本指标
翻新成本控制率，年初目标值100%，实际完成值98%。
B效益指标
（1）社会效益
年初目标值办学条件改善，实际完成值改善。
C满意度指标
家长满意度，年初目标值≥95%，实际完成值94.2%，扣1分。
3.未完成的绩效目标（无）"""


def test_results_by_indicators_below_lettered_headings():
    form = only(RESULTS)
    assert (form.year, form.project_name) == (2022, "校舍翻新项目")
    assert [
        (r.level1, r.level2, r.name, r.target_text, r.actual_text)
        for r in form.indicators
    ] == [
        ("产出指标（自评分19分）", "数量指标", "翻新教室间数", "12间", "12间"),
        ("产出指标（自评分19分）", "成本指标", "翻新成本控制率", "100%", "98%"),
        ("效益指标", "社会效益", None, "办学条件改善", "改善"),
        ("满意度指标", None, "家长满意度", "≥95%", "94.2%"),
    ]


def test_what_was_handed_down_is_a_goal_in_doubt():
    text = """青溪县2022年渡口公厕工程绩效自评报告
一、绩效目标分解下达情况
县里下达补助资金56万元，建设公厕8座，实际完成投资54万元。
二、绩效目标完成情况分析
（一）总体绩效目标完成情况分析。建设公厕8座，铺设管道300米。"""
    form = only(text)
    assert form.goal_text == "县里下达补助资金56万元，建设公厕8座，实际完成投资54万元。"
    assert [n.field for n in form.notes] == ["goal_text"]


@pytest.mark.parametrize(
    ("sentences", "funds"),
    [
        (
            "年初预算300万元，实际支出270万元，预算执行率90%。",
            ("万元", "300", None, "270", "90"),
        ),
        (
            "年初预算320万元，调整后预算300万元，实际支出270.6万元，执行率为90.2%。",
            ("万元", "320", "300", "270.6", "90.2"),
        ),
        (
            "上级下达专项资金1,260.00万元，其中省级资金260万元。\n"
            "项目累计支出1,134.00万元，资金支出进度达90%。",
            ("万元", None, "1260.00", "1134.00", "90"),
        ),
        (
            "项目预算45000元，全年支出45000元，执行率100%。",
            ("元", None, "45000", "45000", "100"),
        ),
        (
            "全年预算数500万元，全年执行数480万元，完成预算的96%。",
            ("万元", None, "500", "480", "96"),
        ),
    ],
)
def test_funds_told_in_sentences(sentences: str, funds: tuple[str | None, ...]):
    form = only(REPORT.replace("资金到位40万元。", sentences).replace("40万元", "若干"))
    (row,) = form.funds
    assert (
        form.currency_unit,
        row.initial_budget,
        row.full_budget,
        row.executed,
        row.execution_rate,
    ) == funds
    assert row.kind == "total"
    assert form.provenance["funds[0].executed"].page == 1


@pytest.mark.parametrize(
    "sentences",
    [
        "项目预算300万元，实际支出270万元，预算执行率95%。",  # does not add up
        "项目预算300万元，实际支出270万元。",  # nothing that confirms
        "甲项目预算30万元，支出27万元，执行率90%；乙项目预算50万元，支出40万元，执行率80%。",
        "总预算900万元。其中省级资金预算100万元，支出90万元，执行率90%。",
        "项目预算300万元，实际支出2700000元，执行率90%。",
    ],
)
def test_money_that_nothing_confirms_is_no_funds_line(sentences: str):
    text = REPORT.replace("资金到位40万元。", sentences).replace("40万元", "若干")
    assert only(text).funds == ()


@pytest.mark.parametrize("rule", RULES["told_fund"], ids=lambda r: r["role"])
def test_told_fund_rules(rule: dict[str, str]):
    behind = r"\d+(?:\.\d+)?" + ("%" if rule["role"] == "execution_rate" else "万元")
    pattern = f"(?:{rule['label']})(?:{rule['between']}){behind}"
    assert re.search(pattern, rule["example"])
    assert not re.fullmatch(pattern, rule["counterexample"])


def test_goals_that_open_in_the_middle_of_a_paragraph():
    text = REPORT.replace(
        "（一）项目概况。2022年预算安排40万元。\n（二）项目绩效目标\n1.总体目标：",
        "今年安排资金若干。年度绩效目标为：",
    )
    form = only(text)
    assert form.goal_text == (
        "排查矛盾纠纷不少于600件，培训调解员4期，群众满意度90%以上。"
    )


@pytest.mark.parametrize(
    "heading", ["（一）投入情况。", "（一）资金情况。", "（一）经费方面。"]
)
def test_money_in_the_chapter_of_results_is_no_outcome(heading: str):
    text = REPORT.replace("（一）资金投入情况分析\n", heading)
    assert "资金到位" not in (only(text).outcome_text or "")


def test_whose_report_it_is_beside_the_title():
    title = "青溪县司法局2022年人民调解项目绩效自评报告"
    bare = REPORT.replace(title, "2022年人民调解项目绩效自评报告")
    assert only(bare).unit is None
    assert only("附件2\n青溪县司法局\n" + bare).unit == "青溪县司法局"
    signed = only(bare + "\n青溪县司法局\n2023年3月20日")
    assert signed.unit == "青溪县司法局"


def test_the_one_budget_year_of_a_report_whose_title_names_none():
    title = "青溪县司法局2022年人民调解项目绩效自评报告"
    bare = REPORT.replace(title, "人民调解项目绩效自评报告").replace("2022年", "")
    assert only(bare + "\n2022年度资金已用完。").year == 2022
    assert only(bare + "\n2022年度资金已用完，2023年度另行安排。").year is None


def test_prose_tells_what_the_table_of_a_report_does_not():
    table = Table(
        (
            Cell(0, 0, "指标名称"),
            Cell(0, 1, "年度指标值"),
            Cell(0, 2, "实际完成值"),
            Cell(1, 0, "排查纠纷件数"),
            Cell(1, 1, "600件"),
            Cell(1, 2, "652件"),
        )
    )
    text = REPORT.replace(
        "资金到位40万元。", "项目预算40万元，实际支出38万元，执行率95%。"
    )
    blocks = (*document(text).blocks, table)
    (form,) = find_forms(Document("text/plain", blocks))
    assert form.document_type == "selfeval_report"
    assert (form.unit, form.year, form.total_score) == ("青溪县司法局", 2022, "94")
    assert [f.executed for f in form.funds] == ["38"]
    assert form.provenance["funds[0].executed"].page == 1
    assert [row.name for row in form.indicators] == ["排查纠纷件数"]


SEVERAL = """关于青溪县2023年度重点项目绩效自评情况的报告
一、总体情况
我单位有重点项目2个。
二、项目绩效情况
（一）公路养护项目
1.绩效目标：养护公路486公里，安装护栏12公里。
2.完成情况：养护公路486公里，安装护栏11.4公里。
3.自评得分：96分。
（二）候车亭建设项目
1.绩效目标：新建候车亭24座。
2.完成情况：新建候车亭24座。
3.自评得分：92分。
三、存在问题
部分护栏未安装。"""


def test_each_project_with_a_chapter_of_its_own_is_a_form():
    forms = find_forms(document(SEVERAL))
    assert [(f.project_name, f.total_score, f.unit, f.year) for f in forms] == [
        ("公路养护项目", "96", "青溪县", 2023),
        ("候车亭建设项目", "92", "青溪县", 2023),
    ]
    assert forms[1].goal_text == "新建候车亭24座。"
    assert forms[1].outcome_text == "新建候车亭24座。"


def test_chapters_on_sides_of_one_project_are_one_form():
    text = SEVERAL.replace("公路养护项目", "公路方面").replace(
        "候车亭建设项目", "客运方面"
    )
    (form,) = find_forms(document(text))
    assert form.goal_text == "养护公路486公里，安装护栏12公里。\n新建候车亭24座。"


def test_an_indicator_named_by_the_sentence_before():
    text = REPORT.replace(
        "排查纠纷目标值600件，实际完成652件，分值10分，得10分；",
        "排查纠纷件数。年度目标600件，实际排查652件，得10分。",
    )
    row = only(text).indicators[0]
    assert (row.name, row.target_text, row.score) == ("排查纠纷件数", "600件", "10")


PARTS = """白沙镇2023年渡船补贴项目绩效自评报告
一、自评结论
经综合评定，{total}自评等级为“优”。
二、绩效目标
渡船每日开行不少于6班，乘客满意率90%以上。
三、绩效目标完成情况
1.每日开行班次，年初目标值≥6班，实际完成值7班，自评得分20分；
2.乘客满意率，目标值≥90%，实际完成值88%，自评得分20分。
产出指标自评得分20分。"""


@pytest.mark.parametrize(
    ("total", "score"),
    [
        ("", None),
        ("评价分96.5分，", "96.5"),
        ("预算执行率98%，绩效自评得分96.5分，", "96.5"),
        ("总得分96.5分，", "96.5"),
        ("预算执行率100%，自评得分20分，", None),
        ("资金到位率、执行率均为100%，综合得分10分，", None),
    ],
)
def test_scores_of_parts_are_no_total(total: str, score: str | None):
    form = only(PARTS.format(total=total))
    assert form.total_score == score
    assert form.rating == "优"


def test_results_that_name_both_values_are_rows_in_any_chapter():
    rows = only(PARTS.format(total="")).indicators
    assert [(r.name, r.target_text, r.actual_text, r.score) for r in rows] == [
        ("每日开行班次", "≥6班", "7班", "20"),
        ("乘客满意率", "≥90%", "88%", "20"),
    ]


ENDED = """2023年渡船补贴项目绩效自评报告
一、绩效目标
渡船每日开行不少于6班。
二、完成情况
渡船每日开行7班。
自评得分97分。
{end}
序号
渡船维修次数不少于2次。"""


@pytest.mark.parametrize(
    "end",
    [
        "附表1：",
        "附件2",
        "附：评分表",
        "附件：渡船补贴项目绩效自评表",
        "备注：",
        "注：1.本表一式两份。",
        "填表说明：",
    ],
)
def test_annexes_and_notes_end_the_text(end: str):
    form = only(ENDED.format(end=end))
    assert form.outcome_text == "渡船每日开行7班。"
    assert form.total_score == "97"


def test_what_only_begins_like_an_annex_goes_on():
    text = ENDED.format(end="附近村民出行更方便，备注册船员2名。")
    told = only(text).outcome_text
    assert told is not None
    assert "附近村民出行更方便" in told


@pytest.mark.parametrize(
    "caption", ["名　称：", "名  称:", "称:", "标题：", "信息名称：", "文件名称:"]
)
def test_the_caption_of_a_web_page_is_no_part_of_the_title(caption: str):
    title = "2022年渡口公厕项目绩效自评报告"
    form = only(f"{caption}{title}\n{REPORT.partition(chr(10))[2]}")
    assert form.project_name == "渡口公厕项目"
    assert form.year == 2022


def test_lost_brackets_and_stops_of_heading_numbers():
    text = """白沙镇2021年度绩效自评报告
一、绩效目标情况
新建码头2座。
绩效目标完成情况分析
一)资金投入情况分析。
1项目资金到位情况分析。
资金到位率100%。
二)绩效目标完成情况分析。新建码头2座，均已通航。
)绩效指标完成情况分析
（1）数量指标。码头座数目标值2座，实际完成值2座。"""
    form = only(text)
    assert form.outcome_text == "新建码头2座，均已通航。"
    assert [r.name for r in form.indicators] == ["码头座数"]


def test_leads_where_goals_were_only_handed_down():
    text = """白沙镇2021年渡船项目绩效自评报告
一、绩效目标分解下达情况
项目年初总体目标为：更新渡船3艘，补贴船员12名。
实际完成情况为：更新渡船3艘，补贴船员11名。
二、存在的问题
船员不足。"""
    form = only(text)
    assert form.goal_text == "更新渡船3艘，补贴船员12名。"
    assert form.outcome_text == "更新渡船3艘，补贴船员11名。"


def test_how_many_indicators_there_are_is_no_goal():
    text = """白沙镇2021年渡船项目绩效自评报告
一、绩效目标分解下达情况
1、预算及项目情况
计划更新渡船3艘。
2、绩效目标设定情况
该项目共设置9个绩效指标，其中一级指标3个，二级指标6个，三级指标9个。
二、绩效目标完成情况分析
更新渡船3艘。"""
    form = only(text)
    assert form.goal_text == "计划更新渡船3艘。"
    assert form.outcome_text == "更新渡船3艘。"


@pytest.mark.parametrize(
    ("intro", "name"),
    [
        (
            "根据县里要求，现将2021年白沙镇政府渡船项目绩效自评总结报告如下：",
            "渡船项目",
        ),
        ("按通知精神，现将渡船项目绩效自评情况汇报如下：", "渡船项目"),
    ],
)
def test_a_report_that_lost_its_title(intro: str, name: str):
    body = "一、绩效目标\n更新渡船3艘。\n二、绩效目标完成情况\n更新渡船3艘。"
    form = only(f"{intro}\n{body}")
    assert form.document_type == "selfeval_report"
    assert form.project_name == name


def test_a_notice_that_asks_for_reports_is_none():
    intro = "现将绩效自评工作有关事项通知如下："
    body = "一、绩效目标\n更新渡船3艘。\n二、绩效目标完成情况\n更新渡船3艘。"
    assert find_forms(document(f"{intro}\n{body}")) == ()


def test_names_of_a_sentence_lose_its_stop():
    text = ENDED.format(end="附件1").replace(
        "一、绩效目标",
        "项目名称：渡船补贴。\n主管部门：白沙镇政府；\n实施单位：（盖章）\n一、绩效目标",
        1,
    )
    form = only(text)
    assert (form.project_name, form.department) == ("渡船补贴", "白沙镇政府")
    assert form.unit is None


def test_what_is_wanted_of_indicators_is_no_result():
    text = """石桥镇2021年渡船补贴项目绩效自评报告
一、绩效目标分解下达情况
（一）总体目标
补贴渡船12艘。
（二）具体绩效目标
1.产出指标下达情况
数量指标：补贴渡船12艘。
2.效益指标下达情况
效益指标：客运量提高10%。
二、绩效目标完成情况分析
（一）产出指标完成情况分析
补贴渡船11艘。"""
    form = only(text)
    assert form.goal_text is not None
    assert "客运量提高10%" in form.goal_text
    assert form.outcome_text == "补贴渡船11艘。"


def test_a_goal_behind_the_money_that_was_handed_down():
    text = """石桥镇航运站
关于2021年度渡船补贴资金绩效的自评报告
一、绩效目标分解下达情况
下达资金15万元。绩效目标：一是补贴渡船12艘；二是培训船员30人次。
二、绩效目标完成情况分析
（一）总体绩效目标完成情况分析。
补贴渡船12艘，培训船员31人次。"""
    form = only(text)
    assert form.goal_text == "一是补贴渡船12艘；二是培训船员30人次。"
    assert form.project_name == "渡船补贴资金"


def test_a_rate_of_hours_and_a_cut_word_are_no_rows():
    text = REPORT.replace(
        "（2）质量指标。调解成功率目标值≥95%，实际完成值96.4%。",
        "（2）质量指标。实际完成小时数/计划小时数≥80%，实际完",
    )
    assert [r.name for r in only(text).indicators] == ["排查纠纷", "培训期数"]
