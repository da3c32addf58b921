"""Where a table of pairs says yes; numpy's own way there wraps each step twice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def places_of(table: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The rows and columns that are true, row by row."""
    rows, columns = table.nonzero()
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def indexes_of(line: NDArray[np.bool_]) -> list[int]:
    """The places in one row or column that are true, in order."""
    found: list[int] = line.nonzero()[0].tolist()
    return found
