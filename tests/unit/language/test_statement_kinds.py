"""What a statement before a measured task is: background, task or money; and how vague."""

from __future__ import annotations

import pytest

from pipeline.core.quantity import Role
from pipeline.core.statement import Statement, StatementKind
from pipeline.language.clarity import read_statements
from pipeline.language.quantities import find_quantities


def first(text: str) -> Statement:
    """The statement as the first of a goal that goes on with something measured."""
    goal = f"{text}。举办讲座2场。"
    return read_statements(goal, find_quantities(goal, Role.GOAL))[0]


BACKGROUND = [
    "为全面落实全民健身国家战略，统筹城乡体育设施布局，加快补齐公共体育短板",
    "坚持以人民健康为中心，深化医药卫生体制改革，推动优质医疗资源下沉",
    "深入贯彻习近平法治思想，围绕建设更高水平的法治政府，着力提升执法公信力",
    "2023年，县交通运输局认真贯彻交通强国战略，紧扣县委中心工作，聚焦路网提档升级，统筹发展和安全",
    "紧紧围绕粮食安全战略，落实最严格的耕地保护制度，牢牢守住耕地红线",
    "以铸牢中华民族共同体意识为主线，加强各民族交往交流交融，促进民族团结进步",
    "坚持绿水青山就是金山银山理念，统筹推进山水林田湖草系统治理，筑牢生态屏障",
    "为深入实施人才强县战略，优化人才发展环境，激发人才创新活力",
    "全面贯彻党的教育方针，落实立德树人根本任务，促进学生德智体美劳全面发展",
    "立足新发展阶段，贯彻新发展理念，服务构建新发展格局",
    "为加强地质灾害防治，保障人民群众生命财产安全",
    "根据省厅关于做好动物疫病防控的通知精神，结合我县实际",
    "我市现有公办幼儿园46所，部分园舍建成年代较早，设施陈旧",
    "辖区内高层建筑多、人员密集场所集中，火灾防控压力大",
    "医院始建于1956年，现有床位320张，是全县唯一的二级甲等综合医院",
    "近年来我县机动车保有量快速增长，停车难问题日益突出",
    "统计工作是经济社会发展的重要综合性基础性工作",
    "2022年是实施“十四五”规划的关键之年，全县水利工作以保障水安全为主线，奋力推进高质量发展",
    "弘扬“奉献、友爱、互助、进步”的志愿精神，当好党和政府的桥梁纽带",
    "积极应对气候变化，健全绿色低碳循环发展的经济体系",
    "森林是水库、钱库、粮库，管好森林资源是山区发展的根基",
    "中心承担全市120急救调度职能，业务用房由原卫校教学楼改建而成",
    "为贯彻落实《中华人民共和国档案法》，规范机关档案管理，维护历史真实面貌",
    "高举爱国主义旗帜，发扬统一战线优良传统，画好最大同心圆",
    "总体目标：全面落实安全生产责任制，坚持人民至上、生命至上，统筹发展和安全，守牢安全底线",
    "由于城区排水管网建设标准低，每逢强降雨内涝频发，群众反映强烈",
    "消防工作关系千家万户，责任重于泰山",
    "县博物馆2009年建成开放，馆藏文物6300余件，承担文物收藏、展示和研究职能",
    "坚持科技是第一生产力，强化企业创新主体地位，加快科技成果转化应用",
]

LOOSE = [
    "加强基层文化队伍建设，丰富群众精神文化生活",
    "不断提高机关运转保障水平",
    "持续推进营商环境优化，增强企业获得感",
    "改善农村人居环境，提升村民生活品质",
    "进一步健全校园安全防控体系",
    "提高科学决策水平，促进部门职能发挥",
    "优化产业结构，促进农民持续增收",
    "推动法律服务资源向基层延伸",
    "强化税收征管，提高税法遵从度",
    "深化“放管服”改革，不断提升审批服务便利化水平",
    "居住环境得到改善，住户满意",
    "促进残疾人融入社会，共享发展成果",
    "有效防范金融风险，维护金融稳定",
    "加大文物保护力度，传承历史文脉",
    "提升应急救援队伍战斗力",
    "扩大优质学前教育资源供给",
    "做好来访群众接待工作，维护社会和谐稳定",
    "加强林区管护，提高森林资源质量",
    "保障机关正常运转，为业务工作开展提供支撑",
    "让群众办事更方便、更舒心",
    "建立健全长效管护机制",
    "充分发挥科协桥梁纽带作用，推动科普工作发展",
]

