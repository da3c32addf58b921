"""Which classifiers count one thing: 篇 and 条 of posts, 座 and 家 of mines.

The lexicon (models/counts.toml) says so of sets of units, of some only where
the thing itself is named; and which classifiers of one class never count the
same (头 and 株).
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.matching.measures.measure import Measure
from pipeline.resources import load_toml

FILE = "counts.toml"


def are_one_count(first: Measure, second: Measure) -> bool:
    """Whether the units of two measures count one thing, as either phrase names it."""
    units = first.quantity.unit, second.quantity.unit
    sets = _sets_of_both(*units)
    if not sets:
        return False
    named = named_counts(units[0], first.local) | named_counts(units[1], second.local)
    return not sets.isdisjoint(named)


def both_name_one_count(first: Measure, second: Measure) -> bool:
    """Whether the units of two measures count one thing that both phrases name.

    线上展览2个 and 社教活动9场 each name a thing that 个 and 场 count alike, but two.
    """
    sets = _sets_of_both(first.quantity.unit, second.quantity.unit)
    return any(_both_name(number, first.local, second.local) for number in sets)


@lru_cache(maxsize=8192)
def _both_name(number: int, first: str, second: str) -> bool:
    names = _things_of(number)
    if names is None:
        return True
    mine, theirs = set(names.findall(first)), set(names.findall(second))
    if load_toml(FILE)["same"][number].get("many"):
        return not mine.isdisjoint(theirs)
    return bool(mine and theirs)


@lru_cache(maxsize=8192)
def named_counts(unit: str | None, phrase: str) -> frozenset[int]:
    """The sets that hold a unit in a phrase, by number: all without a condition, too."""
    return frozenset(
        number
        for number in _sets_of(unit)
        if (names := _things_of(number)) is None or names.search(phrase)
    )


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
def _sets_of_both(first: str | None, second: str | None) -> frozenset[int]:
    return _sets_of(first) & _sets_of(second)


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
    names = load_toml(FILE)["same"][number].get("of")
    return re.compile("|".join(map(re.escape, names))) if names else None


@lru_cache(maxsize=1)
def _kinds() -> dict[str, int]:
    return {
        unit: number
        for number, entry in enumerate(load_toml(FILE)["apart"])
        for unit in entry["units"]
    }
