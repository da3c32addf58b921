"""Which of very many words a text holds, without asking for each of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from operator import add


class Lexicon:
    """Words under their first two characters, most of which a text does not have."""

    __slots__ = ("_by_head", "_heads", "_letters")

    def __init__(self, words: Iterable[str]) -> None:
        self._by_head: dict[str, list[str]] = {}
        for word in words:
            self._by_head.setdefault(word[:2], []).append(word)
        self._heads = frozenset(head for head in self._by_head if len(head) > 1)
        self._letters = frozenset(head for head in self._by_head if len(head) == 1)

    def held(self, text: str) -> frozenset[str]:
        """The words that stand in a text, also those that are parts of one another."""
        heads = self._heads & pairs_in(text)
        letters = self._letters and self._letters.intersection(text)
        if not heads:
            return letters
        return letters.union([w for h in heads for w in self._by_head[h] if w in text])


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
