"""Whether clauses of the outcome text are about what a goal statement names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.core.value import value
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
_RATE_NAME = re.compile(
    "(?:(?P<deed>[一-鿿]{2})率|比|比例|比重|时间|时长|时限|成本|造价)[^，]{0,10}$"
)
_OF_A_RATE = re.compile(
    "率|比|占|%|成|全部|均|都|时间|时长|时限|成本|造价|[天时分]|尚|未|正在"
)
# Digits of a name that is a number: “12345”, not “1”.
_DIGITS = 3
_TOPIC_WORDS = 2
# A clause of so many pairs, nearly all of them the statement's, is about it.
_OWN_WORDS, _ALL_KNOWN = 4, 0.75


@lru_cache(maxsize=1)
def done_or_not() -> re.Pattern[str]:
    """What finds that something was done, is being done, or was not."""
    return re.compile(rf"{alternatives('done_or_not')}|已[一-鿿]|\d")


@value(frozen=True, slots=True)
class Item:
    """A thing that a statement names: its character pairs, its names in quotes, its rate."""

    grams: frozenset[str]
    counted: bool
    names: tuple[str, ...]
    rate: str | None


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
        rate=_rate_of(clause),
    )


def _rate_of(clause: str) -> str | None:
    """What a rate is of (持证 of 持证率), "" for another share or time, None for none."""
    found = _RATE_NAME.search(clause)
    return (found["deed"] or "") if found else None


@lru_cache(maxsize=1024)
def measures_shares_only(quote: str) -> bool:
    """Whether all that a statement counts are shares, times or costs."""
    counted = [c for c in quote.split("，") if _NUMBER.search(c)]
    return bool(counted) and all(_rate_of(c) is not None for c in counted)


def may_tell_a_share(clause: str) -> bool:
    """Whether a clause may be on a share, a time or a cost, or on none being told yet."""
    return _OF_A_RATE.search(clause) is not None


def _is_telling(terms: frozenset[str]) -> bool:
    return len(terms) >= _TOPIC_WORDS or any(len(t) >= 4 for t in terms)


def is_covered(item: Item, told: str, topic: Topic) -> bool:
    """Whether the told clauses repeat enough of an item's wording, or its name."""
    grams = item.grams
    bare = item.rate is not None and not _OF_A_RATE.search(told)
    if item.counted and bare and not (item.rate and item.rate in told):
        return False  # how many there are says nothing of a share or a time
    counted = item.counted and _NUMBER.search(told) and not _DONE_SHARE.search(told)
    least = _COUNTED if counted else _COVERAGE
    if shares_bigrams(grams, told, least * len(grams)) and (
        shares_bigrams(grams - topic, told, 1)
    ):
        return True
    return any(name in told and _is_own_name(name, topic) for name in item.names)


def _is_own_name(name: str, topic: Topic) -> bool:
    """Whether a name in quotes is not that of the whole goal; “12121” is no word."""
    grams = bigrams(name)
    return not grams <= topic if grams else len(name) >= _DIGITS


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
