"""Pairs that score well by themselves, and that the texts around them rule out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.language.fold import fold
from pipeline.matching.borrowed import borrows_its_words
from pipeline.matching.gates.objects import are_other_things
from pipeline.matching.gates.rates import asks_other_people, is_another_rate
from pipeline.matching.gates.sweeping import is_sweeping
from pipeline.matching.groups.covering import leaves_its_name_out, names_a_part
from pipeline.matching.groups.named_totals import adds_to_it
from pipeline.matching.hub import IndicatorTable
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import (
    bigrams,
    is_thin_phrase,
    own_bigrams,
    thin_words,
)
from pipeline.matching.mentions import Topic
from pipeline.matching.named_elsewhere import (
    is_a_rival_kind,
    is_of_numbered_thing,
)
from pipeline.matching.places import places_of
from pipeline.matching.score import IMPOSSIBLE, PairOdds, least_odds
from pipeline.word_lists import word_set

_ABBREVIATED = 0.3


def bar_by_text(
    scores: NDArray[np.float64],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    table: IndicatorTable,
    topic: Topic,
    goal_text: str,
) -> PairOdds:
    """Bar pairs that share only the goal's topic, or an act done to other things.

    What the goal counts apart from the target never answers it, whatever is left over.
    A whole is barred from its parts' answers. Where both sides clearly belong
    to one indicator row, their names may differ.
    """

    def is_barred(i: int, j: int) -> bool:
        return (
            shares_only_topic(targets[i], outcomes[j], topic)
            or names_a_part(targets[i], outcomes[j], targets)
            or leaves_its_name_out(targets[i], outcomes[j], targets)
            or counts_who_came_to_all(targets[i], outcomes[j], targets, outcomes)
            or adds_to_it(outcomes[j], targets[i], targets)
            or asks_other_people(targets[i], outcomes[j])
            or (
                not table.hub(i, j).agree
                and not alone_in_one_item(targets[i], outcomes[j], targets, outcomes)
                and (
                    is_another_rate(targets[i], outcomes[j])
                    or are_other_things(targets[i], outcomes[j], targets, outcomes)
                    or borrows_its_words(targets[i], outcomes[j], targets, outcomes)
                )
            )
        )

    goal = fold(goal_text)
    beside: dict[int, list[Measure]] = defaultdict(list)
    for target in targets:
        beside[target.sentence].append(target)

    def is_of_another(i: int, j: int) -> bool:
        target, outcome = targets[i], outcomes[j]
        return not table.hub(i, j).agree and (
            is_a_rival_kind(target, outcome, beside[target.sentence], goal)
            or is_of_numbered_thing(target, outcome, goal)
        )

    least = min(least_odds(), 0.0)
    words, likely = scores.copy(), scores.copy()
    for i, j in places_of(scores >= least):
        if is_of_another(i, j):
            words[i, j] = likely[i, j] = IMPOSSIBLE
        elif is_barred(i, j):
            likely[i, j] = IMPOSSIBLE
    return PairOdds(likely, words, least, is_of_another, is_barred)


def alone_in_one_item(
    target: Measure,
    outcome: Measure,
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> bool:
    """Whether two stand under one number (3. and ③) and are all in their unit there.

    Rates of one item may be of two things: 建档率 and 使用率.
    """
    if not target.item or target.item != outcome.item or target.unit_class == "rate":
        return False
    unit = target.quantity.unit
    return unit == outcome.quantity.unit and all(
        sum(m.item == target.item and m.quantity.unit == unit for m in side) == 1
        for side in (targets, outcomes)
    )


def counts_who_came_to_all(
    target: Measure,
    outcome: Measure,
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> bool:
    """各类培训11期、1260人次 for 法治培训3期、400人次: the people are those of all kinds."""
    people = ("person", "person_time")
    if outcome.unit_class not in people or target.unit_class not in people:
        return False
    if not (target.index and outcome.index and is_thin_phrase(outcome.local)):
        return False
    asked, told = targets[target.index - 1], outcomes[outcome.index - 1]
    return (
        asked.sentence == target.sentence
        and told.sentence == outcome.sentence
        and asked.unit_class == told.unit_class == "event"
        and is_sweeping(asked, told)
    )


def shares_only_topic(target: Measure, outcome: Measure, topic: Topic) -> bool:
    """Whether two phrases have in common only what the whole goal is about.

    In a goal about teachers, 教师研修120人 and 津贴惠及教师900人 share nothing of
    their own. The words before the outcome count for it.
    """
    if target.unit_class == "rate":
        return False
    shared = bigrams(target.local) & bigrams(outcome.local)
    said = shared - word_set("paid_out") if target.unit_class == "money" else shared
    if not shared or not said <= topic:
        return False
    own = own_bigrams(target.local) - topic
    told = own_bigrams(outcome.local) - topic
    named = bool(told)
    if not named and thin_words(outcome.local):
        told = own_bigrams(outcome.context) - topic
    if not own or not told:
        return False
    wide = own_bigrams(target.context) - topic
    return not told & (own | wide) and not (named and _abbreviates(own, told))


def _abbreviates(first: frozenset[str], second: frozenset[str]) -> bool:
    """购机 for 购置农机具: other words, but the same characters."""
    a, b = set("".join(first)), set("".join(second))
    return len(a & b) > _ABBREVIATED * min(len(a), len(b))
