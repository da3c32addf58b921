"""What a worker does near the end of its memory."""

from __future__ import annotations

import pytest

from pipeline.api import Settings
from pipeline.runner import confine, work
from pipeline.runner.limits import (
    SCAN_MEMORY_BYTES,
    SCAN_RECYCLE_BYTES,
    SCAN_ROOM_BYTES,
)

LOADED = 100


@pytest.mark.parametrize(
    ("space", "held", "outgrown"),
    [
        pytest.param(0, 0, False, id="fresh"),
        pytest.param(SCAN_MEMORY_BYTES - SCAN_ROOM_BYTES, 0, False, id="room"),
        pytest.param(SCAN_MEMORY_BYTES - SCAN_ROOM_BYTES + 1, 0, True, id="no-room"),
        pytest.param(0, SCAN_RECYCLE_BYTES, False, id="held-a-lot"),
        pytest.param(0, SCAN_RECYCLE_BYTES + 1, True, id="held-too-much"),
    ],
)
def test_a_worker_is_replaced_before_its_next_scan_has_no_room(
    space: int, held: int, outgrown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confine, "_raised", [SCAN_MEMORY_BYTES])
    monkeypatch.setattr(confine, "address_space", lambda: space)
    monkeypatch.setattr(confine, "resident", lambda: LOADED + held)
    assert confine.outgrown(LOADED) is outgrown


@pytest.mark.parametrize(
    "words",
    [
        "std::bad_alloc",
        "bad allocation",
        "[CPU] FullyConnected node with name 'Add.174' can't alloc",
        "Failed to allocate 67043328 bytes of memory",
        "Traceback …\nUnable to allocate 17.7 MiB for an array",
        "OpenCV(4.10) alloc.cpp:73: error: (-4:Insufficient memory) in function",
    ],
)
def test_a_library_out_of_memory_is_no_defect(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(words)

    monkeypatch.setattr(work, "extract_bytes", fail)
    with pytest.raises(MemoryError):
        work.read_document(work.Task("a.pdf", b"", Settings()))


def test_another_error_is_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("allocated twice")

    monkeypatch.setattr(work, "extract_bytes", fail)
    trouble = work.read_document(work.Task("a.pdf", b"", Settings())).trouble
    assert trouble is not None
    assert trouble.reason == "internal_error"
