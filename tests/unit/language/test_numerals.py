"""Numerals as they are spelt, each with a measure word (guideline section 2)."""

from __future__ import annotations

import pytest

from pipeline.core.quantity import Role
from tests.unit.language.tables import read

NUMERALS = [
    # digits of any width, separators, decimals
    ("清运垃圾12车", ["12车 = 12 车"]),
    ("植树1500棵", ["1500棵 = 1500 棵"]),
    ("植树1,500棵", ["1,500棵 = 1500 棵"]),
    ("植树1,234,567棵", ["1,234,567棵 = 1234567 棵"]),
    ("植树１５００棵", ["１５００棵 = 1500 棵"]),
    ("植树１，５００棵", ["５００棵 = 500 棵"]),
    ("铺设管线42.5公里", ["42.5公里 = 42.5 公里"]),
    ("铺设管线４２．５公里", ["４２．５公里 = 42.5 公里"]),
    ("铺设管线0.75公里", ["0.75公里 = 0.75 公里"]),
    # 万, 亿
    ("改良草场4.5万亩", ["4.5万亩 = 45000 亩"]),
    ("贷款1.2亿元，带动增收", ["1.2亿元 = 120000000 元"]),
    ("发放补助12000万元", ["12000万元 = 120000000 元"]),
    ("发放补助30万元", ["30万元 = 300000 元"]),
    ("服务群众3百人次", ["3百人次 = 300 人次"]),
    ("服务群众2千人次", ["2千人次 = 2000 人次"]),
    ("服务群众2万5千人次", ["2万5千人次 = 25000 人次"]),
    ("服务群众3万4000人次", ["3万4000人次 = 34000 人次"]),
    ("服务群众3千6百人", ["3千6百人 = 3600 人"]),
    ("发放补助3000万亿元", ["3000万亿元 = 3000000000000000 元"]),
    ("服务群众100余万人次", ["100余万人次 approx 1000000 人次"]),
    ("服务群众100多万人次", ["100多万人次 approx 1000000 人次"]),
    # Chinese
    ("举办讲堂十二场", ["十二场 = 12 场"]),
    ("举办讲堂两百场", ["两百场 = 200 场"]),
    ("建成系统一套", ["一套 = 1 套"]),
    ("举办讲堂二十场", ["二十场 = 20 场"]),
    ("举办讲堂一百零五场", ["一百零五场 = 105 场"]),
    ("举办讲堂一百五十场", ["一百五十场 = 150 场"]),
    ("培训三千二百人", ["三千二百人 = 3200 人"]),
    ("培训两万四千人", ["两万四千人 = 24000 人"]),
    ("培训一万零五十人", ["一万零五十人 = 10050 人"]),
    ("培训十万人", ["十万人 = 100000 人"]),
    ("惠及三亿人", ["三亿人 = 300000000 人"]),
    ("改造农房廿四户", ["廿四户 = 24 户"]),
    ("改造农房卅户", ["卅户 = 30 户"]),
    ("改造农房三十余户", ["三十余户 approx 30 户"]),
    ("开展集市百余场", ["百余场 approx 100 场"]),
    ("服务群众十余万人", ["十余万人 approx 100000 人"]),
    ("管网二点五公里", ["二点五公里 = 2.5 公里"]),
    # formal
    ("发放慰问金伍仟元", ["伍仟元 = 5000 元"]),
    ("发放慰问金壹拾贰万元", ["壹拾贰万元 = 120000 元"]),
    ("发放慰问金叁佰元", ["叁佰元 = 300 元"]),
    # traditional
    ("培訓兩萬人", ["兩萬人 = 20000 人"]),
    ("改造12萬平方米", ["12萬平方米 = 120000 平方米"]),
    ("貸款1.2億元", ["1.2億元 = 120000000 元"]),
    # half, pairs, fractions
    ("体验活动半天", ["半天 = 0.5 天"]),
    ("巡护三五次", ["三五次 range 3..5 次"]),
    ("培训五六十人", ["五六十人 range 50..60 人"]),
    ("培训十五六人", ["十五六人 range 15..16 人"]),
    ("培训两三百人", ["两三百人 range 200..300 人"]),
    ("培训七八名", ["七八名 range 7..8 名"]),
    ("三分之二的行政村建成书屋", ["三分之二 = 0.6667 -"]),
    ("四分之三以上的小区建成充电棚", ["四分之三以上 >= 0.75 -"]),
]


