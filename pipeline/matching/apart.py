"""Whether two phrases name different ones of kinds that exclude one another.

体检 and 培训 of the same drivers, 宣讲进企业 and 宣讲进校园, 采矿权 and 探矿权: what the
phrases share is what makes them look alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.matching.lexicon import Lexicon, in_order
from pipeline.matching.measure import Measure
from pipeline.matching.wording import FILE, one_of
from pipeline.resources import load_toml

# A number of several kinds is for any of them.
_SEVERAL = re.compile(r"各[类项种]|合计|(?<!公)共(?![享建同青治产])")
_AND_SO_ON = re.compile(r"等(?!级)")
_GOING = re.compile(r"走?进|深入|下乡|入企|入户|赴|走向|面向")
_UNCOUNTED = frozenset({"rate", "score", None})
_NO_DEEDS = frozenset({"money", "time"})
KindsNamed = Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Sets of words that exclude one another, and what they are for."""

    sets: dict[str, frozenset[int]]
    deeds: bool
    units: frozenset[str]
    going: bool


def names_a_kind(measure: Measure) -> bool:
    """Whether a measure names anything of kinds that exclude one another."""
    return measure.unit_class not in _UNCOUNTED and bool(kinds_named(measure.local))


def is_another_kind(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome names only other ones of a kind that the target names."""
    mine, theirs = kinds_named(target.local), kinds_named(outcome.local)
    others = [n for n in mine if n in theirs and mine[n].isdisjoint(theirs[n])]
    classes = {target.unit_class, outcome.unit_class}
    if not others or not _UNCOUNTED.isdisjoint(classes):
        return False
    said = outcome.local + outcome.clause
    return not _SEVERAL.search(said) and any(
        _is_for(_all_kinds()[number], classes, said)
        and _differ(number, target.clause, outcome.clause, mine, theirs)
        for number in others
    )


def _is_for(kinds: _Kinds, classes: set[str | None], said: str) -> bool:
    if kinds.deeds and not _NO_DEEDS.isdisjoint(classes):
        return False
    if kinds.units and not classes <= kinds.units:
        return False
    if not kinds.deeds and _AND_SO_ON.search(said):
        return False
    return not kinds.going or bool(_GOING.search(said))


def _differ(
    number: int, promised: str, told: str, mine: KindsNamed, theirs: KindsNamed
) -> bool:
    """Whether nothing that stands at either number, in its whole clause, is common."""
    none = frozenset[int]()
    wide = mine[number] | kinds_named(promised).get(number, none)
    return wide.isdisjoint(theirs[number] | kinds_named(told).get(number, none))


@lru_cache(maxsize=16384)
def kinds_named(text: str) -> KindsNamed:
    """The kinds of which a phrase names some, with the numbers of the sets it names."""
    held: dict[int, list[str]] = {}
    for word in _words().held(text):
        for number in _kinds_by_word()[word]:
            held.setdefault(number, []).append(word)
    named = {n: _sets_named(_all_kinds()[n], held[n], text) for n in sorted(held)}
    return {number: sets for number, sets in named.items() if sets}


def _sets_named(kinds: _Kinds, held: Sequence[str], text: str) -> frozenset[int]:
    found = [
        kinds.sets[word]
        for word, end in in_order(held, text)
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
