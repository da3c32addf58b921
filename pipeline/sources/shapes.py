"""Drawn paths as the shapes that pdfminer would make of them, whoever read them."""

from __future__ import annotations

from typing import Any

from pdfminer.layout import LTCurve, LTLine, LTRect

Point = tuple[float, float]

Matrix = tuple[float, float, float, float, float, float]
"""A map of the plane, as PDF writes it."""


def times(first: Matrix, then: Matrix) -> Matrix:
    """Both maps, one after the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def shape_of(
    operators: str, points: list[Point], width: float, stroke: bool, fill: bool
) -> LTCurve:
    """A subpath as the shape that pdfminer would make of it.

    ``operators`` has a letter (m, l, c, h) per point; y grows upwards.
    """
    x0, x1 = min(p[0] for p in points), max(p[0] for p in points)
    y0, y1 = min(p[1] for p in points), max(p[1] for p in points)
    if operators in ("ml", "mlh"):
        return LTLine(width, points[0], points[1], stroke=stroke, fill=fill)
    corners = {(round(x, 2), round(y, 2)) for x, y in points}
    square = len(corners) == 4 and all(
        min(abs(x - x0), abs(x - x1)) < 0.05 and min(abs(y - y0), abs(y - y1)) < 0.05
        for x, y in points
    )
    if square and set(operators) <= set("mlh"):
        return LTRect(width, (x0, y0, x1, y1), stroke=stroke, fill=fill)
    path: list[Any] = [(op, p) for op, p in zip(operators, points, strict=True)]
    return LTCurve(width, points, stroke=stroke, fill=fill, original_path=path)
