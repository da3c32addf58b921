"""Whether words answer a rate by its deed, a ban by its breach not found, a day by its date.

信访办结率98% by 受理来信来访36件，办结35件, 杜绝截留挪用 by 未发现挪用,
“6·5”环境日宣传 by 6月5日举办宣传.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from pipeline.matching.promises import alike_deeds, all_done, rates_in
from pipeline.word_lists import alternatives, any_of

_BANNED = re.compile(
    r"(?:杜绝|严禁|禁止|严防|防止|避免|不得|不再?(?:发生|出现|产生|引发)|无(?![偿害障人缝线])|零)"
    r"(?P<thing>[^，。；]{2,10})"
)
_NOT_FOUND = re.compile(
    r"(?:[未无零]|没有)(?:再)?(?:发生|出现|发现|存在|查出|有)?(?P<thing>[一-鿿]{2,10})"
)
_DAY = re.compile(r"“(?P<m>1[0-2]|[1-9])[·.•]?(?P<d>[12]\d|3[01]|[1-9])[”世国全]")
_LAST_CLAUSE = re.compile("[，、；]")


def ways_dealt_with(
    quote: str, goal_text: str
) -> Sequence[Callable[[Sequence[str]], bool]]:
    """What can answer the rates, bans and days of a statement; most have none."""
    ways: list[Callable[[Sequence[str]], bool]] = []
    if any(goal_text.count(name) == 1 for _, name, _ in rates_in(quote)):
        ways.append(lambda told: _deed_told(quote, told, goal_text))
    if banned := [_pairs(found["thing"]) for found in _BANNED.finditer(quote)]:
        ways.append(partial(_ban_kept, banned))
    if _DAY.search(quote):
        ways.append(partial(_day_kept, quote))
    return ways


def _deed_told(quote: str, told: Sequence[str], goal_text: str) -> bool:
    """Whether the only rate of its name is told as its deed: 办结率 as 办结35件, 尚未办结."""
    for _, name, deed in rates_in(quote):
        if goal_text.count(name) != 1:
            continue
        thing = _LAST_CLAUSE.split(quote[: quote.find(name)])[-1]
        if any(
            _deed_and_number(deed).search(clause) and _may_be_of(thing, deed, clause)
            for clause in told
        ):
            return True
        if any_of("petitions").search(thing) and _petitions_told(deed, told):
            return True
    return False


def _may_be_of(thing: str, deed: str, clause: str) -> bool:
    """Whether a deed is told of the thing: anything may be 办结, but little is 竣工."""
    if any_of("deeds_of_any_thing").search(deed):
        return False
    return alike_deeds(deed) == deed or not _pairs(thing).isdisjoint(_pairs(clause))


@lru_cache(maxsize=256)
def _deed_and_number(deed: str) -> re.Pattern[str]:
    deed = re.escape(deed)
    return re.compile(
        rf"(?:全部|[均都已未尚才待暂])[^，]{{0,8}}{deed}"
        rf"|{deed}[^，\d]{{0,6}}(?:[尚未待才]|正在|\d+[一-鿿])"
    )


def _petitions_told(deed: str, told: Sequence[str]) -> bool:
    """Whether calls and letters, by whatever name, were dealt with."""
    return any(
        any_of("petitions").search(before + clause)
        and (all_done(deed).search(clause) or _petition_done(deed).search(clause))
        for before, clause in zip(("", *told), told, strict=False)
    )


@lru_cache(maxsize=64)
def _petition_done(deed: str) -> re.Pattern[str]:
    handled = alternatives("deeds_of_handling")
    return re.compile(
        rf"(?:{alike_deeds(deed)})\d+[件宗起]|(?:逐件|件件|全部|[均都])[^，]{{0,8}}(?:{handled}|回音)"
    )


def _ban_kept(banned: Sequence[frozenset[str]], told: Sequence[str]) -> bool:
    """Whether what must not be was not found: 杜绝截留挪用 | 未发现挪用."""
    absent = [_pairs(f["thing"]) for c in told for f in _NOT_FOUND.finditer(c)]
    return any(one & other for one in banned for other in absent)


def _pairs(text: str) -> frozenset[str]:
    pairs = (text[i : i + 2] for i in range(len(text) - 1))
    return frozenset(pair for pair in pairs if not any_of("of_any_event").search(pair))


def _day_kept(quote: str, told: Sequence[str]) -> bool:
    """Whether a day that a statement is named after has come: “6·5”, “122” (12月2日)."""
    for found in _DAY.finditer(quote):
        month, day = found["m"], found["d"]
        date = re.compile(rf"(?<!\d){month}(?:月{day}日|[·.•]{day}(?!\d))")
        if any(date.search(clause) for clause in told):
            return True
    return False
