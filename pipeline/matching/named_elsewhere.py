"""Whether a number is of another thing that the goal names, too.

靠泊码头1座；安装助航灯标1O座: the second number is damaged and no target, but 助航灯标10座
is of it all the same. 过夜游客增长10%，入境游客12万人次: 过夜游客1146万人次 is of the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.fold import fold
from pipeline.matching.borrowed import name_other_things
from pipeline.matching.gates.objects import plain_name
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams, deed_bigrams

# Characters of a name that is sure to mean its thing only, and of a kind or a head.
_NAME, _PAIR = 3, 2
# Digits, and the letters that a scan or a hand puts for them.
_NUMBER = r"[^，。；：、\n]{0,4}?[\dOoIl|○〇]"


def numbered_things(outcomes: Sequence[Measure], goal_text: str) -> dict[int, str]:
    """By outcome the name of its thing, where the goal has it with a number of its own."""
    goal = fold(goal_text)
    found: dict[int, str] = {}
    for outcome in outcomes:
        name = plain_name(outcome.clause)  # without what was done, which may follow
        known = len(name) >= _NAME and name in goal
        if known and re.search(re.escape(name) + _NUMBER, goal):
            found[outcome.index] = name
    return found


def is_of_numbered_thing(target: Measure, outcome: Measure, name: str) -> bool:
    """Whether a thing that the goal counts apart has nothing of what the target counts."""
    return name_other_things(target, outcome) and name not in target.context


def is_a_rival_kind(
    target: Measure, outcome: Measure, targets: Sequence[Measure]
) -> bool:
    """Whether an outcome is of another kind, for which the statement has a target."""
    mine, theirs = plain_name(target.local), plain_name(outcome.local)
    head = _common_end(mine, theirs)
    if not bigrams(head).isdisjoint(deed_bigrams()):
        return False  # 业务培训, 人员培训 may be one
    own, other = mine.removesuffix(head), theirs.removesuffix(head)
    if not (head and min(len(own), len(other)) >= _PAIR and set(own).isdisjoint(other)):
        return False
    rival = other[-_PAIR:] + head
    if rival in target.clause or own in outcome.clause:
        return False
    return any(
        t.index != target.index
        and t.sentence == target.sentence
        and rival in t.local
        and own not in t.local
        for t in targets
    )


def _common_end(first: str, second: str) -> str:
    """What two names end with alike, of two characters or more, or ""."""
    shared = 0
    while (
        shared < min(len(first), len(second))
        and first[-1 - shared] == second[-1 - shared]
    ):
        shared += 1
    return first[len(first) - shared :] if shared >= _PAIR else ""
