"""Which step of a course answers: 申报18项，获批9项; 排查172盏，更换158盏.

Two numbers in a row tell how far one thing went. The target means the step that
it names, or else what was achieved in the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.matching.gates.asides import is_an_aside
from pipeline.matching.gates.steps import is_another_step
from pipeline.matching.gates.sweeping import sweeps_together
from pipeline.matching.groups.answers import COMPANY_CONFIDENCE, Answer
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import Measure, base_unit
from pipeline.matching.measures.wording import (
    FILE,
    act_words,
    bigrams,
    deed_bigrams,
    exclusive_conflict,
    exclusive_words,
    own_bigrams,
)
from pipeline.resources import load_toml
from pipeline.word_lists import one_of

_NO_COURSE = frozenset({"rate", "time", "score", None})
# 3个建成并投入使用: the step may follow its number.
_SAID_AFTER = re.compile(r"[^，。；：、（）()\d]{0,10}")
# How many words of its own a later step may add: 签约合作协议.
_ADDED = 1
_REACH = 2
_FIT = 0.5


@dataclass(frozen=True, slots=True)
class _Step:
    """Words for one step, and whether whoever reached it has achieved something."""

    words: re.Pattern[str]
    asked: re.Pattern[str]
    done: bool


def take_steps(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """Give each target of a course the step that it means."""
    for run in _courses(outcomes):
        members = {o.index for o in run}
        for target in _claimants(run, settled, targets):
            meant = _meant(target, run)
            answer = settled.get(target.index)
            if meant is None or is_an_aside(target, meant):
                continue
            if answer and answer.outcomes == (meant.index,):
                continue
            if any(
                meant.index in a.outcomes
                for i, a in settled.items()
                if i != target.index
            ):
                continue
            if answer and not set(answer.outcomes) <= members:
                continue
            settled[target.index] = Answer(
                target.index, (meant.index,), "direct", COMPANY_CONFIDENCE
            )


def drop_items_of_barred(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """报废负压型4辆、普通型2辆: a bare name goes on with the deed before it."""
    for answer in list(settled.values()):
        if len(answer.outcomes) > 1 or answer.shared:
            continue
        target, outcome = targets[answer.target], outcomes[answer.outcomes[0]]
        heads = _head_of(target, targets), _head_of(outcome, outcomes)
        if heads == (target, outcome) or outcome.is_difference:
            continue  # 总量达1.5万家、净增400家 has a deed of its own
        if (
            all(is_another_step(t, heads[1]) for t in (target, heads[0]))
            or all(sweeps_together(t, heads[1]) for t in (target, heads[0]))
            or all(is_an_aside(t, heads[1]) for t in (target, heads[0]))
            or exclusive_conflict(_deeds_in(heads[0]), _deeds_in(heads[1]))
        ):
            del settled[answer.target]


def _head_of(measure: Measure, measures: Sequence[Measure]) -> Measure:
    """The number before a bare name in a list, which has the deed of both."""
    if measure.clause[:1] != "、" or not measure.index:
        return measure
    head = measures[measure.index - 1]
    goes_on = (
        head.sentence == measure.sentence
        and head.quantity.unit == measure.quantity.unit
        and bigrams(measure.clause).isdisjoint(deed_bigrams())
    )
    return head if goes_on else measure


def _deeds_in(measure: Measure) -> str:
    return "".join(
        w for w in sorted(exclusive_words(measure.clause)) if w in act_words()
    )


def _courses(outcomes: Sequence[Measure]) -> Iterator[list[Measure]]:
    """Numbers in a row of which the later ones name only a further step."""
    run: list[Measure] = []
    for outcome in outcomes:
        if run and _goes_on(run, outcome):
            run.append(outcome)
            continue
        if len(run) > 1:
            yield run
        run = [outcome] if _may_begin(outcome, outcomes) else []
    if len(run) > 1:
        yield run


def _may_begin(outcome: Measure, outcomes: Sequence[Measure]) -> bool:
    """Whether a number names a step, and others come after it in its sentence."""
    later = outcomes[outcome.index + 1 : outcome.index + 2]
    alone = not later or later[0].sentence != outcome.sentence
    return not alone and step_of(outcome) is not None


def _goes_on(run: Sequence[Measure], outcome: Measure) -> bool:
    """Whether a number tells only of another step of what the first is about."""
    first, last = run[0], run[-1]
    step = step_of(outcome)
    return (
        step is not None
        and all(step != step_of(m) for m in run)
        # 24套已安装到位，其中22套调试合格: the whole was achieved before.
        and not (outcome.part and _steps()[_step(first)].done)
        and outcome.sentence == first.sentence
        and outcome.index - last.index <= _REACH
        and outcome.unit_class not in _NO_COURSE
        and outcome.is_change == first.is_change
        and base_unit(outcome) == base_unit(first)
        and len(_names(outcome) - bigrams(first.local + first.context)) <= _ADDED
    )


def _names(measure: Measure) -> frozenset[str]:
    """What a clause says besides its steps and deeds."""
    said = own_bigrams(_any_step().sub(" ", measure.clause)) - deed_bigrams()
    return frozenset(gram for gram in said if len(gram) > 1)


def step_of(measure: Measure) -> int | None:
    """The number of the step that a clause tells of.

    What it begins with, before a thing (评选治理案例), else the last (签约到货).
    """
    return _step_told(measure.clause, measure.after)


@lru_cache(maxsize=8192)
def _step_told(clause: str, after: str) -> int | None:
    said = clause.rsplit("、", 1)[-1].strip()
    first = _first_steps().match(said)
    found = _any_step().findall(said)
    if first and first.end() < len(said):
        found = found[:1]
    if not found:
        later = _SAID_AFTER.match(after)
        found = _any_step().findall(later[0]) if later else []
    return _numbers()[found[-1]] if found else None


def _claimants(
    run: Sequence[Measure], settled: Mapping[int, Answer], targets: Sequence[Measure]
) -> list[Measure]:
    """The targets that hold a number of the course, or else the one that is for its thing."""
    members = {o.index for o in run}
    fitting = [t for t in targets if all(comparable(t, o) for o in run)]
    holders = [
        t
        for t in fitting
        if t.index in settled and set(settled[t.index].outcomes) & members
    ]
    if holders:
        return holders
    free = [t for t in fitting if t.index not in settled]
    about = {
        t.index: (fit, t.quantity.unit == run[0].quantity.unit)
        for t in fitting
        if (fit := _is_about(t, run[0]))
    }
    best = max(about.values(), default=None)
    nearest = [t for t in fitting if about.get(t.index) == best]
    if not about:
        nearest = [t for t in free if _asks_for_step(t, run)]
    return nearest if len(nearest) == 1 and nearest[0] in free else []


def _is_about(target: Measure, first: Measure) -> float:
    """How far a target is for the thing that a course is about, 0 below a half."""
    mine, theirs = (
        own_bigrams(_any_step().sub(" ", m.local)) - deed_bigrams()
        for m in (target, first)
    )
    shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    return shared if shared >= _FIT else 0.0


def _asks_for_step(target: Measure, run: Sequence[Measure]) -> bool:
    """参赛8000人 and 赛事报名1.3万人，起跑8127人: the target names a step, and no thing."""
    promised = target.local + target.clause
    named = [_steps()[_step(o)].asked.search(promised) for o in run]
    things = "".join(frozenset[str]().union(*map(_names, run)))
    known = not things or not set(things).isdisjoint(target.local)
    return len(list(filter(None, named))) == 1 and known


def _meant(target: Measure, run: Sequence[Measure]) -> Measure | None:
    """The step that a target asks for: the one it names, or the last one achieved."""
    promised = target.local + target.clause
    open_to = [o for o in run if not exclusive_conflict(target.local, o.clause)]
    named = [o for o in open_to if _steps()[_step(o)].asked.search(promised)]
    if named:
        return named[0] if len(named) == 1 else None
    done = [o for o in open_to if _steps()[_step(o)].done]
    return max(done, key=_step) if done else None


def _step(measure: Measure) -> int:
    step = step_of(measure)
    assert step is not None
    return step


@lru_cache(maxsize=1)
def _steps() -> tuple[_Step, ...]:
    return tuple(
        _Step(
            one_of(entry["words"]),
            one_of([*entry["words"], *entry.get("same", [])]),
            entry["done"],
        )
        for entry in load_toml(FILE)["course"]
    )


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return {
        word: number
        for number, entry in enumerate(load_toml(FILE)["course"])
        for word in entry["words"]
    }


@lru_cache(maxsize=1)
def _any_step() -> re.Pattern[str]:
    return one_of(list(_numbers()))


@lru_cache(maxsize=1)
def _first_steps() -> re.Pattern[str]:
    return re.compile(
        rf"(?:全年|实际|最终|已|共|并|经|完成)*(?:{_any_step().pattern})+"
    )
