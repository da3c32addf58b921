"""What a bare deed was done to: 卫生村申报50个，经考核命名47个 names 卫生村 only once.

A number in the same sentence and unit as the one before, whose phrase has only
words for deeds, counts the same things at another step. So does one after a
heading: 除险加固方面，开工14座，完工11座.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.language.segment import words
from pipeline.matching.gates.objects import deed_words, plain_name
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import FILE, content_word
from pipeline.resources import load_toml

_NO_THINGS = frozenset({"rate", "time", "money", None})
_DEED = 2
_HEADING = re.compile(r"(?P<name>[^，。；：、\d]{3,14})(?:方面[，：]|：)")
_PLANNED = re.compile(r"^.*计划\d[^，]*?(?=实际)")


def with_carried_names(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """Measures, those of a bare deed with the name of the thing before theirs."""
    named: list[Measure] = []
    for measure in measures:
        goes_on = named and _goes_on(named[-1], measure)
        name = (_thing(named[-1].local) if goes_on else "") or _heading(measure)
        if name:
            local = f"{name} {measure.local}"
            measure = dataclasses.replace(measure, local=local)
        elif named and (local := _rate_of_deed(named[-1], measure)):
            measure = dataclasses.replace(measure, local=local)
        named.append(measure)
    return tuple(named)


def _rate_of_deed(before: Measure, measure: Measure) -> str:
    """听力筛查率 for the 筛查率 of 听力筛查400人，筛查率98%, or ""."""
    rate = measure.local.strip()
    deed = rate.removesuffix("率")
    if before.unit_class == "rate" or before.sentence != measure.sentence:
        return ""
    if len(deed) < _DEED or deed == rate or measure.rate != rate:
        return ""
    named, found, _ = before.local.strip().rpartition(deed)
    return f"{named}{rate}" if found and named else ""


def _heading(measure: Measure) -> str:
    """What stands at the head of the sentence of a bare result, or ""."""
    if measure.unit_class in _NO_THINGS or measure.part:
        return ""
    head = _HEADING.match(measure.context)
    bare = _PLANNED.sub("", measure.local)
    return head["name"] if head and _says_no_more(bare) else ""


def _says_no_more(phrase: str) -> bool:
    """Whether a phrase only says that something was done: 实际完成, 完工."""
    said = [word for word in words(phrase) if content_word(word)]
    return bool(phrase.strip()) and _results().issuperset(said)


def _goes_on(before: Measure, measure: Measure) -> bool:
    return (
        before.quantity.unit == measure.quantity.unit
        and before.quantity.per == measure.quantity.per
        and before.sentence == measure.sentence
        and measure.unit_class not in _NO_THINGS
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
    return any(map(content_word, words(phrase))) and _says_no_more(phrase)


@lru_cache(maxsize=1)
def _results() -> frozenset[str]:
    return frozenset(load_toml(FILE)["results"]["words"])
