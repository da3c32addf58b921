r"""Tables written with pipes behind the cells: ``a | b |``, merged ones as ``|||``.

Programs that save the text of web pages write them so. Each row is padded to the
width of the table or is a line; or the rows are lost, and each empty cell breaks the
line. Some write each further cell, indented, on a line of its own.
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

MOST_BROKEN = 4
"""Lines of a cell with line breaks that hold no pipe."""

FEWEST_INDENTED = 6
"""Lines with a pipe behind an indent, where each cell has a line."""

PART = 12
"""Characters of a line of a narrow cell with line breaks."""

_CAPTION = re.compile(r"[表书告件:：)）]\s*$|^\s*(?:附|注|[(（])|20\d\d")
_ENDS = re.compile(r"(?<!\\)\|\s*$")
_BEGINS = re.compile(r"\s*\|")
_INDENTED = re.compile(r"[ \u3000]{4,}\S")
_INDENTED_PIPE = re.compile(r"[ \u3000]{4,}\|")


def with_whole_pipes(lines: Sequence[str]) -> list[str]:
    """Rows in the notation with outer pipes; cells without rows as lines of their own."""
    done: list[str] = []
    for block, piped in _blocks(_with_whole_cells(_unindented(lines))):
        if not piped:
            done.extend(block)
        else:
            done.extend(_padded(block) or _plain(block) or _cells(block))
    return done


def _unindented(lines: Sequence[str]) -> list[str]:
    """Rows as lines, where each further cell and each line of one is indented."""
    if sum(_INDENTED_PIPE.match(x) is not None for x in lines) < FEWEST_INDENTED:
        return list(lines)
    done: list[str] = []
    for i, line in enumerate(lines):
        deep = _INDENTED.match(line) is not None
        if deep and done and _is_of_row(lines, i):
            between = " " if _INDENTED_PIPE.match(line) else ""
            done[-1] = done[-1].rstrip() + between + line.strip()
        else:
            done.append(line)
    return done


def _is_of_row(lines: Sequence[str], at: int) -> bool:
    """Whether a pipe stands at, or a few lines below, an indented line."""
    for line in lines[at : at + MOST_BROKEN]:
        if _INDENTED_PIPE.match(line):
            return True
        if not _INDENTED.match(line):
            return False
    return False


def _with_whole_cells(lines: Sequence[str]) -> list[str]:
    """Lines without pipes put to the cell that they are of: ``a |``, ``b``, ``| c |``."""
    done: list[str] = []
    i = 0
    while i < len(lines):
        last = done[-1] if done else ""
        end = i
        while end < len(lines) and end - i <= MOST_BROKEN and "|" not in lines[end]:
            end += 1
        broken = lines[i:end]
        if not (
            broken
            and len(broken) <= MOST_BROKEN
            and end < len(lines)
            and all(line.strip() for line in broken)
            and "|" in last
            and not _BEGINS.match(last)
        ):
            done.append(lines[i])
            i += 1
        elif _ENDS.search(last) is None and _ENDS.search(lines[end]):
            done[-1] = "<br>".join((last, *broken, lines[end]))
            i = end + 1
        elif _opens(lines[end]) and _ENDS.search(last) and _are_parts(broken):
            done.append("<br>".join(broken) + lines[end].lstrip())
            i = end + 1
        elif _is_cell(last) and _is_cell(lines[end]) and _are_parts(broken):
            done.append("".join((*map(str.strip, broken), lines[end].strip())))
            i = end + 1
        else:
            done.append(lines[i])
            i += 1
    return done


def _is_cell(line: str) -> bool:
    """A line that is one cell, its pipe behind it."""
    return line.count("|") == 1 and _ENDS.search(line) is not None


def _are_parts(lines: Sequence[str]) -> bool:
    """Short lines that are no caption of the next table."""
    return all(len(x.strip()) <= PART and not _CAPTION.search(x) for x in lines)


def _opens(line: str) -> bool:
    """A line that goes on with a row: a pipe first, and more than empty cells."""
    return _BEGINS.match(line) is not None and line.strip(" |\t") != ""


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
    """Lines as rows, where most hold several cells and few were broken.

    The empty cells of a title over all columns may be lines below it; an empty cell
    further down may have broken its row.
    """
    body = next((i for i, line in enumerate(run) if line.count("|") > 1), 0)
    run = [line for i, line in enumerate(run) if i >= body or line.strip() != "|"]
    rows: list[list[str]] = []
    for line in run:
        if rows and _BEGINS.match(line):
            rows[-1].append(line)
        else:
            rows.append([line])
    several = sum(sum(x.count("|") for x in row) > 1 for row in rows)
    broken = len(run) - len(rows)
    if several < MOSTLY * len(rows) or broken > (1 - MOSTLY) * len(rows):
        return None
    return None if _BEGINS.match(run[0]) else ["|" + _row(row) for row in rows]


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
