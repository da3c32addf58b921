"""What is left over alone, where the rest of a statement has been answered.

放映影片5部，接待观众2万人次 and 放映影片6部，观影人数2.3万人次: the words of the second
are too few to tell by themselves, but the sentence that answers the first holds one
number in 人次 that nothing has taken, and the statement one target in 人次 without an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.language.units import to_base
from pipeline.matching.gates.contrast import are_complements
from pipeline.matching.groups.answers import Answer, stands_within
from pipeline.matching.groups.named_totals import adds_to_it
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import exclusive_conflict
from pipeline.matching.score import IMPOSSIBLE, PairOdds, may_answer
from pipeline.word_lists import any_of

PLACED = 0.6
# Below this the words speak against a pair, not only too little for it.
_FAR_TOO_UNLIKE = -3.5
# Among several counts in one unit, where each may be a kind of its own: 中心3家、实验室2家.
_UNLIKE_AMONG_KINDS = -1.0


def take_leftovers(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    odds: PairOdds,
) -> None:
    """Answer targets that are left alone by outcomes that are left alone beside theirs.

    Such answers are never certain, and never of rates, which stand in rows of
    many kinds.
    """
    for target, found in _left_alone(settled, targets, outcomes):
        if len(found) > 1:
            fits, method = _fit_together(target, found, odds), "sum"
        else:
            fits, method = _fits(target, found[0], settled, targets, odds), "direct"
        if fits:
            members = tuple(o.index for o in found)
            settled[target.index] = Answer(
                target.index, members, method, PLACED, by_place=True
            )


def _left_alone(
    settled: Mapping[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> Iterator[tuple[Measure, list[Measure]]]:
    """Targets that alone are left of their unit, with all outcomes that are left of it.

    Both stand in sentences that tell of one another.
    """
    used = {o for answer in settled.values() for o in answer.outcomes}
    left = [t for t in targets if t.index not in settled and t.unit_class != "rate"]
    free = [o for o in outcomes if o.index not in used and o.unit_class != "rate"]
    if not left or not free:
        return
    together = _told_together(settled, targets, outcomes)
    pairs = []
    for target in left:
        beside = [o for o in left if o is not target and _are_beside(target, o)]
        unit = target.quantity.unit
        if any(other.quantity.unit == unit for other in beside):
            continue
        found = [
            o
            for o in free
            if counted_as(o) == counted_as(target)
            and (target.sentence, o.sentence) in together
            and (not beside or o.quantity.unit == unit)  # 95公里 beside 3000米
        ]
        if found and len({o.sentence for o in found}) == 1:
            pairs.append((target, found))
    claimed = [o.index for _, found in pairs for o in found]
    for target, found in pairs:
        if all(claimed.count(o.index) == 1 for o in found):
            yield target, found


def counted_as(measure: Measure) -> str | None:
    """The class of a unit; people are counted in 人 and 人次 alike."""
    kind = measure.unit_class
    return "person" if kind == "person_time" else kind


def _are_beside(measure: Measure, other: Measure) -> bool:
    return other.sentence == measure.sentence and counted_as(other) == counted_as(
        measure
    )


def _told_together(
    settled: Mapping[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> set[tuple[int, int]]:
    """Pairs of a statement and a sentence that answers some target of it."""
    return {
        (targets[answer.target].sentence, outcomes[o].sentence)
        for answer in settled.values()
        for o in answer.outcomes
    }


def _fits(
    target: Measure,
    outcome: Measure,
    settled: Mapping[int, Answer],
    targets: Sequence[Measure],
    odds: PairOdds,
) -> bool:
    likelihood = odds.by_words(target.index, outcome.index)
    if likelihood == IMPOSSIBLE or target.part != outcome.part:
        return False
    if stands_within(target, settled):
        return False
    unlikely = likelihood < odds.least
    barred = not unlikely and odds.likely[target.index, outcome.index] == IMPOSSIBLE
    next_is_next = _answers_next(target, outcome, settled)
    if not (unlikely or barred or next_is_next):
        return False  # likely, but given up for a reason
    if _is_among_kinds(target, settled, targets) and not next_is_next:
        least = _UNLIKE_AMONG_KINDS
    else:
        least = _FAR_TOO_UNLIKE
    return likelihood >= least and _is_left(target, outcome, targets)


def may_be_left(
    target: Measure, outcome: Measure, targets: Sequence[Measure], odds: PairOdds
) -> bool:
    """Whether two that are left alone may be one, which the words alone do not tell."""
    likelihood = odds.by_words(target.index, outcome.index)
    return (
        _FAR_TOO_UNLIKE <= likelihood < odds.least
        and target.part == outcome.part
        and _is_left(target, outcome, targets)
    )


def _is_left(target: Measure, outcome: Measure, targets: Sequence[Measure]) -> bool:
    return (
        _in_one_unit(target, outcome)
        and not any_of("besides", "added_anew", "left_over").search(outcome.clause)
        and not exclusive_conflict(target.local, outcome.local)
        and may_answer(target, outcome)
        and not adds_to_it(outcome, target, targets)
    )


def _fit_together(target: Measure, found: Sequence[Measure], odds: PairOdds) -> bool:
    """上半年扫描52万页，下半年扫描49万页: parts that together are all there is."""
    likelihood = max(odds.by_words(target.index, o.index) for o in found)
    return (
        not target.part
        and likelihood >= _FAR_TOO_UNLIKE
        and all(_are_parts(a, b) for a, b in pairwise(found))
        and all(
            may_answer(target, o)
            and not any_of("besides", "added_anew", "left_over").search(o.clause)
            and not exclusive_conflict(target.local, o.local)
            for o in found
        )
    )


def _are_parts(first: Measure, other: Measure) -> bool:
    if first.series is not None and first.series == other.series:
        return True
    return first.part == other.part and are_complements(first, other)


def _answers_next(
    target: Measure, outcome: Measure, settled: Mapping[int, Answer]
) -> bool:
    """Whether the number after this one answers the target after this one."""
    following = settled.get(target.index + 1)
    return following is not None and outcome.index + 1 in following.outcomes


def _is_among_kinds(
    target: Measure, settled: Mapping[int, Answer], targets: Sequence[Measure]
) -> bool:
    return any(
        t.sentence == target.sentence
        and t.unit_class == target.unit_class
        and t.index in settled
        for t in targets
    )


def _in_one_unit(target: Measure, outcome: Measure) -> bool:
    first, second = target.quantity, outcome.quantity
    a, b = (to_base(q.value, q.unit)[1] for q in (first, second))
    return bool(a) and a == b and first.per == second.per
