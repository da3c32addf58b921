"""What is per each goes on: 每个卫生院讲座12场、咨询9次."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.per_fits import per_of
from pipeline.matching.measures.per_times import TIMES
from pipeline.word_lists import alternatives, any_of

# 全县培训4次 is no longer of each.
_COUNTED_ANEW = re.compile(r"每|各|均|共|总|合计|累计|全|其中|另|单")
# 900元每户每季发放, 120元(每人每月): what it is per may follow the value.
_EACH = r"每(?:学?期|学年|[一-鿿](?:度|位)?)(?:每(?:学?期|[月季天日周年次]度?))?"
_AFTER = re.compile(rf"{_EACH}(?![\d一二三四五六七八九十])|\({_EACH}\)")
_PAID_AFTER = re.compile(r"一[一-鿿](?=[，。；、)的]|$)")
_THINGS = frozenset({"thing", "place", "document", "person"})


def each_after(after: str, *, money: bool) -> str:
    """What a value is per, said behind it; 40元一亩 only of money, not 11分钟一班."""
    first = after[:1]
    if first == "一":
        found = _PAID_AFTER.match(after) if money else None
    else:
        found = _AFTER.match(after) if first in ("每", "(") else None
    return found[0] if found else ""


def carry_each(measures: Sequence[Measure]) -> list[Measure]:
    """每个卫生院讲座12场、咨询9次: the next count of events is per 卫生院 as well."""
    carried: list[Measure] = []
    for measure in measures:
        before = carried[-1] if carried else None
        each = (
            (_one_before(before, measure) or _each_before(before, measure))
            if before
            else ""
        )
        if each:
            measure = dataclasses.replace(measure, clause=each + measure.clause)
        carried.append(measure)
    return carried


def _one_before(before: Measure, measure: Measure) -> str:
    """一名导师带徒3人: what is told of one may be told of each."""
    said = before.quantity.quote
    goes_on = (
        said[0] == "一"
        and len(said) == 2
        and not before.clause
        and measure.clause
        and before.after.startswith(measure.clause)
    )
    return said if goes_on else ""


def _each_before(before: Measure, measure: Measure) -> str:
    """What the clause before begins with, if one after the comma goes on with it."""
    if "每" not in before.clause:
        return ""  # most numbers
    said = _begins_with_each().match(before.clause)
    goes_on = (
        said
        and before.sentence == measure.sentence
        and (_is_next_event(before, measure) or _is_next_thing(before, measure))
        and before.clause.count("每") == 1
        and not _COUNTED_ANEW.search(measure.clause)
        and measure.clause
        and not any_of("counts_anew").match(measure.clause)
        and per_of(before).thing
    )
    return said[0] if said and goes_on else ""


def _is_next_event(before: Measure, measure: Measure) -> bool:
    return before.unit_class == measure.unit_class == "event" and (
        before.after.startswith(f"，{measure.clause}") or _is_listed(before, measure)
    )


def _is_next_thing(before: Measure, measure: Measure) -> bool:
    """每个中心篮球场1个、戏台1座: what each of them gets, one after the other."""
    return (
        before.unit_class in _THINGS
        and measure.unit_class in _THINGS
        and _is_listed(before, measure)
    )


def _is_listed(before: Measure, measure: Measure) -> bool:
    return measure.clause[:1] == "、" and before.after.startswith(measure.clause)


@lru_cache(maxsize=1)
def _begins_with_each() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[一二三四五六七八九十]+是)?每(?!{TIMES}|年|次|场|期|批)(?:{alternatives('each_classifiers')})?[一-鿿]{{1,4}}"
    )
