"""The targets as a Parquet file, English column names, numbers as decimals."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path
from typing import Any

from pipeline.errors import DependencyError
from pipeline.store.connect import reading
from pipeline.store.database import Store
from pipeline.store.exports.atomic import replacing
from pipeline.store.exports.tables import rows, targets

_BATCH = 10_000
_INTEGERS = frozenset({"form_index", "year", "seq", "page"})
_FLOATS = frozenset({"confidence"})


def write_parquet(store: Store, target: Path, *, keep_personal_data: bool) -> None:
    """One line per target with its verdict, as in the ``.csv``.

    ``value`` and ``value_high`` are float64 to calculate with, ``value_text`` and
    ``value_high_text`` the exact digits.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise DependencyError("export_parquet_missing") from error

    sheet = targets()
    schema = pa.schema(
        [(name, _type(pa, name)) for name in sheet.columns]
        + [("value", pa.float64()), ("value_high", pa.float64())]
    )
    values = [sheet.columns.index(n) for n in ("value_text", "value_high_text")]
    with reading(store.engine) as connection, replacing(target) as part:
        lines = rows(connection, sheet, keep_personal_data=keep_personal_data)
        with pq.ParquetWriter(part, schema) as writer:
            while batch := list(islice(lines, _BATCH)):
                full = [
                    tuple(chain(row, (_float(row[i]) for i in values))) for row in batch
                ]
                columns = [list(column) for column in zip(*full, strict=True)]
                writer.write_table(pa.table(columns, schema=schema))


def _type(pa: Any, name: str) -> Any:
    if name in _INTEGERS:
        return pa.int32()
    return pa.float64() if name in _FLOATS else pa.string()


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
