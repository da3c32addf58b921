"""How telling words and character pairs are within one form."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.matching.measures import Measure
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
            known = self._totals[grams] = sum([weight(g, default) for g in grams])
        return known

    def covered(self, grams: frozenset[str], by: frozenset[str]) -> float:
        """How much of the weight of ``grams`` is found in ``by``, 0 to 1."""
        if grams.isdisjoint(by):
            return 0.0
        return self.total(grams & by) / self.total(grams)

    def overlap(self, a: frozenset[str], b: frozenset[str]) -> float:
        """The weight that both share as a part of the lighter one, 0 to 1."""
        if a.isdisjoint(b):
            return 0.0
        return self.total(a & b) / min(self.total(a), self.total(b))

    def jaccard(self, a: frozenset[str], b: frozenset[str]) -> float:
        """The weight that both share as a part of both together, 0 to 1."""
        return 0.0 if a.isdisjoint(b) else self.total(a & b) / self.total(a | b)


def form_idf(measures: Sequence[Measure]) -> Idf:
    """Inverse document frequencies over the phrases of a form."""
    counts: Counter[str] = Counter()
    for measure in measures:
        counts.update(bigrams(measure.local) | content_words(measure.local))
    n = len(measures) or 1
    by_count = {c: math.log(1 + n / c) for c in set(counts.values())}
    weights = {g: by_count[c] for g, c in counts.items()}
    return Idf(weights, math.log(1 + n))
