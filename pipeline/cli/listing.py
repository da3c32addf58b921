"""``jixiao show`` without a form: which forms there are, as data."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from pipeline.cli import console
from pipeline.cli.context import Chosen
from pipeline.cli.labels import word
from pipeline.errors import ExitCode
from pipeline.runner.naming import visible
from pipeline.store.overview import FormLine

_COLUMNS = ("form", "unit", "project_name", "year", "flags", "file")


def list_forms(*, chosen: Chosen, db: str | None) -> int:
    """Print a line per stored form: id, unit, project, year, flags, file.

    Tab-separated, except on a terminal. ``flags`` are ``high/medium/low/info``.
    """
    lang = chosen.lang
    with chosen.open_store(db) as store:
        if sys.stdout.isatty():
            _print_table(store.list_forms(), lang)
        else:
            console.put(["\t".join(_heads(lang))])
            console.put("\t".join(_cells(line)) for line in store.list_forms())
        if next(store.list_forms(), None) is None:
            console.tell("no_forms_stored", lang)
    return ExitCode.OK


def _heads(lang: str) -> list[str]:
    return [word("listing", column, lang) for column in _COLUMNS]


def _cells(line: FormLine) -> tuple[str, ...]:
    counts = "/".join(str(n) for n in line.flags)
    unit = line.unit or line.department
    cells = (line.id, unit, line.project_name, line.year, counts, line.path)
    return tuple("" if cell is None else visible(str(cell)) for cell in cells)


def _print_table(lines: Iterator[FormLine], lang: str) -> None:
    from rich.table import Table

    from pipeline.cli.show import make_console

    table = Table(*_heads(lang))
    table.columns[0].no_wrap = True
    for line in lines:
        table.add_row(*_cells(line))
    make_console().print(table)
