"""Numbers that share the words of another clause, of a list or of one written word."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Found = dict[str, tuple[str, str]]
Case = tuple[str, str, Found]

# What a value is per may follow it; how often a deed was done says nothing of how many.
EACH_AFTER: list[Case] = [
    (
        "每人每月发放看护费800元。",
        "看护费按800元每人每月打卡。",
        {"800元": ("800元", "met")},
    ),
    ("每亩补助150元。", "补助标准160元每亩。", {"150元": ("160元每亩", "exceeded")}),
    ("每人每月发放看护费800元。", "看护费按800元每户发放。", {}),
    (
        "对36个断面每月开展水质监测。",
        "每月监测水质断面34个。",
        {"36个": ("34个", "shortfall")},
    ),
    ("对36个断面每月开展水质监测。", "每季度监测水质断面36个。", {}),
]
# Households with their people, and all those to whom something was done.
FOR_WHOM: list[Case] = [
    (
        "对40家宾馆、浴室和影院开展卫生监测。",
        "卫生监测的场所有38家。",
        {"40家": ("38家", "shortfall")},
    ),
    ("对40家宾馆、浴室和影院开展卫生监测。", "用工检查38家。", {}),
    (
        "解决120户430人住房不安全问题，资助学生60人。",
        "住房不安全问题解决的有118户。资助学生60人。",
        {"120户": ("118户", "shortfall"), "60人": ("60人", "met")},
    ),
    (
        "避险搬迁40户，补助看护员60人。",
        "搬迁避让40户、150人全部入住。",
        {"40户": ("40户", "met")},
    ),
    (
        "解决120户430人住房不安全问题，走访农户300户。",
        "走访农户310户。",
        {"300户": ("310户", "exceeded")},
    ),
]
# A deed that is over, and the clause before that names what it was done to.
BARE_RESULTS: list[Case] = [
    (
        "航拍正射影像520平方公里，修测地形图30平方公里。",
        "地形图修测31平方公里。正射影像因阴雨推迟，年内拍完490平方公里。",
        {
            "520平方公里": ("490平方公里", "shortfall"),
            "30平方公里": ("31平方公里", "exceeded"),
        },
    ),
    (
        "航拍正射影像520平方公里。",
        "竹笋因霜冻减产。年内采完490平方公里。",
        {},
    ),
    (
        "新建渔港监控15处，维修航标15处。",
        "渔港监控计划15处，年底前投用12处。",
        {"15处": ("12处", "shortfall")},
    ),
    (
        "新建闸站5座；新建水窖9口。",
        "闸站计划5座，水窖完工8口。",
        {"9口": ("8口", "shortfall")},
    ),
]
# Names of a size or a level written in one word, and told apart in two places.
IN_ONE_WORD: list[Case] = [
    (
        "疏浚县乡河道50公里。",
        "县级河道清淤20公里。另培训4期。乡级河道清淤28公里。",
        {"50公里": ("20公里+28公里", "shortfall")},
    ),
    (
        "改造大中型泵站9座。",
        "大型泵站改造7座。培训2期。小型泵站改造6座。",
        {"9座": ("7座", "shortfall")},
    ),
    (
        "新建大桥1座、中桥4座。",
        "大中桥新建6座。",
        {"1座": ("6座", "exceeded"), "4座": ("6座", "exceeded")},
    ),
    ("支持县乡村振兴示范点6个。", "镇村干部培训6个班。", {}),
]
# Parts of what no number tells add up; one part alone is not all.
PARTS_ALONE: list[Case] = [
    (
        "制作科普节目20期。",
        "全年制作科普节目，其中广播12期、电视9期。",
        {"20期": ("12期+9期", "exceeded")},
    ),
    ("举办讲座20期。", "全年走访企业，其中工业12期、商贸9期。", {}),
    (
        "制作科普节目20期。",
        "全年制作科普节目23期，其中广播12期、电视9期。",
        {"20期": ("23期", "exceeded")},
    ),
]
# Two names of a list belong to what names both, whoever else names the one.
BOTH_NAMED: list[Case] = [
    (
        "新建桃、梨基地2000亩，梨园改造800亩。",
        "定植桃900亩，梨1200亩。",
        {"2000亩": ("900亩+1200亩", "exceeded")},
    ),
    (
        "种植稻谷、玉米3000亩，玉米秸秆还田1200亩。",
        "种植稻谷1800亩，玉米1300亩，玉米秸秆还田1250亩。",
        {
            "3000亩": ("1800亩+1300亩", "exceeded"),
            "1200亩": ("1250亩", "exceeded"),
        },
    ),
]


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        *EACH_AFTER,
        *FOR_WHOM,
        *BARE_RESULTS,
        *IN_ONE_WORD,
        *PARTS_ALONE,
        *BOTH_NAMED,
    ],
)
def test_the_words_that_a_number_shares(
    goal: str, outcome: str, expected: Found
) -> None:
    assert links(goal, outcome) == expected
