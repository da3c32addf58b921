"""Whether words answer a rate, a zero, a change, all of something or money that is promised.

办结率95% by 37件，已全部办结, 事故0起 by 未发生事故, 投诉下降15% by 投诉降至371件,
应援尽援 by 申请均予以援助, 每人补助500元 by 补助足额发放.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from pipeline.matching.measures.wording import (
    bigrams,
    possible_bigrams,
    shares_bigrams,
)
from pipeline.word_lists import alternatives, any_of, listed

_ZERO_GOAL = re.compile(
    r"零(?:事故|投诉|伤亡|发生)|[^\d.]0(?:起|次|件|例)|(?:不|未|杜绝|避免)(?:再)?(?:发生|出现|引发)"
    r"|(?:事故|事件|案件|投诉|火灾|伤亡|亡人)[^，。；\d]{0,6}(?:≤|<|不超过|不高于|不多于|低于|控制在)\d"
)
_ZERO_TOLD = re.compile(
    r"(?:未|没有|无|零|不(?=伤亡|亡人))(?:再)?(?:发生|出现|引发)?|(?<![\d.])0(?:起|次|件|例)"
)
_RATE = re.compile(
    r"(?P<thing>[一-鿿]{2,4}?)(?P<deed>[一-鿿]{2})(?:率|(?<=满意|知晓|知名|美誉|认可)度)"
)
_CHANGED = re.compile(
    r"(?:有所|持续|明显|稳步|显著|不断|进一步|大幅|逐步|较大|得到)(?:提[高升]|上升|增强|改善|扩大|下降|降低)"
)
_TO_CHANGE = re.compile(
    r"(?P<thing>[一-鿿]{2})(?:总?量|[起件人次]?数)?(?:(?:较|比|同比)[^，。；]{0,12})?(?P<way>下降|减少|降低|压减|增长|提高|增加|提升)\d"
)
_FALLING = ("下降", "减少", "降低", "压减")
_FELL = re.compile("降[至到为低了]|下降|减少|压减|少了?\\d")
_ROSE = re.compile("[升增][至到为加长了]|上升|提[高升]|多了?\\d")


# 保障用药安全 is answered by 未发生药品安全事件.
_SAFE = re.compile(r"(?:保障|确保|保证|维护)[^，。；]{0,24}(?:安全|平稳|稳定)")
_OF_NO_THING = frozenset(("安全", "生产", "事故", "事件", "稳定", "平稳", "发生"))
_FOR_EACH = re.compile("[均每单]")
_IN_ALL = re.compile("(?:实际|累计|合计|全年|项目|资金|本年|已|共|总)*")
_OF_ANY_PROJECT = frozenset(
    ("项目", "工程", "年度", "全年", "总体", "预算", "专项", "本项")
)
_ALL = re.compile(r"应(?P<deed>[一-鿿])尽(?P=deed)")


@lru_cache(maxsize=1)
def _cost_limit() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<what>[一-鿿]{{0,12}}?)总?(?:{alternatives('costs')})(?:总额)?(?:严格)?"
        r"(?:控制在|不超过|不高于|不突破|不超出|低于|≤|<)[^，。；\d]{0,4}\d[\d.,]*[万亿]?元"
    )


@lru_cache(maxsize=1)
def _spent() -> re.Pattern[str]:
    paid = alternatives("costs", "paid_in_the_end")
    return re.compile(rf"(?:{paid})[^，。；\d]{{0,8}}\d[\d.,]*[万亿]?元")


@lru_cache(maxsize=1)
def _zero_thing() -> re.Pattern[str]:
    return re.compile(rf"[一-鿿]{{0,2}}(?:{alternatives('bad_events')})")


def ways_to_tell(
    quote: str, goal_text: str, *, quantified: bool
) -> Sequence[Callable[[Sequence[str]], bool]]:
    """What can answer a statement by the kind of its promise: none, a rate, all of them.

    The statement alone says so, which is held against every piece of the outcome text.
    """
    ways: list[Callable[[Sequence[str]], bool]] = []
    if _ZERO_GOAL.search(_with_victims(quote)) or _SAFE.search(_with_victims(quote)):
        ways.append(partial(zero_told, quote))
    if any(goal_text.count(name) == 1 for _, name, _ in rates_in(quote)):
        ways.append(lambda told: rate_told(quote, told, goal_text))
    if _ALL.search(quote):
        ways.append(partial(all_told, quote))
    if any_of("paid_to_people").search(quote):
        ways.append(lambda told: payment_told(quote, told, goal_text))
    if quantified and _cost_limit().search(quote):
        ways.append(partial(cost_told, quote))
    if quantified and _TO_CHANGE.search(quote):
        ways.append(partial(change_told, quote))
    return ways


def _with_victims(quote: str) -> str:
    return quote.replace("死亡", "伤亡")


def zero_told(quote: str, told: Sequence[str]) -> bool:
    """Whether 不发生…事故 or 事故0起 is answered by 未发生…事故."""
    quote = _with_victims(quote)
    if not _ZERO_GOAL.search(quote):
        return _safety_told(quote, told)
    names = bigrams("，".join(_zero_thing().findall(quote)))
    return bool(names) and any(
        _ZERO_TOLD.search(clause)
        and bigrams("".join(_zero_thing().findall(clause))) & names
        and shares_bigrams(bigrams(_ZERO_TOLD.sub("", clause)), quote, 1)
        for clause in told
    )


def _safety_told(quote: str, told: Sequence[str]) -> bool:
    """Whether the safety of a thing is answered by none of its accidents."""
    if not _SAFE.search(quote):
        return False
    things = bigrams(quote) - _OF_NO_THING
    return any(
        _ZERO_TOLD.search(clause)
        and _zero_thing().search(clause)
        and not things.isdisjoint(bigrams(clause))
        for clause in told
    )


def cost_told(quote: str, told: Sequence[str]) -> bool:
    """Whether 成本控制在500万元以内 is answered by what was spent: 实际支出486万元.

    Where either side says what for, the other must not say something else: 会议支出.
    """
    for limit in _cost_limit().finditer(quote):
        if _FOR_EACH.search(limit["what"]):
            continue  # 亩均成本 is not what was spent in all
        own = bigrams(limit["what"]) - _OF_ANY_PROJECT
        for clause in told:
            spent = _spent().search(clause)
            if spent and (
                not own
                or _IN_ALL.fullmatch(clause, 0, spent.start())
                or not own.isdisjoint(bigrams(clause))
            ):
                return True
    return False


def all_told(quote: str, told: Sequence[str]) -> bool:
    """Whether 应援尽援 is answered by 申请均予以援助: the deed done to all of a thing named."""
    for found in _ALL.finditer(quote):
        done = re.compile(rf"(?:全部|均|都|悉数|全数)[^，。；\d]{{0,8}}{found['deed']}")
        if any(done.search(c) and shares_bigrams(bigrams(c), quote, 1) for c in told):
            return True
    return False


def payment_told(quote: str, told: Sequence[str], goal_text: str) -> bool:
    """Whether 每人补助500元 is answered by 补助足额发放, the goal's one such payment."""
    paid = any_of("paid_to_people").search(quote)
    if paid is None or goal_text.count(paid[0]) != 1:
        return False
    return any(paid[0] in c and _paid_out().search(c) for c in told)


