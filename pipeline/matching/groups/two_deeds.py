"""Two works that a target names in one breath: 维护更新路灯300盏 for 更新120盏、维护185盏.

Each number is of one of the two, done to some of the same things. What may be done to one
thing in turn (购置安装, 清理整治) is no such pair.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.matching.gates.contrast import plain_label
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams
from pipeline.word_lists import alternatives, any_of, word_set

_KINDS = ("works_that_make", "works_that_keep_up", "works_that_replace")
_NO_SUM = frozenset({"rate", "money", "time", "event", "score", None})


def are_two_deeds(target: Measure, first: Measure, other: Measure) -> bool:
    """Whether two neighbours count the two works that the target is for."""
    a, b = sorted((first, other), key=lambda m: m.index)
    if (
        a.unit_class in _NO_SUM
        or b.index != a.index + 1
        or a.quantity.unit != b.quantity.unit
        or a.part != b.part
        or not _names_two_works().search(target.local)
        or any_of("besides").search(a.clause + b.clause)
    ):
        return False
    return _are_named(target.local, plain_label(a.clause), plain_label(b.clause))


@lru_cache(maxsize=1024)
def _are_named(asked: str, first: str, other: str) -> bool:
    """Whether one label has one of the works and the second the other, of one thing."""
    promised = _names_two_works().search(asked)
    works = [_work().search(label) for label in (first, other)]
    if promised is None or None in works:
        return False
    told = [work[0] for work in works if work]
    asked_for = set(map(_plain, promised.group("one", "two")))
    if set(map(_plain, told)) != asked_for or _kind(told[0]) == _kind(told[1]):
        return False
    thing = bigrams(asked.replace(promised[0], ""))
    rests = [
        bigrams(label.replace(work, ""))
        for label, work in zip((first, other), told, strict=True)
    ]
    return any(rests) and all(rest <= thing for rest in rests)


def _plain(work: str) -> str:
    """What a work comes to: 建成 beside 改造 is newly built, 改建 and 改造 are one."""
    if work in word_set("works_newly_done"):
        return "新建"
    return "改造" if work in word_set("works_of_rebuilding") else work


def _kind(work: str) -> str:
    return next(name for name in _KINDS if _plain(work) in word_set(name))


@lru_cache(maxsize=1)
def _work() -> re.Pattern[str]:
    return re.compile(alternatives("works_of_rebuilding", "works_newly_done", *_KINDS))


@lru_cache(maxsize=1)
def _names_two_works() -> re.Pattern[str]:
    work = alternatives(*_KINDS)
    return re.compile(rf"(?P<one>{work})[、和及与或]?(?P<two>{work})")
