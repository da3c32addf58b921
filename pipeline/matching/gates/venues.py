"""Whether an outcome counts what was held in more places than the target names.

进机关、进学校、进社区共64场 says nothing of 进社区25场.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import content_word
from pipeline.word_lists import alternatives

_SEVERAL = 2
_UNCOUNTED = frozenset({"rate", "score", "time", None})


def venue_words() -> Sequence[re.Pattern[str]]:
    """What finds that something went into places."""
    return (re.compile("进"),)


def tells_venues(outcome: Measure) -> bool:
    """Whether an outcome names several places that something went into."""
    return outcome.unit_class not in _UNCOUNTED and len(_venues(outcome.clause)) > 1


def names_venues_only(outcome: Measure, names: Sequence[str]) -> bool:
    """Whether all that a number adds up are places: 普法进校园、进企业共14场."""
    return len(names) <= len(_venues(outcome.clause))


def is_held_in_more(target: Measure, outcome: Measure) -> bool:
    """Whether a target names some of these places, and nowhere near the others."""
    told = _venues(outcome.clause)
    if len(told) < _SEVERAL:
        return False
    promised = _venues(target.context + target.clause + target.after)
    asked = _venues(target.clause)
    return bool(asked & told) and not told <= promised


def goes_elsewhere(outcome: Measure, targets: Sequence[Measure]) -> bool:
    """Whether what counts several places counts one that none of the targets names."""
    told = _venues(outcome.clause)
    if len(told) < _SEVERAL:
        return False
    promised = frozenset[str]().union(*[_venues(t.clause) for t in targets])
    return bool(promised & told) and not told <= promised


@lru_cache(maxsize=8192)
def _venues(text: str) -> frozenset[str]:
    """The places of 进社区、进企业, and of 进社区、企业; 商超 is 超市."""
    if "进" not in text:
        return frozenset()
    return frozenset(
        content_word(place) or place
        for run in _runs().findall(text)
        for place in _place().findall(run)
    )


@lru_cache(maxsize=1)
def _runs() -> re.Pattern[str]:
    place = alternatives("campaign_places")
    return re.compile(rf"(?<![引改推跟新])进(?:{place})(?:[、和及]?走?进?(?:{place}))*")


@lru_cache(maxsize=1)
def _place() -> re.Pattern[str]:
    return re.compile(alternatives("campaign_places"))
