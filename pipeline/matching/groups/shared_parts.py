"""Several outcomes for one target: parts that add up, rates of which the worst counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.gates.contrast import are_complements, contrast, names_both
from pipeline.matching.groups.answers import (
    NAMED_CONFIDENCE,
    Answer,
    group_method,
    is_part_of,
    names_part,
)
from pipeline.matching.groups.covering import own_parts, total_after, wholes_by_parts
from pipeline.matching.groups.named_totals import wholes_by_names
from pipeline.matching.groups.parts import around, belong_together
from pipeline.matching.measures.measure import Measure
from pipeline.matching.score import may_answer


def join_outcomes(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    scores: NDArray[np.float64],
) -> None:
    """One target reported in parts: the sum counts; of joint rates the worst."""
    used = {o for a in settled.values() for o in a.outcomes}
    parts = [t for t in targets if t.part]
    holders = _holders(settled)
    for answer in list(settled.values()):
        target, first = targets[answer.target], outcomes[answer.outcomes[0]]
        if answer.shared or answer.method == "sum" != group_method(target):
            continue
        mine = _used_by_parts(target, settled, parts)
        weakly = _held_weakly(target, first, holders, outcomes) - mine
        group = [
            o
            for o in around(target, first, outcomes)
            if o.index not in answer.outcomes
            and (o.index not in used or o.index in mine or o.index in weakly)
            and _goes_with(target, first, o)
            and (
                o.index not in mine
                or are_complements(first, o)
                or names_both(target, first, o)
            )
            and (
                target.unit_class == "rate"
                or o.index in weakly
                or not _claimed(o, target, targets, scores, settled)
            )
        ]
        held = [outcomes[j] for j in answer.outcomes[1:]]
        if held and group_method(target) == "sum":
            # a part more than two that are equally likely
            group = [o for o in group if contrast(first, o)]
        group = group and _without_gaps(first, [*held, *group], outcomes)
        if group:
            members = _members(answer, target, group, outcomes, used)
            _give_up(settled, weakly & set(members), answer.target)
            method = group_method(target) if len(members) > 1 else "direct"
            settled[answer.target] = Answer(
                answer.target, members, method, answer.confidence
            )
            used.update(members)
            holders = _holders(settled)


def _holders(settled: Mapping[int, Answer]) -> dict[int, list[Answer]]:
    """By outcome the answers that hold it and share it with no other target."""
    holders: dict[int, list[Answer]] = {}
    for answer in settled.values():
        for o in () if answer.shared else answer.outcomes:
            holders.setdefault(o, []).append(answer)
    return holders


def _goes_with(target: Measure, first: Measure, other: Measure) -> bool:
    """Whether a number answers the target together with the first, neither in the other."""
    return (
        belong_together(target, first, other)
        and may_answer(target, other)
        and (first.part or not is_part_of(other, first))
        and (other.part or not is_part_of(first, other))
    )


def _members(
    answer: Answer,
    target: Measure,
    group: Sequence[Measure],
    outcomes: Sequence[Measure],
    used: Set[int],
) -> tuple[int, ...]:
    """The numbers that add up, or their total where the text gives it and it is free."""
    members = tuple(sorted({*answer.outcomes, *(o.index for o in group)}))
    total = total_after(members, outcomes)
    if target.unit_class != "rate" and total is not None and total not in used:
        return (total,)
    return members


def _give_up(settled: dict[int, Answer], taken: Set[int], by: int) -> None:
    """Drop the answers of other targets that hold any of the numbers taken."""
    for index in [
        i for i, a in settled.items() if i != by and not taken.isdisjoint(a.outcomes)
    ]:
        del settled[index]


def _held_weakly(
    target: Measure,
    first: Measure,
    holders: Mapping[int, Sequence[Answer]],
    outcomes: Sequence[Measure],
) -> frozenset[int]:
    """新建63公里、改建91公里 for 新改建: what both are named for, another target gives back."""
    return frozenset(
        o
        for o in (first.index - 1, first.index + 1)
        if any(
            a.confidence < NAMED_CONFIDENCE or _is_only_named(outcomes[o], target)
            for a in holders.get(o, ())
            if a.target != target.index
        )
        and names_both(target, first, outcomes[o])
    )


def _is_only_named(outcome: Measure, target: Measure) -> bool:
    """梨1200亩 after 定植桃900亩, for 桃、梨基地: planted like them, and never 梨园改造."""
    name = outcome.clause.strip(" 、，和及与")
    return (
        bool(name)
        and name == outcome.local.strip(" 、，和及与")
        and name in target.clause
    )


def take_wholes_by_parts(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """Answer a whole by the outcomes of all its 其中 parts."""
    taken = {i: a.outcomes for i, a in settled.items() if not a.shared}
    for index, members in wholes_by_parts(targets, outcomes, taken):
        settled[index] = Answer(index, members, "sum", NAMED_CONFIDENCE)
    taken = {i: a.outcomes for i, a in settled.items()}
    for index, members in wholes_by_names(targets, outcomes, taken):
        settled[index] = Answer(index, members, "sum", NAMED_CONFIDENCE)
        _take_parts_of(index, members, settled, targets, outcomes)


def _take_parts_of(
    whole: int,
    members: Sequence[int],
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> None:
    """其中漆木器18件: the member of that name answers it, besides the whole."""
    for part in own_parts(targets[whole], targets):
        named = [m for m in members if names_part(outcomes[m], part)]
        if part.index not in settled and len(named) == 1:
            settled[part.index] = Answer(
                part.index, (named[0],), "direct", NAMED_CONFIDENCE
            )


def _without_gaps(
    first: Measure, group: Sequence[Measure], outcomes: Sequence[Measure]
) -> list[Measure]:
    """The members next to ``first`` among the numbers in its unit."""
    alike = [o.index for o in outcomes if o.quantity.unit == first.quantity.unit]
    members = {o.index: o for o in (first, *group)}
    if any(o.quantity.unit != first.quantity.unit for o in group):
        return list(group)
    at = alike.index(first.index)
    kept: list[Measure] = []
    for run in (alike[at + 1 :], alike[:at][::-1]):
        for index in run:
            if index not in members:
                break
            kept.append(members[index])
    return kept


def _used_by_parts(
    target: Measure, settled: Mapping[int, Answer], parts: Sequence[Measure]
) -> set[int]:
    """Outcomes of the 其中 parts of a target: they count for the whole too."""
    return {
        o
        for part in (() if target.part else parts)
        if part.index > target.index
        and part.sentence == target.sentence
        and part.index in settled
        for o in settled[part.index].outcomes
    }


def _claimed(
    outcome: Measure,
    target: Measure,
    targets: Sequence[Measure],
    scores: NDArray[np.float64],
    settled: Mapping[int, Answer],
) -> bool:
    """Whether another target, no part of this one, has the better claim."""
    own = float(scores[target.index, outcome.index])
    return any(
        float(scores[t.index, outcome.index])
        > (max(own, 0.0) if t.index in settled else 0.0)
        for t in targets
        if t.index != target.index
        and not (t.part and not target.part and t.sentence == target.sentence)
    )
