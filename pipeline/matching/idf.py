"""How telling words and character pairs are within one form."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams, content_words


class _Weights(dict[str, float]):
    """Weights by gram; one that no phrase of the form has weighs the most."""

    default = 0.0

    def __missing__(self, gram: str) -> float:
        return self.default


class _Totals(dict[frozenset[str], float]):
    """The summed weights of sets of grams, which phrases share with many others."""

    def __init__(self, weights: _Weights) -> None:
        self._weights = weights

    def __missing__(self, grams: frozenset[str]) -> float:
        # fsum: a set has no order, and the sum must not depend on one.
        total = self[grams] = math.fsum(map(self._weights.__getitem__, grams))
        return total


class Idf:
    """How telling a character pair or word is within one form."""

    __slots__ = ("_totals", "weights")

    def __init__(self, weights: _Weights) -> None:
        self.weights = weights
        self._totals = _Totals(weights)

    def covered(self, grams: frozenset[str], by: frozenset[str]) -> float:
        """How much of the weight of ``grams`` is found in ``by``, 0 to 1."""
        common = grams & by
        return self._totals[common] / self._totals[grams] if common else 0.0

    def shared(self, a: frozenset[str], b: frozenset[str]) -> tuple[float, float]:
        """The weight that both share, as a part of the lighter and of both, 0 to 1."""
        grams = a & b
        if not grams:
            return 0.0, 0.0
        totals = self._totals
        common, one, other = totals[grams], totals[a], totals[b]
        lighter = one if one < other else other
        return common / lighter, common / (one + other - common)


def form_idf(measures: Sequence[Measure]) -> Idf:
    """Inverse document frequencies over the phrases of a form."""
    return _idf_of(tuple([measure.local for measure in measures]))


@lru_cache(maxsize=2)
def _idf_of(phrases: tuple[str, ...]) -> Idf:
    """The indicator table and the pairs of a form ask for the same."""
    counts = Counter([gram for p in phrases for gram in bigrams(p) | content_words(p)])
    n = len(phrases) or 1
    by_count = {c: math.log(1 + n / c) for c in set(counts.values())}
    weights = _Weights({g: by_count[c] for g, c in counts.items()})
    weights.default = math.log(1 + n)
    return Idf(weights)
