"""What people read: a self-contained HTML report over records and documents.

The names are loaded on first use, because Jinja2 costs start-up time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.review.inputs import DocumentSummary

if TYPE_CHECKING:
    from pipeline.review.report import write_report

__all__ = ["DocumentSummary", "write_report"]


def __getattr__(name: str) -> Any:
    if name == "write_report":
        from pipeline.review.report import write_report

        return write_report
    raise AttributeError(name)
