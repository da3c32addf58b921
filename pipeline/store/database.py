"""The store: one object over one database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from alembic.util import CommandError
from sqlalchemy.engine import URL, Connection, Engine

from pipeline.errors import StorageError, UsageError
from pipeline.store import documents as docs
from pipeline.store import journal, migrate, overview, schema
from pipeline.store.connect import (
    corrupt,
    make_engine,
    mask_url,
    noting,
    parse_url,
    persistently,
    reading,
    writing,
)
from pipeline.store.migrate import State
from pipeline.store.rows import (
    DocumentResult,
    DocumentRow,
    Done,
    Review,
    clean,
    clean_path,
)

_forms, _documents = schema.forms, schema.documents
_BATCH = 200
_SHOWN = 5  # how many matching forms an ambiguous prefix lists


def open_store(url: str, *, create: bool = True) -> Store:
    """The store behind a database URL; a new database gets its tables.

    Raises StorageError when the database is out of reach, corrupt, not ours, of an
    older schema with data in it (``jixiao db upgrade``) or of a newer one; with
    ``create`` false also when there is none. DependencyError without a driver.
    """
    parsed = parse_url(url)
    engine = make_engine(parsed, create=create)
    try:
        with reading(engine) as connection:
            found = migrate.state(connection)
        if found is State.EMPTY and not create:
            raise StorageError("store_empty", url=mask_url(parsed))
        if found is not State.CURRENT:
            with writing(engine) as connection:
                _make_current(connection, parsed)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


def _make_current(connection: Connection, url: URL) -> None:
    # Looked at again under the write lock: another process may have been faster.
    if connection.dialect.name == "postgresql":
        connection.execute(
            sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext("jixiao schema")))
        )
    found = migrate.state(connection)
    _refuse(found, url)
    if found is State.OLDER and migrate.has_data(connection):
        raise StorageError("store_older", url=mask_url(url))
    if found is not State.CURRENT:
        _apply(connection, url)


def _refuse(found: State, url: URL) -> None:
    if found is State.NEWER:
        raise StorageError("store_newer", url=mask_url(url))
    if found is State.FOREIGN:
        raise StorageError("store_foreign", url=mask_url(url))


def _apply(connection: Connection, url: URL) -> None:
    try:
        migrate.apply(connection)
    except CommandError as error:
        raise StorageError(
            "store_migration_failed", url=mask_url(url), detail=str(error)
        ) from error


@dataclass(frozen=True, slots=True)
class Upgrade:
    """From which schema version to which; ``backup`` is the copy's file name."""

    before: str | None
    after: str | None
    backup: str | None = None


def upgrade(url: str) -> Upgrade:
    """Bring an existing database to this program's schema, all or nothing.

    A SQLite file with data is copied first (``<name>.<version>.bak``). Raises
    StorageError as ``open_store`` does.
    """
    parsed = parse_url(url)
    engine = make_engine(parsed, create=False)
    try:
        with writing(engine) as connection:
            before = migrate.revision(connection)
            found = migrate.state(connection)
            _refuse(found, parsed)
            backup = None
            if found is State.OLDER and migrate.has_data(connection):
                backup = migrate.back_up(parsed, str(before))
            if found is not State.CURRENT:
                _apply(connection, parsed)
            after = migrate.revision(connection)
        return Upgrade(before, after, backup.name if backup else None)
    finally:
        engine.dispose()


