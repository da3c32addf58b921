"""Targets that are told item by item, in a list that names them only as a whole.

组织舆情演练，省直场1场、市州场2场 and 技能实训：面点1期、护理2期 say before the list what it
is of; 教师14名、医生9名 are 人才 one and all; 受理并指派1638件，其中刑事案件… lets its
parts say what it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.gates.contrast import part_words
from pipeline.matching.gates.objects import plain_name
from pipeline.matching.groups.answers import (
    COMPANY_CONFIDENCE,
    NAMED_CONFIDENCE,
    Answer,
    is_part_of,
)
from pipeline.matching.groups.covering import runs_of
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import (
    FILE,
    bigrams,
    deed_bigrams,
    deed_words,
    exclusive_conflict,
    has_content_words,
    own_bigrams,
)
from pipeline.matching.places import indexes_of
from pipeline.matching.score import IMPOSSIBLE, PairOdds, may_answer
from pipeline.resources import load_toml
from pipeline.word_lists import any_of, word_set

_NO_SUM = frozenset({"rate", "money", "time", None})
_CLAUSE = re.compile(r"[，；。：]")
_ITEM_LEAD = re.compile(r"^[^一-鿿]*(?:[一二三四五六七八九十]+[是、)])?")
# What a target must have in common with what stands before a list.
_HEAD_FIT = 0.34
_HEAD_NAMES_IT = 0.5
_IS_WHOLE = 1.0
_LONGEST_HEAD = 20
# Characters of a word for what is done, and of the shortest name.
_DEED, _PAIR = 2, 2
_TOPIC = re.compile(r"(?:方面|情况|工作)$")
_TRAIL = re.compile(r"[的了共计约已为达]+$")


def take_list_sums(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    scores: NDArray[np.float64],
) -> None:
    """Answer a target by the sum of a list that is of it, and of nothing else."""
    for run in _lists(outcomes):
        members = tuple(o.index for o in run)
        holders = [i for i, a in settled.items() if set(a.outcomes) & set(members)]
        fits = {
            t.index: fit
            for t in targets
            if t.unit_class not in _NO_SUM
            and not t.is_change
            and all(comparable(t, o) for o in run)
            and any(may_answer(t, o) for o in run)  # 维修 in a list of trainings
            and (fit := _fit(t, run, outcomes)) > 0
        }
        best = max(fits.values(), default=0)
        chosen = [i for i, fit in fits.items() if fit == best]
        if len(chosen) != 1 or any(i not in chosen for i in holders):
            continue
        target = targets[chosen[0]]
        if _names_any(targets, target, run) or _has_other(
            target, run, settled, outcomes, scores
        ):
            continue
        answer = settled.get(target.index)
        if (answer and not set(answer.outcomes) < set(members)) and (
            best < _HEAD_NAMES_IT or not _hand_over(answer, settled, scores)
        ):
            continue
        settled[target.index] = Answer(target.index, members, "sum", COMPANY_CONFIDENCE)


def _hand_over(
    answer: Answer, settled: dict[int, Answer], scores: NDArray[np.float64]
) -> bool:
    """Give what a target held to the one other that it may answer and that has none."""
    if len(answer.outcomes) != 1 or answer.shared:
        return False
    column = scores[:, answer.outcomes[0]]
    free = [i for i in indexes_of(column > 0) if i not in settled]
    if len(free) != 1:
        return False
    settled[free[0]] = Answer(free[0], answer.outcomes, "direct", COMPANY_CONFIDENCE)
    return True


def _lists(outcomes: Sequence[Measure]) -> Iterator[list[Measure]]:
    """Runs of numbers in one unit, each with a name of its own."""
    loose = [
        run
        for run in runs_of(outcomes, loose=True)
        if all(part_words().search(o.clause) for o in run)
    ]
    held = {o.index for run in loose for o in run}
    tight = [run for run in runs_of(outcomes) if not held & {o.index for o in run}]
    parts = _parts_alone(outcomes)
    for run in (*loose, *tight, *parts):
        names = [label_of(o) for o in run]
        plain = not any(
            (o.part and run not in parts)
            or o.running_total
            or o.is_change
            or any_of("besides", "not_summed").search(o.clause)
            for o in run
        )
        if plain and all(names) and len(set(names)) == len(names):
            yield run


def _parts_alone(outcomes: Sequence[Measure]) -> list[list[Measure]]:
    """制作节目，其中广播12期、电视9期: parts of what no number tells, all in one unit."""
    runs: list[list[Measure]] = []
    for outcome in outcomes:
        last = runs[-1][-1] if runs else None
        if not outcome.part:
            continue
        if last and last.index == outcome.index - 1 and _goes_on(last, outcome):
            runs[-1].append(outcome)
        else:
            runs.append([outcome])
    return [
        run
        for run in runs
        if len(run) > 1
        and not any(_goes_on(o, run[0]) for o in outcomes[: run[0].index])
    ]


def _goes_on(before: Measure, measure: Measure) -> bool:
    """Whether two numbers of one sentence count in one unit."""
    return (
        before.sentence == measure.sentence
        and before.quantity.unit == measure.quantity.unit
    )


def label_of(measure: Measure) -> str:
    """The name that stands at a number in a list."""
    return _TRAIL.sub("", measure.clause.strip(" 、，和及与").removeprefix("其中"))


def _fit(target: Measure, run: Sequence[Measure], outcomes: Sequence[Measure]) -> float:
    """How far a list is said to be of a target, 0 where nothing says so."""
    names = [label_of(o) for o in run]
    own = own_bigrams(target.local)
    begun = bool(own & own_bigrams(names[0]))
    if whole_of(target.clause, names) or whole_of(target.local, names):
        return _IS_WHOLE + begun
    deed_alone = own and own <= own_bigrams(names[0])
    if deed_alone and wholes_of(names) and not _names_member(names[0], target.local):
        return _IS_WHOLE + begun  # 轮换稻谷4300吨、小麦3900吨 for 轮换8000吨
    head = own_bigrams(_heading(run[0], outcomes))
    if not own or not head or any(exclusive_conflict(target.local, n) for n in names):
        return 0.0
    topic = _TOPIC.sub("", _heading(run[0], outcomes))
    if run[0].unit_class == "event" and topic and target.local.strip().endswith(topic):
        return _HEAD_NAMES_IT  # 演练方面，消防6场、防踩踏4场 for 安全演练10次
    if not (own & head) - deed_bigrams() and plain_name(target.local):
        return 0.0  # 慰问老人 and 春节慰问，困难职工50人、环卫工人80人
    if head - deed_bigrams() <= own:
        return _HEAD_NAMES_IT
    shared = len(own & head) / min(len(own), len(head) + 1)
    return shared if shared >= _HEAD_FIT else 0.0


def _heading(first: Measure, outcomes: Sequence[Measure]) -> str:
    """The clause before a list, if no number stands in it: 技能实训：, 组织演练，."""
    if first.context[-1:] not in ("：", "，"):
        return ""
    clause = _CLAUSE.split(first.context[:-1])[-1]
    said = _ITEM_LEAD.sub("", clause).strip()
    if not 1 < len(said) <= _LONGEST_HEAD:
        return ""
    before = outcomes[first.index - 1] if first.index else None
    if before is not None and before.sentence == first.sentence:
        after = _CLAUSE.split(before.after)
        if said not in after[1:]:
            return ""  # 讲座3场，面点1期、护理2期: the head is another number's
    return said


def whole_of(phrase: str, names: Sequence[str]) -> str:
    """The name of a whole that a phrase ends in and all names count towards, or "".

    What is done to it may follow (农村公路养护).
    """
    said = phrase.strip()
    deed = next((n for n in (2, 4) if said[-n:] in deed_words()), 0)
    ends = said, said[:-deed]
    fitting = (w for w in wholes_of(names) if any(e.endswith(w) for e in ends))
    return max(fitting, key=len, default="")


def wholes_of(names: Sequence[str]) -> list[str]:
    """The names of the wholes that all names of a list count towards."""
    return [
        whole
        for wholes, members in _wholes()
        if all(name.endswith(members) for name in names)
        for whole in wholes
    ]


def _thing_of(label: str) -> str:
    """A label without what was done: 综合演练 of 开展综合演练, and all of 开展演练."""
    thing = label
    while len(thing) >= _DEED + _PAIR and _is_deed(thing[:_DEED]):
        thing = thing[_DEED:]
    return thing


def _is_deed(word: str) -> bool:
    known = word in deed_words() or word in word_set("verbs_round_subjects")
    return known or not has_content_words(word)


def _names_member(name: str, phrase: str) -> bool:
    """Whether a phrase has the kind of thing that a name ends with: 洒水车, not 车."""
    return name in phrase or any(
        name.endswith(m) and m in phrase
        for whole, members in _wholes()
        for m in members
        if m not in whole
    )


@lru_cache(maxsize=1)
def _wholes() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    return tuple(
        (tuple(entry["names"]), tuple(entry["members"]))
        for entry in load_toml(FILE)["wholes"]
    )


def _names_any(
    targets: Sequence[Measure], target: Measure, run: Sequence[Measure]
) -> bool:
    """Whether another target means one of the list, or this one some of it only."""
    said = [own_bigrams(label_of(o)) - deed_bigrams() for o in run]
    apart = [
        grams - frozenset[str]().union(*said[:i], *said[i + 1 :])
        for i, grams in enumerate(said)
    ]
    is_whole = bool(whole_of(target.clause, [label_of(o) for o in run]))
    own = [
        _names_member(_thing_of(label_of(o)), target.clause)
        if is_whole
        else bool(grams) and grams <= bigrams(target.local)
        for grams, o in zip(apart, run, strict=True)
    ]
    if any(own) and not all(own):
        return True
    names = [own_bigrams(label_of(o)) - own_bigrams(target.local) for o in run]
    return any(
        n & own_bigrams(t.local)
        for n in names
        for t in targets
        if t.index != target.index and may_answer(t, run[0])
    )


def _has_other(
    target: Measure,
    run: Sequence[Measure],
    settled: Mapping[int, Answer],
    outcomes: Sequence[Measure],
    scores: NDArray[np.float64],
) -> bool:
    """Whether a number outside the list may be the target's own."""
    listed = {o.index for o in run}
    used = {o for a in settled.values() for o in a.outcomes}
    return any(
        o.index not in listed
        and o.index not in used
        and scores[target.index, o.index] > 0
        for o in outcomes
    )