CHECKABLE = [
    "全面推行河湖长制",
    "全面实行村账镇代管制度",
    "淘汰老旧柴油货车",
    "关闭禁养区养殖场",
    "取缔黑臭水体排污口",
    "编制国土空间规划并报批",
    "修订突发环境事件应急预案",
    "不发生重特大安全事故",
    "6月底前完成土地流转合同签订",
    "举办第十二届龙舟赛",
    "建成智慧停车平台并投入使用",
    "对困境儿童逐一建档，做到应保尽保",
    "完成县乡两级人大换届选举",
    "村级便民服务站全覆盖",
    "按规定使用专项资金",
    "通过国家卫生城市复审",
    "采购多联机空调",
    "组织“安全生产月”宣传咨询日活动",
    "各项补贴资金及时足额发放到户",
    "信访量较上年下降",
    "拆除违章建筑",
    "开通城乡公交线路",
    "完成市里下达的招商引资任务",
    "开展全国文物普查",
    "为深入推进平安建设，年底前建成综治中心并挂牌运行",
    "根据上级统一部署，8月份启动搬迁，年底前全部入住",
    "坚持建管并重，完成农村饮水工程维修养护",
    "围绕重点产业，举办专场招聘会",
    "深入贯彻禁毒法，吸毒人员管控不漏一人",
    "落实护林员管护补助",
]

MONEY = [
    "安排资金26万元，用于社区老年食堂建设",
    "项目资金主要用于购买检测服务及试剂耗材",
    "乡镇农业综合服务中心工作经费12万元",
    "资金用于弥补水厂运行成本",
    "保障人员经费和公用经费支出",
    "下达中央资金560万元，用于湿地修复",
    "经费主要用于防汛值班及物资储运",
]


@pytest.mark.parametrize("text", BACKGROUND)
def test_background(text: str) -> None:
    statement = first(text)
    assert statement.kind is StatementKind.CONTEXT
    assert statement.vague
    assert not statement.targets


@pytest.mark.parametrize("text", LOOSE)
def test_a_task_that_nobody_can_check(text: str) -> None:
    statement = first(text)
    assert statement.kind is StatementKind.TASK
    assert statement.vague


@pytest.mark.parametrize("text", CHECKABLE)
def test_a_task_that_can_be_checked(text: str) -> None:
    statement = first(text)
    assert statement.kind is StatementKind.TASK
    assert not statement.vague


@pytest.mark.parametrize("text", MONEY)
def test_money(text: str) -> None:
    statement = first(text)
    assert statement.kind is StatementKind.FUNDING
    assert statement.vague


def test_each_policy_sentence_before_the_first_task_is_background() -> None:
    goal = "坚持建管并重，补齐供水短板。立足山区实际，着力破解饮水难题。新建水厂2座。坚持节水优先，着力建设节水社会。"
    found = read_statements(goal, find_quantities(goal, Role.GOAL))
    kinds = [str(statement.kind) for statement in found]
    assert kinds == ["context", "context", "task", "task"]


@pytest.mark.parametrize(
    ("goal", "numbers"),
    [
        ("全市现有泵站86座，其中大型9座，机组老化问题较为普遍。", 0),
        ("我处管养隧道共31条，其中特长隧道4条，部分路段交通负荷大。", 0),
        ("档案馆2011年建成，建筑面积1.4万平方米，承担档案保管职能。", 0),
        ("全市现有泵站86座，机组老化问题较为普遍，更新改造机组12台。", 1),
        ("全市现有泵站86座，年内更新机组不少于12台，缓解机组老化。", 1),
        ("查处非法采砂案件40起，遏制盗采多发。", 1),
    ],
)
def test_numbers_of_how_things_stand_are_no_targets(goal: str, numbers: int) -> None:
    assert len(find_quantities(goal, Role.GOAL)) == numbers
