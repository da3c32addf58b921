"""A whole or its parts: which of them a target means, and what else is the same thing."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Expected = dict[str, tuple[str, str]]

CASES: list[tuple[str, str, Expected]] = [
    # a part that the target names beside its like is not what it means
    (
        "改造供排水管网18千米。",
        "改造管网19.4千米，其中供水管网7.2千米、排水管网12.2千米。",
        {"18千米": ("19.4千米", "exceeded")},
    ),
    (
        "采集玉米、大豆样品260份。",
        "采集粮食样品共273份（玉米150份、大豆123份）。",
        {"260份": ("273份", "exceeded")},
    ),
    (
        "放流近海鱼虾苗种500万尾。",
        "放流各色苗种共计538万尾，其中虾苗420万尾。",
        {"500万尾": ("538万尾", "exceeded")},
    ),
    (
        "维修低温准低温仓房12栋。",
        "维修仓房13栋，其中低温仓5栋。",
        {"12栋": ("13栋", "exceeded")},
    ),
    # a part that it names alone is
    (
        "改造排水管网11千米。",
        "改造管网19.4千米，其中供水管网7.2千米、排水管网12.2千米。",
        {"11千米": ("12.2千米", "exceeded")},
    ),
    (
        "体育教师游泳培训班2期。",
        "培训11期，其中裁判员班5期、教师班3期、教练员班3期。",
        {"2期": ("3期", "exceeded")},
    ),
    (
        "小学班主任市级培训6期。",
        "共培训17期，其中：班主任市级培训6期、园长培训11期。",
        {"6期": ("6期", "met")},
    ),
    # a part of a whole that counts something else answers nothing
    ("保健食品抽检50批次。", "查办案件137件，其中食品类52件。", {}),
    # items that add up to the total before them
    (
        "抽验药品、器械、化妆品580批次。",
        "抽验合计574批次，药品372批次、器械121批次、化妆品81批次。",
        {"580批次": ("574批次", "shortfall")},
    ),
    (
        "抽检药品350批次。",
        "抽检合计574批次，药品372批次、器械121批次、化妆品81批次。",
        {"350批次": ("372批次", "exceeded")},
    ),
    # two kinds in one word, and totals in two units
    (
        "草场鼠害防治60万亩，虫害防治25万亩。",
        "全旗草场鼠虫害防治面积合计87.5万亩。",
        {"60万亩": ("87.5万亩", "exceeded"), "25万亩": ("87.5万亩", "exceeded")},
    ),
    (
        "摄制宣传短片3部、微视频20条。",
        "摄制短片和微视频共23部（条）。",
        {"3部": ("23部（条）", "met"), "20条": ("23部（条）", "met")},
    ),
    # what there is by now beside what the year brought
    (
        "建成职工驿站5家。",
        "新建职工驿站5家，全区累计达23家。",
        {"5家": ("5家", "met")},
    ),
    (
        "发展新会员300人。",
        "新发展会员320人，累计会员5200人。",
        {"300人": ("320人", "exceeded")},
    ),
    (
        "累计建成书屋100个。",
        "新建书屋12个，累计建成112个。",
        {"100个": ("112个", "exceeded")},
    ),
    # two works in one breath, told as they were done
    (
        "新建改建充电站16座。",
        "建成充电站9座、改造提升8座。",
        {"16座": ("9座+8座", "exceeded")},
    ),
    (
        "新改建充电站6座。",
        "新建充电站2座、改建4座。",
        {"6座": ("2座+4座", "met")},
    ),
    (
        "新建充电站16座。",
        "建成充电站9座、改造提升8座。",
        {"16座": ("9座", "shortfall")},
    ),
    # whose trouble ends, and who benefits
    (
        "解决3个乡1.45万人饮水难问题。",
        "管网铺到3个乡，受益人口14732人。",
        {"3个": ("3个", "met"), "1.45万人": ("14732人", "exceeded")},
    ),
    ("解决1.2万人饮水难问题。", "旅游受益群众1.3万人。", {}),
    (
        "解决1.2万人饮水难问题；举办培训班3期，培训人员200人。",
        "培训班办了3期，受益农户230人；饮水工程覆盖1.3万人。",
        {
            "1.2万人": ("1.3万人", "exceeded"),
            "3期": ("3期", "met"),
            "200人": ("230人", "exceeded"),
        },
    ),
    # the households of what was rebuilt
    (
        "完成旧小区改造26个、3840户。",
        "旧小区改造完工19个，惠及居民2915户。",
        {"26个": ("19个", "shortfall"), "3840户": ("2915户", "shortfall")},
    ),
    # a share of the plan that is said again
    (
        "举办讲解员培训3期，培训260人次。",
        "举办讲解员培训班4期，培训人次为计划260人次的120%。",
        {"3期": ("4期", "exceeded"), "260人次": ("120%", "exceeded")},
    ),
    # what is put off is another work, or this one
    (
        "投放礁体2.4万方，修复海藻场300亩。",
        "投放礁体25600方，海藻场项目因手续未批暂未实施。",
        {"2.4万方": ("25600方", "exceeded")},
    ),
    ("建设书屋5座。", "书屋5座，项目因用地手续未批暂未实施。", {}),
    # who moved in was moved
    (
        "搬迁避让26户、91人。",
        "搬迁避让26户91人全部入住新居。",
        {"26户": ("26户", "met"), "91人": ("91人", "met")},
    ),
    # all there are, beside those that came this year
    (
        "建成助餐点35个。",
        "助餐点增至87个，其中当年新建38个。",
        {"35个": ("38个", "exceeded")},
    ),
    (
        "助餐点达到80个。",
        "助餐点增至87个，其中当年新建38个。",
        {"达到80个": ("87个", "exceeded")},
    ),
    # of two things in one number the part that is meant
    (
        "撰写行情分析20篇。",
        "撰写行情分析、简讯34篇，其中分析17篇。",
        {"20篇": ("17篇", "shortfall")},
    ),
    # names under one deed are of no other
    (
        "修复馆藏文物45件，新征集藏品100件。",
        "修复陶器、纸质文物52件。",
        {"45件": ("52件", "exceeded")},
    ),
    # what broke out is not what was treated
    (
        "防治草地螟6.8万亩。",
        "草地螟发生7.4万亩，防治6.9万亩。",
        {"6.8万亩": ("6.9万亩", "exceeded")},
    ),
    ("提供岗位3.5万个。", "发放稳岗返还，稳定岗位4.3万个。", {}),
    ("劝阻受骗群众600起。", "受骗立案418起。", {}),
    # so many kinds, told one by one
    (
        "困难家庭两项补贴发放3000人。",
        "困难家庭生活补贴发放1860人、护理补贴发放1320人。",
        {"3000人": ("1860人+1320人", "exceeded")},
    ),
    (
        "两类人员培训300人次。",
        "管理人员培训120人次、技术人员培训190人次。",
        {"300人次": ("120人次+190人次", "exceeded")},
    ),
    ("组织岗前训练2期。", "岗前训练开展2批。", {"2期": ("2批", "met")}),
    ("采集样品3批。", "监测3次。", {}),
    # deeds have many words: which of them is meant
    ("建设公厕10座。", "建成公厕12座，其中新建8座。", {"10座": ("12座", "exceeded")}),
    (
        "新建户外驿站20个，提档升级15个。",
        "建设户外驿站共38个（新建22个、升级16个）。",
        {"20个": ("22个", "exceeded"), "15个": ("16个", "exceeded")},
    ),
    ("新增电子资源12TB。", "电子资源总存储量达31TB。", {}),
    (
        "科技企业净增2500家。",
        "科技企业总量达1.5万家、净增2600余家。",
        {"2500家": ("2600余家", "exceeded")},
    ),
]


@pytest.mark.parametrize(("goal", "outcome", "expected"), CASES)
def test_wholes_and_parts(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected
