"""What is understood of a text: its words, quantities and statements."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.quantity import Quantity, Role
from pipeline.core.statement import Statement
from pipeline.language.clarity import read_statements
from pipeline.language.quantities import find_quantities
from pipeline.language.segment import cut_words


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with everything that later stages look at.

    ``statements`` are cut in goal texts only.
    """

    text: str
    role: Role
    quantities: tuple[Quantity, ...] = ()
    statements: tuple[Statement, ...] = ()

    @property
    def words(self) -> tuple[tuple[int, int], ...]:
        """Half-open spans that cover the text, each quantity one word."""
        found = cut_words(self.text, [q.span for q in self.quantities])
        return tuple(span for span in found if span[0] < span[1])


def read_text(text: str | None, role: Role) -> Reading:
    """Read a goal or outcome text. A text that was not found reads as empty.

    The same as the annotations of ``nlp.load_language()``, without the Doc that
    carries them.
    """
    if not text:
        return Reading(text or "", role)
    found = find_quantities(text, role)
    statements = read_statements(text, found) if role is Role.GOAL else ()
    return Reading(text, role, found, statements)
