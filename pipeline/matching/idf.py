"""How telling words and character pairs are within one form."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams, content_words

# Weights are so many parts of 1: sums of them are exact in double precision.
_PARTS = 2**20


class _Weights(dict[str, float]):
    """Weights by gram; one that no phrase of the form has weighs the most."""

    default = 0.0

    def __missing__(self, gram: str) -> float:
        return self.default


class Idf:
    """How telling a character pair or word is within one form.

    Weights are whole multiples of 2⁻²⁰, so that no order of adding them up changes a sum.
    """

    __slots__ = ("weights",)

    def __init__(self, weights: _Weights) -> None:
        self.weights = weights

    def covered(self, grams: frozenset[str], by: frozenset[str]) -> float:
        """How much of the weight of ``grams`` is found in ``by``, 0 to 1."""
        common = grams & by
        return self._total(common) / self._total(grams) if common else 0.0

    def _total(self, grams: frozenset[str]) -> float:
        return sum(map(self.weights.__getitem__, grams))


def form_idf(measures: Sequence[Measure]) -> Idf:
    """Inverse document frequencies over the phrases of a form."""
    return _idf_of(tuple([measure.local for measure in measures]))


@lru_cache(maxsize=2)
def _idf_of(phrases: tuple[str, ...]) -> Idf:
    """The indicator table and the pairs of a form ask for the same."""
    counts = Counter([gram for p in phrases for gram in bigrams(p) | content_words(p)])
    n = len(phrases) or 1
    by_count = {c: _weight(n / c) for c in set(counts.values())}
    weights = _Weights({g: by_count[c] for g, c in counts.items()})
    weights.default = _weight(n)
    return Idf(weights)


def _weight(times: float) -> float:
    """The weight of what one phrase of so many has."""
    return round(math.log(1 + times) * _PARTS) / _PARTS
