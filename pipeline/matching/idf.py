"""How telling words and character pairs are within one form."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.matching.measure import Measure
from pipeline.matching.wording import bigrams, content_words


@dataclass(frozen=True, slots=True)
class Idf:
    """How telling a character pair or word is within one form."""

    weights: Mapping[str, float]
    default: float
    _totals: dict[frozenset[str], float] = field(default_factory=dict, compare=False)

    def total(self, grams: frozenset[str]) -> float:
        """The summed weight of a set of grams; phrases meet many others."""
        known = self._totals.get(grams)
        if known is None:
            weight, default = self.weights.get, self.default
            # fsum: a set has no order, and the sum must not depend on one.
            known = self._totals[grams] = math.fsum([weight(g, default) for g in grams])
        return known

    def covered(self, grams: frozenset[str], by: frozenset[str]) -> float:
        """How much of the weight of ``grams`` is found in ``by``, 0 to 1."""
        if grams.isdisjoint(by):
            return 0.0
        return self.total(grams & by) / self.total(grams)

    def shared(self, a: frozenset[str], b: frozenset[str]) -> tuple[float, float]:
        """The weight that both share, as a part of the lighter and of both, 0 to 1."""
        if a.isdisjoint(b):
            return 0.0, 0.0
        common = self.total(a & b)
        lighter = min(self.total(a), self.total(b))
        return common / lighter, common / self.total(a | b)


def form_idf(measures: Sequence[Measure]) -> Idf:
    """Inverse document frequencies over the phrases of a form."""
    return _idf_of(tuple([measure.local for measure in measures]))


@lru_cache(maxsize=2)
def _idf_of(phrases: tuple[str, ...]) -> Idf:
    """The indicator table and the pairs of a form ask for the same."""
    counts: Counter[str] = Counter()
    for phrase in phrases:
        counts.update(bigrams(phrase) | content_words(phrase))
    n = len(phrases) or 1
    by_count = {c: math.log(1 + n / c) for c in set(counts.values())}
    weights = {g: by_count[c] for g, c in counts.items()}
    return Idf(weights, math.log(1 + n))
