"""Records into a database, and out of it again as files.

``open_store`` gives a ``Store``; ``export`` writes one to a file or folder. The
names are loaded on first use, because SQLAlchemy costs start-up time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.store.rows import DocumentResult, DocumentRow, Review

if TYPE_CHECKING:
    from pipeline.store.database import Store
    from pipeline.store.exports import export
    from pipeline.store.opening import open_store, upgrade

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
    if name == "Store":
        from pipeline.store.database import Store

        return Store
    if name in ("open_store", "upgrade"):
        from pipeline.store import opening

        return getattr(opening, name)
    if name == "export":
        from pipeline.store import exports

        return exports.export
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
