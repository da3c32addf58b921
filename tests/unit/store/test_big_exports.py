"""Exports stream: what they hold in memory does not grow with the database."""

from __future__ import annotations

import gc
import tracemalloc
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from pipeline.store import Store, export, open_store, schema
from pipeline.store.exports import tables
from pipeline.store.flatten import flatten
from tests.unit.store.builders import record

SMALL, LARGE = 100, 300
# Bytes that one more form may cost while it is exported. Held in memory its record
# alone is 8,000, its lines of the .csv 4,000, its rows of all tables 40,000; what is
# allowed are buffers that are not full yet with so few forms.
ALLOWED = {"a.jsonl": 800, "a.json": 800, "a.csv": 800, "a.parquet": 800}
ALLOWED |= {"a.xlsx": 4000}


def fill(store: Store, forms: range) -> None:
    """Forms written straight into the tables: a big database in little time."""
    rows: dict[str, list[dict[str, object]]] = {}
    for i in forms:
        path = f"{i:06}.txt"
        one = replace(record(path, sha256=f"{i:064}"), project_name=f"第{i}个项目")
        for name, found in flatten(one, path).items():
            rows.setdefault(name, []).extend(found)
        document = dict.fromkeys(c.name for c in schema.documents.columns)
        document |= {"path": path, "sha256": f"{i:064}", "status": "ok"}
        if "attempts" in document:
            document["attempts"] = 0
        rows.setdefault("documents", []).append(document)
    with store.engine.begin() as connection:
        for table in (schema.documents, schema.forms, *schema.OF_FORM):
            connection.execute(table.insert(), rows[table.name])


def peak_of(store: Store, target: Path) -> int:
    """Bytes that Python held at most while exporting."""
    gc.collect()
    tracemalloc.start()
    export(store, target)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("name", ALLOWED)
def test_memory_does_not_grow_with_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if name == "a.parquet":
        pytest.importorskip("pyarrow")
        monkeypatch.setattr("pipeline.store.exports.parquet._BATCH", 200)
    monkeypatch.setattr(tables, "_BATCH", 100)
    monkeypatch.setattr("pipeline.store.database._BATCH", 50)
    with open_store(f"sqlite:///{tmp_path / '库.db'}") as store:
        fill(store, range(SMALL))
        peak_of(store, tmp_path / name)  # libraries are loaded, caches are warm
        small = peak_of(store, tmp_path / name)
        fill(store, range(SMALL, LARGE))
        large = peak_of(store, tmp_path / name)
    assert (large - small) / (LARGE - SMALL) < ALLOWED[name]


@pytest.mark.parametrize("sheet", [*tables.sheets(), tables.targets()])
def test_rows_are_fetched_in_batches(
    store_url: str, monkeypatch: pytest.MonkeyPatch, sheet: tables.Sheet
) -> None:
    monkeypatch.setattr(tables, "_BATCH", 7)
    with open_store(store_url) as store:
        fill(store, range(20))
        with store.engine.connect() as connection:
            query = connection.execution_options(yield_per=7).execute(sheet.query)
            # Unbuffered: on PostgreSQL a cursor of the server, on SQLite its own.
            assert query.context.execution_options["stream_results"]
            query.close()
            streamed = tables.rows(connection, sheet, keep_personal_data=False)
            list(islice(streamed, 3))


def test_parquet_is_written_in_row_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr("pipeline.store.exports.parquet._BATCH", 25)
    with open_store(f"sqlite:///{tmp_path / '库.db'}") as store:
        fill(store, range(20))
        path = export(store, tmp_path / "a.parquet")
    assert pq.ParquetFile(path).num_row_groups == 3
    assert pq.read_table(path).num_rows == 60
