"""Numbers that are no quantities, by the rules of models/quantities."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import regex

from pipeline.core.quantity import Role
from pipeline.core.value import value
from pipeline.errors import ConfigError
from pipeline.language.branches import branches, find_all
from pipeline.language.needles import Needles, few_needles
from pipeline.language.required import Sieve, offer_of
from pipeline.resources import load_toml

_FILE = "quantities/non_quantities.toml"
_WINDOW = 60
# A pattern that takes longer than this on one text is a defect of the rule.
_TIMEOUT_S = 5.0
# Setting the alarm costs more than going over a text of this length.
_SHORT = 1000


_CONTEXT = ("left", "right", "quote")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a number is not a quantity (see the head of the data file)."""

    id: str
    where: str
    sentence: bool
    pattern: regex.Pattern[str]
    needles: Needles
    roles: frozenset[Role]
    units: frozenset[str]
    values: frozenset[str]
    han: bool | None
    bare: bool | None
    cells: bool
    answered: bool
    not_units: frozenset[str]
    also_left: regex.Pattern[str] | None
    also_right: regex.Pattern[str] | None
    unless_left: regex.Pattern[str] | None
    unless_right: regex.Pattern[str] | None
    unless_clause: regex.Pattern[str] | None


@value(frozen=True, slots=True)
class Candidate:
    """What the rules look at: a number in its clause (folded text).

    ``answered`` tells, when asked, whether another number of its kind stands near.
    """

    left: str
    sentence_left: str
    quote: str
    right: str
    clause: str
    unit: str | None
    unit_class: str | None
    value: Decimal
    han: bool
    bare: bool
    answered: Callable[[], bool]


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    return tuple(_rule(entry) for entry in load_toml(_FILE)["rule"])


def _rule(entry: dict[str, Any]) -> Rule:
    def compiled(key: str) -> regex.Pattern[str] | None:
        source = entry.get(key)
        return None if source is None else regex.compile(source)

    try:
        return Rule(
            id=entry["id"],
            where=entry["where"],
            sentence=entry.get("scope") == "sentence",
            pattern=regex.compile(entry["pattern"]),
            needles=few_needles(entry["pattern"]),
            roles=frozenset(map(Role, entry.get("roles", list(Role)))),
            units=frozenset(entry.get("units", ())),
            values=frozenset(entry.get("values", ())),
            han=entry.get("han"),
            bare=entry.get("bare"),
            cells=entry.get("cells", True),
            answered=entry.get("answered", False),
            not_units=frozenset(entry.get("not_units", ())),
            also_left=compiled("also_left"),
            also_right=compiled("also_right"),
            unless_left=compiled("unless_left"),
            unless_right=compiled("unless_right"),
            unless_clause=compiled("unless_clause"),
        )
    except (KeyError, ValueError, regex.error) as error:
        raise ConfigError("resource_invalid", name=_FILE, detail=str(error)) from error


def masked(folded: str, role: Role) -> bytearray:
    """A byte per character: 1 where the number reader must pass over."""
    mask = bytearray(len(folded))
    timeout = _TIMEOUT_S if len(folded) > _SHORT else None
    for rule, ways in _ways_by_rule(role, folded):
        for start, end in find_all(rule.pattern, ways, folded, timeout=timeout):
            if rule.unless_left and rule.unless_left.search(
                folded, max(0, start - _WINDOW), start
            ):
                continue
            mask[start:end] = b"\1" * (end - start)
    return mask


def context_rules(folded: str, role: Role, *, cell: bool = False) -> tuple[Rule, ...]:
    """The context rules that any number of this text can fall under at all.

    What a cost row says was spent (实际支出9.8万元) is its value, not project money.
    """
    rules = _by_context(role).candidates(offer_of(folded))
    return tuple(rule for rule in rules if rule.cells or not cell)


def excluded_by(
    candidate: Candidate, role: Role, rules: Sequence[Rule] | None = None
) -> str | None:
    """The id of the first rule that makes the candidate no quantity, or None.

    ``rules`` are the ``context_rules`` of the text that the candidate stands in.
    """
    own = _told_apart(candidate.unit, candidate.unit_class)
    fitting = _fitting(role, own, candidate.han, candidate.bare)
    left, right = candidate.left, candidate.right
    for rule in _rules() if rules is None else rules:
        if rule.id not in fitting:
            continue
        if rule.where == "right":
            beside = right
        elif rule.where == "quote":
            beside = candidate.quote
        else:
            beside = candidate.sentence_left if rule.sentence else left
        for word in rule.needles:
            if word in beside:
                break
        else:
            if rule.needles:
                continue
        if _applies(rule, candidate):
            return rule.id
    return None


def _applies(rule: Rule, candidate: Candidate) -> bool:
    # No timeouts: they cost more than the search, and no window is long.
    left, right = candidate.left, candidate.right
    if rule.values and str(candidate.value) not in rule.values:
        return False
    before = candidate.sentence_left if rule.sentence else left
    if rule.where == "left":
        match = rule.pattern.search(before)
    else:
        match = rule.pattern.match(right if rule.where == "right" else candidate.quote)
    if not match:
        return False
    if rule.also_left and not rule.also_left.search(left):
        return False
    if rule.also_right and not rule.also_right.match(right):
        return False
    if rule.unless_left and rule.unless_left.search(before):
        return False
    if rule.unless_clause and rule.unless_clause.search(candidate.clause):
        return False
    if rule.unless_right and rule.unless_right.match(right):
        return False
    return not rule.answered or candidate.answered()


def _ways_by_rule(
    role: Role, folded: str
) -> Iterator[tuple[Rule, list[regex.Pattern[str]]]]:
    """The masking rules that a text may fall under, with those of their ways."""
    ways = _masking(role).candidates(offer_of(folded))
    for rule, some in groupby(ways, key=itemgetter(0)):
        yield rule, [way for _, way in some]


@lru_cache(maxsize=8)
def _masking(role: Role) -> Sieve[tuple[Rule, regex.Pattern[str]]]:
    return Sieve(
        (way, (rule, regex.compile(way)))
        for rule in _rules()
        if rule.where == "mask" and role in rule.roles
        for way in branches(rule.pattern.pattern)
    )


@lru_cache(maxsize=1)
def _named_units() -> frozenset[str]:
    """The units and classes that some rule is for, or not for."""
    return frozenset[str]().union(*(r.units | r.not_units for r in _rules()))


@lru_cache(maxsize=1000)
def _told_apart(unit: str | None, kind: str | None) -> frozenset[str]:
    """A unit and its class, as far as rules tell them apart; ``per`` is any with a slash."""
    own = _named_units() & {unit, kind}
    return own | {"per"} if unit and "/" in unit else own


@lru_cache(maxsize=1000)
def _fitting(role: Role, own: frozenset[str], han: bool, bare: bool) -> frozenset[str]:
    """The context rules for numbers of this kind, by their ids.

    ``own`` are the unit and its class, as far as rules tell them apart.
    """
    return frozenset(
        rule.id
        for rule in _rules()
        if rule.where in _CONTEXT
        and role in rule.roles
        and (not rule.units or rule.units & own)
        and not rule.not_units & own
        and rule.han in (None, han)
        and rule.bare in (None, bare)
    )


@lru_cache(maxsize=8)
def _by_context(role: Role) -> Sieve[Rule]:
    return _sieve([r for r in _rules() if r.where in _CONTEXT and role in r.roles])


def _sieve(rules: Sequence[Rule]) -> Sieve[Rule]:
    return Sieve((rule.pattern.pattern, rule) for rule in rules)
