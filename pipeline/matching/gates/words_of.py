"""Which gates a phrase has a word for, told by one look for the words of them all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.language.needles import needles
from pipeline.matching.measures.lexicon import Lexicon

Patterns = Iterable[re.Pattern[str]]


class WordsOf:
    """Some patterns under each of a few bits, and which of them may match a text.

    Most phrases hold no word that any of a gate's patterns waits for, and all gates
    are told of a phrase at once.
    """

    __slots__ = ("_always", "_bits", "_lexicon")

    def __init__(self, patterns: Mapping[int, Patterns]) -> None:
        self._always = 0
        self._bits: dict[str, int] = {}
        for bit, some in patterns.items():
            for pattern in some:
                self._add(pattern, bit)
        self._lexicon = Lexicon(self._bits)

    def _add(self, pattern: re.Pattern[str], bit: int) -> None:
        # A digit stands for any other one there, and is not asked for.
        words = [max(w.split("0"), key=len) for w in needles(pattern.pattern)]
        if not words or "" in words:
            self._always |= bit
        for word in words:
            self._bits[word] = self._bits.get(word, 0) | bit

    def may_match(self, phrase: str, clause: str) -> int:
        """The bits of which some pattern may match a phrase, its clause, or both joined."""
        found = self._always
        for word in self._lexicon.held_in_both(phrase, clause):
            found |= self._bits[word]
        return found
