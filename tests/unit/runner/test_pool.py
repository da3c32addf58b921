from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import StorageError
from pipeline.runner import scratch
from pipeline.runner.engine import WINDOW
from pipeline.runner.limits import TimeLimits
from pipeline.runner.mock import SWITCH
from pipeline.runner.pool import LocalPool
from pipeline.runner.terms import Terms
from pipeline.runner.worker import WorkerFailure
from tests.unit.runner import jobs

# Far below what the machine may need when it is busy; only hanging tasks meet it.
SHORT = TimeLimits(base=3.0, page=2.0, most=60.0)


@pytest.fixture(autouse=True)
def _mocks_and_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "1")
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))


def results(pool: LocalPool, fn, tasks, *begin):
    return [r for _, r in pool.map_documents(fn, [(t, t) for t in tasks], *begin)]


def reason(result: object) -> str:
    return result.reason if isinstance(result, WorkerFailure) else str(result)


def marked_processes() -> list[str]:
    """Command lines of living processes that descend from a worker of a test."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            environment = (entry / "environ").read_bytes()
        except OSError:
            continue
        if f"{scratch.MARK}={tempfile.gettempdir()}".encode() in environment:
            found.append((entry / "cmdline").read_text("utf-8", "replace"))
    return found


def assert_nothing_left() -> None:
    assert not multiprocessing.active_children()
    assert os.listdir(tempfile.gettempdir()) == []  # noqa: PTH208
    assert marked_processes() == []


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_input_order(workers):
    pool = LocalPool(workers)
    assert results(pool, jobs.slow_then_fast, range(12)) == list(range(12))


FAULTS = {
    "exit 7": "worker_crash",
    "segv": "worker_crash",
    "abort": "worker_crash",
    "kill": "worker_crash",
    "oom": "memory",
    "memory": "memory",
    "hang": "timeout",
    "spin": "timeout",
    "fork hang": "timeout",
    "fork exit 3": "worker_crash",
    "raise": "internal_error",
    "unpicklable": "internal_error",
}


@pytest.mark.parametrize("task", FAULTS)
def test_fault_25_a_misbehaving_document_costs_itself_only(task):
    limits = SHORT if FAULTS[task] == "timeout" else TimeLimits()
    got = results(LocalPool(1, Terms(limits=limits)), jobs.faulty, ["a", task, "b"])
    assert list(map(reason, got)) == ["done a", FAULTS[task], "done b"]
    assert_nothing_left()


@pytest.mark.parametrize("task", ["flood", "litter", "fork", "litter fork flood"])
def test_fault_25_what_a_document_leaves_behind_is_cleared(task, capfd):
    pool = LocalPool(1)
    with closing(
        pool.map_documents(jobs.faulty, [(t, t) for t in ("a", task, "b", "c")])
    ) as stream:
        got = list(itertools.islice(stream, 3))
        # Two documents later nothing of it is there, while the worker lives on.
        assert len(marked_processes()) == 1
        (folder,) = Path(tempfile.gettempdir()).glob("*/w1")
        assert list(folder.iterdir()) == []
    assert [r for _, r in got] == ["done a", f"done {task}", "done b"]
    assert_nothing_left()
    printed = capfd.readouterr()
    assert "FLOOD" not in printed.out + printed.err


def test_detail_of_a_raised_error_is_its_traceback():
    (failure,) = results(LocalPool(1), jobs.faulty, ["raise"])
    assert "RuntimeError: boom" in failure.detail


def test_detail_of_a_crash_says_where():
    (failure,) = results(LocalPool(1), jobs.faulty, ["segv"])
    assert "SIGSEGV" in failure.detail
    assert "misbehave" in failure.detail


def test_crashes_with_two_workers_blame_the_right_documents():
    tasks = [f"exit {i}" if i % 5 == 3 else f"t{i}" for i in range(12)]
    got = results(LocalPool(2), jobs.faulty, tasks)
    crashed = [isinstance(r, WorkerFailure) for r in got]
    assert crashed == [t.startswith("exit") for t in tasks]


def test_time_grows_with_pages():
    limits = TimeLimits(base=2.0, page=1.5, most=60.0)
    tasks = ["pages 4 sleep 5", "pages 1 sleep 60"]
    assert list(
        map(reason, results(LocalPool(1, Terms(limits=limits)), jobs.faulty, tasks))
    ) == [
        "done pages 4 sleep 5",
        "timeout",
    ]


def test_time_has_an_end_however_many_pages():
    limits = TimeLimits(base=1.0, page=10.0, most=2.0)
    (got,) = results(
        LocalPool(1, Terms(limits=limits)), jobs.faulty, ["pages 9 sleep 60"]
    )
    assert reason(got) == "timeout"


def test_a_crash_by_chance_is_tried_once_more():
    assert results(LocalPool(1), jobs.crash_once, ["exit 3"]) == ["done exit 3"]


def test_attempts_are_announced_and_may_be_refused():
    told = []

    def begin(key):
        told.append(key)
        return key != "no" and told.count(key) < 3

    got = results(LocalPool(1), jobs.faulty, ["a", "no", "exit 3"], begin)
    assert [reason(r) for r in got] == ["done a", "worker_crash", "worker_crash"]
    assert told == ["a", "no", "exit 3", "exit 3", "exit 3"]


def test_what_lies_ready_behind_a_crash_is_begun_with_once():
    told = []

    def begin(key):
        told.append(key)
        return True

    # Quick ones first: only then is anything laid ready.
    tasks = [*(f"t{n}" for n in range(6)), "exit 3", *(f"t{n}" for n in range(6, 10))]
    got = results(LocalPool(1), jobs.crash_once, tasks, begin)
    assert [reason(r) for r in got] == [f"done {task}" for task in tasks]
    assert sorted(told) == sorted([*tasks, "exit 3"])


def test_fault_26_no_room_for_temporary_files_ends_the_run():
    with pytest.raises(StorageError) as caught:
        results(LocalPool(1), jobs.faulty, ["a", "full", "b"])
    assert caught.value.code == "scratch_full"
    assert_nothing_left()


def test_a_temporary_file_has_a_largest_size():
    too_much, enough = (f"write {size}" for size in (2 * 1024**3, 1024**2))
    got = results(LocalPool(1), jobs.faulty, [too_much, enough])
    assert "File too large" in got[0].detail
    assert got[1] == f"done {enough}"


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Landlock is a feature of Linux"
)
def test_fault_09_a_worker_reads_no_other_files_and_reaches_no_network(tmp_path):
    from pipeline.runner import landlock

    if landlock.version() < 4:
        pytest.skip("this kernel has no Landlock, or an early one")
    secret = tmp_path / "secret"
    secret.write_text("s")
    tasks = [f"read {secret}", "connect 9", "read /etc/passwd"]
    got = results(LocalPool(1), jobs.faulty, tasks)
    assert "PermissionError" in got[0].detail
    assert "PermissionError" in got[1].detail
    assert got[2] == "done read /etc/passwd"
    pool = LocalPool(1, Terms(readable=(str(secret),)))
    assert results(pool, jobs.faulty, tasks[:1]) == [f"done {tasks[0]}"]


def test_without_landlock_it_goes_on_with_a_line_in_the_log(caplog, tmp_path):
    code = (
        "import logging, pathlib; logging.basicConfig(level='INFO')\n"
        "from pipeline.runner import confine, landlock\n"
        "landlock.version = lambda: 0\n"
        f"confine.shut_in(pathlib.Path({str(tmp_path)!r}))\n"
        "import resource; print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "no Landlock" in done.stderr
    assert done.stdout.startswith("(0, ")


def test_a_worker_is_replaced_after_a_number_of_documents(monkeypatch):
    monkeypatch.setenv("JIXIAO_TEST_RECYCLE", "3")
    tasks = [f"t{n}" for n in range(7)]
    pids = results(LocalPool(1), jobs.process_id, tasks)
    assert len(set(pids)) == 3
    assert pids[0] == pids[2] != pids[3] == pids[5] != pids[6]


def test_items_without_task_keep_their_turn():
    items = [("a", 1), ("b", None), ("c", 3), ("d", None)]
    got = list(LocalPool(2).map_documents(jobs.double, items))
    assert got == [("a", 2), ("b", None), ("c", 6), ("d", None)]


def test_no_process_and_no_folder_without_a_task():
    assert list(LocalPool(2).map_documents(jobs.double, [("a", None)])) == [("a", None)]
    assert_nothing_left()


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


def test_large_tasks_are_not_taken_in_by_the_window(monkeypatch):
    monkeypatch.setattr("pipeline.runner.pool.HELD", 40_000)
    taken = []

    def large():
        for number in range(50):
            taken.append(number)
            yield number, "x" * 30_000

    with closing(LocalPool(1).map_documents(jobs.double, large())) as stream:
        assert next(stream) == (0, "x" * 60_000)
        # That one, the one that is worked on, and two that wait.
        assert len(taken) <= 4


def test_closing_early_leaves_no_process():
    items = ((i, "hang") for i in range(3))
    stream = LocalPool(2).map_documents(jobs.faulty, itertools.chain([(9, "a")], items))
    assert next(stream) == (9, "done a")
    stream.close()
    assert_nothing_left()


def test_warm_up_once_per_worker():
    pool = LocalPool(1, Terms(warm_up=jobs.warm_up))
    assert results(pool, jobs.warm_env, ["a", "b", "c"]) == ["1", "1", "1"]


def test_what_is_warmed_up_is_kept_from_the_collector():
    pool = LocalPool(1, Terms(warm_up=jobs.warm_up))
    assert results(pool, jobs.kept_from_the_collector, ["a", "b"]) == [True, True]


def test_zero_workers_are_refused():
    with pytest.raises(ValueError, match="worker"):
        list(LocalPool(0).map_documents(jobs.double, [("a", 1)]))


DRIVER = """
from pipeline.runner.pool import LocalPool
from tests.unit.runner import jobs
if __name__ == "__main__":
    tasks = [("a", "a"), ("b", "fork hang"), ("c", "litter spin")]
    for _, result in LocalPool(2).map_documents(jobs.faulty, tasks):
        print(result, flush=True)
"""


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_a_killed_driver_leaves_no_process_and_no_file(tmp_path):
    script = tmp_path / "driver.py"
    script.write_text(DRIVER)
    folder = tempfile.gettempdir()
    driver = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": folder, "PYTHONPATH": os.getcwd()},  # noqa: PTH109
    )
    assert driver.stdout is not None
    assert driver.stdout.readline() == b"done a\n"
    while len(marked_processes()) < 3:  # two workers and a grandchild
        time.sleep(0.05)
    driver.send_signal(signal.SIGKILL)
    driver.wait()
    driver.stdout.close()
    for _ in range(200):
        if not marked_processes() and not os.listdir(folder):  # noqa: PTH208
            break
        time.sleep(0.05)
    assert_nothing_left()


def test_what_a_dead_machine_left_is_cleared_by_the_next_run():
    temporary = Path(tempfile.gettempdir())
    dead, alive = temporary / "jixiao-run-dead", temporary / "jixiao-run-alive"
    for folder, owner in ((dead, "1 2"), (alive, scratch._identity(os.getpid()))):
        folder.mkdir()
        (folder / "owner").write_text(owner)
    scratch.sweep()
    assert not dead.exists()
    assert alive.exists()
