"""Whether two trainings are of other people: 导游人员培训, 计调人员轮训.

Only people named by what they do are compared; whom a training is for and what
it is about (储粮技术培训, 保管人员培训) are never two.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import FILE, one_of
from pipeline.resources import load_toml

_TRAINED = re.compile("培训|轮训|研修|集训|复训|参训|授课|培养")
_COUNTED = frozenset({"person", "person_time", "event"})
# 操作员 of 控制室操作员培训; any 人员 are told by the words before.
_ANY = "从业人员|人员|员工|骨干|干部|负责人|责任人|管理人"
_ROLE = re.compile(
    rf"([一-鿿]{{2,5}}?)(?:({_ANY})|((?<![学人])员|(?<!老)师|(?<!校)长|带头人|经纪人|主任|书记|医生|户))"
    r"(?=[^一-鿿]|培训|轮训|研修|集训|复训|开展|业务|技能|能力|持证|上岗|岗前|专题|参训|知识|操作|安全|$)"
)
_LEAST = 2


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
    if not _TRAINED.search(text):
        return ()
    names = ((_any_people().sub("", m[1]), m[3] or "") for m in _ROLE.finditer(text))
    return tuple((name, kind) for name, kind in names if len(name) >= _LEAST)


@lru_cache(maxsize=1)
def _any_people() -> re.Pattern[str]:
    return one_of(load_toml(FILE)["any_people"]["words"])
