"""Numbers that are no quantities, by the rules of models/quantities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from pipeline.core.quantity import Role
from pipeline.errors import ConfigError
from pipeline.resources import load_toml

_FILE = "quantities/non_quantities.toml"
_WINDOW = 60
# A pattern that takes longer than this on one text is a defect of the rule.
_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a number is not a quantity (see the head of the data file)."""

    id: str
    where: str
    sentence: bool
    pattern: regex.Pattern[str]
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
    for rule in _rules():
        if rule.where != "mask" or role not in rule.roles:
            continue
        for match in rule.pattern.finditer(folded, timeout=_TIMEOUT_S):
            start, end = match.span()
            if rule.unless_left and rule.unless_left.search(
                folded, max(0, start - _WINDOW), start, timeout=_TIMEOUT_S
            ):
                continue
            mask[start:end] = b"\1" * (end - start)
    return mask


def excluded_by(candidate: Candidate, role: Role) -> str | None:
    """The id of the first rule that makes the candidate no quantity, or None."""
    for rule in _rules():
        if rule.where in ("left", "right") and _applies(rule, candidate, role):
            return rule.id
    return None


def _applies(rule: Rule, candidate: Candidate, role: Role) -> bool:
    if role not in rule.roles or not _fits(rule, candidate):
        return False
    if rule.where == "left":
        left = candidate.sentence_left if rule.sentence else candidate.left
        match = rule.pattern.search(left, timeout=_TIMEOUT_S)
    else:
        match = rule.pattern.match(candidate.right, timeout=_TIMEOUT_S)
    if not match:
        return False
    if rule.also_left and not rule.also_left.search(candidate.left, timeout=_TIMEOUT_S):
        return False
    if rule.also_right and not rule.also_right.match(
        candidate.right, timeout=_TIMEOUT_S
    ):
        return False
    clauses: Iterable[tuple[regex.Pattern[str] | None, str]] = (
        (rule.unless_left, candidate.left),
        (rule.unless_clause, candidate.clause),
    )
    if any(p and p.search(text, timeout=_TIMEOUT_S) for p, text in clauses):
        return False
    return not (
        rule.unless_right
        and rule.unless_right.match(candidate.right, timeout=_TIMEOUT_S)
    )


def _fits(rule: Rule, candidate: Candidate) -> bool:
    own = {candidate.unit or "", candidate.unit_class or ""}
    if "/" in (candidate.unit or ""):
        own.add("per")
    if (rule.units and not rule.units & own) or rule.not_units & own:
        return False
    if rule.values and candidate.value not in rule.values:
        return False
    if rule.han is not None and rule.han is not candidate.han:
        return False
    return rule.bare is None or rule.bare is candidate.bare
