"""Percentages of the annual task, where the number itself is not told.

路灯改造完成全年任务的95% names the target, 目标4完成情况：完成年度任务的112% only its item.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import LCSseq

from pipeline.language.segment import words
from pipeline.matching.groups.answers import NAMED_CONFIDENCE, Answer
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams, content_string, own_bigrams

# 完成全年任务的: what only says that it is a share.
_SHARE = re.compile(r"(?:完成|达到?|占|为|是).*$")
_SAYS_NOTHING = re.compile(
    r"^(?:目标)?[\s：，、.()\d一二三四五六七八九十①-⑳是]*(?:完成情况：?)?(?:已|均|全部|超额|共|累计|全年)*$"
)
# 是计划90人次的110%: what the plan counts must be what the target counts.
_PLANNED = re.compile(r"\d[\d.,]*[万亿]?(?P<unit>[一-鿿]{1,3})的$")
_SHORT_NAME = 6
_NO_TASK = frozenset({"rate", None})
# An answer less sure than this, in other words, gives way to a share that names its target.
_WEAK = 0.7


def take_task_shares(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """A percentage of the annual task answers where no absolute number does."""
    used = {o for a in settled.values() for o in a.outcomes}
    for outcome in outcomes:
        if not outcome.task_share or outcome.index in used:
            continue
        fitting = _fitting(outcome, settled, targets, outcomes)
        if len(fitting) == 1:
            index = fitting[0].index
            settled[index] = Answer(
                index, (outcome.index,), "task_share", NAMED_CONFIDENCE
            )


def _fitting(
    outcome: Measure,
    settled: Mapping[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> list[Measure]:
    tasks = [t for t in targets if t.unit_class not in _NO_TASK]
    planned = _PLANNED.search(outcome.clause)
    if planned:
        tasks = [t for t in tasks if t.quantity.unit == planned["unit"]]
    free = [
        t
        for t in tasks
        if t.index not in settled or _is_weak(settled[t.index], targets, outcomes)
    ]
    if _SAYS_NOTHING.match(_SHARE.sub("", outcome.clause)):
        if _follows_its_number(outcome, outcomes):
            return []  # 培训960人，为全年任务的112%: the number is told
        if item := _only_of_item(outcome, targets):
            return [item] if item in free else []
    near = bigrams(outcome.local)
    wide = near | bigrams(outcome.context[-16:])
    named = (
        _sharing_most(near, tasks)
        or _sharing_most(wide, tasks)
        or (_sharing_most(near, tasks, least=1) if planned else [])
        or _shortened(outcome, free)
    )
    return named if all(t in free for t in named) else []


def _is_weak(
    answer: Answer, targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> bool:
    """Whether an answer shares no word of its own with its target."""
    told = [own_bigrams(outcomes[o].local) for o in answer.outcomes]
    own = own_bigrams(targets[answer.target].local)
    return answer.confidence < _WEAK and all(own.isdisjoint(grams) for grams in told)


def _follows_its_number(outcome: Measure, outcomes: Sequence[Measure]) -> bool:
    before = outcomes[outcome.index - 1] if outcome.index else None
    return (
        before is not None
        and before.sentence == outcome.sentence
        and not before.task_share
    )


def _only_of_item(outcome: Measure, targets: Sequence[Measure]) -> Measure | None:
    """The one target of the list item that bears the same number."""
    own = [
        t
        for t in targets
        if outcome.item and t.item == outcome.item and t.unit_class not in _NO_TASK
    ]
    return own[0] if len(own) == 1 else None


def _shortened(outcome: Measure, targets: Sequence[Measure]) -> list[Measure]:
    """The targets that end in another name of what has the share.

    Shorter (快检, 快速检测) or longer (照明灯具, 灯具改造).
    """
    said = content_string(_SHARE.sub("", outcome.local))
    if len(said) > _SHORT_NAME:
        return []
    return [t for t in targets if _ends_in(content_string(t.local), said)]


def _ends_in(name: str, said: str) -> bool:
    last = words(name)[-1:]
    short = last[0] if last else ""
    if 1 < len(short) < len(said) and LCSseq.similarity(short, said) == len(short):
        return True
    return len(name) > 1 and name[-2:] in said


def _sharing_most(
    grams: frozenset[str], targets: Sequence[Measure], *, least: int = 2
) -> list[Measure]:
    """The targets that share most words with an outcome, two pairs at least."""
    shares = [(len(grams & bigrams(t.local)), t) for t in targets]
    most = max((share for share, _ in shares), default=0)
    return [t for share, t in shares if share == most] if most >= least else []
