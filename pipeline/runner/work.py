"""What a worker does with one document, and what became of it."""

from __future__ import annotations

import errno
import pickle
import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.api import Settings, analyze, extract_bytes
from pipeline.core.record import Record
from pipeline.errors import DocumentError, PipelineError
from pipeline.messages import explain, render
from pipeline.runner import mock
from pipeline.store.flatten import flat_form
from pipeline.store.rows import FlatForm, clean_path

SKIPPED_IN_FOLDERS = frozenset({"no_form", "unsupported", "duplicate"})
"""Reasons that are no failure of a file that was merely met in a folder."""

_NO_MEMORY = re.compile(
    r"bad[ _]alloc|(?:failed|unable|can't|cannot) (?:to )?alloc|insufficient memory"
    r"|out of memory",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Task:
    """One document for a worker: its bytes travel with it, read once."""

    path: str
    data: bytes
    settings: Settings

    def __reduce__(self) -> tuple[Callable[..., Task], tuple[str, bytes, bytes]]:
        # Pickled for every document; the settings are the same for all.
        return _unpacked, (self.path, self.data, _packed(self.settings))


def _unpacked(path: str, data: bytes, settings: bytes) -> Task:
    return Task(path, data, _settings(settings))


@lru_cache(maxsize=4)
def _packed(settings: Settings) -> bytes:
    return pickle.dumps(settings)


@lru_cache(maxsize=4)
def _settings(packed: bytes) -> Settings:
    settings: Settings = pickle.loads(packed)
    return settings


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a document gave no (or not all) forms.

    ``code`` and ``params`` make the sentence (``pipeline.messages``); ``trace`` is
    the traceback of a defect of ours, for the log, never for the database.
    """

    reason: str
    code: str
    params: dict[str, object] = field(default_factory=dict)
    trace: str | None = None

    def message(self, lang: str = "zh") -> str:
        """What happened and what to do."""
        return _sentence(self, lang)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a worker hands back for a task; its records as they are asked for."""

    records: tuple[Record, ...] | tuple[FlatForm, ...] = ()
    media_type: str | None = None
    text: str | None = None
    trouble: Trouble | None = None


def read_document(task: Task) -> Extracted:
    """Read one document; its every error becomes a Trouble, so that others go on.

    Raises MemoryError (the worker is replaced then) and OSError when there is no
    room for temporary files.
    """
    try:
        if mock.is_mock(task.data):
            mock.misbehave(task.data)
        extraction = extract_bytes(task.data, path=task.path, config=task.settings)
    except DocumentError as error:
        return Extracted(trouble=trouble_of(error))
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise  # not this document's fault: the run has to stop
        if error.errno == errno.EFBIG:
            return Extracted(trouble=trouble("expands_too_much"))
        return Extracted(trouble=defect(error))
    except MemoryError:
        raise
    except Exception as error:  # the one place that isolates a document
        if _out_of_memory(error):
            raise MemoryError from error
        return Extracted(trouble=defect(error))
    reason, code = extraction.partial_reason, extraction.partial_code
    if reason is None and not extraction.records:
        reason = "no_form"
    return Extracted(
        records=extraction.records,
        media_type=extraction.document.media_type,
        text=extraction.document.text,
        trouble=Trouble(reason, code or reason) if reason else None,
    )


def _out_of_memory(error: Exception) -> bool:
    """Whether a library says in words of its own that it got no more memory.

    The engines raise errors of their own or RuntimeError, OpenCV its cv2.error.
    """
    return _NO_MEMORY.search(str(error)) is not None


def read_flat(task: Task) -> Extracted:
    """As ``read_document``, with the records as rows: the driver only stores them."""
    extracted = read_document(task)
    path = clean_path(task.path)
    flat = tuple(
        record if isinstance(record, FlatForm) else flat_form(record, path)
        for record in extracted.records
    )
    return replace(extracted, records=flat)


def warm_up() -> None:
    """Load what every document needs before the first one is waited for."""
    from pipeline import layout, sources  # noqa: F401

    analyze(goal_text="举办培训1场", outcome_text="举办培训1场")


def trouble(reason: str) -> Trouble:
    """A trouble with the general message of its reason."""
    return Trouble(reason, reason)


def trouble_of(error: DocumentError) -> Trouble:
    """The trouble that a reader named."""
    return Trouble(error.reason, error.code, dict(error.params))


def defect(error: Exception) -> Trouble:
    """The trouble for an exception that nobody foresaw."""
    trace = "".join(traceback.format_exception(error))
    return Trouble("internal_error", "internal_error", trace=trace)


def status_of(records: bool, reason: str | None, *, named: bool) -> str:
    """The status of CONTRACT section 3 for what became of a document."""
    if reason is None:
        return "ok"
    if records:
        return "partial"
    return "skipped" if reason in SKIPPED_IN_FOLDERS and not named else "failed"


def _sentence(trouble: Trouble, lang: str) -> str:
    try:
        return explain(PipelineError(trouble.code, **trouble.params), lang)
    except (KeyError, IndexError):
        # A message that is missing must not cost the document its reason.
        return render(trouble.reason, lang)
