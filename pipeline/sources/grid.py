"""Ruled lines of a page to grids of cells with spans.

collect → merge collinear → connected components are tables → cluster edges →
hull as outer border → union of places without a ruling between → rectangles.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.sources.limits import MAX_CELLS, MAX_RULINGS
from pipeline.sources.pdf_page import Ruling

EDGE = 3.0
"""Points within which edges are one: double rules and both sides of a border."""

GAP = 4.0
"""Points between pieces that make one line: dashes, dots, corners left open."""

SHORTEST = 5.0
"""Merged lines shorter than this are specks, and strokes of drawn characters."""

COVERED = 0.6
"""Share of a place's side that must be ruled to part it from its neighbour."""

HULL = 6.0
"""Points that lines must stick out for the hull to add a border there."""


FEWEST_BARS = 3
"""Lone uprights side by side from which on they are columns."""

TALLEST_MARK = 40.0
"""Points up to which lone uprights are marks of a drawing."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a grid: half-open rows and columns."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's edges in points and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    places: tuple[Place, ...]

    def find(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of a point; None outside."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        row = min(bisect_right(self.ys, y) - 1, len(self.ys) - 2)
        column = min(bisect_right(self.xs, x) - 1, len(self.xs) - 2)
        return row, column


def grids(rulings: list[Ruling]) -> list[Grid]:
    """The tables of a page, smallest first (so that inner tables win)."""
    if len(rulings) > MAX_RULINGS:
        return []
    both = (*_merged(rulings, horizontal=True), *_merged(rulings, horizontal=False))
    lines = [line for line in both if line.end - line.start >= SHORTEST]
    parts = _components(lines)
    found = [g for part in [*parts, *_bars(parts)] if (g := _grid(part)) is not None]
    return sorted(found, key=lambda g: (g.xs[-1] - g.xs[0]) * (g.ys[-1] - g.ys[0]))


def cluster(values: Iterable[float], tolerance: float = EDGE) -> list[float]:
    """Means of runs of values that lie within ``tolerance`` of the run's first."""
    means: list[float] = []
    run: list[float] = []
    for value in sorted(values):
        if run and value - run[0] > tolerance:
            means.append(sum(run) / len(run))
            run = []
        run.append(value)
    if run:
        means.append(sum(run) / len(run))
    return means


def nearest(edges: list[float] | tuple[float, ...], value: float) -> int:
    """Index of the edge closest to a value."""
    index = bisect_left(edges, value)
    if index == 0:
        return 0
    if index == len(edges):
        return index - 1
    return index - (value - edges[index - 1] <= edges[index] - value)


def _merged(rulings: list[Ruling], *, horizontal: bool) -> Iterator[Ruling]:
    mine = [r for r in rulings if r.horizontal == horizontal]
    edges = cluster(r.at for r in mine)
    by_edge: dict[int, list[Ruling]] = {}
    for ruling in mine:
        by_edge.setdefault(nearest(edges, ruling.at), []).append(ruling)
    for index, group in by_edge.items():
        group.sort(key=lambda r: r.start)
        at = edges[index]
        start, end = group[0].start, group[0].end
        for ruling in group:
            if ruling.start > end + GAP:
                yield Ruling(horizontal, at, start, end)
                start, end = ruling.start, ruling.end
            end = max(end, ruling.end)
        yield Ruling(horizontal, at, start, end)


def _components(lines: list[Ruling]) -> list[list[Ruling]]:
    """Groups of lines that cross or touch."""
    parents = list(range(len(lines)))
    uprights = sorted(
        (i for i, line in enumerate(lines) if not line.horizontal),
        key=lambda i: lines[i].at,
    )
    positions = [lines[i].at for i in uprights]
    for i, line in enumerate(lines):
        if not line.horizontal:
            continue
        first = bisect_left(positions, line.start - EDGE)
        last = bisect_right(positions, line.end + EDGE)
        for j in uprights[first:last]:
            if lines[j].start - EDGE <= line.at <= lines[j].end + EDGE:
                parents[_root(parents, i)] = _root(parents, j)
    groups: dict[int, list[Ruling]] = {}
    for i, line in enumerate(lines):
        groups.setdefault(_root(parents, i), []).append(line)
    return list(groups.values())


