"""What is no quantity (guideline section 1), beside what still is one."""

from __future__ import annotations

import pytest

from pipeline.core.quantity import Role
from tests.unit.language.tables import quotes, read

BOTH = (Role.GOAL, Role.OUTCOME)

# text, quotes that remain
NAMES_AND_NUMBERS = [
    ("根据某财〔2020〕10号文件实施", []),
    ("按照某政发［2021］3号要求办理", []),
    ("依据某办发(2022)15号开展巡查5次", ["5次"]),
    ("执行条例第12条", []),
    ("执行第三章第五款", []),
    ("联系电话010-87654321", []),
    ("联系人手机13900001234", []),
    ("项目代码450000210001234567", []),
    ("养护S201线12公里", ["12公里"]),
    ("优化3路公交", []),
    ("养护318国道", []),
    ("统一社会信用代码12450000ABC", []),
    # years, dates, months, deadlines
    ("2023年植树500棵", ["500棵"]),
    ("2021-2023年植树500棵", ["500棵"]),
    ("2022年度植树500棵", ["500棵"]),
    ("二〇二三年植树五百棵", ["五百棵"]),
    ("6月底前完成播种", []),
    ("3月至5月开展巡护", []),
    ("2023年11月30日前完工", []),
    ("2023-11-30前完工", []),
    ("2023.11.30前完工", []),
    ("第二季度开工", []),
    ("十二月底前交付", []),
    ("15日前报送", []),
    ("每天8:30开馆", []),
    # ages
    ("60岁以上老人体检", []),
    ("为65周岁及以上老人体检300人", ["300人"]),
    ("3至6岁儿童入园", []),
    # names
    ("推行“一网统管”", []),
    ("PM10浓度监测", []),
    ("PM2.5浓度监测", []),
    ("创建4A级景区", []),
    ("建设5G基站20座", ["20座"]),
    ("开展“三八”妇女节慰问", []),
    ("“12333”热线稳定运行", []),
    ("12345热线稳定运行", []),
    ("实行7×24小时值守", []),
    ("实行7*24小时值守", []),
    ("落实“十四五”规划", []),
    ("落实十四五规划", []),
    ("完善“1+N”制度", []),
    ("印发《三年行动计划》", []),
    ("保障三农工作", []),
    ("打造一流园区", []),
    ("构建一体化平台", []),
    # ordinals and list marks
    ("举办第三届农民丰收节", []),
    ("采购第二批教具", []),
    ("获得二等奖", []),
    ("获得二等奖3项", ["3项"]),
    ("1.巡河60次", ["60次"]),
    ("1、巡河60次", ["60次"]),
    ("（2）巡河60次", ["60次"]),
    ("(2) 巡河60次", ["60次"]),
    ("③巡河60次", ["60次"]),
    ("一是巡河60次；二是清淤3处", ["60次", "3处"]),
    ("一、巡河60次", ["60次"]),
    ("（一）巡河60次", ["60次"]),
    ("目标3：巡河60次", ["60次"]),
    ("目标2:巡河60次", ["60次"]),
    ("全市排名前10名", []),
    # how the work is organised
    ("分两批采购", []),
    ("分三个阶段推进", []),
    ("为期3天的集训", []),
    # hours of duty
    ("实行8小时工作制", []),
    ("落实24小时值班制度", []),
    # numbers that only look like these
    ("接听120人次服务热线", ["120人次"]),
    ("受理4,105人次，热线畅通", ["4,105人次"]),
    ("改造面积2010.5平方米", ["2010.5平方米"]),
    ("栽植2000-2050棵", ["2000-2050棵"]),
    ("举办线上一场、线下一场", ["一场", "一场"]),
    ("建成管理系统一套", ["一套"]),
    ("编印一本年鉴", ["一本"]),
    # ratios
    ("师生比达到1:18", []),
    ("师生比达到1∶18", []),
]


@pytest.mark.parametrize("role", BOTH)
@pytest.mark.parametrize(
    ("text", "expected"), NAMES_AND_NUMBERS, ids=[t for t, _ in NAMES_AND_NUMBERS]
)
def test_names_dates_ordinals(text: str, expected: list[str], role: Role) -> None:
    assert quotes(text, role) == expected


STANDING = [
    ("全县共有12个乡镇", []),
    ("我县辖12个乡镇", []),
    ("单位现有职工85人", []),
    ("常住人口40万人", []),
    ("核定编制30名", []),
    ("国土面积1200平方公里", []),
    ("学校在校学生800人", []),
    ("学校现有学生800人，教师60人", []),
    ("本单位现有在职人员85人，退休人员30人", []),
    # a count that the clause promises to serve is one
    ("路灯维护覆盖12个乡镇", ["12个"]),
    ("服务职工85人", ["85人"]),
    ("培训乡镇干部40人", ["40人"]),
    ("对在册低保户200户逐户走访", ["200户"]),
    ("学校现有学生800人，培训教师60人", ["60人"]),
    ("每万人拥有社工3名", ["3名"]),
]


@pytest.mark.parametrize("role", BOTH)
@pytest.mark.parametrize(("text", "expected"), STANDING, ids=[t for t, _ in STANDING])
def test_standing_facts(text: str, expected: list[str], role: Role) -> None:
    assert quotes(text, role) == expected


