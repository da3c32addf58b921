"""What a text must hold for a pattern to match, told by the pattern itself.

Most rules wait for words that most texts do not hold. Looking for a few
characters or words costs far less than running the pattern.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from pipeline.language.needles import class_members, needles, plain

# Many texts hold these, so that they tell rules apart badly.
_COMMON = frozenset(
    "0零一二三四五六七八九十百千万.,%-()，。、：； 的年月日人个次项目工作完成实施建设资金全市区县"
)

# How ``re`` tells (?=…) from (?<=…).
_AHEAD = 1

Demand = frozenset[str]
"""Characters of which a text must hold at least one; 0 stands for every digit."""

T = TypeVar("T")


class Offer(NamedTuple):
    """What a text offers to patterns: its ``plain`` form and the characters of it."""

    text: str
    characters: frozenset[str]


@lru_cache(maxsize=1024)
def offer_of(text: str) -> Offer:
    """What a text offers to the demands and needles of patterns."""
    even = plain(text)
    return Offer(even, frozenset(even))


@lru_cache(maxsize=512)
def demands(pattern: str) -> tuple[Demand, ...]:
    """What every text that ``pattern`` matches anywhere must hold, all of it.

    The rarest first. Too little is asked of constructs that are not looked
    into, never too much.
    """
    # ``re`` reads the syntax of our rules, also where it could not run them.
    from re import _parser  # type: ignore[attr-defined]

    try:
        tree = _parser.parse(pattern)
    except re.error:  # syntax that only ``regex`` knows
        return ()
    return () if tree.state.flags & re.IGNORECASE else _of_sequence(tree)


def may_match(wanted: Iterable[Demand], offered: frozenset[str]) -> bool:
    """Whether a text with these characters can match at all."""
    return not any(map(offered.isdisjoint, wanted))


class Sieve(Generic[T]):
    """Rules with their patterns, filed under what they wait for.

    That are needles, each known by its rarest character, or else characters.
    """

    def __init__(self, rules: Iterable[tuple[str, T]]) -> None:
        self._rules: list[tuple[tuple[Demand, ...], T]] = []
        self._always: set[int] = set()
        self._waiting: dict[str, list[tuple[int, str]]] = {}
        words: list[tuple[int, str]] = []
        for i, (pattern, rule) in enumerate(rules):
            own, wanted = needles(pattern), demands(pattern)
            if not own and wanted:
                own, wanted = tuple(wanted[0]), wanted[1:]
            self._rules.append((wanted, rule))
            words.extend((i, word) for word in own)
            if not own:
                self._always.add(i)
        common = Counter(character for _, word in words for character in word)
        for i, word in words:
            rarest = min(word, key=lambda c: (c in _COMMON, common[c]))
            self._waiting.setdefault(rarest, []).append((i, word))
        self._keys = frozenset(self._waiting)

    def candidates(self, offer: Offer) -> list[T]:
        """The rules that may match the text that offers this, in their order."""
        text, characters = offer
        found = set(self._always)
        for key in self._keys & characters:
            for i, word in self._waiting[key]:
                if i not in found and word in text:
                    found.add(i)
        return [
            rule
            for wanted, rule in map(self._rules.__getitem__, sorted(found))
            if not wanted or may_match(wanted, characters)
        ]


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> tuple[Demand, ...]:
    found: dict[Demand, None] = {}
    for operation, argument in items:
        found.update(dict.fromkeys(_of_item(str(operation), argument)))
    return tuple(sorted(found, key=_commonness))


def _commonness(demand: Demand) -> tuple[bool, int]:
    return not demand.isdisjoint(_COMMON), len(demand)


def _of_item(operation: str, argument: Any) -> tuple[Demand, ...]:
    if operation == "LITERAL":
        return (frozenset(plain(chr(argument))),)
    if operation == "IN":
        allowed = class_members(argument)
        return () if allowed is None else (allowed,)
    if operation == "BRANCH":
        return _of_branches([_of_sequence(way) for way in argument[1]])
    if operation == "SUBPATTERN":
        _, switched_on, _, inside = argument
        return () if switched_on & re.IGNORECASE else _of_sequence(inside)
    if operation in ("MAX_REPEAT", "MIN_REPEAT"):
        return _of_sequence(argument[2]) if argument[0] else ()
    if operation == "ASSERT" and argument[0] == _AHEAD:
        return _of_sequence(argument[1])
    return ()  # what is looked back at may stand before the text in question


def _of_branches(ways: Sequence[tuple[Demand, ...]]) -> tuple[Demand, ...]:
    """One demand: of every way some demand, the rarest."""
    if not all(ways):
        return ()
    return (frozenset[str]().union(*(way[0] for way in ways)),)
