"""A store on SQLite for the tests of a run."""

from __future__ import annotations

import pytest

from pipeline.store import open_store


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'db.sqlite'}") as opened:
        yield opened
