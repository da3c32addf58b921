"""Numerals as they are spelt, each with a measure word (guideline section 2)."""

from __future__ import annotations

import pytest

from pipeline.core.quantity import Role
from pipeline.language.numerals import find_numerals
from pipeline.resources import load_toml
from tests.unit.language.tables import read

NUMERALS = [
    # digits of any width, separators, decimals
    ("清运垃圾12车", ["12车 = 12 车"]),
    ("植树1500棵", ["1500棵 = 1500 棵"]),
    ("植树1,500棵", ["1,500棵 = 1500 棵"]),
    ("植树1,234,567棵", ["1,234,567棵 = 1234567 棵"]),
    ("植树１５００棵", ["１５００棵 = 1500 棵"]),
    ("植树１，５００棵", ["１，５００棵 = 1500 棵"]),
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
    ("發放補貼1.2億元", ["1.2億元 = 120000000 元"]),
    # several scales, gaps, tails
    ("服务群众5万4千6百人次", ["5万4千6百人次 = 54600 人次"]),
    ("培训一万零十二人", ["一万零十二人 = 10012 人"]),
    ("培训一百五人次", ["一百五人次 = 150 人次"]),
    ("补助标准3元5角", ["3元5角 = 3.5 元"]),
    ("投放种苗3千6百万尾", ["3千6百万尾 = 36000000 尾"]),
    ("投放种苗1千零20尾", ["1千零20尾 = 1020 尾"]),
    ("发放贷款两个亿，惠及三镇", []),
    ("架设线路三百千米", ["三百千米 = 300 千米"]),
    ("架设线路十千米", ["十千米 = 10 千米"]),
    ("架设线路三千米", ["三千米 = 3000 米"]),
    ("样品重伍拾壹点肆公斤", ["伍拾壹点肆公斤 = 51.4 公斤"]),
    ("试剂用量二两。", ["二两 = 2 两"]),
    ("出口创汇3万英镑", ["3万英镑 = 30000 英镑"]),
    # negative
    ("产值增速负3.5%", ["负3.5% = -3.5 %"]),
    ("胜负5场", ["5场 = 5 场"]),
    # a bound that stands away
    ("至少有10个村通水", ["10个 >= 10 个"]),
    # half, pairs, fractions
    ("体验活动两天半", ["两天半 = 2.5 天"]),
    ("体验活动半天", ["半天 = 0.5 天"]),
    ("巡护三五次", ["三五次 range 3..5 次"]),
    ("培训五六十人", ["五六十人 range 50..60 人"]),
    ("培训十五六人", ["十五六人 range 15..16 人"]),
    ("培训两三百人", ["两三百人 range 200..300 人"]),
    ("培训七八名", ["七八名 range 7..8 名"]),
    ("收得旧志二百六十有七卷", ["二百六十有七卷 = 267 卷"]),
    ("满意者十有八九人", ["八九人 range 8..9 人"]),
    ("投入六十有余万元", []),
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
    # How recognition misreads the sign; a decimal behind it is another number.
    ("成灾率4.6%0，", ["4.6%0 = 4.6 ‰"]),
    ("成灾率4.6％o", ["4.6％o = 4.6 ‰"]),
    ("占比10%0.5", ["10% = 10 %"]),
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


ALL_NUMERALS = [
    # text, then what is found: as printed, value or low..high, unit
    ("三百二十四点七五克", ["三百二十四点七五 324.75"]),
    ("负一百二十万", ["负一百二十万 -1200000"]),
    ("读数 -5，40", ["-5 -5", "40 40"]),
    ("A栋-5层", ["5 5"]),
    (".5与-.5", [".5 0.5", ".5 0.5"]),
    ("1千零20人", ["1千零20 1020"]),
    ("四万万同胞", ["四万万 400000000"]),
    ("两万两白银", ["两万两 20000 两"]),
    ("一百二", ["一百二 120"]),
    ("3又一千分之23", ["3又一千分之23 3.023"]),
    ("约占1/16", ["1/16 0.0625"]),
    ("2021/05/06", ["2021 2021", "05 5", "06 6"]),
    ("千分之三", ["千分之三 3 ‰"]),
    ("七成农户", ["七成 70 %"]),
    ("七成立户", ["七 7"]),
    ("２．４个百分点", ["２．４个百分点 2.4 百分点"]),
    ("三五百户", ["三五百 300..500"]),
    ("十五六人", ["十五六 15..16"]),
    ("二十一到一千零一", ["二十一到一千零一 21..1001"]),
    ("两到三万港元", ["两到三万 20000..30000"]),
    ("30%～40%的企业", ["30%～40% 30..40 %"]),
    ("二十几万人", ["二十几万 200000"]),
    ("半斤茶叶", ["半 0.5"]),
    ("半岛一半", ["一 1"]),
    ("两两结对", []),
    ("大陆和队伍", []),
    ("拾", ["拾 10"]),
    ("收拾", []),
    ("万", []),
    ("B2B和PM10", []),
    ("1" * 40, []),
    ("第三届举办12场", ["12 12"]),
    ("一方面统一思想，一户一档，两两结对", []),
]


def told(text: str) -> list[str]:
    rows = []
    for found in find_numerals(text):
        value = f"{found.value.normalize():f}"
        if found.high is not None:
            value += f"..{found.high.normalize():f}"
        rows.append(
            " ".join(filter(None, (text[found.start : found.end], value, found.unit)))
        )
    return rows


@pytest.mark.parametrize(
    ("text", "expected"), ALL_NUMERALS, ids=[t[:12] for t, _ in ALL_NUMERALS]
)
def test_all_numerals_of_a_text(text: str, expected: list[str]) -> None:
    assert told(text) == expected


WORDS = load_toml("quantities/numeral_words.toml")


@pytest.mark.parametrize("group", WORDS)
def test_words_that_tell_no_number(group: str) -> None:
    assert told(WORDS[group]["example"]) == []
    assert told(WORDS[group]["counterexample"]) != []
    assert told("，".join(WORDS[group]["words"])) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ud800三",
        "\x00" * 9,
        "亿" * 99,
        "百分之" * 9,
        "1/0",
        "又分之一",
        "零分之一",
        "-",
    ],
)
def test_no_text_is_too_odd_for_the_numeral_reader(text: str) -> None:
    for found in find_numerals(text):
        assert 0 <= found.start < found.end <= len(text)
