"""What fits by its unit and still is no answer: years, changes, losses."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Expected = dict[str, tuple[str, str]]


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("新建站点3座。", "站点累计9座，本年新投用3座。", {"3座": ("3座", "met")}),
        ("征收水费80万元。", "收取水费620万元（2012年以来累计），2020年当年76万元。", {"80万元": ("76万元", "shortfall")}),
        ("征收水费80万元。", "收取水费620万元（2012—2020年累计）。", {}),
        ("培训学员200人。", "建校以来累计培训学员5000人。", {}),
        ("培训学员200人。", "2015年以来培训学员5000人。", {}),
        ("培训学员200人。", "累计（2012—2015年）培训学员900人。", {}),
        ("融资5000万元。", "融资金额5200万元，累计（2012—2015年）融资4.3亿元。", {"5000万元": ("5200万元", "exceeded")}),
        # A plain 累计, 今年以来 or 截至 is the sum of the year.
        ("培训学员200人。", "全年累计培训学员210人。", {"200人": ("210人", "exceeded")}),
        ("培训学员200人。", "今年以来培训学员190人。", {"200人": ("190人", "shortfall")}),
        ("培训学员200人。", "截至12月底培训学员200人。", {"200人": ("200人", "met")}),
        # Who promises a stock is answered by one.
        ("管网总长度达到60公里。", "历年累计管网总长度62公里。", {"达到60公里": ("62公里", "exceeded")}),
    ],
)  # fmt: skip
def test_running_totals(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("亩均用水量减少10立方米以上。", "亩均用水量由410立方米降到398立方米。", {}),
        ("单次用时缩短5分钟。", "单次用时缩短至22分钟。", {}),
        ("亩均用水量减少10立方米。", "亩均用水量减少12立方米。", {"10立方米": ("12立方米", "exceeded")}),
        ("亩均用水量降到400立方米。", "亩均用水量降到398立方米。", {"400立方米": ("398立方米", "met")}),
        ("户均收入增加3000元。", "户均收入增加3200元。", {"3000元": ("3200元", "exceeded")}),
        ("增加床位20张。", "床位增加到20张。", {"20张": ("20张", "met")}),
        ("康复人员较上年增加30人。", "新增伤残人员9人，较上年少5人。", {}),
        ("康复人员较上年增加30人。", "康复人员较上年增加35人。", {"30人": ("35人", "exceeded")}),
        ("专利授权量较上年增长6%。", "专利申请900件，同比增长4%；专利授权300件，同比增长7%。", {"6%": ("7%", "exceeded")}),
    ],
)  # fmt: skip
def test_changes_and_levels(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome"),
    [
        ("组织教师研修120人。", "全年流失教师23人。"),
        ("购置车辆12辆。", "报废车辆12辆。"),
        ("培育企业30家。", "注销企业30家。"),
    ],
)
def test_what_was_lost_is_no_answer(goal: str, outcome: str) -> None:
    assert links(goal, outcome) == {}


def test_what_was_to_go_is_answered_by_what_went() -> None:
    assert links("报废车辆12辆。", "报废车辆11辆。") == {"12辆": ("11辆", "shortfall")}


TEACHERS = "落实教师津贴政策；组织教师研修120人；改善教师住宿条件；建强教师队伍；关心教师健康。"


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # In a goal about teachers, 教师 alone binds nothing.
        (TEACHERS, "津贴按月发放，惠及教师900人。", {}),
        (TEACHERS, "教师研修115人。", {"120人": ("115人", "shortfall")}),
        (TEACHERS, "选派教师参加研修130人。", {"120人": ("130人", "exceeded")}),
        (
            "发放助学金90万元。",
            "低保金按月发放，累计发放700万元。",
            {},
        ),
        (
            "发放助学金90万元。",
            "助学金按月发放，累计发放92万元。",
            {"90万元": ("92万元", "exceeded")},
        ),
    ],
)
def test_what_the_whole_goal_is_about_binds_nothing(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected


def test_only_the_new_value_of_a_change_per_second_is_a_target() -> None:
    goal = "排涝能力由每秒72立方米提高到每秒86立方米。"
    assert links(goal, "排涝能力达到每秒80立方米。") == {
        "86立方米": ("80立方米", "shortfall")
    }


def test_a_number_at_the_end_of_a_line_is_no_part_of_the_rate_below() -> None:
    goal, outcome = "新装路灯450盏\n亮灯率98%", "新装路灯440盏\n亮灯率99%"
    assert links(goal, outcome) == {
        "450盏": ("440盏", "shortfall"),
        "98%": ("99%", "exceeded"),
    }


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("新增馆藏图书1500册。", "馆藏总量达46万册，入藏新书1600册。", {"1500册": ("1600册", "exceeded")}),
        ("新增馆藏图书1500册。", "馆藏总量46万册。", {}),
        ("非遗项目总数达到58项。", "新增非遗项目6项，累计57项。", {"达到58项": ("57项", "shortfall")}),
        (
            "新认定高新企业60家，高新企业总数达到210家。",
            "有效期内高新企业207家，当年新认定64家。",
            {"60家": ("64家", "exceeded"), "达到210家": ("207家", "shortfall")},
        ),
        ("新增停车位300个。", "现有停车位4000个。", {}),
        ("发展会员600名。", "发展会员620名，会员总数5200名。", {"600名": ("620名", "exceeded")}),
        ("建成充电桩40个。", "年末充电桩保有量600个。", {}),
        ("网络保有量达到600个。", "网络保有量620个，新增40个。", {"达到600个": ("620个", "exceeded")}),
        # 累计 after several numbers is their sum, not a stock.
        ("举办讲座12场。", "上半年讲座5场，下半年讲座8场，累计13场。", {"12场": ("13场", "exceeded")}),
    ],
)  # fmt: skip
def test_stock_and_flow(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("安全事故0起。", "全年接警146起。", {}),
        ("投诉0件。", "受理咨询38件。", {}),
        ("火灾亡人0人。", "全年参训36人。", {}),
        ("违规用地0宗。", "供应土地6宗。", {}),
        ("安全事故0起。", "安全事故2起。", {"0起": ("2起", "shortfall")}),
        ("责任事故为0起。", "发生责任事故1起。", {"0起": ("1起", "shortfall")}),
    ],
)  # fmt: skip
def test_none_of_one_thing_is_not_the_count_of_another(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("每户补助3000元。", "户均增收2000元。", {}),
        ("户均增收2000元。", "每户补助3000元。", {}),
        ("每户补助3000元。", "每户补贴3000元。", {"3000元": ("3000元", "met")}),
        ("带动户均增收2000元。", "户均收入增加2200元。", {"2000元": ("2200元", "exceeded")}),
        # Contracts are what 签约 counts; what follows 启动 may be done.
        ("签订合同300份。", "签约320份。", {"300份": ("320份", "exceeded")}),
        ("引进项目12个。", "签约项目15个。", {}),
        ("帮扶30家企业通过认证。", "认证辅导已启动，22家通过。", {"30家": ("22家", "shortfall")}),
        ("物流成本下降10%。", "物流费用降8%。", {"10%": ("8%", "shortfall")}),
        ("亩均用肥减少5%。", "亩均用肥减6%。", {"5%": ("6%", "exceeded")}),
    ],
)  # fmt: skip
def test_money_contracts_and_short_words_of_change(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("促成就业800人。", "达成就业意向1260人。", {}),
        ("达成就业意向800人。", "达成就业意向1260人。", {"800人": ("1260人", "exceeded")}),
        # What came of an event that was held.
        ("举办招聘会4场。", "举办招聘会4场，达成意向513人。", {"4场": ("4场", "met")}),
        ("签约合作项目20个。", "签订合作意向书22个。", {"20个": ("22个", "exceeded")}),
        ("办结援助案件150件。", "受理援助案件176件，办结148件。", {"150件": ("148件", "shortfall")}),
        ("受理援助案件150件。", "受理援助案件176件，办结148件。", {"150件": ("176件", "exceeded")}),
        ("满意度达到85%。", "康复服务率91%。", {}),
        ("群众满意度达到85%。", "群众满意率91%。", {"达到85%": ("91%", "exceeded")}),
        ("补贴机具4.6万台（套）。", "补贴各类机具4.5万台套。", {"4.6万台（套）": ("4.5万台套", "shortfall")}),
        ("收割机补贴300台。", "补贴各类机具900台。", {}),
        ("农机购置补贴800台套。", "补贴各类农机具846台（套）。", {"800台套": ("846台（套）", "exceeded")}),
        ("举办农机培训5期。", "举办各类培训15期。", {}),
        ("举办培训5期。", "举办各类培训4期。", {"5期": ("4期", "shortfall")}),
        ("培训学员300人。", "各类活动培训310人。", {"300人": ("310人", "exceeded")}),
        # Places are not how often one went there.
        ("对126个行政村开展垃圾分类宣传。", "入村宣传垃圾分类512次。", {}),
        ("宣传走进12个社区。", "宣传走进13个社区。", {"12个": ("13个", "exceeded")}),
        # Other camps, levels, deeds and steps than the promised ones.
        ("举办学生夏令营2期。", "举办学生冬令营2期。", {}),
        ("举办冬夏令营2期。", "举办夏令营2期。", {"2期": ("2期", "met")}),
        ("新建村级文化广场8个。", "村级文化广场维护15个。", {}),
        ("新建堤防8公里。", "堤防加固8.4公里。", {}),
        ("新建堤防8公里。", "新建堤防8.4公里。", {"8公里": ("8.4公里", "exceeded")}),
        ("加固堤防8公里。", "堤防加固8.4公里。", {"8公里": ("8.4公里", "exceeded")}),
        ("申请专利10件。", "授权专利12件。", {}),
        ("水库除险加固6座。", "水库除险加固初步设计批复6座。", {}),
        ("安置房竣工600套。", "安置房主体封顶600套，竣工420套。", {"600套": ("420套", "shortfall")}),
        ("按时办结率100%。", "提前办结率96%。", {}),
        ("按时办结率100%。", "按时办结率96%。", {"100%": ("96%", "shortfall")}),
        ("优质稻亩产600公斤。", "优质稻测产亩均612公斤。", {"600公斤": ("612公斤", "exceeded")}),
        ("维修保养消火栓135具。", "新增消火栓20具。", {}),
        ("发放节水倡议书5000份。", "发放倡议书、宣传单等资料8200份。", {}),
        ("发放宣传资料5000份。", "发放倡议书、宣传单等资料8200份。", {"5000份": ("8200份", "exceeded")}),
        ("暴雨预警信息30分钟内发布。", "预警信息平均提前18分钟发布。", {}),
        ("举办健康讲座、法律讲座各10场。", "举办健康讲座11场、法律讲座8场。", {"10场": ("11场+8场", "shortfall")}),
        ("开发公益性岗位1150个。", "开发城镇公益性岗位260个、乡村公益性岗位905个。", {"1150个": ("260个+905个", "exceeded")}),
        ("新建防渗渠12000米。", "防渗渠东干段7.2公里、西干段4.8公里。", {"12000米": ("7.2公里+4.8公里", "met")}),
        ("出具监测数据不少于2.6万个。", "获取各类监测数据27340个。", {"不少于2.6万个": ("27340个", "exceeded")}),
        ("免费开放天数不少于310天。", "在常态化疫情防控条件下全年开放298天。", {"不少于310天": ("298天", "shortfall")}),
        ("审核住房申请1200件。", "受理住房申请1436件。", {}),
        ("亩均作业成本下降15%以上。", "亩均降低作业成本16.8%。", {"15%以上": ("16.8%", "exceeded")}),
        # Begun and completed ones are not to be added.
        ("改造老旧小区18个。", "老旧小区改造开工18个、完工15个。", {"18个": ("15个", "shortfall")}),
        ("水库加固已启动。加固水库12座。", "水库加固开工12座，竣工12座。", {"12座": ("12座", "met")}),
        ("孕产妇死亡率低于12/10万。", "孕产妇死亡率为0。", {"低于12/10万": ("0", "met")}),
        ("购置办公电脑15台。", "采购台式计算机14台。", {"15台": ("14台", "shortfall")}),
        ("受援人满意度95%以上。", "案件回访满意度98%。", {"95%以上": ("98%", "exceeded")}),
        ("接处警出动时间1分钟内。", "接处警410起，出动时间均控制在1分钟以内。", {"1分钟内": ("控制在1分钟以内", "met")}),
    ],
)  # fmt: skip
def test_steps_rates_and_kinds(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


def test_people_belong_to_the_event_before_them() -> None:
    goal = (
        "举办园长任职班2期，培训100人；举办骨干教师班3期，培训150人；"
        "举办班主任班6期，培训480人。"
    )
    outcome = (
        "全年共举办培训班11期，培训724人。其中：班主任班6期、476人；"
        "园长任职班2期、96人；骨干教师班3期、152人。"
    )
    assert links(goal, outcome) == {
        "2期": ("2期", "met"),
        "100人": ("96人", "shortfall"),
        "3期": ("3期", "met"),
        "150人": ("152人", "exceeded"),
        "6期": ("6期", "met"),
        "480人": ("476人", "shortfall"),
    }


def test_people_of_a_list_of_events_belong_to_all() -> None:
    goal = "组织技能班4期、推介会3场、普法班5期，累计培训400人次。"
    outcome = "技能班5期186人次，普法班5期244人次。"
    assert links(goal, outcome)["400人次"] == ("186人次+244人次", "exceeded")
