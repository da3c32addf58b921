"""One outcome for several targets: their sum is compared.

The outcome names them, or what they have in common, or they are told apart by
a modifier only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.gates.contrast import are_complements, parts_named
from pipeline.matching.groups.answers import (
    NAMED_CONFIDENCE,
    Answer,
)
from pipeline.matching.groups.covering import runs_of
from pipeline.matching.groups.listed_totals import listed_totals
from pipeline.matching.groups.named_totals import (
    is_whole_list,
    is_wider,
    named_targets,
    names_all,
    names_another,
)
from pipeline.matching.groups.total_names import is_open_list, names_of
from pipeline.matching.hub import IndicatorTable
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import (
    bigrams,
    content_words,
    deed_bigrams,
    exclusive_conflict,
    own_bigrams,
)
from pipeline.matching.places import indexes_of
from pipeline.matching.score import IMPOSSIBLE, PairOdds, probability

_SUM = re.compile(r"合计|总计|总(?:数|量|额|面积|里程)")
# A sibling needs less proof of its own than a first answer.
_SIBLING = 0.2
# Log-odds so near to another's are no evidence for the one.
_NEAR = 2.0


def take_named_totals(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """A total answers the targets that it names together, and none of them alone."""
    for outcome in outcomes:
        if len(names_of(outcome)) < 2:
            continue
        named = named_targets(outcome, targets)
        holders = [i for i, a in settled.items() if outcome.index in a.outcomes]
        free = [i for i in named if i not in settled or i in holders]
        if free and is_whole_list(outcome, named, targets):
            # What took one of them stands elsewhere and speaks of something else.
            free += [
                i
                for i in named
                if i not in free
                and all(
                    outcomes[o].sentence != outcome.sentence
                    for o in settled[i].outcomes
                )
            ]
            free.sort()
        closed = not is_open_list(outcome) or names_all(outcome, named)
        if len(free) >= 2 and free == list(named) and closed:
            for index in free:
                rest = tuple(i for i in free if i != index)
                settled[index] = Answer(
                    index, (outcome.index,), "sum", NAMED_CONFIDENCE, rest
                )
        else:
            for index in holders:
                if is_wider(outcome, targets[index]) or names_another(
                    outcome, targets[index], targets
                ):
                    del settled[index]


def take_sibling_totals(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    scores: NDArray[np.float64],
) -> None:
    """市县河长巡河65次 for 市级巡河12次、县级巡河48次, which it fits alike: their sum.

    Such an outcome was left as answering neither.
    """
    used = {o for a in settled.values() for o in a.outcomes}
    for outcome in outcomes:
        if outcome.index in used:
            continue
        column = scores[:, outcome.index]
        fitting = [targets[i] for i in indexes_of(column > 0)]
        if (
            len(fitting) < 2
            or any(t.index in settled or t.part for t in fitting)
            or fitting[0].unit_class == "rate"
            or not all_siblings(fitting)
            or any(exclusive_conflict(t.local, outcome.local) for t in fitting)
            or not _names_the_thing(outcome, fitting)
            or any(_names_one(fitting[0], t, outcome) for t in fitting[1:])
            or not all(scores[t.index].max() == column[t.index] for t in fitting)
        ):
            continue
        group = [t.index for t in fitting]
        for index in group:
            rest = tuple(i for i in group if i != index)
            settled[index] = Answer(
                index, (outcome.index,), "sum", NAMED_CONFIDENCE, rest
            )
        used.add(outcome.index)


def _names_the_thing(outcome: Measure, targets: Sequence[Measure]) -> bool:
    """采集土样72份 counts no 水样, whether of the one season or of both."""
    told = things_of(outcome)
    return not told or all(not (mine := things_of(t)) or mine & told for t in targets)


def take_listed_totals(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """各类培训共6期 answers all trainings of a list together."""
    taken = {i: a.outcomes for i, a in settled.items()}
    for outcome, members in listed_totals(targets, outcomes, taken):
        for index in members:
            rest = tuple(i for i in members if i != index)
            settled[index] = Answer(index, (outcome,), "sum", NAMED_CONFIDENCE, rest)


def drop_chance_members(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    odds: PairOdds,
) -> None:
    """村道12公里、乡道8公里 and 道路21公里: no word says that the first is meant."""
    for run in runs_of(targets):
        for target in run:
            answer = settled.get(target.index)
            if answer is None or answer.method != "direct" or answer.shared:
                continue
            outcome = outcomes[answer.outcomes[0]]
            if own_bigrams(target.local).isdisjoint(own_bigrams(outcome.local)) and any(
                t.index not in settled
                and odds.of(target.index, outcome.index)
                - odds.of(t.index, outcome.index)
                < _NEAR
                for t in run
            ):
                del settled[target.index]


def drop_unnamed_changes(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """盗窃、诈骗案件发案数分别下降8%、4%: neither is the fall of all of them."""
    for answer in list(settled.values()):
        outcome = outcomes[answer.outcomes[0]]
        if len(answer.outcomes) > 1 or outcome.series is None or not outcome.is_change:
            continue
        series = [o for o in outcomes if o.series == outcome.series]
        words = [content_words(o.local) for o in series]
        common = frozenset[str].intersection(*words)
        said = targets[answer.target].local
        if not any(all(w in said for w in own - common) for own in words):
            del settled[answer.target]


def things_of(measure: Measure) -> frozenset[str]:
    """What a phrase says besides what was done and that it was counted."""
    return own_bigrams(measure.local) - deed_bigrams()


def join_targets(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    odds: PairOdds,
    table: IndicatorTable,
) -> None:
    """One outcome reported for several targets: compare with their sum."""
    for answer in list(settled.values()):
        if len(answer.outcomes) != 1 or answer.shared:
            continue
        target, outcome = targets[answer.target], outcomes[answer.outcomes[0]]
        partners = [
            other.index
            for other in targets
            if other.index not in settled
            and _shares(target, other, outcome, targets, odds, table)
        ]
        if not partners:
            continue
        group = tuple(sorted((answer.target, *partners)))
        for index in group:
            rest = tuple(i for i in group if i != index)
            settled[index] = Answer(
                index, answer.outcomes, "sum", answer.confidence, rest
            )


def _shares(
    target: Measure,
    other: Measure,
    outcome: Measure,
    targets: Sequence[Measure],
    odds: PairOdds,
    table: IndicatorTable,
) -> bool:
    place = other.index, outcome.index
    if other.unit_class == "rate" or other.part or target.part:
        return False
    if odds.likely[place] <= IMPOSSIBLE:
        return False
    for k, group in table.sums.items():
        if {target.index, other.index} <= set(group):
            members = [targets[i] for i in group]
            return (
                _included(other, outcome) or sums_up(outcome, k, members, table)
            ) and odds.of(*place) > IMPOSSIBLE
    if _included(other, outcome):
        return odds.of(*place) > IMPOSSIBLE
    siblings = (
        target.sentence == other.sentence
        and target.quantity.unit == other.quantity.unit
        and exclusive_conflict(target.local, other.local)
        and not exclusive_conflict(target.local, outcome.local)
        and not exclusive_conflict(other.local, outcome.local)
        and bool(bigrams(target.local) & bigrams(other.local))
    )
    return (
        siblings
        and probability(odds.of(*place)) >= _SIBLING
        and not _names_one(target, other, outcome)
    )


def sums_up(
    outcome: Measure, row: int, group: Sequence[Measure], table: IndicatorTable
) -> bool:
    """Whether an outcome is the sum that a row asks for, not one member of it.

    招聘活动42场 for three kinds of events: 赴高校招聘17场 names one kind, and where
    two outcomes speak of the row, none is the sum.
    """
    if [k for k in table.own_outcome if k == row] != [row]:
        return False
    if table.own_outcome[outcome.index] != row:
        return False
    if _SUM.search(outcome.clause):
        return True
    words = [own_bigrams(t.local) for t in group]
    name = own_bigrams(table.rows[row].local)
    own = [w - _united(words[:i] + words[i + 1 :]) for i, w in enumerate(words)]
    if not all(w & name for w in own):  # else the name of the row lists them all
        own = [w - name for w in own]
    told = own_bigrams(outcome.local)
    named = [bool(told & w) for w in own]
    known = set("".join(_united([name, *words])))
    return all(named) or (not any(named) and set("".join(told)) <= known)


def _united(words: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*words)


def _names_one(target: Measure, other: Measure, outcome: Measure) -> bool:
    """Whether the outcome names the part that one of two siblings is."""
    mine = (
        set(parts_named(target.local)),
        set(parts_named(other.local)),
    )
    named = set(parts_named(outcome.local))
    return bool(named & (mine[0] ^ mine[1]))


def _included(other: Measure, outcome: Measure) -> bool:
    """48公里（含大修）: the outcome says that it includes the other target."""
    match = re.match(r"\(?[，]?(?:含|包括|包含)([^)，。；]{2,10})", outcome.after)
    if not match:
        return False
    return any(match[1].startswith(w) or w in match[1] for w in bigrams(other.local))


def all_siblings(measures: Sequence[Measure]) -> bool:
    """国家级站点76篇、市级站点58篇: one thing, told apart by a modifier only."""
    return all(
        a.sentence == b.sentence
        and a.quantity.unit == b.quantity.unit
        and (exclusive_conflict(a.local, b.local) or are_complements(a, b))
        for a, b in combinations(measures, 2)
    )
