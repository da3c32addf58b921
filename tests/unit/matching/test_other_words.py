"""One thing told in shorter or other words, and totals and parts told so."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Expected = dict[str, tuple[str, str]]


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        (
            "拆建人行桥4座、翻修排水涵管9座。",
            "桥梁、涵管共完成12座。",
            {"4座": ("12座", "shortfall"), "9座": ("12座", "shortfall")},
        ),
        (
            "举办订货会5场、网上推介会30场。",
            "订货、推介合计36场。",
            {"5场": ("36场", "exceeded"), "30场": ("36场", "exceeded")},
        ),
        (
            "培育家庭工场12家、乡村书吧20个。",
            "家庭工场、乡村书吧合计31个。",
            {"12家": ("31个", "shortfall"), "20个": ("31个", "shortfall")},
        ),
        # Names that stand nowhere in the list add up other things.
        ("举办订货会5场、网上推介会30场。", "歌会、灯会合计36场。", {}),
    ],
)
def test_a_total_may_name_its_parts_in_short(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        (
            "敷设燃气管道60公里。",
            "燃气管道敷设完成，东标段敷设管道38公里，西标段敷设23公里。",
            {"60公里": ("38公里+23公里", "exceeded")},
        ),
        (
            "海域投放贝苗900万粒。",
            "鲁东海域投放贝苗520万粒，鲁南海域投放400万粒。",
            {"900万粒": ("520万粒+400万粒", "exceeded")},
        ),
        (
            "创建平安校（园）60个。",
            "平安校和平安园分别为41个、22个。",
            {"60个": ("41个+22个", "exceeded")},
        ),
        (
            "建设平安校41个。",
            "平安校和平安园分别为41个、22个。",
            {"41个": ("41个", "met")},
        ),
    ],
)
def test_parts_of_one_thing_are_summed(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        (
            "控制改造造价在300万元以内。",
            "结算造价288万元。",
            {"300万元以内": ("288万元", "met")},
        ),
        ("制定地方或团体标准6个。", "牵头制定标准6个。", {"6个": ("6个", "met")}),
        ("整合物流企业5家。", "签约整合物流公司4家。", {"5家": ("4家", "shortfall")}),
        ("新建计量标准2项。", "计量标准建标考核通过2项。", {"2项": ("2项", "met")}),
        (
            "组织干警体检80人。",
            "全体民警健康检查79人。",
            {"80人": ("79人", "shortfall")},
        ),
        # An agreement is no centre yet, an exam no building.
        ("建成康养中心5家。", "康养中心签约5家。", {}),
        ("新建灯光球场2项。", "灯光球场安全鉴定2项。", {}),
        ("检查加油站60次。", "检查烟花门店74次。", {}),
        (
            "按每人每年800元的标准发放补贴。",
            "搬迁户人均可支配收入1.3万元。",
            {},
        ),
    ],
)
def test_an_act_may_go_under_another_word(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # A unit that says itself what is counted.
        (
            "采购干警健康检测服务90人份。",
            "一线民警检测92人份。",
            {"90人份": ("92人份", "exceeded")},
        ),
        ("检查冷库60处。", "检查修理铺62处。", {}),
        # Per each, in short.
        (
            "深松作业补助每亩不超过35元。",
            "深松亩补30元。",
            {"不超过35元": ("30元", "met")},
        ),
        (
            "单个点位年维护费用900元。",
            "单点位年维护费用880元。",
            {"900元": ("880元", "met")},
        ),
        (
            "检定血压计600台件。",
            "检定血压计612台（件）。",
            {"600台件": ("612台（件）", "exceeded")},
        ),
    ],
)
def test_units_and_shares_of_each_in_short(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        (
            "开展教师心理测评90人。",
            "教师心理测评由50人（城区学校）和45人（乡镇学校）组成。",
            {"90人": ("50人+45人", "exceeded")},
        ),
        (
            "鸡瘟、鸭瘟免疫密度均不低于95%。",
            "鸡瘟免疫密度96%、鸭瘟免疫密度94%。",
            {"不低于95%": ("96%+94%", "shortfall")},
        ),
        (
            "举办茶艺普及培训30期、茶艺提升培训20期、点心制作班10期。",
            "举办各类茶艺培训58期。",
            dict.fromkeys(("30期", "20期", "10期"), ("58期", "shortfall")),
        ),
    ],
)
def test_what_makes_up_a_number(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # How many of them were the promised thing, nobody says.
        ("印制惠民政策明白卡2万份。", "发放明白卡及公开信2.6万份。", {}),
        ("戏曲走进社区40个。", "戏曲走进社区及营区52个。", {}),
        (
            "印制明白卡及公开信2万份。",
            "发放明白卡及公开信2.6万份。",
            {"2万份": ("2.6万份", "exceeded")},
        ),
    ],
)
def test_a_wider_number_answers_no_part(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected
