"""Everything a database holds, comparable between databases and runs."""

from __future__ import annotations

import sqlalchemy as sa

from pipeline.store import schema
from pipeline.store.connect import make_engine, parse_url

Rows = dict[str, list[tuple[object, ...]]]

JOURNALS = frozenset({"runs"})
"""When something was run is no result."""


def dump(url: str) -> Rows:
    """Every row of every table but the journals, in the order of the keys."""
    engine = make_engine(parse_url(url), create=False)
    try:
        with engine.connect() as connection:
            return {
                table.name: [
                    tuple(row)
                    for row in connection.execute(
                        sa.select(table).order_by(*table.primary_key.columns)
                    )
                ]
                for table in schema.metadata.sorted_tables
                if table.name not in JOURNALS
            }
    finally:
        engine.dispose()
