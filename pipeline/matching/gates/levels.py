"""Whether an outcome tells how much there is, where what was gained or given was promised.

亩均用水310立方米 says nothing of 亩均节水40立方米, 贷款余额 nothing of 发放贷款, and the
retail sales of a whole county nothing of what its shops sold online.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.matching.measures.measure import Measure
from pipeline.word_lists import alternatives, any_of, ending_in, may_hold_any

_CHANGED = re.compile("[增减降升涨节省压缩提多少超]")
_ADDED_UP = re.compile("累计(?:已|共|总数)?$")
_AS_FAR_AS = re.compile("^(?:达|超|突破)")
# What may stand between a name and its number.
_BETWEEN = re.compile("(?:量|额|了|约|为|达到?|平均|仅|共)+$")
_BETWEEN_ENDS = frozenset("量额了约为达到均仅共")
_RATES = frozenset({"rate", "score", "time", None})


def level_words() -> Sequence[re.Pattern[str]]:
    """What finds something wherever an outcome tells a level."""
    return any_of("balance", "whole_economy", "used"), _ADDED_UP


def tells_a_level(outcome: Measure) -> bool:
    """Whether an outcome has any word for which ``is_only_a_level`` could bar it."""
    said = outcome.clause
    return bool(
        may_hold_any("balance", "whole_economy").search(said)
        or _is_used(said)
        or _ADDED_UP.search(said)
    )


def is_only_a_level(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome is what is used, owed or sold in all, and the target is not."""
    promised = target.local + target.clause
    return (
        _is_of_a_whole_economy(promised, outcome)
        or _is_balance(target, promised, outcome)
        or _is_use_of_what_was_saved(target, outcome)
        or _is_reached_by_now(target, promised, outcome)
    )


def _is_of_a_whole_economy(promised: str, outcome: Measure) -> bool:
    return bool(_of_economy().search(outcome.clause)) and not (
        any_of("whole_economy").search(promised)
    )


@lru_cache(maxsize=1)
def _of_economy() -> re.Pattern[str]:
    """社零总额增长 at the end; 占GDP比重 and 按常住人口计算 only say of what."""
    words = alternatives("whole_economy")
    return re.compile(
        rf"(?<![占按])(?<!亿元)(?<!万元)(?<!人均)(?:{words})(?:总额|总量|数)?"
        r"(?:累计|预计|完成|达到?|实现|为|同比|较?上年|增长|下降|增速|增幅|约|了)*$"
    )


def _is_balance(target: Measure, promised: str, outcome: Measure) -> bool:
    """贷款余额 is what is still owed, whenever it was lent."""
    return (
        outcome.unit_class == target.unit_class == "money"
        and any_of("balance").search(outcome.clause) is not None
        and any_of("balance").search(promised) is None
        and any_of("lent").search(promised) is not None
    )


def _is_use_of_what_was_saved(target: Measure, outcome: Measure) -> bool:
    if target.unit_class in _RATES:
        return False
    return _is_used(outcome.clause) and bool(
        ending_in("saved").search(_bare(target.clause))
    )


@lru_cache(maxsize=8192)
def _is_used(clause: str) -> bool:
    """Whether a clause ends in what is used, spent or earned, with no word of a change."""
    return bool(ending_in("used").search(_bare(clause))) and not _CHANGED.search(clause)


def _bare(clause: str) -> str:
    """A clause without what may stand between a name and its number."""
    said = clause.strip()
    return _BETWEEN.sub("", said) if said[-1:] in _BETWEEN_ENDS else said


def _is_reached_by_now(target: Measure, promised: str, outcome: Measure) -> bool:
    """志愿者累计达到9万人 are not those that were 新增 this year."""
    return (
        target.unit_class not in _RATES
        and _ADDED_UP.search(outcome.clause) is not None
        and _AS_FAR_AS.match(outcome.quantity.quote) is not None
        and any_of("of_this_year").search(promised) is not None
        and any_of("of_this_year").search(outcome.clause) is None
        and "累计" not in promised
    )
