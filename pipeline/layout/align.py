"""Align the cells of one row to the roles of its header by order and content.

Columns are only a hint: rows of flattened tables are shifted against their
header, row by row. Dynamic programming over (cells, roles) finds the best
order-preserving assignment for each possible shift of the whole row.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.layout.column_roles import Column, Columns
from pipeline.layout.evidence import Content, content_of
from pipeline.layout.fit import fit
from pipeline.layout.lines import Slot

# Points as those of ``fit``, in sums; tuned on invented layouts, see tests.
DROP_CELL = -4.0
PAIR_BONUS = 1.5
LEVEL_BY_PLACE = 0.5
SHIFTS_SHAKY = (0, 1, -1, 2, -2, 3, -3, 4, -4)
SHIFTS_REAL = (0, 1, -1, 2, -2, 3, -3)
SHIFT_COST_SHAKY = 0.3
SHIFT_COST_REAL = 3.0
_SKIP = {
    "level1": -0.2, "level2": -0.2, "level3": -5.0, "operator": -0.5,
    "target": -1.0, "adjusted": -0.1, "unit": -0.5, "actual": -1.0,
    "actual_unit": -0.5,
    "weight": -1.0, "score": -1.0, "reason": -0.05,
}  # fmt: skip
_SKIP_IGNORED = -0.1


@dataclass(frozen=True, slots=True)
class Alignment:
    """Cells with their roles, in order. ``shift`` is what was added to columns."""

    cells: tuple[tuple[Slot, str], ...]
    dropped: tuple[Slot, ...]
    shift: int
    score: float

    @property
    def realigned(self) -> bool:
        """Whether the row did not stand under its header."""
        return self.shift != 0 or bool(self.dropped)

    def first(self, role: str) -> Slot | None:
        """The first cell of a role."""
        return next((slot for slot, r in self.cells if r == role), None)

    def all(self, role: str) -> tuple[Slot, ...]:
        """All cells of a role, in order."""
        return tuple(slot for slot, r in self.cells if r == role)


def align(slots: tuple[Slot, ...], columns: Columns, *, shaky: bool) -> Alignment:
    """The best alignment of a row; ties go to the smaller shift."""
    if not columns.printed:
        return _align_shifted(slots, columns, None, shaky=shaky)
    shifts = SHIFTS_SHAKY if shaky else SHIFTS_REAL
    cost = SHIFT_COST_SHAKY if shaky else SHIFT_COST_REAL
    best: Alignment | None = None
    for shift in shifts:
        found = _align_shifted(slots, columns, shift, shaky=shaky)
        score = found.score - cost * abs(shift)
        if best is None or score > best.score + 1e-9:
            best = Alignment(found.cells, found.dropped, shift, score)
    assert best is not None
    return best


def _align_shifted(
    slots: tuple[Slot, ...], columns: Columns, shift: int | None, *, shaky: bool
) -> Alignment:
    order = columns.order
    rows, width = len(slots), len(order)
    best = [[float("-inf")] * (width + 1) for _ in range(rows + 1)]
    move: list[list[str]] = [[""] * (width + 1) for _ in range(rows + 1)]
    best[0][0] = 0.0
    contents = [content_of(slot.text) for slot in slots]
    points = [
        [
            _cell_points(slot, c, column, shift, shaky=shaky)
            + _column_points(slot, column, shift, shaky=shaky)
            for column in order
        ]
        for slot, c in zip(slots, contents, strict=True)
    ]
    for i in range(rows + 1):
        for j in range(width + 1):
            for name, value in _moves(i, j, best, points, contents, order):
                if value > best[i][j]:
                    best[i][j], move[i][j] = value, name
    return _trace(slots, order, move, best[rows][width], shift or 0)


def _moves(
    i: int,
    j: int,
    best: list[list[float]],
    points: list[list[float]],
    contents: list[Content],
    order: tuple[Column, ...],
) -> list[tuple[str, float]]:
    """Ways to have placed i cells with j roles used, best first on ties."""
    moves: list[tuple[str, float]] = []
    if i >= 2 and j >= 2 and (order[j - 2].role, order[j - 1].role) == PAIR:
        bonus = _pair_points(contents[i - 2], contents[i - 1])
        value = points[i - 2][j - 2] + points[i - 1][j - 1] + bonus
        moves.append(("pair", best[i - 2][j - 2] + value))
    if i and j:
        moves.append(("place", best[i - 1][j - 1] + points[i - 1][j - 1]))
    if j:
        skip = _SKIP.get(order[j - 1].role, _SKIP_IGNORED)
        moves.append(("skip", best[i][j - 1] + skip))
    if i:
        moves.append(("drop", best[i - 1][j] + DROP_CELL))
    return moves


PAIR = ("weight", "score")


def _trace(
    slots: tuple[Slot, ...],
    order: tuple[Column, ...],
    move: list[list[str]],
    score: float,
    shift: int,
) -> Alignment:
    cells: list[tuple[Slot, str]] = []
    dropped: list[Slot] = []
    i, j = len(slots), len(order)
    while i or j:
        name = move[i][j]
        if name == "skip":
            j -= 1
        elif name == "drop":
            i -= 1
            dropped.append(slots[i])
        else:
            for _ in range(2 if name == "pair" else 1):
                i, j = i - 1, j - 1
                cells.append((slots[i], order[j].role))
    return Alignment(tuple(reversed(cells)), tuple(reversed(dropped)), shift, score)


def _cell_points(
    slot: Slot, content: Content, column: Column, shift: int | None, *, shaky: bool
) -> float:
    """Points of the content; any short words exactly under a level label are a level."""
    points = fit(content, column.role)
    exact = not shaky and shift == 0 and slot.column == column.start
    other = content.level2 if column.role == "level1" else content.level1
    words = content.han and not content.digits and not content.status
    if exact and words and column.role in ("level1", "level2") and other < 2:
        return max(points, LEVEL_BY_PLACE)
    return points


def _column_points(
    slot: Slot, column: Column, shift: int | None, *, shaky: bool
) -> float:
    if shift is None:
        return 0.0
    start = slot.column + shift
    exact, inside, outside = (1.2, 0.8, -0.5) if shaky else (2.5, 2.0, -2.0)
    if start == column.start:
        return exact
    if column.start <= start < column.end or start <= column.start < start + slot.width:
        return inside
    return outside


def _pair_points(weight: Content, score: Content) -> float:
    """Two numbers side by side, the second at most the first: weight and score."""
    if weight.number is None or score.number is None:
        return 0.0
    return PAIR_BONUS if score.number <= weight.number else 0.0
