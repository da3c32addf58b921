r"""Tables written with pipes behind the cells: ``a | b |``, merged ones as ``|||``.

Programs that save the text of web pages write them so. Each row is padded to the
width of the table or is a line; or the rows are lost, and each empty cell breaks the
line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

EMPTY_CELL = "\x00"
"""The line of a cell that is empty, where each line is a cell."""

FEWEST = 3
"""Lines that end with a pipe and do not begin with one: no Markdown does that."""

MOSTLY = 0.8
"""Share of the lines that make rows of one width, where rows are padded."""

_ENDS = re.compile(r"(?<!\\)\|\s*$")


def with_whole_pipes(lines: Sequence[str]) -> list[str]:
    """Rows in the notation with outer pipes; cells without rows as lines of their own."""
    done: list[str] = []
    for block, piped in _blocks(lines):
        if not piped:
            done.extend(block)
        else:
            done.extend(_padded(block) or _plain(block) or _cells(block))
    return done


def _blocks(lines: Sequence[str]) -> Iterator[tuple[list[str], bool]]:
    """Runs of lines with pipes at their ends, and of all other lines."""
    run: list[str] = []
    piped = False
    for line in lines:
        ends = _ENDS.search(line) is not None or (piped and " | " in line)
        if run and ends != piped:
            yield run, piped and _is_loose(run)
            run = []
        piped = ends
        run.append(line)
    if run:
        yield run, piped and _is_loose(run)


def _is_loose(run: list[str]) -> bool:
    open_ones = sum(not line.lstrip().startswith("|") for line in run)
    return open_ones >= FEWEST or any(line.strip() == "|" for line in run)


def _plain(run: list[str]) -> list[str] | None:
    """Lines as rows, where no empty cell broke one and most hold several cells.

    The empty cells of a title over all columns may be lines below it.
    """
    body = next((i for i, line in enumerate(run) if line.count("|") > 1), 0)
    run = [line for i, line in enumerate(run) if i >= body or line.strip() != "|"]
    if any(line.lstrip().startswith("|") for line in run):
        return None
    several = sum(line.count("|") > 1 for line in run)
    return ["|" + _row([x]) for x in run] if several >= MOSTLY * len(run) else None


def _padded(run: list[str]) -> list[str] | None:
    """Rows that are padded to one width, cells with line breaks put together."""
    if sum("||" in "".join(line.split()) for line in run) < FEWEST:
        return None
    counts = [line.count("|") for line in run]
    widest = max(counts)
    ways = [_grouped(counts, width) for width in range(widest, 2 * widest + 1)]
    groups, share = max(ways, key=lambda way: way[1])
    if len(groups) < FEWEST or share < MOSTLY:
        return None
    return ["|" + _row(run[start:end]) for start, end in groups]


def _grouped(counts: list[int], width: int) -> tuple[list[tuple[int, int]], float]:
    """Lines put together up to a width, and the share of rows that have just that."""
    groups: list[tuple[int, int]] = []
    start = wide = whole = 0
    for i, count in enumerate(counts):
        if wide and wide + count > width:
            groups.append((start, i))
            start, wide = i, 0
        wide += count
        if wide == width:
            groups.append((start, i + 1))
            start, wide, whole = i + 1, 0, whole + 1
    if start < len(counts):
        groups.append((start, len(counts)))
    return groups, whole / len(groups)


def _row(group: list[str]) -> str:
    text = "".join(line.strip() for line in group)
    return text if text.endswith("|") else text + "|"


def _cells(run: list[str]) -> list[str]:
    """Every cell as a line; the last pipe ends the last cell."""
    text = "\n".join(run).strip()
    text = text.removesuffix("|") if _ENDS.search(text) else text
    cells = [" ".join(c.split()) for c in re.split(r"(?<!\\)\|", text)]
    return [cell or EMPTY_CELL for cell in cells]
