"""Where a point of the flattened page was on the page as displayed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.core.provenance import BBox

Matrix = NDArray[np.float64]
"""A projective map of the plane, 3 by 3."""

Points = NDArray[np.float64]


def moved(points: Points, matrix: Matrix) -> Points:
    """Points of any shape (…, 2) through a map."""
    x, y = points[..., 0], points[..., 1]
    a, b, c = (row[0] * x + row[1] * y + row[2] for row in matrix)
    return np.stack([a / c, b / c], axis=-1)


def scaling(across: float, down: float) -> Matrix:
    """A map that stretches."""
    return np.diag([across, down, 1.0])


def shift(dx: float, dy: float) -> Matrix:
    """A map that moves."""
    return np.array([[1.0, 0.0, dx], [0.0, 1.0, dy], [0.0, 0.0, 1.0]])


def rotation(radians: float) -> Matrix:
    """A turn about the origin, clockwise as seen (y grows downwards)."""
    sine, cosine = np.sin(radians), np.cos(radians)
    return np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, 1.0]])


def framed(matrix: Matrix, width: float, height: float) -> tuple[Matrix, int, int]:
    """The map with its result moved into view, and the size of that view."""
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=float)
    ends = moved(corners, matrix)
    low, high = ends.min(axis=0), ends.max(axis=0)
    size = np.ceil(high - low).astype(int)
    return shift(-low[0], -low[1]) @ matrix, int(size[0]), int(size[1])


@dataclass(frozen=True, slots=True)
class Placement:
    """From the points of a page's content to the page as displayed.

    ``matrix`` holds the nine numbers of the map row by row; the result lies within
    ``width`` and ``height``.
    """

    matrix: tuple[float, ...]
    width: float
    height: float

    def place(self, box: BBox) -> BBox:
        """The upright hull of a box, where it was before rotation and flattening."""
        corners = np.array(
            [[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]]
        )
        ends = moved(corners, np.array(self.matrix).reshape(3, 3))
        low, high = ends.min(axis=0), ends.max(axis=0)
        return BBox(
            min(max(float(low[0]), 0.0), self.width),
            min(max(float(low[1]), 0.0), self.height),
            max(min(float(high[0]), self.width), 0.0),
            max(min(float(high[1]), self.height), 0.0),
        )


def placement(matrix: Matrix, width: float, height: float) -> Placement:
    """A Placement of a map (rounded, so that a stored one is the same)."""
    values = tuple(float(f"{v:.9g}") for v in (matrix / matrix[2, 2]).ravel())
    return Placement(values, width, height)
