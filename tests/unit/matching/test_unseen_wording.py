"""Reasons that unseen wording showed: what must go, and the neighbour that must stay."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Found = dict[str, tuple[str, str]]
Case = tuple[str, str, Found]

# A character that only begins a word makes no name of a deed: 修复馆藏, 新建标准化厂房.
CARRIERS: list[Case] = [
    ("修复馆藏瓷器30件。", "征集瓷器30件。", {}),
    ("修复馆藏瓷器30件。", "馆藏瓷器修复28件。", {"30件": ("28件", "shortfall")}),
    ("新建标准化鸡舍4座。", "鸡舍技改4座。", {}),
    ("新建标准化鸡舍4座。", "建成标准化鸡舍4座。", {"4座": ("4座", "met")}),
    ("培训检查站人员60人。", "检查站人员培训62人。", {"60人": ("62人", "exceeded")}),
]
# 复训 is no word of 康复训练, and who passed an examination was not only examined.
STRADDLED: list[Case] = [
    (
        "听障儿童康复救助40名。",
        "听障儿童接受康复训练43名。",
        {"40名": ("43名", "exceeded")},
    ),
    ("听障儿童康复救助40名。", "听障儿童家长复训43名。", {}),
    ("培训持证水手50人。", "水手考核发证52人。", {"50人": ("52人", "exceeded")}),
    ("培训水手50人。", "水手考核52人。", {}),
]
# What stands at the head of a sentence is said of the bare things after it.
HEADS: list[Case] = [
    (
        "糕点监督抽检300批次，糕点快检2000批次。",
        "监督抽检：糕点312批次、饮料90批次。",
        {"300批次": ("312批次", "exceeded")},
    ),
    ("山塘清淤12处。", "山塘：清淤11处，加固3处。", {"12处": ("11处", "shortfall")}),
]
# Bare numbers, places, quarters and kinds in a row make up one number.
LISTS: list[Case] = [
    (
        "新建果园3万亩。",
        "建成果园1.4万亩、0.9万亩和0.8万亩。",
        {"3万亩": ("1.4万亩+0.9万亩+0.8万亩", "exceeded")},
    ),
    (
        "各乡镇造林50公顷。",
        "青石镇造林31公顷，白河镇20公顷。",
        {"50公顷": ("31公顷+20公顷", "exceeded")},
    ),
    (
        "青石镇造林30公顷。",
        "青石镇造林31公顷，白河镇20公顷。",
        {"30公顷": ("31公顷", "exceeded")},
    ),
    (
        "培训茶农600人次。",
        "一季度培训茶农200人次，二季度180人次，三、四季度共230人次。",
        {"600人次": ("200人次+180人次+230人次", "exceeded")},
    ),
    (
        "省级储备粮轮换9000吨。",
        "轮换省级储备玉米5000吨、稻谷4000吨。",
        {"9000吨": ("5000吨+4000吨", "met")},
    ),
    (
        "城乡道路大修共40公里。",
        "乡村道路大修22公里，城区道路大修19公里，两项合计41公里。",
        {"40公里": ("41公里", "exceeded")},
    ),
]
# For whom stands at the number, and all that was done behind it.
FOR_WHOM: list[Case] = [
    (
        "发放取暖补贴200户。",
        "向210户低收入家庭发放取暖补贴共计31.5万元。",
        {"200户": ("210户", "exceeded")},
    ),
    (
        "为盲人家庭提供就业扶持20户。",
        "50名儿童参加夏令营；为22户盲人家庭提供就业扶持。",
        {"20户": ("22户", "exceeded")},
    ),
]
PER: list[Case] = [
    (
        "资助单项协会办赛10场。",
        "补助单项协会办赛11场。",
        {"10场": ("11场", "exceeded")},
    ),
    (
        "城市低保月标准提高到每人700元。",
        "城市低保标准提高到每人每月710元。",
        {"700元": ("710元", "exceeded")},
    ),
    ("人均学时40学时。", "人均完成42学时。", {"40学时": ("42学时", "exceeded")}),
    (
        "道路清扫面积300万平方米。",
        "日均清扫310万平方米。",
        {"300万平方米": ("310万平方米", "exceeded")},
    ),
    ("处理污水300万吨。", "日均处理污水310万吨。", {}),
]
# Whoever helped, where, and how thoroughly are no names of the thing.
BESIDE_THE_THING: list[Case] = [
    (
        "价格执法检查单位30家。",
        "会同市监局对33家商户开展价格执法检查。",
        {"30家": ("33家", "exceeded")},
    ),
    ("森林管护8万亩。", "管护面积8万亩落实到人。", {"8万亩": ("8万亩", "met")}),
    ("消防宣传100场次。", "“七进”宣传120场次。", {"100场次": ("120场次", "exceeded")}),
    (
        "禁毒宣传“六进”活动60场。",
        "禁毒宣传进学校、进社区等共66场。",
        {"60场": ("66场", "exceeded")},
    ),
    ("村内雨水管改造3公里。", "村内砂石路铺设3公里。", {}),
]
RATES: list[Case] = [
    ("发证及时率98%。", "证件按时发出率99%。", {"98%": ("99%", "exceeded")}),
    ("督察整改完成率95%。", "反馈问题整改率97%。", {"95%": ("97%", "exceeded")}),
    ("消火栓完好率98%。", "消防车辆装备完好率97%。", {}),
    ("举报奖励兑现100%。", "学员考核合格率100%。", {}),
    ("林区群众宣传面95%。", "火情处置率100%。", {}),
    ("病历合格率98%。", "病历优良率92%。", {}),
    ("万元GDP能耗下降3%。", "万元工业增加值能耗下降4%。", {}),
    ("事故死亡人数下降3%。", "亡人事故起数下降3%。", {}),
    ("大风预警准确率90%。", "晴雨预报准确率91%。", {}),
]
# What was bought and made, promised and paid, tested and disposed of, drafted and printed.
DEEDS: list[Case] = [
    ("采购微课30门。", "自制微课30门。", {}),
    ("横向课题到账经费600万元。", "横向课题合同额850万元。", {}),
    (
        "横向课题到账经费600万元。",
        "横向课题到款610万元。",
        {"600万元": ("610万元", "exceeded")},
    ),
    ("豆制品快检900批次。", "核查处置豆制品37批次。", {}),
    ("审定村志4部。", "村志初稿形成4部。", {}),
    ("产地检疫生猪9万头。", "屠宰检疫生猪9.1万头。", {}),
    ("创建绿色工厂3家。", "绿色工厂回头看7家。", {}),
    ("劳模疗养30人。", "选树劳模30人。", {}),
    ("联盟单位带教40次。", "联盟单位义诊40次。", {}),
    ("社区教学点建设5个。", "社区教学点教师聘用5名。", {}),
    ("创作小戏4个。", "小戏入围市级汇演4个。", {}),
]
OTHER_NAMES: list[Case] = [
    (
        "宅基地确权发证2万宗。",
        "房地一体登记发证2.1万宗。",
        {"2万宗": ("2.1万宗", "exceeded")},
    ),
    ("惠民演出40场。", "剧团赴各乡镇送戏43场。", {"40场": ("43场", "exceeded")}),
    (
        "老年大学招生900人。",
        "老年大学招收学员950人。",
        {"900人": ("950人", "exceeded")},
    ),
    ("举办学术会议2场。", "学术年会、青年论坛合计2场。", {"2场": ("2场", "met")}),
]
# What is still to be done, and what was only looked at.
PENDING: list[Case] = [
    ("过期药品销毁15吨。", "回收待销毁药品11吨。", {}),
    ("修建口袋公园9处。", "口袋公园少建3处，建成6处。", {"9处": ("6处", "shortfall")}),
    ("招聘护理员20名。", "护理员招聘还缺4名。", {}),
    ("举办读书会12场。", "读书会至少办13场。", {"12场": ("13场", "exceeded")}),
    ("过期药品销毁15吨。", "销毁过期药品14吨。", {"15吨": ("14吨", "shortfall")}),
    ("加装电梯10部。", "加装电梯通过联合审查14部。", {}),
    ("加装电梯10部。", "加装电梯通过验收并投用11部。", {"10部": ("11部", "exceeded")}),
    ("新建琴房3间。", "琴房完成政府采购3间，设备待安装。", {}),
    ("引进侨资项目3个。", "商会洽谈侨资项目12个。", {}),
]
# What is counted: whoever was reached, papers, no events, other vehicles.
COUNTED: list[Case] = [
    ("法律服务站15个。", "法律服务站覆盖村居210个。", {}),
    (
        "法律服务覆盖村居200个。",
        "法律服务覆盖村居210个。",
        {"200个": ("210个", "exceeded")},
    ),
    ("代表联络站建设16个。", "办理代表建议146件。", {}),
    ("友好城市交流活动6场。", "新结友好城市1个。", {}),
    ("举办职工大赛6场。", "职工大赛举办5个。", {"6场": ("5个", "shortfall")}),
    ("接运车购置3辆。", "接运柜购置3组。", {}),
]
GROUPS_OF_NUMBERS: list[Case] = [
    (
        "新增旅游厕所12座。",
        "旅游厕所新建9座、改扩建6座。",
        {"12座": ("9座", "shortfall")},
    ),
    (
        "患者满意度90%。",
        "住院患者满意度95%，门诊患者满意度93%。",
        {"90%": ("95%+93%", "exceeded")},
    ),
    (
        "信访及时受理率100%，按期办结率100%。",
        "及时受理率、按期办结率均达到100%。",
        {"100%": ("达到100%", "met")},
    ),
    (
        "面向在岗职工、转移劳动力和失业人员开展技能培训900人次。",
        "全年技能培训共开展950人次，其中在岗职工400人次、转移劳动力300人次。",
        {"900人次": ("950人次", "exceeded")},
    ),
]
# What people came to, when it was, and what was done only in so many words.
CARRIED: list[Case] = [
    (
        "高素质渔民培训300人。",
        "高素质渔民培育办班3期，结业学员280名。",
        {"300人": ("280名", "shortfall")},
    ),
    (
        "检验设备采购20台。",
        "一季度：到货色谱仪等设备9台。二、三季度：到货设备12台。",
        {"20台": ("9台+12台", "exceeded")},
    ),
    ("建设垃圾拆解点6处。", "改造老旧公厕18个，新建3个。", {}),
    (
        "发放惠民券80万元。",
        "惠民券兑付61万元，新发放惠民券80万元。",
        {"80万元": ("80万元", "met")},
    ),
]
# Content with something else, a share of something else, another honour.
OTHER_MEASURES: list[Case] = [
    ("住宿学生满意度90%。", "食堂就餐满意度93%。", {}),
    ("食堂就餐学生满意度90%。", "食堂就餐满意度93%。", {"90%": ("93%", "exceeded")}),
    ("注册志愿者占常住人口15%。", "活跃志愿者占注册人数38%。", {}),
    (
        "注册志愿者占常住人口15%。",
        "注册志愿者占全县人口16%。",
        {"15%": ("16%", "exceeded")},
    ),
    ("创建美丽庭院900户。", "评选最美家庭90户。", {}),
    ("评估等级社会组织9家。", "抽查社会组织9家。", {}),
    ("公派出国资助12人。", "公派出国联合培养9人。", {"12人": ("9人", "shortfall")}),
]
# Where it was held, and who held it, is not for whom it was.
PLACES: list[Case] = [
    ("农户技能培训5期。", "在城区举办农户技能培训5期。", {"5期": ("5期", "met")}),
    ("农户技能培训5期。", "城区居民技能培训5期。", {}),
    ("党校宣讲20场。", "党校宣讲走进乡镇22场。", {"20场": ("22场", "exceeded")}),
    ("理论宣讲进党校5场。", "理论宣讲走进乡镇5场。", {}),
]

GROUPS = {
    "carriers": CARRIERS,
    "straddled": STRADDLED,
    "heads": HEADS,
    "lists": LISTS,
    "whom": FOR_WHOM,
    "per": PER,
    "beside": BESIDE_THE_THING,
    "rates": RATES,
    "deeds": DEEDS,
    "names": OTHER_NAMES,
    "pending": PENDING,
    "counted": COUNTED,
    "groups": GROUPS_OF_NUMBERS,
    "carried": CARRIED,
    "measures": OTHER_MEASURES,
    "places": PLACES,
}


@pytest.mark.parametrize(
    ("goal", "outcome", "found"),
    [
        pytest.param(*case, id=f"{name}-{number}")
        for name, cases in GROUPS.items()
        for number, case in enumerate(cases)
    ],
)
def test_what_answers(goal: str, outcome: str, found: Found) -> None:
    assert links(goal, outcome) == found
