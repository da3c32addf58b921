"""Whether two phrases have words in common only by what other numbers lend them.

充电桩投入使用60个，“司机之家”挂牌4个: 充电桩 stands before the second number, but as the
phrase of the first. Alone with their units on both sides, such two would still be
taken for each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.matching.gates.objects import plain_name
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.per_fits import per_of
from pipeline.matching.measures.wording import bigrams, content_string, is_thin_phrase
from pipeline.matching.worded import wide_bigrams

_LEAST = 2
# 稳岗返还资金90万元，直达400户: so short a phrase leaves it to what stands before.
_TELLING = 4
_JOINS = frozenset("、和及与")


def borrows_its_words(
    target: Measure,
    outcome: Measure,
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> bool:
    """Whether all that joins two named things is in the phrase of another number."""
    mine, theirs = bigrams(target.local), bigrams(outcome.local)
    if not mine.isdisjoint(theirs) or not name_other_things(target, outcome):
        return False
    if is_thin_phrase(target.local) or is_thin_phrase(outcome.local):
        return False
    before_target = theirs & wide_bigrams(target)
    before_outcome = mine & wide_bigrams(outcome)
    if before_target and not before_outcome:
        return _is_of_another(before_target, target, targets)
    if (
        before_outcome
        and not before_target
        and len(content_string(outcome.local)) >= _TELLING
    ):
        return _is_of_another(before_outcome, outcome, outcomes)
    return False


def name_other_things(target: Measure, outcome: Measure) -> bool:
    """Whether both name a thing, and the phrases have not one character in common.

    What is listed after another number (清淤东溪2万方、南溪1万方) may leave the rest to it.
    """
    if not _share_no_character(target.local, outcome.local):
        return False  # most pairs
    if outcome.part or outcome.series is not None or target.unit_class == "time":
        return False
    if _is_listed(outcome.clause) or not content_string(outcome.clause):
        return False
    return not (per_of(target).thing and per_of(outcome).thing)


def _is_listed(clause: str) -> bool:
    """改造11个小区、46栋: the second number counts what the first does."""
    return clause[:1] in _JOINS or clause.rstrip()[-1:] in _JOINS


def _share_no_character(first: str, second: str) -> bool:
    mine, theirs = _characters(first), _characters(second)
    return bool(mine and theirs) and mine.isdisjoint(theirs)


@lru_cache(maxsize=8192)
def _characters(phrase: str) -> frozenset[str]:
    """The characters of the name in a phrase; none of a name that is too short."""
    name = plain_name(phrase)
    return frozenset(name) if len(name) >= _LEAST else frozenset()


def _is_of_another(
    grams: Iterable[str], measure: Measure, others: Sequence[Measure]
) -> bool:
    """Whether some other number's own phrase has every one of the words."""
    phrases = [bigrams(o.local) for o in others if o is not measure]
    return all(any(gram in phrase for phrase in phrases) for gram in grams)
