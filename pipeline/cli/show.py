"""``jixiao show``: one form in the terminal, goals beside outcomes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.cli.console import fold
from pipeline.cli.context import Chosen
from pipeline.cli.labels import word
from pipeline.errors import ExitCode

Json = Mapping[str, Any]  # a stored record, as parsed from JSON

_STYLES = {
    "high": "bold red",
    "medium": "yellow",
    "low": "cyan",
    "info": "dim",
    "shortfall": "bold red",
    "exceeded": "cyan",
    "met": "green",
}
_HEAD = ("form", "file", "project_name", "department", "unit", "year")
_SEPARATORS = 3  # cells that a column costs besides its text


def show_form(form: str, *, chosen: Chosen, db: str | None) -> int:
    """Print the form with this id (or the only one whose id begins so)."""
    with chosen.open_store(db) as store:
        record = store.form(form)
    console = make_console()
    for part in render_form(record, chosen.lang, console.width):
        console.print(part)
    return ExitCode.OK


def make_console() -> Console:
    """A console for stdout: colours on a terminal, plain lines elsewhere."""
    return Console(file=sys.stdout, highlight=False, emoji=False, markup=False)


def render_form(record: Json, lang: str, width: int) -> Iterator[Table | Text]:
    """The parts of a form for a terminal of ``width`` cells."""
    yield _header(record, lang, width)
    yield _table(
        word("show", "goals", lang),
        [word("show", k, lang) for k in ("goal", "outcome", "verdict")],
        list(goal_rows(record, lang)),
        widths=_shares(width, (10, 8), fixed=(10,)),
    )
    if record["indicators"]:
        names = ("indicator", "target", "actual", "score", "status")
        yield _table(
            word("show", "indicators", lang),
            [word("show", k, lang) for k in names],
            [_indicator(row, lang) for row in record["indicators"]],
            widths=_shares(width, (6, 5, 6), fixed=(11, 12)),
        )
    yield from _flags(record, lang, width)


def goal_rows(record: Json, lang: str) -> Iterator[tuple[str, str, str]]:
    """Goal, outcome and verdict: a row per target, or per statement without one."""
    if record["goal_text"] is None:
        yield word("show", "no_goal", lang), record["outcome_text"] or "", ""
        return
    links = {link["target"]: link for link in record["links"]}
    shown: set[int] = set()
    for statement in record["goal_statements"]:
        for index in statement["targets"]:
            shown.add(index)
            yield _target_row(record, index, links.get(index), lang)
        if not statement["targets"]:
            yield _statement_row(statement, lang)
    for index in range(len(record["targets"])):
        if index not in shown:
            yield _target_row(record, index, links.get(index), lang)


def _target_row(
    record: Json, index: int, link: Json | None, lang: str
) -> tuple[str, str, str]:
    goal = _quantity(record["targets"][index])
    if link is None:
        return goal, word("show", "not_found", lang), ""
    outcomes = [_quantity(record["outcomes"][i]) for i in link["outcomes"]]
    answer = "\n".join(outcomes)
    if not outcomes:
        perhaps = [_quantity(record["outcomes"][i]) for i in link["candidates"]]
        answer = word("show", "candidates", lang) + "；".join(perhaps)
    return goal, answer, word("verdict", link["verdict"], lang)


def _quantity(quantity: Json) -> str:
    subject, quote = quantity["subject"] or "", quantity["quote"]
    return quote if not subject or subject in quote else f"{subject} {quote}"


def _statement_row(statement: Json, lang: str) -> tuple[str, str, str]:
    answer = {True: "answered", False: "not_found", None: None}[
        statement["has_outcome"]
    ]
    if statement["kind"] != "task":
        answer = None
    return (
        statement["quote"],
        word("show", answer, lang) if answer else "—",
        word("show", "vague", lang) if statement["vague"] else "",
    )


def _indicator(row: Json, lang: str) -> tuple[str, ...]:
    levels = "/".join(v for v in (row["level1"], row["level2"]) if v)
    name = row["name"] or ""
    return (
        f"{levels}\n{name}" if levels else name,
        row["target_text"] or "—",
        row["actual_text"] or "—",
        f"{row['score'] or '—'}/{row['weight'] or '—'}",
        word("status", row["status"], lang),
    )


def _header(record: Json, lang: str, width: int) -> Text:
    values = {**record, "form": record["id"], "file": (record["source"] or {})["path"]}
    lines = [
        fold(f"{word('show', key, lang)}：{values[key]}", width)
        for key in _HEAD
        if values[key] is not None
    ]
    marks = [
        f"{word('show', key, lang)} {record[key]}"
        for key in ("total_score", "rating")
        if record[key] is not None
    ]
    if marks:
        lines.append("　".join(marks))
    return Text("\n".join(lines) + "\n")


def _flags(record: Json, lang: str, width: int) -> Iterator[Table | Text]:
    if not record["flags"]:
        yield Text(word("show", "no_flags", lang))
        return
    rows = [
        (word("severity", f["severity"], lang), f"{f['name']}：{f['message']}")
        for f in record["flags"]
    ]
    yield _table(
        word("show", "flags", lang),
        ["", ""],
        rows,
        widths=[6, *_shares(width, (1,), fixed=(6,))[:1]],
        styles=[_STYLES.get(f["severity"], "") for f in record["flags"]],
        header=False,
    )


def _shares(width: int, parts: Sequence[int], *, fixed: Sequence[int]) -> list[int]:
    """Column widths: what the fixed columns leave, divided in proportion."""
    columns = len(parts) + len(fixed)
    free = max(width - sum(fixed) - _SEPARATORS * columns - 1, 8 * len(parts))
    shares = [free * part // sum(parts) for part in parts]
    return [*shares, *fixed]


def _table(
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[int],
    styles: Sequence[str] = (),
    header: bool = True,
) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        box=box.ROUNDED if sys.stdout.isatty() else box.ASCII,
        show_lines=True,
        show_header=header,
    )
    for head, width in zip(heads, widths, strict=True):
        table.add_column(head, width=width, no_wrap=True)
    for i, row in enumerate(rows):
        style = styles[i] if styles else ""
        cells = [fold(cell, w) for cell, w in zip(row, widths, strict=True)]
        table.add_row(*(Text(cell) for cell in cells), style=style)
    return table
