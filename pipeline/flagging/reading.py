"""Group G: doubts about our own reading and matching, and what they weaken."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from pipeline.core.flag import Evidence
from pipeline.core.form import ReadingNote
from pipeline.core.link import Verdict
from pipeline.flagging.catalogue import cue, load_catalogue
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.view import (
    FormView,
    absence,
    clip,
    evidence,
    field_text,
    once,
    outcome_evidence,
    row_evidence,
    row_label,
    target_evidence,
)

logger = logging.getLogger(__name__)

# Notes that say a character may be wrong or a part missing; a realigned row has its
# text intact.
_DAMAGING = frozenset(
    (
        "number_repaired",
        "low_ocr_confidence",
        "glued_numbers_suspected",
        "page_missing",
        "reading_doubt",
        "cells_lost",
        "columns_inferred",
        "text_overruns",
    )
)
# Recognised text below this confidence counts as badly read, noted or not.
_OCR_FLOOR = 0.8


def note_code(note: ReadingNote) -> str:
    """The flag code of a note; ``reading_doubt`` for one the catalogue lacks."""
    if note.code in load_catalogue():
        return note.code
    logger.warning("no flag for reading note %s", note.code)
    return "reading_doubt"


def note_findings(view: FormView) -> Iterator[tuple[str, Finding]]:
    """The notes of a form, one finding per code: a shifted table is one doubt."""
    by_code: dict[str, list[ReadingNote]] = {}
    for note in view.form.notes:
        by_code.setdefault(note_code(note), []).append(note)
    for code, notes in by_code.items():
        first = notes[0].field or "全表"
        places = tuple(_note_place(view, note) for note in notes)
        detail = notes[0].detail or places[0].quote or ""
        field = first if len(notes) == 1 else f"{first}等{len(notes)}处"
        yield code, Finding(places, {"field": field, "detail": clip(detail, 60)})


def _note_place(view: FormView, note: ReadingNote) -> Evidence:
    """The place where the field holds text, else the field alone."""
    known = note.field and _has_text(view, note.field)
    return evidence(view, note.field) if known else absence(view, note.field)


def _has_text(view: FormView, field: str) -> bool:
    try:
        return field_text(view, field) is not None
    except (AttributeError, IndexError):
        return False  # a field that the record does not have, such as a page


def is_weakened(view: FormView, fields: Iterable[str]) -> bool:
    """Whether any of the fields was repaired, badly recognised or read in two ways."""
    doubtful = once(view, "doubtful", lambda: _doubtful(view))
    return any(_covers(doubt, field) for field in fields for doubt in doubtful)


def _doubtful(view: FormView) -> list[str]:
    doubtful = [n.field for n in view.form.notes if n.code in _DAMAGING]
    for path, place in view.form.provenance.items():
        confidence = place.ocr_confidence
        badly = confidence is not None and confidence < _OCR_FLOOR
        if badly or place.alternatives:
            doubtful.append(path)
    return doubtful


def _covers(doubt: str, field: str) -> bool:
    """Whether a doubt touches a field: the same, a part of it, or the whole form."""
    return (
        doubt in ("", field)
        or field.startswith((f"{doubt}.", f"{doubt}["))
        or doubt.startswith((f"{field}.", f"{field}["))
    )


@flag("match_ambiguous")
def match_ambiguous(view: FormView) -> Iterator[Finding]:
    """Outcomes that may answer a target: several, or one that is far from its number."""
    for link in view.links:
        if link.verdict is Verdict.UNDETERMINED and link.candidates:
            names = "、".join(view.outcomes[i].quote for i in link.candidates)
            yield Finding(
                (
                    *target_evidence(view, (link.target,)),
                    *outcome_evidence(view, link.candidates),
                ),
                {
                    "target": clip(view.targets[link.target].quote),
                    "candidates": clip(names, 60),
                },
                confidence=1.0,
            )


@flag("timeliness_unquantified")
def timeliness_unquantified(view: FormView) -> Iterator[Finding]:
    """A target of being in time that names no time."""
    for i, row in enumerate(view.indicators):
        text = "".join((row.target_text or "").split()).rstrip("。")
        if row.target is None and cue("in_time").fullmatch(text):
            yield Finding(
                row_evidence(view, i, "target_text"),
                {"row": row_label(row), "target": clip(text)},
            )
