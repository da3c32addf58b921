"""Answers told after another number, in fewer words, or beside what came of them."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Expected = dict[str, tuple[str, str]]

# A bare sum after a number of another kind has the words before that number.
SUMS_AFTER_THEIR_TOPIC: list[tuple[str, str, Expected]] = [
    (
        "招募社区楼长8名，举办消防讲座进社区15场。",
        "消防讲座进社区走进9处小区，计18场。",
        {"15场": ("18场", "exceeded")},
    ),
    (
        "编印安全挂图300张，培训电商主播6期。",
        "电商主播培训240人，共计5期。",
        {"6期": ("5期", "shortfall")},
    ),
    # The sentence counts talks before: the sum is theirs, not of the talks about one thing.
    (
        "举办国防讲座15场。",
        "国防讲座4场、禁毒讲座5场，走进6个乡镇，共9场。",
        {"15场": ("4场", "shortfall")},
    ),
]
# What stands after the number, with a remark in brackets, is the name.
NUMBERS_FIRST: list[tuple[str, str, Expected]] = [
    (
        "改造乡镇（街道）便民服务站12个。",
        "另有1个正在施工；11个乡镇（街道）便民服务站完成改造。",
        {"12个": ("11个", "shortfall")},
    ),
    (
        "改造乡镇（街道）便民服务站12个。",
        "12个乡镇（街道）便民服务站完成改造。",
        {"12个": ("12个", "met")},
    ),
    ("改造农家书屋12个。", "另有1个正在施工；15个卫生室完成改造。", {}),
]
# A target that adds up its row is told by the total of the parts; others are not.
WHOLES: list[tuple[str, str, Expected]] = [
    (
        "压砂造林2万亩、封育1万亩，共计治理3万亩。",
        "完成治沙3.2万亩，其中压砂造林2.1万亩、封育1.1万亩。",
        {
            "2万亩": ("2.1万亩", "exceeded"),
            "1万亩": ("1.1万亩", "exceeded"),
            "3万亩": ("3.2万亩", "exceeded"),
        },
    ),
    (
        "压砂造林2万亩、封育1万亩，补植4万亩。",
        "完成治沙3.2万亩，其中压砂造林2.1万亩、封育1.1万亩。",
        {"2万亩": ("2.1万亩", "exceeded"), "1万亩": ("1.1万亩", "exceeded")},
    ),
    (
        "食品监督抽检500批次，每千人抽检量达到4批次。",
        "食品抽检520批次（折合每千人4.2批次），化妆品抽检30批次。",
        {"500批次": ("520批次", "exceeded"), "达到4批次": ("4.2批次", "exceeded")},
    ),
    (
        "种子抽检80批次，每万亩抽检量达到2批次。",
        "种子抽检85批次（折合每万亩1.9批次）。",
        {"80批次": ("85批次", "exceeded"), "达到2批次": ("1.9批次", "shortfall")},
    ),
    ("药品监督抽检500批次。", "食品抽检520批次（折合每千人4.2批次）。", {}),
]
# People after each of the events of a list; a comma sets the sum off.
PEOPLE_OF_EACH: list[tuple[str, str, Expected]] = [
    (
        "组织护理培训2期、急救培训3期，参训200人。",
        "护理培训2期90人，急救培训3期120人。",
        {
            "2期": ("2期", "met"),
            "3期": ("3期", "met"),
            "200人": ("90人+120人", "exceeded"),
        },
    ),
    (
        "组织护理培训2期，急救培训3期，参训200人。",
        "护理培训2期90人，急救培训3期120人。",
        {"2期": ("2期", "met"), "3期": ("3期", "met")},
    ),
]
# Another length is left beside the target, but in a unit printed otherwise.
UNITS_APART: list[tuple[str, str, Expected]] = [
    (
        "新建便桥2座；实施村道安全生命防护工程85公里，整治急弯60处，新划减速标线约4000米。",
        "硬化村道12公里；便桥完工2座；村道安防83公里，急弯整治62处。",
        {
            "2座": ("2座", "met"),
            "85公里": ("83公里", "shortfall"),
            "60处": ("62处", "exceeded"),
        },
    ),
    (
        "实施村道安全生命防护工程85公里，整治急弯60处，新划减速标线约4000米。",
        "急弯整治62处，绿化3公里。",
        {"60处": ("62处", "exceeded")},
    ),
]
# 报酬 paid out is what was promised to be; what the project's money pays is not.
PAY: list[tuple[str, str, Expected]] = [
    (
        "发放护河员劳务报酬90万元。",
        "支付护河员劳务报酬88万元。",
        {"90万元": ("88万元", "shortfall")},
    ),
    ("发放护河员劳务报酬90万元。", "项目经费支付劳务报酬12万元。", {}),
    ("发放护河员劳务报酬90万元。", "支付监理费88万元。", {}),
]
# The number in brackets is what was called off, and the one before it was held.
CALLED_OFF: list[tuple[str, str, Expected]] = [
    (
        "举办惠民演出20场。",
        "惠民演出举办17场（受疫情影响取消3场）。",
        {"20场": ("17场", "shortfall")},
    ),
    (
        "举办惠民演出20场。",
        "惠民演出18场（因雨推迟2场）。",
        {"20场": ("18场", "shortfall")},
    ),
    ("举办惠民演出20场。", "惠民演出20场（因疫情取消）。", {}),
    ("举办惠民演出20场。", "受疫情影响取消惠民演出3场。", {}),
]
# What was then done, what stood in the way and where to go name no other thing.
NO_NAMES: list[tuple[str, str, Expected]] = [
    (
        "拍摄防溺水短片5部。",
        "短片拍摄5部并在校园电视播放。",
        {"5部": ("5部", "met")},
    ),
    ("拍摄防溺水短片5部。", "在校园电视播放短片5部。", {}),
    ("制作纪录片2部。", "遴选纪录片2部并在电视播放。", {}),
    (
        "全年免费开放不少于300天。",
        "受台风影响全年开放280天。",
        {"不少于300天": ("280天", "shortfall")},
    ),
    ("全年培训护林员200人。", "受疫情影响培训网格员150人。", {}),
    ("参加省外展销会4场。", "先后赴省外参展4场。", {"4场": ("4场", "met")}),
    ("参加省外展销会4场。", "先后赴省外考察4次。", {}),
]
# Works are no events.
WORKS: list[tuple[str, str, Expected]] = [
    (
        "举办摄影大赛1届，参赛作品不少于300件。",
        "第六届摄影大赛收到作品320件。",
        {"不少于300件": ("320件", "exceeded")},
    ),
    ("举办摄影大赛1届。", "第六届摄影大赛收到作品320件。", {}),
    ("举办书画展2期。", "书画展展出作品180件。", {}),
    (
        "举办摄影大赛1届。",
        "摄影大赛举办1届，收到作品320件。",
        {"1届": ("1届", "met")},
    ),
]
# Rates that fit alike: the one named more closely, and the one that is left.
TIES: list[tuple[str, str, Expected]] = [
    (
        "引种苗木检疫合格率100%。",
        "引种苗木60万株，检疫合格率100%；抽检农产品90批次，合格率98%。",
        {"100%": ("100%", "met")},
    ),
    (
        "孕前检查告知率、随访率均达到95%以上；异常病例随访率不低于90%。",
        "孕前检查告知率100%，随访率96%。发现异常80人，随访率91%。",
        {
            "达到95%以上": ("100%+96%", "exceeded"),
            "不低于90%": ("91%", "exceeded"),
        },
    ),
    (
        "异常病例随访率不低于90%。",
        "孕前检查随访率96%；发现异常80人，随访率91%。",
        {"不低于90%": ("91%", "exceeded")},
    ),
]
ALL = [
    *SUMS_AFTER_THEIR_TOPIC,
    *NUMBERS_FIRST,
    *WHOLES,
    *PEOPLE_OF_EACH,
    *UNITS_APART,
    *PAY,
    *CALLED_OFF,
    *NO_NAMES,
    *WORKS,
    *TIES,
]


@pytest.mark.parametrize(("goal", "outcome", "expected"), ALL)
def test_it_is_found_and_nothing_like_it(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected
