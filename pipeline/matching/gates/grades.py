"""Other grades, ranks and rates than the promised ones, and none of something else."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.matching.measures.measure import Measure, rate_names
from pipeline.matching.measures.ranks import rank_names, rank_of
from pipeline.matching.measures.wording import own_bigrams
from pipeline.word_lists import alternatives, any_of

# 行业标准 is not answered by 团体标准.
_STANDARD = re.compile(r"(国家|行业|地方|团体|企业)(?=[^，。；]{0,6}标准)")
_SEVERAL_RATES = re.compile(r"[率度][、和及与]|均|分别")
_JOINT = re.compile(r"[率度][、和及与][^，。；]*(?:均|都)[^，。；]{0,4}$")


def asks_for_a_grade(target: Measure) -> bool:
    """Whether a target has any word for which these rules could bar outcomes."""
    return bool(
        target.rate
        or target.quantity.value == 0
        or target.unit_class == "time"
        or any(_ranks(target.local))
        or _wants_grave(target.local)
    )


def is_another_grade(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome is of another grade, rank, rate or thing than promised."""
    return (
        is_of_any_grade(target, outcome)
        or is_lower(target, outcome)
        or is_other_rate(target, outcome)
        or is_none_of_other(target, outcome)
        or is_ahead_of_time(target, outcome)
    )


def is_ahead_of_time(target: Measure, outcome: Measure) -> bool:
    """提前18分钟发布 is no time limit kept."""
    return (
        target.unit_class == "time"
        and "提前" in outcome.clause
        and "提前" not in target.local + target.clause
    )


def is_of_any_grade(target: Measure, outcome: Measure) -> bool:
    """Whether a target is for the grave cases only, and the outcome counts them all."""
    return (
        _wants_grave(target.local)
        and target.unit_class != "rate"
        and not any_of("gravity").search(outcome.local + outcome.clause)
    )


@lru_cache(maxsize=4096)
def _wants_grave(text: str) -> bool:
    """较大事故0起 is not answered by how many accidents of any kind there were."""
    return bool(any_of("gravity").search(text) and any_of("graded_events").search(text))


def is_lower(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome (校级课程40门) is of a lower rank than the target (省级)."""
    ranks, kinds = _ranks(target.local)
    if not ranks and not kinds:
        return False
    found, told = _ranks(outcome.local + outcome.clause)
    if ranks and found and max(found) < min(ranks):
        return True
    return bool(kinds and told) and kinds.isdisjoint(told)


@lru_cache(maxsize=8192)
def _ranks(text: str) -> tuple[tuple[int, ...], frozenset[str]]:
    """The ranks that a text names, and whose standards."""
    named = _rank_words().findall(text) if "级" in text or "优" in text else ()
    ranks = tuple(rank_of(name) for name in named)
    return ranks, frozenset(_STANDARD.findall(text) if "标准" in text else ())


@lru_cache(maxsize=1)
def _rank_words() -> re.Pattern[str]:
    # 省优工程 is a 省级优质工程.
    return re.compile(f"({rank_names()})(?:级|(?=优(?:质)?(?:工程|结构|奖|项目)))")


def is_other_rate(target: Measure, outcome: Measure) -> bool:
    """Whether one is how well things were dealt with, the other how good they are."""
    if _SEVERAL_RATES.search(target.clause):
        return False
    if "提前" in outcome.rate and "提前" not in target.rate:
        return True  # 提前办结率96% may well be 按时办结率100%
    if _is_one_of_joint(target.rate, outcome.clause):
        return False
    if _is_felt_or_reached(target.rate, outcome.rate):
        return True
    mine, theirs = _kind_of_rate(target.rate), _kind_of_rate(outcome.rate)
    if mine is None or theirs is None:
        return False
    kinds = (mine["done"], theirs["done"]), (mine["felt"], theirs["felt"])
    return any((a is None) != (b is None) for a, b in kinds)


def _is_one_of_joint(rate: str, clause: str) -> bool:
    """设备完好率和居民满意度均为96% is told of each of the rates that it names."""
    if not rate or not _JOINT.search(clause):
        return False
    return any(name in rate or rate in name for name in rate_names(clause)[:-1])


def _kind_of_rate(rate: str) -> re.Match[str] | None:
    """Of 不合格食品处置率 and 食品合格率 only the first is ``done``."""
    return _kinds_of_rates().search(rate)


@lru_cache(maxsize=1)
def _kinds_of_rates() -> re.Pattern[str]:
    done, good = alternatives("rates_of_dealing"), alternatives("rates_of_quality")
    return re.compile(rf"(?:(?P<done>{done})|(?:{good}))率$|(?P<felt>满意[率度])$")


def _is_felt_or_reached(first: str, second: str) -> bool:
    if not first or not second:
        return False
    felt = any_of("felt", "judged").search(first)
    if bool(felt) == bool(any_of("felt", "judged").search(second)):
        return False
    return (second if felt else first).endswith("率")


def is_none_of_other(target: Measure, outcome: Measure) -> bool:
    """Whether a promise of none (事故0起) meets the count of something else (接警146起)."""
    return (
        target.quantity.value == 0
        and bool(own_bigrams(target.local))
        and own_bigrams(target.local).isdisjoint(own_bigrams(outcome.local))
    )
