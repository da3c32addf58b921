"""Whether an outcome tells of another year than the target's.

2021年补植5800株 does not answer what was promised for 2022; 去年同期为12件 is no result
of this year.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.matching.measures.measure import Measure

_YEAR = re.compile(r"(?<![\d〔\[(（])((?:19|20)\d{2})年(?:度|全年)?(?!以来|起)")
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_LEADING = re.compile(r"((?:19|20)\d{2})年度?(?:全年)?[，：]?\s*$")
_LEADING_AT_MOST = 12
# 去年完成12件 is told of last year; 由去年的12件, 较去年 only compare.
_LAST = re.compile(
    r"^[、，\s(]*(?:而|其中)?(?:去年|上年度?|上一年度?|往年|前年)(?!度?(?:结转|末|底|增|减|高|低|多|少|考核))"
    r"|(?<![比较与同超由从])(?:去年|上年度?|上一年度?|前年)(?:已|共|就)?(?:建成|完成|新建|改造|举办|开展|培训|发放|建设|实施|安装|投用|办理)(?:了)?\s*$"
)


def tells_a_year(outcome: Measure) -> bool:
    """Whether an outcome names the year that it is of."""
    before = outcome.context[-_LEADING_AT_MOST:]
    if "年" not in outcome.clause and "年" not in before:
        return False  # most outcomes
    return bool(_own_years(outcome.clause, before) or _says_last(outcome.clause))


def is_of_another_year(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome is of a year before the one that the target is for."""
    promised = target.context + target.clause + target.local
    if _says_last(outcome.clause) and not _says_last(promised):
        return not target.is_change
    told = _own_years(outcome.clause, outcome.context[-_LEADING_AT_MOST:])
    asked = _years(promised)
    return bool(told and asked) and max(told) < max(asked) and told.isdisjoint(asked)


@lru_cache(maxsize=8192)
def _own_years(clause: str, before: str) -> frozenset[str]:
    """The years in a clause, or else the one right before it."""
    found = _YEAR.findall(clause) if "年" in clause else ()
    return frozenset(found or (_LEADING.findall(before) if before else ()))


@lru_cache(maxsize=8192)
def _years(text: str) -> frozenset[str]:
    return frozenset(_ANY_YEAR.findall(text))


def _says_last(clause: str) -> bool:
    return "年" in clause and _LAST.search(clause) is not None
