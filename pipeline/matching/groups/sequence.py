"""Answers that their place in a list gives away: what is told in the order of promises.

修剪乔灌木4.2万株次、补植草花31万株、移植大树60株 and 修剪4.35万株次，花卉栽植29.8万株，
大树移栽63株: the words of the second differ, but both its neighbours are matched, and
between their answers stands one number of its unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.core.quantity import Quantity
from pipeline.language.units import to_base
from pipeline.matching.borrowed import name_other_things
from pipeline.matching.gates.objects import are_other_things
from pipeline.matching.groups.answers import Answer
from pipeline.matching.groups.named_totals import adds_to_it
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import exclusive_conflict
from pipeline.matching.score import may_answer
from pipeline.word_lists import any_of

_CONFIDENCE = 0.6
_LONGEST = 3
# 运动员 and 观众 are both counted in 人, 合格率 and 覆盖率 both in %.
_ALIKE_EVERYWHERE = frozenset({"rate", "person", "person_time"})


def take_up_sequences(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> None:
    """Answer runs of targets between two answered ones, number by number.

    Such answers are never certain. Nothing is taken where the numbers between
    the neighbours' answers are not as many, in the same units and order.
    """
    used = {o for answer in settled.values() for o in answer.outcomes}
    for run in _open_runs(settled, targets):
        between = _between(settled, run)
        free = [outcomes[o] for o in between if o not in used]
        members = [targets[i] for i in run]
        if len(free) != len(members) or not all(
            _fits(t, o, targets, outcomes) for t, o in zip(members, free, strict=True)
        ):
            continue
        for target, outcome in zip(members, free, strict=True):
            settled[target.index] = Answer(
                target.index, (outcome.index,), "direct", _CONFIDENCE, by_place=True
            )
            used.add(outcome.index)


def _open_runs(
    settled: Mapping[int, Answer], targets: Sequence[Measure]
) -> list[range]:
    """Runs of targets without an answer that stand between two with a single one."""
    runs = []
    start = 0
    for i in range(len(targets) + 1):
        if i < len(targets) and i not in settled:
            continue
        if 0 < start < i < len(targets) and i - start <= _LONGEST:
            runs.append(range(start, i))
        start = i + 1
    return runs


def _between(settled: Mapping[int, Answer], run: range) -> range:
    """The outcomes between the answers of a run's neighbours."""
    before, after = settled[run.start - 1], settled[run.stop]
    return range(max(before.outcomes) + 1, min(after.outcomes))


def _fits(
    target: Measure,
    outcome: Measure,
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> bool:
    return (
        not target.part
        and not outcome.part
        and target.unit_class not in _ALIKE_EVERYWHERE
        and _same_unit(target.quantity, outcome.quantity)
        and not any_of("besides", "added_anew").search(outcome.clause)
        and may_answer(target, outcome)
        and not adds_to_it(outcome, target, targets)
        and not exclusive_conflict(target.local, outcome.local)
        and not name_other_things(target, outcome)
        and not are_other_things(target, outcome, targets, outcomes)
    )


def _same_unit(first: Quantity, second: Quantity) -> bool:
    """株 and 株, 公顷 and 亩; 台 and 套 may be two things here."""
    a, b = (to_base(q.value, q.unit)[1] for q in (first, second))
    return bool(a) and a == b
