"""What a value is per: 每人每月, 元/亩, 场均, 单个基地, 平均每点.

A value per each answers only a value per the same; a form is annual, so
每年 says nothing. What it is per is read from the unit, from the words that
the grammar kept as ``per``, and else from the phrase before the number.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.per_unit import mean_words
from pipeline.matching.measures.measure import Measure
from pipeline.word_lists import alternatives, any_of

_YEARLY = re.compile(r"每(?:学?年度?)|(?<!每)年均")
# 三万人 and 5公里 are so many, not what a value is per.
_NUMERALS = frozenset("0123456789一二两三四五六七八九十几数余来多每")
# Each word for what a value is per has one of these.
_PER_LETTER = re.compile("[每均单各亩日月]")
_TIMES = "学期|季度|半年|[季月周日天]"
_SAME_TIME = {"季": "季度", "天": "日"}
# 各样地均监测3期 says of each what 每个样地监测3次 asks.
_ALL = re.compile(r"各(?P<noun>[^，、各均每\d]{1,6})均(?=[^衡分])")
# A price per piece, whichever piece: 单价, 均价, 成交价.
_UNIT_PRICE = re.compile(
    r"单价|均价|平均|(?<![按依达到])标准(?!化)|单[台站间座套件所处车个项]|[间户亩项人村]均"
)
# What stands for one thing of a kind: 每台, 每辆, 单车.
_KINDS = (
    "人名位员生师者民",
    "台辆架车机套具",
    "处座站点所馆个间",
    "家户",
    "场次期届轮讲",
)
_GENERIC = "个件项"
_PLACES = frozenset("点站所校村镇乡县区园馆院户")
# A mean, or the least of all, speaks of each: 平均4个工作日, 最少的仅13人.
_OF_EACH = re.compile(r"平均|最[少低多高大小长短]的?[^，。；\d]{0,2}$")
_SINCE = re.compile(r"(?:后|之日起|终了|结束)的?[^，。；、]{0,2}$")
_THINGS = frozenset({"thing", "place", "document", "person"})
_EXTENTS = frozenset({"area", "length"})


# 全县培训4次 is no longer of each.
_COUNTED_ANEW = re.compile(r"每|各|均|共|总|合计|累计|全|其中|另|单")


class Per(NamedTuple):
    """What a value is per: times (月, 季度) and a thing with its classifier.

    ``bare``: no word says 每, as in 万人专利拥有量, which may as well stand without 万人.
    """

    times: frozenset[str] = frozenset()
    unit: str = ""
    noun: str = ""
    bare: bool = False

    @property
    def thing(self) -> bool:
        """Whether it is per thing, not only per time."""
        return bool(self.unit or self.noun)


_TOTAL = Per()


def per_fits(first: Measure, second: Measure) -> bool:
    """Per-each only with per-each of the same, or with a price per piece."""
    one, other = per_kind(first), per_kind(second)
    a, b = one.per, other.per
    if a is b:
        return True
    if a.times != b.times and not (
        (one.delay and other.delay) or (one.kept_clean and other.kept_clean)
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
    return total.unit_class == "rate" or said.mean or by_month


def carry_each(measures: Sequence[Measure]) -> list[Measure]:
    """每个卫生院讲座12场、咨询9次: the next count of events is per 卫生院 as well."""
    carried: list[Measure] = []
    for measure in measures:
        before = carried[-1] if carried else None
        each = _each_before(before, measure) if before else ""
        if each:
            measure = dataclasses.replace(measure, clause=each + measure.clause)
        carried.append(measure)
    return carried


def _each_before(before: Measure, measure: Measure) -> str:
    """What the clause before begins with, if one after the comma goes on with it."""
    said = _begins_with_each().match(before.clause)
    goes_on = (
        said
        and before.sentence == measure.sentence
        and (_is_next_event(before, measure) or _is_next_thing(before, measure))
        and "每" not in before.clause[1:]
        and not _COUNTED_ANEW.search(measure.clause)
        and measure.clause
        and not any_of("counts_anew").match(measure.clause)
        and per_of(before).thing
    )
    return said[0] if said and goes_on else ""


def _is_next_event(before: Measure, measure: Measure) -> bool:
    return before.unit_class == measure.unit_class == "event" and (
        before.after.startswith(f"，{measure.clause}") or _is_listed(before, measure)
    )


def _is_next_thing(before: Measure, measure: Measure) -> bool:
    """每个中心篮球场1个、戏台1座: what each of them gets, one after the other."""
    return (
        before.unit_class in _THINGS
        and measure.unit_class in _THINGS
        and _is_listed(before, measure)
    )


def _is_listed(before: Measure, measure: Measure) -> bool:
    return measure.clause[:1] == "、" and before.after.startswith(measure.clause)


class PerKind(NamedTuple):
    """What the words of a measure say of each.

    ``mean``: a mean of each, or a price per piece; ``pay``: one person's by the
    month; ``delay``: how soon after something; ``kept_clean``: 清扫面积, 日均清扫面积,
    which is so large however often.
    """

    per: Per
    mean: bool
    pay: bool
    delay: bool
    kept_clean: bool


def per_kind(measure: Measure) -> PerKind:
    """All of a measure that ``per_fits`` looks at, but for its value and unit class."""
    q = measure.quantity
    return _per_kind(q.unit, q.per, measure.unit_class, measure.local, measure.clause)


@lru_cache(maxsize=4096)
def _per_kind(
    unit: str | None, words: str | None, kind: str | None, local: str, clause: str
) -> PerKind:
    money = kind == "money"
    mean = _UNIT_PRICE.search(local + clause) if money else _OF_EACH.search(clause)
    return PerKind(
        per=_per(unit, words, clause),
        mean=mean is not None,
        pay=money and any_of("pay").search(local) is not None,
        delay=kind == "time" and _SINCE.search(clause) is not None,
        kept_clean=kind in _EXTENTS and any_of("kept_clean").search(local) is not None,
    )


def names_only_each(measure: Measure) -> bool:
    """Whether a phrase says no more than what its value is per: 间均, 每户."""
    return _is_only_each(measure.local)


@lru_cache(maxsize=8192)
def _is_only_each(phrase: str) -> bool:
    return _only_each().fullmatch(phrase.strip()) is not None


def per_of(measure: Measure) -> Per:
    """What a measure is per; an empty Per for a plain total."""
    quantity = measure.quantity
    return _per(quantity.unit, quantity.per, measure.clause)


@lru_cache(maxsize=4096)
def _per(unit: str | None, words: str | None, phrase: str) -> Per:
    if unit and "/" in unit:
        printed = _of_unit(unit.partition("/")[2])
        if printed.thing or not words:
            return printed
        # 每人不超过500元/年 is per person, whatever else the unit says.
        said = _of_words(words)
        return said._replace(times=printed.times | said.times)
    known = _of_words(words) if words else _TOTAL
    said = _of_words(phrase)
    if known.thing:
        return (
            known if known.times or not said.times else known._replace(times=said.times)
        )
    if said is known:
        return known
    return said._replace(times=known.times or said.times)


def _of_unit(what: str) -> Per:
    """元/人·月 is per person and month."""
    pieces = re.split(r"[·*/]", what)
    times = frozenset(_SAME_TIME.get(p, p) for p in pieces if re.fullmatch(_TIMES, p))
    things = [p for p in pieces if not re.fullmatch(rf"{_TIMES}|学?年|", p)]
    return Per(times, noun="".join(things))


def _of_words(text: str) -> Per:
    said = _of_each(text) if _PER_LETTER.search(text) else _TOTAL
    return said if said != _TOTAL else _of_base(text)


def _of_base(text: str) -> Per:
    """万人专利拥有量 is per 万人, 吨水处理成本 per 吨, with no word that says so."""
    base = _base().search(text)
    if base is None or text[base.start() - 1 : base.start()] in _NUMERALS:
        return _TOTAL
    return Per(noun=base[1] or base[2], bare=True)


@lru_cache(maxsize=1)
def _base() -> re.Pattern[str]:
    return re.compile(
        rf"({alternatives('statistic_bases')})[一-鿿]{{0,8}}?(?:{alternatives('statistics')})"
        rf"|({alternatives('priced_units')})[一-鿿]{{0,8}}?(?:{alternatives('prices')})"
    )


def _of_each(text: str) -> Per:
    text = _YEARLY.sub("", text)
    if not _per_word().search(text):
        return _TOTAL
    times = frozenset(
        _SAME_TIME.get(name, name)
        for pair in _per_time().findall(text)
        for name in pair
        if name
    )
    rest = _per_time().sub("", text)
    mean = _mean().search(rest)
    if mean:
        return Per(times, mean["unit"] or mean["first"] or mean[0])
    all_of = _ALL.search(rest)
    if all_of:
        return Per(times, noun=all_of["noun"])
    for each in _each().finditer(rest):
        if each["unit"] or (each["noun"] and each[0][0] == "每"):
            return Per(times, each["unit"] or "", each["noun"].strip())
    return Per(times)


@lru_cache(maxsize=1)
def _per_word() -> re.Pattern[str]:
    """Each of the patterns below asks for one of these."""
    return re.compile(f"[每均单各]|亩[补产]|[日月](?={alternatives('by_time')})")


@lru_cache(maxsize=1)
def _per_time() -> re.Pattern[str]:
    """每月, 月均, 各季度均; 日处理能力 and 月报酬 are per day and month as well."""
    return re.compile(
        rf"每({_TIMES})|([季月周日])均|各({_TIMES})(?=[均都])"
        r"|(?:[上下]|春季?|秋季?)(学期|半年)[和与及、](?:[上下]|春季?|秋季?)(?:学期|半年)(?:均|都)?各"
        r"|(?<![节假生今当昨本次近末逐终每首同即某\d一二三四五六七八九十])"
        rf"([日月])(?={alternatives('by_time')})"
    )


@lru_cache(maxsize=1)
def _each() -> re.Pattern[str]:
    return re.compile(
        rf"(?:每|单(?!位|项(?!目)))(?:(?P<unit>点位|{alternatives('each_classifiers')})(?![价一]))?"
        r"(?P<noun>[^，、每单均由从\d]{0,8})"
    )


@lru_cache(maxsize=1)
def _begins_with_each() -> re.Pattern[str]:
    return re.compile(
        rf"每(?!{_TIMES}|年|次|场|期|批)(?:{alternatives('each_classifiers')})?[一-鿿]{{1,4}}"
    )


@lru_cache(maxsize=1)
def _mean() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![各全该\d万千百])亩(?=[补产])|(?<![各全该时期\d])(?P<unit>{_means()})"
        r"均(?!有(?!效)|[衡已为按在能聘巡配实设开通完]|达(?!到?$))"
        # Alone at the head of its clause 人均完成 is a mean, 学员人均完成 may be said of all.
        r"|(?<![一-鿿\d])(?P<first>[人户亩场班])均(?!衡)"
    )


def _means() -> str:
    return "|".join(w for w in mean_words() if not re.fullmatch("年|" + _TIMES, w))


@lru_cache(maxsize=1)
def _only_each() -> re.Pattern[str]:
    return re.compile(
        r"[，、]?(?:平均|按)?(?:每[一-鿿]|单[台站间座套件处车个项]|"
        rf"(?:{_means()})均)(?:约|为|达到?)?"
    )


def _same_thing(a: Per, b: Per) -> bool:
    if a.noun and b.noun and set(_pairs(a.noun)) & set(_pairs(b.noun)):
        return True
    mine, theirs = a.unit + a.noun, b.unit + b.noun
    if a.noun[:1] and a.noun[:1] == b.noun[:1]:
        return True
    if _heads(a.noun) & _heads(b.noun):
        return True
    if a.unit and a.unit == b.unit and a.unit not in _GENERIC:
        return True
    for one, other in ((a, theirs), (b, mine)):
        short = one.unit if not one.noun else one.noun if len(one.noun) == 1 else ""
        if short and (short in other or any(_in_kind(short, other, k) for k in _KINDS)):
            return True
    return False


def _heads(noun: str) -> set[str]:
    """点 of 监测点 and of 点位: what kind of place a name ends or begins with."""
    return {noun[-1:], noun[:1]} & _PLACES


def _in_kind(short: str, other: str, kind: str) -> bool:
    return short in kind and any(c in kind for c in other)


def _pairs(noun: str) -> list[str]:
    return [noun[i : i + 2] for i in range(len(noun) - 1)]
