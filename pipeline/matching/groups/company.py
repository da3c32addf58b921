"""Answers that the numbers beside them give away, where the words are too few.

委托班30期，培训2400人次 and 委托班46期，参训3580人次: 参训 alone says nothing, but
what stands before it has been matched. 岩心钻探：东矿段2150米、西矿段1830米: what
the parts are parts of stands before the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.gates.contrast import contrast, fits_both, part_words
from pipeline.matching.gates.rates import rate_similarity
from pipeline.matching.idf import Idf, form_idf
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams, is_thin_phrase, own_bigrams
from pipeline.matching.score import may_answer, probability
from pipeline.word_lists import any_of

_REACH = 3
_HEAD = 24
_HEAD_FIT = 0.35
_CLAIM = 0.5
_SAME_RATE = 0.5


def beside_answered(
    target: Measure,
    answered: Mapping[int, Sequence[int]],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    free: frozenset[int],
) -> tuple[int, ...]:
    """The outcomes that stand to answered ones as ``target`` stands to its neighbours.

    One: the count of people after a count of events. Several: each event has
    one of its own, and the target says that it is their total. Empty when
    nothing, or more than one thing, stands so.
    """
    before = [
        t
        for t in targets[max(0, target.index - _REACH) : target.index]
        if t.sentence == target.sentence and _counted(t) != _counted(target)
    ]
    anchors = [o for t in before for o in answered.get(t.index, ())]
    if not anchors:
        return ()
    found = [
        o
        for o in outcomes
        if o.index in free
        and may_answer(target, o)
        and not _other_rate(target, o)
        and any(_follows(o, outcomes[a], outcomes) for a in anchors)
    ]
    if len(found) == 1:
        near = bool(before) and before[-1].index == target.index - 1
        return (found[0].index,) if _goes_along(target, found[0], targets, near) else ()
    if not found or not is_thin_phrase(target.local):
        return ()
    if any_of("in_total").search(target.local) or (
        _is_set_off(target, before, targets) and _one_each(found, anchors, outcomes)
    ):
        return tuple(o.index for o in found)
    return ()


def _is_set_off(
    target: Measure, before: Sequence[Measure], targets: Sequence[Measure]
) -> bool:
    """Whether a comma sets a target off from a list: A培训2期、B培训3期，参训260人."""
    run = targets[target.index - len(before) : target.index]
    return (
        len(before) > 1
        and list(run) == list(before)
        and len({t.quantity.unit for t in before}) == 1
        and all(t.clause[:1] == "、" for t in before[1:])
        and target.clause[:1] not in "、和及"
    )


def _one_each(
    found: Sequence[Measure], anchors: Sequence[int], outcomes: Sequence[Measure]
) -> bool:
    """Whether a bare number stands right after each anchor: A培训2期118人，B培训3期149人."""
    return [o.index for o in found] == [a + 1 for a in anchors] and all(
        is_thin_phrase(o.clause) for o in found
    )


def _goes_along(
    target: Measure, outcome: Measure, targets: Sequence[Measure], near: bool
) -> bool:
    """Whether neither says of its own what it counts, or the target's place tells.

    ``near``: the answered neighbour stands right before the target.
    """
    bare, other_bare = is_thin_phrase(target.local), is_thin_phrase(outcome.local)
    if bare and other_bare:
        return True
    if not near or not (bare or other_bare):
        return False
    return bare or _is_bare(target) or not _has_siblings(target, targets)


def _is_bare(target: Measure) -> bool:
    """培训护林员2期、130人: the people are those of the number before."""
    return not own_bigrams(target.clause)


def _has_siblings(target: Measure, targets: Sequence[Measure]) -> bool:
    """Whether several things in one class are promised in a row: 轮训书记、培训带头人."""
    beside = [target.index - 1, target.index + 1]
    return any(
        t.sentence == target.sentence
        and _counted(t) == _counted(target)
        and not t.part
        and t.index in beside
        for t in targets[max(0, beside[0]) : beside[1] + 1]
    )


def _counted(measure: Measure) -> str | None:
    """The class of a unit; people are counted in 人 and 人次 alike."""
    kind = measure.unit_class
    return "person" if kind == "person_time" else kind


def _other_rate(target: Measure, outcome: Measure) -> bool:
    """就业率 stands where 合格率 stood, but is another rate."""
    a, b = target.rate, outcome.rate
    return bool(a and b) and rate_similarity(a, b) < _SAME_RATE


def _follows(outcome: Measure, anchor: Measure, outcomes: Sequence[Measure]) -> bool:
    """Whether a number comes next after an anchor, as far as its own unit goes."""
    if outcome.sentence != anchor.sentence or outcome.unit_class == anchor.unit_class:
        return False
    between = outcomes[anchor.index + 1 : outcome.index]
    return 0 < outcome.index - anchor.index <= _REACH and all(
        m.unit_class != outcome.unit_class or m.is_change for m in between
    )


def headed_parts(
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    scores: NDArray[np.float64],
    free: frozenset[int],
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Targets with the parts whose common head names them: (target, outcomes).

    The head may stand before a colon or in the first part's own phrase.
    """
    for run in _part_runs(outcomes, free):
        rest = {o.index for o in run[1:]}  # which say the head again
        told = [o for o in outcomes if o.index not in rest]
        idf = form_idf([*targets, *told])  # few forms have such runs
        first, second = run[0], run[1]
        pair = contrast(first, second)
        assert pair is not None
        head = bigrams(_without(first, pair[0]))
        claims = [
            (fit, -t.index)
            for t in targets
            if may_answer(t, first)
            and t.unit_class != "rate"
            and fits_both(t, pair)
            and (fit := _fit(head, t, idf)) >= _HEAD_FIT
        ]
        if not claims or _contested(claims, run, scores):
            continue
        yield -max(claims)[1], tuple(o.index for o in run)


def _part_runs(
    outcomes: Sequence[Measure], free: frozenset[int]
) -> Iterator[list[Measure]]:
    """Free outcomes next to each other that are named as parts only."""
    run: list[Measure] = []
    for outcome in outcomes:
        joined = (
            run
            and outcome.index == run[-1].index + 1
            and outcome.index in free
            and outcome.sentence == run[-1].sentence
            and outcome.quantity.unit == run[-1].quantity.unit
            and _are_named_parts(run[-1], outcome)
        )
        if joined:
            run.append(outcome)
            continue
        if len(run) > 1:
            yield run
        run = [outcome] if outcome.index in free else []
    if len(run) > 1:
        yield run


def _are_named_parts(first: Measure, other: Measure) -> bool:
    pair = contrast(first, other)
    if pair is None or first.part != other.part:
        return False
    return all(part_words().search(word) for word in pair) or other.clause[:1] == "、"


def _without(first: Measure, modifier: str) -> str:
    return first.context[-_HEAD:] + first.local.replace(modifier, " ")


def _fit(head: frozenset[str], target: Measure, idf: Idf) -> float:
    own = own_bigrams(target.local)
    if head and head <= own:
        return 1.0  # 志愿活动：一季度426场 for 志愿服务活动
    return idf.covered(own or bigrams(target.local), head)


def _contested(
    claims: Sequence[tuple[float, int]],
    run: Sequence[Measure],
    scores: NDArray[np.float64],
) -> bool:
    """Whether a second target fits the head as well, or another one is surer."""
    best = max(claims)
    if any(fit == best[0] for fit, index in claims if index != best[1]):
        return True
    return any(
        probability(float(scores[k, o.index])) > _CLAIM
        for o in run
        for k in range(scores.shape[0])
        if k != -best[1]
    )
