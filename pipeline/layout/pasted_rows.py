"""The cells below an indicator header → rows, where nothing parts the rows.

The best way through (cells × columns): a cell stands under the next column of its
row, or begins the next row. Which is better is told by what the cells hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.layout.column_roles import IGNORED, LEVELS
from pipeline.layout.evidence import Content, content_of, is_execution
from pipeline.layout.fit import fit
from pipeline.layout.labels import roles_of

MIN_FIT = 1.5
"""Points per cell that the rows must reach: pasted tables had 2.0 to 2.8, tables with
lost cells and two forms in one up to 1.3."""

CONTRADICTION = -2.0
"""A cell that fits its role so badly (a level name as a reason) shows that a cell
was broken over lines or lost."""

NEVER = float("-inf")
CUT = -1.0
"""For each cell of a last row that breaks off."""

JOINED = -1.0
"""For a word that goes on with the cell before it."""

MORE_THAN_ALL = -3.0
"""For a score above its weight."""

BARE_LEVEL = -0.5
"""For the name of a level below which no row is filled in."""

BARE_NAME = -1.5
"""For an indicator that has its line for itself."""

IN_THE_LINE = -2.0
"""For a cell within a row with which a line begins."""

NO_VALUE = -4.0
"""For the name of a level in the place of a value."""

NO_LEVEL2 = -1.0
"""For a level 1 with nothing between it and the name: 成本指标 may be either level."""

LINE_START = 1.0
"""For a row that begins where a line begins."""

_HEADER_ROLES = frozenset(("ind.caption", "ind.level1", "ind.level2", "ind.target"))
_JOINABLE = frozenset(("level3", "target", "actual", "reason"))
_FREE = frozenset((*LEVELS[:2], "reason", "caption"))
# What an empty cell, of which nothing is left, costs.
_LOST = {
    "level3": -6.0, "target": -3.0, "actual": -3.0, "weight": -4.0, "score": -4.0,
    "operator": -1.0, "unit": -1.0, "actual_unit": -1.0, "adjusted": -0.2,
}  # fmt: skip
_LOST_IGNORED = -0.3
_EMPTY = {
    "level1": -6.0, "level2": -6.0, "level3": -6.0, "target": -0.5, "actual": -0.5,
    "weight": -0.3, "score": -0.3, "reason": 0.3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """Cells [start, end) that are one cell of a row, under a role."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows in order; ``end`` is the first cell of none (a row that breaks off)."""

    rows: tuple[tuple[Placed, ...], ...]
    end: int


@dataclass(frozen=True, slots=True)
class _Step:
    """The best way to a cell under a role: its points and the cell before it."""

    points: float
    role: int
    move: str  # next, row or join


def find_rows(
    texts: Sequence[str],
    roles: Sequence[str],
    *,
    lenient: bool = False,
    starts: frozenset[int] = frozenset(),
) -> Rows | None:
    """The rows of the cells; None where no way through is good enough.

    ``lenient``: empty cells may be gone and cells may have been parted at spaces;
    ``starts`` are the cells with which a printed line begins.
    """
    kept = [r for r in roles if r != "caption"]
    if not texts or "level3" not in kept:
        return None
    search = _Search(tuple(texts), tuple(kept), lenient, starts)
    return search.found()


