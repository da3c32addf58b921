"""The names that a number adds up, and whether it is said to be a sum.

宣传和义诊活动合计33场 adds up 宣传 and 义诊活动; 大站小站合计46座 names two in one breath.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.respectively import NAME_JOIN
from pipeline.matching.measures.two_in_one import (
    is_cut_short,
    part_compounds,
    spell_out,
)
from pipeline.matching.measures.wording import deed_words, has_content_words
from pipeline.word_lists import alternatives

# 农技员(含种植大户)208人: before the number the brackets are a name more.
HOLDS_MORE = re.compile(r"\((?:含|包括|包含)([^()，。；\d]{2,20})\)")
_INCLUDED = re.compile(r"[(，](?:含|包括|包含|其中含)([^()，。；\d]{4,40})(?:\)|$)")
# What joins names, or begins the brackets that hold one more.
_LISTED = re.compile("[、及和与(]")
_OPEN = re.compile(r"等(?:各类|各项|多种|系列)?")
# 拉练4月、9月共2次: when it was is no name.
_DATE = re.compile(r"\d+月(?:份|上旬|中旬|下旬|底|初)?$|[\d一二三四]季度$|[上下]半年$")
# 大站小站合计: two names that end alike, with nothing between them; 减税降费退税 are three.
_ALIKE_PAIR = re.compile(
    r"([一-鿿])([一-鿿]{1,2})([一-鿿])\2$|([一-鿿]{2})([一-鿿]{1,2})([一-鿿]{2})\5$"
)
_SUMMED = re.compile("共|合计|总计|累计")


@lru_cache(maxsize=1)
def said_as_sum() -> re.Pattern[str]:
    """合计, 共举办, 合计检测, 共办, 合计查完: a sum, and what was done to all of it."""
    deeds = "|".join([alternatives("totalled_deeds"), *sorted(deed_words())])
    return re.compile(
        rf"(?<!公)(?:{alternatives('in_sum')})(?:{deeds}|达到?|[一-鿿]{{1,2}}完|办)?(?:了)?$"
    )


def names_of(outcome: Measure) -> tuple[str, ...]:
    """The things a number adds up, before it or in （含…）; empty below two."""
    return () if outcome.series is not None else _names(outcome.clause, outcome.after)


@lru_cache(maxsize=4096)
def _names(clause: str, after: str) -> tuple[str, ...]:
    included = _INCLUDED.match(after)
    clause = part_compounds(included[1] if included else clause)
    listed = _LISTED.search(clause) or is_cut_short(clause)
    if not (listed or _SUMMED.search(clause)):
        return ()  # most numbers
    if not included:
        clause = said_as_sum().sub("", clause.strip())
    if not listed:
        clause = _ALIKE_PAIR.sub(_in_two, clause)
    if HOLDS_MORE.search(clause):  # few, and a template costs more than the search
        clause = HOLDS_MORE.sub(r"、\1", clause)
    clause = spell_out(clause)
    pieces = NAME_JOIN.split(clause)
    if len(pieces) < 2:
        return ()
    names = tuple(
        piece
        for piece in pieces
        if has_content_words(piece) and not _DATE.search(piece)
    )
    return names if len(names) >= 2 else ()


def _in_two(said: re.Match[str]) -> str:
    first, end, other = said[1] or said[4], said[2] or said[5], said[3] or said[6]
    return f"{first}{end}、{other}{end}"


def says_total(outcome: Measure) -> bool:
    """Whether a number is said to be a sum: 合计33场, 各类活动共207场, （含…）."""
    return bool(
        said_as_sum().search(outcome.clause.strip())
        or _INCLUDED.match(outcome.after)
        or HOLDS_MORE.search(outcome.clause)
    )


def is_open_list(outcome: Measure) -> bool:
    """Whether the names are only examples (…等活动)."""
    included = _INCLUDED.match(outcome.after)
    return bool(_OPEN.search(included[1] if included else outcome.clause))
