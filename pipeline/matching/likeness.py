"""How alike measures are by their words alone, for finding their indicator rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.gates.rates import rate_similarity
from pipeline.matching.idf import Idf
from pipeline.matching.measures.comparable import comparing
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import exclude_each_other
from pipeline.matching.overlaps import overlaps
from pipeline.matching.places import places_of
from pipeline.matching.worded import Worded, worded

# What two rates or two kinds that are not one keep of their likeness.
_OF_OTHERS = 0.4


def likenesses(
    firsts: Sequence[Measure], seconds: Sequence[Measure], idf: Idf
) -> NDArray[np.float64]:
    """How alike all are with all by their words alone, shape (firsts, seconds).

    0 to 1; 0 for those of other units.
    """
    mine, theirs = list(map(worded, firsts)), list(map(worded, seconds))
    shared = overlaps(mine, theirs, idf)
    table = 0.4 * shared.part + 0.25 * shared.jaccard + 0.35 * shared.context
    fits, kinds = comparing(firsts, seconds)
    for i, j in places_of(table > 0):  # most pairs share nothing and are never met
        if not fits[i][kinds[j]]:
            table[i, j] = 0
        elif (kept := _kept(mine[i], theirs[j])) < 1:
            table[i, j] *= kept
    return np.minimum(table, 1)


def _kept(one: Worded, other: Worded) -> float:
    """How much of their likeness two measures keep that may be of other rates or kinds."""
    kept, mine, theirs = 1.0, one.measure.rate, other.measure.rate
    if mine and theirs and rate_similarity(mine, theirs) < 0.5:
        kept *= _OF_OTHERS
    if exclude_each_other(one.members, other.members):
        kept *= _OF_OTHERS
    return kept
