"""预算执行率 rows that stand among the indicators: their points belong to the funds."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.provenance import Provenance
from pipeline.layout.align import Alignment, align
from pipeline.layout.column_roles import Columns
from pipeline.layout.evidence import (
    is_execution,
)
from pipeline.layout.lines import Slot
from pipeline.layout.row_values import (
    number_of,
)


@dataclass(frozen=True, slots=True)
class Execution:
    """A 预算执行率 row that stands among the indicators; values with places."""

    label: Slot
    rate: tuple[str, Provenance] | None = None
    weight: tuple[str, Provenance] | None = None
    score: tuple[str, Provenance] | None = None


def is_leading(slots: tuple[Slot, ...], columns: Columns) -> bool:
    """预算执行率 where the level-1 name should stand."""
    if not is_execution(slots[0].text):
        return False
    level1 = next((c for c in columns.order if c.role == "level1"), None)
    return level1 is None or not columns.printed or slots[0].column < level1.end


def read_leading(
    slots: tuple[Slot, ...], columns: Columns, *, shaky: bool
) -> Execution | None:
    """Weight and score of the row: its values aligned without level columns."""
    rest = tuple(s for s in slots if not is_execution(s.text))
    order = tuple(
        c for c in columns.order if c.role not in ("level1", "level2", "level3")
    )
    if not rest or not order:
        return None
    values = align(rest, Columns(order, printed=columns.printed), shaky=shaky)
    return execution_of(values, slots[0])


def execution_of(alignment: Alignment, label: Slot) -> Execution:
    """The values of an aligned row with the given label."""
    found = [number_of(alignment, role) for role in ("actual", "weight", "score")]
    rate, weight, score = [(f[0], f[1].provenance) if f else None for f in found]
    return Execution(label, rate, weight, score)
