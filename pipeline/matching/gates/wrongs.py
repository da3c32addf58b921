"""Whether an outcome counts what was found wrong, where things of that kind were promised.

不合格水泥2组 are some of 抽检水泥60组, 处理违规药店9家 no 新增定点药店: what is wrong with a
thing is no number of those that were checked, built or added.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.matching.measures.measure import Measure
from pipeline.word_lists import any_of

# 查出结节38例、囊肿9例: what was found goes on to be told.
_LAST = re.compile(r"[^，。；！？\n]*$")
_COUNTED = frozenset({"rate", "money", "time", "score", None})


def wrong_words() -> Sequence[re.Pattern[str]]:
    """What finds anything wrong or found, and what goes on in a list of it."""
    return any_of("found_wrong", "found"), re.compile("、")


def tells_what_is_wrong(outcome: Measure) -> bool:
    """Whether an outcome counts things by what is wrong with them, or what was found."""
    return outcome.unit_class not in _COUNTED and bool(
        any_of("found_wrong").search(outcome.clause) or _is_found(outcome)
    )


def is_only_what_is_wrong(target: Measure, outcome: Measure) -> bool:
    """Whether a target means no wrong things, nor what is done against them."""
    if outcome.unit_class in _COUNTED:
        return False
    promised = target.local + target.clause + target.context
    if any_of("found_wrong", "against_wrongs").search(promised):
        return False
    if any_of("found_wrong").search(outcome.clause):
        return True
    return _is_found(outcome) and not any_of("finding", "found").search(promised)


def _is_found(outcome: Measure) -> bool:
    """Whether a list that a number stands in began with what was found (查出)."""
    if not outcome.clause.startswith("、"):
        found = any_of("found").search(outcome.clause)
        # 查出并救治31人 counts those that something was done for.
        return (
            found is not None and outcome.clause[found.end() : found.end() + 1] != "并"
        )
    head = _LAST.search(outcome.context)
    return head is not None and any_of("found").search(head[0]) is not None
