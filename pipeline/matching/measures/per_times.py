"""The times that a value is per, one word for each: 每季度, 季均 and 一季一次 are 季度.

每两个月, 隔月 and 双月 are all ``2月``; what is as long as a named time has its name
(每三个月 is 季度). A form is annual, so that 每年 says nothing, but it says that it
is no month.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.han import parse_han
from pipeline.word_lists import alternatives

TIMES = "学期|季度|半年|星期|礼拜|个月|工作日|小时|[季月周日天旬]"
# What stands for a time that is taken out, so that no name goes over it.
GAP = "@"
_YEARLY = re.compile(
    r"每(?:一)?(?:学?年度?)|(?<!每)年均|(?<![第近这某同当前后上半])一年(?![级期来以前后内一])"
)
_SAME_TIME = {
    "季": "季度",
    "天": "日",
    "工作日": "日",
    "自然日": "日",
    "星期": "周",
    "礼拜": "周",
    # Days on which there is school are all the days that count.
    "上学日": "日",
    "上课日": "日",
    "就餐日": "日",
    "供餐日": "日",
}
_AS_LONG = {
    "3月": "季度",
    "6月": "半年",
    "2季度": "半年",
    "7日": "周",
    "10日": "旬",
    "14日": "2周",
    "15日": "半月",
    "30日": "月",
    "24小时": "日",
    "半日": "半日",
}
_HALF = {"半": "半", "双": "2"}
_NUMBER = r"[0-9]{1,3}|[一二两三四五六七八九十]{1,3}|半|双"
# A time after these is how long something took, or one time of its own: 历时一周, 这一天.
_OWN_TIME = r"(?<![“‘《\"第近每这某同当前后上下头末又再满过隔逐期时续用达仅超余由从万千百十零\d.一二两三四五六七八九])"
# The days and months of a cause, on which something was done: 助残日, 宣传月.
_OF_A_CAUSE = r"(?<![峰单残眼耳牙血水球鸟境地传动念放康权盲普产量毒老书化育法护])"
_NO_DATE = r"(?<![节假生今当昨本次近末逐终每首同即某全\d一二三四五六七八九十])"


# The ways of _per_time() that count the times as well: 每两个月.
_COUNTED = frozenset({"t1", "t9", "tb", "tc", "td"})


class Times(NamedTuple):
    """The times that a text names, whether it names the year, and what is left of it."""

    times: frozenset[str]
    yearly: bool
    rest: str


def times_in(text: str) -> Times:
    """What a phrase before a number says of the time that it is per."""
    plain, years = _YEARLY.subn("", text)
    found: set[str] = set()

    def take(match: re.Match[str]) -> str:
        found.add(_name(match))
        return GAP

    rest = _per_time().sub(take, plain)
    return Times(frozenset(found), bool(years), rest)


def bare_time_in(text: str) -> frozenset[str]:
    """A time that no word says to be one: 隔离舍日冲洗2遍 may tell of each day."""
    if "日" not in text and "月" not in text and "周" not in text:
        return frozenset()  # most phrases
    found = bare_time().search(text)
    return frozenset({found[1]}) if found else frozenset()


@lru_cache(maxsize=1)
def bare_time() -> re.Pattern[str]:
    """What finds such a time before a deed at the end of a phrase."""
    return re.compile(rf"{_NO_DATE}{_OF_A_CAUSE}([日月周])(?=[一-鿿]{{2,4}}$)")


def time_named(word: str) -> str:
    """The one word for a time: 天 and 工作日 are 日."""
    word = word.removeprefix("个")
    return _SAME_TIME.get(word, word)


def _name(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""  # the time is the last group of each way
    unit = time_named(match[kind])
    number = _times(match["n" + kind[1]]) if kind in _COUNTED else "1"
    if number == "1" and "隔" in match[0]:
        number = "2"  # 隔日, 每隔一日: every second day
    name = unit if number == "1" else number + unit
    return _AS_LONG.get(name, name)


def _times(number: str | None) -> str:
    """两 of 每两个月 is 2; 每个月 is each single one."""
    if not number:
        return "1"
    if number in _HALF or number.isascii():
        return _HALF.get(number, number)
    return str(parse_han(number) or "")


@lru_cache(maxsize=1)
def may_tell_a_time() -> re.Pattern[str]:
    """What each way of telling a time has; most phrases have none of them.

    Each begins with a letter, so that places with none of them are passed over.
    """
    counted = "|".join(
        rf"{time}(?<=[一半两二三四五六七八九十\d]{time})"
        for time in "个天日周季月学旬小星年"
    )
    by_time, by_week = alternatives("by_time"), alternatives("by_week")
    return re.compile(
        f"每|均|各|隔[日天周月]|双[周月]|{counted}"
        f"|日(?={by_time})|月(?={by_time})|周(?={by_week})"
    )


@lru_cache(maxsize=1)
def _per_time() -> re.Pattern[str]:
    """每月, 月均, 一周, 两个月; 日处理能力 and 月报酬 are per day and month as well."""
    return re.compile(
        rf"每隔?(?P<n1>{_NUMBER})?个?(?P<t1>{TIMES})|每(?P<n9>[二两三四五六2-9])(?P<t9>年)(?!级)"
        r"|每个?(?P<t2>[上][学课]日|[就供]餐日)"
        r"|(?P<t3>学期|季度|小时|[季月周日旬])均|各(?P<t4>" + TIMES + r")(?=[均都])"
        # 月人均80元, 人均月增收300元
        rf"|{_NO_DATE}(?P<t5>[日月周])(?=[人户村站车店台]均)"
        r"|(?<=[人户]均)(?P<t6>[日月周])(?![一-鿿]?[期份])"
        r"|(?:[上下]|春季?|秋季?)(?P<t7>学期|半年)[和与及、](?:[上下]|春季?|秋季?)(?:学期|半年)(?:均|都)?各"
        rf"|{_NO_DATE}(?P<t8>[日月])(?={alternatives('by_time')})"
        rf"|{_NO_DATE}(?P<tf>周)(?={alternatives('by_week')})"
        # 一周三趟, 一天接待60人; 一季 and 一月 are the first ones unless the number follows.
        rf"|{_OWN_TIME}一(?P<ta>天|日|周|个(?:月|星期|学期|季度)|星期|学期|旬|[季月](?=$|[一\d两二三四五]))"
        r"(?![内前后以来期间游下的年级度捐讲课]|活动)"
        # 两个月巡护一次, 半年一次, 隔周一次
        rf"|{_OWN_TIME}(?P<nb>[0-9]{{1,3}}|[二两三四五六七八九十]{{1,3}}|半)(?P<tb>个(?:月|星期|季度|学期)|天|周|星期|(?<=两)月)"
        r"(?=[^内前后里的]{0,4}$)"
        r"|(?<![上下大小前后])(?P<nc>半)(?P<tc>年$|个?月(?=[^内前后里的至到为以由降]{0,4}$))"
        r"|(?<!按)(?P<nd>双)(?P<td>[周月])(?=.{0,4}$)|(?<!按)隔(?P<te>[日天周月])(?=.{0,4}$)"
    )
