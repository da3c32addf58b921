"""Pairs that score well by themselves, and that the texts around them rule out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.covering import names_a_part
from pipeline.matching.gates import shares_only_topic
from pipeline.matching.hub import IndicatorTable
from pipeline.matching.measure import Measure
from pipeline.matching.mentions import Topic
from pipeline.matching.objects import are_other_things
from pipeline.matching.score import IMPOSSIBLE


def bar_by_text(
    scores: NDArray[np.float64],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    table: IndicatorTable,
    topic: Topic,
) -> None:
    """Bar pairs that share only the goal's topic, or an act done to other things.

    A whole is barred from its parts' answers. Where both sides clearly belong
    to one indicator row, their names may differ.
    """
    for i, j in np.argwhere(scores > IMPOSSIBLE).tolist():
        if (
            shares_only_topic(targets[i], outcomes[j], topic)
            or names_a_part(targets[i], outcomes[j], targets)
            or (
                not table.hub(i, j).agree
                and are_other_things(targets[i], outcomes[j], targets, outcomes)
            )
        ):
            scores[i, j] = IMPOSSIBLE
