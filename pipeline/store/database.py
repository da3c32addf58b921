"""The store: one object over one database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from pipeline.store import documents as docs
from pipeline.store import forms, journal, overview, pending, schema
from pipeline.store.connect import (
    corrupt,
    noting,
    persistently,
    reading,
    writing,
)
from pipeline.store.forms import Flags
from pipeline.store.rows import (
    DocumentResult,
    DocumentRow,
    Done,
    Outline,
    Review,
    clean_path,
)

_documents = schema.documents
_BATCH = 200


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
            writing, self.engine, lambda c: pending.register(c, rows, reset=reset)
        )

    def save(self, *results: DocumentResult) -> tuple[str, ...]:
        """Replace everything that is stored of documents, in one transaction.

        Each document at most once. A document whose forms another path already holds is stored as
        ``skipped``/``duplicate`` without records. When forms vanish or change
        that other paths were duplicates of, those paths become pending again
        and are returned: they must be read, or the forms would be lost.
        """
        return persistently(writing, self.engine, lambda c: docs.save(c, results))

    def begin(self, keys: Mapping[str, str], *, afresh: bool = False) -> dict[str, int]:
        """Count an attempt at reading each document, before it is read.

        ``keys`` are by path and stand for the bytes and what they are read with;
        under another key the count begins anew, with ``afresh`` always. Returns the
        counts by path. ``save`` sets them back unless the document cost its worker.
        """
        return persistently(
            noting, self.engine, lambda c: pending.begin(c, keys, afresh=afresh)
        )

    def take_back(self, paths: Iterable[str]) -> None:
        """Uncount attempts that were broken off from outside (Ctrl-C)."""
        listed = list(paths)
        persistently(writing, self.engine, lambda c: pending.take_back(c, listed))

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
        with self._streaming() as connection:
            yield from docs.rows(connection, status=status)

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
        with self._streaming() as connection:
            yield from forms.records(connection, path=path)

    def records(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """The records of these forms, in no order; unknown ids are passed over."""
        listed = list(ids)
        with self._reading() as connection:
            return list(forms.records_of(connection, listed))

    def form(self, prefix: str) -> dict[str, Any]:
        """The record whose id is, or alone begins with, ``prefix``.

        Raises UsageError when there is none or more than one.
        """
        with self._reading() as connection:
            return forms.by_prefix(connection, prefix)

    def outlines(self) -> Iterator[Outline]:
        """What a form is compared with others by, in the order of the ids."""
        with self._streaming() as connection:
            yield from forms.outlines(connection)

    def outlines_of(self, ids: Iterable[str]) -> list[Outline]:
        """The outlines of these forms; unknown ids are passed over."""
        listed = list(ids)
        with self._reading() as connection:
            return list(forms.outlines_of(connection, listed))

    def with_flags(self, codes: Iterable[str]) -> list[str]:
        """The forms that have a flag of these codes."""
        with self._reading() as connection:
            return forms.with_flags(connection, codes)

    def set_flags(self, flags: Mapping[str, Flags]) -> None:
        """Replace the flags of stored forms (by id), in plain JSON and in order.

        One transaction; forms that are gone meanwhile are passed over.
        """
        try:
            persistently(writing, self.engine, lambda c: forms.set_flags(c, flags))
        except ValueError as error:
            raise corrupt(self.engine.url, str(error)) from error

    def list_forms(self) -> Iterator[overview.FormLine]:
        """A line about every form, without its texts."""
        with self._streaming() as connection:
            yield from overview.list_forms(connection)

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
        with self._streaming() as connection:
            yield from journal.reviews(connection, form_id=form_id)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """As ``reading``; content that this program never wrote is said to be so."""
        with reading(self.engine) as connection:
            try:
                yield connection
            except (ValueError, TypeError) as error:
                raise corrupt(self.engine.url, str(error)) from error

    @contextmanager
    def _streaming(self) -> Iterator[Connection]:
        """As ``_reading``, row by row: a table may be larger than memory."""
        with self._reading() as connection:
            yield connection.execution_options(yield_per=_BATCH)
