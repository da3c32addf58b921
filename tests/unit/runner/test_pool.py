from __future__ import annotations

import itertools
import multiprocessing
from contextlib import closing

import pytest

from pipeline.runner.pool import WINDOW, LocalPool, WorkerFailure
from tests.unit.runner import jobs


def results(pool: LocalPool, fn, tasks):
    return [r for _, r in pool.map_documents(fn, [(t, t) for t in tasks])]


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_input_order(workers):
    pool = LocalPool(workers)
    assert results(pool, jobs.slow_then_fast, range(12)) == list(range(12))


@pytest.mark.parametrize(
    ("task", "failure"),
    [
        ("exit 7", "worker_crash"),
        ("segv", "worker_crash"),
        ("raise", "internal_error"),
        ("memory", "memory"),
        ("unpicklable", "internal_error"),
    ],
    ids=["退出", "段错误", "异常", "内存", "结果无法传回"],
)
def test_a_fault_costs_one_document(task, failure):
    got = results(LocalPool(1), jobs.faulty, ["a", task, "b"])
    assert got[0] == "done a"
    assert isinstance(got[1], WorkerFailure)
    assert got[1].reason == failure
    assert got[2] == "done b"


def test_detail_of_a_raised_error_is_its_traceback():
    (failure,) = results(LocalPool(1), jobs.faulty, ["raise"])
    assert "RuntimeError: boom" in failure.detail


def test_crashes_with_two_workers_blame_the_right_documents():
    tasks = [f"exit {i}" if i % 5 == 3 else f"t{i}" for i in range(12)]
    got = results(LocalPool(2), jobs.faulty, tasks)
    crashed = [isinstance(r, WorkerFailure) for r in got]
    assert crashed == [t.startswith("exit") for t in tasks]


def test_a_hanging_document_times_out():
    got = results(LocalPool(1, time_limit=3.0), jobs.faulty, ["a", "hang", "b"])
    assert got == ["done a", WorkerFailure("timeout"), "done b"]


def test_items_without_task_keep_their_turn():
    items = [("a", 1), ("b", None), ("c", 3), ("d", None)]
    got = list(LocalPool(2).map_documents(jobs.double, items))
    assert got == [("a", 2), ("b", None), ("c", 6), ("d", None)]


def test_no_process_without_a_task():
    assert list(LocalPool(2).map_documents(jobs.double, [("a", None)])) == [("a", None)]
    assert not multiprocessing.active_children()


def test_input_is_read_a_bounded_window_ahead():
    taken = itertools.count()
    last = 0

    def endless():
        nonlocal last
        while True:
            last = next(taken)
            yield last, last

    with closing(LocalPool(1).map_documents(jobs.double, endless())) as stream:
        assert next(stream) == (0, 0)
        assert last <= WINDOW + 1


def test_closing_early_leaves_no_process():
    items = ((i, "hang") for i in range(3))
    stream = LocalPool(2).map_documents(jobs.faulty, itertools.chain([(9, "a")], items))
    assert next(stream) == (9, "done a")
    stream.close()
    assert not multiprocessing.active_children()


def test_warm_up_once_per_worker():
    pool = LocalPool(1, warm_up=jobs.warm_up)
    assert results(pool, jobs.warm_env, ["a", "b", "c"]) == ["1", "1", "1"]


def test_what_a_worker_prints_stays_off_stdout(capfd):
    assert results(LocalPool(1), jobs.faulty, ["print"]) == ["done print"]
    assert "NOISE" not in capfd.readouterr().out


def test_zero_workers_are_refused():
    with pytest.raises(ValueError, match="worker"):
        list(LocalPool(0).map_documents(jobs.double, [("a", 1)]))
