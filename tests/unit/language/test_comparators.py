"""Comparator words before, after and around a number, by the role of the text."""

from __future__ import annotations

import pytest

from pipeline.core.quantity import Comparator, Role
from pipeline.language.quantities import find_quantities
from tests.unit.language.tables import read

# text with {} for the phrase; phrase, comparator in a goal, comparator in an outcome
WORDS = [
    ("30家", "=", "="),
    ("不少于30家", ">=", ">="),
    ("不得少于30家", ">=", ">="),
    ("不低于30家", ">=", ">="),
    ("不得低于30家", ">=", ">="),
    ("不小于30家", ">=", ">="),
    ("至少30家", ">=", ">="),
    ("最少30家", ">=", ">="),
    ("起码30家", ">=", ">="),
    ("≥30家", ">=", ">="),
    ("≧30家", ">=", ">="),
    ("⩾30家", ">=", ">="),
    (">=30家", ">=", ">="),
    ("＞＝30家", ">=", ">="),
    ("大于等于30家", ">=", ">="),
    ("大于或等于30家", ">=", ">="),
    ("30家以上", ">=", ">="),
    ("30家及以上", ">=", ">="),
    ("30家（含）以上", ">=", ">="),
    ("达30家以上", ">=", ">="),
    ("达到30家以上", ">=", ">="),
    ("达到30家", ">=", "="),
    ("达30家", ">=", "="),
    ("超过30家", ">", ">"),
    ("超30家", ">", ">"),
    ("突破30家", ">", ">"),
    ("多于30家", ">", ">"),
    ("大于30家", ">", ">"),
    ("高于30家", ">", ">"),
    ("高达30家", ">", ">"),
    ("逾30家", ">", ">"),
    (">30家", ">", ">"),
    ("＞30家", ">", ">"),
    ("不超过30家", "<=", "<="),
    ("不得超过30家", "<=", "<="),
    ("不高于30家", "<=", "<="),
    ("不大于30家", "<=", "<="),
    ("不多于30家", "<=", "<="),
    ("至多30家", "<=", "<="),
    ("最多30家", "<=", "<="),
    ("≤30家", "<=", "<="),
    ("≦30家", "<=", "<="),
    ("⩽30家", "<=", "<="),
    ("<=30家", "<=", "<="),
    ("小于等于30家", "<=", "<="),
    ("小于或等于30家", "<=", "<="),
    ("控制在30家以内", "<=", "<="),
    ("控制在30家以下", "<=", "<="),
    ("控制在30家", "<=", "<="),
    ("30家以内", "<=", "<="),
    ("30家以下", "<=", "<="),
    ("低于30家", "<", "<"),
    ("小于30家", "<", "<"),
    ("少于30家", "<", "<"),
    ("不到30家", "<", "<"),
    ("不足30家", "<", "<"),
    ("<30家", "<", "<"),
    ("＜30家", "<", "<"),
    ("约30家", "approx", "approx"),
    ("大约30家", "approx", "approx"),
    ("近30家", "approx", "approx"),
    ("将近30家", "approx", "approx"),
    ("接近30家", "approx", "approx"),
    ("30家左右", "approx", "approx"),
    ("30家上下", "approx", "approx"),
    ("30余家", "approx", "approx"),
    ("30多家", "approx", "approx"),
]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("phrase", "goal", "outcome"), WORDS, ids=[phrase for phrase, _, _ in WORDS]
)
def test_comparator_words(phrase: str, goal: str, outcome: str, role: Role) -> None:
    text = f"扶持农场{phrase}。"
    (quantity,) = find_quantities(text, role)
    expected = outcome if role is Role.OUTCOME else goal
    assert (quantity.quote, quantity.comparator) == (phrase, Comparator(expected))
    assert (quantity.value, quantity.unit) == (30, "家")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("管理费不高于工程造价的5%", "5% <= 5 %"),
        ("补助不超过产值的3%", "3% <= 3 %"),
        ("就业人数不低于总人数的80%", "80% >= 80 %"),
        ("达标企业不少于总数的三分之二", "三分之二 >= 0.6667 -"),
        ("装订费不高于每册12元", "12元 <= 12 元 每册"),
        ("不低于去年的水平，完成率80%", "80% = 80 %"),
    ],
)
def test_a_bound_away_from_its_number(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "力争扶持农场30家",
        "计划扶持农场30家",
        "预计扶持农场30家",
        "累计扶持农场30家",
        "共扶持农场30家",
        "平均扶持农场30家",
        "全年共计扶持农场30家",
    ],
)
def test_words_that_do_not_change_the_comparator(text: str) -> None:
    assert read(text) == ["30家 = 30 家"]


