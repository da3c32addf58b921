"""各类鱼虾苗 where the goal has one thing of that kind: nothing else is counted in.

Whoever reports of all of a kind (各类宣传册) has not said how many were of the one that
was promised. Where the goals name that kind just once, there is nothing to tell it from,
and the outcome's phrase is read without the word for all.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams, deed_bigrams, kind_words
from pipeline.word_lists import any_of

# Characters of the noun that a name ends with.
_HEAD = 2


def without_sole_kinds(
    outcomes: Sequence[Measure], targets: Sequence[Measure]
) -> tuple[Measure, ...]:
    """Outcomes whose 各类 says nothing, without it."""
    return tuple(
        _without(o) if "各" in o.local and _is_sole(o, targets) else o for o in outcomes
    )


def _is_sole(outcome: Measure, targets: Sequence[Measure]) -> bool:
    """Whether one target alone is of the kind that all are told of, in its unit."""
    said = any_of("of_all_kinds").search(outcome.local)
    if said is None or outcome.series is not None:
        return False
    name = outcome.local[said.end() :].strip()
    kind = bigrams(name)
    if not kind - deed_bigrams() - kind_words():
        return False  # 各类培训, 各类活动 may be of anything
    akin = [t for t in targets if kind <= bigrams(t.local)]
    if len(akin) != 1 or not comparable(akin[0], outcome):
        return False
    return name[-_HEAD:] in akin[0].local  # 防汛折页 is not all of 防汛资料


def _without(outcome: Measure) -> Measure:
    """The phrase without the word; the clause keeps it, where a far excess is doubted."""
    return dataclasses.replace(
        outcome, local=any_of("of_all_kinds").sub("", outcome.local)
    )
