"""People whose trouble is to be ended are those who benefit: 解决1.2万人饮水问题.

受益人口1.3万人 says no more than that they benefit, and so can be of any of them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from pipeline.matching.measures.measure import Measure

_PEOPLE = frozenset({"人", "名", "户", "口", "位"})
_ENDED = re.compile(r"解决|化解|缓解|改善")
_TROUBLE = re.compile(r"[^，。；、\d]{0,14}?(?:问题|困难|难题|难(?![度民忘]))")
_BENEFIT = re.compile(
    r"[，、\s]*(?:其中)?(?:直接|共|累计|总|可)*(?:受益|惠及|受惠)"
    r"(?:的)?(?:人口|群众|居民|村民|农民|农户|住户|家庭|对象|总?[人户]数|[人户])?(?:约|达|共|总数)*\s*"
)


def with_who_benefits(
    targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> Sequence[Measure]:
    """Targets, those of people whose trouble ends as who benefits where just that is told."""
    troubled = [t for t in targets if _is_troubled(t)]
    if len(troubled) != 1:
        return targets  # most forms
    bare = [o for o in outcomes if _BENEFIT.fullmatch(o.local)]
    if len(bare) != 1 or _came_to_an_event(bare[0], outcomes):
        return targets
    named = list(targets)
    local = f"{troubled[0].local} {bare[0].local.strip()}"
    named[troubled[0].index] = dataclasses.replace(troubled[0], local=local)
    return named


def _came_to_an_event(outcome: Measure, outcomes: Sequence[Measure]) -> bool:
    """培训3期，受益农户230人: they came to the training."""
    before = outcomes[outcome.index - 1] if outcome.index else None
    return (
        before is not None
        and before.unit_class == "event"
        and before.sentence == outcome.sentence
    )


def _is_troubled(target: Measure) -> bool:
    return (
        target.quantity.unit in _PEOPLE
        and _TROUBLE.match(target.after) is not None
        and _ENDED.search(target.context + target.clause) is not None
    )
