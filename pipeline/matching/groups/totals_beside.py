"""The total that its parts stand beside, where one of the parts has answered.

药品抽检1600批次，其中中药饮片550批次 and 抽检1664批次。其中化学药品1070批次、
中药饮片594批次: the words of 化学药品 come nearer, but what is beside an answered
part is no whole.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from pipeline.matching.groups.answers import (
    NAMED_CONFIDENCE,
    TIED_CONFIDENCE,
    Answer,
    names_part,
)
from pipeline.matching.groups.covering import own_parts, total_after
from pipeline.matching.measures.measure import Measure, base_unit, base_value
from pipeline.matching.score import may_answer

_PARTS = 2


def prefer_wholes_beside_parts(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """Give a whole the total that parts stand beside, and doubt a part for it."""
    used = {o for a in settled.values() for o in a.outcomes}
    for answer in list(settled.values()):
        if len(answer.outcomes) != 1 or answer.shared:
            continue
        target, part = targets[answer.target], outcomes[answer.outcomes[0]]
        if target.part or target.unit_class == "rate":
            continue
        if part.part and names_part(target, part):
            continue  # 营造林8.6万亩，其中人工造林2.4万亩 for 人工造林
        whole = _whole_of(part, outcomes)
        if whole is None or not may_answer(target, whole):
            continue
        if _has_answered_part(target, part, settled, targets, outcomes):
            if whole.index in used:
                del settled[answer.target]
                continue
            used.add(whole.index)
            settled[answer.target] = Answer(
                answer.target, (whole.index,), "direct", NAMED_CONFIDENCE
            )
        elif part.part and whole.index not in used:
            settled[answer.target] = dataclasses.replace(
                answer, confidence=min(answer.confidence, TIED_CONFIDENCE)
            )


def take_sums_after_parts(
    settled: dict[int, Answer], outcomes: Sequence[Measure]
) -> None:
    """上半年60万元，加上下半年70万元，共计130万元: the sum that is printed answers.

    It is never added to what it sums up.
    """
    for answer in list(settled.values()):
        if answer.method != "sum" or len(answer.outcomes) < 2 or answer.shared:
            continue
        used = {o for i, a in settled.items() if i != answer.target for o in a.outcomes}
        *parts, last = answer.outcomes
        total = total_after(answer.outcomes, outcomes)
        if len(parts) > 1 and total_after(parts, outcomes) == last:
            total = last
        else:
            parts.append(last)
        if total is None or total in used:
            continue
        if base_value(outcomes[total]) == sum(base_value(outcomes[o]) for o in parts):
            settled[answer.target] = dataclasses.replace(
                answer, outcomes=(total,), method="direct"
            )


def _whole_of(part: Measure, outcomes: Sequence[Measure]) -> Measure | None:
    """The total before the 其中 parts, or the one that a list ends with (共检查80家)."""
    return _whole_before(part, outcomes) if part.part else _sum_after(part, outcomes)


def _sum_after(member: Measure, outcomes: Sequence[Measure]) -> Measure | None:
    """What 检查危化企业30家，检查工贸企业50家，共检查80家 ends with."""
    run = [member.index]
    for step in (-1, 1):
        at = member.index + step
        while 0 <= at < len(outcomes) and _beside(outcomes[at], member):
            if step > 0 and total_after(sorted(run), outcomes) == at:
                break
            run.append(at)
            at += step
    total = total_after(sorted(run), outcomes)
    if total is None or len(run) < _PARTS:
        return None
    summed = sum(base_value(outcomes[o]) for o in run)
    return outcomes[total] if base_value(outcomes[total]) == summed else None


def _beside(outcome: Measure, member: Measure) -> bool:
    return (
        outcome.sentence == member.sentence
        and outcome.quantity.unit == member.quantity.unit
    )


def _whole_before(part: Measure, outcomes: Sequence[Measure]) -> Measure | None:
    """The number that the parts in the sentence of ``part`` are parts of.

    It may end the sentence before (抽检16641批次。其中…); what is less than the parts
    together is no whole.
    """
    parts = [
        o
        for o in outcomes
        if o.part and o.sentence == part.sentence and base_unit(o) == base_unit(part)
    ]
    least = sum(base_value(o) for o in parts)
    before = [
        o
        for o in outcomes[: parts[0].index]
        if not o.part and base_unit(o) == base_unit(part) and not o.is_change
    ]
    sentences = sorted({o.sentence for o in outcomes if o.index < parts[0].index})
    near = {part.sentence, *sentences[-1:]}
    found = [o for o in before if o.sentence in near and base_value(o) >= least]
    return found[-1] if found else None


def _has_answered_part(
    target: Measure,
    part: Measure,
    settled: Mapping[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> bool:
    """Whether a 其中 part of the target is answered by a part beside ``part``."""
    return any(
        outcomes[o].part == part.part
        and outcomes[o].sentence == part.sentence
        and o != part.index
        for own in own_parts(target, targets)
        if own.index in settled
        for o in settled[own.index].outcomes
    )
