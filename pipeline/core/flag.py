"""Something an auditor should look at. A hint, never a finding of guilt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.core.provenance import BBox


class Severity(StrEnum):
    """How much a flag weighs; ``high`` only for arithmetic and logic."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """3 for high down to 0 for info."""
        return 3 - list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in a field of the record.

    ``field`` is a path such as ``goal_text`` or ``indicators[3].actual_text``;
    ``start``, ``end`` and ``quote`` are None for something that is absent.
    """

    field: str
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    page: int | None = None
    bbox: BBox | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A raised flag: catalogue entry, message for people, evidence."""

    code: str
    name: str
    severity: Severity
    confidence: float
    message: str
    basis: str
    evidence: tuple[Evidence, ...]
