"""Whether two values are per the same: 每人每月 and 人均每月, 每台 and 单台."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.core.quantity import Comparator
from pipeline.language.units import read_unit, to_base
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.per import Per, per_said
from pipeline.word_lists import any_of

# A price per piece, whichever piece: 单价, 均价, 成交价.
_UNIT_PRICE = re.compile(
    r"单价|均价|平均|标准(?<![按依达到]标准)(?!化)|单[台站间座套件所处车个项]"
    r"|间均|户均|亩均|项均|人均|村均"
)
# What stands for one thing of a kind: 每台, 每辆, 单车.
_KINDS = (
    "人名位员生师者民孩童",
    "台辆架车机套具",
    "处座站点所馆个间",
    "家户",
    "家店企厂社院园行馆",
    "场次期届轮讲",
    "餐顿份",
    # Each household or person gets one: 每份慰问品, 每户慰问品.
    "份户",
    "份人名位",
)
_GENERIC = "个件项"
_PLACES = frozenset("点站所校村镇乡县区园馆院户")
# A mean, or the least of all, speaks of each: 平均4个工作日, 最少的仅13人.
# So do all: 规模均在800头以上.
_OF_EACH = re.compile(
    r"平均|最[少低多高大小长短]的?(?:一[一-鿿])?[^，。；\d]{0,4}$|[均都](?:在|为|达到?)?$"
)
_EXTREME = re.compile(r"最([少低小短多高大长])的?(?:一[一-鿿])?[^，。；\d]{0,4}$")
# The most that any has says nothing of the least that each must have.
_LEAST = frozenset({Comparator.AT_LEAST, Comparator.MORE})
_MOST = frozenset({Comparator.AT_MOST, Comparator.LESS})
_UNTOLD = {**dict.fromkeys("多高大长", _LEAST), **dict.fromkeys("少低小短", _MOST)}
_SINCE = re.compile(r"(?:后|之日起|终了|结束)的?[^，。；、]{0,2}$")
_EXTENTS = frozenset({"area", "length"})
_THINGS = frozenset({"thing", "place", "organisation"})


class PerKind(NamedTuple):
    """What the words of a measure say of each.

    ``mean``: a mean of each, or a price per piece; ``pay``: one person's by the
    month; ``delay``: how soon after something; ``kept_clean``: 清扫面积, 日均清扫面积,
    which is so large however often; ``beside``: times that stand behind things only;
    ``bound``: the comparator of what is per thing; ``extreme``: 最多, 最少.
    """

    per: Per
    mean: bool
    pay: bool
    delay: bool
    kept_clean: bool
    beside: frozenset[str]
    bound: Comparator | None
    extreme: str


def per_fits(first: Measure, second: Measure) -> bool:
    """Per-each only with per-each of the same, or with a price per piece."""
    one, other = per_kind(first), per_kind(second)
    a, b = one.per, other.per
    if a is b:
        return True
    if a.times != b.times and not (
        (one.delay and other.delay)
        or (one.kept_clean and other.kept_clean)
        or _says_how_often(one, other)
        or _says_how_often(other, one)
    ):
        return False
    if a.thing and b.thing:
        return _same_thing(a, b)
    if (a.bare or not a.thing) and (b.bare or not b.thing):
        return True
    total, said = (second, other) if a.thing else (first, one)
    if total.quantity.value == 0:
        return True  # none at all is none per each: 死亡率为0
    if a.times and a.times == b.times and total.unit_class == "event":
        return True  # 坚持每日1次巡查 is how often each is visited: 每座水库每日1次
    by_month = bool(a.times) and said.pay
    each = one if a.thing else other
    mean = said.mean and each.bound not in _UNTOLD.get(said.extreme, ())
    return total.unit_class == "rate" or mean or by_month


def per_kind(measure: Measure) -> PerKind:
    """All of a measure that ``per_fits`` looks at, but for its value and unit class."""
    q = measure.quantity
    return _per_kind(
        q.unit, q.per, measure.unit_class, measure.local, measure.clause, q.comparator
    )


@lru_cache(maxsize=4096)
def _per_kind(
    unit: str | None,
    words: str | None,
    kind: str | None,
    local: str,
    clause: str,
    comparator: Comparator,
) -> PerKind:
    money = kind == "money"
    per = per_said(unit, words, clause)
    extreme = _EXTREME.search(clause)
    mean = _UNIT_PRICE.search(local + clause) if money else _OF_EACH.search(clause)
    return PerKind(
        per=per,
        mean=mean is not None,
        pay=money and any_of("pay").search(local) is not None,
        delay=kind == "time" and _SINCE.search(clause) is not None,
        kept_clean=kind in _EXTENTS and any_of("kept_clean").search(local) is not None,
        beside=_times_beside(kind, local, clause),
        bound=comparator if per.thing else None,
        extreme=extreme[1] if extreme else "",
    )


def _says_how_often(plain: PerKind, timed: PerKind) -> bool:
    """对46个断面每月开展监测 for 每月监测46个断面: so many of them, each time."""
    return not plain.per.times and timed.per.times <= plain.beside


def _times_beside(kind: str | None, local: str, clause: str) -> frozenset[str]:
    """How often something is done to the things that were counted: 站点每季度巡检."""
    if kind not in _THINGS or "每" not in local:
        return frozenset()  # most measures
    behind = local.strip().removeprefix(clause.strip())
    if "每" not in behind:
        return frozenset()
    return per_said(None, None, behind).times


def _same_thing(a: Per, b: Per) -> bool:
    extents = _extent(a.noun), _extent(b.noun)
    if None not in extents:
        return extents[0] == extents[1]  # 每度, 每千瓦时
    if a.noun and b.noun and set(_pairs(a.noun)) & set(_pairs(b.noun)):
        return True
    mine, theirs = a.unit + a.noun, b.unit + b.noun
    if a.noun[:1] and a.noun[:1] == b.noun[:1]:
        return True
    if _heads(a.noun) & _heads(b.noun):
        return True
    if a.unit and a.unit == b.unit and a.unit not in _GENERIC:
        return True
    for each, base in ((a, b), (b, a)):
        if each.unit and each.unit not in _GENERIC and base.noun.startswith(each.unit):
            return True  # 每张 and 张种
    for one, other in ((a, theirs), (b, mine)):
        short = one.unit if not one.noun else one.noun if len(one.noun) == 1 else ""
        if short and (short in other or any(_in_kind(short, other, k) for k in _KINDS)):
            return True
    return False


@lru_cache(maxsize=1024)
def _extent(noun: str) -> tuple[Decimal, str] | None:
    """How much a value is per where that is measured: 1 千瓦时 of 每度电价."""
    unit = read_unit(noun, 0, han=False) if noun else None
    if unit is None:
        return None
    much, base = to_base(Decimal(1), noun[: unit.unit_end])
    return (much, base) if base.startswith("scale") else None


def _heads(noun: str) -> set[str]:
    """点 of 监测点 and of 点位: what kind of place a name ends or begins with."""
    return {noun[-1:], noun[:1]} & _PLACES


def _in_kind(short: str, other: str, kind: str) -> bool:
    return short in kind and any(c in kind for c in other)


def _pairs(noun: str) -> list[str]:
    return [noun[i : i + 2] for i in range(len(noun) - 1)]
