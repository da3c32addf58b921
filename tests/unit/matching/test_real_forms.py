"""Kinds of slips that real public forms showed, each with the neighbour that must stay."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links, read

Found = dict[str, tuple[str, str]]
Case = tuple[str, str, Found]

# Beside a part that answers a part, only the total before them is the whole.
WHOLES: list[Case] = [
    (
        "药品抽检900批次，其中中药抽检200批次。",
        "全年共完成抽检960批次，较上年增加了55批次。其中，普通药品抽检740批次，中药抽检220批次。",
        {"900批次": ("960批次", "exceeded"), "200批次": ("220批次", "exceeded")},
    ),
    (
        "营造林9万亩，其中人工造林3万亩。",
        "完成营造林9.4万亩。其中人工造林3.1万亩，飞播造林6.3万亩。",
        {"9万亩": ("9.4万亩", "exceeded"), "3万亩": ("3.1万亩", "exceeded")},
    ),
    (
        "人工造林3万亩，其中乔木林1万亩。",
        "完成营造林9.4万亩。其中人工造林3.1万亩（乔木林1.2万亩、灌木林1.9万亩）。",
        {"3万亩": ("3.1万亩", "exceeded"), "1万亩": ("1.2万亩", "exceeded")},
    ),
]
# A printed sum is what it sums up, and never a further part.
SUMS: list[Case] = [
    ("培训900人。", "线下培训300人、线上培训250人，共培训550人。", {"900人": ("550人", "shortfall")}),
    ("发放补贴90万元。", "上半年发放补贴40万元，加上下半年发放的55万元，共计95万元。", {"90万元": ("95万元", "exceeded")}),
    ("接访90批次。", "1—6月接访40批次，7—12月接访55批次。", {"90批次": ("40批次+55批次", "exceeded")}),
    ("接访90批次。", "1—10月接访85批次。", {"90批次": ("85批次", "shortfall")}),
    ("造林1万亩。", "东片造林6000亩，西片造林5000亩。", {"1万亩": ("6000亩+5000亩", "exceeded")}),
    ("检查企业90家，其中化工企业20家。", "检查化工企业25家，检查建材企业45家，共检查70家。", {"90家": ("70家", "shortfall"), "20家": ("25家", "exceeded")}),
]  # fmt: skip
# What is promised of several changes together is answered by each of them.
CHANGES: list[Case] = [
    ("进口、出口额增长5%。", "进口、出口额分别增长6%和4%。", {"5%": ("6%+4%", "shortfall")}),
    ("二氧化硫、氮氧化物排放量下降3%。", "二氧化硫、氮氧化物排放量分别下降5%和4%。", {"3%": ("5%+4%", "exceeded")}),
    ("二氧化硫排放量下降3%。", "二氧化硫、氮氧化物排放量分别下降5%和4%。", {"3%": ("5%", "exceeded")}),
]  # fmt: skip
# 每人500元/年 is per person, whatever else the unit says.
EACH: list[Case] = [
    ("按每人不超过600元/年救助。", "发放救助资金15600元。", {}),
    (
        "按每人不超过600元/年救助。",
        "救助标准为每人580元/年。",
        {"不超过600元/年": ("580元/年", "met")},
    ),
    (
        "救助标准不低于600元/月。",
        "救助标准为650元/月。",
        {"不低于600元/月": ("650元/月", "exceeded")},
    ),
]
# Places are no goods that were bought for them.
GOODS: list[Case] = [
    ("补助4个防汛试点乡镇。", "采购防汛应急包60个。", {}),
    ("补助4个防汛试点乡镇。", "补助防汛试点乡镇5个。", {"4个": ("5个", "exceeded")}),
    ("建设文化广场6个。", "购置文化广场音响9个。", {}),
    ("为4个服务点配备电脑。", "采购电脑16台。", {}),
    ("购置垃圾桶90个。", "购置分类垃圾桶95个。", {"90个": ("95个", "exceeded")}),
    (
        "为15个村安装健身器材。",
        "采购健身器材80套，安装于15个村。",
        {"15个": ("15个", "met")},
    ),
]
# What only the whole says (新签约), its parts say too; a plan that is met by what was begun.
BEGUN: list[Case] = [
    (
        "新签约项目30个，其中亿元以上项目8个。",
        "新签约项目26个，其中新签约亿元以上项目6个。",
        {"30个": ("26个", "shortfall"), "8个": ("6个", "shortfall")},
    ),
    ("建成亿元以上项目8个。", "新签约亿元以上项目6个。", {}),
    (
        "新建、改扩建幼儿园90所。",
        "开工新建、改扩建幼儿园99所，完成年度计划的110%。",
        {"90所": ("99所", "exceeded")},
    ),
    ("新建、改扩建幼儿园90所。", "开工新建、改扩建幼儿园99所。", {}),
]
# A rate told together with others is each of them.
JOINT: list[Case] = [
    (
        "办件合格率达到96%，申请人满意度达到90%。",
        "办件合格率和申请人满意度均为97%。",
        {"达到96%": ("97%", "exceeded"), "达到90%": ("97%", "exceeded")},
    ),
    ("办件合格率达到96%。", "申请人满意度为97%。", {}),
]
# Square kilometres, hectares and 亩 are one scale; people need no unit beside 万.
UNITS: list[Case] = [
    ("治理水土流失30平方公里。", "治理水土流失3100公顷。", {"30平方公里": ("3100公顷", "exceeded")}),
    ("治理水土流失30平方公里。", "治理水土流失2900公顷。", {"30平方公里": ("2900公顷", "shortfall")}),
    ("新增绿地60亩。", "新增绿地4万平方米。", {"60亩": ("4万平方米", "met")}),
    ("接待游客60万人次。", "接待游客62万。", {"60万人次": ("62万", "exceeded")}),
    ("接待游客60万，收入9亿元。", "接待游客58万人次，收入9亿元。", {"60万": ("58万人次", "shortfall"), "9亿元": ("9亿元", "met")}),
    ("每半年检修2次。", "上半年、下半年各检修3次。", {"2次": ("3次", "exceeded")}),
    ("全年培训2期。", "上半年和下半年分别培训1期、2期。", {"2期": ("1期+2期", "exceeded")}),
]  # fmt: skip


# What came this year is not all there is by now.
RUNNING: list[Case] = [
    (
        "累计建成充电桩900个，当年新增150个。",
        "新增充电桩160个，累计达930个。",
        {"900个": ("达930个", "exceeded"), "150个": ("160个", "exceeded")},
    ),
    ("新增充电桩150个。", "累计新增充电桩160个。", {"150个": ("160个", "exceeded")}),
    ("累计培训900人。", "上半年培训400人，下半年520人，累计920人。", {"900人": ("920人", "exceeded")}),
]  # fmt: skip
# Another deed done to the same thing, and the same deed in other words.
DEEDS: list[Case] = [
    ("投放公共自行车800辆。", "清运公共自行车800辆。", {}),
    ("投放公共自行车800辆。", "新投放公共自行车820辆。", {"800辆": ("820辆", "exceeded")}),
    ("收购小麦3万吨。", "储备小麦3万吨。", {}),
    ("收购小麦3万吨。", "小麦收储3.1万吨。", {"3万吨": ("3.1万吨", "exceeded")}),
    ("接种疫苗5万剂次。", "配送疫苗5万剂次。", {}),
    ("引进专家6名。", "面试专家20名。", {}),
    ("消除危桥12座。", "鉴定危桥15座。", {}),
    ("消除危桥12座。", "排查危桥15座，消除危桥13座。", {"12座": ("13座", "exceeded")}),
    ("打造文旅线路4条。", "宣传文旅线路4条。", {}),
    ("打造文旅线路4条。", "建成文旅线路5条。", {"4条": ("5条", "exceeded")}),
    ("新增经营主体900户。", "新登记经营主体960户。", {"900户": ("960户", "exceeded")}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [*RUNNING, *DEEDS, *WHOLES, *SUMS, *CHANGES, *EACH, *GOODS, *BEGUN, *JOINT, *UNITS],
    ids=lambda text: text if isinstance(text, str) else "",
)
def test_links(goal: str, outcome: str, expected: Found) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("项目于5月启动建设，因汛期工期延后。", True),
        ("目前，该项目已启动建设。", True),
        ("工程已竣工。", True),
        ("项目已完成年度目标。", False),
        ("各项工作按计划完成。", False),
    ],
)
def test_how_far_the_works_have_come(outcome: str, told: bool) -> None:
    (statement,) = read("在景区内新建旅游厕所1座。", outcome).goal_statements
    assert statement.has_outcome is told
