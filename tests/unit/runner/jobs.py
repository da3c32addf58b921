"""Functions for worker processes: importable by name, each with its own fault."""

from __future__ import annotations

import os
import signal
import time


def double(task: int) -> int:
    return 2 * task


def slow_then_fast(task: int) -> int:
    time.sleep(0.3 if task == 0 else 0)
    return task


def faulty(task: str) -> str:
    match task.split():
        case ["exit", code]:
            os._exit(int(code))
        case ["segv"]:
            os.kill(os.getpid(), signal.SIGSEGV)
        case ["raise"]:
            raise RuntimeError("boom")
        case ["memory"]:
            raise MemoryError
        case ["hang"]:
            time.sleep(60)
        case ["print"]:
            os.write(1, b"NOISE " * 10_000)
        case ["unpicklable"]:
            return lambda: None  # type: ignore[return-value]
    return f"done {task}"


def process_id(_task: str) -> int:
    return os.getpid()


def warm_env(_task: str) -> str:
    return os.environ.get("JIXIAO_TEST_WARM", "")


def warm_up() -> None:
    calls = int(os.environ.get("JIXIAO_TEST_WARM", "0"))
    os.environ["JIXIAO_TEST_WARM"] = str(calls + 1)
