"""Saving, replacing, finding again."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from pipeline.errors import UsageError
from pipeline.store import DocumentRow, Review, Store, schema
from pipeline.store.rows import clean, clean_path
from tests.unit.store.builders import RUN_KEY, document, record

B = "b" * 64


def count(store: Store, table: sa.Table) -> int:
    with store.engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def select(store: Store, sql: str) -> list[dict[str, object]]:
    with store.engine.connect() as connection:
        return [dict(r) for r in connection.execute(sa.text(sql)).mappings()]


def test_record_comes_back_byte_for_byte(store: Store) -> None:
    saved = record()
    store.save(document(records=[saved]))
    assert [json.dumps(r, ensure_ascii=False) for r in store.forms()] == [
        saved.to_json()
    ]


def test_saving_again_never_doubles(store: Store) -> None:
    store.save(document())
    before = {t.name: count(store, t) for t in schema.metadata.sorted_tables}
    store.save(document())
    after = {t.name: count(store, t) for t in schema.metadata.sorted_tables}
    assert before == after
    assert all(before[t.name] for t in schema.OF_FORM)


def test_changed_bytes_replace_everything(store: Store) -> None:
    store.save(document(records=[record(), record(index=1)]))
    store.save(document(sha256=B, records=[record(sha256=B)]))
    assert [r["source"]["sha256"] for r in store.forms()] == [B]
    assert count(store, schema.quantities) == 8


def test_a_failure_replaces_forms_and_keeps_reason(store: Store) -> None:
    store.save(document())
    store.save(document(status="failed", reason="corrupt", text=None))
    assert list(store.forms()) == []
    assert [(d.status, d.reason) for d in store.documents()] == [("failed", "corrupt")]


def test_a_broken_save_leaves_the_old_content(store: Store) -> None:
    store.save(document())
    good = record()
    twice = replace(good, links=(good.links[0], good.links[0]))
    with pytest.raises(IntegrityError):
        store.save(document(sha256=B, records=[twice]))
    assert [d.sha256 for d in store.documents()] == ["a" * 64]
    assert [r["id"] for r in store.forms()] == [good.id]


def test_numbers_are_numbers_and_digits_stay(store: Store) -> None:
    long = replace(record().targets[0], value=Decimal("12345678901234567890.5"))
    store.save(
        document(records=[replace(record(), targets=(long, *record().targets[1:]))])
    )
    got = select(
        store,
        "SELECT value, value_text FROM quantities WHERE role='outcome' AND value > 12 "
        "AND value < 13",
    )
    assert [(float(str(r["value"])), r["value_text"]) for r in got] == [(12.5, "12.5")]
    texts = select(
        store, "SELECT value_text FROM quantities WHERE role='target' AND seq=0"
    )
    assert texts == [{"value_text": "12345678901234567890.5"}]
    with store.engine.connect() as connection:
        values = set(connection.scalars(sa.select(schema.quantities.c.value)))
    assert Decimal("12.5") in values


def test_amounts_stay_as_printed(store: Store) -> None:
    store.save(document())
    assert select(store, "SELECT full_budget, execution_rate FROM funds") == [
        {"full_budget": "10.50", "execution_rate": "93.33"}
    ]


@pytest.mark.parametrize(
    "bad", ["\x00", "\ud83d", "𠮷"], ids=["NUL", "半个代理", "四字节字"]
)
def test_any_text_can_be_stored_and_the_record_keeps_it(store: Store, bad: str) -> None:
    name = f"渠道{bad}修缮"
    store.save(document(records=[record(project=name)], text=name))
    (stored,) = store.forms()
    assert stored["project_name"] == name
    assert store.text("甲县/灌溉.docx") == clean(name)
    assert len(clean(name)) == len(name)


def test_paths_that_no_database_takes(store: Store) -> None:
    broken, long = "坏\udcff名.txt", "深/" * 3000 + "表.txt"
    for number, path in enumerate((broken, long)):
        store.save(document(path, sha256=f"{number}" * 64))
    assert set(store.done(RUN_KEY)) == {clean_path(broken), clean_path(long)}
    assert clean_path("甲县/灌溉.docx") == "甲县/灌溉.docx"


def test_forms_come_in_order_of_code_points(store: Store) -> None:
    paths = ["b.txt", "B.txt", "a_1.txt", "a-2.txt", "乙.txt", "甲.txt"]
    for number, path in enumerate(paths):
        sha = f"{number}" * 64
        both = [record(path, sha256=sha, index=i) for i in (1, 0)]
        store.save(document(path, sha256=sha, records=both))
    got = [(r["source"]["path"], r["source"]["form_index"]) for r in store.forms()]
    assert got == [(p, i) for p in sorted(paths) for i in (0, 1)]
    assert [d.path for d in store.documents()] == sorted(paths)


# -- views


def test_view_of_unmatched_targets(store: Store) -> None:
    store.save(document())
    rows = select(store, "SELECT * FROM v_unmatched_targets")
    assert [(r["quote"], r["path"], r["page"], r["verdict"]) for r in rows] == [
        ("3座", "甲县/灌溉.docx", 2, "undetermined")
    ]


def test_view_of_shortfalls_has_goals_and_indicators(store: Store) -> None:
    store.save(document())
    rows = select(store, "SELECT * FROM v_shortfalls ORDER BY origin")
    seen = [(r["origin"], r["target_text"], r["actual_text"], r["page"]) for r in rows]
    assert seen == [("goal", "8场", "6场", 2), ("indicator", "8场", "6场", 3)]


def test_view_of_vague_goals(store: Store) -> None:
    store.save(document())
    rows = select(store, "SELECT quote, clarity, department FROM v_vague_goals")
    assert rows == [
        {"quote": "不断提升群众用水满意度", "clarity": 20, "department": "甲县水利局"}
    ]


# -- what is done, what is double


def test_registered_before_it_is_read(store: Store) -> None:
    store.register(
        [DocumentRow("一.txt"), DocumentRow("二.txt"), DocumentRow("一.txt")]
    )
    assert [(d.path, d.status) for d in store.documents()] == [
        ("一.txt", "pending"),
        ("二.txt", "pending"),
    ]
    assert store.done(RUN_KEY) == {}


def test_registering_again_keeps_results_until_reset(store: Store) -> None:
    store.save(document())
    store.register([DocumentRow("甲县/灌溉.docx")])
    assert store.done(RUN_KEY) == {"甲县/灌溉.docx": ("a" * 64, "ok", None)}
    store.register([DocumentRow("甲县/灌溉.docx")], reset=True)
    assert store.done(RUN_KEY) == {}
    assert len(list(store.forms())) == 1


def test_done_is_per_run_key_and_names_failures(store: Store) -> None:
    store.save(document("坏.pdf", sha256=B, status="failed", reason="timeout"))
    assert store.done(RUN_KEY) == {"坏.pdf": (B, "failed", "timeout")}
    assert store.done("another") == {}


def test_many_documents_are_registered_in_pieces(store: Store) -> None:
    store.register(DocumentRow(f"{n}.txt") for n in range(1203))
    assert len(list(store.documents(status="pending"))) == 1203


def test_duplicate_is_another_path_that_has_the_forms(store: Store) -> None:
    store.save(document("一.txt"))
    assert store.find_duplicate("a" * 64, "二.txt") == "一.txt"
    assert store.find_duplicate("a" * 64, "一.txt") is None
    assert store.find_duplicate(B, "二.txt") is None


def test_a_failed_twin_is_no_duplicate(store: Store) -> None:
    store.save(document("一.txt", status="failed", reason="corrupt"))
    assert store.find_duplicate("a" * 64, "二.txt") is None


def test_forms_of_another_path_are_not_stored_twice(store: Store) -> None:
    store.save(document("一.txt"))
    store.save(document("二.txt"))
    assert [r["source"]["path"] for r in store.forms()] == ["一.txt"]
    second = list(store.documents())[1]
    assert (second.path, second.status, second.reason) == (
        "二.txt",
        "skipped",
        "duplicate",
    )
    assert "一.txt" in (second.message or "")


def test_when_the_original_changes_its_duplicates_are_due_again(store: Store) -> None:
    store.save(document("一.txt"))
    store.save(document("二.txt", status="skipped", reason="duplicate"))
    assert store.save(document("一.txt")) == ()
    assert store.save(document("一.txt", sha256=B)) == ("二.txt",)
    assert [d.path for d in store.documents(status="pending")] == ["二.txt"]


# -- one form


def test_form_by_id_and_by_prefix(store: Store) -> None:
    store.save(document())
    form_id = str(record().id)
    assert store.form(form_id)["id"] == store.form(form_id[:5].upper())["id"] == form_id


@pytest.mark.parametrize(
    "prefix", ["zz", "", "%", "_"], ids=["无此编号", "空", "百分号", "下划线"]
)
def test_no_such_form(store: Store, prefix: str) -> None:
    store.save(document())
    with pytest.raises(UsageError) as caught:
        store.form(prefix)
    assert caught.value.code == "form_not_found"


def test_prefix_of_several_forms(store: Store) -> None:
    store.save(
        document(records=[replace(record(index=i), id=f"ab{i}0") for i in range(3)])
    )
    with pytest.raises(UsageError) as caught:
        store.form("ab")
    assert caught.value.code == "form_ambiguous"
    assert "ab00, ab10, ab20" in str(caught.value.params["ids"])


# -- runs and reviews


def test_run_has_beginning_and_end(store: Store) -> None:
    run = store.start_run(run_key=RUN_KEY, version="0.1.0")
    assert store.start_run(run_key=RUN_KEY, version="0.1.0") != run
    store.finish_run(run, exit_code=4, summary={"failed": 1})
    rows = select(store, "SELECT exit_code, summary, finished_at FROM runs ORDER BY id")
    assert (rows[0]["exit_code"], rows[0]["summary"]) == (4, '{"failed": 1}')
    assert rows[0]["finished_at"] and not rows[1]["finished_at"]


def test_reviews_outlive_the_results(store: Store) -> None:
    store.save(document())
    review = Review(
        str(record().id), "a" * 64, 0, "flag", "rejected", "复核员", "2025-03-01T08:00:00+00:00",
        field="goal_text", start=1, end=3, code="goal_vague", correction={"vague": False},
    )  # fmt: skip
    first = store.append_review(review)
    assert store.append_review(review) == first
    later = replace(review, decision="accepted", decided_at="2025-03-02T08:00:00+00:00")
    store.append_review(later)
    store.save(document(sha256=B, records=[record(sha256=B)]))
    assert list(store.reviews(form_id=str(record().id))) == [review, later]
