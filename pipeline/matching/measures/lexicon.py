"""Which of very many words a text holds, without asking for each of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from operator import add

_PAIR = 2


class Lexicon:
    """Words under their first two characters, most of which a text does not have."""

    __slots__ = ("_begun", "_ends", "_heads", "_letters", "_longer", "_pairs")

    def __init__(self, words: Iterable[str]) -> None:
        known = frozenset(words)
        letters = sorted(word for word in known if len(word) == 1)
        any_letter = re.compile("|".join(map(re.escape, letters)))
        self._letters = any_letter.findall if letters else None
        self._pairs = frozenset(word for word in known if len(word) == _PAIR)
        # With the pair that a word ends with, which rules out most without a search.
        self._longer: dict[str, list[tuple[str, str]]] = {}
        for word in known.difference(letters, self._pairs):
            self._longer.setdefault(word[:_PAIR], []).append((word[-_PAIR:], word))
        self._heads = frozenset(self._longer)
        self._ends = {
            head: frozenset(end for end, _ in words)
            for head, words in self._longer.items()
        }
        self._begun = self._pairs | self._heads

    def held(self, text: str) -> frozenset[str]:
        """The words that stand in a text, also those that are parts of one another."""
        pairs = pairs_in(text)
        held = self._begun & pairs  # few or none
        if held and not self._heads.isdisjoint(held):
            held = self._held_whole(held, pairs, text)
        if self._letters and (letters := self._letters(text)):
            held = held.union(letters)
        return held

    def held_in_both(self, first: str, second: str) -> frozenset[str]:
        """The words that stand in two texts, one written after the other."""
        between, pairs = first[-1:] + second[:1], pairs_in(first)
        held = self._begun & pairs
        if second != first:
            others = pairs_in(second)
            held |= self._begun & others
        else:
            others = pairs
        if between in self._begun:
            held |= {between}
        both = first + second
        if held and not self._heads.isdisjoint(held):
            held = self._held_whole(held, pairs | others | {between}, both)
        if self._letters and (letters := self._letters(both)):
            held = held.union(letters)
        return held

    def _held_whole(
        self, begun: frozenset[str], pairs: frozenset[str], text: str
    ) -> frozenset[str]:
        """The words that go on in a text as they begin there, or are at their end."""
        longer = [
            word
            for head in begun
            if head in self._ends and not self._ends[head].isdisjoint(pairs)
            for end, word in self._longer[head]
            if end in pairs and word in text
        ]
        return (self._pairs & begun).union(longer)


@lru_cache(maxsize=8192)
def pairs_in(text: str) -> frozenset[str]:
    """The character pairs of a text; every lexicon asks for them."""
    return frozenset(map(add, text, text[1:]))


def in_order(words: Collection[str], text: str) -> Iterator[tuple[str, int]]:
    """The places where a text says any of a few words: the word, and where it ends.

    From left to right without overlap, of two that begin alike the longer one.
    """
    end = 0
    while places := [(at, -len(w), w) for w in words if (at := text.find(w, end)) >= 0]:
        start, _, word = min(places)
        end = start + len(word)
        yield word, end
