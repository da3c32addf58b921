"""A target for any of several kinds, that are reported kind by kind.

引进央企、民企或外资项目不少于3个 and 引进央企项目2个；引进外资项目1个: the sum counts, and no
kind alone may stand for the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.matching.groups.answers import NAMED_CONFIDENCE, Answer, group_method
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import Measure, base_unit
from pipeline.matching.measures.respectively import NAME_JOIN
from pipeline.matching.measures.wording import bigrams

_OR = re.compile("或者?")
# What joins names has one of these.
_JOINED = re.compile("[、及和与或]")
_NO_SUM = frozenset({"rate", "money", "time", None})
# So much of what stands at an outcome must be the target's own words.
_OWN = 0.6
_SEVERAL = 2


def take_listed_kinds(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """Answer a target that lists kinds by all of them together.

    Where only some kinds are told and the list does not leave the choice (或), an
    answer by one kind alone is withdrawn.
    """
    for target in targets:
        if target.unit_class in _NO_SUM or target.part or target.is_change:
            continue
        kinds = _kinds(target)
        if len(kinds) < _SEVERAL:
            continue
        answer = settled.get(target.index)
        held = {o for i, a in settled.items() if i != target.index for o in a.outcomes}
        told = _told(target, kinds, [o for o in outcomes if o.index not in held])
        members = tuple(told)
        if len(members) < _SEVERAL or (answer and not set(answer.outcomes) < {*told}):
            continue
        if sum(map(len, told.values())) == len(kinds) or _OR.search(target.clause):
            settled[target.index] = Answer(
                target.index, members, group_method(target), NAMED_CONFIDENCE
            )
        elif answer:
            del settled[target.index]


def _kinds(target: Measure) -> list[str]:
    """The pieces of the list before the number; the last holds what all are.

    Where nothing is joined, there is no list.
    """
    if not _JOINED.search(target.clause):
        return []  # most targets
    joined = _OR.sub("、", target.clause.strip())
    pieces = [p.strip() for p in NAME_JOIN.split(joined)]
    return [p for p in pieces if len(p) >= _SEVERAL]


def _told(
    target: Measure, kinds: Sequence[str], outcomes: Sequence[Measure]
) -> dict[int, frozenset[int]]:
    """Outcomes next to each other that each name other kinds: their kinds by index."""
    said = bigrams(target.clause)
    fitting = [
        o
        for o in outcomes
        if comparable(target, o)
        and base_unit(target) == base_unit(o)
        and not (o.part or o.running_total or o.is_change)
        and (grams := bigrams(o.clause))
        and len(grams & said) >= _OWN * len(grams)
    ]
    named: dict[int, frozenset[int]] = {}
    for o in fitting:
        others = [bigrams(x.clause) for x in fitting if x is not o]
        own = bigrams(o.clause) - frozenset[str]().union(*others)
        hits = frozenset(k for k, kind in enumerate(kinds) if bigrams(kind) & own)
        if not hits or any(hits & theirs for theirs in named.values()):
            return {}
        named[o.index] = hits
    places = sorted(named)
    if places and places[-1] - places[0] >= len(places):
        return {}
    return named
