"""Archives and mails, opened in a confined process of their own.

Their readers meet hostile bytes as those of documents do, so they must not take the
driver with them. The process hands the members over as files in a folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.errors import DocumentError, StorageError
from pipeline.runner import mock, scratch
from pipeline.runner.child import SCRATCH_FULL, Equipment
from pipeline.runner.files import read_regular
from pipeline.runner.limits import MAX_ATTEMPTS, TimeLimits
from pipeline.runner.scratch import Scratch
from pipeline.runner.terms import Terms
from pipeline.runner.work import Trouble, trouble, trouble_of
from pipeline.runner.worker import Answer, Worker, WorkerFailure, pack, wait_for
from pipeline.sources import container, pace


@dataclass(frozen=True, slots=True)
class Packed:
    """A container, and the folder for its members."""

    name: str
    data: bytes
    folder: str


@dataclass(frozen=True, slots=True)
class Member:
    """A member: its name inside the container and its bytes, or why there are none.

    Without a name it is the container itself, which could not be read to its end.
    """

    name: str | None
    data: bytes = b""
    trouble: Trouble | None = None


Handed = list[tuple[str | None, Trouble | None]]
"""Names and troubles, in order; the bytes of the n-th are in the file n."""


def unpack(packed: Packed) -> Handed | None:
    """In the process: write the members to the folder; None for another file."""
    if mock.is_mock_container(packed.data):
        mock.misbehave(packed.data)
    # An archive may need the memory and the time of a conversion.
    pace.begins(pace.Step.CONVERSION)
    if not container.is_container(packed.data):
        return None
    handed: Handed = []
    try:
        for entry in container.entries(packed.data, packed.name):
            pace.begins(pace.Step.PAGE)
            if entry.error is None:
                Path(packed.folder, str(len(handed))).write_bytes(entry.data)
            handed.append(
                (entry.name, trouble_of(entry.error) if entry.error else None)
            )
    except DocumentError as error:
        handed.append((None, trouble_of(error)))
    return handed


class Unpacker:
    """The process, started when the first container is met; use it in ``with``."""

    def __init__(self, limits: TimeLimits | None = None) -> None:
        self._limits = limits or mock.time_limits()
        self._scratch: Scratch | None = None
        self._folder = Path()
        self._worker: Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._worker is not None:
            self._worker.stop()
        if self._scratch is not None:
            self._scratch.close()
        self._worker = self._scratch = None

    def members(self, name: str, data: bytes) -> Iterator[Member] | None:
        """The members in archive order; None for a file that is no container.

        Raises StorageError when there is no room for them.
        """
        if not (container.may_be_container(data) or mock.is_mock_container(data)):
            return None
        result = self._ask(name, data)
        if result is None:
            return None
        if isinstance(result, WorkerFailure):
            failure = Trouble(result.reason, result.reason, trace=result.detail)
            return iter([Member(None, trouble=failure)])
        return self._handed(result)

    def _ask(self, name: str, data: bytes) -> Handed | WorkerFailure | None:
        for _ in range(MAX_ATTEMPTS):
            answer = self._answer(name, data)
            result: Handed | WorkerFailure | None = answer.result
            if not isinstance(result, WorkerFailure):
                break
            if result.reason == SCRATCH_FULL:
                raise StorageError("scratch_full")
            if result.reason != "worker_crash":
                break  # else once more: it may have been somebody's kill
        return result

    def _answer(self, name: str, data: bytes) -> Answer:
        worker = self._ready()
        worker.give(pack(Packed(name, data, str(self._folder))))
        answer = wait_for(worker)
        if not answer.alive:
            self._worker = None
            worker.stop()
        return answer

    def _ready(self) -> Worker:
        if self._scratch is None:
            self._scratch = Scratch()
            self._folder = self._scratch.folder()
        scratch.empty(self._folder)
        if self._worker is None:
            terms = Terms(limits=self._limits, writable=(str(self._folder),))
            equipment = Equipment(unpack, self._scratch.folder(), terms)
            self._worker = Worker(equipment)
        return self._worker

    def _handed(self, handed: Handed) -> Iterator[Member]:
        """One member in memory at a time."""
        for number, (name, found) in enumerate(handed):
            if found is not None:
                yield Member(name, trouble=found)
                continue
            file = self._folder / str(number)
            try:
                data = read_regular(file)
            except (DocumentError, OSError):
                yield Member(name, trouble=trouble("read_error"))
                continue
            file.unlink()
            yield Member(name, data)
