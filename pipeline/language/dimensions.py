"""The seven dimensions of how clear a goal statement is, and their score."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.core.quantity import Quantity
from pipeline.language.clarity_rules import word_group
from pipeline.language.units import unit_class
from pipeline.word_lists import alternatives, any_of

WEIGHTS = {
    "target": 30,
    "deliverable": 20,
    "object": 15,
    "deadline": 10,
    "actor": 5,
    "verifiability": 15,
    "hedge": 5,
}
"""Points of each dimension, 100 in all."""

NAMED = re.compile("“[^“”]{1,60}”|《[^《》]{1,80}》")
_DATE = re.compile(r"\d{1,2}月|季度|年底前|月底|上半年|每[年月周日季天]|\d{1,2}日前")


def dimensions_of(
    folded: str, targets: Sequence[Quantity], *, checkable: bool, hedges: int
) -> dict[str, float]:
    """Each from 0 to 1, of a (folded) statement with its targets and vague words.

    Verifiability depends on links, and is 0 until they are known.
    """
    return {
        "target": _target(folded, targets),
        "deliverable": _deliverable(folded, checkable=checkable),
        "object": _object(folded, targets),
        "deadline": _deadline(folded),
        "actor": _actor(folded),
        "verifiability": 0.0,
        "hedge": 1.0 if hedges == 0 else 0.5 if hedges == 1 else 0.0,
    }


def score_of(dimensions: Mapping[str, float]) -> int:
    """The clarity score, 0 to 100."""
    return int(sum([WEIGHTS[name] * value for name, value in dimensions.items()]) + 0.5)


def _target(folded: str, targets: Sequence[Quantity]) -> float:
    if targets:
        relative = all(unit_class(q.unit) in ("multiple", None) for q in targets)
        return 0.5 if relative and any_of("relative_to").search(folded) else 1.0
    return (
        0.5
        if any_of("relative_to").search(folded)
        or any_of("graded_targets").search(folded)
        else 0.0
    )


def _deliverable(folded: str, *, checkable: bool) -> float:
    if checkable:
        return 1.0
    return 0.5 if any_of("activities").search(folded) else 0.0


def _object(folded: str, targets: Sequence[Quantity]) -> float:
    if word_group("loose_objects").search(folded):
        return 0.0
    if targets or NAMED.search(folded):
        return 1.0
    return 0.5 if any_of("classes").search(folded) else 0.0


def _deadline(folded: str) -> float:
    if _DATE.search(folded):
        return 1.0
    # An annual form supplies the year.
    return 0.0 if any_of("no_end").search(folded) else 0.5


@lru_cache(maxsize=1)
def _named_actor() -> re.Pattern[str]:
    bodies = alternatives("acting_bodies")
    return re.compile(rf"[一-鿿]{{2,10}}(?:{bodies})(?:负责|牵头|组织|承担)")


def _actor(folded: str) -> float:
    if _named_actor().search(folded):
        return 1.0
    return 0.0 if any_of("nobody_named").search(folded) else 0.5
