"""The columns of an indicator table, and what each of them is."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.layout.lines import Slot

IGNORED = frozenset(("caption", "reference", "audit", "factor", "ignored"))
LEVELS = ("level1", "level2", "level3")


@dataclass(frozen=True, slots=True)
class Column:
    """A role with the columns [start, end) that its label covers."""

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of an indicator table; ``unknown`` are labels not understood."""

    order: tuple[Column, ...]
    unknown: tuple[Slot, ...] = ()
    printed: bool = True

    def roles(self) -> frozenset[str]:
        """All roles of the header."""
        return frozenset(c.role for c in self.order)

    def at(self, column: int) -> Column | None:
        """The column that covers a grid column."""
        return next((c for c in self.order if c.start <= column < c.end), None)
