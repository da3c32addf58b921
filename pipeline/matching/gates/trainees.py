"""Whether two trainings are of other people: 导游人员培训, 计调人员轮训.

Only people named by what they do are compared; whom a training is for and what
it is about (储粮技术培训, 保管人员培训) are never two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import FILE
from pipeline.resources import load_toml
from pipeline.word_lists import alternatives, any_of, one_of

_COUNTED = frozenset({"person", "person_time", "event"})
_LEAST = 2


def training_words() -> Sequence[re.Pattern[str]]:
    """What finds that something is a training."""
    return (any_of("trainings"),)


def trains_people(measure: Measure) -> bool:
    """Whether a measure counts a training, or its people, and says who they are."""
    return measure.unit_class in _COUNTED and bool(_trainees(measure.local))


def trains_others(target: Measure, outcome: Measure) -> bool:
    """Whether both name whom they train, without a character in common."""
    if not trains_people(target) or not trains_people(outcome):
        return False
    mine, theirs = _trainees(target.local), _trainees(outcome.local)
    promised, told = target.local + target.clause, outcome.local + outcome.clause
    return not (
        any(set(name) & set(other) for name, _ in mine for other, _ in theirs)
        or any(kind and (name + kind)[-_LEAST:] in told for name, kind in mine)
        or any(kind and (name + kind)[-_LEAST:] in promised for name, kind in theirs)
    )


@lru_cache(maxsize=8192)
def _trainees(text: str) -> tuple[tuple[str, str], ...]:
    """What the people of a training are called, and what they end in (操作, 员)."""
    if not any_of("trainings").search(text):
        return ()
    roles = _roles().finditer(text)
    names = ((_any_people().sub("", m[1]), m[3] or "") for m in roles)
    return tuple((name, kind) for name, kind in names if len(name) >= _LEAST)


@lru_cache(maxsize=1)
def _roles() -> re.Pattern[str]:
    """操作员 of 控制室操作员培训; any 人员 are told by the words before."""
    ends, after = alternatives("profession_ends"), alternatives("after_professions")
    return re.compile(
        rf"([一-鿿]{{2,5}}?)(?:({alternatives('staff')})|({ends}))(?=[^一-鿿]|{after}|$)"
    )


@lru_cache(maxsize=1)
def _any_people() -> re.Pattern[str]:
    return one_of(load_toml(FILE)["any_people"]["words"])
