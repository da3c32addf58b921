"""What a value is per: 每人每月, 元/亩, 场均, 单个基地, 平均每点, 一户合.

A form is annual, so 每年 says nothing. What a value is per is read from the unit,
from the words that the grammar kept as ``per``, and else from the phrase before
the number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.needles import Hint
from pipeline.language.per_unit import mean_words
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.per_times import (
    GAP,
    TIMES,
    may_tell_a_time,
    time_named,
    times_in,
)
from pipeline.word_lists import alternatives, any_of

# 三万人 and 5公里 are so many, not what a value is per.
_NUMERALS = frozenset("0123456789一二两三四五六七八九十几数余来多每")
_HAPPENINGS = ("投诉", "故障")
# A standard by itself, whose unit says what it is per: 标准为600元/人.
_A_STANDARD = re.compile(
    r"[，、 ]*(?:按|执行)?(?:补助|补贴|发放|直补|给付)?标准(?:为|是)? *"
)
# 各样地均监测3期 says of each what 每个样地监测3次 asks, 各校一周5天 may say so.
_ALL = re.compile(r"各(?P<noun>[^，、各均每\d@]{1,12})(?:@?(?P<all>均)(?=[^衡分])|@)")
# 每日预报共365期 counts all the days; 每人合计1200元 is of each.
_SUMMED = re.compile(r"(?P<last>.?)(?:共计?|合计|累计|总计|总共)(?:为|有|达到?)?$")
# 单台(套)50万元以上大型仪器: which ones are counted, not what their number is per.
_WHICH = re.compile(
    r"(?:每|单)[台件套个项笔](?:\(套\))?(?:价值?|金额)?\d[\d.]*[万亿]?元(?:及)?以[上下内]的?"
)

# What so much money is paid for: 一户1200元, 一亩补80元.
_PAID = re.compile(
    r"(?<![第同统唯的])一(?P<unit>[一-鿿](?<![期季年月周天日批轮律致般些]))"
    r"[地牛羊猪]?(?:[合折摊约补奖给发付按收卖]|补助|补贴|奖励|收费)*$"
)


# 每人, 单台, 一户合, 户均.
_EACH_SAID = re.compile("[每单一均]")


class Per(NamedTuple):
    """What a value is per: times (月, 季度) and a thing with its classifier.

    ``bare``: no word says 每, as in 万人专利拥有量, which may as well stand without 万人.
    ``yearly``: the year is named (每人每年), which says that it is per no other time.
    """

    times: frozenset[str] = frozenset()
    unit: str = ""
    noun: str = ""
    bare: bool = False
    yearly: bool = False

    @property
    def thing(self) -> bool:
        """Whether it is per thing, not only per time."""
        return bool(self.unit or self.noun)


_TOTAL = Per()
# 每车次 is per trip, not per car; 每床日 per day of a bed.
GENERIC = "个件项"
COMPOSITES = frozenset(
    [
        "车次",
        "台次",
        "架次",
        "航次",
        "户次",
        "亩次",
        "班次",
        "床日",
        "人日",
        "人天",
        "台班",
    ]
)


def names_only_each(measure: Measure) -> bool:
    """Whether a phrase says no more than what its value is per: 间均, 每户, 标准为…元/人."""
    if _is_only_each(measure.local):
        return True
    unit = measure.quantity.unit or ""
    return "/" in unit and _A_STANDARD.fullmatch(measure.local) is not None


def _is_only_each(phrase: str) -> bool:
    if not _EACH_SAID.search(phrase):
        return False  # most phrases
    return _only_each().fullmatch(phrase.strip()) is not None


@lru_cache(maxsize=4096)
def per_said(unit: str | None, words: str | None, phrase: str) -> Per:
    """What is said by a printed unit, by the words kept as ``per``, or by a phrase."""
    if unit and ("/" in unit or "每" in unit):  # 元/亩, 元每亩
        printed = _of_unit(re.split("[/每]", unit, maxsplit=1)[1])
        if printed.thing or not words:
            return printed
        # 每人不超过500元/年 is per person, whatever else the unit says.
        said = _of_words(words)
        return said._replace(
            times=printed.times | said.times, yearly=printed.yearly or said.yearly
        )
    known = _of_words(words) if words else _TOTAL
    said = _of_phrase(phrase)
    if unit == "元" and not said.thing and "一" in phrase:
        paid = _PAID.search(phrase)
        said = said._replace(unit=paid["unit"]) if paid else said
    if known.thing:
        if not known.noun and said.unit == known.unit and _fills(known.unit, said.noun):
            known = known._replace(noun=said.noun)  # 每个 was kept of 每个标准化牧场
        return known._replace(
            times=known.times or said.times, yearly=known.yearly or said.yearly
        )
    if not (known.times or known.yearly):
        return said  # most
    return said._replace(
        times=known.times or said.times, yearly=known.yearly or said.yearly
    )


def _fills(unit: str, noun: str) -> bool:
    """Whether a name says more than its classifier: 个标准化牧场, 口井."""
    return unit in GENERIC or len(noun) == 1


def _of_unit(what: str) -> Per:
    """元/人·月 is per person and month, and so are 元/人月 and 元每人每月."""
    pieces = [
        p for p in re.split(r"[·*/.每()]|(?<=[人户生])(?=[年月日天]$)", what) if p
    ]
    times = frozenset(time_named(p) for p in pieces if re.fullmatch(TIMES, p))
    things = [p for p in pieces if not re.fullmatch(rf"{TIMES}|学?年", p)]
    yearly = any(p.endswith("年") for p in pieces)
    return Per(times, noun="".join(things), yearly=yearly)


def _of_phrase(text: str) -> Per:
    """What the words before a number say, unless they sum it up."""
    summed = _SUMMED.search(text) if "计" in text or "共" in text else None
    if summed and not _each_last().search(text, 0, summed.end("last")):
        return _TOTAL
    return _of_words(text)


def _of_words(text: str) -> Per:
    said = _of_each(text) if _hint_of_each().search(text) else _TOTAL
    return said if said != _TOTAL else _of_base(text)


def _of_base(text: str) -> Per:
    """万人专利拥有量 is per 万人, 吨水处理成本 per 吨, with no word that says so."""
    base = _base().search(text) if _hint_of_base().may_match(text) else None
    if base is None or text[base.start() - 1 : base.start()] in _NUMERALS:
        return _TOTAL
    # 11 complaints are no 11 for every million.
    happen = base[0].endswith(_HAPPENINGS)
    return Per(noun=base[1] or base[2], bare=not happen)


def may_say_per() -> Sequence[re.Pattern[str]]:
    """What finds any word for which ``per_said`` looks at a phrase."""
    return _PAID, _hint_of_each(), _base()


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
    times, yearly, rest = times_in(_WHICH.sub("", text))
    return _thing_in(rest)._replace(times=times, yearly=yearly)


def _thing_in(rest: str) -> Per:
    """The thing that a value is per, in a phrase whose times are taken out."""
    mean = _mean().search(rest) if "均" in rest or "亩" in rest else None
    if mean:
        said = (
            mean["unit"]
            or mean["first"]
            or mean["what"]
            or mean["who"]
            or mean["twice"]
        )
        return Per(unit=said or mean[0])
    all_of = _ALL.search(rest) if "各" in rest else None
    if all_of:
        return Per(noun=all_of["noun"], bare=not all_of["all"])
    if "每" in rest or "单" in rest:
        for each in _each().finditer(rest):
            if each["unit"] or (each["noun"] and each[0][0] == "每"):
                return Per(unit=each["unit"] or "", noun=_name(each["noun"]))
        single = _single().search(rest)
        if single:
            return Per(unit=single[1])
    one = _one().search(rest) if "一" in rest else None
    return _of_one(one) if one else _TOTAL


def _of_one(one: re.Match[str]) -> Per:
    """一名导师带徒3人 may tell of each, or of one of them alone."""
    alone = one.start() == 0 and one["unit"]
    unit = one["unit"] or one["any"]
    return Per(unit=unit, noun=_name(one["noun"]), bare=bool(alone))


def _name(noun: str) -> str:
    """A name without what its thing gets or costs: 店 of 店给予."""
    return any_of("ends_a_name").split(noun.strip(), maxsplit=1)[0]


@lru_cache(maxsize=1)
def _hint_of_each() -> re.Pattern[str]:
    """Each of the patterns of times and things asks for one of these."""
    return re.compile(
        rf"单|亩[补产]|一(?<=[合折摊算按到]一)|一(?<=^一)|{may_tell_a_time().pattern}"
    )


@lru_cache(maxsize=1)
def _each() -> re.Pattern[str]:
    return re.compile(
        rf"(?:每一?|(?<![享清订名菜账保工传简])单(?!位|项(?!目)))(?:(?P<unit>点位|{'|'.join(COMPOSITES)}|车(?=[年月均{GAP}]|{alternatives('prices')}|[运修维保]|行驶)|{alternatives('each_classifiers')})(?![价一]))?"
        rf"(?P<noun>[^，、每单均由从\d{GAP}]{{0,8}})"
    )


@lru_cache(maxsize=1)
def _each_last() -> re.Pattern[str]:
    """每人, 户均 at the end of a phrase."""
    return re.compile(rf"(?:每[一-鿿]{{1,2}}|(?:{_means()})均|平均[一-鿿]?)$")


@lru_cache(maxsize=1)
def _one() -> re.Pattern[str]:
    """平均一个站, 一户合, 一亩补: one of them, for all of them."""
    unit = rf"(?P<unit>{'|'.join(COMPOSITES)}|亩|吨|公里|度|方|餐|次|生|村|{alternatives('each_classifiers')})"
    return re.compile(
        rf"(?:(?<=[均合折摊算按到])一|(?<![一-鿿\d])一(?=[一-鿿]{{1,5}}{GAP})|^一)"
        rf"(?:{unit}|(?<=[均折摊]一)(?P<any>[一-鿿]))(?P<noun>[^，、每单均由从\d{GAP}]{{0,8}})"
    )


@lru_cache(maxsize=1)
def _single() -> re.Pattern[str]:
    """单车年运行费, 单灯电费: what one of them costs, uses or does, which is no 共享单车."""
    return re.compile(
        r"(?<![享清订名菜账保工传简])单([车船井校站楼桥炉机厂塘村店园馆库灯棚窑泵艇线舍柜])"
        rf"(?=[年月日{GAP}]?(?:平均)?(?:{alternatives('done_by_one')}))"
    )


@lru_cache(maxsize=1)
def _mean() -> re.Pattern[str]:
    heads = f"{alternatives('means_at_head')}|{_means()}"
    return re.compile(
        rf"(?<![各全该\d万千百])亩(?=[补产])|(?<![各全该时期\d])(?P<unit>{_means()})"
        r"均(?!有(?!效)|[衡已为按在能聘巡配实设开通完]|达(?!到?$))"
        r"|(?<=[生员民师者])(?P<who>人)均"
        r"|(?P<twice>[一-鿿])(?P=twice)均"  # 派出所所均配备
        # Alone at the head of its clause 人均完成 is a mean, 学员人均完成 may be said of all.
        rf"|(?<![一-鿿\d])(?P<first>{heads})均(?!衡)"
        # 幼儿园园均补助3万元: what each costs or gets, in whatever words before.
        rf"|(?<![各全该\d])(?P<what>{heads})均(?={alternatives('got_by_each')})"
    )


def _means() -> str:
    return "|".join(w for w in mean_words() if not re.fullmatch("年|" + TIMES, w))


@lru_cache(maxsize=1)
def _only_each() -> re.Pattern[str]:
    return re.compile(
        r"[，、]?(?:(?:合同|经|按)?(?:结算|核算|测算|折算|折合|决算)(?:后|下来|为)?){0,2}(?:平均|按)?(?:(?:每[一-鿿]){1,2}|单[台站间座套件处车个项]|"
        rf"一[户亩台人件家间座套](?:合|折|约)|(?:{_means()})均)(?:约|为|达到?)?"
    )
