"""A stop that comes at any moment of a transaction leaves the database usable."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from pipeline import interrupt
from pipeline.interrupt import Terminated, held_back, stoppable
from pipeline.store import Store, connect, open_store
from pipeline.store.rows import DocumentResult, DocumentRow

MOMENTS = 25


def stopping_at(moment: int, work: Callable[[], object]) -> int:
    """Run ``work``, with SIGTERM before its instruction ``moment``; count them."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        if event == "opcode":
            count += 1
            if count == moment:
                sys.settrace(None)
                interrupt._stop(signal.SIGTERM, frame)
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return count


def transactions(store: Store) -> dict[str, Callable[[], object]]:
    result = DocumentResult("a", "1" * 64, "text/plain", "failed", "corrupt")
    return {
        "begin": lambda: store.begin({"a": "k"}),
        "save": lambda: store.save(result),
        "find": lambda: store.find_duplicate("1" * 64, "a"),
        "note": lambda: store.note_progress("r", {"ok": 1}),
    }


@pytest.mark.parametrize("name", ["begin", "save", "find", "note"])
def test_a_stop_in_a_transaction_leaves_no_lock(tmp_path, monkeypatch, name) -> None:
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0.05)
    url = f"sqlite:///{tmp_path / 'db.sqlite'}"
    with open_store(url) as store:
        store.register([DocumentRow("a")])
        transactions(store)[name]()  # what is done once only
        whole = stopping_at(-1, transactions(store)[name])
    for moment in range(1, whole, max(1, whole // MOMENTS)):
        with open_store(url) as store, stoppable():
            with pytest.raises(Terminated) as stop:
                stopping_at(moment, transactions(store)[name])
            interrupt.settled()
            store.take_back(["a"])  # waits for whoever holds the lock
            assert stop.value is not None  # its traceback keeps everything alive


def test_a_stop_waits_for_the_end_of_the_block_and_comes_once() -> None:
    done = []
    with stoppable():
        with pytest.raises(Terminated), held_back():
            with held_back():
                signal.raise_signal(signal.SIGTERM)
                done.append("inner")
            done.append("outer")
        interrupt.settled()
        interrupt.check()
    assert done == ["inner", "outer"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_stop_that_was_lost_in_a_finaliser_is_raised_again() -> None:
    class Finalised:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGTERM)

    with stoppable():
        thing = Finalised()
        del thing
        with pytest.raises(Terminated):
            interrupt.check()
        interrupt.settled()


def test_ctrl_c_is_held_back_as_well() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with stoppable(), pytest.raises(KeyboardInterrupt), held_back():
            signal.raise_signal(signal.SIGINT)
        interrupt.settled()
    finally:
        signal.signal(signal.SIGINT, before)
