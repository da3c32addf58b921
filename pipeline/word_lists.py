"""The single lists of words that rules read phrases by (models/word_lists.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from pipeline.resources import load_toml

FILE = "word_lists.toml"


@lru_cache(maxsize=256)
def any_of(*names: str) -> re.Pattern[str]:
    """What finds any word of some lists, the longer one where two begin alike."""
    return re.compile(by_first_letter(_told(*names)))


@lru_cache(maxsize=256)
def may_hold_any(*names: str) -> re.Pattern[str]:
    """What finds something wherever ``any_of`` one of the lists would.

    Most texts hold no word of any list, which is seen at once. What keeps a word off
    is not asked here.
    """
    return one_of(dict.fromkeys(listed(*names)))


@lru_cache(maxsize=256)
def ending_in(name: str) -> re.Pattern[str]:
    """What finds a word of a list at the very end of a text."""
    return re.compile(f"(?:{alternatives(name)})$")


@lru_cache(maxsize=64)
def word_set(name: str) -> frozenset[str]:
    """The words of a list, to be asked whether a word or unit is one of them."""
    return frozenset(listed(name))


def listed(*names: str) -> list[str]:
    """The words of some lists, as they stand there."""
    return [word for name in names for word in load_toml(FILE)[name]["words"]]


@lru_cache(maxsize=256)
def alternatives(*names: str) -> str:
    """The words of some lists as a regular expression, to be put into brackets."""
    return "|".join(_told(*names).values())


def _told(*names: str) -> dict[str, str]:
    """The words of some lists, the longest first, with what finds each in its place."""
    entries = [load_toml(FILE)[name] for name in names]
    found = {w: _in_place(w, entry) for entry in entries for w in entry["words"]}
    return {word: found[word] for word in sorted(found, key=len, reverse=True)}


def _in_place(word: str, entry: dict[str, Any]) -> str:
    """A word where it stands for itself, and is no part of a longer one.

    It begins with a letter, not with a look at what is before: of such words ``re``
    passes over all places in a text where none of their first letters is.
    """
    told = re.escape(word)
    before = [f"(?<!{re.escape(w)}{told})" for w in _kept_off(word, entry, "after")]
    after = "|".join(map(re.escape, _kept_off(word, entry, "before")))
    return told + "".join(before) + (f"(?!{after})" if after else "")


def _kept_off(word: str, entry: dict[str, Any], side: str) -> list[str]:
    found: list[str] = entry.get(f"not_{side}", {}).get(word, [])
    return found


def one_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words, the longer one where two begin alike."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(
        by_first_letter({word: re.escape(word) for word in longest_first})
    )


def by_first_letter(told: Mapping[str, str]) -> str:
    """Patterns side by side, each of which begins with its word's first letter.

    ``re`` tries the ways of a pattern one by one, so that of very many words those
    that begin alike are put together: of two that do, the earlier one still wins.
    """
    by_letter: dict[str, list[str]] = {}
    for word, pattern in told.items():
        rest = pattern.removeprefix(re.escape(word[0]))
        by_letter.setdefault(word[0], []).append(rest)
    return "|".join(
        re.escape(letter) + (f"(?:{'|'.join(rests)})" if len(rests) > 1 else rests[0])
        for letter, rests in by_letter.items()
    )
