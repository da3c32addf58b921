"""Which classifiers count one thing: 篇 and 条 of posts, 座 and 家 of mines.

The lexicon (models/counts.toml) says so of sets of units, of some only where
the thing itself is named; and which classifiers of one class never count the
same (头 and 株).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.core.value import value
from pipeline.matching.measures.lexicon import Lexicon
from pipeline.matching.measures.measure import Measure
from pipeline.resources import load_toml
from pipeline.word_lists import by_first_letter

FILE = "counts.toml"


def are_one_count(first: Measure, second: Measure) -> bool:
    """Whether the units of two measures count one thing, as either phrase names it."""
    a, b = first.quantity.unit, second.quantity.unit
    sets = sets_of_both(a, b)
    return bool(sets) and not (
        sets.isdisjoint(named_counts(a, first.local))
        and sets.isdisjoint(named_counts(b, second.local))
    )


def both_name_one_count(first: Measure, second: Measure) -> bool:
    """Whether the units of two measures count one thing that both phrases name.

    线上展览2个 and 社教活动9场 each name a thing that 个 and 场 count alike, but two.
    """
    a, b = first.quantity.unit, second.quantity.unit
    sets = sets_of_both(a, b)
    if not sets:
        return False  # most pairs
    if not sets.isdisjoint(_sets_of_anything(a)):
        return True
    named = sets & named_counts(a, first.local) & named_counts(b, second.local)
    return any(
        not _are_many(number) or _name_one_thing(number, first.local, second.local)
        for number in named
    )


def _name_one_thing(number: int, first: str, second: str) -> bool:
    """Whether two phrases name one of the things that a set is for."""
    names = _things_of(number)
    return names is not None and not set(names.findall(first)).isdisjoint(
        names.findall(second)
    )


@lru_cache(maxsize=8192)
def named_counts(unit: str | None, phrase: str) -> frozenset[int]:
    """The sets that hold a unit in a phrase, by number: all without a condition, too."""
    things = _things_by_name(unit)
    sets, held = _sets_of_anything(unit), things.sets and things.names.held(phrase)
    return sets.union(*[things.sets[name] for name in held]) if held else sets


@lru_cache(maxsize=8192)
def names_a_happening(phrase: str) -> bool:
    """Whether a phrase names anything that is held or takes place: 大赛, 讲座, 晚会."""
    return bool(_happenings().search(phrase))


@lru_cache(maxsize=1)
def _happenings() -> re.Pattern[str]:
    entries = [e for e in load_toml(FILE)["same"] if "场" in e["units"] and "of" in e]
    return re.compile("|".join(re.escape(w) for e in entries for w in e["of"]))


def plain_unit(unit: str | None) -> str | None:
    """元/亩 counts 元; what it is per is compared apart."""
    return unit.partition("/")[0] or unit if unit else unit


def are_two_counts(first: str, second: str) -> bool:
    """Whether two units of one class count things of two kinds: 台 and 张."""
    kinds = _kinds()
    one, other = kinds.get(first), kinds.get(second)
    return one is not None and other is not None and one != other


@lru_cache(maxsize=1000)
def sets_of_both(first: str | None, second: str | None) -> frozenset[int]:
    """The sets that hold two units, by number, whatever they are for."""
    return _sets_of(first) & _sets_of(second)


@lru_cache(maxsize=1000)
def _sets_of_anything(unit: str | None) -> frozenset[int]:
    """The sets of a unit in which it counts one thing whatever is named."""
    return frozenset(n for n in _sets_of(unit) if _things_of(n) is None)


@value(frozen=True, slots=True)
class _Things:
    """What may have to be named for a unit to count as in its sets, by their numbers."""

    names: Lexicon
    sets: Mapping[str, Sequence[int]]


@lru_cache(maxsize=1000)
def _things_by_name(unit: str | None) -> _Things:
    sets: dict[str, list[int]] = {}
    for number in _sets_of(unit):
        for name in _names_of(number):
            sets.setdefault(name, []).append(number)
    return _Things(Lexicon(sets), sets)


@lru_cache(maxsize=1000)
def _sets_of(unit: str | None) -> frozenset[int]:
    unit = plain_unit(unit)
    return frozenset(
        number
        for number, entry in enumerate(load_toml(FILE)["same"])
        if unit in entry["units"]
    )


@lru_cache(maxsize=256)
def _things_of(number: int) -> re.Pattern[str] | None:
    """What must be named for a set to count one thing; None for anything."""
    names = _names_of(number)
    told = {name: re.escape(name) for name in names}
    return re.compile(by_first_letter(told)) if told else None


def _names_of(number: int) -> Sequence[str]:
    found: Sequence[str] = load_toml(FILE)["same"][number].get("of", ())
    return found


@lru_cache(maxsize=256)
def _are_many(number: int) -> bool:
    """Whether the things of a set are many, and both phrases must name the same."""
    return bool(load_toml(FILE)["same"][number].get("many"))


@lru_cache(maxsize=1)
def _kinds() -> dict[str, int]:
    return {
        unit: number
        for number, entry in enumerate(load_toml(FILE)["apart"])
        for unit in entry["units"]
    }
