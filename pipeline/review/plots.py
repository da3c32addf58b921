"""Geometry of the plots; templates/plots.html draws it as inline SVG.

All plots share one width so that text stays at its size. Labels of horizontal
bars stand on a line of their own above the bar: Chinese names of any length fit.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH = 440
_BAR = 14  # height of a horizontal bar
_FONT = 15  # of a full-width character where it is drawn largest (phones)
_LINE = 17
_COUNT = 44  # room for the figure at a bar's end
_COLUMNS_HEIGHT = 130


@dataclass(frozen=True, slots=True)
class Part:
    """A coloured piece of a bar. ``tone`` names its colour in the style sheet."""

    tone: str
    symbol: str
    label: str
    count: int
    x: float
    width: float
    share: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled horizontal bar of parts; ``label_lines`` is its label, wrapped."""

    label: str
    label_lines: tuple[str, ...]
    count: int
    y: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class BarPlot:
    """Horizontal bars under each other."""

    bars: tuple[Bar, ...]
    height: float
    bar_height: int = _BAR
    line_height: int = _LINE


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a histogram with its interval below."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Columns over intervals. ``missing`` values could not be counted."""

    columns: tuple[Column, ...]
    baseline: float
    height: float
    total: int
    missing: int


def stack(counts: Sequence[tuple[str, str, str, int]]) -> tuple[Part, ...]:
    """One full-width bar of (tone, symbol, label, count); nothing for no counts."""
    total = sum(count for *_, count in counts)
    return _parts(counts, WIDTH / total if total else 0, total)


def bars(
    rows: Iterable[tuple[str, Sequence[tuple[str, str, str, int]]]],
) -> BarPlot:
    """Bars of (label, parts), on a common scale, in the given order."""
    rows = list(rows)
    totals = [sum(count for *_, count in parts) for _, parts in rows]
    scale = (WIDTH - _COUNT) / max([1, *totals])
    plotted, y = [], 0.0
    for (label, parts), total in zip(rows, totals, strict=True):
        lines = wrap(label, WIDTH - _COUNT)
        y += len(lines) * _LINE
        plotted.append(Bar(label, lines, total, y, _parts(parts, scale, total)))
        y += _BAR + 10
    return BarPlot(tuple(plotted), y)


def histogram(
    values: Iterable[float],
    edges: Sequence[float],
    labels: Sequence[str],
    *,
    missing: int = 0,
) -> Histogram:
    """Counts of values below, between (lower edge included) and from the edges on.

    ``labels`` has one more entry than ``edges``, so that every value is counted.
    """
    counts = [0] * (len(edges) + 1)
    total = 0
    for value in values:
        counts[bisect_right(edges, value)] += 1
        total += 1
    return _columns(labels, counts, total=total, missing=missing)


def wrap(label: str, width: float) -> tuple[str, ...]:
    """A label in lines no wider than ``width``; at least one line."""
    lines, line, used = [], "", 0.0
    for ch in label:
        size = text_width(ch)
        if line and used + size > width:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + ch, used + size
    return (*lines, line) if line or not lines else tuple(lines)


def text_width(label: str) -> float:
    """An upper estimate of how wide a label is drawn, in the plot's units."""
    wide = sum(unicodedata.east_asian_width(ch) in "WFA" for ch in label)
    return _FONT * (wide + 0.62 * (len(label) - wide))


def _parts(
    counts: Sequence[tuple[str, str, str, int]], scale: float, total: int
) -> tuple[Part, ...]:
    parts, x = [], 0.0
    for tone, symbol, label, count in counts:
        if count:
            width = count * scale
            share = count / total
            parts.append(
                Part(tone, symbol, label, count, round(x, 2), round(width, 2), share)
            )
            x += width
    return tuple(parts)


def _columns(
    labels: Sequence[str], counts: Sequence[int], *, total: int, missing: int
) -> Histogram:
    top = 18.0  # room for the figure above the highest column
    step = WIDTH / len(labels)
    scale = _COLUMNS_HEIGHT / max([1, *counts])
    return Histogram(
        columns=tuple(
            Column(
                label=label,
                count=count,
                x=round(index * step + step * 0.12, 2),
                y=round(top + _COLUMNS_HEIGHT - count * scale, 2),
                width=round(step * 0.76, 2),
                height=round(count * scale, 2),
            )
            for index, (label, count) in enumerate(zip(labels, counts, strict=True))
        ),
        baseline=top + _COLUMNS_HEIGHT,
        height=top + _COLUMNS_HEIGHT + 40,
        total=total,
        missing=missing,
    )
