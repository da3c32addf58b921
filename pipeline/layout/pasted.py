"""Forms pasted from a word processor with one cell a line: rows again.

Nothing but the order of the cells is left, and empty cells are gone. Rows are
rebuilt from the labels and, in the indicator table, by the segmentation of the
cells into rows that fits their contents best. Where that is not clear, the
lines stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from pipeline.layout.align import fit
from pipeline.layout.column_roles import LEVELS
from pipeline.layout.columns import is_indicator_header, read_columns
from pipeline.layout.evidence import content_of, is_execution
from pipeline.layout.goal_labels import leads_outcome
from pipeline.layout.labels import has_role, roles_of
from pipeline.layout.lines import Line, Slot
from pipeline.layout.numbers import is_value

PASTED = -1
"""Table number of rebuilt rows; their places are those of the paragraphs."""

MIN_HEADER = 4
"""Labels one below the other that show an indicator header with one cell a line."""

MIN_FIT = 1.5
"""Points per cell that the rows must reach: pasted tables had 2.0 to 2.8, tables with
lost cells and two forms in one up to 1.3."""

CONTRADICTION = -2.0
"""A cell that fits its role so badly (a level name as a reason) shows that a cell
was broken over lines or lost."""

_GOAL = ("goal.adjusted", "goal.annual", "goal.generic", "goal.longterm", "goal.actual")
_FIRST_POINT = re.compile(r"\s*(?:1[.．、]|一、|[（(]?[一1][）)]|①|目标[1一])")


@dataclass(frozen=True, slots=True)
class _Header:
    start: int
    end: int
    line: Line


def rebuilt(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Runs of paragraphs that are a pasted form as rows, all else unchanged."""
    done: list[Line] = []
    for plain, group in groupby(lines, key=lambda line: line.table is None):
        run = list(group)
        done.extend(_rebuild(run) if plain else run)
    return tuple(done)


def _rebuild(run: list[Line]) -> list[Line]:
    """One form after the other; where one is not clear, its lines stay as they are."""
    done: list[Line] = []
    start, clear = 0, False
    while (header := _find_header(run, start)) is not None:
        rows, after = _indicator_rows(run, header)
        clear = bool(rows)
        if clear:
            done.extend(_labelled_rows(run[start : header.start]))
            done.extend((header.line, *rows))
        else:
            done.extend(run[start:after])
        start = after
    done.extend(_labelled_rows(run[start:]) if clear else run[start:])
    return done


def _find_header(run: list[Line], start: int) -> _Header | None:
    while start < len(run):
        end = start
        while end < len(run) and has_role(_text(run[end]), "ind."):
            end += 1
        if end - start >= MIN_HEADER:
            line = _row(run[start:end])
            if is_indicator_header(line):
                return _Header(start, end, line)
        start = max(end, start + 1)
    return None


def _text(line: Line) -> str:
    return line.slots[0].text


def _row(cells: Sequence[Line], columns: Sequence[int] | None = None) -> Line:
    places = columns or range(len(cells))
    slots = tuple(
        replace(cell.slots[0], column=column)
        for cell, column in zip(cells, places, strict=True)
    )
    return Line(slots, PASTED, True, cells[0].page)


def _labelled_rows(run: list[Line]) -> Iterator[Line]:
    """Label and value, fund rows, goal labels with the texts below them."""
    i = 0
    while i < len(run):
        text = _text(run[i])
        if has_role(text, "section.funds", "fund.", "fundrow.", "total", "rating"):
            end = _end_of_values(run, i)
        elif has_role(text, "header."):
            end = (
                i + 2 if i + 1 < len(run) and not roles_of(_text(run[i + 1])) else i + 1
            )
        elif has_role(text, *_GOAL):
            end, rows = _goal_rows(run, i)
            yield from rows
            i = end
            continue
        else:
            yield run[i]
            i += 1
            continue
        yield _row(run[i:end])
        i = end


def _end_of_values(run: list[Line], start: int) -> int:
    """Past the labels of a fund header, or past the values of a fund row."""
    end = start + 1
    if end < len(run) and is_value(_text(run[end])):
        while end < len(run) and is_value(_text(run[end])):
            end += 1
        return end
    if has_role(_text(run[start]), "rating") and end < len(run):
        return end + 1
    if end + 1 < len(run) and is_value(_text(run[end + 1])):
        return end  # 预算数 | 40 | 执行数 | 38 below a section label: pairs
    while end < len(run) and has_role(_text(run[end]), "fund."):
        end += 1
    return end


