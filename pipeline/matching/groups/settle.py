"""Answers that are no pairs: sums on either side, joint rates, task shares.

A group is formed on evidence in the text only: sibling modifiers over one
head (国家级, 市级), parts of one thing (上半年, 下半年), 均 over several
measures, （含…）, or a sum that the indicator table itself states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.groups.answers import (
    COMPANY_CONFIDENCE,
    Answer,
    group_method,
    stands_within,
)
from pipeline.matching.groups.between import take_between
from pipeline.matching.groups.company import beside_answered, headed_parts
from pipeline.matching.groups.counted_totals import take_companions, take_counted_totals
from pipeline.matching.groups.course import drop_items_of_barred, take_steps
from pipeline.matching.groups.joint_rates import take_joint_rates
from pipeline.matching.groups.kinds_in_all import take_kinds_in_all
from pipeline.matching.groups.left_totals import take_left_totals
from pipeline.matching.groups.leftovers import take_leftovers
from pipeline.matching.groups.list_sums import (
    take_list_sums,
    take_wholes_named_by_parts,
)
from pipeline.matching.groups.listed_kinds import take_listed_kinds
from pipeline.matching.groups.named_totals import adds_to_it, is_wider
from pipeline.matching.groups.open_lists import take_rest_of_open_lists
from pipeline.matching.groups.ranked import take_ranks
from pipeline.matching.groups.sequence import take_up_sequences
from pipeline.matching.groups.shared_parts import join_outcomes, take_wholes_by_parts
from pipeline.matching.groups.shared_totals import (
    all_siblings,
    drop_chance_members,
    drop_unnamed_changes,
    join_targets,
    sums_up,
    take_listed_totals,
    take_named_totals,
    take_sibling_totals,
)
from pipeline.matching.groups.task_shares import take_task_shares
from pipeline.matching.groups.told_in_rows import take_numbers_of_rows
from pipeline.matching.groups.totals_beside import (
    prefer_wholes_beside_parts,
    take_sums_after_parts,
)
from pipeline.matching.groups.wholes_or_parts import (
    drop_totals_of_parts,
    prefer_named_parts,
    prefer_stated_wholes,
    take_up_parts,
    take_wholes_of_one,
)
from pipeline.matching.hub import IndicatorTable
from pipeline.matching.measures.measure import Measure
from pipeline.matching.places import indexes_of
from pipeline.matching.score import PairOdds, may_answer


def settle(
    answers: Mapping[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    odds: PairOdds,
    table: IndicatorTable,
) -> dict[int, Answer]:
    """Widen one-to-one answers to groups, then answer what only a share answers."""
    settled, scores = dict(answers), odds.likely
    drop_items_of_barred(settled, targets, outcomes)
    take_steps(settled, targets, outcomes)
    take_joint_rates(settled, targets, outcomes)
    take_ranks(settled, targets, outcomes)
    take_named_totals(settled, targets, outcomes)
    take_counted_totals(settled, targets, outcomes)
    take_listed_totals(settled, targets, outcomes)
    take_kinds_in_all(settled, targets, outcomes)
    take_list_sums(settled, targets, outcomes, scores)
    _over_rows(settled, targets, outcomes, table)
    take_sibling_totals(settled, targets, outcomes, scores)
    join_targets(settled, targets, outcomes, odds, table)
    join_outcomes(settled, targets, outcomes, scores)
    take_rest_of_open_lists(settled, targets, outcomes, scores)
    take_wholes_by_parts(settled, targets, outcomes)
    take_listed_kinds(settled, targets, outcomes)
    take_companions(settled, targets, outcomes)
    take_numbers_of_rows(settled, targets, outcomes, table)
    if any(outcome.part for outcome in outcomes):
        take_wholes_named_by_parts(settled, targets, outcomes, odds)
        drop_totals_of_parts(settled, targets, outcomes)
        prefer_named_parts(settled, targets, outcomes)
        take_up_parts(settled, targets, outcomes, odds)
        take_wholes_of_one(settled, targets, outcomes)
        prefer_stated_wholes(settled, targets, outcomes)
    drop_unnamed_changes(settled, targets, outcomes)
    drop_chance_members(settled, targets, outcomes, odds)
    _by_company(settled, targets, outcomes, scores)
    take_up_sequences(settled, targets, outcomes)
    if any(m.part for m in (*targets, *outcomes)):
        prefer_wholes_beside_parts(settled, targets, outcomes)
    take_sums_after_parts(settled, outcomes)
    take_left_totals(settled, targets, outcomes)
    take_leftovers(settled, targets, outcomes, odds)
    take_between(settled, targets, outcomes, odds)
    take_task_shares(settled, targets, outcomes)
    return settled


def _over_rows(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    table: IndicatorTable,
) -> None:
    """Answer a target over the indicator row that is clearly its own.

    Goal prose and outcome prose may share no word while both repeat the row's
    name; a row that several outcomes claim decides nothing.
    """
    used = {o for a in settled.values() for o in a.outcomes}
    claimed, told = _by_row(table.own_target), _by_row(table.own_outcome)
    for k in sorted(claimed):
        mine, theirs = [i for i in claimed[k] if i not in settled], told.get(k, [])
        if not mine or len(theirs) != 1 or theirs[0] in used:
            continue
        members = [targets[i] for i in mine]
        summed = tuple(mine) == table.sums.get(k) and sums_up(
            outcomes[theirs[0]], k, members, table
        )
        together = summed or all_siblings(members)
        if len(mine) > 1 and not together:
            continue
        i, j = mine[0], theirs[0]
        if (
            may_answer(targets[i], outcomes[j])
            and not adds_to_it(outcomes[j], targets[i], targets)
            and not (len(mine) == 1 and is_wider(outcomes[j], targets[i]))
        ):
            confidence = float(min(table.to_row[i, k], table.from_row[j, k], 0.95))
            settled[i] = Answer(i, (j,), "via_indicator", confidence)
            used.add(j)


def _by_row(own: Sequence[int | None]) -> dict[int, list[int]]:
    """The places of the measures under their own rows."""
    places: dict[int, list[int]] = {}
    for place, row in enumerate(own):
        if row is not None:
            places.setdefault(row, []).append(place)
    return places


def _by_company(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    scores: NDArray[np.float64],
) -> None:
    """Answer what only its place tells; such answers are never certain."""
    everything = {o.index for o in outcomes}
    used = {o for a in settled.values() for o in a.outcomes}
    for index, members in headed_parts(
        targets, outcomes, scores, frozenset(everything - used)
    ):
        if index not in settled:
            settled[index] = Answer(index, members, "sum", COMPANY_CONFIDENCE)
    used = {o for a in settled.values() for o in a.outcomes}
    likely = scores > 0
    claims = likely.sum(axis=0)
    answered = {i: a.outcomes for i, a in settled.items()}
    for target in targets:
        if target.index in settled or stands_within(target, settled):
            continue
        claimed = indexes_of(claims > likely[target.index])  # by another target
        free = frozenset(everything - used).difference(claimed)
        members = beside_answered(target, answered, targets, outcomes, free)
        if members:
            method = "direct" if len(members) == 1 else group_method(target)
            settled[target.index] = Answer(
                target.index, members, method, COMPANY_CONFIDENCE, by_place=True
            )
            used.update(members)
