"""Out of the store into files that other people and programs open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import StorageError, UsageError

if TYPE_CHECKING:
    from pipeline.store.database import Store

__all__ = ["SUFFIXES", "export"]

SUFFIXES: tuple[str, ...] = (".xlsx", ".csv", ".jsonl", ".parquet", ".json")


def export(
    store: Store, target: str | Path, *, keep_personal_data: bool = False
) -> Path:
    """Write the store to ``target`` and return its path.

    The suffix decides: ``.xlsx`` (one sheet per table), ``.csv`` and ``.parquet``
    (one line per target with its verdict), ``.jsonl`` (the records), ``.json``
    (Label Studio tasks); no suffix or an existing folder: one CSV per table.
    The file appears complete or not at all. Telephone and identity numbers are
    starred out unless ``keep_personal_data``.

    Raises UsageError for another suffix, StorageError when ``target`` cannot be
    written, DependencyError when Parquet is asked for without pyarrow.
    """
    path = Path(target)
    suffix = path.suffix.lower()
    keep = keep_personal_data
    if path.is_dir() or (not suffix and not path.exists()):
        from pipeline.store.exports.csv_files import write_folder

        if suffix in SUFFIXES:
            raise StorageError("export_not_file", target=path.name)
        write_folder(store, path, keep_personal_data=keep)
    elif not suffix:
        raise StorageError("export_not_folder", target=path.name)
    elif suffix not in SUFFIXES:
        raise UsageError("export_suffix_unknown", target=path.name)
    else:
        _write_file(store, path, suffix, keep)
    return path


def _write_file(store: Store, path: Path, suffix: str, keep: bool) -> None:
    # Imported one by one: XlsxWriter and pyarrow cost time and memory.
    if suffix == ".xlsx":
        from pipeline.store.exports.workbook import write_workbook

        write_workbook(store, path, keep_personal_data=keep)
    elif suffix == ".csv":
        from pipeline.store.exports.csv_files import write_targets

        write_targets(store, path, keep_personal_data=keep)
    elif suffix == ".parquet":
        from pipeline.store.exports.parquet import write_parquet

        write_parquet(store, path, keep_personal_data=keep)
    elif suffix == ".jsonl":
        from pipeline.store.exports.json_files import write_records

        write_records(store, path, keep_personal_data=keep)
    else:
        from pipeline.store.exports.json_files import write_label_studio

        write_label_studio(store, path, keep_personal_data=keep)