@pytest.mark.parametrize(("text", "expected"), NUMERALS, ids=[t for t, _ in NUMERALS])
def test_numerals(text: str, expected: list[str]) -> None:
    assert read(text) == expected


PERCENT = [
    ("合格率95%", ["95% = 95 %"]),
    ("合格率95％", ["95％ = 95 %"]),
    ("合格率９５％", ["９５％ = 95 %"]),
    ("合格率95﹪", ["95﹪ = 95 %"]),
    ("合格率 95 %", ["95␣% = 95 %"]),
    ("合格率99.5%", ["99.5% = 99.5 %"]),
    ("合格率百分之九十五", ["百分之九十五 = 95 %"]),
    ("合格率百分之九十八点五", ["百分之九十八点五 = 98.5 %"]),
    ("合格率百分之95", ["百分之95 = 95 %"]),
    ("合格率不低于百分之九十", ["不低于百分之九十 >= 90 %"]),
    ("死亡率千分之三", ["千分之三 = 3 ‰"]),
    ("死亡率3‰", ["3‰ = 3 ‰"]),
    ("九成农户用上清洁能源", ["九成 = 90 %"]),
    ("九成以上农户用上清洁能源", ["九成以上 >= 90 %"]),
    ("九成五的农户用上清洁能源", ["九成五 = 95 %"]),
    ("入学率提高2个百分点", ["2个百分点 = 2 百分点"]),
    ("入学率提高2百分点", ["2百分点 = 2 百分点"]),
    ("能耗降低率5至8%", ["5至8% range 5..8 %"]),
    ("能耗降低率5%-8%", ["5%-8% range 5..8 %"]),
]


@pytest.mark.parametrize(("text", "expected"), PERCENT, ids=[t for t, _ in PERCENT])
def test_percent_spellings(text: str, expected: list[str]) -> None:
    assert read(text) == expected


WITHOUT_UNIT = [
    ("事故死亡率低于0.02", ["低于0.02 < 0.02 -"]),
    ("幸福指数达到75", ["达到75 >= 75 -"]),
    ("满意度达到90以上", ["达到90以上 >= 90 -"]),
    ("合格率≥95", ["≥95 >= 95 -"]),
]


@pytest.mark.parametrize(
    ("text", "expected"), WITHOUT_UNIT, ids=[t for t, _ in WITHOUT_UNIT]
)
def test_rates_and_indexes_count_without_a_unit(text: str, expected: list[str]) -> None:
    assert read(text) == expected


UNCOUNTABLE = [
    "走访农户若干户",
    "举办多场集市",
    "添置一批桌椅",
    "开展一系列活动",
    "吸引数百人参加",
    "吸引上千人参加",
    "吸引数十家企业",
    "吸引几百人参加",
    "吸引好几千人",
    "吸引成千上万人",
]


@pytest.mark.parametrize("text", UNCOUNTABLE)
@pytest.mark.parametrize("role", [Role.GOAL, Role.OUTCOME])
def test_uncountable_amounts(text: str, role: Role) -> None:
    assert read(text, role) == []


NO_NUMBER = [
    "低收入家庭全部纳入保障",
    "行政村路灯全覆盖",
    "产量产值双提升",
    "实现零事故",
    "未发生群体性事件",
    "过半农户受益",
    "产值翻番",
]


@pytest.mark.parametrize("text", NO_NUMBER)
@pytest.mark.parametrize("role", [Role.GOAL, Role.OUTCOME])
def test_words_without_a_number(text: str, role: Role) -> None:
    assert read(text, role) == []


DAMAGED = [
    ("慰问困难群众7l户", []),
    ("慰问困难群众1O户", []),
    ("慰问困难群众O5户", []),
    ("举办技能培训班共2", []),
    ("举办技能培训班2", []),
    # only the sign is damaged: the number counts
    ("合格率?95%", ["95% = 95 %"]),
    ("合格率 鈮95%", ["95% = 95 %"]),
    ("合格率□95%", ["95% = 95 %"]),
]


@pytest.mark.parametrize(("text", "expected"), DAMAGED, ids=[t for t, _ in DAMAGED])
def test_damaged_numbers(text: str, expected: list[str]) -> None:
    assert read(text) == expected
