"""The archive pass does work in proportion to the forms, counted, not timed."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

import pipeline
from pipeline.core.record import Source
from pipeline.runner.archive import raise_archive_flags
from pipeline.store import Store, open_store, relations
from pipeline.store.rows import DocumentResult

PHRASES = [
    f"建立{a}{b}台账并每月通报巡护结果" for a in "渠路桥林田湖" for b in "甲乙丙丁"
]
UNITS, YEARS = 12, (2021, 2022, 2023)


@pytest.fixture
def steps(monkeypatch) -> Iterator[Counter[str]]:
    """Instructions of SQLite's machine in the pass's own database and in the store's,
    by the thousand: a table that is searched from end to end shows."""
    counted: Counter[str] = Counter()
    connect = sqlite3.connect

    def counting(name, *args, **options):
        connection = connect(name, *args, **options)
        side = "store" if name else "pass"

        def count() -> int:
            counted[side] += 1
            return 0

        connection.set_progress_handler(count, 100)
        return connection

    monkeypatch.setattr(sqlite3, "connect", counting)
    monkeypatch.setattr(sqlite3.dbapi2, "connect", counting)
    yield counted


def fill(store: Store, count: int) -> None:
    """Projects of three years; goals of phrases of the trade and of their own."""
    template = pipeline.analyze(goal_text="养护渠道36公里。", outcome_text="已开展。")
    statement = template.goal_statements[0]
    for number in range(count):
        project, sha = number // len(YEARS), f"{number:064x}"
        chance = random.Random(project)
        own = f"完成第{project}号干支渠道养护任务并清理渠道淤积"
        texts = [own, *chance.sample(PHRASES, 2)]
        record = replace(
            template,
            id=sha[-16:],
            source=Source(f"{number}.txt", sha, "text/plain", 0, (1,), "text"),
            year=YEARS[number % len(YEARS)],
            unit=f"第{project % UNITS}管理所",
            project_name=f"渠道养护{chr(0x4E00 + project)}",
            provenance={},
            goal_text="。".join(texts),
            goal_statements=tuple(replace(statement, quote=text) for text in texts),
        )
        store.save(
            DocumentResult(f"{number}.txt", sha, "text/plain", "ok", records=(record,))
        )


def test_work_grows_with_the_forms(tmp_path, monkeypatch, steps) -> None:
    monkeypatch.setattr(relations, "MOST_COMMON", 10)
    work: dict[int, Counter[str]] = {}
    for count in (150, 300):
        url = f"sqlite:///{tmp_path / str(count)}.db"
        with open_store(url) as store:
            fill(store, count)
            statements: list[str] = []
            sa.event.listen(
                store.engine,
                "before_cursor_execute",
                lambda *event, told=statements: told.append(event[2]),
            )
            steps.clear()
            assert raise_archive_flags(store)
            work[count] = Counter(steps, statements=len(statements))
    for kind in ("store", "pass", "statements"):
        few, many = work[150][kind], work[300][kind]
        assert 0 < many <= 2.4 * few, (kind, work)


def test_forms_without_relation_are_not_loaded(tmp_path, monkeypatch) -> None:
    with open_store(f"sqlite:///{tmp_path / 'db.sqlite'}") as store:
        fill(store, 1)
        monkeypatch.setattr(store, "records", lambda _ids: pytest.fail("loaded"))
        assert raise_archive_flags(store) == {}
