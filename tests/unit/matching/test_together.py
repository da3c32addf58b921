"""Answers that only together tell of a target, and their neighbours that do not."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Expected = dict[str, tuple[str, str]]

UNDER_ONE_DEED: list[tuple[str, str, Expected]] = [
    (
        "安全督查17家。",
        "安全督查加油站12家、液化气站6家。",
        {"17家": ("12家+6家", "exceeded")},
    ),
    (
        "“送温暖”慰问职工500人。",
        "“送温暖”慰问环卫工人200人、快递员280人。",
        {"500人": ("200人+280人", "shortfall")},
    ),
    (
        "装配矫形鞋助听器60例。",
        "装配矫形鞋41例、助听器25例。",
        {"60例": ("41例+25例", "exceeded")},
    ),
    # the target has a thing of its own
    (
        "安全督查学校20家。",
        "安全督查学校12家、医院8家。",
        {"20家": ("12家", "shortfall")},
    ),
    (
        "走访慰问困难职工200人。",
        "走访慰问老党员120人、困难职工190人。",
        {"200人": ("190人", "shortfall")},
    ),
    (
        "表彰先进个人20名。",
        "表彰先进个人18名、志愿者5名。",
        {"20名": ("18名", "shortfall")},
    ),
    # the second has a deed of its own
    (
        "安全督查20家。",
        "安全督查加油站12家、约谈企业9家。",
        {"20家": ("12家", "shortfall")},
    ),
]
OF_LISTS: list[tuple[str, str, Expected]] = [
    # the number of the item is none of the names
    (
        "3、老年人健康管理率≥70%，高血压患者规范管理率≥65%。",
        "3、老年人健康管理率、高血压患者规范管理率分别为72%、61%。",
        {"≥70%": ("72%", "exceeded"), "≥65%": ("61%", "shortfall")},
    ),
    (
        "（2）驿站12座，公厕8座。",
        "2、驿站、公厕分别建成13座、7座。",
        {"12座": ("13座", "exceeded"), "8座": ("7座", "shortfall")},
    ),
    (
        "一、二级医院分别抽查3家、5家。",
        "一、二级医院分别抽查3家、4家。",
        {"3家": ("3家", "met"), "5家": ("4家", "shortfall")},
    ),
    # the last name has what all are measured by
    (
        "1.餐厨垃圾无害化处理率98%，污泥处理率95%。",
        "1.餐厨垃圾无害化处理、污泥处理率均为97%。",
        {"98%": ("97%", "shortfall"), "95%": ("97%", "exceeded")},
    ),
    # both halves of what is asked of all
    (
        "城乡供养标准均提高5%。",
        "城市、农村供养标准分别提高4.5%、6%。",
        {"5%": ("4.5%+6%", "shortfall")},
    ),
    (
        "农村供养标准提高5%。",
        "城市、农村供养标准分别提高4.5%、6%。",
        {"5%": ("6%", "exceeded")},
    ),
    # a name that is asked for, and others in its list
    (
        "居民基本医疗保险参保26万人。",
        "居民医疗、生育、失业保险参保人数分别为25万人、3万人和2万人。",
        {"26万人": ("25万人", "shortfall")},
    ),
    ("新建集体婚礼基地1处。", "集体婚礼基地启用，举办婚礼86对。", {}),
    (
        "工伤伤残鉴定300例。",
        "召开工伤伤残鉴定会，为288人鉴定伤残等级。",
        {"300例": ("288人", "shortfall")},
    ),
    (
        "培育示范农场6家。",
        "农场评出市级示范农场5家。",
        {"6家": ("5家", "shortfall")},
    ),
    ("培育家庭农场6家。", "家庭农场评出先进5家。", {}),
    ("城乡医疗报销均增长5%。", "城市、农村供养标准分别提高4.5%、6%。", {}),
]


@pytest.mark.parametrize(("goal", "outcome", "expected"), [*UNDER_ONE_DEED, *OF_LISTS])
def test_together(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected
