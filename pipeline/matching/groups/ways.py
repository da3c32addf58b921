"""Ways in which a wide deed was done: 拆除重建2座、维修加固4座 for 改造6座.

Each thing is dealt with in one way, so the two numbers add up.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.matching.gates.contrast import plain_label
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams
from pipeline.word_lists import alternatives, any_of


def are_ways_in_turn(target: Measure, first: Measure, other: Measure) -> bool:
    """Whether two numbers tell in which ways the things of a wide deed were dealt with.

    The later has nothing but its way; what both are of stands at the earlier.
    """
    a, b = sorted((first, other), key=lambda m: m.index)
    if b.index != a.index + 1 or b.clause[:1] != "、" or a.part or b.part:
        return False
    if not any_of("wide_deeds").search(target.local):
        return False
    told, last = plain_label(a.clause), plain_label(b.clause)
    way = _ways().search(told)
    if way is None or _ways().fullmatch(last) is None:
        return False
    thing = bigrams(told[: way.start()])
    follows = way[0] == "拆除" and last.startswith("重建")  # one building twice
    named = any_of("ways_of_deeds").search(target.local)
    return bool(thing & bigrams(target.local)) and not follows and not named


@lru_cache(maxsize=1)
def _ways() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('ways_of_deeds')})+$")
