"""How far the confidence of an answer carries: what may be a part is never certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from pipeline.matching.gates.contrast import contrast, part_words
from pipeline.matching.groups.answers import Answer
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams, own_bigrams

DOUBTFUL = 0.8
# What is left to the reader is as likely one as the other.
OPEN = 0.5
# Two phrases that share less than this of the shorter one are alike only by place.
_ALIKE = 0.3
_ITEM = 8
# 另服务128人次, 其他专项审计8个, 境外仅成行3场: there is more of it, or was to be.
_BESIDES = re.compile("另|其[他它]|此外|仅")


def carried(
    answer: Answer,
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    used: AbstractSet[int],
) -> float:
    """The confidence of an answer, lowered where its words alone do not carry it.

    Unlike words (培训照护者, 培训志愿者), a part beside another that nothing took
    (走进敬老院5场、走进社区4场), what came on top of something else (另服务128人次) or a
    sum of parts that no fixed word names.
    ``used`` are the outcomes that answer anything.
    """
    target = targets[answer.target]
    found = [outcomes[o] for o in answer.outcomes]
    doubtful = (
        (answer.method == "direct" and not _alike(target, found[0]))
        or (len(found) == 1 and _has_loose_sibling(found[0], outcomes, used))
        or (len(found) == 1 and _is_besides(target, found[0]))
        or (answer.method == "sum" and len(found) > 1 and not _named_parts(found))
    )
    return min(answer.confidence, DOUBTFUL) if doubtful else answer.confidence


def _alike(target: Measure, outcome: Measure) -> bool:
    a, b = bigrams(target.local), bigrams(outcome.local)
    smaller = min(len(a), len(b))
    if smaller and len(a & b) < _ALIKE * smaller:
        return False
    own = own_bigrams(target.local), own_bigrams(outcome.local)
    return not all(own) or not own[0].isdisjoint(own[1])


def _is_besides(target: Measure, outcome: Measure) -> bool:
    said = _BESIDES.search(outcome.clause)
    return said is not None and said[0] not in target.clause


def _has_loose_sibling(
    outcome: Measure, outcomes: Sequence[Measure], used: AbstractSet[int]
) -> bool:
    """Whether the next number in the list goes on with a bare name and its unit."""
    for step in (-1, 1):
        k = outcome.index + step
        if not 0 <= k < len(outcomes) or k in used:
            continue
        other, later = outcomes[k], outcomes[max(k, outcome.index)]
        if (
            other.sentence == outcome.sentence
            and other.quantity.unit == outcome.quantity.unit
            and other.part == outcome.part
            and later.clause[:1] in "、和及与"
            and 0 < len(later.clause) <= _ITEM
        ):
            return True
    return False


def _named_parts(found: Sequence[Measure]) -> bool:
    pairs = [contrast(a, b) for a, b in pairwise(found)]
    return all(
        pair and all(part_words().search(word) for word in pair) for pair in pairs
    )
