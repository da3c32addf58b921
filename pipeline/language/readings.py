"""A number in its place, before the context rules, and what changes make of it."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from functools import lru_cache

from pipeline.core.quantity import Comparator, Role
from pipeline.core.value import value
from pipeline.word_lists import alternatives

# 由每秒72立方米提高到每秒86立方米, 由一周三次增加到一周五次: what it is per is said twice.
_PER_AGAIN = re.compile(
    r"(?:每[一-鿿]{1,3}|一(?:天|周|月|季|年|学期)[一-鿿]?|[人户亩村]均)$"
)
# How such words end (a line may end with them); most that stand between do not.
_TO = ("到", "至", "为", "成", "了", "约", "近", "→", "->", "\n")
# 由3个镇推开到7个镇: after 由 or 从 the verb can be any.
_CHANGE_PLAIN = re.compile(r"^(?:[^，。；、：\d]{0,6}?(?:到|至|为)|→|->)$")
_FROM = re.compile(r"[由从](?!而|中|此|于)[^，。；、\d]{0,12}$")


@value(frozen=True, slots=True)
class NumberReading:
    """A number with its comparator words; half-open place in the folded text.

    ``bare`` says that no comparator word stands at it, ``han`` that it is
    written in Chinese; ``per`` is the place of its per-unit words.
    """

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str | None
    comparator: Comparator
    bare: bool
    han: bool
    per: tuple[int, int] | None


def settle_changes(
    folded: str, readings: list[NumberReading], role: Role
) -> list[NumberReading]:
    """Of 由A提高到B only B is a quantity; in a goal it is a bound."""
    settled: list[NumberReading] = []
    for reading in readings:
        change = _change(folded, settled[-1], reading) if settled else None
        if change is not None:
            settled.pop()
            if reading.bare and role is not Role.OUTCOME:
                reading = dataclasses.replace(reading, comparator=change)
        elif reading.bare and role is not Role.OUTCOME:
            changed = _from_bare(folded, reading)
            reading = (
                dataclasses.replace(reading, comparator=changed) if changed else reading
            )
        settled.append(reading)
    return settled


def _from_bare(folded: str, new: NumberReading) -> Comparator | None:
    """系数由0.52提高到0.56: the old value is none that could be read by itself."""
    if new.comparator is not Comparator.EQUAL or not folded.endswith(_TO, 0, new.start):
        return None
    told = _from_number().search(folded[max(0, new.start - 24) : new.start])
    if told is None:
        return None
    return Comparator.AT_MOST if told["fall"] else Comparator.AT_LEAST


@lru_cache(maxsize=1)
def _from_number() -> re.Pattern[str]:
    rise, fall = alternatives("raised_to"), alternatives("cut_to")
    return re.compile(
        rf"[由从][^，。；、\d]{{0,6}}\d[\d.]{{0,7}}(?:(?P<rise>{rise})|(?P<fall>{fall}))"
        r"(?:到|至|为)[约近]?$"
    )


@lru_cache(maxsize=1)
def _changed_to() -> re.Pattern[str]:
    rise, fall = alternatives("raised_to"), alternatives("cut_to")
    return re.compile(
        rf"^[^，。；、\d]{{0,6}}?(?:(?P<rise>{rise})|(?P<fall>{fall})|调整|恢复|变|转变|发展)"
        r"(?:了)?[^，。；、\d]{0,3}?(?:到|至|为|成)了?[约近]?$"
    )


def _change(folded: str, old: NumberReading, new: NumberReading) -> Comparator | None:
    """The bound that a change from ``old`` to ``new`` sets; None where none is told."""
    between = _PER_AGAIN.sub("", folded[old.end : new.start])
    if not between.endswith(_TO):
        return None
    told = _changed_to().match(between)
    if told:
        return Comparator.AT_MOST if told["fall"] else Comparator.AT_LEAST
    if between in ("→", "->"):
        return _towards(old.value, new.value)
    lead = folded[max(0, old.start - 16) : old.start]
    if _CHANGE_PLAIN.match(between) and _FROM.search(lead):
        return _towards(old.value, new.value)
    return None


def _towards(old: Decimal, new: Decimal) -> Comparator:
    return Comparator.AT_MOST if new < old else Comparator.AT_LEAST
