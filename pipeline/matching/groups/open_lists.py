"""Lists that go on where the target's names end in 等: 家谱、老照片等资料200件.

家谱37件、老照片165件、票证21件 are all of them such material, named or not.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.groups.answers import Answer
from pipeline.matching.measures.measure import Measure
from pipeline.matching.places import indexes_of

_OPEN = re.compile(r"[、和及与][^，。；、]{1,10}?等(?!级|次)")
_NEXT = re.compile(r"[、和及与]")


def take_rest_of_open_lists(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    scores: NDArray[np.float64],
) -> None:
    """Add what follows the named ones in one list, and is nobody else's."""
    used = {o for a in settled.values() for o in a.outcomes}
    for index, answer in list(settled.items()):
        if answer.method != "sum" or answer.shared or len(answer.outcomes) < 2:
            continue
        if not _OPEN.search(targets[index].clause):
            continue
        members = list(answer.outcomes)
        for outcome in outcomes[members[-1] + 1 :]:
            others = indexes_of(scores[:, outcome.index] > 0)
            if (
                outcome.index in used
                or not _goes_on(outcomes[members[-1]], outcome)
                or set(others) - {index}
            ):
                break
            members.append(outcome.index)
        if len(members) > len(answer.outcomes):
            settled[index] = dataclasses.replace(answer, outcomes=tuple(members))
            used.update(members)


def _goes_on(last: Measure, outcome: Measure) -> bool:
    return (
        outcome.sentence == last.sentence
        and outcome.quantity.unit == last.quantity.unit
        and _NEXT.match(outcome.clause) is not None
        and not outcome.part
    )
