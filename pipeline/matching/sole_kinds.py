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


def without_sole_kinds(
    outcomes: Sequence[Measure], targets: Sequence[Measure]
) -> tuple[Measure, ...]:
    """Outcomes whose 各类 says nothing, without it."""
    return tuple(
        _without(o) if "各" in o.clause and _is_sole(o, targets) else o
        for o in outcomes
    )


def _is_sole(outcome: Measure, targets: Sequence[Measure]) -> bool:
    """Whether one target alone is of the kind that all are told of, in its unit."""
    said = any_of("of_all_kinds").search(outcome.clause)
    if said is None or outcome.series is not None:
        return False
    kind = bigrams(outcome.clause[said.end() :])
    if not kind - deed_bigrams() - kind_words():
        return False  # 各类培训, 各类活动 may be of anything
    akin = [t for t in targets if kind <= bigrams(t.local)]
    return len(akin) == 1 and comparable(akin[0], outcome)


def _without(outcome: Measure) -> Measure:
    """The phrase without the word; the clause keeps it, where a far excess is doubted."""
    return dataclasses.replace(
        outcome, local=any_of("of_all_kinds").sub("", outcome.local)
    )
