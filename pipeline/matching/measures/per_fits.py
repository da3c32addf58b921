"""Whether two values are per the same: 每人每月 and 人均每月, 每台 and 单台.

What one side leaves out it may leave out only where it can mean nothing else: a
standard says neither whose nor how often, pay by the month is one person's, and so is
money that would be too little for all. A total never answers what is per each.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.core.quantity import Comparator
from pipeline.language.needles import Hint
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.per import Per, may_say_per, per_said
from pipeline.matching.measures.per_things import same_thing
from pipeline.matching.measures.per_times import bare_time, bare_time_in
from pipeline.word_lists import any_of

# A price per piece, whichever piece: 单价, 均价, 成交价.
_UNIT_PRICE = re.compile(
    r"单价|均价|平均|标准(?<![按依达到]标准)(?![化箱间田])|单[台站间座套件所处车个项]"
    r"|单位(?=[一-鿿]{0,6}成本)|间均|户均|亩均|项均|人均|村均"
)
_A_STANDARD = re.compile(r"标准(?<!达到标准)(?![化箱间田])")
# A mean, or the least of all, speaks of each: 平均4个工作日, 最少的仅13人.
# So do all: 规模均在800头以上.
_OF_EACH = re.compile(
    r"平均|单产|单位(?=[一-鿿]{0,6}(?:耗|产))|最[少低多高大小长短]的?(?:一[一-鿿])?[^，。；\d]{0,4}$|[均都](?:在|为|达到?)?$"
)
# 车间平均安装31只: a mean of those that it does not count.
_AVERAGED = re.compile(r"平均[^的，。；\d]{0,10}$")
_EXTREME = re.compile(r"最([少低小短多高大长])的?(?:一[一-鿿])?[^，。；\d]{0,4}$")
# The most that any has says nothing of the least that each must have.
_LEAST = frozenset({Comparator.AT_LEAST, Comparator.MORE})
_MOST = frozenset({Comparator.AT_MOST, Comparator.LESS})
_UNTOLD = {**dict.fromkeys("多高大长", _LEAST), **dict.fromkeys("少低小短", _MOST)}
_SINCE = re.compile(r"(?:后|之日起|终了|结束)的?[^，。；、]{0,2}$")
_EXTENTS = frozenset({"area", "length"})
_THINGS = frozenset({"thing", "place", "organisation"})
_COUNTS = frozenset({"thing", "place", "organisation", "person", "person_time"}) | {
    *("document", "event", "case")
}
_AMOUNTS = frozenset({"money", "energy", "mass", "volume"})
# How often a thing is gone to, which all that are gone to share: 每日2次.
_OFTEN = frozenset({"次", "遍", "趟", "轮", "回"})
_MOST_OFTEN = Decimal(31)
_OF_ALL = re.compile("共|合计|累计|总|全年|[全各][市县区镇乡村校院厂]")
# Nobody pays so little in all: 460元/月 is one person's.
_FOR_ONE = Decimal(10_000)


class PerKind(NamedTuple):
    """What the words of a measure say of each.

    ``mean``: a mean of each, or a price per piece; ``standard``: money that is called
    one; ``averaged``: a count that is the mean of things not named; ``pay``: one
    person's by the month; ``often``: so many times, and not those of all;
    ``of_all``: an amount that is called the sum; ``delay``: how soon after something; ``kept_clean``: 清扫面积, 日均清扫面积, which is so large
    however often; ``beside``: times that stand behind things only;
    ``perhaps``: a time that no word says to be one; ``bound``: the
    comparator of what is per thing; ``extreme``: 最多, 最少.
    """

    per: Per
    mean: bool
    standard: bool
    averaged: bool
    pay: bool
    often: bool
    of_all: bool
    delay: bool
    kept_clean: bool
    beside: frozenset[str]
    perhaps: frozenset[str]
    bound: Comparator | None
    extreme: str


def per_fits(first: Measure, second: Measure) -> bool:
    """Per-each only with per-each of the same, or with a price per piece."""
    one, other = per_kind(first), per_kind(second)
    a, b = one.per, other.per
    if a.times != b.times and not _times_may_differ(one, other):
        return False
    if one.averaged != other.averaged and not (a.thing or b.thing or a.times):
        return False
    if a is b:
        return True
    if a.thing and b.thing:
        return same_thing(a, b)
    if (a.bare or not a.thing) and (b.bare or not b.thing):
        # 药耗全年21万元 is no 吨水药耗.
        return not ((a.thing and other.of_all) or (b.thing and one.of_all))
    if a.thing:
        return _is_of_each(second, other, one)
    return _is_of_each(first, one, other)


def _times_may_differ(one: PerKind, other: PerKind) -> bool:
    return (
        (one.delay and other.delay)
        or (one.kept_clean and other.kept_clean)
        or _says_how_often(one, other)
        or _says_how_often(other, one)
        or _may_be_at(one, other)
        or _may_be_at(other, one)
        or _is_a_standard(one)
        or _is_a_standard(other)
    )


def _may_be_at(one: PerKind, other: PerKind) -> bool:
    """隔离舍日冲洗2遍 for 每天冲洗2遍."""
    return bool(one.perhaps) and one.perhaps == other.per.times


def _is_a_standard(kind: PerKind) -> bool:
    """城市标准650元 for 城市低保每人每月650元: it need not say how often."""
    return kind.standard and not kind.per.times and not kind.per.yearly


def _is_of_each(total: Measure, said: PerKind, each: PerKind) -> bool:
    """Whether a value that names no thing speaks of each all the same."""
    if total.quantity.value == 0:
        return True  # none at all is none per each: 死亡率为0
    times = said.per.times
    if times and times == each.per.times and said.often:
        return True  # 坚持每日1次巡查 is how often each is visited: 每座水库每日1次
    if said.pay and (times or (said.per.yearly and each.per.yearly)):
        return True
    mean = said.mean and each.bound not in _UNTOLD.get(said.extreme, ())
    return total.unit_class == "rate" or mean


def per_kind(measure: Measure) -> PerKind:
    """All of a measure that ``per_fits`` looks at, but for its value and unit class."""
    known: PerKind | None = measure.notes.get("per")
    if known is None:
        known = measure.notes["per"] = _read_per_kind(measure)
    return known


def _read_per_kind(measure: Measure) -> PerKind:
    q = measure.quantity
    kind = measure.unit_class
    if kind == "money":
        few = q.value < _FOR_ONE and "万" not in q.quote
    else:
        few = kind == "event" and q.value <= _MOST_OFTEN
    local, clause = measure.local, measure.clause
    if not _of_each().may_match(local if clause in local else local + clause):
        local = clause = ""  # most phrases; of a unit they all say the same
    return _per_kind(q.unit, q.per, kind, local, clause, q.comparator, few)


@lru_cache(maxsize=1)
def _of_each() -> Hint:
    """What tells that a phrase may say anything of each, or that it is of all."""
    asked = _UNIT_PRICE, _OF_EACH, _EXTREME, _OF_ALL, _SINCE, any_of("kept_clean")
    return Hint(*asked, *may_say_per(), bare_time())


def per_of(measure: Measure) -> Per:
    """What a measure is per; an empty Per for a plain total."""
    return per_kind(measure).per


@lru_cache(maxsize=4096)
def _per_kind(
    unit: str | None,
    words: str | None,
    kind: str | None,
    local: str,
    clause: str,
    comparator: Comparator,
    few: bool,
) -> PerKind:
    money = kind == "money"
    per = per_said(unit, words, clause)
    extreme = _EXTREME.search(clause)
    mean = _UNIT_PRICE.search(local + clause) if money else _OF_EACH.search(clause)
    return PerKind(
        per=per,
        mean=mean is not None,
        standard=money
        and few
        and mean is not None
        and _is_called_standard(local + clause),
        averaged=kind in _COUNTS and mean is not None and _is_averaged(clause),
        pay=money and few,
        often=few and unit in _OFTEN and _OF_ALL.search(clause) is None,
        of_all=kind in _AMOUNTS and _OF_ALL.search(clause) is not None,
        delay=kind == "time" and _SINCE.search(clause) is not None,
        kept_clean=kind in _EXTENTS and any_of("kept_clean").search(local) is not None,
        beside=_times_beside(kind, local, clause),
        perhaps=frozenset() if per.times else bare_time_in(clause),
        bound=comparator if per.thing else None,
        extreme=extreme[1] if extreme else "",
    )


def _is_called_standard(words: str) -> bool:
    return _A_STANDARD.search(words) is not None


def _is_averaged(clause: str) -> bool:
    return _AVERAGED.search(clause) is not None


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
