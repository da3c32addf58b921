"""A whole or its parts: which of them a target means, and what else is the same thing."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Expected = dict[str, tuple[str, str]]

CASES: list[tuple[str, str, Expected]] = [
    # a part that the target names beside its like is not what it means
    (
        "更新供排水管网17千米。",
        "更新管网18.6千米，其中供水管网6.9千米、排水管网11.7千米。",
        {"17千米": ("18.6千米", "exceeded")},
    ),
    (
        "抽取玉米、大豆样品240份。",
        "抽取粮食样品共255份（玉米140份、大豆115份）。",
        {"240份": ("255份", "exceeded")},
    ),
    (
        "投放近岸鱼虾苗种400万尾。",
        "投放各色苗种合计436万尾，其中虾苗310万尾。",
        {"400万尾": ("436万尾", "exceeded")},
    ),
    (
        "加固低温准低温仓房11栋。",
        "加固仓房13栋，其中低温仓5栋。",
        {"11栋": ("13栋", "exceeded")},
    ),
    # a part that it names alone is
    (
        "更新排水管网11千米。",
        "更新管网18.6千米，其中供水管网6.9千米、排水管网11.7千米。",
        {"11千米": ("11.7千米", "exceeded")},
    ),
    (
        "体育教师游泳培训班2期。",
        "培训11期，其中裁判员班5期、教师班3期、教练员班3期。",
        {"2期": ("3期", "exceeded")},
    ),
    (
        "小学辅导员市级研修6期。",
        "共研修17期，其中：辅导员市级研修6期、园长研修11期。",
        {"6期": ("6期", "met")},
    ),
    # a part of a whole that counts something else answers nothing
    ("保健食品抽检50批次。", "查办案件137件，其中食品类52件。", {}),
    # items that add up to the total before them
    (
        "抽验药品、器械、化妆品620批次。",
        "抽验合计612批次，药品390批次、器械131批次、化妆品91批次。",
        {"620批次": ("612批次", "shortfall")},
    ),
    (
        "抽检药品380批次。",
        "抽检合计612批次，药品390批次、器械131批次、化妆品91批次。",
        {"380批次": ("390批次", "exceeded")},
    ),
    # two kinds in one word, and totals in two units
    (
        "草场鼠害防治62万亩，虫害防治24万亩。",
        "本旗草场鼠虫害防治合计89.2万亩。",
        {"62万亩": ("89.2万亩", "exceeded"), "24万亩": ("89.2万亩", "exceeded")},
    ),
    (
        "摄制宣传短片4部、微视频18条。",
        "摄制短片和微视频共22部（条）。",
        {"4部": ("22部（条）", "met"), "18条": ("22部（条）", "met")},
    ),
    # what there is by now beside what the year brought
    (
        "建成职工驿站6家。",
        "新建职工驿站6家，全区累计达27家。",
        {"6家": ("6家", "met")},
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
        "解决3个乡1.32万人饮水难问题。",
        "管网铺到3个乡，受益人口13418人。",
        {"3个": ("3个", "met"), "1.32万人": ("13418人", "exceeded")},
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
        "完成旧小区改造24个、3610户。",
        "旧小区改造完工18个，惠及居民2870户。",
        {"24个": ("18个", "shortfall"), "3610户": ("2870户", "shortfall")},
    ),
    # a share of the plan that is said again
    (
        "举办讲解员培训3期，培训240人次。",
        "举办讲解员培训班4期，培训人次是计划240人次的115%。",
        {"3期": ("4期", "exceeded"), "240人次": ("115%", "exceeded")},
    ),
    # what is put off is another work, or this one
    (
        "沉放礁体1.8万方，修复海藻场260亩。",
        "沉放礁体19400方，海藻场项目因手续未批暂未实施。",
        {"1.8万方": ("19400方", "exceeded")},
    ),
    ("建设书屋5座。", "书屋5座，项目因用地手续未批暂未实施。", {}),
    # who moved in was moved
    (
        "搬迁避让31户、107人。",
        "搬迁避让31户107人，都已入住新房。",
        {"31户": ("31户", "met"), "107人": ("107人", "met")},
    ),
    # all there are, beside those that came this year
    (
        "建成助餐点36个。",
        "助餐点增至92个，其中当年新建41个。",
        {"36个": ("41个", "exceeded")},
    ),
    (
        "助餐点达到85个。",
        "助餐点增至92个，其中当年新建41个。",
        {"达到85个": ("92个", "exceeded")},
    ),
    # of two things in one number the part that is meant
    (
        "撰写行情分析18篇。",
        "撰写行情分析、简讯31篇，其中分析16篇。",
        {"18篇": ("16篇", "shortfall")},
    ),
    # names under one deed are of no other
    (
        "修复馆藏文物40件，新征集藏品90件。",
        "修复陶器、纸质文物47件。",
        {"40件": ("47件", "exceeded")},
    ),
    # what broke out is not what was treated
    (
        "防治草地螟5.2万亩。",
        "草地螟发生6.1万亩，防治5.4万亩。",
        {"5.2万亩": ("5.4万亩", "exceeded")},
    ),
    ("提供岗位2.6万个。", "发放稳岗返还，稳定岗位3.1万个。", {}),
    ("劝阻受骗群众500起。", "受骗立案366起。", {}),
    # so many kinds, told one by one
    (
        "困难家庭两项补贴发放2800人。",
        "困难家庭生活补贴发放1710人、护理补贴发放1240人。",
        {"2800人": ("1710人+1240人", "exceeded")},
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
