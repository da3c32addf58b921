"""Inputs of any size: forms for the matcher, hostile texts for the grammar."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from pipeline.core.form import IndicatorRow
from pipeline.core.quantity import Role
from pipeline.language.quantities import find_quantities
from pipeline.language.reading import Reading, read_text
from pipeline.matching import match_form
from tests.bench.passes import forget_texts

FORM_SIZES = ((40, 60), (100, 150), (200, 300), (400, 600))
# Each twice the one before.
TEXT_SIZES = (62_500, 125_000, 250_000, 500_000, 1_000_000)

_PLACES = [
    "城关",
    "河口",
    "石桥",
    "白沙",
    "高岭",
    "南塘",
    "双溪",
    "东坝",
    "杏林",
    "柳庄",
    "新埠",
    "古渡",
]
_THINGS = (
    "灌溉渠道 公里|文化讲座 场|护林员 人|路灯 盏|饮水管网 公里|养老床位 张|科普展览 场|农机 台|村级卫生室 所|"
    "防火隔离带 公里|就业培训 期|危房 户|图书 册|应急演练 次|监测点 个|苗木 株|简报 期|救助对象 人次"
)
_DEEDS = ["新建", "维修", "举办", "配备", "更新", "巡查", "整治", "组织"]

Form = tuple[Reading, Reading, tuple[IndicatorRow, ...]]


def form_of(targets: int, outcomes: int, *, seed: int = 7) -> Form:
    """A form with that many numbers on both sides and half as many rows."""
    rng = random.Random(seed)
    items = [_item(rng) for _ in range(max(targets, outcomes))]
    goal = "；".join(
        f"{deed}{what}{n}{unit}" for deed, what, unit, n in items[:targets]
    )
    told = [
        f"{what}已{deed}{n + rng.choice((-1, 0, 2))}{unit}"
        for deed, what, unit, n in rng.sample(items[:targets], min(targets, outcomes))
    ]
    told += [f"另{d}{w}{n}{u}" for d, w, u, n in items[targets:outcomes]]
    rows = tuple(
        IndicatorRow(row=i, name=f"{what}数量", target_text=f"≥{n}{unit}")
        for i, (_, what, unit, n) in enumerate(items[:targets:2])
    )
    return (
        read_text(goal, Role.GOAL),
        read_text("。".join(told), Role.OUTCOME),
        rows,
    )


def _item(rng: random.Random) -> tuple[str, str, str, int]:
    thing, unit = rng.choice(_THINGS.split("|")).split()
    name = rng.choice(_PLACES) + rng.choice("镇乡村") + thing
    return rng.choice(_DEEDS), name, unit, rng.randint(3, 900)


def seconds_of_match(form: Form) -> float:
    """Processor seconds from readings to links, every phrase met for the first time."""
    forget_texts()
    start = time.process_time()
    match_form(*form)
    return time.process_time() - start


def _endless(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


HOSTILE: dict[str, Callable[[int], str]] = {
    "digits": _endless("7"),
    "thousands": _endless("1,234,567,"),
    "decimal points": _endless("1.2.3."),
    "Chinese numerals": _endless("三百二十一万零五"),
    "scale words": _endless("万亿千百"),
    "fractions": _endless("百分之三分之二点五"),
    "units": _endless("3公里/人·月"),
    "ranges": _endless("3-5至8～10"),
    "comparators": _endless("不少于达到以上左右"),
    "one clause": _endless("完成各项工作任务并持续推进"),
    "numbers in one clause": _endless("建成3处并新增5个"),
    "changes": _endless("由3场提高到5场"),
    "open brackets": _endless("（《“(["),
    "brackets": _endless("（12）《3》“4”"),
    "list marks": _endless("1、2.（三）一是①"),
    "per-each words": _endless("每个每村每年每10"),
    "years": _endless("2023年2024-2025年度"),
    "codes": _endless("A1-b2/C3 "),
    "standing facts": _endless("现有12人，下辖3个村，"),
    "spaces": _endless(" 　\t3 "),
    "line ends": _endless("\n3\r\n"),
    "surrogates": _endless("\ud8003\udfff场"),
    "full width": _endless("１２，３４５．６％"),
    "commas": _endless("，,，、"),
    "alternating": _endless("3a4b五c"),
}
"""Texts of any length that a careless pattern would be slow on."""


def seconds_of_grammar(text: str, *, rounds: int = 1) -> float:
    """The least processor seconds of ``find_quantities`` over an outcome text."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        find_quantities(text, Role.OUTCOME)
        times.append(time.process_time() - start)
    return min(times)
