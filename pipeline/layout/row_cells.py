"""The cells of one row of indicators, each in its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.core.form import IndicatorRow
from pipeline.layout.align import Alignment
from pipeline.layout.amendments import find_amendment
from pipeline.layout.evidence import content_of
from pipeline.layout.lines import Slot
from pipeline.layout.numbers import is_placeholder, number_in
from pipeline.layout.row_values import (
    actual_of,
    is_blank,
    level_text,
    number_of,
    reason_text,
    target_of,
)


@dataclass(frozen=True, slots=True)
class RowCells:
    """Values with the cells they stand in; None for what the row does not give."""

    name: Slot | None
    target: tuple[str, Slot] | None
    actual: Slot | None
    weight: tuple[str, Slot] | None
    score: tuple[str, Slot] | None
    reasons: tuple[Slot, ...]

    @property
    def are_filler(self) -> bool:
        """指标1, ……, 无 or 0 without anything in the other columns."""
        name = self.name
        if name is not None and not (
            content_of(name.text).filler
            or is_placeholder(name.text)
            or number_in(name.text) is not None
        ):
            return False
        target = self.target[0] if self.target else ""
        actual = self.actual.text if self.actual else ""
        if not (is_blank(target) and is_blank(actual)):
            return False
        return all(float(n[0]) == 0 for n in (self.weight, self.score) if n)

    @property
    def has_gaps(self) -> bool:
        """Whether any field but name and reason is missing."""
        return None in (self.target, self.actual, self.weight, self.score)

    @property
    def only_value(self) -> str | None:
        """The target or the actual value where the other one is missing."""
        if (self.target is None) == (self.actual is None):
            return None
        if self.target is not None:
            return self.target[0]
        return self.actual.text if self.actual else None

    def slots(self, levels: Mapping[str, Slot]) -> dict[str, Slot | None]:
        """The cell of each field, below the levels in force."""
        return {
            "level1": levels.get("level1"),
            "level2": levels.get("level2"),
            "name": self.name,
            "target_text": self.target[1] if self.target else None,
            "actual_text": self.actual,
            "weight": self.weight[1] if self.weight else None,
            "score": self.score[1] if self.score else None,
            "deviation": self.reasons[0] if self.reasons else None,
        }

    def row(self, number: int, levels: Mapping[str, Slot]) -> IndicatorRow:
        """The row as others see it."""
        deviation = reason_text(self.reasons)
        return IndicatorRow(
            row=number,
            level1=level_text(levels.get("level1")),
            level2=level_text(levels.get("level2")),
            name=self.name.text if self.name else None,
            target_text=self.target[0] if self.target else None,
            actual_text=self.actual.text if self.actual else None,
            weight=self.weight[0] if self.weight else None,
            score=self.score[0] if self.score else None,
            deviation=deviation,
            amended=find_amendment(deviation),
        )


def cells_of(alignment: Alignment) -> RowCells:
    """The cells of an aligned row."""
    return RowCells(
        name=alignment.first("level3"),
        target=target_of(alignment),
        actual=actual_of(alignment),
        weight=number_of(alignment, "weight"),
        score=number_of(alignment, "score"),
        reasons=alignment.all("reason"),
    )
