"""The report on disk: an overview and one page per form, each self-contained."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.errors import StorageError
from pipeline.review import overview
from pipeline.review.form_page import FUND_COLUMNS, view_form
from pipeline.review.inputs import DocumentSummary
from pipeline.review.overview import FormRow, Tally
from pipeline.review.words import HTML_LANG, Words
from pipeline.store.privacy import mask, mask_record

ROWS_PER_PAGE = 500
"""Forms on one page of the list; a browser sorts and filters these at once."""

DOCUMENTS_SHOWN = 100
"""Documents in trouble on the overview; all of them are on a page of their own."""

GENERATOR = "jixiao report"
_MARK = f'<meta name="generator" content="{GENERATOR}">'
_SAFE_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
# Names that Windows gives to devices, whatever their suffix.
_DEVICES = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)")
# NUL and halves of surrogate pairs cannot stand in a UTF-8 page; direction controls
# could make a figure read backwards (U+202E). All show as a replacement character.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def write_report(
    records: Iterable[Mapping[str, object]],
    documents: Iterable[DocumentSummary],
    directory: Path,
    *,
    keep_personal_data: bool = False,
    lang: str = "zh",
    generated_at: str | None = None,
) -> Path:
    """Write the report into ``directory`` and return its ``index.html``.

    ``records`` (plain JSON as in docs/record.md) are read once, one at a time.
    Pages of an earlier report there are removed, other files are left alone.
    The same input gives the same bytes; ``generated_at`` is shown if given.
    Raises StorageError where the folder cannot be written.
    """
    words = Words(lang)
    summaries = [_shown(d, keep_personal_data) for d in documents]
    page = _Pages(words, keep_personal_data, generated_at)
    tally = Tally(words)
    names: set[str] = set()
    with _writing(directory):
        (directory / "forms").mkdir(parents=True, exist_ok=True)
        _remove_old(directory)
    for record in records:
        shown = record if keep_personal_data else mask_record(record)
        href = f"forms/{_file_name(shown.get('id'), names)}.html"
        tally.add(shown, href)
        page.write(directory / href, "form.html", form=view_form(shown, words))
    return _write_overview(directory, page, tally, summaries)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            "export_unwritable", target=str(path), detail=error.strerror or ""
        ) from error


class _Pages:
    """Renders templates with what all pages share."""

    def __init__(
        self, words: Words, keep_personal_data: bool, generated_at: str | None
    ) -> None:
        environment = _environment()
        self._environment = environment
        script = _asset("report.js")
        self._shared: dict[str, Any] = {
            "w": words,
            "html_lang": HTML_LANG[words.lang],
            "generator": Markup(_MARK),
            "style": Markup(_asset("report.css")),
            "script": Markup(script),
            "script_hash": _csp_hash(script),
            "masked": not keep_personal_data,
            "generated_at": generated_at,
            "fund_columns": FUND_COLUMNS,
        }

    def write(self, path: Path, template: str, **context: object) -> None:
        html = self._environment.get_template(template).render(
            {**self._shared, **context}
        )
        with _writing(path):
            path.write_bytes(_UNWRITABLE.sub("\ufffd", html).encode("utf-8"))


def _write_overview(
    directory: Path, page: _Pages, tally: Tally, summaries: list[DocumentSummary]
) -> Path:
    rows = tally.sorted_rows()
    words = tally.words
    lines = overview.troubled(summaries, words.lang)
    pages = max(1, -(-len(rows) // ROWS_PER_PAGE))
    shared: dict[str, object] = {
        "form_count": len(rows),
        "pages": pages,
        "years": sorted({row.year for row in rows if row.year is not None}),
        "severities": words.keys("severity"),
        "verdicts": words.keys("verdict"),
        "worst": overview.worst,
    }
    if len(lines) > DOCUMENTS_SHOWN:
        page.write(directory / "documents.html", "documents.html", lines=lines)
    _write_lists(directory, page, rows, pages, shared)
    index = directory / "index.html"
    page.write(
        index,
        "index.html",
        rows=_page_of(rows, 1),
        number=1,
        tally=tally,
        codes=tally.sorted_codes(),
        plots=overview.draw(tally),
        groups=overview.group_documents(summaries),
        document_count=len(summaries),
        lines=lines[:DOCUMENTS_SHOWN],
        line_count=len(lines),
        **shared,
    )
    return index


def _write_lists(
    directory: Path,
    page: _Pages,
    rows: list[FormRow],
    pages: int,
    shared: Mapping[str, object],
) -> None:
    """Where the forms do not fit on the index: the further pages, and all on one."""
    if pages > 1:
        path = directory / "forms-all.html"
        page.write(path, "forms.html", rows=rows, number=0, **shared)
    for number in range(2, pages + 1):
        path = directory / f"forms-{number}.html"
        shown = _page_of(rows, number)
        page.write(path, "forms.html", rows=shown, number=number, **shared)


def _page_of(rows: list[FormRow], number: int) -> list[FormRow]:
    return rows[(number - 1) * ROWS_PER_PAGE : number * ROWS_PER_PAGE]


def _shown(document: DocumentSummary, keep_personal_data: bool) -> DocumentSummary:
    if keep_personal_data:
        return document
    message = document.message
    return replace(
        document,
        path=mask(document.path),
        message=mask(message) if message is not None else None,
    )


def _file_name(form_id: object, taken: set[str]) -> str:
    """A file name for an id: the id itself where it is safe everywhere.

    ``analyze`` echoes the caller's id, which may be a path, empty or repeated.
    """
    name = mask(str(form_id)) if form_id is not None else "form"
    if not _SAFE_ID.fullmatch(name) or _DEVICES.fullmatch(name):
        digest = hashlib.sha256(name.encode("utf-8", "backslashreplace"))
        name = digest.hexdigest()[:16]
    unique, count = name, 1
    # Lower case, because Windows and macOS do not tell A.html from a.html.
    while unique.lower() in taken:
        count += 1
        unique = f"{name}-{count}"
    taken.add(unique.lower())
    return unique


def _remove_old(directory: Path) -> None:
    for path in _old_pages(directory):
        with path.open("rb") as stream:
            ours = _MARK.encode() in stream.read(400)
        if ours:
            path.unlink()


def _old_pages(directory: Path) -> Iterator[Path]:
    yield from sorted(directory.glob("*.html"))
    yield from sorted((directory / "forms").glob("*.html"))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # Autoescape for every template, whatever its name: all text comes from files
    # that strangers wrote.
    return Environment(
        loader=PackageLoader("pipeline.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=2)
def _asset(name: str) -> str:
    loader = _environment().loader
    assert loader is not None
    source, _, _ = loader.get_source(_environment(), name)
    return source


def _csp_hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()
