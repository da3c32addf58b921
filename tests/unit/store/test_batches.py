"""Several documents in one transaction, by the fast way: nothing else comes out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import DataError, IntegrityError

from pipeline.store import DocumentRow, bulk, open_store
from pipeline.store.flatten import flat_form
from pipeline.store.rows import DocumentResult
from tests.helpers.rows import dump
from tests.unit.store.builders import RUN_KEY, document, record

A, B, C = "a" * 64, "b" * 64, "c" * 64
ODD = "制表\t换行\n反斜\\杠 \\N NUL\x00 单引'号 \u2028"


def results() -> list[DocumentResult]:
    """New and known documents, failures, copies and what no COPY may trip over."""
    return [
        document("一.txt", sha256=A, records=[record(path="一.txt"), record(path="一.txt", index=1)]),
        document("二.txt", sha256=B, records=[replace(record(path="二.txt", sha256=B), goal_text=ODD)]),
        # The same forms under another path.
        document("三.txt", sha256=A, records=[record(path="三.txt")]),
        DocumentResult("四.txt", C, None, "failed", "timeout", ODD, run_key=RUN_KEY),
        DocumentResult("五.txt", C, "text/plain", "skipped", "no_form", None, ODD, run_key=RUN_KEY),
        DocumentResult("六.txt", None, None, "failed", "not_found", run_key=RUN_KEY),
    ]  # fmt: skip


def prepare(store) -> None:
    store.register(map(DocumentRow, ("一.txt", "四.txt", "五.txt")))
    store.begin({"四.txt": "k"})
    store.begin({"五.txt": "k"})
    store.save(document("二.txt", sha256=C, records=[record(path="二.txt", sha256=C)]))


def stored(url: str, save) -> object:
    with open_store(url) as store:
        prepare(store)
        save(store)
    return dump(url)


def one_by_one(store) -> None:
    for result in results():
        store.save(result)


def test_a_batch_is_one_after_the_other(store_url, tmp_path) -> None:
    expected = stored(f"sqlite:///{tmp_path / 'single.db'}", one_by_one)
    assert stored(store_url, lambda store: store.save(*results())) == expected


def test_rows_made_elsewhere_are_the_same(store_url, tmp_path) -> None:
    def save(store) -> None:
        store.save(
            *(
                replace(r, records=tuple(flat_form(f, r.path) for f in r.records))
                for r in results()
            )
        )

    expected = stored(f"sqlite:///{tmp_path / 'single.db'}", one_by_one)
    assert stored(store_url, save) == expected


def test_the_ways_of_all_databases_give_the_same(store_url, tmp_path, monkeypatch):
    expected = stored(f"sqlite:///{tmp_path / 'fast.db'}", one_by_one)
    monkeypatch.setattr(bulk, "FAST", frozenset())
    assert stored(store_url, lambda store: store.save(*results())) == expected


def test_a_batch_is_stored_whole_or_not_at_all(store_url) -> None:
    bad = document("坏.txt", sha256=C, records=[replace(record(path="坏.txt", sha256=C), id="x" * 65)])  # fmt: skip
    twice = replace(record(path="坏.txt", sha256=C), id="y" * 16)
    clash = document("坏.txt", sha256=C, records=[twice, twice])
    good = document("好.txt", sha256=A, records=[record(path="好.txt")])
    with open_store(store_url) as store:
        with pytest.raises(IntegrityError):
            store.save(good, clash)
        if store.engine.dialect.name == "postgresql":
            with pytest.raises(DataError):
                store.save(good, bad)
        assert list(store.forms()) == []
        assert list(store.documents()) == []
        store.save(good)  # the connection is as good as new
        assert len(list(store.forms())) == 1


def test_one_result_per_document(store_url) -> None:
    with open_store(store_url) as store, pytest.raises(ValueError, match="one result"):
        store.save(*results()[:1] * 2)


def test_a_copy_whose_original_is_gone_is_due_again(store_url) -> None:
    copy = DocumentResult("二.txt", A, None, "skipped", "duplicate", run_key=RUN_KEY)
    with open_store(store_url) as store:
        store.save(document("一.txt", sha256=A, records=[record(path="一.txt")]))
        changed = document(
            "一.txt", sha256=B, records=[record(path="一.txt", sha256=B)]
        )
        assert store.save(changed, copy) == ("二.txt",)
        assert {d.path: d.status for d in store.documents()}["二.txt"] == "pending"
