"""What has been read of goals and outcomes so far, and the labels in force."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.core.provenance import Provenance
from pipeline.layout.goal_labels import ACTUAL, FILLER, OTHER
from pipeline.layout.lines import Slot
from pipeline.layout.numbers import is_placeholder


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
        """Keep a text of a kind once; fillers and other columns are dropped."""
        if kind == OTHER or is_placeholder(text) or FILLER.match(text.strip()):
            return
        texts = self.found.setdefault(kind, [])
        if any(text == known for known, _ in texts):
            self.repeated = True
            return
        texts.append((text, slot.provenance))
