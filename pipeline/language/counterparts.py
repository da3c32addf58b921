"""Whether a number has another one of its kind beside it: 任务200户，实际竣工197户.

A task that is restated stands beside what came of it. One that stands alone is
what was taken on and done: 承担鉴定任务340件，出具报告5类.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, takewhile

from pipeline.language.clauses import sentence_start
from pipeline.language.readings import NumberReading
from pipeline.language.units import unit_class

_REACH = 45
# Units of one class measure one thing (名 and 人, 公里 and 米); things are counted apart.
_ALIKE = frozenset(
    ("person", "area", "length", "mass", "volume", "money", "rate", "time")
)
# 省定任务40户、市定任务25户: neither tells what came of the other.
_TASK_TOO = ("任务", "任务数", "任务量", "任务为")


def is_answered(folded: str, readings: Sequence[NumberReading], index: int) -> bool:
    """Whether a number of the same measure stands near the one at ``index``.

    Before it only in its own sentence; after it also in the next one.
    """
    own = readings[index]
    floor = sentence_start(folded, own.start)
    before = takewhile(lambda r: r.start >= floor, reversed(readings[:index]))
    after = takewhile(lambda r: r.start - own.end <= _REACH, readings[index + 1 :])
    return any(
        _measures_the_same(own, r) and not folded.endswith(_TASK_TOO, 0, r.start)
        for r in chain(before, after)
    )


def _measures_the_same(own: NumberReading, other: NumberReading) -> bool:
    if own.unit == other.unit:
        return True
    kind = unit_class(own.unit)
    return kind in _ALIKE and kind == unit_class(other.unit)
