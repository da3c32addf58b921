"""What is left over alone, where the rest of a statement has been answered.

举办展览3个，接待观众10万人次 and 举办展览4个，参观人数11.8万人次: the words of the second
are too few to tell by themselves, but the sentence that answers the first holds one
number in 人次 that nothing has taken, and the statement one target in 人次 without an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.language.units import to_base
from pipeline.matching.groups.answers import Answer
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import exclusive_conflict
from pipeline.matching.score import IMPOSSIBLE, PairOdds, may_answer

_CONFIDENCE = 0.6
# Below this the words speak against a pair, not only too little for it.
_FAR_TOO_UNLIKE = -3.5
# Among several counts in one unit, where each may be a kind of its own: 中心3家、实验室2家.
_UNLIKE_AMONG_KINDS = -1.0
# 另办茶艺师班3期 is told besides what was promised.
_BESIDES = re.compile("另|此外|还|额外|新增加|剩余|其余|计划")


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
    for target, outcome in _left_alone(settled, targets, outcomes):
        if _fits(target, outcome, settled, targets, odds):
            settled[target.index] = Answer(
                target.index, (outcome.index,), "direct", _CONFIDENCE, by_place=True
            )


def _left_alone(
    settled: Mapping[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> Iterator[tuple[Measure, Measure]]:
    """Pairs that are the only ones left of their unit in two sentences told together."""
    used = {o for answer in settled.values() for o in answer.outcomes}
    left = [t for t in targets if t.index not in settled and t.unit_class != "rate"]
    free = [o for o in outcomes if o.index not in used and o.unit_class != "rate"]
    if not left or not free:
        return
    together = _told_together(settled, targets, outcomes)
    pairs = []
    for target in left:
        if _has_another(target, left):
            continue
        found = [
            o
            for o in free
            if o.unit_class == target.unit_class
            and (target.sentence, o.sentence) in together
        ]
        if len(found) == 1 and not _has_another(found[0], free):
            pairs.append((target, found[0]))
    claimed = [outcome.index for _, outcome in pairs]
    yield from (pair for pair in pairs if claimed.count(pair[1].index) == 1)


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


def _has_another(measure: Measure, others: Sequence[Measure]) -> bool:
    return any(
        o is not measure
        and o.sentence == measure.sentence
        and o.unit_class == measure.unit_class
        for o in others
    )


def _fits(
    target: Measure,
    outcome: Measure,
    settled: Mapping[int, Answer],
    targets: Sequence[Measure],
    odds: PairOdds,
) -> bool:
    likelihood = float(odds.by_words[target.index, outcome.index])
    if likelihood == IMPOSSIBLE or target.part != outcome.part:
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
    return (
        likelihood >= least
        and _in_one_unit(target, outcome)
        and not _BESIDES.search(outcome.clause)
        and not exclusive_conflict(target.local, outcome.local)
        and may_answer(target, outcome)
    )


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