def _goal_rows(run: list[Line], start: int) -> tuple[int, list[Line]]:
    """The labels, then their texts: one each, or parted where numbering restarts."""
    end = start
    while end < len(run) and has_role(_text(run[end]), *_GOAL):
        end += 1
    labels = run[start:end]
    stop = end
    while stop < len(run) and not roles_of(_text(run[stop])):
        stop += 1
    texts = run[end:stop]
    # 年度总体目标 | 预期目标 | 实际完成情况: the last two are columns.
    columns = 2 if len(labels) > 1 else 1
    before = _text(run[start - 1]) if start else ""
    if has_role(before, "goal.taskcolumn", "fund.") or any(
        leads_outcome(_text(t)) for t in texts
    ):
        return stop, []  # a column of tasks, or goals and outcomes by turns
    if columns == 1:
        return stop, [_row([*labels, *texts[:1]]), *(_row([t]) for t in texts[1:])]
    cells = _cells(texts)
    if len(cells) != columns:
        return stop, []  # where one text ends and the next begins is not printed
    places = [len(labels) - 2, len(labels) - 1]
    return stop, [_row(labels), _row(cells, places)]


def _cells(texts: list[Line]) -> list[Line]:
    """Paragraphs of two cells put together, where the second starts with 1. too."""
    firsts = [i for i, t in enumerate(texts) if _FIRST_POINT.match(_text(t))]
    if len(texts) <= 2 or len(firsts) != 2 or firsts[0] != 0:
        return texts
    return [_joined(texts[: firsts[1]]), _joined(texts[firsts[1] :])]


def _joined(lines: list[Line]) -> Line:
    text = "\n".join(map(_text, lines))
    return replace(lines[0], slots=(replace(lines[0].slots[0], text=text),))


def _indicator_rows(run: list[Line], header: _Header) -> tuple[list[Line], int]:
    """The rows below the header, and where they end; none where it is not clear."""
    columns = read_columns(header.line).order
    roles = [c.role for c in columns]
    end = header.end
    while end < len(run) and not has_role(_text(run[end]), "total", "tail", "header."):
        end += 1
    cells = [line.slots[0] for line in run[header.end : end]]
    if "level3" not in roles or not {"weight", "score"} & set(roles) or not cells:
        return [], end
    starts = _segment(cells, roles)
    rows = []
    for (first, _), (after, shape) in pairwise([(0, ()), *starts]):
        lines = run[header.end + first : header.end + after]
        places = [columns[roles.index(r)].start for r in shape]
        if is_execution(lines[0].slots[0].text):
            places[0] = columns[0].start  # stands over all level columns
        rows.append(_row(lines, places))
    return rows, end


def _segment(cells: list[Slot], roles: list[str]) -> list[tuple[int, tuple[str, ...]]]:
    """Best (end, roles) of the rows in order; empty where no way is good enough."""
    contents = [content_of(cell.text) for cell in cells]
    shapes = _shapes(roles)
    best: list[tuple[float, int, tuple[str, ...]]] = [(0.0, 0, ())]
    for end in range(1, len(cells) + 1):
        options = [
            (
                best[end - len(shape)][0]
                + sum(
                    fit(c, r)
                    for c, r in zip(
                        contents[end - len(shape) : end], shape, strict=True
                    )
                ),
                end - len(shape),
                shape,
            )
            for shape in shapes
            if len(shape) <= end
        ]
        best.append(max(options, key=lambda o: o[0], default=(float("-inf"), 0, ())))
    if best[-1][0] < MIN_FIT * len(cells):
        return []
    rows: list[tuple[int, tuple[str, ...]]] = []
    at = len(cells)
    while at:
        _, before, shape = best[at]
        fits = [fit(c, r) for c, r in zip(contents[before:at], shape, strict=True)]
        if min(fits) <= CONTRADICTION and not is_execution(cells[before].text):
            return []
        rows.append((at, shape))
        at = before
    return rows[::-1]


def _shapes(roles: list[str]) -> list[tuple[str, ...]]:
    """Rows with and without level cells and a reason; the rest is always there."""
    fixed = [r for r in roles if r not in (*LEVELS[:2], "reason", "caption")]
    levels = [r for r in roles if r in LEVELS[:2]]
    reasons: list[tuple[str, ...]] = [(), ("reason",)] if "reason" in roles else [()]
    leads = [tuple(levels), tuple(levels[1:]), ()] if levels else [()]
    return [
        (*lead, *fixed, *reason) for lead in dict.fromkeys(leads) for reason in reasons
    ]
