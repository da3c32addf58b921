"""Numbers that contradict one another: a score above its weight, weights that do not add up.

Either says only that one of several numbers was misread, or printed wrongly. They
are read again, and a reading that settles it alone is the better one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.resources import load_toml
from pipeline.sources.grid import Place

_NUMBER = re.compile(r"\d{1,3}(\.\d{1,2})?")
_BRACKETED = re.compile(r"[（(][^（）()]*[)）]|\s")
FULL = (Decimal(100), Decimal(90), Decimal(80))
"""What the weights of a form add up to, without those of the funds or with them."""

LEAST_ROWS = 4
"""Weights from which on their sum says anything."""

FUNDS = Decimal(20)
"""The most that the funds' execution is given in any province's form."""

_TOTALS = frozenset({"总分", "合计", "总计", "得分合计", "总得分"})

Cell = tuple[Place, int, str]
"""A place, the number of the only line in it, and what was read there."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Lines whose numbers cannot all be right, and what is true of right ones."""

    lines: tuple[int, ...]
    numbers: tuple[Decimal, ...]
    settled: Callable[[Sequence[Decimal]], bool]


def contradictions(cells: Sequence[Cell]) -> Iterable[Contradiction]:
    """What contradicts itself in the cells of one grid."""
    for weights in _columns(cells, "weight"):
        scores = {
            p.top: (i, n) for found in _columns(cells, "score") for p, i, n in found
        }
        for place, index, weight in weights:
            scored, score = scores.get(place.top, (index, weight))
            if score > weight:
                yield Contradiction((index, scored), (weight, score), _is_within)
        numbers = tuple(number for _, _, number in weights)
        if len(weights) >= LEAST_ROWS and not _adds_up(numbers):
            yield Contradiction(tuple(i for _, i, _ in weights), numbers, _adds_up)
    summed_up = {place.top for place, _, text in cells if _plain(text) in _TOTALS}
    for column in _columns(cells, "score"):
        parts = [cell for cell in column if cell[0].top not in summed_up]
        totals = [cell for cell in column if cell[0].top in summed_up]
        numbers = tuple(number for _, _, number in [*parts, *totals])
        if len(totals) == 1 and len(parts) >= LEAST_ROWS and not _leaves_room(numbers):
            indexes = tuple(i for _, i, _ in [*parts, *totals])
            yield Contradiction(indexes, numbers, _leaves_room)


def number_of(text: str) -> Decimal | None:
    """A weight or a score; None for anything else."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def _is_within(values: Sequence[Decimal]) -> bool:
    weight, score = values
    return score <= weight


def _adds_up(values: Sequence[Decimal]) -> bool:
    total = sum(values, Decimal(0))
    return total in FULL or total == 2 * FULL[0]  # the printed total counts along


def _leaves_room(values: Sequence[Decimal]) -> bool:
    """Whether the last is the sum of the others, but for the score of the funds."""
    *parts, total = values
    return 0 <= total - sum(parts, Decimal(0)) <= FUNDS


def _columns(
    cells: Sequence[Cell], role: str
) -> Iterable[list[tuple[Place, int, Decimal]]]:
    """The numbers below each header of that role, one list per header."""
    for header, _, text in cells:
        if _plain(text) not in _labels(role):
            continue
        below = [
            (place, index, number)
            for place, index, said in cells
            if (place.left, place.right) == (header.left, header.right)
            and place.top >= header.bottom
            and (number := number_of(said)) is not None
        ]
        if below:
            yield below


def _plain(text: str) -> str:
    return _BRACKETED.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=2)
def _labels(role: str) -> frozenset[str]:
    """How columns of weights or scores are headed."""
    labels: list[str] = load_toml("labels.toml")[f"ind.{role}"]["labels"]
    return frozenset(labels)
