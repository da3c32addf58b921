"""How alike measures are by their words alone, for finding their indicator rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.core.value import value
from pipeline.matching.gates.rates import rate_similarity
from pipeline.matching.idf import Idf
from pipeline.matching.measures.comparable import comparable, comparing
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import (
    bigrams,
    content_string,
    content_words,
    exclude_each_other,
    exclusive_members,
)


def likeness(first: Measure, second: Measure, idf: Idf) -> float:
    """How alike two measures are by their words alone, 0 to 1; 0 for other units."""
    return (
        _likeness(worded(first), worded(second), idf)
        if comparable(first, second)
        else 0.0
    )


@value(frozen=True, slots=True)
class Worded:
    """A measure with the character pairs of its phrase, without and with context.

    ``words`` are the content words of the phrase, ``plain`` is all of them as printed,
    ``members`` what it names of sets that exclude one another.
    It meets many others, so that they are looked up once.
    """

    measure: Measure
    local: frozenset[str]
    wide: frozenset[str]
    words: frozenset[str]
    plain: str
    members: Mapping[int, frozenset[str]]


def worded(measure: Measure) -> Worded:
    """The measure with its character pairs."""
    known: Worded | None = measure.notes.get("worded")
    if known is None:
        known = measure.notes["worded"] = _worded(measure)
    return known


def _worded(measure: Measure) -> Worded:
    local = bigrams(measure.local)
    if not local and measure.rate:
        local = frozenset([measure.rate])  # 竣工率 says only what was done
    return Worded(
        measure,
        local,
        wide_bigrams(measure) | local if measure.context else local,
        content_words(measure.local),
        content_string(measure.local),
        exclusive_members(measure.local),
    )


def _likeness(a: Worded, b: Worded, idf: Idf) -> float:
    if a.local.isdisjoint(b.wide) and b.local.isdisjoint(a.wide):
        return 0.0  # most pairs share nothing
    first, second = a.measure, b.measure
    overlap, jaccard = idf.shared(a.local, b.local)
    in_context = covered_in_context(a, b, idf, overlap)
    score = 0.4 * overlap + 0.25 * jaccard + 0.35 * in_context
    if first.rate and second.rate and rate_similarity(first.rate, second.rate) < 0.5:
        score *= 0.4
    if a.members and b.members and exclude_each_other(a.members, b.members):
        score *= 0.4
    return min(1.0, score)


def covered_in_context(a: Worded, b: Worded, idf: Idf, overlap: float) -> float:
    """How much of either phrase the other one has, what stands before it included.

    ``overlap`` is how much the phrases share by themselves.
    """
    if a.wide is a.local and b.wide is b.local:
        return overlap  # most numbers of a list have nothing before their phrase
    return max(idf.covered(a.local, b.wide), idf.covered(b.local, a.wide))


def likenesses(
    firsts: Sequence[Measure], seconds: Sequence[Measure], idf: Idf
) -> NDArray[np.float64]:
    """``likeness`` of all with all, shape (firsts, seconds).

    Most pairs share no character pair and are never looked at.
    """
    theirs = list(map(worded, seconds))
    by_local = _places_of_grams(words.local for words in theirs)
    # Rows have nothing before their names: what they share with a phrase, they
    # share with what stands before it, too.
    in_context = any(words.wide is not words.local for words in theirs)
    by_wide = _places_of_grams(w.wide for w in theirs) if in_context else {}
    table = np.zeros((len(firsts), len(seconds)))
    fits, kinds = comparing(firsts, seconds)
    for i, words in enumerate(map(worded, firsts)):
        fitting = fits[i]
        near = {j for gram in words.wide & by_local.keys() for j in by_local[gram]}
        if by_wide:
            near |= {j for gram in words.local & by_wide.keys() for j in by_wide[gram]}
        for j in near:
            if fitting[kinds[j]]:
                table[i, j] = _likeness(words, theirs[j], idf)
    return table


def _places_of_grams(sets: Iterable[frozenset[str]]) -> dict[str, list[int]]:
    """For each character pair the numbers of the sets that hold it."""
    places: dict[str, list[int]] = {}
    for number, grams in enumerate(sets):
        for gram in grams:
            places.setdefault(gram, []).append(number)
    return places


def wide_bigrams(measure: Measure) -> frozenset[str]:
    """The character pairs of a phrase and of what stands before it in its item."""
    return _joined_bigrams(measure.local, measure.context)


@lru_cache(maxsize=8192)
def _joined_bigrams(local: str, context: str) -> frozenset[str]:
    return bigrams(local) | bigrams(context) if context else bigrams(local)
