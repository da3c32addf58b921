"""Whether an outcome tells only of what is done before, beside or after a deed.

书房选址3座 is not 建成书房3座, 设备检修6套 not 更新设备6套, 续签协议5份 not 新签协议5份.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.needles import Hint
from pipeline.matching.measures.lexicon import Lexicon
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import (
    FILE,
    are_both_certified,
    goes_on_with,
    without_offers,
)
from pipeline.resources import load_toml
from pipeline.word_lists import any_of, one_of

_COUNTED = frozenset({"rate", "money", "time", "score", None})
# 通过评审的专科 has become one, 经专家核定为7万亩 was only measured.
_PASSED = re.compile(
    r"通过[^，。；]{0,8}?(?:评审|审查|审核|初审|考核|评估|检[测验定]|鉴定|公示)|(?:评审|审查|审核|初审|核准|考核|评估|检[测验定]|鉴定)(?:合格|通过)|(?<!已)经(?![营济费纪典销办理])[^，。；]{2,12}(?:为|有)?\s*$"
)
_BESIDE = re.compile(r"[、并和及]\s*$")
# 编制并报批: what comes last was done to what has been made.
_THEN = re.compile(r"(?:并|且|后)(?:已|均|全部|按时|如期)?$")
# 均已修订批复: of two deeds side by side that are done both, the first is done too.
_BOTH_DONE = re.compile(r"(?:均已?|已|全部)$")
# 短片4部并播放: what is said after the number was then done to what it counts.
_AND_THEN = re.compile(
    r"(?<=[一-鿿]) (?:并且?|且)(?:已|均|全部|按时|如期|在)?[一-鿿].*$"
)
# 新登记市场主体 are new ones.
# What one has devised oneself is there: 自主策划展览.
_NO_WORD = re.compile(
    r"[全每当今去本隔逐]年[检审报]|新(?:增)?(?:登记|注册)|"
    # Those anew and those once more are all: 新聘和续聘.
    r"新(?P<new>[一-鿿])[和与及、](?:续|复|再)(?P=new)|(?:续|复|再)(?P<old>[一-鿿])[和与及、]新(?P=old)|"
    # What is registered and in use is there: 上牌使用.
    r"(?:上牌|登记|验收|批复)(?:并|后)?(?:投入)?(?:使用|运[行营]|上路)|立案审查(?:调查)?|"
    # Why less was done is no deed: 因选址延误只建6处.
    r"因[^，。；\d]{1,8}?(?:滞后|影响|延迟|延误|停工|不足|受阻|变更|调整)|"
    r"(?:自主|自行|独立|原创|馆内|[本我]馆)策划|策划(?=[一-鿿]{0,6}(?:展|演出|晚会|节目))"
)


@dataclass(frozen=True, slots=True)
class _Aside:
    """Words for one kind of side step, and what in a target asks for it."""

    asked: re.Pattern[str]
    bare: bool
    events: bool


def aside_words() -> Sequence[re.Pattern[str]]:
    """What finds something wherever ``asides_in`` does, what it leaves out included."""
    return _any_aside(), _NO_WORD, _PASSED, _AND_THEN, re.compile("上架")


def tells_an_aside(outcome: Measure) -> bool:
    """Whether an outcome names any deed of the kinds that are told here."""
    return outcome.unit_class not in _COUNTED and bool(asides_in(outcome.local))


def is_an_aside(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome was done to the target's thing, but is not its deed."""
    if not _COUNTED.isdisjoint((target.unit_class, outcome.unit_class)):
        return False
    events = target.unit_class == "event", outcome.unit_class == "event"
    if are_both_certified(target.local, outcome.local):
        return False
    promised = target.local + target.clause
    deed = names_a_deed(promised)
    if not deed:
        promised += target.context
        # 购置冲锋舟8艘、帐篷12顶: both are to be bought.
        deed = target.clause.startswith("、") and names_a_deed(target.context)
    return (
        (not all(events) or _counts_times(outcome.local))
        and not names_a_deed(_said_before(outcome))
        and is_beside(promised, outcome.local, names=deed or events[1])
    )


