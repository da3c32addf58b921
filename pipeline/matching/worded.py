"""What the words of a measure are, looked up once, since it meets many others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipeline.core.value import value
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import (
    bigrams,
    content_string,
    content_words,
    exclusive_members,
)


@value(frozen=True, slots=True)
class Worded:
    """A measure with the character pairs of its phrase, without and with context.

    ``words`` are the content words of the phrase, ``plain`` is all of them as printed,
    ``members`` what it names of sets that exclude one another.
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


def wide_bigrams(measure: Measure) -> frozenset[str]:
    """The character pairs of a phrase and of what stands before it in its item."""
    return _joined_bigrams(measure.local, measure.context)


@lru_cache(maxsize=8192)
def _joined_bigrams(local: str, context: str) -> frozenset[str]:
    return bigrams(local) | bigrams(context) if context else bigrams(local)
