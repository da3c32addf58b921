"""Totals that say of how many things: 两类培训合计45期, 三项活动共58场.

Such a number answers as many targets, in whatever words they stand, or restates
as many outcomes before it. What follows such a total in another unit (培训3900人次)
is the total of what follows each of its targets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.language.needles import Hint
from pipeline.matching.groups.answers import NAMED_CONFIDENCE, Answer
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams, is_thin_phrase
from pipeline.word_lists import alternatives

_NUMBERS = {c: n for n, c in enumerate("二三四五六七八九", start=2)} | {"两": 2}
# Words that any two things may be called by.
_GENERAL = re.compile(r"活动|任务|工作|工程|项目|内容|指标|人员|对象|班次?$")
_NO_SUM = frozenset({"rate", None})


def counted(outcome: Measure) -> tuple[int, str] | None:
    """Of how many things a number is the sum, and what they are called."""
    if outcome.unit_class in _NO_SUM or outcome.running_total or outcome.is_change:
        return None
    if not _may_count().may_match(outcome.clause):
        return None  # most numbers
    found = _counted().search(outcome.clause.strip())
    if found is None:
        return None
    n = found["n"]
    return _NUMBERS.get(n) or int(n), _GENERAL.sub("", found["noun"])


@lru_cache(maxsize=1)
def _counted() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|[，：、]|上述|以上|这|全年|其中)(?P<n>[两二三四五六七八九2-9])大?"
        r"(?P<kind>[类项种段批馆站校园院村镇]|个?(?:方面|片区|标段|项目|部分))"
        r"(?P<noun>[^，。；、\d]{0,8}?)"
        rf"(?P<sum>{alternatives('in_sum')}|总共)"
        rf"(?:{alternatives('totalled_deeds')}|已|了|办)*$"
    )


@lru_cache(maxsize=1)
def _may_count() -> Hint:
    return Hint(_counted())


def take_counted_totals(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """Give such totals to what they add up; a single one of these gets none of them."""
    for outcome in outcomes:
        said = counted(outcome)
        if said is None:
            continue
        number, noun = said
        parts = _restated(outcome, number, outcomes)
        if parts:
            _replace_parts(outcome, parts, settled)
            continue
        groups = _groups(outcome, number, noun, targets)
        holders = [i for i, a in settled.items() if outcome.index in a.outcomes]
        if len(groups) == 1 and _are_free(groups[0], outcome, settled):
            share(groups[0], outcome.index, settled)
        elif len(groups) > 1 or len(_named(noun, outcome, targets)) > 1:
            for index in holders:
                del settled[index]


def take_companions(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """30期、3000人次 and 12期、800人次 by 两类共45期，培训3900人次: the people as well."""
    for answer in list(settled.values()):
        group = (answer.target, *answer.shared)
        if len(group) < 2 or answer.target != min(group) or len(answer.outcomes) != 1:
            continue
        after = _next(outcomes[answer.outcomes[0]], outcomes)
        partners = [_next(targets[i], targets) for i in group]
        if after is None or any(
            p is None or p.index in group or not comparable(p, after) for p in partners
        ):
            continue
        followers = tuple(p.index for p in partners if p is not None)
        if _are_free(followers, after, settled):
            share(followers, after.index, settled)


def share(group: Sequence[int], outcome: int, settled: dict[int, Answer]) -> None:
    """One outcome for all targets of a group, which is compared with their sum."""
    for index in group:
        rest = tuple(i for i in group if i != index)
        settled[index] = Answer(index, (outcome,), "sum", NAMED_CONFIDENCE, rest)


def _restated(
    outcome: Measure, number: int, outcomes: Sequence[Measure]
) -> tuple[int, ...]:
    """The numbers before a total in its sentence and unit, if they are so many."""
    before = [
        o.index
        for o in outcomes[: outcome.index]
        if o.sentence == outcome.sentence
        and o.quantity.unit == outcome.quantity.unit
        and not o.part
    ]
    return tuple(before) if len(before) == number else ()


def _replace_parts(
    outcome: Measure, parts: Sequence[int], settled: dict[int, Answer]
) -> None:
    for index, answer in list(settled.items()):
        if len(answer.outcomes) > 1 and set(answer.outcomes) <= set(parts):
            settled[index] = Answer(
                index, (outcome.index,), "sum", NAMED_CONFIDENCE, answer.shared
            )


def _groups(
    outcome: Measure, number: int, noun: str, targets: Sequence[Measure]
) -> list[tuple[int, ...]]:
    """The lists of so many targets that a total may be of."""
    fitting = [t for t in targets if not t.part and comparable(t, outcome)]
    by_sentence: dict[int, list[Measure]] = {}
    for target in fitting:
        by_sentence.setdefault(target.sentence, []).append(target)
    grams = bigrams(noun)
    groups = []
    for members in by_sentence.values():
        named = [t for t in members if not grams or grams & bigrams(t.local)]
        if len(named) == number:
            groups.append(tuple(t.index for t in named))
    if not groups:
        named = [t for t in fitting if grams and grams & bigrams(t.local)]
        if len(named) == number:
            groups.append(tuple(t.index for t in named))
    return groups


def _named(noun: str, outcome: Measure, targets: Sequence[Measure]) -> list[int]:
    grams = bigrams(noun)
    return [
        t.index
        for t in targets
        if not t.part
        and comparable(t, outcome)
        and (not grams or grams & bigrams(t.local))
    ]


def _are_free(
    group: Sequence[int], outcome: Measure, settled: Mapping[int, Answer]
) -> bool:
    """Whether neither the targets nor the outcome belong to anything else."""
    mine = (outcome.index,)
    return all(i not in settled or settled[i].outcomes == mine for i in group) and all(
        i in group for i, a in settled.items() if outcome.index in a.outcomes
    )


def _next(measure: Measure, measures: Sequence[Measure]) -> Measure | None:
    """The number right after in the same sentence that counts the same thing."""
    if measure.index + 1 >= len(measures):
        return None
    after = measures[measure.index + 1]
    follows = (
        after.sentence == measure.sentence
        and after.unit_class != measure.unit_class
        and (not after.clause.strip("、，和及 ") or is_thin_phrase(after.clause))
    )
    return after if follows else None
