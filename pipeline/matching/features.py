"""Features of pairs of measures; none looks at whether the numbers agree.

Equality of a target's and an outcome's value is never evidence that they
belong together: it would bias every answer to "met".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from pipeline.matching.gates.rates import rate_similarity
from pipeline.matching.hub import Hub
from pipeline.matching.idf import Idf
from pipeline.matching.measures.comparable import count_alike
from pipeline.matching.measures.wording import exclude_each_other
from pipeline.matching.overlaps import overlaps, shared_words
from pipeline.matching.worded import Worded

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
Features = Mapping[str, NDArray[np.float64]]
"""By the name of a feature its values of many pairs, each about 0 to 1."""


def seen_of_all(
    firsts: Sequence[Worded],
    seconds: Sequence[Worded],
    of_unit: NDArray[np.bool_],
    idf: Idf,
) -> Features:
    """The features that are told of all pairs at once, of shape (firsts, seconds).

    ``of_unit``: which pairs are comparable.
    """
    part, jaccard, context = overlaps(firsts, seconds, idf)
    # Where a gate bars one pair, the other does not thereby stand alone.
    alone = (of_unit.sum(axis=1, keepdims=True) == 1) & (of_unit.sum(axis=0) == 1)
    return {
        "local_coverage": part,
        "local_jaccard": jaccard,
        "context_coverage": context,
        "word_overlap": shared_words(firsts, seconds, idf),
        "abbreviation": abbreviations(firsts, seconds),
        "unique_in_class": alone.astype(np.float64),
        "unique_unit": _of_unique_unit(firsts, seconds),
        "part_mismatch": np.abs(_are_parts(firsts)[:, None] - _are_parts(seconds)),
    }


def seen_of_each(
    pairs: Sequence[tuple[Worded, Worded]], hubs: Sequence[Hub]
) -> Features:
    """The features that are told of one pair after the other, of shape (pairs,).

    ``hubs``: what the indicator table says of each.
    """
    seen = {
        "unit_same": [count_alike(a.measure, b.measure) for a, b in pairs],
        "modifier_conflict": [
            exclude_each_other(a.members, b.members) for a, b in pairs
        ],
        "rate_conflict": [_are_other_rates(a, b) for a, b in pairs],
        "hub_conflict": [hub.conflict for hub in hubs],
        "hub_agree": [hub.agree for hub in hubs],
    }
    return {name: np.array(values, dtype=np.float64) for name, values in seen.items()}


def have_words(features: Features) -> NDArray[np.bool_]:
    """Which pairs have anything in common by their words, of features told at once."""
    words: NDArray[np.bool_] = features["context_coverage"] > 0
    return words | (features["abbreviation"] > CHANCE)


def _are_other_rates(one: Worded, other: Worded) -> bool:
    mine, theirs = one.measure.rate, other.measure.rate
    return bool(mine) and bool(theirs) and rate_similarity(mine, theirs) < 0.5


def _are_parts(side: Sequence[Worded]) -> NDArray[np.float64]:
    return np.array([words.measure.part for words in side], dtype=np.float64)


def _of_unique_unit(
    firsts: Sequence[Worded], seconds: Sequence[Worded]
) -> NDArray[np.float64]:
    """Pairs of one printed unit that both sides have just once."""
    units, others = list(map(_unit_of, firsts)), list(map(_unit_of, seconds))
    table = np.zeros((len(units), len(others)))
    for unit, times in Counter(units).items():
        if unit[0] is not None and times == others.count(unit) == 1:
            table[units.index(unit), others.index(unit)] = 1
    return table


def _unit_of(words: Worded) -> tuple[str | None, str | None]:
    return words.measure.quantity.unit, words.measure.quantity.per


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
