"""Whether an outcome counts what belongs to the target's thing, not the thing.

绿道标识更新15公里 builds no 绿道, 公示牌信息 is no 公示牌, 地理标志用标企业 no 地理标志.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.matching.gates.objects import plain_name
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import FILE
from pipeline.resources import load_toml
from pipeline.word_lists import one_of

_LEAST = 2
# 加装电梯因资金不足: what does not go on with the name ends it.
_NO_NAME = re.compile(r"[^一-鿿]|[因受进和及与的并按在由向对]|[一二三四五六七八九十两]")
_FARTHEST = 2
_UNCOUNTED = frozenset({"rate", "money", "time", "score", "event", None})


def belonging_words() -> Sequence[re.Pattern[str]]:
    """What finds anything that may belong to another thing."""
    return (_belongings(),)


def tells_a_belonging(outcome: Measure) -> bool:
    """Whether an outcome names anything that may belong to another thing."""
    return outcome.unit_class not in _UNCOUNTED and bool(
        _belongings().search(outcome.local)
    )


def is_a_belonging(target: Measure, outcome: Measure) -> bool:
    """Whether the target's thing stands in an outcome as the owner of another."""
    if target.unit_class in _UNCOUNTED or not tells_a_belonging(outcome):
        return False
    name = plain_name(target.local)
    if len(name) < _LEAST:
        return False
    belonging = belonging_of(name, outcome.local)
    promised = target.local + target.clause + target.after
    return bool(belonging) and belonging not in promised


@lru_cache(maxsize=8192)
def belonging_of(name: str, text: str) -> str:
    """What a text says to belong to the thing of a name (标识 of 绿道); "" for nothing."""
    place = text.rfind(name[-_LEAST:])
    if place < 0:
        return ""
    start = place + _LEAST
    for begin in range(start, start + _FARTHEST + 1):
        found = _belongings().match(text, begin)
        if found:
            return "" if _NO_NAME.search(text[start:begin]) else found[0]
    return ""


@lru_cache(maxsize=1)
def _belongings() -> re.Pattern[str]:
    return one_of(load_toml(FILE)["belongings"]["words"])
