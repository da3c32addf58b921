"""The Python door: texts or a file in, records out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline._version import __version__
from pipeline.core.document import Document
from pipeline.core.quantity import Quantity, Role
from pipeline.core.record import Record, Source
from pipeline.errors import DocumentError
from pipeline.resources import models_dir
from pipeline.sources.scan.options import OcrOptions

if TYPE_CHECKING:
    from pipeline.core.form import Form
    from pipeline.flagging.profiles import Profile
    from pipeline.flagging.suppress import Suppression


_INTERFACE_FILES = frozenset(
    {"exports.toml", "help.toml", "messages.toml", "report.toml", "words.toml"}
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides the content of a record besides the bytes themselves.

    ``profile`` may be ``auto``: chosen for every form by what stands in it.
    ``suppress`` are flags that the user does not want to see again. ``ocr`` says how
    scans are read; of it, only the engine decides what a record says.
    """

    profile: str = "mof2020"
    suppress: tuple[Suppression, ...] = ()
    ocr: OcrOptions = field(default_factory=OcrOptions)

    def config_hash(self) -> str:
        """12 hex digits over the rule data and these settings."""
        chosen = f"{rules_hash()}|{self.profile}"
        if self.suppress:
            chosen += f"|{self.suppress}"
        return hashlib.sha256(chosen.encode()).hexdigest()[:12]

    def run_key(self) -> str:
        """Records with the same key and the same bytes are the same records."""
        engine = self.ocr.engine_name() or "no ocr"
        return f"{__version__}:{self.profile}:{self.config_hash()}:{engine}"


@lru_cache(maxsize=1)
def rules_hash() -> str:
    """SHA-256 over the rule data of models/, so that changed rules change run keys.

    What people only read (messages, help, headings) changes no record.
    """
    digest = hashlib.sha256()
    root = models_dir()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.name not in _INTERFACE_FILES:
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a document gave. No records means that it holds no form."""

    document: Document
    records: tuple[Record, ...]
    sha256: str
    partial_reason: str | None = None
    partial_code: str | None = None


def extract_bytes(
    data: bytes, *, path: str, config: Settings | None = None
) -> Extraction:
    """Read one document and analyse every form in it.

    Raises DocumentError when the document cannot be read.
    """
    from pipeline import layout, sources
    from pipeline.analysis import bounded, is_beyond_limits

    config = config or Settings()
    sha256 = hashlib.sha256(data).hexdigest()
    document = sources.read(data, path, ocr=config.ocr, worth=layout.may_hold_form)
    found = layout.with_notes(layout.find_forms(document), document)
    forms = tuple(map(bounded, found))
    records = tuple(_records(forms, document, path, sha256, config))
    if config.ocr.debug_images is not None:
        _draw_fields(config.ocr.debug_images, path, document, records)
    if document.unread:
        return Extraction(document, records, sha256, document.unread[0].reason)
    if any(map(is_beyond_limits, forms)):
        return Extraction(document, records, sha256, "too_large", "form_too_large")
    if not records and layout.holds_run_together(document):
        return Extraction(document, records, sha256, "corrupt", "rows_lost")
    if not records and sources.is_misnamed(document, path):
        return Extraction(document, records, sha256, "corrupt", "misnamed")
    return Extraction(document, records, sha256)


def _records(
    forms: Sequence[Form],
    document: Document,
    path: str,
    sha256: str,
    config: Settings,
) -> Iterator[Record]:
    from pipeline.analysis import analyze_form

    for index, form in enumerate(_paced(forms)):
        source = _source(document, form, index, path=path, sha256=sha256)
        yield analyze_form(
            form,
            profile=_profile(config, form, document),
            suppress=config.suppress,
            config_hash=config.config_hash(),
            record_id=record_id(sha256, index),
            ocr=document.ocr if source.read_by != "text" else None,
            source=source,
        )


def _source(
    document: Document, form: Form, index: int, *, path: str, sha256: str
) -> Source:
    """Where a form was read, and how."""
    from pipeline import layout

    return Source(
        path=path,
        sha256=sha256,
        media_type=document.media_type,
        form_index=index,
        pages=form.pages,
        read_by=layout.read_by(document, form.pages),
        ocr_confidence=layout.ocr_confidence(document, form.pages),
    )


def _paced(forms: Iterable[Form]) -> Iterator[Form]:
    """Forms beyond the first take time that is allowed for, as pages do."""
    from pipeline.sources import pace

    for index, form in enumerate(forms):
        if index:
            pace.begins(pace.Step.PAGE)
        yield form


def _draw_fields(
    folder: Path, name: str, document: Document, records: tuple[Record, ...]
) -> None:
    from pipeline.sources.scan.debug import draw_fields

    points = document.media_type in ("application/pdf", "application/ofd")
    for record in records:
        fields = record.provenance or {}
        draw_fields(folder, name, document.ocr_pages, fields, points=points)


NOT_READ = frozenset(("rows_lost", "misnamed"))
"""Messages about documents that hold no form because of what happened to them."""


def record_id(sha256: str, form_index: int) -> str:
    """First 16 hex digits of the SHA-256 over document hash and form index."""
    return hashlib.sha256(f"{sha256}{form_index}".encode()).hexdigest()[:16]


def extract(path: str | Path, *, config: Settings | None = None) -> Iterator[Record]:
    """Yield the records of one file, in the order of its forms.

    Raises DocumentError (also with reason ``no_form``) when nothing is to be had.
    """
    path = Path(path)
    if not path.exists():
        raise DocumentError("not_found", path=path.name)
    extraction = extract_bytes(path.read_bytes(), path=path.name, config=config)
    if not extraction.records:
        code = extraction.partial_code
        reason = "corrupt" if code in NOT_READ else "no_form"
        raise DocumentError(reason, code if code in NOT_READ else None, path=path.name)
    yield from extraction.records


def analyze(
    *,
    goal_text: str | None,
    outcome_text: str | None,
    indicators: Sequence[Mapping[str, object]] = (),
    year: int | None = None,
    id: str | int | float | bool | None = None,
    config: Settings | None = None,
) -> Record:
    """Analyse texts that are already at hand; they are kept exactly as given.

    ``indicators`` have the keys level1, level2, name, target_text, actual_text
    and optionally weight, score, deviation. A null text means not found. Raises
    DocumentError ``too_large`` for texts beyond the limits (docs/limits.md).
    """
    from pipeline.analysis import (
        analyze_form,
        bounded,
        form_from_texts,
        is_beyond_limits,
    )

    config = config or Settings()
    form = form_from_texts(
        goal_text=goal_text, outcome_text=outcome_text, indicators=indicators, year=year
    )
    if is_beyond_limits(bounded(form)):
        raise DocumentError("too_large", "form_too_large")
    return analyze_form(
        form,
        profile=_profile(config, form),
        suppress=config.suppress,
        config_hash=config.config_hash(),
        record_id=id,
        source=None,
    )


def find_quantities(text: str, role: str = "goal") -> tuple[Quantity, ...]:
    """Every quantity of a text, by the grammar alone. Role: goal, outcome, indicator."""
    from pipeline.language.quantities import find_quantities as find

    return find(text, Role(role))


def _profile(config: Settings, form: Form, document: Document | None = None) -> Profile:
    from pipeline.flagging.choosing import profile_for
    from pipeline.flagging.profiles import AUTO

    read = document is not None and config.profile == AUTO
    return profile_for(config.profile, form, document.text if read and document else "")