def _bars(parts: list[list[Ruling]]) -> Iterator[list[Ruling]]:
    """Uprights side by side without a level line, closed at both ends.

    Writers leave the page like this inside a row that is longer than a page.
    """
    lone = [part[0] for part in parts if len(part) == 1 and not part[0].horizontal]
    while lone:
        first = lone[0]
        group = [
            line
            for line in lone
            if abs(line.start - first.start) <= EDGE
            and abs(line.end - first.end) <= EDGE
        ]
        lone = [line for line in lone if line not in group]
        if len(group) >= FEWEST_BARS and first.end - first.start >= TALLEST_MARK:
            left, right = min(g.at for g in group), max(g.at for g in group)
            ends = [Ruling(True, y, left, right) for y in (first.start, first.end)]
            yield [*group, *ends]


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _grid(lines: list[Ruling]) -> Grid | None:
    """The grid of one component; None for a lone line or a frame of one cell."""
    rows = [line for line in lines if line.horizontal]
    columns = [line for line in lines if not line.horizontal]
    if not rows or not columns:
        return None
    xs = _edges(columns, rows)
    ys = _edges(rows, columns)
    height, width = len(ys) - 1, len(xs) - 1
    if height * width < 2 or height * width > MAX_CELLS:
        return None
    owners = _owners(xs, ys, rows, columns)
    places = _rectangles(owners, height, width)
    return _compact(xs, ys, places) if len(places) > 1 else None


def _edges(along: list[Ruling], across: list[Ruling]) -> list[float]:
    """Positions of the lines, and the hull where the others go on beyond them."""
    edges = cluster(line.at for line in along)
    start = min(line.start for line in across)
    end = max(line.end for line in across)
    if start < edges[0] - HULL:
        edges.insert(0, start)
    if end > edges[-1] + HULL:
        edges.append(end)
    return edges


def _owners(
    xs: list[float], ys: list[float], rows: list[Ruling], columns: list[Ruling]
) -> list[int]:
    """For each place (row by row) the number of the cell that it belongs to."""
    height, width = len(ys) - 1, len(xs) - 1
    parents = list(range(height * width))
    upright = _by_edge(xs, columns)
    level = _by_edge(ys, rows)
    for r in range(height):
        for c in range(width):
            here = _root(parents, r * width + c)
            if c + 1 < width and not _ruled(upright[c + 1], ys[r], ys[r + 1]):
                parents[_root(parents, r * width + c + 1)] = here
            if r + 1 < height and not _ruled(level[r + 1], xs[c], xs[c + 1]):
                parents[_root(parents, (r + 1) * width + c)] = _root(parents, here)
    return [_root(parents, i) for i in range(height * width)]


def _by_edge(edges: list[float], lines: list[Ruling]) -> list[list[Ruling]]:
    found: list[list[Ruling]] = [[] for _ in edges]
    for line in lines:
        found[nearest(edges, line.at)].append(line)
    return found


def _ruled(lines: list[Ruling], start: float, end: float) -> bool:
    covered = sum(
        max(0.0, min(line.end, end) - max(line.start, start)) for line in lines
    )
    return covered >= COVERED * (end - start)


def _rectangles(owners: list[int], height: int, width: int) -> list[Place]:
    """Rectangles in reading order; a group of another shape is cut into several."""
    taken = [False] * len(owners)
    places: list[Place] = []
    for r in range(height):
        for c in range(width):
            if taken[r * width + c]:
                continue
            owner = owners[r * width + c]
            right = c + 1
            while right < width and _free(owners, taken, r * width + right, owner):
                right += 1
            bottom = r + 1
            while bottom < height and all(
                _free(owners, taken, bottom * width + k, owner) for k in range(c, right)
            ):
                bottom += 1
            for k in range(r, bottom):
                taken[k * width + c : k * width + right] = [True] * (right - c)
            places.append(Place(r, c, bottom, right))
    return places


def _free(owners: list[int], taken: list[bool], index: int, owner: int) -> bool:
    return owners[index] == owner and not taken[index]


def _compact(xs: list[float], ys: list[float], places: list[Place]) -> Grid:
    """Without edges that no cell begins or ends at (underlines in a cell)."""
    rows = sorted({p.top for p in places} | {p.bottom for p in places})
    columns = sorted({p.left for p in places} | {p.right for p in places})
    row_of = {old: new for new, old in enumerate(rows)}
    column_of = {old: new for new, old in enumerate(columns)}
    return Grid(
        tuple(xs[c] for c in columns),
        tuple(ys[r] for r in rows),
        tuple(
            Place(
                row_of[p.top], column_of[p.left], row_of[p.bottom], column_of[p.right]
            )
            for p in places
        ),
    )
