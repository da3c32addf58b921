"""Whether two phrases name different ones of kinds that exclude one another.

体检 and 培训 of the same drivers, 宣讲进企业 and 宣讲进校园, 采矿权 and 探矿权: what the
phrases share is what makes them look alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.matching.measures.lexicon import Lexicon, in_order
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import FILE, one_of
from pipeline.resources import load_toml

# A number of several kinds is for any of them.
_SEVERAL = re.compile(r"各[类项种]|合计|(?<!公)共(?![享建同青治产])")
_AND_SO_ON = re.compile(r"等(?!级)")
_GOING = re.compile(r"走?进|深入|下乡|入企|入户|赴|走向|面向")
_UNCOUNTED = frozenset({"rate", "score", None})
_NO_DEEDS = frozenset({"money", "time"})


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Sets of words that exclude one another, and what they are for."""

    sets: dict[str, frozenset[int]]
    deeds: bool
    units: frozenset[str]
    going: bool


def names_a_kind(measure: Measure) -> bool:
    """Whether a measure may name anything of kinds that exclude one another."""
    return measure.unit_class not in _UNCOUNTED and bool(_held(measure.local))


def is_another_kind(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome names only other ones of a kind that the target names."""
    mine = _named(target.local, target.clause)
    theirs = _named(outcome.local, outcome.clause)
    # In their whole clauses, which hold the phrases, nothing may be common.
    others = [
        n
        for n in mine.sets.keys() & theirs.sets.keys()
        if mine.sets[n].isdisjoint(theirs.sets[n])
    ]
    classes = {target.unit_class, outcome.unit_class}
    return (
        bool(others)
        and _UNCOUNTED.isdisjoint(classes)
        and not theirs.several
        and any(_is_for(_all_kinds()[n], classes, theirs) for n in others)
    )


def _is_for(kinds: _Kinds, classes: set[str | None], told: _Named) -> bool:
    if kinds.deeds and not _NO_DEEDS.isdisjoint(classes):
        return False
    if kinds.units and not classes <= kinds.units:
        return False
    if not kinds.deeds and told.and_so_on:
        return False
    return not kinds.going or told.going


class _Named(NamedTuple):
    """The kinds of which a phrase names some, with the sets of its whole clause.

    And whether either says that there are several, more of the like, or venues.
    """

    sets: Mapping[int, frozenset[int]]
    several: bool
    and_so_on: bool
    going: bool


@lru_cache(maxsize=8192)
def _named(phrase: str, clause: str) -> _Named:
    said = phrase + clause
    named = {n: sets for n in _held(phrase) if (sets := sets_named(n, phrase))}
    return _Named(
        {n: sets | sets_named(n, clause) for n, sets in named.items()},
        bool(_SEVERAL.search(said)),
        bool(_AND_SO_ON.search(said)),
        bool(_GOING.search(said)),
    )


@lru_cache(maxsize=16384)
def _held(text: str) -> Mapping[int, Sequence[str]]:
    """The words of each kind that stand in a phrase."""
    held: dict[int, list[str]] = {}
    for word in _words().held(text):
        for number in _kinds_by_word()[word]:
            held.setdefault(number, []).append(word)
    return held


@lru_cache(maxsize=16384)
def sets_named(number: int, text: str) -> frozenset[int]:
    """The sets of a kind of which a phrase names some, by number."""
    kinds = _all_kinds()[number]
    found = [
        kinds.sets[word]
        for word, end in in_order(_held(text).get(number, ()), text)
        if not (kinds.deeds and _carriers().match(text, end))
    ]
    return frozenset[int]().union(*found)


@lru_cache(maxsize=1)
def _all_kinds() -> tuple[_Kinds, ...]:
    return tuple(_read_kinds())


def _read_kinds() -> Iterator[_Kinds]:
    for entry in load_toml(FILE)["apart"]:
        sets: dict[str, set[int]] = {}
        for number, group in enumerate(entry["groups"]):
            for word in group:
                sets.setdefault(word, set()).add(number)
        yield _Kinds(
            sets={word: frozenset(numbers) for word, numbers in sets.items()},
            deeds=entry.get("deeds", False),
            units=frozenset(entry.get("units", ())),
            going=entry.get("going", False),
        )


@lru_cache(maxsize=1)
def _words() -> Lexicon:
    return Lexicon(_kinds_by_word())


@lru_cache(maxsize=1)
def _kinds_by_word() -> dict[str, list[int]]:
    kinds_of: dict[str, list[int]] = {}
    for number, kinds in enumerate(_all_kinds()):
        for word in kinds.sets:
            kinds_of.setdefault(word, []).append(number)
    return kinds_of


@lru_cache(maxsize=1)
def _carriers() -> re.Pattern[str]:
    return one_of(load_toml(FILE)["deed_names"]["words"])
