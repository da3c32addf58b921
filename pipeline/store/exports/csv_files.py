"""CSV that Excel opens as what it is: UTF-8 with BOM, no cell taken for a formula."""

from __future__ import annotations

import csv
from pathlib import Path

from sqlalchemy.engine import Connection

from pipeline.errors import StorageError
from pipeline.store.connect import reading
from pipeline.store.database import Store
from pipeline.store.exports.atomic import replacing
from pipeline.store.exports.formulas import neutralise
from pipeline.store.exports.tables import Sheet, Value, rows, sheets, targets


def write_targets(store: Store, target: Path, *, keep_personal_data: bool) -> None:
    """One line per target with its verdict."""
    with reading(store.engine) as connection, replacing(target) as part:
        _write(connection, targets(), part, keep_personal_data)


def write_folder(store: Store, folder: Path, *, keep_personal_data: bool) -> None:
    """One CSV per table, named as the table, all of one state of the database."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            "export_unwritable", target=folder.name, detail=error.strerror or ""
        ) from error
    with reading(store.engine) as connection:
        for sheet in sheets():
            with replacing(folder / f"{sheet.name}.csv") as part:
                _write(connection, sheet, part, keep_personal_data)


def _write(connection: Connection, sheet: Sheet, path: Path, keep: bool) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(sheet.headings())
        for row in rows(connection, sheet, keep_personal_data=keep):
            writer.writerow([_cell(value) for value in sheet.display(row)])


def _cell(value: Value) -> Value:
    return neutralise(value) if isinstance(value, str) else value
