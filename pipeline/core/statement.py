"""A piece of the goal text that promises, explains or funds something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class StatementKind(StrEnum):
    """What a statement does (guideline section 5)."""

    TASK = "task"
    CONTEXT = "context"
    FUNDING = "funding"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that lowered the clarity of a statement, with their place."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clarity:
    """0 (vague) to 100 (clear), with the seven dimensions behind it, each 0 to 1."""

    score: int
    dimensions: Mapping[str, float] = field(default_factory=dict)
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """``goal_text[start:end] == quote``; ``targets`` index the record's targets.

    ``has_outcome`` is None until matching has looked at the outcome text.
    """

    quote: str
    start: int
    end: int
    kind: StatementKind
    quantified: bool
    vague: bool
    has_outcome: bool | None
    clarity: Clarity
    targets: tuple[int, ...] = ()
