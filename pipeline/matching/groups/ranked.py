"""Targets of a rank and above, told rank by rank.

获市级以上奖项8项 is answered by 省级一等奖3项、市级奖6项: all of the list that are of
the rank or a higher one add up; 县级奖9项 beside them does not count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.matching.groups.answers import NAMED_CONFIDENCE, Answer
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.ranks import rank_names, rank_of
from pipeline.matching.measures.wording import own_bigrams
from pipeline.matching.score import may_answer

# Prizes of townships and schools are told, but no target is for theirs and above.
_LOWEST = 2
# 3A级以上 is told as 3A级4处、4A级2处, 四星级以上 as 四星级3家、五星级1家.
_GRADES = "[1-5]A|[一二三四五]星"
_HAN = "零一二三四五"
_SCALE = 1000


def take_ranks(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """Answer such a target by all ranks told in a row that are high enough."""
    for target in targets:
        if target.unit_class == "rate" or "以上" not in target.clause + target.local:
            continue  # most targets
        above = _and_above().search
        least = above(target.clause) or above(target.local)
        if least is None:
            continue
        run = _run(target, settled, targets, outcomes)
        ranks = [_rank_of(o) for o in run]
        members = tuple(
            o.index
            for o, rank in zip(run, ranks, strict=True)
            if rank is not None and _is_at_least(rank, _value(least[1]))
        )
        if len(members) > 1:
            settled[target.index] = Answer(
                target.index, members, "sum", NAMED_CONFIDENCE
            )


@lru_cache(maxsize=1)
def _and_above() -> re.Pattern[str]:
    names = rank_names(_LOWEST)
    return re.compile(rf"({names}|{_GRADES})级?(?:\([^()]{{1,6}}\))?(?:及其?)?以上")


@lru_cache(maxsize=1)
def _ranks() -> re.Pattern[str]:
    return re.compile(
        rf"({rank_names(_LOWEST)}|{_GRADES})级|(全国|全省|全市)(?=优秀|先进|十|一等|二等|奖)"
        r"|(中央|全国|省|市)(?=(?:主流|主要|新闻)?(?:媒体|报刊|平台))"
    )


def _rank_of(outcome: Measure) -> int | None:
    """The rank that stands at a number; nothing where it names two or none."""
    if _and_above().search(outcome.clause):
        return None
    found = {_value(a or b or c) for a, b, c in _ranks().findall(outcome.clause)}
    return found.pop() if len(found) == 1 else None


def _value(name: str) -> int:
    """How high a name stands, ranks and grades (4A级, 五星级) each on a scale of their own."""
    if name.endswith("A"):
        return _SCALE + int(name[0])
    if name.endswith("星"):
        return 2 * _SCALE + _HAN.index(name[0])
    return rank_of(name)


def _is_at_least(rank: int, least: int) -> bool:
    return rank >= least and rank // _SCALE == least // _SCALE


def _run(
    target: Measure,
    settled: Mapping[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> list[Measure]:
    """The only list of ranks that a target may mean, free or answering it already.

    What answers a target for one of the ranks (省级奖2项) counts here as well.
    """
    held = {
        o
        for i, a in settled.items()
        if i != target.index
        for o in a.outcomes
        if _rank_of(targets[i]) is None or _rank_of(targets[i]) != _rank_of(outcomes[o])
    }
    mine = settled[target.index].outcomes if target.index in settled else ()
    ranked = [
        o
        for o in outcomes
        if _rank_of(o) is not None
        and o.index not in held
        and comparable(target, o)
        and not o.part
    ]
    own = own_bigrams(target.local)
    fitting = [
        run
        for run in _in_rows(ranked)
        if (set(mine) <= {o.index for o in run} if mine else _is_about(own, run))
        and any(may_answer(target, o) for o in run)
    ]
    return fitting[0] if len(fitting) == 1 else []


def _in_rows(outcomes: Sequence[Measure]) -> list[list[Measure]]:
    """Numbers in one unit that follow each other in a sentence, put together."""
    rows: list[list[Measure]] = []
    for outcome in outcomes:
        last = rows[-1][-1] if rows else None
        if (
            last is not None
            and outcome.index == last.index + 1
            and outcome.sentence == last.sentence
            and outcome.quantity.unit == last.quantity.unit
        ):
            rows[-1].append(outcome)
        else:
            rows.append([outcome])
    return rows


def _is_about(own: frozenset[str], run: Sequence[Measure]) -> bool:
    return any(own & own_bigrams(o.local) for o in run)
