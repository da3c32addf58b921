"""Records into a database, and out of it again as files.

``open_store`` gives a ``Store``; ``export`` writes one to a file or folder. The
names are loaded on first use, because SQLAlchemy costs start-up time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.store.rows import DocumentResult, DocumentRow, Review

if TYPE_CHECKING:
    from pipeline.store.database import Store, open_store, upgrade
    from pipeline.store.exports import export

__all__ = [
    "DocumentResult",
    "DocumentRow",
    "Review",
    "Store",
    "export",
    "open_store",
    "upgrade",
]


def __getattr__(name: str) -> Any:
    if name in ("Store", "open_store", "upgrade"):
        from pipeline.store import database

        return getattr(database, name)
    if name == "export":
        from pipeline.store import exports

        return exports.export
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
