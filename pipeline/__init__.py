"""jixiao: reads Chinese fiscal-performance self-evaluation forms into checked data.

Five names are public: ``analyze``, ``extract``, ``find_quantities``, ``Record``
and ``__version__``. They are loaded on first use, so that importing the package
(and ``jixiao --help``) stays fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline._version import __version__

if TYPE_CHECKING:
    from pipeline.api import analyze, extract, find_quantities
    from pipeline.core.record import Record

__all__ = ["Record", "__version__", "analyze", "extract", "find_quantities"]


def __getattr__(name: str) -> Any:
    if name == "Record":
        from pipeline.core.record import Record

        return Record
    if name in ("analyze", "extract", "find_quantities"):
        from pipeline import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
