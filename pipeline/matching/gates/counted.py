"""Whether two numbers that fit by their units count things of two kinds.

服务站覆盖村居210个 counts 村居, 代表联络站16个 places and 代表建议146件 papers, 新结友好城市1个
no event.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.matching.gates.objects import deed_words
from pipeline.matching.measures.counts import names_a_happening
from pipeline.matching.measures.measure import Measure
from pipeline.word_lists import ending_in

_COVERED = re.compile(r"(?:覆盖|惠及|辐射|涉及)(?P<what>[一-鿿]{2,6})$")
_COVERS = re.compile(
    "覆盖|惠及|辐射|涉及|走进|深入|服务(?!站|点|室|所|中心|大厅|平台|工作)|进|受益|受惠|带动"
)
_PLACED = frozenset({"place", "organisation", "thing"})
_PIECES = frozenset({"个", "处", "座", "所"})
_PAPERS = frozenset({"件", "份", "篇"})
_LOOSE = frozenset({"个", "项", "件"})


def may_count_another(outcome: Measure) -> bool:
    """Whether an outcome has any word or unit for which ``counts_another`` could bar it."""
    unit = outcome.quantity.unit
    return bool(
        unit in _PAPERS
        or unit in _PIECES
        or unit in _LOOSE
        or outcome.unit_class == "event"
        or _COVERED.search(outcome.clause.strip())
    )


def counts_another(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome counts whom a thing reached, papers or no events."""
    return (
        _counts_the_covered(target, outcome)
        or _counts_papers(target, outcome)
        or _counts_no_event(target, outcome)
    )


def _counts_the_covered(target: Measure, outcome: Measure) -> bool:
    said = _COVERED.search(outcome.clause.strip())
    if said is None or outcome.unit_class not in _PLACED:
        return False
    promised = target.local + target.clause + target.after
    what = said["what"]
    named = any(what[i : i + 2] in promised for i in range(len(what) - 1))
    return not named and not _COVERS.search(promised)


def _counts_papers(target: Measure, outcome: Measure) -> bool:
    """Whether the target names a place to be counted, and the outcome papers."""
    return (
        target.quantity.unit in _PIECES
        and outcome.quantity.unit in _PAPERS
        and names_a_place(target.local)
    )


@lru_cache(maxsize=8192)
def names_a_place(phrase: str) -> bool:
    """Whether a phrase ends in the name of a place, but for what is done to it."""
    said = phrase.strip()
    while len(said) > 2 and said[-2:] in deed_words():
        said = said[:-2]
    return bool(ending_in("place_ends").search(said))


def _counts_no_event(target: Measure, outcome: Measure) -> bool:
    """Whether one side counts happenings, and the other in 个 things that are none."""
    for event, other in ((target, outcome), (outcome, target)):
        if event.unit_class == "event" and other.quantity.unit in _LOOSE:
            return not names_a_happening(other.local + other.after[:8])
    return False