@lru_cache(maxsize=1)
def _paid_out() -> re.Pattern[str]:
    paying = alternatives("deeds_of_paying")
    return re.compile(
        rf"(?:足额|全额|全部|均已?|及时|按[时期月季年]度?|打卡|尚未|未)[^，。；\d]{{0,6}}(?:{paying}|领取)"
    )


def change_told(quote: str, told: Sequence[str]) -> bool:
    """Whether a promised rise or fall of something is answered by its rise or fall."""
    for found in _TO_CHANGE.finditer(quote):
        told_as = _FELL if found["way"] in _FALLING else _ROSE
        if any(
            told_as.search(c) and _names_no_other(found["thing"], c, quote)
            for c in told
        ):
            return True
    return False


def _names_no_other(thing: str, clause: str, quote: str) -> bool:
    """Whether a clause has a thing, but not of another kind: 投诉, not 油烟投诉."""
    found = re.search(f"([一-鿿]{{2}})?{thing}", clause)
    return found is not None and (found[1] is None or found[1] in quote)


@lru_cache(maxsize=1024)
def rates_in(quote: str) -> tuple[tuple[str, str, str], ...]:
    """The rates of a statement: whose they are (案件), their names (办结率), the deeds."""
    return tuple(
        (rate["thing"], rate[0][len(rate["thing"]) :], rate["deed"])
        for rate in _RATE.finditer(quote)
    )


def rate_told(quote: str, told: Sequence[str], goal_text: str) -> bool:
    """Whether 办结率95% is answered by 37件，已全部办结, 知名度 by 知名度持续提升.

    The only rate of that name in the goal; for one told as done the thing that has it
    must be named beside.
    """
    for thing_said, name, deed in rates_in(quote):
        if goal_text.count(name) != 1:
            continue
        if any(name in clause and _CHANGED.search(clause) for clause in told):
            return True
        thing = possible_bigrams(thing_said)
        if any(all_done(deed).search(c) for c in told) and any(
            thing & possible_bigrams(c) for c in told
        ):
            return True
    return False


@lru_cache(maxsize=256)
def all_done(deed: str) -> re.Pattern[str]:
    """全部办结, 均已按期回复, 件件有答复, 办理完毕136件: that a deed was done to all or many."""
    alike = alike_deeds(deed)
    return re.compile(
        rf"(?:全部|全数|悉数|均已?|都已?)(?:[已按依及][期时法经]?)?(?:[由交]|得到|予以)?[^，。；\d]{{0,6}}(?:{alike})"
        rf"|([件事条项宗])\1有(?:{alike}|回音|着落)"
        rf"|(?:{alike})(?:完毕|完成|完|结束)"
        + (
            r"|全覆盖|全部[通开]|[村校户镇]{2}[通有]"
            if deed in ("覆盖", "通达")
            else ""
        )
        + (r"|不?合格" if deed == "合格" else "")
    )


def alike_deeds(deed: str) -> str:
    """The deed, and the ways to say it where it is one of a family."""
    for family in ("deeds_of_handling", "deeds_of_mending", "deeds_of_paying"):
        if deed in listed(family):
            return alternatives(family)
    return re.escape(deed)
