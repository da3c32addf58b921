"""A second witness of vagueness: words and pairs of words with learned weights.

The rules say that they found nothing checkable. A goal is not called vague where
its words clearly sound checkable: they may clear it, and accuse it only where the
rules found no more than a mention in a clause on a quality. The weights are those
of a linear classifier trained with spaCy (``jixiao train --part vague``), written
out so that people can read them and spaCy need not be loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.language.segment import words
from pipeline.resources import load_lines

WEIGHTS = "vague_words.tsv"
BIAS = "="
"""The line of the weight that every statement starts from."""

CLEAR = 0.85
"""Log-odds from which on words are clear: seven to three."""

JOINT = " "
"""Between the two words of a pair; words themselves hold none."""


def sounds_checkable(folded: str) -> bool:
    """Whether the words of a (folded) statement clearly sound checkable."""
    return weight_of(words(folded)) <= -CLEAR


def sounds_vague(folded: str) -> bool:
    """Whether the words of a (folded) statement clearly sound vague."""
    return weight_of(words(folded)) >= CLEAR


def weight_of(found: Sequence[str]) -> float:
    """The sum of what the words and pairs weigh: above 0 for vague (log-odds)."""
    weights = _weights()
    return sum((weights.get(g, 0.0) for g in grams(found)), weights[BIAS])


def grams(found: Sequence[str]) -> Iterator[str]:
    """Every word, then every pair of neighbours; white space is no word."""
    inked = [word for word in found if not word.isspace()]
    yield from inked
    for first, second in pairwise(inked):
        yield first + JOINT + second


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    rows = (line.rsplit("\t", 1) for line in load_lines(WEIGHTS))
    return {gram: float(weight) for gram, weight in rows}
