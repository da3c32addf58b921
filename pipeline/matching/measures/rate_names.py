"""What a rate is called: in its phrase, by the number before it, or within another's group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.matching.measures.boundaries import clause_left
from pipeline.matching.measures.measure import Measure, rate_names

_RATE_END = re.compile(r"(?:[一-鿿]{2}率|满意度|知晓度|参与度)$")
# A name with any of these is a rate's own, or goes on with nothing.
_RATE_WORD = re.compile(r"率|度|占比|比例|比重|指数|均|分别|达")
# 利用麦秸38万吨，占可收集量的91%: a share of all of the thing before it.
SHARE_OF_DUE = re.compile(r"占(?:应|可|总)[^，。；、\d]{1,6}(?:的|比)?")
_BARE = 6


def rate_of(folded: str, start: int, left: str) -> str:
    """The name of the rate that a number is, in its phrase or else in its clause."""
    rates = rate_names(left) or rate_names(clause_left(folded, start))
    return rates[-1] if rates else ""


def shared_rate(left: str, previous: Measure, folded: str) -> str:
    """The rate of a bare name that goes on with the one just before; else "".

    麦田合格率86%、稻田78%; of 抽检合格率小麦98%、玉米95% all of the name.
    """
    between = folded[previous.quantity.end : previous.quantity.end + 1]
    end = _RATE_END.search(previous.rate)
    goes_on = (
        between == "、"
        and previous.quantity.unit == "%"
        and 0 < len(left) <= _BARE
        and not _RATE_WORD.search(left)
    )
    if not end or not goes_on:
        return ""
    before_all = previous.local.strip().removesuffix(previous.rate) != previous.local
    return left + (end[0] if before_all else previous.rate)


def share_of_all(left: str, previous: Measure) -> str:
    """麦秸利用率 for the share in 麦秸利用量38万吨，占可收集量的91%; else ""."""
    amount = previous.local.strip()
    said = amount.endswith("量") and SHARE_OF_DUE.fullmatch(left.strip())
    return f"{amount[:-1]}率" if said else ""


def narrower_rates(measures: Sequence[Measure]) -> list[Measure]:
    """Mark 老年用户满意率 beside 用户满意率 as a part of it, as if 其中 stood before it."""
    return [
        replace(m, part=True)
        if m.rate and not m.part and _is_narrower(m, measures)
        else m
        for m in measures
    ]


def _is_narrower(measure: Measure, measures: Sequence[Measure]) -> bool:
    name = measure.local.strip()
    beside = measures[max(0, measure.index - 2) : measure.index]
    return any(
        m.rate
        and m.sentence == measure.sentence
        and m.rate != name
        and name.endswith(m.local.strip())
        and m.local.strip() != name
        for m in beside
    )
