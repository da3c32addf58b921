"""Rates that are promised or told together.

康复率、适配率均≥85% is answered by both rates, told one by one, and the worst
decides; 验收合格率、设备完好率均为100% answers a target for either. So do changes of several
things (二氧化硫、氮氧化物排放量下降3%) that are told 分别.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.matching.gates.rates import rate_similarity
from pipeline.matching.groups.answers import NAMED_CONFIDENCE, Answer
from pipeline.matching.groups.parts import halves
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.respectively import NAME_JOIN, names_listed
from pipeline.matching.measures.wording import bigrams
from pipeline.matching.score import may_answer

_ENDS_IN_RATE = re.compile(r"([一-鿿A-Za-z]{1,8}(?:率|满意度|知晓度|参与度))$")
# What stands between the last of the names and the number.
_SAID = re.compile(
    r"(?:(?:分?别?均|都|皆|同时|全部)(?:应|要|须)?|(?:要|应|须))?"
    r"(?:达到?|保持在?|稳定在|维持在|不低于|为|在|提高到|提升到|提升至|控制在|力争)*\s*$"
)
_FOR_EACH = re.compile(r"[均都皆]")
_BOTH = re.compile("城乡|两类|两项|各类|[均都皆]")
_BARE = re.compile(r"[一-鿿]{2,6}")
_HEAD = re.compile(r"(?<=[一-鿿]{2})(?:[一-鿿]{2}){1,2}率$|(?:满意度|知晓度)$")
_SAME = 0.6


def take_joint_rates(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """Answer targets for several rates by all of them, and by what is told of several."""
    for target in targets:
        names = joint_names(target)
        if names:
            _promised_together(target, names, settled, targets, outcomes)
        elif target.is_change and target.unit_class == "rate":
            _changed_together(target, settled, outcomes)
    for outcome in outcomes:
        names = joint_names(outcome)
        if names:
            _told_together(outcome, names, settled, targets)


def joint_names(measure: Measure) -> tuple[str, ...]:
    """The rates that one number stands for, two or more; else nothing."""
    if measure.unit_class != "rate" or measure.series is not None or measure.is_change:
        return ()
    if measure.after.startswith(("、", "和", "及")):
        return ()  # 达到95%、90%: each rate has a number of its own
    said = _SAID.sub("", measure.clause)
    pieces = names_listed(said)
    names = [found[1] for p in pieces if (found := _ENDS_IN_RATE.search(p.strip()))]
    if len(names) == 1 and len(pieces) > 1 and _FOR_EACH.search(measure.clause):
        names = _with_head(pieces)
    return tuple(names) if len(names) == len(pieces) >= 2 else ()


def _with_head(pieces: Sequence[str]) -> list[str]:
    """婚姻、收养登记合格率均达100%: the last has what is said of the first too."""
    *others, last = (p.strip() for p in pieces)
    head = _HEAD.search(last)
    if head is None:
        return []
    measured = head[0].removesuffix("率")
    whole = [
        p + "率"
        if p.endswith(measured) and measured != head[0]
        else p + head[0] * bool(_BARE.fullmatch(p))
        for p in others
    ]
    return [*whole, last] if all(_ENDS_IN_RATE.search(p) for p in whole) else []


def _promised_together(
    target: Measure,
    names: Sequence[str],
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> None:
    """The rates of each name; one that another target holds by chance is taken."""
    found: list[Measure] = []
    for name in names:
        fits = {
            o.index: rate_similarity(name, o.rate)
            for o in outcomes
            if o.rate
            and o not in found
            and not joint_names(o)
            and may_answer(target, o)
            and not _rightly_held(o, target, settled, targets)
        }
        best = max(fits.values(), default=0)
        nearest = [i for i, fit in fits.items() if fit == best]
        if best < _SAME or len(nearest) != 1:
            return
        found.append(outcomes[nearest[0]])
    members = tuple(sorted(o.index for o in found))
    for index in [i for i, a in settled.items() if set(a.outcomes) & set(members)]:
        del settled[index]
    settled[target.index] = Answer(target.index, members, "worst", NAMED_CONFIDENCE)


def _changed_together(
    target: Measure, settled: dict[int, Answer], outcomes: Sequence[Measure]
) -> None:
    """二氧化硫、氮氧化物排放量下降3% by 分别下降4.4%和3.5%: the lesser change decides."""
    names = [bigrams(n) for n in NAME_JOIN.split(target.clause.strip("，、 "))]
    if target.series is not None or not all(names):
        return
    runs: dict[int, list[Measure]] = {}
    for outcome in outcomes:
        if outcome.series is not None and outcome.is_change:
            runs.setdefault(outcome.series, []).append(outcome)
    for run in runs.values():
        members = tuple(o.index for o in run)
        told = _are_told_of(names, run) or _leave_nothing_out(target, run)
        told = told and all(may_answer(target, o) for o in run)
        others = (a.outcomes for i, a in settled.items() if i != target.index)
        if told and not any(set(members) & set(held) for held in others):
            settled[target.index] = Answer(
                target.index, members, "worst", NAMED_CONFIDENCE
            )
            return


def _are_told_of(names: Sequence[frozenset[str]], run: Sequence[Measure]) -> bool:
    """Whether the changes of a list are those of so many names, one each, in order."""
    return len(run) == len(names) > 1 and all(
        name & bigrams(o.local) for name, o in zip(names, run, strict=True)
    )


def _leave_nothing_out(target: Measure, run: Sequence[Measure]) -> bool:
    """城乡特困标准均提高5% by 城市、农村特困标准各提高4.8%、7.1%."""
    if len(run) != 2 or not _BOTH.search(target.clause):
        return False
    said = [_BOTH.sub("", target.clause), *(o.local for o in run)]
    pair = next((p for p in halves() if _tells_apart(p, *said[1:])), None)
    return (
        pair is not None
        and not any(half in said[0] for half in pair)
        and all(bigrams(said[0]) & bigrams(o) for o in said[1:])
    )


def _tells_apart(pair: frozenset[str], first: str, other: str) -> bool:
    mine, theirs = ({w for w in pair if w in said} for said in (first, other))
    return len(mine) == len(theirs) == 1 and mine != theirs


def _rightly_held(
    outcome: Measure,
    target: Measure,
    settled: Mapping[int, Answer],
    targets: Sequence[Measure],
) -> bool:
    return any(
        outcome.index in answer.outcomes
        and index != target.index
        and rate_similarity(targets[index].rate, outcome.rate) >= _SAME
        for index, answer in settled.items()
    )


def _told_together(
    outcome: Measure,
    names: Sequence[str],
    settled: dict[int, Answer],
    targets: Sequence[Measure],
) -> None:
    for name in names:
        fits = {
            t.index: (
                rate_similarity(t.rate, name),
                len(bigrams(name) & bigrams(t.rate)),
            )
            for t in targets
            if t.rate
            and (
                t.index not in settled or settled[t.index].outcomes == (outcome.index,)
            )
            and not joint_names(t)
            and may_answer(t, outcome)
        }
        best = max(fits.values(), default=(0.0, 0))
        nearest = [i for i, fit in fits.items() if fit == best]
        if best[0] >= _SAME and len(nearest) == 1:
            index = nearest[0]
            settled[index] = Answer(index, (outcome.index,), "direct", NAMED_CONFIDENCE)
