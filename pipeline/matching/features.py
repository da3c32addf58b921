"""Features of a pair of measures; none looks at whether the numbers agree.

Equality of a target's and an outcome's value is never evidence that they
belong together: it would bias every answer to "met".
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from pipeline.core.quantity import Quantity
from pipeline.language.units import to_base, unit_class
from pipeline.matching.idf import Idf
from pipeline.matching.measure import Measure
from pipeline.matching.per import per_fits, per_kind
from pipeline.matching.wording import (
    FILE,
    bigrams,
    content_string,
    content_words,
    exclusive_conflict,
)
from pipeline.resources import load_toml

# General classifiers: they count whatever another classifier of things counts.
_LOOSE_UNITS = frozenset({"个", "件", "项", "处"})
_LOOSE_FOR = frozenset({"organisation", "thing", "place", "document", "case", "event"})
# Classes whose units are all variants of one count; a 米 and an 亩 never are.
# Classifiers of one kind of thing: 张 and 处 never count the same.
_OWN_THINGS = frozenset(
    {"张", "盏", "株", "棵", "只", "头", "羽", "尾", "瓶", "盒", "枚", "粒", "床", "起"}
)
_ONE_COUNT = frozenset(
    {"event", "person", "person_time", "organisation", "document", "thing", "place"}
    | {"case", "work_time", "money", "rate", "multiple", "score"}
)
_COMPATIBLE = (
    frozenset({"person", "person_time"}),
    frozenset({"organisation", "place"}),
)
_IN_BRACKETS = re.compile(r"[（(]([一-鿿]{1,3})[）)]$")
_ONE = Decimal(1)
_CHANCE = 0.2
_TIMES = frozenset({"次", "批次", "频次", "件次"})
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


def comparable(first: Measure, second: Measure) -> bool:
    """Whether two measures can be one: unit classes fit, per-each with per-each."""
    if first.task_share or second.task_share:
        return False
    a, b = first.quantity, second.quantity
    if not _units_fit(
        a.unit, first.unit_class, b.unit, second.unit_class
    ) and not _other_units_fit(a, b):
        return False
    return (a.unit == b.unit and a.per == b.per is not None) or per_fits(first, second)


def comparables(
    firsts: Sequence[Measure], seconds: Sequence[Measure]
) -> NDArray[np.bool_]:
    """``comparable`` of all with all, shape (firsts, seconds).

    Many measures are of one kind, and only the kinds are compared.
    """
    (mine, rows), (theirs, columns) = _kinds(firsts), _kinds(seconds)
    fits = np.array([[comparable(a, b) for b in theirs] for a in mine], dtype=bool)
    return fits.reshape(len(mine), len(theirs))[np.ix_(rows, columns)]


def _kinds(measures: Sequence[Measure]) -> tuple[list[Measure], list[int]]:
    """One measure of every kind, and for each measure which of them it is like."""
    numbers: dict[Hashable, int] = {}
    examples: list[Measure] = []
    kinds: list[int] = []
    for m in measures:
        unit, others = m.quantity.unit, _other_units(m.quantity.quote)
        kind = unit, others, m.quantity.per, m.unit_class, m.task_share, *per_kind(m)
        number = numbers.setdefault(kind, len(examples))
        if number == len(examples):
            examples.append(m)
        kinds.append(number)
    return examples, kinds


def _other_units_fit(a: Quantity, b: Quantity) -> bool:
    others = _other_units(a.quote), _other_units(b.quote)
    return any(others) and any(
        _units_fit(u, unit_class(u), v, unit_class(v))
        for u in (a.unit, *others[0])
        for v in (b.unit, *others[1])
    )


@lru_cache(maxsize=4096)
def _other_units(quote: str) -> tuple[str, ...]:
    """The units in brackets of 395户（人） and 40件（套）."""
    found = _IN_BRACKETS.search(quote)
    return (found[1],) if found else ()


def _plain(unit: str | None) -> str | None:
    """元/亩 counts 元; what it is per is compared apart."""
    return unit.partition("/")[0] or unit if unit else unit


@lru_cache(maxsize=1000)
def _units_fit(
    unit_a: str | None, class_a: str | None, unit_b: str | None, class_b: str | None
) -> bool:
    a, b = _plain(unit_a), _plain(unit_b)
    if a == b:
        return True
    if a is None or b is None:
        # A rate printed without its sign still is a rate.
        known = class_a or class_b
        return known in (None, "rate", "score")
    if {a, b} == {"分", "分钟"}:  # 4分30秒
        return True
    if any(a in units and b in units for units in _same_counts()):
        return True
    if to_base(_ONE, a)[1] == to_base(_ONE, b)[1]:
        return True
    if "百分点" in (a, b):
        return False
    return _classes_fit(a, class_a, b, class_b)


@lru_cache(maxsize=1)
def _same_counts() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(e["units"]) for e in load_toml(FILE)["same_count"])


def _classes_fit(a: str, class_a: str | None, b: str, class_b: str | None) -> bool:
    if class_a is None or class_b is None:
        return False
    if class_a == class_b:
        return class_a in _ONE_COUNT
    if {class_a, class_b} in _COMPATIBLE:
        return "户" not in (a, b)  # households are no sites
    if {class_a, class_b} == {"event", "case"} and {a, b} & _TIMES:
        return True
    if {a, b} & _OWN_THINGS:
        return False
    for unit, other in ((a, class_b), (b, class_a)):
        if unit in _LOOSE_UNITS and other in _LOOSE_FOR:
            return True
        if unit == "个" and other == "person":
            return True
    return False


@dataclass(frozen=True, slots=True)
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


def likeness(first: Measure, second: Measure, idf: Idf) -> float:
    """How alike two measures are by their words alone, 0 to 1; 0 for other units."""
    return _likeness(_words_of(first), _words_of(second), idf)


class _Words(NamedTuple):
    """A measure with the character pairs of its phrase, without and with context."""

    measure: Measure
    local: frozenset[str]
    wide: frozenset[str]


def _words_of(measure: Measure) -> _Words:
    return _Words(measure, bigrams(measure.local), _wide_bigrams(measure))


def _likeness(a: _Words, b: _Words, idf: Idf) -> float:
    if a.local.isdisjoint(b.wide) and b.local.isdisjoint(a.wide):
        return 0.0  # most pairs share nothing
    first, second = a.measure, b.measure
    if not comparable(first, second):
        return 0.0
    in_context = max(idf.covered(a.local, b.wide), idf.covered(b.local, a.wide))
    overlap, jaccard = idf.shared(a.local, b.local)
    score = 0.4 * overlap + 0.25 * jaccard + 0.35 * in_context
    if first.rate and second.rate and rate_similarity(first.rate, second.rate) < 0.5:
        score *= 0.4
    if exclusive_conflict(first.local, second.local):
        score *= 0.4
    return min(1.0, score)


def likenesses(
    firsts: Sequence[Measure], seconds: Sequence[Measure], idf: Idf
) -> NDArray[np.float64]:
    """``likeness`` of all with all, shape (firsts, seconds).

    Most pairs share no character pair and are never looked at.
    """
    theirs = list(map(_words_of, seconds))
    by_local = _places_of_grams(words.local for words in theirs)
    by_wide = _places_of_grams(words.wide for words in theirs)
    table = np.zeros((len(firsts), len(seconds)))
    for i, words in enumerate(map(_words_of, firsts)):
        near = {j for gram in by_wide.keys() & words.local for j in by_wide[gram]}
        near |= {j for gram in by_local.keys() & words.wide for j in by_local[gram]}
        for j in near:
            table[i, j] = _likeness(words, theirs[j], idf)
    return table


def _places_of_grams(sets: Iterable[frozenset[str]]) -> dict[str, list[int]]:
    """For each character pair the numbers of the sets that hold it."""
    places: dict[str, list[int]] = {}
    for number, grams in enumerate(sets):
        for gram in grams:
            places.setdefault(gram, []).append(number)
    return places


def _wide_bigrams(measure: Measure) -> frozenset[str]:
    return _joined_bigrams(measure.local, measure.context)


@lru_cache(maxsize=8192)
def _joined_bigrams(local: str, context: str) -> frozenset[str]:
    return bigrams(local) | bigrams(context)


def pair_features(
    target: Measure, outcome: Measure, idf: Idf, *, place: Place, hub: Hub
) -> dict[str, float]:
    """The features of one candidate pair, by name, each about 0 to 1."""
    local_t, local_o = bigrams(target.local), bigrams(outcome.local)
    wide_t, wide_o = _wide_bigrams(target), _wide_bigrams(outcome)
    words_t, words_o = content_words(target.local), content_words(outcome.local)
    rates = bool(target.rate) and bool(outcome.rate)
    same_rate = rates and rate_similarity(target.rate, outcome.rate) >= 0.5
    overlap, jaccard = idf.shared(local_t, local_o)
    features = {
        "local_coverage": overlap,
        "local_jaccard": jaccard,
        "context_coverage": max(
            idf.covered(local_t, wide_o), idf.covered(local_o, wide_t)
        ),
        "word_overlap": idf.shared(words_t, words_o)[0],
        "abbreviation": _abbreviation(target.local, outcome.local),
        "unit_same": float(
            _plain(target.quantity.unit) == _plain(outcome.quantity.unit)
        ),
        "unique_in_class": float(place.unique_in_class),
        "unique_unit": float(place.unique_unit),
        "modifier_conflict": float(exclusive_conflict(target.local, outcome.local)),
        "part_mismatch": float(target.part != outcome.part),
        "rate_conflict": float(rates and not same_rate),
        "hub_conflict": float(hub.conflict),
        "hub_agree": float(hub.agree),
    }
    evidence = ("local_coverage", "context_coverage", "hub_agree")
    # One character in common is chance: 检测, 检出.
    short = features["abbreviation"] > _CHANCE
    features["no_words"] = float(not short and not any(map(features.get, evidence)))
    return features


def say_other_things(target: Measure, outcome: Measure) -> bool:
    """Whether both name a thing, and nothing of one is found in the other.

    Then ``no_words`` is true of the pair, unless the indicator table joins it.
    """
    local_t, local_o = bigrams(target.local), bigrams(outcome.local)
    return bool(
        local_t
        and local_o
        and local_t.isdisjoint(_wide_bigrams(outcome))
        and local_o.isdisjoint(_wide_bigrams(target))
        and _abbreviation(target.local, outcome.local) <= _CHANCE
    )


@lru_cache(maxsize=8192)
def _abbreviation(first: str, second: str) -> float:
    """How far one phrase is the other with characters left out (户用厕所, 户厕)."""
    a, b = content_string(first), content_string(second)
    if min(len(a), len(b)) < 2:
        return 0.0
    return float(LCSseq.similarity(a, b)) / min(len(a), len(b))


def rate_similarity(first: str, second: str) -> float:
    """1 where one rate name ends like the other (工程合格率, 合格率)."""
    if any(first.endswith(r) and second.endswith(r) for r in _same_rates()):
        return 1.0
    a, b = _rate_core(first), _rate_core(second)
    if not a or not b:
        return 0.0
    if a.endswith(b) or b.endswith(a):
        return 1.0
    if a[-2:] == b[-2:]:
        return 1.0 if len(a) > 2 and a[-3:] == b[-3:] else 0.6
    grams_a = {a[i : i + 2] for i in range(len(a) - 1)}
    grams_b = {b[i : i + 2] for i in range(len(b) - 1)}
    return len(grams_a & grams_b) / max(1, min(len(grams_a), len(grams_b)))


@lru_cache(maxsize=1)
def _same_rates() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(e["names"]) for e in load_toml(FILE)["same_rate"])


def _rate_core(name: str) -> str:
    for ending in ("率", "度"):
        name = name.removesuffix(ending)
    return name[-6:]