class _Search:
    """Best ways to each (cell, role), cell after cell."""

    def __init__(
        self,
        texts: tuple[str, ...],
        roles: tuple[str, ...],
        lenient: bool,
        starts: frozenset[int],
    ) -> None:
        self.texts, self.roles = texts, roles
        self.lenient, self.starts = lenient, starts
        # 指标类别 | 指标名称: the one column of levels holds 数量 or 产出指标.
        self.of_any_level = len({*LEVELS[:2]} & {*roles}) == 1
        self.contents = [content_of(t) for t in texts]
        lost = [self._lost(role) for role in roles]
        self.before = [_total(lost[:j]) for j in range(len(roles))]
        self.after = [_total(lost[j + 1 :]) for j in range(len(roles))]
        self.between = [
            [_total(lost[k + 1 : j]) for j in range(len(roles))]
            for k in range(len(roles))
        ]
        self.best: list[list[_Step]] = []
        for i in range(len(texts)):
            self.best.append([self._step(i, j) for j in range(len(roles))])

    def _lost(self, role: str) -> float:
        if role in _FREE:
            return 0.0
        if not self.lenient:
            return NEVER
        return _LOST_IGNORED if role in IGNORED else _LOST.get(role, -1.0)

    def _fit(self, i: int, role: str) -> float:
        if not self.texts[i]:
            return _EMPTY.get(role, 0.0)
        content = self.contents[i]
        if role not in LEVELS and max(content.level1, content.level2):
            return NO_VALUE
        if role in LEVELS[:2] and self.of_any_level:
            return max(fit(content, level) for level in LEVELS[:2])
        return fit(content, role)

    def _step(self, i: int, j: int) -> _Step:
        points = self._fit(i, self.roles[j])
        ways = [(way[0] + points, way[1], way[2]) for way in self._ways(i, j)]
        if self.lenient and i and self.roles[j] in _JOINABLE and self._goes_on(i):
            ways.append((self.best[i - 1][j].points + JOINED, j, "join"))
        return max((_Step(*way) for way in ways), key=lambda s: s.points)

    def _ways(self, i: int, j: int) -> Iterator[tuple[float, int, str]]:
        lead = self.before[j] if self.roles[j] in LEVELS else NEVER
        if self.starts:
            lead += LINE_START if i in self.starts else -LINE_START
        if not i:
            yield lead, -1, "row"
            return
        for k, step in enumerate(self.best[i - 1]):
            yield step.points + self._rest(i, k) + lead, k, "row"
            if k < j:
                pair = self._pair(i, j) if k == j - 1 else 0.0
                if i in self.starts:
                    pair += IN_THE_LINE
                parents = self.roles[k], self.roles[j]
                if parents == ("level1", "level3") and not self.of_any_level:
                    pair += NO_LEVEL2
                yield step.points + self.between[k][j] + pair, k, "next"

    def _rest(self, i: int, k: int) -> float:
        """The cost of ending a row at a role with the cell before ``i``."""
        content = self.contents[i - 1]
        if self.roles[k] in LEVELS[:2] and max(content.level1, content.level2):
            return max(self.after[k], BARE_LEVEL)
        alone = i in self.starts and i - 1 in self.starts
        if alone and self.roles[k] == "level3":
            return max(self.after[k], BARE_NAME)
        return self.after[k]

    def _pair(self, i: int, j: int) -> float:
        """A score at most its weight, where one follows the other."""
        if (self.roles[j - 1], self.roles[j]) != ("weight", "score"):
            return 0.0
        weight, score = self.contents[i - 1].number, self.contents[i].number
        over = weight is not None and score is not None and score > weight
        return MORE_THAN_ALL if over else 0.0

    def _goes_on(self, i: int) -> bool:
        """Whether a word may belong to the cell before it."""
        if i in self.starts:
            return False
        return _is_words(self.contents[i - 1]) and _is_words(self.contents[i])

    def found(self) -> Rows | None:
        count = len(self.texts)
        ends = [
            (step.points + self.after[j] + CUT * (count - 1 - i), i, j)
            for i in range(max(0, count - len(self.roles)), count)
            for j, step in enumerate(self.best[i])
        ]
        points, last, role = max(ends, key=lambda end: (end[0], end[1]))
        solid = sum(bool(t) for t in self.texts[: last + 1])
        if points < MIN_FIT * solid:
            return None
        rows = self._trace(last, role)
        if any(self._contradicts(p, row) for row in rows for p in row):
            return None
        if any(self._mixed(rows, role) for role in ("weight", "score")):
            return None
        return Rows(tuple(rows), last + 1)

    def _mixed(self, rows: Sequence[Sequence[Placed]], role: str) -> bool:
        """95% among points without a sign: a value that slipped into their column."""
        texts = [
            self.texts[p.start]
            for row in rows
            for p in row
            if p.role == role and not is_execution(self.texts[row[0].start])
        ]
        return (
            len({"%" in t or "％" in t for t in texts if any(map(str.isdigit, t))}) > 1
        )

    def _contradicts(self, placed: Placed, row: Sequence[Placed]) -> bool:
        text = self.texts[placed.start]
        if not text or is_execution(self.texts[row[0].start]):
            return False
        content = self.contents[placed.start]
        level = max(content.level1, content.level2)
        if placed.role not in LEVELS[:2] and (level or is_column_label(text)):
            if placed.role != "level3" or is_column_label(text):
                return True  # 社会效益 is no value
            # 预算管理 may be an indicator too, but not below what is no level.
            above = [p for p in row if p.role in LEVELS[:2]]
            return any(self._fit(p.start, p.role) < 0 for p in above)
        return self._fit(placed.start, placed.role) <= CONTRADICTION

    def _trace(self, i: int, j: int) -> list[tuple[Placed, ...]]:
        rows: list[tuple[Placed, ...]] = []
        row: list[Placed] = []
        end = i + 1
        while i >= 0:
            step = self.best[i][j]
            if step.move != "join":
                row.append(Placed(i, end, self.roles[j]))
                end = i
            if step.move == "row":
                rows.append(tuple(reversed(row)))
                row = []
            i, j = i - 1, step.role
        return rows[::-1]


def is_column_label(text: str) -> bool:
    """Whether a cell is a label of the header itself, which no row holds."""
    return bool(roles_of(text) & _HEADER_ROLES)


def _is_words(content: Content) -> bool:
    return content.han and content.number is None and not content.operator


def _total(costs: Sequence[float]) -> float:
    return sum(costs) if costs else 0.0