EXTENT = [
    # the guideline's own examples of what belongs to the quote
    ("每村不少于2场", ["不少于2场 >= 2 场 每村"]),
    ("产量提高8%以上", ["8%以上 >= 8 %"]),
    ("满意度达到90%以上", ["达到90%以上 >= 90 %"]),
    ("出勤率保持在85%以上", ["85%以上 >= 85 %"]),
    ("能耗下降5%以上", ["5%以上 >= 5 %"]),
    ("购置桌椅30件（套）", ["30件（套） = 30 件"]),
    ("购置桌椅30件(套)", ["30件(套) = 30 件"]),
    ("疏浚沟渠42.5 公里", ["42.5␣公里 = 42.5 公里"]),
    ("疏浚沟渠 42.5 公里 ，", ["42.5␣公里 = 42.5 公里"]),
    ("疏浚沟渠不少于 42.5 公里", ["不少于␣42.5␣公里 >= 42.5 公里"]),
    ("合格率 ≥ 95 %", ["≥␣95␣% >= 95 %"]),
    ("更換路燈3個(gè)", ["3個 = 3 個"]),
    ("覆盖5个村、300户", ["5个 = 5 个", "300户 = 300 户"]),
    ("回访5个村和300户", ["5个 = 5 个", "300户 = 300 户"]),
    ("全年完成巡河共计60次", ["60次 = 60 次"]),
    ("出勤率提高到85%", ["85% = 85 %"]),
    ("出勤率降至85%", ["85% = 85 %"]),
    ("力争达到90%", ["达到90% >= 90 %"]),
    ("办结时间3个工作日内", ["3个工作日内 <= 3 个工作日"]),
    ("2小时内到达现场", ["2小时内 <= 2 小时"]),
    ("到场时间控制在20分钟以内", ["控制在20分钟以内 <= 20 分钟"]),
]


@pytest.mark.parametrize(("text", "expected"), EXTENT, ids=[t for t, _ in EXTENT])
def test_extent_of_the_quote(text: str, expected: list[str]) -> None:
    assert read(text) == expected


NOT_A_COMPARATOR = [
    ("最近2场", ["2场 = 2 场"]),
    ("宣传进商超2场", ["2场 = 2 场"]),
    ("电商超2家", ["超2家 > 2 家"]),
    ("附近3个村", ["3个 = 3 个"]),
    ("传达2次", ["2次 = 2 次"]),
    ("下达3项", ["3项 = 3 项"]),
    ("签约3家", ["3家 = 3 家"]),
    ("预约20人", ["20人 = 20 人"]),
    ("表达3次", ["3次 = 3 次"]),
]


@pytest.mark.parametrize(
    ("text", "expected"), NOT_A_COMPARATOR, ids=[t for t, _ in NOT_A_COMPARATOR]
)
def test_tails_of_other_words_are_no_comparators(
    text: str, expected: list[str]
) -> None:
    assert read(text) == expected


DASHES = ["-", "–", "—", "－", "~", "～", "〜", "至", "到", " - ", "—", "−"]


@pytest.mark.parametrize("dash", DASHES)
@pytest.mark.parametrize("role", list(Role))
def test_ranges_in_every_dash(dash: str, role: Role) -> None:
    quote = f"4{dash}6场"
    assert read(f"举办庙会{quote}。", role) == [
        f"{quote.replace(' ', '␣')} range 4..6 场"
    ]


RANGES = [
    ("走访2-3家", ["2-3家 range 2..3 家"]),
    ("培训10～15人", ["10～15人 range 10..15 人"]),
    ("举办四至六场", ["四至六场 range 4..6 场"]),
    ("发放补助3万-5万元", ["3万-5万元 range 30000..50000 元"]),
    ("发放补助3-5万元", ["3-5万元 range 30000..50000 元"]),
    ("办结时间3个工作日至5个工作日", ["3个工作日至5个工作日 range 3..5 个工作日"]),
    ("养护里程1.5—2.5公里", ["1.5—2.5公里 range 1.5..2.5 公里"]),
]


@pytest.mark.parametrize(("text", "expected"), RANGES, ids=[t for t, _ in RANGES])
def test_ranges(text: str, expected: list[str]) -> None:
    assert read(text) == expected
