"""docs/database.md says what the database is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.store import open_store, schema
from tests.unit.store.builders import document

PAGE = (Path(__file__).parents[3] / "docs" / "database.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.S)
ROWS = dict(re.findall(r"^\| `([a-z_]+)` \| (.*) \|$", PAGE, re.M))


def test_there_are_five_questions() -> None:
    asked = re.findall(r"^\*\*(\d)\. .*？\*\*", PAGE, re.M)
    assert asked == ["1", "2", "3", "4", "5"]
    assert len(QUERIES) >= 5


@pytest.mark.parametrize(
    "view", ["v_unmatched_targets", "v_shortfalls", "v_vague_goals"]
)
def test_the_questions_use_every_view(view: str) -> None:
    assert any(view in query for query in QUERIES)


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_every_query_of_the_page_runs_on_both(store_url: str, query: str) -> None:
    # That each finds something in the samples: tests/e2e/test_promises.py.
    with open_store(store_url) as store:
        store.save(document())
        with store.engine.connect() as connection:
            assert connection.execute(sa.text(query)).keys()


@pytest.mark.parametrize("table", schema.metadata.sorted_tables, ids=lambda t: t.name)
def test_every_table_stands_on_the_page_with_its_key(table: sa.Table) -> None:
    _, key, columns = ROWS[table.name].split(" | ")
    assert key == f"`{', '.join(c.name for c in table.primary_key)}`"
    named = set(re.findall(r"`([a-z_0-9]+)`", columns))
    assert named <= {c.name for c in table.columns}
