"""Several outcomes for one target, and which of a whole and its parts it means."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.gates.contrast import are_complements, contrast, names_both
from pipeline.matching.groups.answers import (
    NAMED_CONFIDENCE,
    PART_LEAD,
    TIED_CONFIDENCE,
    Answer,
    group_method,
    is_one_of_several,
    is_part_of,
    names_part,
)
from pipeline.matching.groups.covering import own_parts, total_after, wholes_by_parts
from pipeline.matching.groups.named_totals import wholes_by_names
from pipeline.matching.groups.parts import around, belong_together
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import Measure, base_unit
from pipeline.matching.measures.wording import bigrams, own_bigrams
from pipeline.matching.score import IMPOSSIBLE, PairOdds, may_answer, probability


def join_outcomes(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    scores: NDArray[np.float64],
) -> None:
    """One target reported in parts: the sum counts; of joint rates the worst."""
    used = {o for a in settled.values() for o in a.outcomes}
    parts = any(target.part for target in targets)
    for answer in list(settled.values()):
        target, first = targets[answer.target], outcomes[answer.outcomes[0]]
        if answer.shared or answer.method == "sum" != group_method(target):
            continue
        mine = _used_by_parts(target, settled, targets) if parts else set[int]()
        weakly = _held_weakly(target, first, settled, outcomes)
        group = [
            o
            for o in around(target, first, outcomes)
            if o.index not in answer.outcomes
            and (o.index not in used or o.index in mine or o.index in weakly)
            and belong_together(target, first, o)
            and may_answer(target, o)
            and (first.part or not is_part_of(o, first))
            and (o.part or not is_part_of(first, o))
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
            members = tuple(sorted({*answer.outcomes, *(o.index for o in group)}))
            total = total_after(members, outcomes)
            if target.unit_class != "rate" and total is not None and total not in used:
                members = (total,)
            for index in [
                i
                for i, a in settled.items()
                if set(a.outcomes) & weakly & set(members) and i != answer.target
            ]:
                del settled[index]
            method = group_method(target) if len(members) > 1 else "direct"
            settled[answer.target] = Answer(
                answer.target, members, method, answer.confidence
            )
            used.update(members)


def _held_weakly(
    target: Measure,
    first: Measure,
    settled: Mapping[int, Answer],
    outcomes: Sequence[Measure],
) -> frozenset[int]:
    """新建63公里、改建91公里 for 新改建: what both are named for, another target gives back."""
    return frozenset(
        o
        for i, a in settled.items()
        if i != target.index and a.confidence < NAMED_CONFIDENCE and not a.shared
        for o in a.outcomes
        if abs(o - first.index) == 1 and names_both(target, first, outcomes[o])
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
    target: Measure, settled: Mapping[int, Answer], targets: Sequence[Measure]
) -> set[int]:
    """Outcomes of the 其中 parts of a target: they count for the whole too."""
    return {
        o
        for i, a in settled.items()
        if targets[i].part
        and not target.part
        and i > target.index
        and targets[i].sentence == target.sentence
        for o in a.outcomes
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


def drop_totals_of_parts(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """宣讲共69场，其中校园22场: where a sibling took a part, the total is no answer."""
    for answer in list(settled.values()):
        if answer.method not in ("direct", "via_indicator"):
            continue
        target, total = targets[answer.target], outcomes[answer.outcomes[0]]
        siblings = [
            targets[a.target]
            for a in settled.values()
            if a.target != answer.target
            and any(is_part_of(outcomes[o], total) for o in a.outcomes)
        ]
        if target.unit_class == "rate":
            continue  # 总报废率, 其中…报废率: a rate has no parts
        if _names_whole(target, total):
            continue
        if not total.part and any(
            s.sentence == target.sentence
            and s.quantity.unit == target.quantity.unit
            and not s.part
            for s in siblings
        ):
            del settled[answer.target]


def _names_whole(target: Measure, total: Measure) -> bool:
    """发展会员2533人，其中新业态471人: the total has all the words of 新发展会员."""
    own = frozenset(g for g in own_bigrams(target.local) if len(g) > 1)
    return bool(own) and own <= bigrams(total.local)


def prefer_named_parts(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """基地6个，其中校外4个: for 校外基地 the part counts, not the whole."""
    used = {o for a in settled.values() for o in a.outcomes}
    for answer in list(settled.values()):
        if answer.method not in ("direct", "via_indicator") or answer.shared:
            continue
        target, whole = targets[answer.target], outcomes[answer.outcomes[0]]
        parts = [
            o
            for o in outcomes
            if o.index not in used
            and is_part_of(o, whole)
            and comparable(target, o)
            and names_part(target, o)
            and not bigrams(PART_LEAD.sub("", o.clause)) <= bigrams(whole.local)
        ]
        if len(parts) == 1:
            j = parts[0].index
            settled[answer.target] = Answer(
                answer.target, (j,), "direct", min(answer.confidence, TIED_CONFIDENCE)
            )
            used.add(j)


def prefer_stated_wholes(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """制定标准6项，其中主导2项 is six, not eight; 共34场，其中高校11场、机关23场 is 34."""
    used = {o for a in settled.values() for o in a.outcomes}
    for answer in list(settled.values()):
        if answer.method != "sum":
            continue
        members = [outcomes[o] for o in answer.outcomes]
        kept = [
            m for m in members if not any(_is_in(m, w) for w in members if not w.part)
        ]
        if len(kept) == len(members):
            whole = _stated_whole(targets[answer.target], members, outcomes)
            kept = [whole] if whole and whole.index not in used else members
        if kept != members:
            settled[answer.target] = dataclasses.replace(
                answer,
                outcomes=tuple(m.index for m in kept),
                method="sum" if len(kept) > 1 else "direct",
            )


def _is_in(part: Measure, whole: Measure) -> bool:
    """参与6项，其中主导2项: what follows at once is a part, whatever it is called."""
    next_to = part.part and part.index == whole.index + 1
    return is_part_of(part, whole) or (next_to and base_unit(part) == base_unit(whole))


def _stated_whole(
    target: Measure, members: Sequence[Measure], outcomes: Sequence[Measure]
) -> Measure | None:
    """The total before 其中 of which the members are all the parts."""
    wholes = [
        o
        for o in outcomes[: members[0].index]
        if not o.part
        and all(is_part_of(m, o) for m in members)
        and o.quantity.value == sum(m.quantity.value for m in members)
        and may_answer(target, o)
    ]
    return wholes[-1] if wholes else None


def take_wholes_of_one(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """就业158人，其中农民工120人: for 职工和农民工 the whole counts, or nothing."""
    used = {o for a in settled.values() for o in a.outcomes}
    for answer in list(settled.values()):
        target, part = targets[answer.target], outcomes[answer.outcomes[0]]
        name = PART_LEAD.sub("", part.clause)
        if (
            len(answer.outcomes) > 1
            or not part.part
            or target.part
            or not is_one_of_several(name, target)
        ):
            continue
        del settled[answer.target]
        wholes = [
            o
            for o in outcomes[: part.index]
            if not o.part and is_part_of(part, o) and may_answer(target, o)
        ]
        if wholes and wholes[-1].index not in used:
            whole = wholes[-1].index
            settled[answer.target] = Answer(
                answer.target,
                (whole,),
                "direct",
                min(answer.confidence, TIED_CONFIDENCE),
            )
            used.add(whole)


def take_up_parts(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    odds: PairOdds,
) -> None:
    """Give a target whose total was dropped the part that names it."""
    used = {o for a in settled.values() for o in a.outcomes}
    for target in targets:
        if target.index in settled:
            continue
        parts = [
            o
            for o in outcomes
            if o.part
            and o.index not in used
            and comparable(target, o)
            and names_part(target, o)
        ]
        own = odds.of(target.index, parts[0].index) if len(parts) == 1 else IMPOSSIBLE
        if own > IMPOSSIBLE:
            j = parts[0].index
            confidence = max(0.5, probability(own))
            settled[target.index] = Answer(target.index, (j,), "direct", confidence)
            used.add(j)
