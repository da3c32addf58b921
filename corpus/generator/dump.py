"""The standard form as a bad flattening leaves it: a text dump with faults.

Every fault is one that public text dumps of such forms show: labels stand
one column left of their values, the goal cell stands twice and before its
header, the indicator header lost its last label and stands two columns too
far right, and single rows lost their leading blanks.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.generator.grid import fund_value
from corpus.generator.layouts import Layout
from corpus.generator.spec import FormSpec
from pipeline.core.form import IndicatorRow

WIDTH = 9


def padded(*cells: str) -> list[str]:
    """A row filled with blanks up to the width."""
    return [*cells, *[""] * (WIDTH - len(cells))]


def fund_lines(spec: FormSpec, layout: Layout) -> Iterator[list[str]]:
    label = layout.funds_label.format(currency=spec.currency_unit).replace("\n", " ")
    yield padded(label, "", *(text for _, text in layout.fund_columns))
    for fund in spec.funds:
        values = (fund_value(fund, f, layout) for f, _ in layout.fund_columns)
        yield padded("", "", fund.label, *values)


def lost_blank(rows: tuple[IndicatorRow, ...], index: int) -> bool:
    """Whether a row lost its first blank.

    So does the last row of a long level-2 run, and the row that begins the
    third level-2 run under one level 1.
    """
    row = rows[index]
    same = [r for r in rows if (r.level1, r.level2) == (row.level1, row.level2)]
    if len(same) > 2 and row is same[-1]:
        return True
    runs = list(dict.fromkeys(r.level2 for r in rows if r.level1 == row.level1))
    return len(runs) > 2 and row.level2 == runs[2] and row is same[0]


def indicator_lines(spec: FormSpec) -> Iterator[list[str]]:
    rows = spec.indicators
    for i, row in enumerate(rows):
        above = rows[i - 1] if i else None
        new1 = above is None or above.level1 != row.level1
        new2 = new1 or above is None or above.level2 != row.level2
        cells = [
            (row.level1 or "") if new1 else "",
            (row.level2 or "") if new2 else "",
            row.name or "",
            row.target_text or "",
            row.actual_text or "",
            row.weight or "",
            row.score or "",
            row.deviation or "",
        ]
        if not new1 and lost_blank(rows, i):
            cells = cells[1:]
        yield padded(*cells)


def dump_lines(spec: FormSpec, layout: Layout) -> Iterator[list[str]]:
    """The faulty rows of a form, nine fields each."""
    goal = dump_text(spec.goal_text)
    outcome = dump_text(spec.outcome_text)
    yield padded(layout.project_label, "", spec.project_name)
    yield padded(
        layout.department_label,
        "",
        spec.department,
        "",
        layout.unit_label,
        "",
        spec.unit,
    )
    yield from fund_lines(spec, layout)
    yield padded(layout.goal_section, "", layout.goal_label, "", layout.outcome_label)
    yield padded(goal, "", goal, "", outcome)
    yield padded("", "", *(label for _, label in layout.columns[:-1]))
    yield from indicator_lines(spec)
    yield padded(
        f"<b>{layout.total_label}</b>",
        "",
        "",
        "",
        "",
        spec.total_weight,
        spec.total_score,
    )
    yield padded(f"<b>{layout.rating_label}</b>", "", spec.rating)


def dump_text(text: str | None) -> str:
    """A text as one field of a dump: tags stay, line breaks become <br>."""
    return (text or "").replace("\n", "<br>")
