"""Answers that are no pairs: sums on either side, joint rates, task shares.

A group is formed on evidence in the text only: sibling modifiers over one
head (国家级, 市级), parts of one thing (上半年, 下半年), 均 over several
measures, （含…）, or a sum that the indicator table itself states.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.assign import Choice
from pipeline.matching.company import beside_answered, headed_parts
from pipeline.matching.contrast import PARTS, are_complements
from pipeline.matching.covering import listed_totals, wholes_by_parts
from pipeline.matching.features import comparable
from pipeline.matching.hub import IndicatorTable
from pipeline.matching.measure import Measure
from pipeline.matching.named_totals import (
    is_open_list,
    is_whole_list,
    is_wider,
    named_targets,
    names_all,
    names_of,
)
from pipeline.matching.parts import belong_together
from pipeline.matching.score import IMPOSSIBLE, may_answer, probability
from pipeline.matching.wording import bigrams, exclusive_conflict, own_bigrams

# A sibling needs less proof of its own than a first answer.
_SIBLING = 0.2
_NAMED_CONFIDENCE = 0.8
_COMPANY_CONFIDENCE = 0.7
_TIED_CONFIDENCE = 0.7
_PART_LEAD = re.compile(r"^[，、和及]*(?:其中|包括|含)?")
# 负压型, 教师班: the kind of a thing whose name stands with the whole.
_PART_KIND = re.compile(r"[型类班式级]$")
_SPACES = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers a target: outcome indexes and how they are taken together.

    ``shared`` are further targets answered by the same outcome (their sum is
    compared). Methods: direct, via_indicator, sum, worst, task_share.
    """

    target: int
    outcomes: tuple[int, ...]
    method: str
    confidence: float
    shared: tuple[int, ...] = ()


