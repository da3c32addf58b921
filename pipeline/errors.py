"""Everything that can go wrong, by who must act.

    PipelineError
    ├─ DocumentError     one document cannot be read: recorded with its reason, the run goes on
    ├─ NoInputError      nothing readable was given              exit 1
    ├─ UsageError        wrong arguments                         exit 2
    ├─ DependencyError   an optional part is not installed       exit 3
    ├─ StorageError      a file or the database is out of reach  exit 5
    └─ ConfigError       bad configuration or rule data          exit 9

Each error names a message of models/messages.toml (Chinese and English) and
its parameters; ``pipeline.messages.render`` makes the sentence.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """Exit codes of the command (docs/errors.md)."""

    OK = 0
    NO_INPUT = 1
    USAGE = 2
    DEPENDENCY = 3
    SOME_FAILED = 4
    STORAGE = 5
    CONFIG = 9
    FAIL_ON = 10
    INTERNAL = 15
    INTERRUPTED = 130
    TERMINATED = 143


REASONS: frozenset[str] = frozenset(
    {
        "needs_ocr",
        "encrypted",
        "truncated",
        "corrupt",
        "empty",
        "unsupported",
        "no_form",
        "duplicate",
        "not_found",
        "no_permission",
        "not_a_regular_file",
        "read_error",
        "too_large",
        "too_many_pages",
        "too_many_pixels",
        "too_many_rows",
        "too_many_entries",
        "nested_too_deep",
        "expands_too_much",
        "unsafe_path",
        "timeout",
        "memory",
        "worker_crash",
        "converter_missing",
        "ocr_failed",
        "changed_during_read",
        "internal_error",
    }
)
"""The closed set of reasons why a document gave no (or not all) forms."""


class PipelineError(Exception):
    """Base of all errors that a user can act on."""

    exit_code: ClassVar[ExitCode] = ExitCode.INTERNAL

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders; the default pickling loses keyword arguments.
        return (_rebuild, (type(self), self.args, self.__dict__))


def _rebuild(
    cls: type[PipelineError], args: tuple[object, ...], state: dict[str, object]
) -> PipelineError:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(state)
    return error


class DocumentError(PipelineError):
    """One document could not be read. ``reason`` is one of REASONS.

    ``code`` picks a more helpful message than the reason's own (``corrupt_pdf``).
    """

    exit_code = ExitCode.SOME_FAILED

    def __init__(self, reason: str, code: str | None = None, **params: object) -> None:
        if reason not in REASONS:
            raise ValueError(f"unknown reason {reason!r}")
        super().__init__(code or reason, **params)
        self.reason = reason


class NoInputError(PipelineError):
    """Nothing readable was given."""

    exit_code = ExitCode.NO_INPUT


class UsageError(PipelineError):
    """Arguments that contradict each other or name nothing."""

    exit_code = ExitCode.USAGE


class DependencyError(PipelineError):
    """An optional dependency is missing; the message names extra or package."""

    exit_code = ExitCode.DEPENDENCY


class StorageError(PipelineError):
    """A file or the database cannot be reached, read or written."""

    exit_code = ExitCode.STORAGE


class ConfigError(PipelineError):
    """A configuration file, profile or rule file is wrong."""

    exit_code = ExitCode.CONFIG