def _counts_times(told: str) -> bool:
    """Whether what is told is done so many times, and never the target's event."""
    return all(_asides()[k].events for k in asides_in(told))


def _said_before(outcome: Measure) -> str:
    """What stands beside the phrase in its clause: 建成 of 建成并登记5处."""
    said = outcome.clause.removesuffix(outcome.local.strip())
    return said if _BESIDE.search(said) else ""


def is_beside(promised: str, told: str, *, names: bool) -> bool:
    """Whether all that is told is aside from what is promised.

    ``names``: whether the promise names a deed, or else what is told is none of its kind.
    """
    kinds = asides_in(told)
    return (
        bool(kinds)
        and not any(_asides()[k].asked.search(promised) for k in kinds)
        and (names or any(_asides()[k].bare for k in kinds))
    )


@lru_cache(maxsize=8192)
def asides_in(text: str) -> frozenset[int]:
    """The kinds of side steps that a phrase tells of, where it tells of nothing more."""
    text = without_offers(text)
    if _left_out().may_match(text):
        text = _AND_THEN.sub("", _NO_WORD.sub("", _PASSED.sub("", text)))
    if not _aside_words().held(text):
        return frozenset()  # most phrases
    found = [
        m
        for m in _any_aside().finditer(text)
        if m[0] in _stages() or not goes_on_with(_carried(), text, m.end())
    ]
    if (
        not found
        or _any_deed().search(text, found[-1].end())
        or any_of("completed").search(text)
    ):
        return frozenset()
    if _is_achieved(text[: found[0].start()]):
        return frozenset()
    return frozenset(k for m in found for k in _kinds_of_words()[m[0]])


@lru_cache(maxsize=1)
def _left_out() -> Hint:
    return Hint(_NO_WORD, _PASSED, _AND_THEN)


def _is_achieved(before: str) -> bool:
    """Whether what stands before a side step says that something was done: 建成并."""
    then = _THEN.search(before)
    end = then.start() if then else len(before)
    deeds = [m.start() for m in _any_deed().finditer(before) if m.end() == end]
    if then:
        return bool(deeds)
    return any(_BOTH_DONE.search(before, 0, start) for start in deeds)


@lru_cache(maxsize=8192)
def names_a_deed(text: str) -> bool:
    """Whether a phrase names a deed: one that achieves something (建成), or another."""
    return bool(_any_deed().search(text) or _any_aside().search(text))


@lru_cache(maxsize=1)
def _asides() -> tuple[_Aside, ...]:
    return tuple(
        _Aside(
            one_of([*e["words"], *e["same"]]),
            e.get("bare", False),
            e.get("events", False),
        )
        for e in load_toml(FILE)["asides"]
    )


@lru_cache(maxsize=1)
def _kinds_of_words() -> dict[str, list[int]]:
    kinds: dict[str, list[int]] = {}
    for number, entry in enumerate(load_toml(FILE)["asides"]):
        for word in entry["words"]:
            kinds.setdefault(word, []).append(number)
    return kinds


@lru_cache(maxsize=1)
def _stages() -> frozenset[str]:
    """Words for how far things are, whatever they are called: 洽谈项目, 储备项目."""
    entries = [e for e in load_toml(FILE)["asides"] if e.get("stage")]
    return frozenset(word for entry in entries for word in entry["words"])


@lru_cache(maxsize=1)
def _aside_words() -> Lexicon:
    return Lexicon(_kinds_of_words())


@lru_cache(maxsize=1)
def _any_aside() -> re.Pattern[str]:
    return one_of(_kinds_of_words())


@lru_cache(maxsize=1)
def _any_deed() -> re.Pattern[str]:
    return one_of(load_toml(FILE)["achieved"]["words"])


@lru_cache(maxsize=1)
def _carried() -> re.Pattern[str]:
    return one_of(load_toml(FILE)["carriers"]["words"])
