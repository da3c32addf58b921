"""What has to be done for each document: read it, or take what is known."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.api import Settings
from pipeline.runner.intake import Intake
from pipeline.runner.limits import MAX_ATTEMPTS
from pipeline.runner.work import SKIPPED_IN_FOLDERS, Task, Trouble, trouble
from pipeline.store.rows import KILLERS, DocumentRow, clean_path

RETRIED = frozenset(
    {
        "timeout",
        "memory",
        "worker_crash",
        "internal_error",
        "read_error",
        "changed_during_read",
        "converter_missing",
        "ocr_failed",
    }
)
"""Failures that may go away by themselves; a further run tries them again.

Those that cost a worker (``KILLERS``) only up to ``MAX_ATTEMPTS`` times. The other reasons lie in the bytes, so the same bytes would fail the same way.
"""


@dataclass(frozen=True, slots=True)
class Planned:
    """A document in its turn, with the answer where no worker is needed for it.

    ``unchanged`` is what an earlier run made of the same bytes; ``trouble`` is
    known without reading; ``copy_of`` names the document of this run that has the
    same bytes and comes first. ``left_out`` was not asked for (``--only-failed``).
    Attempts are counted under ``attempt_key``; ``afresh`` forgets earlier ones.
    """

    path: str
    named: bool
    sha256: str | None = None
    trouble: Trouble | None = None
    copy_of: str | None = None
    unchanged: DocumentRow | None = None
    left_out: bool = False
    replaced: bool = False
    attempt_key: str = ""
    afresh: bool = False


def _nothing_stored(_sha256: str, _path: str) -> str | None:
    return None


@dataclass(slots=True)
class Planner:
    """Decides, document by document, in input order.

    ``known`` are the stored documents by key, ``find_duplicate`` asks the store for
    another path with forms of the same bytes; without them (``extract``) everything
    is read.
    """

    settings: Settings
    known: Mapping[str, DocumentRow] = field(default_factory=dict)
    find_duplicate: Callable[[str, str], str | None] = _nothing_stored
    redo: bool = False
    only_failed: bool = False
    merge_copies: bool = True
    _first: dict[str, str] = field(default_factory=dict)
    # Bytes that are set aside, with the reason; their copies are as well.
    _lethal: dict[str, str] = field(default_factory=dict)

    def plan(self, intakes: Iterable[Intake]) -> Iterator[tuple[Planned, Task | None]]:
        """Pairs for ``Engine.map_documents``."""
        run_key = self.settings.run_key()
        for intake in intakes:
            yield self._decide(intake, run_key)

    def _decide(self, intake: Intake, run_key: str) -> tuple[Planned, Task | None]:
        path, named = intake.path, intake.named
        earlier = self.known.get(clean_path(path))
        if self.only_failed and (earlier is None or earlier.status != "failed"):
            return Planned(path, named, left_out=True), None
        if intake.trouble is not None:
            return Planned(path, named, trouble=intake.trouble), None
        sha256 = hashlib.sha256(intake.data).hexdigest()
        key = _attempt_key(sha256, run_key)
        forced = self.redo or self.only_failed
        if earlier is not None and not forced:
            if _is_done(earlier, sha256, run_key, key, named=named):
                if earlier.reason in KILLERS:
                    self._lethal[sha256] = str(earlier.reason)
                return Planned(path, named, sha256, unchanged=earlier), None
            if earlier.fruitless(key) >= MAX_ATTEMPTS:
                # Two runs died while it was read.
                self._lethal[sha256] = "worker_crash"
        if sha256 in self._lethal and not forced:
            found = trouble(self._lethal[sha256])
            return Planned(path, named, sha256, found), None
        replaced = _has_other_content(earlier, sha256)
        if self.merge_copies:
            first = self._first.get(sha256)
            if first not in (None, path):
                copy = Planned(path, named, sha256, copy_of=first, replaced=replaced)
                return copy, None
            original = self.find_duplicate(sha256, path)
            # The stored original stays it, wherever it comes in this run.
            self._first[sha256] = original or path
            if original is not None:
                known = Trouble("duplicate", "duplicate_of", {"original": original})
                return Planned(path, named, sha256, known, replaced=replaced), None
        planned = Planned(
            path, named, sha256, replaced=replaced, attempt_key=key, afresh=forced
        )
        return planned, Task(path, intake.data, self.settings)


def _attempt_key(sha256: str, run_key: str) -> str:
    return hashlib.sha256(f"{sha256}:{run_key}".encode()).hexdigest()[:16]


def _is_done(
    earlier: DocumentRow, sha256: str, run_key: str, key: str, *, named: bool
) -> bool:
    if earlier.status == "pending":
        return False
    if earlier.run_key != run_key or earlier.sha256 != sha256:
        return False
    if earlier.reason in SKIPPED_IN_FOLDERS:
        # A file that is named now was perhaps only met in a folder then.
        return earlier.status == ("failed" if named else "skipped")
    if earlier.reason in KILLERS:
        return earlier.fruitless(key) >= MAX_ATTEMPTS
    return earlier.reason not in RETRIED


def _has_other_content(earlier: DocumentRow | None, sha256: str) -> bool:
    if earlier is None or earlier.sha256 is None:
        return False
    return earlier.sha256 != sha256
