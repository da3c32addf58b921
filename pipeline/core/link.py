"""Which outcome answers which target, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What the outcome says of the target (guideline section 4)."""

    MET = "met"
    EXCEEDED = "exceeded"
    SHORTFALL = "shortfall"
    UNDETERMINED = "undetermined"


class IndicatorStatus(StrEnum):
    """What an indicator row says of itself (guideline section 6)."""

    MET = "met"
    EXCEEDED = "exceeded"
    SHORTFALL = "shortfall"
    PARTIAL = "partial"
    STATUS_ONLY = "status_only"
    UNPARSEABLE = "unparseable"


@dataclass(frozen=True, slots=True)
class Link:
    """One target and the outcomes that answer it (indexes of the record).

    An undetermined link has no outcomes and names its ``candidates``.
    ``explanation`` is one Chinese sentence for people.
    """

    target: int
    outcomes: tuple[int, ...]
    verdict: Verdict
    candidates: tuple[int, ...]
    confidence: float
    method: str
    explanation: str
