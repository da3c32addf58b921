"""Numbers that are no quantities, by the rules of models/quantities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from pipeline.core.quantity import Role
from pipeline.errors import ConfigError
from pipeline.language.required import Demand, characters, demands, may_match
from pipeline.resources import load_toml

_FILE = "quantities/non_quantities.toml"
_WINDOW = 60
# A pattern that takes longer than this on one text is a defect of the rule.
_TIMEOUT_S = 5.0
# Setting the alarm costs more than going over a text of this length.
_SHORT = 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a number is not a quantity (see the head of the data file)."""

    id: str
    where: str
    sentence: bool
    pattern: regex.Pattern[str]
    demands: tuple[Demand, ...]
    roles: frozenset[Role]
    units: frozenset[str]
    values: frozenset[str]
    han: bool | None
    bare: bool | None
    not_units: frozenset[str]
    also_left: regex.Pattern[str] | None
    also_right: regex.Pattern[str] | None
    unless_left: regex.Pattern[str] | None
    unless_right: regex.Pattern[str] | None
    unless_clause: regex.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the rules look at: a number in its clause (folded text)."""

    left: str
    sentence_left: str
    right: str
    clause: str
    unit: str | None
    unit_class: str | None
    value: str
    han: bool
    bare: bool


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
            demands=demands(entry["pattern"]),
            roles=frozenset(map(Role, entry.get("roles", list(Role)))),
            units=frozenset(entry.get("units", ())),
            values=frozenset(entry.get("values", ())),
            han=entry.get("han"),
            bare=entry.get("bare"),
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
    for rule in _masking(role).candidates(characters(folded)):
        for match in rule.pattern.finditer(folded, timeout=timeout):
            start, end = match.span()
            if rule.unless_left and rule.unless_left.search(
                folded, max(0, start - _WINDOW), start
            ):
                continue
            mask[start:end] = b"\1" * (end - start)
    return mask


def excluded_by(candidate: Candidate, role: Role) -> str | None:
    """The id of the first rule that makes the candidate no quantity, or None."""
    left, right = characters(candidate.left), characters(candidate.right)
    sentence = left
    if candidate.sentence_left != candidate.left:
        sentence = characters(candidate.sentence_left)
    own = (candidate.unit, candidate.unit_class, candidate.han, candidate.bare)
    for rule in _fitting(role, *own):
        before = sentence if rule.sentence else left
        offered = before if rule.where == "left" else right
        if may_match(rule.demands, offered) and _applies(rule, candidate):
            return rule.id
    return None


def _applies(rule: Rule, candidate: Candidate) -> bool:
    # No timeouts: they cost more than the search, and no window is long.
    left, right = candidate.left, candidate.right
    if rule.values and candidate.value not in rule.values:
        return False
    if rule.where == "left":
        before = candidate.sentence_left if rule.sentence else left
        match = rule.pattern.search(before)
    else:
        match = rule.pattern.match(right)
    if not match:
        return False
    if rule.also_left and not rule.also_left.search(left):
        return False
    if rule.also_right and not rule.also_right.match(right):
        return False
    if rule.unless_left and rule.unless_left.search(left):
        return False
    if rule.unless_clause and rule.unless_clause.search(candidate.clause):
        return False
    return not (rule.unless_right and rule.unless_right.match(right))


class _ByCharacter:
    """Rules filed under the characters of which a text must hold one."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._always = [i for i, rule in enumerate(rules) if not rule.demands]
        self._places: dict[str, list[int]] = {}
        for i, rule in enumerate(rules):
            for character in rule.demands[0] if rule.demands else ():
                self._places.setdefault(character, []).append(i)
        self._characters = frozenset(self._places)

    def candidates(self, offered: frozenset[str]) -> list[Rule]:
        """The rules that may match a text with these characters, in no order."""
        found = set(self._always)
        for character in self._characters & offered:
            found.update(self._places[character])
        rules = [self._rules[i] for i in found]
        return [rule for rule in rules if may_match(rule.demands, offered)]


@lru_cache(maxsize=8)
def _masking(role: Role) -> _ByCharacter:
    return _ByCharacter([r for r in _rules() if r.where == "mask" and role in r.roles])


@lru_cache(maxsize=1000)
def _fitting(
    role: Role, unit: str | None, unit_class: str | None, han: bool, bare: bool
) -> tuple[Rule, ...]:
    """The context rules for numbers of this kind, in the order of the file."""
    own = {unit or "", unit_class or ""}
    if "/" in (unit or ""):
        own.add("per")
    return tuple(
        rule
        for rule in _rules()
        if rule.where in ("left", "right")
        and role in rule.roles
        and (not rule.units or rule.units & own)
        and not rule.not_units & own
        and rule.han in (None, han)
        and rule.bare in (None, bare)
    )
