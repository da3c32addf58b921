"""Measure words, compounds, brackets; per-unit words before the number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.language.units import bracketed_unit, to_base, unit_class
from tests.unit.language.tables import read

UNITS = [
    ("服务群众4000人次", ["4000人次 = 4000 人次"]),
    ("举办集市10场次", ["10场次 = 10 场次"]),
    ("抽检农贸市场20家次", ["20家次 = 20 家次"]),
    ("走访农户300户次", ["300户次 = 300 户次"]),
    ("投入人工120人天", ["120人天 = 120 人天"]),
    ("巡护河道24次/条", ["24次/条 = 24 次/条"]),
    ("更换灯具60台/套", ["60台/套 = 60 台/套"]),
    ("补助标准500元/人·月", ["500元/人·月 = 500 元/人·月"]),
    ("补助标准500元/人*月", ["500元/人*月 = 500 元/人·月"]),
    ("补助标准500元/人/月", ["500元/人/月 = 500 元/人/月"]),
    ("补助标准20元/亩", ["20元/亩 = 20 元/亩"]),
    ("抽检密度不低于4批次/千人", ["不低于4批次/千人 >= 4 批次/千人"]),
    ("孕产妇死亡率20/10万", ["20/10万 = 20 /10万"]),
    ("孕产妇死亡率不超过20/10万", ["不超过20/10万 <= 20 /10万"]),
    ("养护村道3.5km", ["3.5km = 3.5 km"]),
    ("改造外墙200㎡", ["200㎡ = 200 ㎡"]),
    ("改造外墙200m2", ["200m2 = 200 m2"]),
    ("改造外墙1.2万平方米", ["1.2万平方米 = 12000 平方米"]),
    ("节电5万千瓦时", ["5万千瓦时 = 50000 千瓦时"]),
    ("节电5万kWh", ["5万kWh = 50000 kWh"]),
    ("清淤1.5万立方米", ["1.5万立方米 = 15000 立方米"]),
    ("减排粉尘3千克", ["3千克 = 3 千克"]),
    ("巡护河道5千米", ["5千米 = 5 千米"]),
    ("录入数据2TB", ["2TB = 2 TB"]),
    ("噪声控制在55分贝以内", ["控制在55分贝以内 <= 55 分贝"]),
    ("到场时间1小时20分", ["1小时20分 = 1.33 小时"]),
    ("应急响应2小时30分钟内", ["2小时30分钟内 <= 2.5 小时"]),
    ("产量提高2倍", ["2倍 = 2 倍"]),
    ("整治12个乡镇的河道", ["12个 = 12 个"]),
    ("建成示范村6个", ["6个 = 6 个"]),
    ("奖励二等奖3项", ["3项 = 3 项"]),
    ("培训村医60名", ["60名 = 60 名"]),
    ("服务企业30家", ["30家 = 30 家"]),
    ("覆盖30村", ["30村 = 30 村"]),
    ("编印折页2000份", ["2000份 = 2000 份"]),
    # traditional, as printed
    ("舉辦講座12場", ["12場 = 12 場"]),
    ("修繕校舍3棟", ["3棟 = 3 棟"]),
    ("改良農田80畝", ["80畝 = 80 畝"]),
    ("走訪農戶60戶", ["60戶 = 60 戶"]),
    ("整治隱患點12處", ["12處 = 12 處"]),
    ("處理垃圾1200噸", ["1200噸 = 1200 噸"]),
    ("購置車輛6輛", ["6輛 = 6 輛"]),
    ("超過300個", ["超過300個 > 300 個"]),
    ("不少於30條", ["不少於30條 >= 30 條"]),
    ("20餘場", ["20餘場 approx 20 場"]),
]


@pytest.mark.parametrize(("text", "expected"), UNITS, ids=[t for t, _ in UNITS])
def test_units(text: str, expected: list[str]) -> None:
    assert read(text) == expected


PER = [
    ("每村宣讲不少于2场", ["不少于2场 >= 2 场 每村"]),
    ("每季度检查1次", ["1次 = 1 次 每季度"]),
    ("每人每月补助300元", ["300元 = 300 元 每人每月"]),
    ("每亩补助80元", ["80元 = 80 元 每亩"]),
    ("每个站点每年服务不少于30家", ["不少于30家 >= 30 家 每个站点每年"]),
    ("每月至少2次", ["至少2次 >= 2 次 每月"]),
    ("人均增收1200元", ["1200元 = 1200 元 人均"]),
    ("户均增收不低于3000元", ["不低于3000元 >= 3000 元 户均"]),
    ("每场参加人数50人以上", ["50人以上 >= 50 人 每场"]),
    # another clause does not govern
    ("每村设联络员，举办庙会2场", ["2场 = 2 场"]),
]


@pytest.mark.parametrize(("text", "expected"), PER, ids=[t for t, _ in PER])
def test_per_unit_words(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("合格率（%）", "%"),
        ("合格率(百分比)", "%"),
        ("床位（张）", "张"),
        ("成活率（≥**%）", "%"),
        ("补助金额（万元）", "万元"),
        ("管网长度（公里）", "公里"),
        ("巡护（含夜间）次数", None),
        ("满意度", None),
        ("床位（张", None),
    ],
)
def test_unit_in_brackets_of_a_name(name: str, unit: str | None) -> None:
    assert bracketed_unit(name) == unit


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("场", "event"),
        ("場", "event"),
        ("人", "person"),
        ("人次", "person_time"),
        ("元/人·月", "money"),
        ("台/套", "thing"),
        ("％", "rate"),
        ("百分点", "rate"),
        ("不是单位", None),
        (None, None),
    ],
)
def test_unit_class(unit: str | None, name: str | None) -> None:
    assert unit_class(unit) == name


@pytest.mark.parametrize(
    ("value", "unit", "other_value", "other_unit"),
    [
        ("3.5", "公里", "3500", "米"),
        ("3.5", "公里", "3.5", "km"),
        ("2", "公顷", "30", "亩"),
        ("1", "平方公里", "1000000", "平方米"),
        ("1.2", "吨", "1200", "公斤"),
        ("1", "小时", "60", "分钟"),
        ("2", "天", "48", "小时"),
        ("5", "%", "50", "‰"),
    ],
)
def test_scales_convert_exactly(
    value: str, unit: str, other_value: str, other_unit: str
) -> None:
    first = to_base(Decimal(value), unit)
    second = to_base(Decimal(other_value), other_unit)
    assert first[1] == second[1]
    assert abs(first[0] - second[0]) < Decimal("1e-20")


def test_no_conversion_between_measures() -> None:
    assert to_base(Decimal(3), "家") == (Decimal(3), "家")
    assert to_base(Decimal(3), "亩")[1] != to_base(Decimal(3), "米")[1]
