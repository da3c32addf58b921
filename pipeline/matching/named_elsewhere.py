"""Whether a number is of another thing that the goal names, too.

靠泊码头1座；安装助航灯标1O座: the second number is damaged and no target, but 助航灯标10座
is of it all the same. 过夜游客增长10%，入境游客12万人次: 过夜游客1146万人次 is of the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.matching.borrowed import name_other_things
from pipeline.matching.gates.objects import plain_name
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams, deed_bigrams

# Characters of a name that is sure to mean its thing only, and of a kind or a head.
_NAME, _PAIR = 3, 2
# Digits, and the letters that a scan or a hand puts for them.
_NUMBER = re.compile(r"[^，。；：、\n]{0,4}?[\dOoIl|○〇]")


def _has_a_number(name: str, goal: str) -> bool:
    """Whether a number, damaged or not, follows a name anywhere in the goal."""
    at = goal.find(name)
    while at >= 0:
        if _NUMBER.match(goal, at + len(name)):
            return True
        at = goal.find(name, at + 1)
    return False


def is_of_numbered_thing(target: Measure, outcome: Measure, goal: str) -> bool:
    """Whether an outcome is of a thing that the goal gives a number of its own.

    The thing has nothing of what the target counts. ``goal`` is the folded text of the goal.
    """
    if not name_other_things(target, outcome):
        return False  # most pairs
    name = plain_name(outcome.clause)  # without what was done, which may follow
    return (
        len(name) >= _NAME and name not in target.context and _has_a_number(name, goal)
    )


def is_a_rival_kind(
    target: Measure, outcome: Measure, beside: Sequence[Measure], goal: str
) -> bool:
    """Whether an outcome is of another kind, for which the statement has a target.

    ``beside`` are the targets of the statement, ``goal`` is the folded text of the
    goal, which names the kind if a target does.
    """
    if len(beside) < _PAIR:
        return False  # the target is alone in its statement
    mine, theirs = plain_name(target.local), plain_name(outcome.local)
    if mine[-_PAIR:] != theirs[-_PAIR:]:
        return False  # most pairs
    head = _common_end(mine, theirs)
    own, other = mine.removesuffix(head), theirs.removesuffix(head)
    if not (head and min(len(own), len(other)) >= _PAIR and set(own).isdisjoint(other)):
        return False
    if not bigrams(head).isdisjoint(deed_bigrams()):
        return False  # 业务培训, 人员培训 may be one
    rival = other[-_PAIR:] + head
    if rival in target.clause or own in outcome.clause or rival not in goal:
        return False
    return any(
        rival in t.local and t.index != target.index and own not in t.local
        for t in beside
    )


def _common_end(first: str, second: str) -> str:
    """What two names end with alike, of two characters or more, or ""."""
    shared = 0
    for mine, theirs in zip(reversed(first), reversed(second), strict=False):
        if mine != theirs:
            break
        shared += 1
    return first[len(first) - shared :] if shared >= _PAIR else ""
