"""What status and the list of forms count."""

from __future__ import annotations

import sqlalchemy as sa

from pipeline.runner.pulse import EVERY, Pulse
from pipeline.runner.summary import Outcome, Tally
from pipeline.store import Store, schema
from pipeline.store.rows import DocumentRow
from tests.unit.store.builders import RUN_KEY, document, record


def test_an_empty_store_has_nothing(store: Store) -> None:
    status = store.status()
    assert (status.documents, status.forms, status.runs) == ({}, 0, ())
    assert (status.left, status.per_hour(), status.seconds_left()) == (0, None, None)
    assert list(store.list_forms()) == []


def test_counts_by_status_and_reason(store: Store) -> None:
    store.register(map(DocumentRow, ["未读1.txt", "未读2.txt"]))
    store.save(document(records=[record(), record(index=1)]))
    for i, reason in enumerate(["empty", "corrupt", "corrupt"]):
        store.save(
            document(f"坏{i}.pdf", sha256=f"{i:064}", status="failed", reason=reason)
        )
    status = store.status()
    assert status.documents == {"failed": 3, "pending": 2, "ok": 1}
    assert list(status.reasons.items()) == [("corrupt", 2), ("empty", 1)]
    assert (status.forms, status.flags, status.left) == (2, {"high": 2}, 2)
    assert [line.flags for line in store.list_forms()] == [(1, 0, 0, 0)] * 2


def set_times(store: Store, run_id: str, start: str, end: str | None) -> None:
    c = schema.runs.c
    with store.engine.begin() as connection:
        connection.execute(
            sa.update(schema.runs)
            .where(c.id == run_id)
            .values(started_at=start, finished_at=end)
        )


def test_rate_and_time_left_of_a_finished_run(store: Store) -> None:
    store.register([DocumentRow(f"{i}.txt") for i in range(5)])
    run = store.start_run(run_key=RUN_KEY, version="1")
    counts = {"inputs": 25, "ok": 10, "failed": 10, "unchanged": 5}
    store.finish_run(run, exit_code=4, summary=counts)
    set_times(
        store,
        run,
        "2025-03-01T08:00:00.000000+00:00",
        "2025-03-01T08:00:10.000000+00:00",
    )
    status = store.status()
    (line,) = status.runs
    assert (line.done, line.seconds, line.per_hour()) == (20, 10.0, 7200)
    # Unchanged documents cost no time, so they do not count.
    assert status.seconds_left() == round(5 * 3600 / 7200)


def test_a_run_that_goes_on_tells_how_far_it_is(store: Store) -> None:
    now = 0.0
    run = store.start_run(run_key=RUN_KEY, version="1")
    pulse, tally = Pulse(store, run, clock=lambda: now), Tally()
    for i in range(30):
        now += 1
        tally.add(Outcome(f"{i}.txt", "ok"))
        pulse.beat(tally)
    (line,) = store.status().runs
    assert (line.finished_at, line.done, line.seconds) == (None, 30, 30)
    assert line.per_hour() == 3600
    assert 30 % EVERY == 0
    store.finish_run(run, exit_code=0, summary=tally.summary().counts())
    store.note_progress(run, {"ok": 1})  # too late: nothing changes
    (line,) = store.status().runs
    assert line.done == 30


def test_the_latest_runs_come_first(store: Store) -> None:
    ids = [store.start_run(run_key=RUN_KEY, version=str(i)) for i in range(4)]
    assert [run.id for run in store.status(runs=2).runs] == [ids[3], ids[2]]
