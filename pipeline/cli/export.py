"""``jixiao export`` and ``jixiao db upgrade``: results out, database kept current."""

from __future__ import annotations

from pathlib import Path

from pipeline.cli import console
from pipeline.cli.context import Chosen
from pipeline.errors import ExitCode


def export_store(
    to: Path, *, chosen: Chosen, db: str | None, keep_personal_data: bool
) -> int:
    """Write all stored forms to a file or folder, by its suffix."""
    from pipeline.store import export

    with chosen.open_store(db) as store:
        path = export(store, to, keep_personal_data=keep_personal_data)
    console.tell("export_written", chosen.lang, path=path)
    return ExitCode.OK


def upgrade_database(chosen: Chosen, *, db: str | None) -> int:
    """Migrate the database to this program's schema."""
    from pipeline.store import upgrade
    from pipeline.store.connect import mask_url

    url = chosen.db_url(db)
    done = upgrade(url)
    if done.before == done.after:
        console.tell("database_current", chosen.lang, url=mask_url(url))
    else:
        console.tell("database_upgraded", chosen.lang, url=mask_url(url))
    if done.backup:
        console.tell("database_backup", chosen.lang, name=done.backup)
    return ExitCode.OK
