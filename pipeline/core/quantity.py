"""A number with its unit that says how much is to be done or was done."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Comparator(StrEnum):
    """How a quantity bounds what is counted (guideline section 2)."""

    EQUAL = "="
    AT_LEAST = ">="
    AT_MOST = "<="
    MORE = ">"
    LESS = "<"
    RANGE = "range"
    APPROX = "approx"


class Role(StrEnum):
    """Which text a quantity stands in; the reading of words depends on it."""

    GOAL = "goal"
    OUTCOME = "outcome"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class Quantity:
    """``text[start:end] == quote``; offsets count Unicode code points.

    ``value`` has 万 and 亿 multiplied out and percent as printed (95% is 95).
    ``value_high`` is the upper end of a range. ``unit`` is as printed without
    万/亿, None where none is printed. ``per`` is the per-unit word (每村).
    """

    quote: str
    start: int
    end: int
    subject: str
    comparator: Comparator
    value: Decimal
    value_high: Decimal | None
    unit: str | None
    per: str | None = None
    confidence: float = 1.0

    @property
    def span(self) -> tuple[int, int]:
        """The half-open place in the text."""
        return self.start, self.end
