"""Whether clauses of the outcome text are about what a goal statement names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.segment import words
from pipeline.matching.measures.wording import (
    bigrams,
    content_words,
    may_share_words,
    possible_bigrams,
    shares_bigrams,
)
from pipeline.matching.mentions import Topic
from pipeline.word_lists import alternatives

_BASIS = re.compile(
    r"^(?:根据|依据|按照|按)[^，]*(?:要求|精神|部署|文件|规划|意见|方案|通知|》)"
)
NAME = re.compile(r"“([^”]+)”|《([^》]+)》")
_COVERAGE = 0.5
# 培训照护者500人 beside 培训志愿者200人: another number is about another thing.
_COUNTED = 0.7
_NUMBER = re.compile(r"(?<![第\d“])\d+(?:[.,]\d+)*(?![\d年月日]|热线)")
_DONE_SHARE = re.compile(r"完成率|完成(?:年度|全年|目标)?任务")
_TOPIC_WORDS = 2
# A clause of so many pairs, nearly all of them the statement's, is about it.
_OWN_WORDS, _ALL_KNOWN = 4, 0.75
_ZERO_GOAL = re.compile(
    r"零(?:事故|投诉|伤亡|发生)|[^\d.]0(?:起|次|件|例)|(?:不|未|杜绝|避免)(?:再)?(?:发生|出现|引发)"
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


@lru_cache(maxsize=1)
def _zero_thing() -> re.Pattern[str]:
    return re.compile(rf"[一-鿿]{{0,2}}(?:{alternatives('bad_events')})")


@lru_cache(maxsize=1)
def done_or_not() -> re.Pattern[str]:
    """What finds that something was done, is being done, or was not."""
    return re.compile(rf"{alternatives('done_or_not')}|已[一-鿿]|\d")


class Item(NamedTuple):
    """A thing that a statement names: its character pairs, and its names in quotes."""

    grams: frozenset[str]
    counted: bool
    names: tuple[str, ...]


@lru_cache(maxsize=1024)
def items_of(quote: str) -> Sequence[Item]:
    """The things that a statement names: its comma clauses with enough to say.

    A measure word alone (讲座12场, 展览3场) names nothing.
    """
    clauses = [
        c
        for c in quote.split("，")
        if _is_telling(content_words(c)) and not _BASIS.match(c)
    ]
    items = map(_item, clauses or [quote])
    return [item for item in items if item is not None]


def _item(clause: str) -> Item | None:
    grams = bigrams(clause)
    if len(grams) < 2:
        return None
    return Item(
        grams=frozenset(g for g in grams if len(g) > 1) or grams,
        counted=_NUMBER.search(clause) is not None,
        names=tuple(n for pair in NAME.findall(clause) for n in pair if n),
    )


def _is_telling(terms: frozenset[str]) -> bool:
    return len(terms) >= _TOPIC_WORDS or any(len(t) >= 4 for t in terms)


def is_covered(item: Item, told: str, topic: Topic) -> bool:
    """Whether the told clauses repeat enough of an item's wording, or its name."""
    grams = item.grams
    counted = item.counted and _NUMBER.search(told) and not _DONE_SHARE.search(told)
    least = _COUNTED if counted else _COVERAGE
    if shares_bigrams(grams, told, least * len(grams)) and (
        shares_bigrams(grams - topic, told, 1)
    ):
        return True
    return any(name in told and not bigrams(name) <= topic for name in item.names)


def says_only(clause: str, quote: str, topic: Topic) -> bool:
    """Whether an outcome clause tells of nothing but what the statement names.

    作业质量地方标准已发布实施 leaves out half of a long statement, but says that
    part of it is done.
    """
    if not done_or_not().search(clause):
        return False
    near = len(possible_bigrams(clause) & possible_bigrams(quote))
    if near < _ALL_KNOWN * _OWN_WORDS:
        return False  # most clauses, seen without cutting them into words
    grams = frozenset(g for g in bigrams(clause) if len(g) > 1)
    return (
        len(grams) >= _OWN_WORDS
        and shares_bigrams(grams, quote, _ALL_KNOWN * len(grams))
        and shares_bigrams(grams - topic, quote, 1)
    )


def zero_told(quote: str, told: Sequence[str]) -> bool:
    """Whether 不发生…事故 or 事故0起 is answered by 未发生…事故."""
    if not _ZERO_GOAL.search(quote):
        return False
    names = bigrams("，".join(_zero_thing().findall(quote)))
    return bool(names) and any(
        _ZERO_TOLD.search(clause)
        and bigrams("".join(_zero_thing().findall(clause))) & names
        and shares_bigrams(bigrams(_ZERO_TOLD.sub("", clause)), quote, 1)
        for clause in told
    )


def is_of_same_topic(clause: str, quote: str, topic: Topic) -> bool:
    """Whether an outcome clause is about a thing that the statement names.

    Its first content words are its topic (机房搬迁因…尚未启动); it must say
    that something was done or not. What the whole goal is about is no topic.
    """
    if not done_or_not().search(clause) or not may_share_words(clause, quote):
        return False
    known = content_words(clause)
    said = [w for w in words(clause) if w in known]
    first = said[:_TOPIC_WORDS]
    if bigrams("，".join(first)) <= topic:
        first = said[: _TOPIC_WORDS + 1]
    mine = content_words(quote)
    return (
        _is_telling(frozenset(first))
        and all(w in mine or (len(w) > 1 and w in quote) for w in first)
        and not bigrams("，".join(first)) <= topic
    )


@lru_cache(maxsize=1024)
def _rates_in(quote: str) -> tuple[tuple[str, str, str], ...]:
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
    for thing_said, name, deed in _rates_in(quote):
        if goal_text.count(name) != 1:
            continue
        if any(name in clause and _CHANGED.search(clause) for clause in told):
            return True
        done = re.compile(rf"(?:全部|全数|悉数|均已?|都已?)(?:按[期时])?{deed}")
        thing = possible_bigrams(thing_said)
        if any(done.search(c) for c in told) and any(
            thing & possible_bigrams(c) for c in told
        ):
            return True
    return False
