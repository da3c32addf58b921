"""What the report needs to know of a document beside its records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """How one input file fared.

    ``path`` is relative. ``status`` is one of pending, ok, partial, failed,
    skipped; ``reason`` one of ``pipeline.errors.REASONS`` or None; ``message``
    the stored sentence that says what to do, None to take the reason's own.
    """

    path: str
    status: str
    reason: str | None = None
    message: str | None = None