MONEY = [
    ("安排资金30万元", []),
    ("安排资金30万元，其中20万元用于设备", []),
    ("申请财政资金120万元，保障值守", []),
    ("本项目预算50万元", []),
    ("支出差旅费3.2万元", []),
    ("项目总投资800万元", []),
    # money that is the output or a limit
    ("发放补贴30万元", ["30万元"]),
    ("发放补助资金30万元", ["30万元"]),
    ("带动增收12万元", ["12万元"]),
    ("罚没5万元", ["5万元"]),
    ("造价控制在80万元以内", ["控制在80万元以内"]),
    ("每亩补助300元", ["300元"]),
    ("预算执行率98%", ["98%"]),
    ("资金到位率100%", ["100%"]),
]


@pytest.mark.parametrize("role", BOTH)
@pytest.mark.parametrize(("text", "expected"), MONEY, ids=[t for t, _ in MONEY])
def test_money_of_the_project_and_money_as_output(
    text: str, expected: list[str], role: Role
) -> None:
    assert quotes(text, role) == expected


COUNTS = [
    ("投诉0起", ["0起 = 0 起"]),
    ("每季度巡查1次", ["1次 = 1 次 每季度"]),
    ("办理时限5个工作日", ["5个工作日 = 5 个工作日"]),
    ("同比增长8%", ["8% = 8 %"]),
    ("较上年减少2起", ["2起 = 2 起"]),
]


@pytest.mark.parametrize("role", BOTH)
@pytest.mark.parametrize(("text", "expected"), COUNTS, ids=[t for t, _ in COUNTS])
def test_rates_limits_frequencies_zeros_and_changes_count(
    text: str, expected: list[str], role: Role
) -> None:
    assert read(text, role) == expected


# text, as a goal, as an outcome
CHANGES = [
    ("普及率由60%提高到70%", ["70% >= 70 %"], ["70% = 70 %"]),
    ("普及率从60%提升至70%", ["70% >= 70 %"], ["70% = 70 %"]),
    ("农机由60台增加到70台", ["70台 >= 70 台"], ["70台 = 70 台"]),
    ("差错率由5%降到3%", ["3% <= 3 %"], ["3% = 3 %"]),
    ("办理时间由10天缩短至5天", ["5天 <= 5 天"], ["5天 = 5 天"]),
    ("能耗从80吨下降为60吨", ["60吨 <= 60 吨"], ["60吨 = 60 吨"]),
    ("普及率由60%提高到70%以上", ["70%以上 >= 70 %"], ["70%以上 >= 70 %"]),
]


@pytest.mark.parametrize(
    ("text", "goal", "outcome"), CHANGES, ids=[c[0] for c in CHANGES]
)
def test_of_a_change_only_the_new_value(
    text: str, goal: list[str], outcome: list[str]
) -> None:
    assert read(text, Role.GOAL) == goal
    assert read(text, Role.OUTCOME) == outcome


ONLY_IN_OUTCOMES = [
    # the target restated
    ("计划20场，实际举办18场", ["18场"]),
    ("计划举办20场，实际举办18场", ["18场"]),
    ("目标任务500人，实际培训520人", ["520人"]),
    ("任务数为40户，完成42户", ["42户"]),
    ("年初目标30%，实际达到35%", ["达到35%"]),
    ("年度指标值95%，实际完成97%", ["97%"]),
    ("原定10期，举办12期", ["12期"]),
    ("应检200家，实检198家", ["198家"]),
    ("完成18户，占计划20户的90%", ["18户", "90%"]),
    ("应参训60人，实际参训58人", ["58人"]),
    ("应到60人，实到58人", ["58人"]),
    ("达到90%的目标要求", []),
    ("未完成20场目标，仅举办15场", ["15场"]),
    # not achieved yet
    ("取消2场，延期3场", []),
    ("待验收2个项目", []),
    ("新建3座，其中2座已完工，1座在建", ["3座", "2座"]),
    ("改造完成27户，剩余3户正在办理", ["27户"]),
    ("建成10座，在建2座", ["10座"]),
    ("办结30件，另有1件正在办理", ["30件"]),
    ("办结30件，1件尚未办结", ["30件"]),
    ("尚有4处未完成", []),
    # the old value of a change
    ("服务52家，比上年的45家有所增加", ["52家"]),
    ("服务52家，上年为45家", ["52家"]),
    ("去年举办10场，今年举办12场", ["12场"]),
    # not to be mistaken for these
    ("接待验收组3批", ["3批"]),
    ("按计划举办20场", ["20场"]),
    ("按年初计划完成20场", ["20场"]),
    ("超出目标值5个百分点", ["5个百分点"]),
    ("比去年多举办2场", ["2场"]),
    ("超额完成计划20场", ["20场"]),
    ("完成全年任务的110%", ["110%"]),
    ("按计划完成改造20户", ["20户"]),
    ("余下3户已完成改造", ["3户"]),
    ("比上年增加5家", ["5家"]),
]


@pytest.mark.parametrize(
    ("text", "expected"), ONLY_IN_OUTCOMES, ids=[t for t, _ in ONLY_IN_OUTCOMES]
)
def test_in_an_outcome_only_what_was_achieved(text: str, expected: list[str]) -> None:
    assert quotes(text, Role.OUTCOME) == expected


def test_a_copied_goal_is_read_all_the_same() -> None:
    text = "举办庙会12场，培训摊主60名，满意度达到90%以上。"
    assert quotes(text, Role.OUTCOME) == quotes(text, Role.GOAL)
    assert quotes(text) == ["12场", "60名", "达到90%以上"]
