"""Two names in one word: which are spelled out, and which only look like it."""

import pytest

from pipeline.matching.measures.two_in_one import is_cut_short, spell_out


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("完善镇村级河长公示牌", "完善镇级、村级河长公示牌"),
        ("全区镇村级综合文化站", "全区镇级、村级综合文化站"),
        ("培训镇村级干部", "培训镇级、村级干部"),
        ("列养县乡道路", "列养县级、乡级道路"),
        ("认定市县级龙头企业", "认定市级、县级龙头企业"),
        ("县乡两级河道", "县级、乡级河道"),
        ("列养率县乡村道分别", "列养率县道、乡道、村道分别"),
        ("养护国省道", "养护国道、省道"),
        ("新改建公路", "新建、改建公路"),
        ("大中型桥", "大型、中型桥"),
        # the first level belongs to the name before it, the others are two all the same
        ("湖北省市县级平台", "湖北省市级、县级平台"),
        ("全省市县级示范社", "全省市级、县级示范社"),
        ("旬阳县国省道", "旬阳县国道、省道"),
    ],
)
def test_two_names_in_one_are_spelled_out(text: str, spelled: str) -> None:
    assert spell_out(text) == spelled
    assert is_cut_short(text)


@pytest.mark.parametrize(
    "text",
    [
        "维修石桥镇村级卫生室",
        "新建双溪镇村级文化室",
        "城关镇村级卫生室已更新",
        "我镇村级卫生室",
        "岚皋县乡村公路",
        "改造永顺县乡公路",
        "全县乡村公路",
        "各县乡公路",
        "旬阳县乡道",
        "达州市县级平台",
        "湖南省市级龙头企业",
        "乡村道路",
        "数字乡村示范村",
    ],
)
def test_a_place_and_what_it_has_are_one_name(text: str) -> None:
    assert spell_out(text) == text
    assert not is_cut_short(text)
