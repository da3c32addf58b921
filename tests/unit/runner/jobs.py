"""Functions for worker processes: importable by name, each with its own fault."""

from __future__ import annotations

import gc
import os
import time
from pathlib import Path

from pipeline.runner import child, mock

if "JIXIAO_TEST_RECYCLE" in os.environ:
    child.RECYCLE_AFTER = int(os.environ["JIXIAO_TEST_RECYCLE"])  # type: ignore[misc]

_PLAIN = ("a", "b", "c")


def double(task: int) -> int:
    return 2 * task


def slow_then_fast(task: int) -> int:
    time.sleep(0.3 if task == 0 else 0)
    return task


def faulty(task: str) -> str:
    """Do what a mock document of this line does."""
    if task == "unpicklable":
        return lambda: None  # type: ignore[return-value]
    if task not in _PLAIN and not task.startswith("t"):
        mock.misbehave(b"#!mock " + task.encode())
    return f"done {task}"


def crash_once(task: str) -> str:
    """Misbehave in the first worker only; their folders are counted."""
    return faulty(task) if Path(os.environ["TMPDIR"]).name == "w1" else f"done {task}"


def kept_from_the_collector(_task: str) -> bool:
    """Whether what was loaded is out of its sight, and it is called less than by default."""
    return gc.get_freeze_count() > 10_000 and gc.get_threshold()[0] > 1000


def process_id(_task: str) -> int:
    return os.getpid()


def warm_env(_task: str) -> str:
    return os.environ.get("JIXIAO_TEST_WARM", "")


def warm_up() -> None:
    calls = int(os.environ.get("JIXIAO_TEST_WARM", "0"))
    os.environ["JIXIAO_TEST_WARM"] = str(calls + 1)
