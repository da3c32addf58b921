"""What a value is per: 每人每月, 元/亩, 场均, 单个基地, 平均每点.

A form is annual, so 每年 says nothing. What a value is per is read from the unit,
from the words that the grammar kept as ``per``, and else from the phrase before
the number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.needles import Hint
from pipeline.language.per_unit import mean_words
from pipeline.matching.measures.measure import Measure
from pipeline.word_lists import alternatives

_YEARLY = re.compile(r"每(?:学?年度?)|(?<!每)年均")
# 三万人 and 5公里 are so many, not what a value is per.
_NUMERALS = frozenset("0123456789一二两三四五六七八九十几数余来多每")
# Each word for what a value is per has one of these.
_PER_LETTER = re.compile("[每均单各亩日月]")
TIMES = "学期|季度|半年|星期|礼拜|个月|工作日|[季月周日天旬]"
_SAME_TIME = {
    "季": "季度",
    "天": "日",
    "工作日": "日",
    "星期": "周",
    "礼拜": "周",
    "个月": "月",
    # Days on which there is school are all the days that count.
    "上学日": "日",
    "上课日": "日",
    "就餐日": "日",
    "供餐日": "日",
}
_HAPPENINGS = ("投诉", "故障")
# A standard by itself, whose unit says what it is per: 标准为600元/人.
_A_STANDARD = re.compile(
    r"[，、 ]*(?:按|执行)?(?:补助|补贴|发放|直补|给付)?标准(?:为|是)? *"
)
# 各样地均监测3期 says of each what 每个样地监测3次 asks.
_ALL = re.compile(r"各(?P<noun>[^，、各均每\d]{1,6})均(?=[^衡分])")


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


def names_only_each(measure: Measure) -> bool:
    """Whether a phrase says no more than what its value is per: 间均, 每户, 标准为…元/人."""
    if _is_only_each(measure.local):
        return True
    unit = measure.quantity.unit or ""
    return "/" in unit and _A_STANDARD.fullmatch(measure.local) is not None


@lru_cache(maxsize=8192)
def _is_only_each(phrase: str) -> bool:
    return _only_each().fullmatch(phrase.strip()) is not None


def per_of(measure: Measure) -> Per:
    """What a measure is per; an empty Per for a plain total."""
    quantity = measure.quantity
    return per_said(quantity.unit, quantity.per, measure.clause)


@lru_cache(maxsize=4096)
def per_said(unit: str | None, words: str | None, phrase: str) -> Per:
    """What is said by a printed unit, by the words kept as ``per``, or by a phrase."""
    if unit and ("/" in unit or "每" in unit):  # 元/亩, 元每亩
        printed = _of_unit(re.split("[/每]", unit, maxsplit=1)[1])
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
    times = frozenset(_SAME_TIME.get(p, p) for p in pieces if re.fullmatch(TIMES, p))
    things = [p for p in pieces if not re.fullmatch(rf"{TIMES}|学?年|", p)]
    return Per(times, noun="".join(things))


def _of_words(text: str) -> Per:
    said = _of_each(text) if _PER_LETTER.search(text) else _TOTAL
    return said if said != _TOTAL else _of_base(text)


def _of_base(text: str) -> Per:
    """万人专利拥有量 is per 万人, 吨水处理成本 per 吨, with no word that says so."""
    base = _base().search(text) if _hint_of_base().may_match(text) else None
    if base is None or text[base.start() - 1 : base.start()] in _NUMERALS:
        return _TOTAL
    # 11 complaints are no 11 for every million.
    happen = base[0].endswith(_HAPPENINGS)
    return Per(noun=base[1] or base[2], bare=not happen)


@lru_cache(maxsize=1)
def _base() -> re.Pattern[str]:
    return re.compile(
        rf"({alternatives('statistic_bases')})[一-鿿]{{0,8}}?(?:{alternatives('statistics')})"
        rf"|({alternatives('priced_units')})[一-鿿]{{0,8}}?(?:{alternatives('prices')})"
    )


@lru_cache(maxsize=1)
def _hint_of_base() -> Hint:
    return Hint(_base())


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
    single = _single().search(rest)
    if single:
        return Per(times, single[1])
    return Per(times)


@lru_cache(maxsize=1)
def _per_word() -> re.Pattern[str]:
    """Each of the patterns below asks for one of these."""
    return re.compile(f"[每均单各]|亩[补产]|[日月](?={alternatives('by_time')})")


@lru_cache(maxsize=1)
def _per_time() -> re.Pattern[str]:
    """每月, 月均, 各季度均; 日处理能力 and 月报酬 are per day and month as well."""
    return re.compile(
        rf"每({TIMES})|每个?([上][学课]日|[就供]餐日)|([季月周日])均|各({TIMES})(?=[均都])"
        # 月人均80元, 人均月增收300元
        r"|(?<![一-鿿\d])(?:平均)?([日月周])(?=[人户]均)|(?<=[人户]均)([日月周])(?![一-鿿]?[期份])"
        r"|(?:[上下]|春季?|秋季?)(学期|半年)[和与及、](?:[上下]|春季?|秋季?)(?:学期|半年)(?:均|都)?各"
        r"|(?<![节假生今当昨本次近末逐终每首同即某\d一二三四五六七八九十])"
        rf"([日月])(?={alternatives('by_time')})"
    )


@lru_cache(maxsize=1)
def _each() -> re.Pattern[str]:
    return re.compile(
        rf"(?:每|单(?!位|项(?!目)))(?:(?P<unit>点位|车(?=[年月均]|{alternatives('prices')}|[运修维保]|行驶)|{alternatives('each_classifiers')})(?![价一]))?"
        r"(?P<noun>[^，、每单均由从\d]{0,8})"
    )


@lru_cache(maxsize=1)
def _single() -> re.Pattern[str]:
    """单车年运行费, 单校改造费用: what one of them costs, which is no 共享单车."""
    return re.compile(
        r"(?<![享清订名菜账保工传简])单([车船井校站楼桥炉机厂塘村店园馆库])"
        r"(?=[年月日]?(?:平均)?(?:运行|运维|维护|维修|建设|改造|投资|成本|费用|造价|能耗|油耗|补助))"
    )


@lru_cache(maxsize=1)
def _mean() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![各全该\d万千百])亩(?=[补产])|(?<![各全该时期\d])(?P<unit>{_means()})"
        r"均(?!有(?!效)|[衡已为按在能聘巡配实设开通完]|达(?!到?$))"
        # Alone at the head of its clause 人均完成 is a mean, 学员人均完成 may be said of all.
        rf"|(?<![一-鿿\d])(?P<first>{alternatives('means_at_head')}|{_means()})均(?!衡)"
    )


def _means() -> str:
    return "|".join(w for w in mean_words() if not re.fullmatch("年|" + TIMES, w))


@lru_cache(maxsize=1)
def _only_each() -> re.Pattern[str]:
    return re.compile(
        r"[，、]?(?:(?:合同|经|按)?(?:结算|核算|测算|折算|折合|决算)(?:后|下来|为)?){0,2}(?:平均|按)?(?:(?:每[一-鿿]){1,2}|单[台站间座套件处车个项]|"
        rf"(?:{_means()})均)(?:约|为|达到?)?"
    )
