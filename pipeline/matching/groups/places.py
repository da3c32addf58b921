"""Numbers of one thing told place by place: 北河镇植树3公顷，南河镇2公顷."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.matching.gates.contrast import plain_label
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams

# 东城区发放, 南湖片区新增, 清水河清淤: where it was done comes first.
_IN_PLACE = re.compile(
    r"[，；]?(?P<place>[一-鿿]{1,6}?(?:片区|城区|新区|园区|开发区|高新区|经开区|街道|社区|[县区镇乡村市旗河沟湖渠湾溪岛]))"
    r"(?![县区镇乡村市级内外道])(?P<rest>[^，。；]*)$"
)


def are_places_in_turn(target: Measure, first: Measure, other: Measure) -> bool:
    """Whether two numbers say of two places what the target asks of neither, or of both.

    The later names its place, and less than the first; two that say everything
    may be of two things.
    """
    a, b = sorted((first, other), key=lambda m: m.index)
    here, there = _place_of(a.clause), _place_of(b.clause)
    if here is None or there is None or here["place"] == there["place"]:
        return False
    if not bigrams(there["rest"]) < bigrams(here["rest"]):
        return False
    text = target.local + target.clause
    named = [m["place"] in text for m in (here, there)]
    return all(named) or not any(named)


@lru_cache(maxsize=8192)
def _place_of(clause: str) -> re.Match[str] | None:
    return _IN_PLACE.match(plain_label(clause))
