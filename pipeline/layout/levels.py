"""Names of levels, which fill the rows below them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.layout.align import Alignment
from pipeline.layout.evidence import content_of, is_execution
from pipeline.layout.lines import Slot

_OTHER_LEVEL_1 = re.compile("产出|成本|决策|过程|管理")


@dataclass(slots=True)
class Levels:
    """The names in force while the rows of a table are read, by ``level1``, ``level2``."""

    names: dict[str, Slot] = field(default_factory=dict)
    captioned: bool = False
    """Whether level 1 stands in rows of its own, over the whole table."""

    def take(self, alignment: Alignment) -> bool:
        """Fill levels down from a row; whether it gave any."""
        level1, level2 = alignment.first("level1"), alignment.first("level2")
        if level1 is not None and level2 is None and self._is_below_caption(level1):
            level1, level2 = None, level1
        if level1 is None and level2 is not None and self._is_satisfaction(level2):
            level1, level2 = level2, None
        if level1 is not None and not content_of(level1.text).filler:
            self.names = {"level1": level1}  # ends the level 2 in force
        if level2 is not None and not content_of(level2.text).filler:
            self.names["level2"] = level2
        return level1 is not None or level2 is not None

    def take_caption(self, slot: Slot) -> None:
        """A row of one cell: a level name spanning the table, or a note."""
        content = content_of(slot.text)
        if content.level1 == 2:
            self.names = {"level1": slot}
            self.captioned = True
        elif content.level2 == 2:
            self.names["level2"] = slot

    def may_hold_execution(self) -> bool:
        """预算执行率 by itself; below 部门管理 or 产出指标 it is an indicator."""
        level1 = self.names.get("level1")
        return level1 is None or is_execution(level1.text)

    def _is_below_caption(self, slot: Slot) -> bool:
        """数量指标 in the only column of levels, below a row 一、产出指标（50分）."""
        return self.captioned and content_of(slot.text).level2 == 2

    def _is_satisfaction(self, slot: Slot) -> bool:
        """满意度指标 in the level-2 place below 产出指标: a level 1 over both columns."""
        above = self.names.get("level1")
        return (
            above is not None
            and content_of(slot.text).level1 > 0
            and "满意" in slot.text
            and _OTHER_LEVEL_1.search(above.text) is not None
        )
