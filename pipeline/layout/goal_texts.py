"""What has been read of goals and outcomes so far, and the labels in force."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from pipeline.core.provenance import Provenance
from pipeline.layout.goal_labels import (
    ACTUAL,
    COUNTED,
    GOAL_KINDS,
    MAX_LEAD,
    OTHER,
    is_filler,
    kind_of_label,
)
from pipeline.layout.labels import bare
from pipeline.layout.lines import Slot
from pipeline.layout.numbers import is_placeholder

_LEAD = re.compile(rf"(?:^|(?<=[\s。；;]))([^\s。；;，,:：]{{2,{MAX_LEAD}}})[:：]")


def parts_of(kind: str, text: str) -> list[tuple[str, str]]:
    r"""年度目标：…\n完成情况：… as two texts; any other text as it is."""
    marks = [
        (found, named)
        for found in _LEAD.finditer(text)
        if (named := kind_of_label(found.group(1))) in (*GOAL_KINDS, ACTUAL)
    ]
    results = [i for i, (_, named) in enumerate(marks) if named == ACTUAL]
    if kind == ACTUAL or not results:
        return [(kind, text)]  # 目标1：已完成 is an outcome where outcomes stand
    if len(results) == 1:  # what comes after the only one belongs to it
        marks = marks[: results[0] + 1]
    parts = [(kind, text[: marks[0][0].start()])]
    for (found, named), after in zip_longest(marks, marks[1:]):
        end = after[0].start() if after else len(text)
        counted = COUNTED.search(bare(found.group(1)))
        start = found.start() if counted else found.end()
        parts.append((named, text[start:end]))
    return [(named, part.strip()) for named, part in parts if part.strip()]


@dataclass(frozen=True, slots=True)
class Label:
    """A label cell with its kind (annual … actual, other)."""

    kind: str
    slot: Slot


@dataclass(slots=True)
class Reader:
    """What has been collected so far, and the label row that is in force."""

    found: dict[str, list[tuple[str, Provenance]]] = field(default_factory=dict)
    above: tuple[Label, ...] = ()
    repeated: bool = False
    written: str | None = None
    """The kind of the text outside tables that a further paragraph continues."""
    result: str = ACTUAL
    """What 自评结果 is here: the outcome, or something beside it."""
    unclear: list[str] = field(default_factory=list)

    def add(self, kind: str, text: str, slot: Slot) -> None:
        """Keep a text of a kind once; fillers and other columns are dropped.

        A cell that holds goal and outcome, each behind its label, is parted.
        """
        for named, part in parts_of(kind, text):
            self._add(named, part, slot)

    def _add(self, kind: str, text: str, slot: Slot) -> None:
        if kind == OTHER or is_placeholder(text) or is_filler(text):
            return
        texts = self.found.setdefault(kind, [])
        if any(text == known for known, _ in texts):
            self.repeated = True
            return
        texts.append((text, slot.provenance))
