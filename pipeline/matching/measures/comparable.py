"""Whether two measures can be one at all, by their units and what they are per."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from decimal import Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.core.quantity import Quantity
from pipeline.language.units import to_base, unit_class
from pipeline.matching.measures.counts import (
    are_one_count,
    are_two_counts,
    both_name_one_count,
    named_counts,
    plain_unit,
    sets_of_both,
)
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.per_fits import per_fits, per_kind

# General classifiers: they count whatever another classifier of things counts.
_LOOSE_UNITS = frozenset({"个", "件", "项", "处"})
_LOOSE_FOR = frozenset({"organisation", "thing", "place", "document", "case"})
# Classifiers of one kind of thing: 张 and 处 never count the same.
_OWN_THINGS = frozenset(
    {
        "张",
        "盏",
        "株",
        "棵",
        "只",
        "头",
        "羽",
        "尾",
        "瓶",
        "盒",
        "枚",
        "粒",
        "床",
        "起",
        "对",
    }
)
# Classes whose units are all variants of one count; a 米 and an 亩 never are.
_ONE_COUNT = frozenset(
    {"event", "person", "person_time", "organisation", "document", "thing", "place"}
    | {"case", "work_time", "money", "rate", "multiple", "score"}
)
_COMPATIBLE = (
    frozenset({"person", "person_time"}),
    frozenset({"organisation", "place"}),
)
_IN_BRACKETS = re.compile(r"[（(]([一-鿿]{1,3}(?:[、/／][一-鿿]{1,3})*)[）)]$")
_OR = re.compile("[、/／]")
_CLOSING = (")", "）")
_ONE = Decimal(1)
_PEOPLE = frozenset({"person", "person_time"})
_TIMES = frozenset({"次", "批", "批次", "频次", "件次"})


def comparable(first: Measure, second: Measure) -> bool:
    """Whether two measures can be one: unit classes fit, per-each with per-each."""
    if first.task_share or second.task_share:
        return False
    a, b = first.quantity, second.quantity
    if a.unit == b.unit:
        return per_fits(first, second)
    fit, sets = _meeting(a.unit, first.unit_class, b.unit, second.unit_class)
    if not (fit or (sets and are_one_count(first, second))):
        in_brackets = a.quote.endswith(_CLOSING) or b.quote.endswith(_CLOSING)
        if not (in_brackets and _other_units_fit(a, b)):
            return False
    return per_fits(first, second)


@lru_cache(maxsize=1000)
def _meeting(
    unit_a: str | None, class_a: str | None, unit_b: str | None, class_b: str | None
) -> tuple[bool, frozenset[int]]:
    """Whether two units fit, and else the sets in which they may count one thing."""
    if _units_fit(unit_a, class_a, unit_b, class_b):
        return True, frozenset()
    return False, sets_of_both(unit_a, unit_b)


def count_alike(first: Measure, second: Measure) -> bool:
    """Whether two units are one, or its variants: 场 and 次, 亩 and 公顷."""
    a, b = first.quantity.unit, second.quantity.unit
    return a == b or _are_variants(a, b) or both_name_one_count(first, second)


@lru_cache(maxsize=1000)
def _are_variants(first: str | None, second: str | None) -> bool:
    a, b = plain_unit(first), plain_unit(second)
    return a == b or _are_of_one_base(a, b)


@lru_cache(maxsize=1000)
def _are_of_one_base(first: str | None, second: str | None) -> bool:
    if first is None or second is None:
        return False
    return to_base(_ONE, first)[1] == to_base(_ONE, second)[1]


def comparables(
    firsts: Sequence[Measure], seconds: Sequence[Measure]
) -> NDArray[np.bool_]:
    """``comparable`` of all with all, shape (firsts, seconds).

    Many measures are of one kind, and only the kinds are compared.
    """
    (mine, rows), (theirs, columns) = _kinds(firsts), _kinds(seconds)
    fits = np.array([[comparable(a, b) for b in theirs] for a in mine], dtype=bool)
    return fits.reshape(len(mine), len(theirs))[np.ix_(rows, columns)]


class Fitting(dict[int, bool]):
    """Whether a measure is comparable with the examples of kinds, by their numbers."""

    def __init__(self, measure: Measure, examples: Sequence[Measure]) -> None:
        self._measure, self._examples = measure, examples

    def __missing__(self, kind: int) -> bool:
        fits = self[kind] = comparable(self._measure, self._examples[kind])
        return fits


def comparing(
    firsts: Sequence[Measure], seconds: Sequence[Measure]
) -> tuple[Sequence[Fitting], Sequence[int]]:
    """For each first with which kinds it is comparable, for each second its kind.

    It is asked once per kind of both, and only for those that are looked up.
    """
    (mine, rows), (theirs, columns) = _kinds(firsts), _kinds(seconds)
    fitting = [Fitting(measure, theirs) for measure in mine]
    return [fitting[row] for row in rows], columns


def _kinds(measures: Sequence[Measure]) -> tuple[list[Measure], list[int]]:
    """One measure of every kind, and for each measure which of them it is like."""
    numbers: dict[Hashable, int] = {}
    examples: list[Measure] = []
    kinds: list[int] = []
    for m in measures:
        kind = m.notes.get("kind") or _kind(m)
        number = numbers.setdefault(kind, len(examples))
        if number == len(examples):
            examples.append(m)
        kinds.append(number)
    return examples, kinds


def _kind(m: Measure) -> Hashable:
    """All that ``comparable`` looks at.

    What is per each is told by which one it is, since its hash is long to find; the
    measure holds it, and two that are equal may still count as two kinds.
    """
    q = m.quantity
    kind = m.notes["kind"] = (
        *(q.unit, q.per, m.unit_class, m.task_share, not q.value),
        _other_units(q.quote),
        named_counts(q.unit, m.local),
        id(per_kind(m)),
    )
    return kind


def _other_units_fit(a: Quantity, b: Quantity) -> bool:
    mine, theirs = _other_units(a.quote), _other_units(b.quote)
    if f"{a.unit}{''.join(mine)}" == b.unit or f"{b.unit}{''.join(theirs)}" == a.unit:
        return True  # 90处（次） and 137处次
    return bool(mine or theirs) and any(
        _units_fit(u, unit_class(u), v, unit_class(v))
        for u in (a.unit, *mine)
        for v in (b.unit, *theirs)
    )


def _other_units(quote: str) -> tuple[str, ...]:
    """The units in brackets of 395户（人） and 40件（套）."""
    found = _IN_BRACKETS.search(quote) if quote.endswith(_CLOSING) else None
    return tuple(_OR.split(found[1])) if found else ()


@lru_cache(maxsize=1000)
def _units_fit(
    unit_a: str | None, class_a: str | None, unit_b: str | None, class_b: str | None
) -> bool:
    a, b = plain_unit(unit_a), plain_unit(unit_b)
    if a == b:
        return True
    if a is None or b is None:
        # A rate printed without its sign still is a rate.
        known = class_a or class_b
        if known in _PEOPLE:
            return {class_a, class_b} <= _PEOPLE  # 接待游客500万
        return known in (None, "rate", "score")
    if {a, b} == {"分", "分钟"}:  # 4分30秒
        return True
    if _are_of_one_base(a, b):
        return True
    if "百分点" in (a, b):
        return False
    return _classes_fit(a, class_a, b, class_b)


def _classes_fit(a: str, class_a: str | None, b: str, class_b: str | None) -> bool:
    if class_a is None or class_b is None:
        return False
    if class_a == class_b:
        return class_a in _ONE_COUNT and not are_two_counts(a, b)
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
