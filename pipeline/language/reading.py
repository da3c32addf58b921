"""What is understood of a text: its words, quantities and statements."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.quantity import Quantity, Role
from pipeline.core.statement import Statement


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with everything that later stages look at.

    ``words`` are half-open spans that cover the text, each quantity one word.
    ``statements`` are cut in goal texts only.
    """

    text: str
    role: Role
    quantities: tuple[Quantity, ...] = ()
    statements: tuple[Statement, ...] = ()
    words: tuple[tuple[int, int], ...] = ()


def read_text(text: str | None, role: Role) -> Reading:
    """Read a goal or outcome text. A text that was not found reads as empty."""
    if not text:
        return Reading(text or "", role)
    from pipeline.language.nlp import load_language, make_doc

    doc = load_language()(make_doc(text, role))
    return Reading(
        text=text,
        role=role,
        quantities=doc.user_data["found"],
        statements=doc.user_data.get("statements", ()),
        words=tuple((t.idx, t.idx + len(t)) for t in doc),
    )
