"""Features of a pair of measures; none looks at whether the numbers agree.

Equality of a target's and an outcome's value is never evidence that they
belong together: it would bias every answer to "met".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from pipeline.core.value import value
from pipeline.matching.gates.rates import rate_similarity
from pipeline.matching.idf import Idf
from pipeline.matching.likeness import Worded, covered_in_context
from pipeline.matching.measures.comparable import count_alike
from pipeline.matching.measures.wording import exclude_each_other

# One character in common is chance: 检测, 检出.
CHANCE = 0.2
FEATURES = (
    "local_coverage",
    "local_jaccard",
    "context_coverage",
    "word_overlap",
    "abbreviation",
    "no_words",
    "unit_same",
    "unique_in_class",
    "unique_unit",
    "modifier_conflict",
    "part_mismatch",
    "rate_conflict",
    "hub_conflict",
    "hub_agree",
)


@value(frozen=True, slots=True)
class Place:
    """Where a pair stands among all: whether its units stand alone on both sides."""

    unique_in_class: bool = False
    unique_unit: bool = False


@dataclass(frozen=True, slots=True)
class Hub:
    """What the indicator table says of a pair.

    ``conflict``: each side clearly belongs to a row of its own; ``agree``: both
    clearly belong to the same one.
    """

    conflict: bool = False
    agree: bool = False


def pair_features(
    one: Worded, other: Worded, idf: Idf, *, short: float, place: Place, hub: Hub
) -> dict[str, float]:
    """The features of a target and an outcome, by name, each about 0 to 1.

    ``short``: how far one is the other with characters left out (``abbreviations``).
    """
    target, outcome = one.measure, other.measure
    rates = bool(target.rate) and bool(outcome.rate)
    same_rate = rates and rate_similarity(target.rate, outcome.rate) >= 0.5
    overlap, jaccard = idf.shared(one.local, other.local)
    in_context = covered_in_context(one, other, idf, overlap)
    return {
        "local_coverage": overlap,
        "local_jaccard": jaccard,
        "context_coverage": in_context,
        "word_overlap": idf.shared(one.words, other.words)[0],
        "abbreviation": short,
        "unit_same": count_alike(target, outcome),
        "unique_in_class": place.unique_in_class,
        "unique_unit": place.unique_unit,
        "modifier_conflict": exclude_each_other(one.members, other.members),
        "part_mismatch": target.part != outcome.part,
        "rate_conflict": rates and not same_rate,
        "hub_conflict": hub.conflict,
        "hub_agree": hub.agree,
        "no_words": not (overlap or in_context or hub.agree or short > CHANCE),
    }


def say_other_things(one: Worded, other: Worded) -> bool:
    """Whether both name a thing, and no word of one is found in the other.

    Then ``no_words`` is true of the pair, unless the indicator table joins it or
    one is short for the other.
    """
    if not (one.local and other.local):
        return False
    return one.local.isdisjoint(other.wide) and other.local.isdisjoint(one.wide)


def abbreviations(
    firsts: Sequence[Worded], seconds: Sequence[Worded]
) -> NDArray[np.float64]:
    """How far one phrase is the other with characters left out (户用厕所, 户厕), 0 to 1.

    Shape (firsts, seconds).
    """
    if not firsts or not seconds:
        return np.zeros((len(firsts), len(seconds)))
    mine, theirs = [one.plain for one in firsts], [one.plain for one in seconds]
    common = cdist(mine, theirs, scorer=LCSseq.similarity)
    lengths = list(map(len, mine)), list(map(len, theirs))
    shorter = np.minimum(np.array(lengths[0])[:, None], np.array(lengths[1]))
    return np.where(shorter > 1, common / np.maximum(shorter, 1), 0.0)
