"""Things that are listed under one deed: 飞行检查医院8家、药店5家 for 飞行检查12家.

The second has no deed of its own, and the target asks for the deed alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.language.segment import words
from pipeline.matching.gates.contrast import plain_label
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import (
    bigrams,
    deed_bigrams,
    deed_words,
    kind_words,
    own_bigrams,
)
from pipeline.word_lists import any_of

_NO_SUM = frozenset({"rate", "money", "time", "event", "score", None})
_JOINS = ("、", "和", "及", "与")
_NAME = re.compile(r"[一-鿿]{2,6}")
# Who does it, and what any thing may be called, names no thing.
_SAYS_WHOSE = re.compile(
    r"[国省市县区镇乡村校院本]级|全[国省市县区镇乡村校院]|[我本]\w"
)


def are_under_one_deed(target: Measure, first: Measure, other: Measure) -> bool:
    """Whether two numbers count two things that what the target asks was done to."""
    a, b = sorted((first, other), key=lambda m: m.index)
    if (
        b.index != a.index + 1
        or a.unit_class in _NO_SUM
        or a.quantity.unit != b.quantity.unit
        or not b.clause.startswith(_JOINS)
        or a.part
        or b.part
        or any_of("besides").search(a.clause + b.clause)
    ):
        return False
    return _names_things_apart(target.local, a.local, plain_label(b.clause))


@lru_cache(maxsize=4096)
def _names_things_apart(asked: str, deed_and_thing: str, thing: str) -> bool:
    said = bigrams(asked)
    if not _NAME.fullmatch(thing) or thing[:2] in deed_words():
        return False
    if bigrams(thing) & (said | deed_bigrams()):
        return False
    told = plain_label(deed_and_thing)
    end = max(
        (i + 2 for i in range(len(told) - 1) if told[i : i + 2] in said), default=0
    )
    if not end or not _NAME.fullmatch(told[end:]):
        return False
    left = [w for w in words(asked) if own_bigrams(w) and w not in told]
    return all(w in kind_words() or _SAYS_WHOSE.fullmatch(w) for w in left)
