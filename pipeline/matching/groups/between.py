"""What stands alone between two answered neighbours, on both sides.

开发精品课8门 between 培训干部320人次 and 打造现场教学点3处, and 新课推出8门 between their
answers: outcomes are told in the order of the goals, and the words need not be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.matching.groups.answers import Answer
from pipeline.matching.groups.leftovers import PLACED, counted_as, may_be_left
from pipeline.matching.measures.measure import Measure
from pipeline.matching.score import PairOdds

# So many numbers at most stand between the neighbours: farther off, order says little.
_NEAR = 3
# Rates and sums of money stand among many of their kind.
_CROWDED = frozenset({"rate", "money"})


def take_between(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    odds: PairOdds,
) -> None:
    """Answer a target by the only number of its unit between its neighbours' answers.

    Such answers are never certain.
    """
    for target, outcome in list(_between(settled, targets, outcomes)):
        if may_be_left(target, outcome, targets, odds):
            settled[target.index] = Answer(
                target.index, (outcome.index,), "direct", PLACED, by_place=True
            )


def _between(
    settled: Mapping[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> Iterator[tuple[Measure, Measure]]:
    used = {o for answer in settled.values() for o in answer.outcomes}
    for before, after in pairwise(sorted(settled)):
        left = targets[before + 1 : after]
        if not 0 < len(left) <= _NEAR:
            continue
        first, last = max(settled[before].outcomes), min(settled[after].outcomes)
        free = [o for o in outcomes[first + 1 : last] if o.index not in used]
        if not 0 < len(free) <= _NEAR:
            continue
        for target in left:
            kind = counted_as(target)
            mine = [t for t in left if counted_as(t) == kind]
            theirs = [o for o in free if counted_as(o) == kind]
            if len(mine) == len(theirs) == 1 and target.unit_class not in _CROWDED:
                yield target, theirs[0]
