"""``jixiao extract``: records as JSON Lines, without a database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from pipeline.cli import console
from pipeline.cli.context import Chosen
from pipeline.cli.job import prepare
from pipeline.cli.options import ReadingOptions
from pipeline.errors import StorageError
from pipeline.runner.run import exit_code_for, extract_items
from pipeline.store.exports.atomic import replacing


def extract_paths(
    paths: list[str],
    *,
    chosen: Chosen,
    options: ReadingOptions,
    output: Path | None,
) -> int:
    """Print one record per form in the order of path and form."""
    job = prepare(paths, chosen=chosen, options=options)
    ends: list[tuple[str, str | None]] = []
    with _target(output) as stream:
        for reading in extract_items(
            job.items, engine=job.engine, settings=job.settings
        ):
            console.put((record.to_json() for record in reading.records), stream)
            trouble = reading.trouble
            ends.append((reading.status, trouble.reason if trouble else None))
            if trouble is not None:
                console.report_line(
                    reading.path,
                    trouble.reason,
                    trouble.message(chosen.lang),
                    status=reading.status,
                )
    return exit_code_for(ends)


@contextmanager
def _target(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears complete or not at all."""
    if output is None:
        yield sys.stdout
        return
    if output.is_dir():
        raise StorageError("output_exists_as_folder", path=output)
    with (
        replacing(output) as part,
        part.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        yield stream
