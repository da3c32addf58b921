"""The numbers of the pair scorer: as shipped in models/, or as just trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.matching.measures.wording import FILE
from pipeline.resources import load_toml


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Weights by feature (and ``bias``), and how a score counts among its rivals.

    All are natural log-odds. ``rivalry`` has bias, score, row_margin,
    column_margin and no_answer, the score of having no answer at all.
    """

    weights: Mapping[str, float]
    rivalry: Mapping[str, float]


def coefficients_of(entry: Mapping[str, Any]) -> Coefficients:
    """Coefficients of a parsed models/matching*.toml."""
    rivalry = {k: v for k, v in entry["rivalry"].items() if isinstance(v, float)}
    return Coefficients(weights=entry["weights"], rivalry=rivalry)


@lru_cache(maxsize=1)
def shipped() -> Coefficients:
    """The coefficients of models/matching.toml."""
    return coefficients_of(load_toml(FILE))