class Store:
    """Records of documents in a database; close it, or use it in ``with``.

    Every method raises StorageError when the database fails it.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    # -- documents

    def register(
        self, documents: Iterable[DocumentRow], *, reset: bool = False
    ) -> None:
        """Note documents before they are read, status ``pending``.

        A known document keeps its row, and so its results, until ``save``
        replaces them; with ``reset`` (a redo) it becomes pending again, so that
        an interrupted redo goes on where it stopped.
        """
        rows = list(documents)
        persistently(
            writing, self.engine, lambda c: docs.register(c, rows, reset=reset)
        )

    def save(self, result: DocumentResult) -> tuple[str, ...]:
        """Replace everything that is stored of a document, in one transaction.

        A document whose forms another path already holds is stored as
        ``skipped``/``duplicate`` without records. When forms vanish or change
        that other paths were duplicates of, those paths become pending again
        and are returned: they must be read, or the forms would be lost.
        """
        return persistently(writing, self.engine, lambda c: docs.save(c, result))

    def begin(self, path: str, key: str, *, afresh: bool = False) -> int:
        """Count an attempt at reading a document, before it is read.

        ``key`` stands for the bytes and what they are read with; under another key
        the count begins anew, with ``afresh`` always. Returns the count. ``save``
        sets it back unless the document cost its worker.
        """
        return persistently(
            noting, self.engine, lambda c: docs.begin(c, path, key, afresh=afresh)
        )

    def take_back(self, paths: Iterable[str]) -> None:
        """Uncount attempts that were broken off from outside (Ctrl-C)."""
        listed = list(paths)
        persistently(writing, self.engine, lambda c: docs.take_back(c, listed))

    def done(self, run_key: str) -> Mapping[str, Done]:
        """What was finished under this key, failures too, by path.

        Paths are keys as ``rows.clean_path`` makes them.
        """
        c = _documents.c
        query = sa.select(c.path, c.sha256, c.status, c.reason).where(
            c.run_key == run_key, c.status != "pending"
        )
        with reading(self.engine) as connection:
            return {
                path: Done(sha256, status, reason)
                for path, sha256, status, reason in connection.execute(query)
            }

    def find_duplicate(self, sha256: str, path: str) -> str | None:
        """Another path that holds forms read from the same bytes."""
        return persistently(
            reading, self.engine, lambda c: docs.find_duplicate(c, sha256, path)
        )

    def documents(self, *, status: str | None = None) -> Iterator[DocumentRow]:
        """The documents in the order of their paths, without their texts."""
        with reading(self.engine) as connection:
            try:
                yield from docs.rows(_streaming(connection), status=status)
            except ValueError as error:
                raise corrupt(self.engine.url, str(error)) from error

    def text(self, path: str) -> str | None:
        """The text of a document, None when there is none."""
        query = sa.select(_documents.c.text).where(
            _documents.c.path == clean_path(path)
        )
        found: str | None = persistently(
            reading, self.engine, lambda c: c.scalar(query)
        )
        return found

    # -- forms

    def forms(self, *, path: str | None = None) -> Iterator[dict[str, Any]]:
        """The stored records as plain JSON, in the order of path and form."""
        query = sa.select(_forms.c.record).order_by(_forms.c.path, _forms.c.form_index)
        if path is not None:
            query = query.where(_forms.c.path == clean_path(path))
        with reading(self.engine) as connection:
            for text in _streaming(connection).scalars(query):
                yield self._parse(text)

    def set_flags(
        self, form_id: str, flags: Sequence[Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        """Replace the flags of a stored form by these, in plain JSON and in order.

        Returns the record as it was before; one transaction.
        """
        return persistently(
            writing, self.engine, lambda c: self._set_flags(c, form_id, flags)
        )

    def _set_flags(
        self, connection: Connection, form_id: str, flags: Sequence[Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        text = connection.scalar(
            sa.select(_forms.c.record).where(_forms.c.id == form_id)
        )
        if text is None:
            raise UsageError("form_not_found", form=form_id)
        before = self._parse(text)
        docs.set_flags(connection, form_id, {**before, "flags": list(flags)})
        return before

    def form(self, prefix: str) -> dict[str, Any]:
        """The record whose id is, or alone begins with, ``prefix``.

        Raises UsageError when there is none or more than one.
        """
        prefix = clean(prefix.strip().lower())
        starts = sa.func.substr(_forms.c.id, 1, len(prefix)) == prefix
        query = sa.select(_forms.c.id, _forms.c.record).order_by(_forms.c.id)
        with reading(self.engine) as connection:
            found = connection.execute(query.where(starts).limit(_SHOWN)).all()
        exact = [row for row in found if row.id == prefix]
        found = exact or found
        if not found or not prefix:
            raise UsageError("form_not_found", form=prefix)
        if len(found) > 1:
            ids = ", ".join(row.id for row in found)
            raise UsageError("form_ambiguous", form=prefix, ids=ids)
        return self._parse(found[0].record)

    def list_forms(self) -> Iterator[overview.FormLine]:
        """A line about every form, without its texts."""
        with reading(self.engine) as connection:
            yield from overview.list_forms(_streaming(connection))

    def _parse(self, text: str) -> dict[str, Any]:
        try:
            record = json.loads(text)
        except json.JSONDecodeError as error:
            raise corrupt(self.engine.url, str(error)) from error
        if not isinstance(record, dict) or "id" not in record:
            raise corrupt(self.engine.url, "record")
        return record

    # -- runs and reviews

    def start_run(self, *, run_key: str, version: str) -> str:
        """Note the beginning of a run; returns its id."""
        return persistently(
            writing,
            self.engine,
            lambda c: journal.start_run(c, run_key=run_key, version=version),
        )

    def note_progress(self, run_id: str, summary: Mapping[str, int]) -> None:
        """Note how far an unfinished run is; ``seconds`` is how long it took so far."""
        with noting(self.engine) as connection:
            journal.note_progress(connection, run_id, summary)

    def status(self, *, runs: int = 5) -> overview.Status:
        """What is in the store, counted, with the latest ``runs``."""
        with reading(self.engine) as connection:
            return overview.status(connection, runs=runs)

    def finish_run(
        self, run_id: str, *, exit_code: int, summary: Mapping[str, int]
    ) -> None:
        """Note the end of a run with its exit code and counts."""
        persistently(
            writing,
            self.engine,
            lambda c: journal.finish_run(
                c, run_id, exit_code=exit_code, summary=summary
            ),
        )

    def append_review(self, review: Review) -> str:
        """Add a person's decision; nothing ever changes or removes one."""
        with writing(self.engine) as connection:
            return journal.append_review(connection, review)

    def append_reviews(self, reviews: Iterable[Review]) -> int:
        """Add decisions, all or none; returns how many were new."""
        with writing(self.engine) as connection:
            before = journal.count_reviews(connection)
            for review in reviews:
                journal.append_review(connection, review)
            return journal.count_reviews(connection) - before

    def reviews(self, *, form_id: str | None = None) -> Iterator[Review]:
        """The decisions in the order in which they were made."""
        with reading(self.engine) as connection:
            yield from journal.reviews(_streaming(connection), form_id=form_id)


def _streaming(connection: Connection) -> Connection:
    return connection.execution_options(yield_per=_BATCH)
