"""A form laid out as an abstract grid: rows of cells with spans.

All renderers draw the same grid, so one form gives one record in any format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.generator.layouts import Layout
from corpus.generator.spec import FormSpec, clean, paragraphs
from pipeline.core.form import FundRow, IndicatorRow

#: Operator, number and unit of a target that has its own column for each.
TARGET_PARTS = re.compile(r"(定性|≥|≤|=|＝|＞|＜|>|<|≧)?(\d[\d.,]*)?(.*)", re.DOTALL)
#: Where a goal cell written as one paragraph counts its items.
ITEM_START = re.compile(r"(?<=[；。])\s*(?=\d+[.、])")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell. ``raw`` is how a dump prints it when that differs (tags)."""

    text: str
    row_span: int = 1
    col_span: int = 1
    bold: bool = False
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class FormGrid:
    """A printed form: title, lines beneath it, and rows over ``width`` columns.

    As in HTML, a row lists only the cells that begin in it.
    ``indicators_at`` is the row of the indicator header.
    """

    title: str
    lines: tuple[str, ...]
    width: int
    rows: tuple[tuple[GridCell, ...], ...]
    indicators_at: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A grid cell with the row and column of its top left corner."""

    row: int
    column: int
    cell: GridCell


def place(rows: Iterable[tuple[GridCell, ...]]) -> Iterator[Placed]:
    """Resolve spans: every cell with its place, in reading order."""
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while (r, column) in taken:
                column += 1
            yield Placed(r, column, cell)
            taken.update(
                (r + i, column + j)
                for i in range(cell.row_span)
                for j in range(cell.col_span)
            )
            column += cell.col_span


def text_cell(text: str | None, *, col_span: int = 1, row_span: int = 1) -> GridCell:
    """A cell of running text, which a dump prints with its raw tags."""
    return GridCell(
        clean(text) or "", row_span=row_span, col_span=col_span, raw=text or ""
    )


def target_parts(text: str | None) -> tuple[str, str, str]:
    """A target split into operator, value and unit; joined it is the text."""
    text = text or ""
    match = TARGET_PARTS.fullmatch(text)
    if match is None or (not match[1] and not match[2]):
        return "", text, ""
    operator, value, rest = match[1] or "", match[2], match[3]
    if value is None:
        return operator, rest, ""
    # A range or a second number cannot be split over the three columns.
    if re.search(r"\d", rest):
        return operator, value + rest, ""
    return operator, value, rest


def goal_items(spec: FormSpec) -> tuple[tuple[str, str], ...]:
    """Goal items beside their outcomes; empty unless both have as many."""
    sides = []
    for text in (spec.goal_text, spec.outcome_text):
        pieces = paragraphs(text)
        if len(pieces) == 1:
            pieces = tuple(ITEM_START.split(pieces[0]))
        sides.append(pieces)
    goals, outcomes = sides
    if len(goals) < 2 or len(goals) != len(outcomes):
        return ()
    return tuple(zip(goals, outcomes, strict=True))


def column_count(layout: Layout) -> int:
    return len(layout.columns) + bool(layout.indicator_caption)


def header_rows(spec: FormSpec, layout: Layout) -> list[tuple[GridCell, ...]]:
    width = column_count(layout)
    left = (width - 2) // 2 - 1
    return [
        (
            GridCell(layout.project_label),
            GridCell(spec.project_name, col_span=width - 1),
        ),
        (
            GridCell(layout.department_label),
            GridCell(layout.department_code + spec.department, col_span=left),
            GridCell(layout.unit_label),
            GridCell(spec.unit, col_span=width - left - 2),
        ),
    ]


def fund_value(fund: FundRow, field: str, layout: Layout) -> str:
    value: str | None = getattr(fund, field)
    return layout.placeholder if value is None else value


def fund_rows(spec: FormSpec, layout: Layout) -> list[tuple[GridCell, ...]]:
    """The funds block: its label merged down the left, then label and values."""
    label_span = column_count(layout) - 1 - len(layout.fund_columns)
    label = layout.funds_label.format(currency=spec.currency_unit)
    header = (
        GridCell(label, row_span=len(spec.funds) + 1),
        GridCell("", col_span=label_span),
        *(GridCell(text) for _, text in layout.fund_columns),
    )
    rows = [header]
    for fund in spec.funds:
        values = (fund_value(fund, f, layout) for f, _ in layout.fund_columns)
        rows.append(
            (GridCell(fund.label, col_span=label_span), *(GridCell(v) for v in values))
        )
    return rows


def goal_rows(spec: FormSpec, layout: Layout) -> list[tuple[GridCell, ...]]:
    """The goal and outcome cells in the layout's style."""
    width = column_count(layout)
    if layout.goal_style == "below":
        return [
            (
                GridCell(layout.goal_label),
                text_cell(spec.goal_text, col_span=width - 1),
            ),
            (
                GridCell(layout.outcome_label),
                text_cell(spec.outcome_text, col_span=width - 1),
            ),
        ]
    items = goal_items(spec) if layout.goal_style == "rows" else ()
    pairs = items or ((spec.goal_text, spec.outcome_text),)
    left = (width - 1) // 2
    right = width - 1 - left
    rows: list[tuple[GridCell, ...]] = [
        (
            GridCell(layout.goal_section, row_span=len(pairs) + 1),
            GridCell(layout.goal_label, col_span=left),
            GridCell(layout.outcome_label, col_span=right),
        )
    ]
    rows.extend(
        (text_cell(goal, col_span=left), text_cell(outcome, col_span=right))
        for goal, outcome in pairs
    )
    return rows


