"""What goes into and comes out of the store, free of any database library."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.core.record import Record
from pipeline.errors import REASONS

KILLERS = frozenset({"worker_crash", "timeout", "memory"})
"""Reasons that cost a worker; attempts that ended so stay counted."""

STATUSES: frozenset[str] = frozenset({"pending", "ok", "partial", "failed", "skipped"})

# PostgreSQL indexes at most some 2,700 bytes of a key, so longer paths are folded.
_PATH_BYTES = 2400
# PostgreSQL refuses NUL in text; no database takes half of a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """Text that every database takes, of the same length (offsets stay valid)."""
    return _UNSTORABLE.sub("\ufffd", text)


def clean_path(path: str) -> str:
    """The key under which a path is stored: the path itself in all usual cases.

    Undecodable bytes of a file name become backslash escapes, so that two such
    names stay different; overlong paths keep both ends and get a hash between.
    """
    key = path.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")
    raw = key.encode()
    if len(raw) <= _PATH_BYTES:
        return key
    middle = hashlib.sha256(raw).hexdigest()[:16]
    head, tail = (
        raw[:1000].decode("utf-8", "ignore"),
        raw[-1000:].decode("utf-8", "ignore"),
    )
    return f"{head}…{middle}…{tail}"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """The line of a document in the table ``documents``, without its text.

    ``attempts`` counts how often reading began and came to no lasting result
    (``Store.begin``), under ``attempt_key`` (bytes, version and configuration).
    """

    path: str
    sha256: str | None = None
    media_type: str | None = None
    status: str = "pending"
    reason: str | None = None
    message: str | None = None
    run_key: str | None = None
    attempts: int = 0
    attempt_key: str | None = None

    def __post_init__(self) -> None:
        _check(self.status, self.reason)

    def fruitless(self, key: str) -> int:
        """Attempts so far that came to nothing at what ``key`` stands for."""
        return self.attempts if self.attempt_key == key else 0


Value = str | int | float | bool | None


class Rows(NamedTuple):
    """Rows of a table, each in the order of the columns."""

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]


class FlatForm(NamedTuple):
    """A record as the rows of its tables; cheap to send from one process to another.

    ``severities`` are those of its flags.
    """

    id: str
    severities: tuple[str, ...]
    tables: dict[str, Rows]


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """All that became of one document; ``Store.save`` writes it in one go.

    ``status`` is ``ok``, ``partial``, ``failed`` or ``skipped``; ``reason`` is one
    of ``errors.REASONS`` or None. ``run_key`` names version, profile and
    configuration: the same key and the same bytes need not be read again.
    """

    path: str
    sha256: str | None
    media_type: str | None
    status: str
    reason: str | None = None
    message: str | None = None
    text: str | None = None
    records: tuple[Record | FlatForm, ...] = ()
    run_key: str | None = None

    def __post_init__(self) -> None:
        _check(self.status, self.reason)
        if self.records and self.status not in ("ok", "partial"):
            raise ValueError(f"a {self.status} document has no records")


@dataclass(frozen=True, slots=True)
class Outline:
    """What a stored form is compared with others by; ``tasks`` are what it quotes."""

    id: str
    year: int | None
    project: str | None
    unit: str | None
    tasks: tuple[str, ...]


class Done(NamedTuple):
    """What an earlier run made of a document."""

    sha256: str | None
    status: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """One decision of a person; reviews are only ever appended.

    ``subject`` says what was judged (``flag``, ``link``, ``target``, ``statement``,
    ``field`` …). The place is ``sha256`` + ``form_index`` + ``field`` + span, so
    that it is found again after a re-run. ``decided_at`` is UTC in ISO 8601.
    """

    form_id: str
    sha256: str
    form_index: int
    subject: str
    decision: str
    reviewer: str
    decided_at: str
    field: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    code: str | None = None
    correction: Mapping[str, object] = dataclasses.field(default_factory=dict)
    note: str | None = None


def _check(status: str, reason: str | None) -> None:
    if status not in STATUSES:
        raise ValueError(f"unknown status {status!r}")
    if reason is not None and reason not in REASONS:
        raise ValueError(f"unknown reason {reason!r}")
