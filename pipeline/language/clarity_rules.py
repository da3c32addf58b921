"""The rules and words of models/clarity.toml, compiled once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import regex

from pipeline.language.required import Sieve, offer_of
from pipeline.resources import load_toml

_FILE = "clarity.toml"
# A pattern that takes longer than this on one text is a defect of the rule.
_TIMEOUT_S = 5.0
# Setting the alarm costs more than going over a text of this length.
_SHORT = 1000

Rule = tuple[regex.Pattern[str], regex.Pattern[str] | None]
"""What must be found, and what must not."""


@lru_cache(maxsize=16)
def rules_of(kind: str) -> Sieve[Rule]:
    """The rules of a kind, of which few can hold for any one text."""
    return Sieve((entry["pattern"], rule_of(entry)) for entry in load_toml(_FILE)[kind])


@lru_cache(maxsize=1)
def _means() -> tuple[Sieve[Rule], ...]:
    entries = load_toml(_FILE)["means"]
    return tuple(Sieve([(entry["pattern"], rule_of(entry))]) for entry in entries)


def rule_of(entry: Mapping[str, str]) -> Rule:
    """The patterns of an entry."""
    unless = entry.get("unless")
    return regex.compile(entry["pattern"]), regex.compile(unless) if unless else None


def holds(kind: str, folded: str) -> bool:
    """Whether any rule of a kind finds something in a (folded) text."""
    timeout = _timeout(folded)
    return any(
        pattern.search(folded, timeout=timeout)
        and not (unless and unless.search(folded, timeout=timeout))
        for pattern, unless in rules_of(kind).candidates(offer_of(folded))
    )


@lru_cache(maxsize=4)
def _cores_of(kind: str) -> Sieve[regex.Pattern[str]]:
    cores = [entry["core"] for entry in load_toml(_FILE)[kind]]
    return Sieve((core, regex.compile(core)) for core in cores)


def may_hold_within(kind: str, folded: str) -> bool:
    """Whether a rule of a kind can hold for any part of a (folded) text.

    Asked before a text is cut into its statements, for kinds whose rules have a core.
    """
    timeout = _timeout(folded)
    return any(
        core.search(folded, timeout=timeout)
        for core in _cores_of(kind).candidates(offer_of(folded))
    )


@lru_cache(maxsize=8)
def word_group(group: str) -> regex.Pattern[str]:
    """What finds the words of a group (hedges, slogans) where they stand for themselves."""
    entry = load_toml(_FILE)[group]
    words = "|".join(map(regex.escape, sorted(entry["words"], key=len, reverse=True)))
    cleared = "|".join(map(regex.escape, entry.get("cleared_before", ())))
    return regex.compile(f"(?:{words})" + (f"(?!{cleared})" if cleared else ""))


def without_means(folded: str) -> str:
    """A (folded) text without what says only how something is done: 通过…."""
    if rules_of("means").candidates(offer_of(folded)):
        timeout = _timeout(folded)
        for means in _means():  # one after the other: cutting brings words together
            for pattern, _ in means.candidates(offer_of(folded)):
                folded = pattern.sub("", folded, timeout=timeout)
    return folded


def _timeout(folded: str) -> float | None:
    return _TIMEOUT_S if len(folded) > _SHORT else None