def indicator_value(row: IndicatorRow, role: str, prior: str) -> str:
    if role == "prior":
        return prior
    if role in ("operator", "value", "measure"):
        parts = target_parts(row.target_text)
        return parts[("operator", "value", "measure").index(role)]
    value: str | None = getattr(row, role)
    return value or ""


def run_length(values: list[tuple[str | None, ...]], start: int) -> int:
    """How many equal values follow each other from ``start``."""
    end = start
    while end < len(values) and values[end] == values[start]:
        end += 1
    return end - start


def execution_line(spec: FormSpec, layout: Layout) -> tuple[GridCell, ...]:
    """The budget execution as a line of the indicator table."""
    fund = spec.funds[0]
    values = {
        "target_text": "100%",
        "actual_text": f"{fund.execution_rate}%",
        "weight": fund.weight or "",
        "score": fund.score or "",
    }
    return (
        GridCell("预算执行率", col_span=3),
        *(GridCell(values.get(role, "")) for role, _ in layout.columns[3:]),
    )


def indicator_rows(spec: FormSpec, layout: Layout) -> list[tuple[GridCell, ...]]:
    """Indicator header and rows, levels merged over what they hold for."""
    rows = [tuple(GridCell(label) for _, label in layout.columns)]
    if layout.execution_row and spec.funds:
        rows.append(execution_line(spec, layout))
    level1: list[tuple[str | None, ...]] = [(r.level1,) for r in spec.indicators]
    level2: list[tuple[str | None, ...]] = [
        (r.level1, r.level2) for r in spec.indicators
    ]
    for i, row in enumerate(spec.indicators):
        cells = []
        if i == 0 or level1[i] != level1[i - 1]:
            cells.append(GridCell(row.level1 or "", row_span=run_length(level1, i)))
        if i == 0 or level2[i] != level2[i - 1]:
            cells.append(GridCell(row.level2 or "", row_span=run_length(level2, i)))
        cells.extend(
            GridCell(indicator_value(row, role, "/")) for role, _ in layout.columns[2:]
        )
        rows.append(tuple(cells))
    if layout.filler:
        blanks = (GridCell("") for _ in layout.columns[3:])
        rows.append((GridCell(""), GridCell(""), GridCell("……"), *blanks))
    if layout.indicator_caption:
        caption = GridCell(layout.indicator_caption, row_span=len(rows))
        rows[0] = (caption, *rows[0])
    return rows


def closing_rows(spec: FormSpec, layout: Layout) -> list[tuple[GridCell, ...]]:
    """The total and the rating."""
    width = column_count(layout)
    roles = [""] * bool(layout.indicator_caption) + [r for r, _ in layout.columns]
    values = {"score": spec.total_score}
    if layout.prints_total_weight:
        values["weight"] = spec.total_weight
    first = min(roles.index(role) for role in values)
    rows: list[tuple[GridCell, ...]] = [
        (
            GridCell(layout.total_label, col_span=first, bold=True),
            *(GridCell(values.get(role, "")) for role in roles[first:]),
        )
    ]
    if layout.rating_label:
        rows.append(
            (
                GridCell(layout.rating_label, col_span=2, bold=True),
                GridCell(spec.rating, col_span=width - 2),
            )
        )
    return rows


def lay_out(spec: FormSpec, layout: Layout, *, with_goal: bool = True) -> FormGrid:
    """The grid of a form. Without the goal block if ``with_goal`` is False."""
    upper = header_rows(spec, layout) + fund_rows(spec, layout)
    if with_goal:
        upper += goal_rows(spec, layout)
    names = {"year": spec.year, "currency": spec.currency_unit}
    lines = (layout.year_line.format(**names), layout.unit_line.format(**names))
    return FormGrid(
        title=layout.title.format(**names),
        lines=tuple(line for line in lines if line),
        width=column_count(layout),
        rows=(
            *upper,
            *indicator_rows(spec, layout),
            *closing_rows(spec, layout),
        ),
        indicators_at=len(upper),
    )
