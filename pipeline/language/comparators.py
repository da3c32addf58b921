"""Comparator words around a number: before, after and on both sides."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pipeline.core.quantity import Comparator, Role
from pipeline.language.fold import fold
from pipeline.resources import load_toml
from pipeline.word_lists import alternatives, by_first_letter, listed

_FILE = "quantities/comparators.toml"
_TAG = re.compile(r"</?[A-Za-z][^<>]*>$")
_TAG_LENGTH = 200


def _table(kind: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = load_toml(_FILE)[kind]
    return entries


@lru_cache(maxsize=4)
def _meanings(kind: str) -> dict[str, tuple[Comparator, Comparator]]:
    told = {
        fold(word): (Comparator(entry["goal"]), Comparator(entry["outcome"]))
        for entry in _table(kind)
        for word in entry["words"]
    }
    return _negated() | told if kind == "prefix" else told


@lru_cache(maxsize=1)
def _negated() -> dict[str, tuple[Comparator, Comparator]]:
    """不能超过, 未低于: each negation before each word that it turns around."""
    negations: list[str] = load_toml(_FILE)["negations"]["words"]
    return {
        fold(negation + word): (Comparator(entry["goal"]), Comparator(entry["outcome"]))
        for entry in _table("negated")
        for word in entry["words"]
        for negation in negations
    }


@lru_cache(maxsize=1)
def bounds() -> str:
    """Words that bound a number from afar, as a regular expression: 不能少于举办12场."""
    words = [*listed("bounds_said"), *_negated()]
    return by_first_letter(
        {w: re.escape(w) for w in sorted(words, key=len, reverse=True)}
    )


@lru_cache(maxsize=8)
def _pattern(kind: str, role: Role | None = None) -> re.Pattern[str]:
    none = {
        fold(word)
        for entry in _table(kind)
        if role in entry.get("not_in", ())
        for word in entry["words"]
    }
    words = sorted(_meanings(kind).keys() - none, key=len, reverse=True)
    body = by_first_letter({word: re.escape(word) for word in words})
    if kind == "suffix":
        return re.compile(rf" {{0,2}}({body})")
    return re.compile(rf"({body})[ 了为]{{0,2}}$")


@lru_cache(maxsize=4)
def _edge(kind: str) -> frozenset[str]:
    """The characters next to the number with which such words can begin or end."""
    words = _meanings(kind)
    if kind == "suffix":
        return frozenset(word[0] for word in words) | {" "}
    return frozenset(word[-1] for word in words) | frozenset(" 了为\n")


@lru_cache(maxsize=1)
def _part_of_word() -> re.Pattern[str]:
    """A comparator word that is the tail of another word: 最近, 传达, B超."""
    return re.compile(rf"(?:{alternatives('no_comparators')}|[A-Z]超)(?<!其中超)$")


def read_prefix(text: str, position: int, role: Role) -> tuple[int, str] | None:
    """Comparator words that end at ``position``: where they begin, and the nearest.

    Several in a row (达到不少于) are taken together; the nearest decides.
    """
    pattern, last = _pattern("prefix", role), _edge("prefix")
    start, nearest = position, ""
    while True:
        if text[start - 1 : start] not in last:
            return (start, nearest) if nearest else None
        window = text[max(0, start - 8) : start]
        match = pattern.search(window)
        if not match or _is_no_comparator(text, start - len(window) + match.end(1)):
            return (start, nearest) if nearest else None
        start -= len(window) - match.start()
        nearest = nearest or match[1]


def _is_no_comparator(text: str, end: int) -> bool:
    """Whether what ends there is the tail of a word, or the > of a tag."""
    if text[end - 1] == ">" and _TAG.search(text, max(0, end - _TAG_LENGTH), end):
        return True
    return bool(_part_of_word().search(text, max(0, end - 10), end))


def read_suffix(text: str, position: int) -> tuple[int, str] | None:
    """A comparator suffix at ``position``: where it ends, and the word."""
    if text[position : position + 1] not in _edge("suffix"):
        return None
    match = _pattern("suffix").match(text, position)
    if not match:
        return None
    # 多 and 余 are suffixes only where no word goes on: 20场多, not 20个多功能厅.
    if match[1] == "多" and re.match(r"[一-鿿]", text[match.end() : match.end() + 1]):
        return None
    return match.end(), match[1]


@lru_cache(maxsize=512)
def meaning(
    prefix: str | None, suffix: str | None, role: Role, loose: bool
) -> Comparator:
    """The comparator that the words around a number add up to.

    ``loose`` is 余/多 inside the numeral (百余场). An indicator cell is read
    by the goal's rules.
    """
    column = 1 if role is Role.OUTCOME else 0
    before = _meanings("prefix")[prefix][column] if prefix else None
    after = _meanings("suffix")[suffix][column] if suffix else None
    if after is Comparator.APPROX and prefix in ("控制在", "控制到"):
        return after
    firm = (Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.MORE, Comparator.LESS)
    if before in (Comparator.MORE, Comparator.LESS):
        return before
    if after in firm:
        return after
    if before in firm:
        return before
    if loose or Comparator.APPROX in (before, after):
        return Comparator.APPROX
    return before or Comparator.EQUAL
