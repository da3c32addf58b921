"""Which outcome answers which target, in texts of a sentence or two."""

from __future__ import annotations

import json

import pytest

import pipeline
from tests.helpers.invariants import assert_record
from tests.unit.matching.sketch import answers, links, read, row

Expected = dict[str, tuple[str, str]]

DIRECT: list[tuple[str, str, Expected]] = [
    (
        "建成样板县（市、区）9个、样板乡镇50个。",
        "建成样板县8个、样板乡镇52个。",
        {"9个": ("8个", "shortfall"), "50个": ("52个", "exceeded")},
    ),
    ("举办讲座12场。", "举办讲座10场。", {"12场": ("10场", "shortfall")}),
    # None of a thing is a limit, whatever the thing.
    ("新增黑臭水体0处。", "新增黑臭水体2处。", {"0处": ("2处", "shortfall")}),
    ("新增黑臭水体0处。", "新增黑臭水体0处。", {"0处": ("0处", "met")}),
    ("举办讲座12场。", "讲座全年共举办12次。", {"12场": ("12次", "met")}),
    ("举办讲座12场。", "为600人举办讲座15场。", {"12场": ("15场", "exceeded")}),
    (
        "举办讲座12场，参加人员600人。",
        "讲座共举办10场，650人参加。",
        {"12场": ("10场", "shortfall"), "600人": ("650人", "exceeded")},
    ),
    (
        "举办培训班4期，培训200人次。",
        "举办培训班5期，培训180人次。",
        {"4期": ("5期", "exceeded"), "200人次": ("180人次", "shortfall")},
    ),
    ("服务群众4000人次。", "服务群众4000人。", {"4000人次": ("4000人", "met")}),
    ("新建步道2公里。", "新建步道1800米。", {"2公里": ("1800米", "shortfall")}),
    ("造林绿化3000亩。", "造林绿化210公顷。", {"3000亩": ("210公顷", "exceeded")}),
    ("单位造价120元。", "单位造价115元。", {"120元": ("115元", "met")}),
    ("群众投诉不超过5起。", "群众投诉3起。", {"不超过5起": ("3起", "met")}),
    ("受理投诉40件。", "受理投诉36件。", {"40件": ("36件", "shortfall")}),
    ("服务对象满意度≥90%。", "群众满意率达92%。", {"≥90%": ("达92%", "exceeded")}),
    (
        "组织巡演30场；开展展览28场。",
        "开展展览27场；组织巡演31场。",
        {"30场": ("31场", "exceeded"), "28场": ("27场", "shortfall")},
    ),
    (
        "培育国家级示范社2家、省级示范社5家。",
        "培育省级示范社6家，国家级示范社1家。",
        {"2家": ("1家", "shortfall"), "5家": ("6家", "exceeded")},
    ),
    (
        "养护公路40公里，其中大修10公里。",
        "养护公路42公里，其中大修8公里。",
        {"40公里": ("42公里", "exceeded"), "10公里": ("8公里", "shortfall")},
    ),
    (
        "每村举办宣讲2场。",
        "每村举办宣讲3场。",
        {"2场": ("3场", "exceeded")},
    ),
]
NEVER: list[tuple[str, str]] = [
    ("举办讲座12场。", "讲座完成率100%。"),
    ("讲座满意度达到95%。", "举办讲座95场。"),
    ("培训学员200人。", "举办培训200期。"),
    ("举办讲座12场。", "参加讲座12人。"),
    ("编印手册500份。", "服务企业500家。"),
    ("组织读书会8次。", "组织摄影展8次。"),
    ("举办讲座12场。", "开展展览3场。"),
    ("培育农业经营主体15家。", "惠及农户1860户。"),
    ("改造日间照料中心3处。", "适老化改造完成68户。"),
    ("每村举办宣讲2场。", "举办宣讲2场。"),
    ("举办宣讲40场。", "每村举办宣讲2场。"),
    ("新建步道30公里。", "绿化步道30亩。"),
    ("举办讲座12场。", "讲座已顺利举办。"),
    ("举办讲座12场。", "未举办讲座。"),
    ("维修水渠15公里。", "安装路灯15盏。"),
    ("公路养护40公里。", "查处超载40起。"),
]
PARTS: list[tuple[str, str, Expected]] = [
    (
        "新建管网6公里。",
        "东线新建管网3公里、西线新建管网4公里。",
        {"6公里": ("3公里+4公里", "exceeded")},
    ),
    (
        "举办讲座12场。",
        "上半年举办讲座5场，下半年举办讲座6场。",
        {"12场": ("5场+6场", "shortfall")},
    ),
    (
        "举办讲座12场。",
        "上半年举办讲座5场，下半年举办讲座7场。",
        {"12场": ("5场+7场", "met")},
    ),
    (
        "新建健身步道10公里。",
        "健身步道东段6公里、西段5.5公里已交付使用。",
        {"10公里": ("6公里+5.5公里", "exceeded")},
    ),
    (
        "培育示范社7家。",
        "培育国家级示范社2家，省级示范社6家。",
        {"7家": ("2家+6家", "exceeded")},
    ),
    (
        "培育国家级、省级示范社7家。",
        "培育国家级示范社2家，省级示范社6家。",
        {"7家": ("2家+6家", "exceeded")},
    ),
    (
        "防治鼠虫害20万亩。",
        "鼠害防治14万亩，虫害防治7.8万亩。",
        {"20万亩": ("14万亩+7.8万亩", "exceeded")},
    ),
    (
        "维修路灯200盏。",
        "一季度维修路灯60盏，二季度维修路灯70盏，三季度维修路灯40盏。",
        {"200盏": ("60盏+70盏+40盏", "shortfall")},
    ),
    (
        "举办培训6期。",
        "上半年举办培训2期；下半年举办培训4期。",
        {"6期": ("2期+4期", "met")},
    ),
    (
        "资助学生1000人。",
        "资助小学生600人、初中生500人。",
        {"1000人": ("600人+500人", "exceeded")},
    ),
    (
        "走访慰问不少于2次。",
        "“八一”慰问1次、春节慰问1次。",
        {"不少于2次": ("1次+1次", "met")},
    ),
    (
        "下基层演出10场。",
        "下基层演出走进敬老院5场、走进社区4场。",
        {"10场": ("5场+4场", "shortfall")},
    ),
    (
        "采购厨房设备620台。",
        "采购厨房设备到货春季280台、秋季352台。",
        {"620台": ("280台+352台", "exceeded")},
    ),
    (
        "举办招聘会12场，其中线上招聘会4场。",
        "招聘会线下9场、线上5场。",
        {"12场": ("9场+5场", "exceeded"), "4场": ("5场", "exceeded")},
    ),
    (
        "接待来访、网络咨询1.5万人次。",
        "来访、网络咨询分别接待5000人次和8000人次。",
        {"1.5万人次": ("5000人次+8000人次", "shortfall")},
    ),
    # Stages of one thing are no parts.
    (
        "受理法律援助案件860件。",
        "受理法律援助案件912件、办结法律援助案件866件。",
        {"860件": ("912件", "exceeded")},
    ),
    # Who names one of two is not both.
    (
        "培训教师200人。",
        "培训教师180人、培训校长30人。",
        {"200人": ("180人", "shortfall")},
    ),
    # A whole that stands beside its parts is the answer, the parts are not.
    (
        "新建管网6公里。",
        "新建管网7公里，其中东线3公里、西线4公里。",
        {"6公里": ("7公里", "exceeded")},
    ),
    # A target that is itself one part is no whole.
    (
        "培育省级示范社7家。",
        "培育国家级示范社2家，省级示范社6家。",
        {"7家": ("6家", "shortfall")},
    ),
    # Different things are no parts.
    (
        "举办讲座12场。",
        "举办讲座10场，举办展览4场。",
        {"12场": ("10场", "shortfall")},
    ),
]
JOINT: list[tuple[str, str, Expected]] = [
    (
        "送戏进军营、进社区、进乡村各6场。",
        "惠民演出进军营7场、进社区6场、进乡村5场。",
        {"6场": ("7场+6场+5场", "shortfall")},
    ),
    ("药品抽检合格率、覆盖率均达到95%。", "药品抽检合格率93%，覆盖率98%。", {"达到95%": ("93%+98%", "shortfall")}),
    ("药品抽检合格率、覆盖率均达到95%。", "药品抽检合格率98%，覆盖率93%。", {"达到95%": ("98%+93%", "shortfall")}),
    ("药品抽检合格率、覆盖率均达到95%。", "药品抽检合格率95%，覆盖率98%。", {"达到95%": ("95%+98%", "met")}),
    ("设备完好率和使用率均不低于90%。", "设备完好率96%，使用率98%。", {"不低于90%": ("96%+98%", "exceeded")}),
    ("学生、家长满意度均达到92%以上。", "学生满意度95%，家长满意度90%。", {"达到92%以上": ("95%+90%", "shortfall")}),
    # Not joint: each rate has a target of its own.
    (
        "设备完好率不低于90%，使用率不低于80%。",
        "设备完好率88%，使用率86%。",
        {"不低于90%": ("88%", "shortfall"), "不低于80%": ("86%", "exceeded")},
    ),
]  # fmt: skip
RESPECTIVELY: list[tuple[str, str, Expected]] = [
    (
        "培训一级指导员80名、二级指导员240名。",
        "一级、二级指导员分别培训82名、236名。",
        {"80名": ("82名", "exceeded"), "240名": ("236名", "shortfall")},
    ),
    (
        "负压车单价不高于68万元、监护车单价不高于39万元。",
        "到位负压车6辆、监护车8辆，单价分别为66万元和39.8万元。",
        {"不高于68万元": ("66万元", "met"), "不高于39万元": ("39.8万元", "shortfall")},
    ),
    (
        "主要病种抗体合格率70%以上。",
        "口蹄疫、禽流感抗体合格率分别为84%和69%。",
        {"70%以上": ("84%+69%", "shortfall")},
    ),
]
# What stands beside an answer is not always a part of it.
BESIDE: list[tuple[str, str, Expected]] = [
    ("接待游客50万人次。", "接待游客52万人次、接待过夜游客8万人次。", {"50万人次": ("52万人次", "exceeded")}),
    ("培训干部500人次。", "培训干部480人次、培训年轻干部60人次。", {"500人次": ("480人次", "shortfall")}),
    ("报送信息50条。", "报送信息60条、录用信息20条。", {"50条": ("60条", "exceeded")}),
    ("参会企业50家。", "参会企业52家、签约企业30家。", {"50家": ("52家", "exceeded")}),
    ("维修路灯200盏。", "维修路灯180盏、更换灯泡60盏。", {"200盏": ("180盏", "shortfall")}),
    ("新建站点10个。", "截至2023年底累计建成站点56个，本年新建8个。", {"10个": ("8个", "shortfall")}),
    ("服务群众5000人次。", "历年累计服务群众8000人次，本年服务群众4600人次。", {"5000人次": ("4600人次", "shortfall")}),
    ("发展会员600人。", "发展会员655人，会员总数达到5200人。", {"600人": ("655人", "exceeded")}),
    ("救助困难群众300人。", "救助儿童200人、救助老人150人。", {"300人": ("200人+150人", "exceeded")}),
    ("修建水渠15公里。", "修建干渠8公里、支渠6公里。", {"15公里": ("8公里+6公里", "shortfall")}),
    ("信息50条。", "报送信息60条、录用信息20条。", {}),
]  # fmt: skip
WHOLES: list[tuple[str, str, Expected]] = [
    ("推出展览4个。", "策划展览5个，其中线上展览1个。", {"4个": ("5个", "exceeded")}),
    ("主导制定标准5项。", "参与制定标准7项、主导制定标准4项。", {"5项": ("4项", "shortfall")}),
    ("共建校外基地8个。", "建成基地6个，其中校外4个。", {"8个": ("4个", "shortfall")}),
    ("放流鱼类1200万尾，其中珍稀鱼类30万尾。", "放流家鱼1226万尾、珍稀鱼类26万尾，合计放流1252万尾。",
     {"1200万尾": ("1252万尾", "exceeded"), "30万尾": ("26万尾", "shortfall")}),
    ("培训人员合计500人次。", "培训医护人员388人次、村医146人次。", {"500人次": ("388人次+146人次", "exceeded")}),
    ("春节、“八一”走访2000人次。", "走访春节1120人次、“八一”1036人次。", {"2000人次": ("1120人次+1036人次", "exceeded")}),
    ("培训企业职工1500人次、农民工800人次。", "完成各类培训2268人次（含企业职工和农民工）。",
     {"1500人次": ("2268人次", "shortfall"), "800人次": ("2268人次", "shortfall")}),
    ("口蹄疫、禽流感和布病抗体合格率均达70%以上。", "布病抗体合格率86%、口蹄疫78%、禽流感68%。",
     {"达70%以上": ("86%+78%+68%", "shortfall")}),
    ("重点人群健康管理率均不低于74%。", "老人体质辨识：健康管理率76%；儿童调养：健康管理率79%。",
     {"不低于74%": ("76%+79%", "exceeded")}),
]  # fmt: skip
# What is only begun, changed or counted otherwise is no answer.
NOT_THE_SAME: list[tuple[str, str]] = [
    ("完成治理工程5处。", "治理工程开工5处。"),
    ("亡人火灾较上年减少2起。", "全年发生亡人火灾1起。"),
    ("销售额同比增长8%。", "销售额占比8%。"),
]
# Words that hold 与, 及 or 和 are no lists.
NO_LISTS: list[tuple[str, str, Expected]] = [
    ("参与活动群众10万人次。", "直接参与活动群众10.6万人次。", {"10万人次": ("10.6万人次", "exceeded")}),
    ("惠及农户1600户。", "惠及农户1583户。", {"1600户": ("1583户", "shortfall")}),
    ("开展传统节日活动8场。", "春节、端午、中秋等节日活动9场。", {"8场": ("9场", "exceeded")}),
    ("进社区宣讲18场。", "进社区、进校园宣讲25场。", {}),
]  # fmt: skip
TOGETHER: list[tuple[str, str, Expected]] = [
    (
        "公路养护40公里，大修10公里。",
        "完成公路养护50公里（含大修）。",
        {"40公里": ("50公里", "met"), "10公里": ("50公里", "met")},
    ),
    (
        "公路养护40公里，大修10公里。",
        "完成公路养护48公里（含大修）。",
        {"40公里": ("48公里", "shortfall"), "10公里": ("48公里", "shortfall")},
    ),
    (
        "公路养护40公里，大修10公里。",
        "完成公路养护48公里。",
        {"40公里": ("48公里", "exceeded")},
    ),
]
SHARES: list[tuple[str, str, Expected]] = [
    ("巡查河道400公里。", "河道巡查完成全年任务的110%。", {"400公里": ("110%", "exceeded")}),
    ("巡查河道400公里。", "河道巡查完成全年任务的100%。", {"400公里": ("100%", "met")}),
    ("巡查河道400公里。", "河道巡查完成年度任务的92.5%。", {"400公里": ("92.5%", "shortfall")}),
    (
        "更换教学楼照明灯管900支，粉刷墙面600平方米。",
        "灯管更换完成年度任务的103%。",
        {"900支": ("103%", "exceeded")},
    ),
    ("媒体报道20篇次以上。", "媒体刊发报道26篇。", {"20篇次以上": ("26篇", "exceeded")}),
    ("巡查河道400公里。", "河道巡查420公里，完成全年任务的105%。", {"400公里": ("420公里", "exceeded")}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        *DIRECT,
        *PARTS,
        *JOINT,
        *RESPECTIVELY,
        *NO_LISTS,
        *WHOLES,
        *BESIDE,
        *TOGETHER,
        *SHARES,
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_links(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome"), [*NEVER, *NOT_THE_SAME], ids=lambda text: text
)
def test_no_link(goal: str, outcome: str) -> None:
    record = read(goal, outcome)
    assert links(goal, outcome) == {}
    assert record.unmatched_targets == tuple(range(len(record.targets)))


SUM_GOAL = "组织“科普进校园”等活动不少于20场；开展科普观摩、对接活动不少于10场。"


@pytest.mark.parametrize(
    ("count", "expected"), [(28, "shortfall"), (30, "met"), (56, "exceeded")]
)
def test_two_goals_add_up_to_the_row_that_the_outcome_reports(
    count: int, expected: str
) -> None:
    record = read(
        SUM_GOAL, f"举办科普服务活动{count}场。", row("科普服务活动", "≥30次")
    )
    found = answers(record)
    assert set(found) == {"不少于20场", "不少于10场"}
    for answer in found.values():
        assert (answer.outcomes, answer.verdict) == ((f"{count}场",), expected)
        assert answer.method == "sum"
    assert record.indicators[0].targets == (0, 1)
    assert record.indicators[0].outcomes == (0,)


def test_without_the_row_that_adds_them_up_no_sum_is_made() -> None:
    found = links(SUM_GOAL, "举办科普服务活动28场。", row("科普服务活动", "≥25次"))
    assert "sum" not in found and len(found) < 2


def test_a_row_that_names_both_sides_carries_the_link() -> None:
    goal, outcome = "让老人就近吃上热饭，新增12处。", "社区食堂建成10处。"
    assert links(goal, outcome) in ({}, {"12处": ("10处", "shortfall")})
    named = read("社区老年食堂新增12处。", outcome, row("社区老年食堂", "12处", "10处"))
    (answer,) = answers(named).values()
    assert (answer.verdict, answer.method) == ("shortfall", "via_indicator")
    assert named.indicators[0].targets == named.indicators[0].outcomes == (0,)


def test_an_amended_row_is_a_hub_under_its_new_name() -> None:
    changed = {
        **row("服务成效", "良好"),
        "deviation": "指标名称修改为“稻田灌溉面积”，指标值修改为“800亩”，按修改后指标评价",
    }
    record = read("灌溉稻田800亩。", "稻田灌溉760亩。", changed)
    assert record.indicators[0].amended is not None
    assert record.indicators[0].name == "服务成效"
    assert record.indicators[0].target is None
    assert record.indicators[0].targets == (0,)


def test_two_equally_likely_outcomes_leave_the_target_open() -> None:
    record = read("举办讲座12场。", "石桥镇举办讲座9场，柳河镇举办讲座16场。")
    (answer,) = answers(record).values()
    assert (answer.verdict, answer.outcomes) == ("undetermined", ())
    assert answer.candidates == ("9场", "16场")
    assert record.unmatched_targets == (0,)
    assert record.unmatched_outcomes == (0, 1)
    assert "无法确定" in record.links[0].explanation


def test_a_copied_goal_answers_itself() -> None:
    text = "举办讲座12场，培训学员600人。"
    record = read(text, text)
    assert [(link.target, link.outcomes) for link in record.links] == [
        (0, (0,)),
        (1, (1,)),
    ]


@pytest.mark.parametrize("text", [None, "", " ", "。", "已完成。"])
def test_with_nothing_to_answer_every_target_is_unmatched(text: str | None) -> None:
    record = read("举办讲座12场，培训学员600人。", text or "")
    assert record.links == ()
    assert record.unmatched_targets == (0, 1)


def test_long_lists_give_one_link_per_target() -> None:
    things = [
        "路灯",
        "水井",
        "桥梁",
        "泵站",
        "凉亭",
        "公厕",
        "闸门",
        "涵洞",
        "站牌",
        "书架",
        "课桌",
        "花坛",
    ]
    goal = "；".join(f"安装{thing}{i + 20}座" for i, thing in enumerate(things))
    done = "；".join(f"安装{t}{40 - i}座" for i, t in enumerate(reversed(things)))
    record = read(goal + "。", done + "。")
    assert len(record.links) == len(things)
    for link in record.links:
        (outcome,) = link.outcomes
        assert link.target + outcome == len(things) - 1


@pytest.mark.parametrize(
    ("goal", "outcome"),
    [(g, o) for g, o, _ in [*DIRECT, *PARTS, *JOINT, *TOGETHER, *SHARES]],
    ids=lambda text: text,
)
def test_an_explanation_is_one_sentence_that_quotes_both_sides(
    goal: str, outcome: str
) -> None:
    record = read(goal, outcome)
    assert record.links
    for link in record.links:
        told = link.explanation
        assert told.endswith("。") and told.count("。") == 1 and "\n" not in told
        assert record.targets[link.target].quote in told
        for o in link.outcomes or link.candidates:
            assert record.outcomes[o].quote in told
        assert "未完成" not in told
        assert 0 < link.confidence <= 1


@pytest.mark.parametrize(
    ("goal", "told", "verdict"),
    [
        ("开展案卷评查2次。", "上、下半年各开展1次案卷评查。", "undetermined"),
        ("举办讲座4场。", "城区、乡镇各举办讲座2场。", "undetermined"),
        ("培训6期。", "春秋两季各培训3期。", "undetermined"),
        ("举办书画展、摄影展各2场。", "书画展、摄影展各举办1场。", "shortfall"),
        ("举办讲座4场。", "城区、乡镇各举办讲座5场。", "exceeded"),
        ("举办讲座4场。", "各社区举办讲座3场。", "shortfall"),
    ],
)
def test_a_count_of_each_is_no_shortfall_of_the_whole(
    goal: str, told: str, verdict: str
) -> None:
    record = pipeline.analyze(goal_text=goal, outcome_text=told)
    assert {str(link.verdict) for link in record.links} == {verdict}
    assert_record(json.loads(record.to_json()))