def first_answers(
    choices: Sequence[Choice], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> dict[int, Answer]:
    """One answer per decided choice.

    Outcomes that are equally likely because they are parts of one thing, or
    rates promised jointly, answer together; other ties stay undecided.
    """
    answers: dict[int, Answer] = {}
    used: set[int] = set()
    for i, choice in enumerate(choices):
        if choice.outcome is not None:
            answers[i] = Answer(i, (choice.outcome,), "direct", choice.confidence)
            continue
        tied = [outcomes[j] for j in choice.candidates if j not in used]
        tied = _without_own_parts(targets[i], tied)
        if len(tied) == 1 and len(choice.candidates) > 1:
            answers[i] = Answer(i, (tied[0].index,), "direct", _TIED_CONFIDENCE)
            used.add(tied[0].index)
            continue
        method = _group_method(targets[i])
        if len(tied) > 1 and all(
            belong_together(targets[i], a, b) for a, b in combinations(tied, 2)
        ):
            members = tuple(o.index for o in tied)
            answers[i] = Answer(i, members, method, choice.confidence)
            used.update(members)
    return answers


def _without_own_parts(target: Measure, tied: Sequence[Measure]) -> list[Measure]:
    """展览5个，其中线上展览1个: of a whole and its parts a whole target means the whole."""
    if target.part:
        return list(tied)
    named = [o for o in tied if o.part and _names_part(target, o)]
    if len(named) == 1:
        return named
    return [
        o
        for o in tied
        if not any(_is_part_of(o, whole) for whole in tied if whole is not o)
    ]


def _group_method(target: Measure) -> str:
    return "worst" if target.unit_class == "rate" else "sum"


def settle(
    answers: Mapping[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    scores: NDArray[np.float64],
    table: IndicatorTable,
) -> dict[int, Answer]:
    """Widen one-to-one answers to groups, then answer what only a share answers."""
    settled = dict(answers)
    _named_totals(settled, targets, outcomes)
    _listed_totals(settled, targets, outcomes)
    _over_rows(settled, targets, outcomes, table)
    _join_targets(settled, targets, outcomes, scores, table)
    _join_outcomes(settled, targets, outcomes, scores)
    _wholes_by_parts(settled, targets, outcomes)
    _drop_totals_of_parts(settled, targets, outcomes)
    _prefer_named_parts(settled, targets, outcomes)
    _take_up(settled, targets, outcomes, scores)
    _by_company(settled, targets, outcomes, scores)
    _task_shares(settled, targets, outcomes)
    return settled


def _named_totals(
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
                    index, (outcome.index,), "sum", _NAMED_CONFIDENCE, rest
                )
        else:
            for index in holders:
                if is_wider(outcome, targets[index]):
                    del settled[index]


def _listed_totals(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """各类培训共6期 answers all trainings of a list together."""
    taken = {i: a.outcomes for i, a in settled.items()}
    for outcome, members in listed_totals(targets, outcomes, taken):
        for index in members:
            rest = tuple(i for i in members if i != index)
            settled[index] = Answer(index, (outcome,), "sum", _NAMED_CONFIDENCE, rest)


def _wholes_by_parts(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    taken = {i: a.outcomes for i, a in settled.items() if not a.shared}
    for index, members in wholes_by_parts(targets, outcomes, taken):
        settled[index] = Answer(index, members, "sum", _NAMED_CONFIDENCE)


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
    for k in range(len(table.rows)):
        mine = [
            i for i, own in enumerate(table.own_target) if own == k and i not in settled
        ]
        theirs = [j for j, own in enumerate(table.own_outcome) if own == k]
        if not mine or len(theirs) != 1 or theirs[0] in used:
            continue
        together = tuple(mine) == table.sums.get(k) or _all_siblings(
            [targets[i] for i in mine]
        )
        if len(mine) > 1 and not together:
            continue
        i, j = mine[0], theirs[0]
        if may_answer(targets[i], outcomes[j]):
            confidence = float(min(table.to_row[i, k], table.from_row[j, k], 0.95))
            settled[i] = Answer(i, (j,), "via_indicator", confidence)
            used.add(j)


def _all_siblings(measures: Sequence[Measure]) -> bool:
    """国家级站点76篇、市级站点58篇: one thing, told apart by a modifier only."""
    return all(
        a.sentence == b.sentence
        and a.quantity.unit == b.quantity.unit
        and exclusive_conflict(a.local, b.local)
        for a, b in combinations(measures, 2)
    )


def _join_targets(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    scores: NDArray[np.float64],
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
            and _shares(target, other, outcome, scores, table)
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
    scores: NDArray[np.float64],
    table: IndicatorTable,
) -> bool:
    if scores[other.index, outcome.index] <= IMPOSSIBLE or other.unit_class == "rate":
        return False
    if other.part or target.part:
        return False
    for k, group in table.sums.items():
        if {target.index, other.index} <= set(group):
            return table.own_outcome[outcome.index] == k
    if _included(other, outcome):
        return True
    siblings = (
        target.sentence == other.sentence
        and target.quantity.unit == other.quantity.unit
        and exclusive_conflict(target.local, other.local)
        and not exclusive_conflict(target.local, outcome.local)
        and not exclusive_conflict(other.local, outcome.local)
        and bool(bigrams(target.local) & bigrams(other.local))
    )
    likely = probability(float(scores[other.index, outcome.index]))
    return siblings and likely >= _SIBLING and not _names_one(target, other, outcome)


def _names_one(target: Measure, other: Measure, outcome: Measure) -> bool:
    """Whether the outcome names the part that one of two siblings is."""
    mine = set(PARTS.findall(target.local)), set(PARTS.findall(other.local))
    named = set(PARTS.findall(outcome.local))
    return bool(named & (mine[0] ^ mine[1]))


def _included(other: Measure, outcome: Measure) -> bool:
    """48公里（含大修）: the outcome says that it includes the other target."""
    match = re.match(r"\(?[，]?(?:含|包括|包含)([^)，。；]{2,10})", outcome.after)
    if not match:
        return False
    return any(match[1].startswith(w) or w in match[1] for w in bigrams(other.local))


def _join_outcomes(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    scores: NDArray[np.float64],
) -> None:
    """One target reported in parts: the sum counts; of joint rates the worst."""
    used = {o for a in settled.values() for o in a.outcomes}
    for answer in list(settled.values()):
        target, first = targets[answer.target], outcomes[answer.outcomes[0]]
        if answer.shared or answer.method == "sum" != _group_method(target):
            continue
        mine = _used_by_parts(target, settled, targets)
        group = [
            o
            for o in outcomes
            if o.index not in answer.outcomes
            and (o.index not in used or o.index in mine)
            and may_answer(target, o)
            and belong_together(target, first, o)
            and (o.index not in mine or are_complements(first, o))
            and (
                target.unit_class == "rate"
                or not _claimed(o, target, targets, scores, settled)
            )
        ]
        group = _without_gaps(first, group, outcomes)
        method = _group_method(target)
        if group:
            members = tuple(sorted({*answer.outcomes, *(o.index for o in group)}))
            settled[answer.target] = Answer(
                answer.target, members, method, answer.confidence
            )
            used.update(members)


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


def _drop_totals_of_parts(
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
            and any(_is_part_of(outcomes[o], total) for o in a.outcomes)
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


def _prefer_named_parts(
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
            and _is_part_of(o, whole)
            and comparable(target, o)
            and _names_part(target, o)
            and not bigrams(_PART_LEAD.sub("", o.clause)) <= bigrams(whole.local)
        ]
        if len(parts) == 1:
            j = parts[0].index
            settled[answer.target] = Answer(
                answer.target, (j,), "direct", min(answer.confidence, _TIED_CONFIDENCE)
            )
            used.add(j)


def _is_part_of(outcome: Measure, total: Measure) -> bool:
    return (
        outcome.part
        and outcome.index > total.index
        and outcome.sentence == total.sentence
        and outcome.quantity.unit == total.quantity.unit
        and not exclusive_conflict(outcome.local, total.local)
    )


def _take_up(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    scores: NDArray[np.float64],
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
            and _names_part(target, o)
        ]
        if len(parts) == 1 and scores[target.index, parts[0].index] > IMPOSSIBLE:
            j = parts[0].index
            confidence = max(0.5, probability(float(scores[target.index, j])))
            settled[target.index] = Answer(target.index, (j,), "direct", confidence)
            used.add(j)


def _names_part(target: Measure, part: Measure) -> bool:
    """Whether the words at a part stand in the target (监护型 in 监护型救护车)."""
    name = _PART_LEAD.sub("", part.clause)
    grams = bigrams(name)
    return bool(grams) and (
        grams <= bigrams(target.local)
        or _PART_KIND.sub("", name) in _SPACES.sub("", target.local)
    )


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
            settled[index] = Answer(index, members, "sum", _COMPANY_CONFIDENCE)
    used = {o for a in settled.values() for o in a.outcomes}
    claimed = {o for o in everything if (scores[:, o] > 0).any()}
    answered = {i: a.outcomes for i, a in settled.items()}
    for target in targets:
        if target.index in settled:
            continue
        free = frozenset(everything - used - claimed)
        members = beside_answered(target, answered, targets, outcomes, free)
        if members:
            method = "direct" if len(members) == 1 else _group_method(target)
            settled[target.index] = Answer(
                target.index, members, method, _COMPANY_CONFIDENCE
            )
            used.update(members)


def _task_shares(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """A percentage of the annual task answers where no absolute number does."""
    used = {o for a in settled.values() for o in a.outcomes}
    for outcome in outcomes:
        if not outcome.task_share or outcome.index in used:
            continue
        free = [
            t
            for t in targets
            if t.index not in settled and t.unit_class not in ("rate", None)
        ]
        near = bigrams(outcome.local)
        wide = near | bigrams(outcome.context[-16:])
        fitting = _sharing_most(near, free) or _sharing_most(wide, free)
        if len(fitting) == 1:
            index = fitting[0].index
            settled[index] = Answer(index, (outcome.index,), "task_share", 0.8)


def _sharing_most(grams: frozenset[str], targets: Sequence[Measure]) -> list[Measure]:
    """The targets that share most words with an outcome, two pairs at least."""
    shares = [(len(grams & bigrams(t.local)), t) for t in targets]
    most = max((share for share, _ in shares), default=0)
    return [t for share, t in shares if share == most] if most >= 2 else []
