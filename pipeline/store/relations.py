"""Which of many forms belong to one project, and which share sentences.

Kept in a temporary database of its own (a file that SQLite removes), so that memory
does not grow with the archive; every question is answered by an index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import blake2b
from typing import Any

from pipeline.errors import StorageError

MOST_COMMON = 200
"""A sentence of more forms is a phrase of the trade and no sign of reuse; without
this bound the work would grow with the square of the archive."""

MOST_ALIKE = 20
"""A form is compared with so many others that share its sentences."""

_CACHE_KB = 32 * 1024

_TABLES = """
CREATE TABLE forms (
    no INTEGER PRIMARY KEY, id TEXT NOT NULL, year INTEGER, unit TEXT, project TEXT,
    whole INTEGER NOT NULL, looked_at INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE sentences (
    form INTEGER NOT NULL, digest INTEGER NOT NULL, length INTEGER NOT NULL,
    PRIMARY KEY (form, digest)
) WITHOUT ROWID;
"""

_INDEXED = """
CREATE UNIQUE INDEX forms_id ON forms (id);
CREATE INDEX forms_project ON forms (unit, project, year, id);
CREATE TABLE counts (digest INTEGER PRIMARY KEY, forms INTEGER NOT NULL);
INSERT INTO counts
    SELECT digest, count(*) FROM sentences GROUP BY digest HAVING count(*) > 1;
CREATE TABLE shared (
    form INTEGER, digest INTEGER, length INTEGER, PRIMARY KEY (form, digest)
) WITHOUT ROWID;
"""

_SHARED = """
INSERT INTO shared SELECT s.form, s.digest, s.length
FROM sentences s JOIN counts c ON c.digest = s.digest WHERE c.forms <= :most
"""

# Forms whose flags may rest on others, those of one project together: they are asked
# for by each other.
_RELATED = """
SELECT id, looked_at FROM forms f
WHERE looked_at
   OR EXISTS (SELECT 1 FROM shared s WHERE s.form = f.no)
   OR EXISTS (SELECT 1 FROM forms o WHERE o.unit = f.unit AND o.project = f.project
              AND o.year >= f.year - :reach AND o.year < f.year)
ORDER BY unit, project, year, id
"""

_EARLIER = """
SELECT min(o.id) FROM forms f JOIN forms o
    ON o.unit = f.unit AND o.project = f.project
   AND o.year >= f.year - :reach AND o.year < f.year
WHERE f.id = :id GROUP BY o.year ORDER BY o.year DESC
"""

# Phrases of the trade may make up the rest of the share, whatever it is.
_COMMON = """
SELECT no, whole, (
    SELECT coalesce(sum(p.length), 0)
    FROM sentences p JOIN counts c ON c.digest = p.digest
    WHERE p.form = forms.no AND c.forms > :most
) FROM forms WHERE id = :id
"""

_ALIKE = """
SELECT id FROM (
    SELECT o.id, o.year, o.unit, o.project, sum(m.length) AS length
    FROM forms f
    JOIN shared m ON m.form = f.no
    JOIN shared s ON s.digest = m.digest AND s.form <> m.form
    JOIN forms o ON o.no = s.form
    WHERE f.no = :no AND (o.year < f.year OR (
        o.year = f.year AND (o.unit <> f.unit OR o.project <> f.project)))
    GROUP BY o.no
    HAVING sum(m.length) >= :least
    ORDER BY length DESC, o.id LIMIT :alike
) ORDER BY year DESC, unit, project, id
"""


@contextmanager
def relations() -> Iterator[Relations]:
    """An empty collection. Raises StorageError when there is no room for it."""
    try:
        with closing(sqlite3.connect("", isolation_level=None)) as connection:
            yield Relations(connection)
    except sqlite3.OperationalError as error:
        raise StorageError("scratch_full") from error


class Relations:
    """Forms by number: first all are added, then ``settle``, then the questions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._count = 0
        # What is lost with the process may be lost with the power.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        connection.executescript(_TABLES)

    def add(
        self,
        form_id: str,
        *,
        year: int | None,
        project: tuple[str, str] | None,
        sentences: Mapping[str, int],
    ) -> None:
        """A form with the lengths of its sentences; ``project`` is unit and project.

        Where they are not known (None), the form is related to no other.
        """
        self._count += 1
        unit, name = project or (None, None)
        self._connection.execute(
            "INSERT INTO forms (no, id, year, unit, project, whole) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (self._count, form_id, year, unit, name, sum(sentences.values())),
        )
        if project is not None:
            lengths = {_digest(text): length for text, length in sentences.items()}
            self._connection.executemany(
                "INSERT INTO sentences VALUES (?, ?, ?)",
                ((self._count, digest, lengths[digest]) for digest in sorted(lengths)),
            )

    def settle(self, looked_at: Iterable[str]) -> None:
        """All forms are there; ``looked_at`` are listed as related in any case."""
        self._connection.executescript(_INDEXED)
        self._connection.execute(_SHARED, {"most": MOST_COMMON})
        self._connection.execute("CREATE INDEX by_digest ON shared (digest, form)")
        self._connection.executemany(
            "UPDATE forms SET looked_at = 1 WHERE id = ?", ((i,) for i in looked_at)
        )

    def related(self, reach: int) -> Iterator[tuple[str, bool]]:
        """Forms that share a sentence, or have a past of up to ``reach`` years.

        With whether ``settle`` was told to list them; those of a project together.
        """
        for form_id, looked_at in self._rows(_RELATED, {"reach": reach}):
            yield form_id, bool(looked_at)

    def earlier(self, form_id: str, reach: int) -> list[str]:
        """The same project in earlier years, latest first, one form per year."""
        return [i for (i,) in self._rows(_EARLIER, {"id": form_id, "reach": reach})]

    def alike(self, form_id: str, share: float) -> list[str]:
        """Forms with so large a share of its sentences, latest first.

        They are of earlier years or other projects. This year's forms of the same
        project are not asked for: a corrected copy is no reuse.
        """
        asked = {"id": form_id, "most": MOST_COMMON}
        ((no, whole, common),) = self._rows(_COMMON, asked)
        # Lengths are whole numbers; their share is not exact.
        least = share * whole - common - 0.001
        asked = {"no": no, "least": least, "alike": MOST_ALIKE}
        return [found for (found,) in self._rows(_ALIKE, asked)]

    def _rows(self, query: str, values: Mapping[str, object]) -> Iterator[Any]:
        yield from self._connection.execute(query, values)


def _digest(text: str) -> int:
    raw = blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(raw, signed=True)