def take_wholes_named_by_parts(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    odds: PairOdds,
) -> None:
    """受理并指派1638件，其中刑事案件1021件、民事案件602件 for 办理案件1500件: the whole."""
    used = {o for a in settled.values() for o in a.outcomes}
    for whole in outcomes:
        if whole.index in used or whole.part:
            continue
        parts = [o for o in outcomes if is_part_of(o, whole)]
        end = common_end([label_of(o) for o in parts])
        if len(parts) < 2 or len(end) < 2:
            continue
        mine = {o.index for o in parts}
        fitting = [
            t
            for t in targets
            if t.clause.strip().endswith(end)
            and not t.part
            and odds.of(t.index, whole.index) > IMPOSSIBLE
            and not any(_is_meant(o, end, t) for o in parts)
            and (t.index not in settled or set(settled[t.index].outcomes) <= mine)
        ]
        if len(fitting) == 1:
            index = fitting[0].index
            settled[index] = Answer(index, (whole.index,), "direct", NAMED_CONFIDENCE)


def _is_meant(part: Measure, end: str, target: Measure) -> bool:
    """Whether a target is for one of the parts: 办理刑事案件."""
    name = label_of(part).removesuffix(end)
    return not own_bigrams(name).isdisjoint(own_bigrams(target.local))


def common_end(names: Sequence[str]) -> str:
    """What all names end with, of two characters or more, or ""."""
    shortest = min(names, key=len, default="")
    for length in range(len(shortest), 1, -1):
        if all(n.endswith(shortest[-length:]) for n in names):
            return shortest[-length:]
    return ""
