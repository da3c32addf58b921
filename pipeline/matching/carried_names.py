"""What a bare deed was done to: 卫生村申报50个，经考核命名47个 names 卫生村 only once.

A number in the same sentence and unit as the one before, whose phrase has only
words for deeds, counts the same things at another step.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import lru_cache

from pipeline.language.segment import words
from pipeline.matching.measure import Measure
from pipeline.matching.objects import deed_words, plain_name
from pipeline.matching.wording import FILE, content_word
from pipeline.resources import load_toml


def with_carried_names(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """Measures, those of a bare deed with the name of the thing before theirs."""
    named: list[Measure] = []
    for measure in measures:
        if named and _goes_on(named[-1], measure):
            name = _thing(named[-1].local)
            if name:
                local = f"{name} {measure.local}"
                measure = dataclasses.replace(measure, local=local)
        named.append(measure)
    return tuple(named)


def _goes_on(before: Measure, measure: Measure) -> bool:
    return (
        before.quantity.unit == measure.quantity.unit
        and before.quantity.per == measure.quantity.per
        and before.sentence == measure.sentence
        and measure.unit_class not in ("rate", "time", "money", None)
        and is_bare_result(measure.local)
    )


@lru_cache(maxsize=8192)
def _thing(phrase: str) -> str:
    """The name in a phrase without all that was done: 卫生村 of 卫生村申报."""
    deeds = deed_words()
    if all(word in deeds for word in words(plain_name(phrase))):
        return ""
    return "".join(w for w in words(phrase) if content_word(w) and w not in deeds)


@lru_cache(maxsize=8192)
def is_bare_result(phrase: str) -> bool:
    """Whether a phrase says only how a deed ended."""
    said = [word for word in words(phrase) if content_word(word)]
    return bool(said) and _results().issuperset(said)


@lru_cache(maxsize=1)
def _results() -> frozenset[str]:
    return frozenset(load_toml(FILE)["results"]["words"])
