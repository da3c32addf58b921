"""What a text must hold for a pattern to match, told by the pattern itself.

Most rules wait for words that most texts do not hold. Looking for a few
characters or words costs far less than running the pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar

from pipeline.language.needles import Needles, needles

# Stands for the digits of other scripts, which \d matches too.
_OTHER_DIGIT = "\\d"
# A wider class (all of CJK) is in every text.
_MAX_RANGE = 40
# Many texts hold these, so that they tell rules apart badly.
_COMMON = frozenset("0123456789零一二三四五六七八九十百千万.,%-()，。、：；") | {
    _OTHER_DIGIT
}

Demand = frozenset[str]
"""Characters of which a text must hold at least one."""

T = TypeVar("T")


@lru_cache(maxsize=1024)
def characters(text: str) -> frozenset[str]:
    """What a text offers to the demands of patterns."""
    found = frozenset(text)
    return found if found.isdisjoint(_other_digits()) else found | {_OTHER_DIGIT}


@lru_cache(maxsize=1)
def _other_digits() -> frozenset[str]:
    every = "".join(map(chr, range(0x80, 0x20000)))
    return frozenset(re.findall(r"\d", every))


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
    """Rules with their patterns, filed under a character that they wait for."""

    def __init__(self, rules: Iterable[tuple[str, T]]) -> None:
        self._rules: list[tuple[tuple[Demand, ...], Needles, T]] = []
        self._always: list[int] = []
        self._places: dict[str, list[int]] = {}
        for i, (pattern, rule) in enumerate(rules):
            wanted = demands(pattern)
            self._rules.append((wanted[1:], needles(pattern), rule))
            if not wanted:
                self._always.append(i)
            for character in wanted[0] if wanted else ():
                self._places.setdefault(character, []).append(i)
        self._characters = frozenset(self._places)

    def candidates(self, text: str, offered: frozenset[str]) -> list[T]:
        """The rules that may match ``text`` with its ``characters``, in their order."""
        met = self._characters & offered
        if not met and not self._always:
            return []
        found = set(self._always)
        for character in met:
            found.update(self._places[character])
        chosen = []
        for i in sorted(found):
            wanted, words, rule = self._rules[i]
            for word in words:  # no generator: this is where texts spend their time
                if word in text:
                    chosen.append(rule)
                    break
            else:
                if not words and may_match(wanted, offered):
                    chosen.append(rule)
        return chosen


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> tuple[Demand, ...]:
    found: dict[Demand, None] = {}
    for operation, argument in items:
        found.update(dict.fromkeys(_of_item(str(operation), argument)))
    return tuple(sorted(found, key=_commonness))


def _commonness(demand: Demand) -> tuple[bool, int]:
    return not demand.isdisjoint(_COMMON), len(demand)


def _of_item(operation: str, argument: Any) -> tuple[Demand, ...]:
    if operation == "LITERAL":
        return (frozenset(chr(argument)),)
    if operation == "IN":
        allowed = _of_class(argument)
        return () if allowed is None else (allowed,)
    if operation == "BRANCH":
        return _of_branches([_of_sequence(way) for way in argument[1]])
    if operation == "SUBPATTERN":
        _, switched_on, _, inside = argument
        return () if switched_on & re.IGNORECASE else _of_sequence(inside)
    if operation in ("MAX_REPEAT", "MIN_REPEAT"):
        return _of_sequence(argument[2]) if argument[0] else ()
    return ()  # assertions look at characters that no one need have read


def _of_branches(ways: Sequence[tuple[Demand, ...]]) -> tuple[Demand, ...]:
    """One demand: of every way some demand, the rarest."""
    if not all(ways):
        return ()
    return (frozenset[str]().union(*(way[0] for way in ways)),)


def _of_class(members: Iterable[tuple[Any, Any]]) -> Demand | None:
    """The characters of a class like [一二三]; None where it is wide or negated."""
    allowed: set[str] = set()
    for operation, argument in members:
        match str(operation):
            case "LITERAL":
                allowed.add(chr(argument))
            case "RANGE" if argument[1] - argument[0] < _MAX_RANGE:
                allowed.update(map(chr, range(argument[0], argument[1] + 1)))
            case "CATEGORY" if str(argument) == "CATEGORY_DIGIT":
                allowed.update("0123456789", (_OTHER_DIGIT,))
            case _:
                return None
    return frozenset(allowed)
