"""``jixiao flags``: the catalogue, as a table for people or tab-separated."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from pipeline.cli import console
from pipeline.cli.context import Chosen
from pipeline.cli.labels import word
from pipeline.errors import ExitCode
from pipeline.flagging import load_catalogue

_COLUMNS = ("code", "name", "severity", "checks", "basis")


def list_flags(chosen: Chosen) -> int:
    """Print every flag that can be raised."""
    lang = chosen.lang
    heads = [word("flags", column, lang) for column in _COLUMNS]
    rows = [
        (
            entry.code,
            entry.name,
            word("severity", entry.severity, lang) if lang == "zh" else entry.severity,
            entry.checks_en if lang == "en" else entry.checks_zh,
            entry.basis,
        )
        for entry in load_catalogue().values()
    ]
    if sys.stdout.isatty():
        _print_table(heads, rows)
    else:
        console.put("\t".join(row) for row in [heads, *rows])
    return ExitCode.OK


def _print_table(heads: list[str], rows: Sequence[tuple[str, ...]]) -> None:
    from rich.table import Table

    from pipeline.cli.show import make_console

    table = Table(*heads, show_lines=True)
    for row in rows:
        table.add_row(*row)
    make_console().print(table)
