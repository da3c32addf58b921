"""Outcomes so far from their target that only the same name carries the link.

Who counts something else (承办婚礼236场 for 新建婚庆广场2处, 捐献5人 for 捐献登记360人)
mostly counts far more or far less. A value never joins a target and an outcome; here
it only speaks against a link whose words differ: no verdict is given.
"""

from __future__ import annotations

import re

from pipeline.core.link import Verdict
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import (
    FILE,
    deed_bigrams,
    kind_words,
    own_bigrams,
)
from pipeline.matching.verdicts import in_one_unit
from pipeline.resources import load_toml

_NEW = re.compile("新|净增")
_WIDER = re.compile("共|各类|总|累计|全部")
_HALF = 0.5
# 因故只办了1场: who says why, or how few, means the promised thing.
_ONLY = re.compile("[仅只]")


def is_out_of_proportion(
    target: Measure,
    outcome: Measure,
    verdict: Verdict,
    row: Measure | None,
    *,
    in_row: bool,
) -> bool:
    """Whether an outcome is too far from a target to be of it by unlike words.

    ``row`` is the indicator that is nearest to both, if one is; ``in_row``: it tells
    the outcome's number itself.
    """
    if target.is_change or outcome.is_change or in_row:
        return False
    wanted, high, reached = in_one_unit(target.quantity, outcome.quantity)
    if high is not None and verdict is Verdict.EXCEEDED:
        wanted = high
    far = load_toml(FILE)["proportion"]
    if wanted <= 0 or abs(reached - wanted) < far["small"]:
        return False
    times = reached / wanted
    if target.unit_class == "time" and times <= 1:
        return False
    if verdict is Verdict.EXCEEDED:
        return times >= far["whatever_the_name"] or (
            times >= far["excess"] and not _names_so_many(target, outcome, row)
        )
    if verdict is not Verdict.SHORTFALL:
        return False
    named = _share_named(target, outcome) > _HALF
    if times > 1:
        return times >= far["over_limit"] and not named
    return times < far["remnant"] and not (
        named or row is not None or _ONLY.search(outcome.clause)
    )


def _names_so_many(target: Measure, outcome: Measure, row: Measure | None) -> bool:
    """Whether an outcome may be many times its target: the same name, and not wider.

    塌方 may stand for 水毁塌方, but 各类塌方 may not, nor 累计86个 for new ones. The name
    may be that of the indicator that both belong to.
    """
    if _NEW.search(target.local) and not _NEW.search(outcome.local):
        return False
    share = _share_named(target, outcome)
    wider = _WIDER.search(outcome.clause) and not _WIDER.search(target.clause)
    by_row = row is not None and _share_named(row, outcome) > _HALF
    return share == 1 or by_row or (share >= _HALF and not wider)


def _share_named(target: Measure, outcome: Measure) -> float:
    """How much of a target's name an outcome has that names nothing else, 0 to 1.

    All of it may stand beside more words. Two classes of units are never one name:
    人 and 剂次. What anything may be called is no name: 受益企业, 企业总数.
    """
    classes = target.unit_class, outcome.unit_class
    if None not in classes and classes[0] != classes[1]:
        return 0.0
    mine, theirs = _names(target.local), _names(outcome.local)
    shared = mine & theirs
    if mine != theirs and shared <= kind_words():
        return 0.0
    return len(shared) / len(mine) if shared in (mine, theirs) and mine else 0.0


def _names(phrase: str) -> frozenset[str]:
    """The character pairs of a phrase that say what was counted, not what was done."""
    return own_bigrams(phrase) - deed_bigrams()
