"""What the reading of a whole document says about the forms in it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.core.document import Document, Table
from pipeline.core.form import Form, ReadingNote
from pipeline.resources import load_toml


def read_by(document: Document, pages: tuple[int, ...]) -> str:
    """How the pages of a form were read: ``text``, ``ocr`` or ``mixed``."""
    recognised = [page for page in pages if page in document.ocr_pages]
    if not recognised:
        return "text"
    return "ocr" if len(recognised) == len(pages) else "mixed"


def ocr_confidence(document: Document, pages: tuple[int, ...]) -> float | None:
    """Mean confidence of what was recognised on the pages, by characters."""
    nouns = [
        noun
        for block in document.blocks
        for noun in (block.cells if isinstance(block, Table) else (block,))
        if noun.page in pages
    ]
    known = [(n.ocr_confidence, len(n.text)) for n in nouns if n.ocr_confidence]
    count = sum(length for _, length in known)
    return round(sum(c * n for c, n in known) / count, 2) if count else None


_BADLY_READ = 0.8
"""Confidence of recognised text below which it is said to be badly read."""


def _with_doubts(form: Form) -> Form:
    """The form with a note for each field that was read badly or in two ways."""
    notes = []
    for field_name, place in form.provenance.items():
        if place.alternatives:
            detail = " / ".join(place.alternatives)
            notes.append(ReadingNote("number_repaired", field_name, detail))
        confidence = place.ocr_confidence
        if confidence is not None and confidence < _BADLY_READ:
            detail = f"{confidence:.2f}"
            notes.append(ReadingNote("low_ocr_confidence", field_name, detail))
    return replace(form, notes=(*form.notes, *notes)) if notes else form


def with_notes(forms: tuple[Form, ...], document: Document) -> tuple[Form, ...]:
    """Forms that say what was read badly, is missing beside them or shares their file."""
    doubted = tuple(map(_with_doubts, forms))
    return tuple(_warned(form, document) for form in _numbered(doubted))


def _warned(form: Form, document: Document) -> Form:
    """A form that may go on where the document could not be read says so.

    So does one on a sheet with formulas that were saved without their results.
    """
    first, last = min(form.pages, default=1), max(form.pages, default=1)
    missing = [u for u in document.unread if first - 1 <= u.page <= last + 1]
    notes = form.notes
    if missing:
        pages = "、".join(_detail("page", page=u.page) for u in missing)
        notes = (*notes, ReadingNote("page_missing", "", pages))
    # Where formulas lack their results, any field of the form may be one.
    empty = [name for page, name in document.uncomputed if first <= page <= last]
    if empty:
        detail = _detail("uncomputed", cell=empty[0], count=len(empty))
        notes = (*notes, ReadingNote("reading_doubt", "", detail))
    return form if notes is form.notes else replace(form, notes=notes)


def _numbered(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """Forms that share a file say so: what belongs to which is our reading."""
    if len(forms) < 2:
        return forms
    return tuple(
        replace(
            form,
            notes=(
                *form.notes,
                ReadingNote(
                    "multiple_forms_in_file",
                    "",
                    _detail("one_of_forms", number=i, count=len(forms)),
                ),
            ),
        )
        for i, form in enumerate(forms, 1)
    )


def _detail(name: str, **parts: int | str) -> str:
    template: str = load_toml("explanations.toml")["document"][name]
    return template.format(**parts)
